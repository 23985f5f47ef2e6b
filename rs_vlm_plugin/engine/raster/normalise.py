"""From a raster's own values to the 8-bit RGB a model sees, the same wherever the model runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest, EmptyRegion
from ..geometry import Window
from .bands import choose_bands
from .collar import Collar, find_collar
from .map_like import CLASSES_NOTE, PALETTE_NOTE, holds_classes, is_grey
from .source import BandInfo, RasterInfo, RasterSource

__all__ = ["Stretch", "choose_bands", "coarse_shape", "fit_stretch", "read_rgb"]

_COARSE_SIDE = 512
# Islands of image in a sea of nodata can fall between the samples of the first look.
_SECOND_LOOK_SIDE = 2048
_PERCENTILES = (2.0, 98.0)
_NARROW_8_BIT = 40.0
_AS_IS = (0.0, 255.0)

Limits = Tuple[Tuple[float, float], ...]
Palette = Tuple[Tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Stretch:
    """How values become colours; fitted once per raster and stored with every result.

    Attributes:
        bands: the bands shown as red, green and blue.
        limits: per band the values shown as 0 and 255.
        palette: colours of a paletted band's classes, else None; `limits` are then 0 and 255.
        collar: where undeclared fill lies, else None.
        classes: whether the values look like those of a map of classes.
    """

    bands: Tuple[int, ...]
    limits: Limits
    palette: Optional[Palette] = None
    collar: Optional[Collar] = None
    classes: bool = False

    @property
    def notes(self) -> Tuple[str, ...]:
        """What a reader of results must know of what is shown: that it may be no imagery."""
        if self.palette is not None and not is_grey(self.palette):
            return (PALETTE_NOTE,)
        return (CLASSES_NOTE,) if self.classes else ()

    def apply(self, values: NDArray[np.generic], mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Colours of values read from `bands`.

        Args:
            values: `[3, height, width]` in the raster's own type.
            mask: `[height, width]`, False where there is no image.

        Returns:
            `[height, width, 3]`; where there is no image the mean colour of where there is, so that
            no edge is seen that is not there.
        """
        rgb = self._expand(values) if self.palette else self._scale(values)
        if not mask.all():
            inside = rgb[mask]
            mean = inside.mean(axis=0) if inside.size else np.full(3, 127.0)
            rgb[~mask] = np.round(mean).astype(np.uint8)
        return rgb

    def _scale(self, values: NDArray[np.generic]) -> NDArray[np.uint8]:
        # In planes, as they are read here and as a model takes them in the end.
        scaled = np.empty(values.shape, dtype=np.uint8)
        for index, (low, high) in enumerate(self.limits):
            if (low, high) == _AS_IS and values.dtype == np.uint8:
                scaled[index] = values[index]
            elif values.dtype.kind in "iu" and values.dtype.itemsize <= 2:
                table = _table(values.dtype.str, low, high)
                scaled[index] = table[values[index].view(f"u{values.dtype.itemsize}")]
            else:
                scaled[index] = _stretched(values[index], low, high)
        return scaled.transpose(1, 2, 0)

    def _expand(self, values: NDArray[np.generic]) -> NDArray[np.uint8]:
        colours = np.array(self.palette, dtype=np.uint8)[:, :3]
        classes = np.clip(values[0].astype(np.int64), 0, len(colours) - 1)
        return colours[classes]


def _stretched(values: NDArray[np.generic], low: float, high: float) -> NDArray[np.uint8]:
    """Values of one band as 0 (at `low`) to 255 (at `high`)."""
    band = np.nan_to_num(values.astype(np.float64), nan=low, posinf=high, neginf=low)
    if high > low:
        band = (band - low) * (255.0 / (high - low))
    else:
        # A constant band is a flat middle grey, not a division by zero.
        band = 127.5 + np.sign(band - low) * 127.5
    return np.clip(np.round(band), 0, 255).astype(np.uint8)


@lru_cache(maxsize=32)
def _table(dtype: str, low: float, high: float) -> NDArray[np.uint8]:
    """`_stretched` of every number of a type of 8 or 16 bit, in the order of its bits."""
    bits = np.dtype(dtype).itemsize * 8
    return _stretched(np.arange(1 << bits).astype(f"u{bits // 8}").view(dtype), low, high)


def fit_stretch(source: RasterSource, bands: Optional[Sequence[int]] = None) -> Stretch:
    """Find how to show a raster, from one coarse look at all of it.

    8-bit bands are shown as they are unless the middle 96 % of every band spans under 40 values;
    such flat ones, deeper integers and floats are stretched per band from the 2nd to the 98th
    percentile of valid pixels. Bands of nearly one value fall back to minimum and maximum, constant
    ones survive as a flat grey. Paletted bands get their colours.

    Args:
        source: raster to look at.
        bands: three band numbers (or one), else `choose_bands`.

    Returns:
        The same stretch for the same raster, always.

    Raises:
        EmptyRegion: the raster holds nothing but nodata.
        BadRequest: a band that does not exist, or neither one band nor three.
        RasterNotReadable: the file refuses.

    Note:
        Reads at most 512 x 512 pixels of overviews, and 2048 x 2048 where those were all nodata; of
        a single band 256 x 256 pixels more, see `holds_classes`.
    """
    chosen = _checked(bands, source.info) if bands is not None else choose_bands(source.info)
    shown = [source.info.bands[number - 1] for number in chosen]
    values, mask = _coarse_look(source, chosen)
    palette = shown[0].palette
    if palette is not None:
        return Stretch((chosen[0],) * 3, (_AS_IS,) * 3, palette=palette)
    collar = None
    if not source.info.has_mask:
        collar = find_collar(values, (source.info.width, source.info.height))
    if collar is not None:
        mask = mask & ~collar.covers(source.info.window, values)
    limits = _limits(values, mask, shown)
    return Stretch(chosen, limits, collar=collar, classes=holds_classes(source, chosen))


def read_rgb(
    source: RasterSource, window: Window, out_shape: Tuple[int, int], stretch: Stretch
) -> Tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Read a window as colours.

    Args:
        source: raster to read.
        window: pixels to read; lies inside the raster.
        out_shape: (height, width) of the result.
        stretch: from `fit_stretch` on the same raster.

    Returns:
        Colours `[height, width, 3]` and the mask `[height, width]`, False where nodata, alpha, a
        mask, NaN, a transparent class or undeclared fill says there is no image.

    Raises:
        RasterNotReadable: the file refuses.
    """
    values, mask = source.read(window, out_shape, stretch.bands)
    if stretch.palette is not None:
        mask = mask & _opaque(stretch.palette, values[0])
    if stretch.collar is not None:
        mask = mask & ~stretch.collar.covers(window, values)
    return stretch.apply(values, mask), mask


def coarse_shape(window: Window, longest: int) -> Tuple[int, int]:
    """(height, width) to show a window within `longest` pixels, in its aspect, never enlarged."""
    shrink = max(1.0, max(window.width, window.height) / longest)
    return max(1, round(window.height / shrink)), max(1, round(window.width / shrink))


def _coarse_look(
    source: RasterSource, bands: Tuple[int, ...]
) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
    whole = source.info.window
    tried: List[Tuple[int, int]] = []
    for longest in (_COARSE_SIDE, _SECOND_LOOK_SIDE):
        shape = coarse_shape(whole, longest)
        if shape in tried:
            break
        tried.append(shape)
        values, mask = source.read(whole, shape, bands)
        if mask.any():
            return values, mask
    raise EmptyRegion(
        "{name} holds no valid pixel: all of it is nodata.",
        name=source.info.name,
    )


def _limits(
    values: NDArray[np.generic], mask: NDArray[np.bool_], bands: Sequence[BandInfo]
) -> Limits:
    limits = []
    for index, band in enumerate(bands):
        valid = values[index].ravel() if mask.all() else values[index][mask]
        if band.nodata is not None and (valid != band.nodata).any():
            # The mask keeps a pixel that any band has; this band's own nodata is no measurement.
            valid = valid[valid != band.nodata]
        low, high = _percentiles(valid)
        if high <= low:
            low, high = float(valid.min()), float(valid.max())
        limits.append((low, high))
    if values.dtype == np.uint8 and not _all_narrow(limits):
        return (_AS_IS,) * len(limits)
    return tuple(limits)


def _percentiles(values: NDArray[np.generic]) -> Tuple[float, float]:
    """The two of `_PERCENTILES`, between neighbours in proportion."""
    if values.dtype.kind != "u" or values.dtype.itemsize > 2:
        low, high = np.percentile(values.astype(np.float64), _PERCENTILES)
        return float(low), float(high)
    # Short numbers are sorted by their digits, many times as fast as percentiles are found.
    ordered = np.sort(values, kind="stable")
    place = np.array(_PERCENTILES) / 100 * (len(ordered) - 1)
    below = place.astype(np.intp)
    first = ordered[below].astype(np.float64)
    second = ordered[np.minimum(below + 1, len(ordered) - 1)]
    low, high = first + (second - first) * (place - below)
    return float(low), float(high)


def _all_narrow(limits: Sequence[Tuple[float, float]]) -> bool:
    """Whether 8-bit bands need a stretch: all flat, and not constant."""
    spans = [high - low for low, high in limits]
    return 0 < max(spans) < _NARROW_8_BIT


def _opaque(palette: Palette, classes: NDArray[np.generic]) -> NDArray[np.bool_]:
    alpha = np.array([entry[3] for entry in palette], dtype=np.uint8)
    visible: NDArray[np.bool_] = alpha[np.clip(classes.astype(np.int64), 0, len(alpha) - 1)] > 0
    return visible


def _checked(bands: Sequence[int], info: RasterInfo) -> Tuple[int, ...]:
    if len(bands) not in (1, 3):
        raise BadRequest(
            "One or three bands can be shown, not {count}.",
            count=len(bands),
        )
    for number in bands:
        if not 1 <= number <= len(info.bands):
            raise BadRequest(
                "{name} has no band {band}; it has {count}.",
                name=info.name,
                band=number,
                count=len(info.bands),
            )
    return tuple(bands) if len(bands) == 3 else (bands[0],) * 3
