"""What every adapter decides alike about a read: may it be asked for, and how is it sampled."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from ..errors import BadRequest
from ..geometry import Window
from .source import BandInfo, RasterInfo

# Averaging touches every pixel of the level read; beyond this a coarse look samples single pixels.
MOST_AVERAGED_PIXELS = 1 << 24
# 10,000 pixels a side: reading all of such a raster for one coarse view takes many seconds.
_SLOW_PIXELS = 100_000_000
BUILD_OVERVIEWS_NOTE = (
    "The raster has no overviews: coarse views sample single pixels and take long to read; "
    "overviews, built once with gdaladdo or in QGIS under Layer Properties > Pyramids, make them "
    "quick."
)


def check_read(
    info: RasterInfo, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
) -> None:
    """Refuse a read that cannot be meant.

    Raises:
        BadRequest: no pixel, pixels outside the raster, or a band it does not have.
    """
    if min(out_shape) < 1 or window.area < 1:
        raise BadRequest("A read needs at least one pixel.")
    if window.intersection(info.window) != window:
        raise BadRequest(f"The window {window} is not inside the raster.")
    if not bands or min(bands) < 1 or max(bands) > len(info.bands):
        raise BadRequest(f"The raster has no bands {tuple(bands)}.")


def shrink_factor(window: Window, out_shape: Tuple[int, int]) -> float:
    """Raster pixels per pixel read, along the side that shrinks less."""
    return min(window.height / out_shape[0], window.width / out_shape[1])


def may_mix(info: RasterInfo, band: int, window: Window, out_shape: Tuple[int, int]) -> bool:
    """Whether a read of a band may mix neighbouring pixels, or must sample the nearest.

    Classes and complex values are never mixed. A coarse look at a large raster without overviews
    is not either, because averaging would decode all of it.
    """
    about = info.bands[band - 1]
    if about.palette or is_complex(about):
        return False
    shrink = shrink_factor(window, out_shape)
    level = max((factor for factor in info.overviews if factor <= shrink), default=1)
    return shrink <= 1 or window.area / level**2 <= MOST_AVERAGED_PIXELS


def is_complex(band: BandInfo) -> bool:
    """Whether values are pairs of a real and an imaginary part."""
    return band.dtype.startswith("complex")


def notes_on_pixels(bands: Sequence[BandInfo], pixels: int, overviews: Sequence[int]) -> List[str]:
    """What a reader of results must know of how pixels are read: see `RasterInfo.notes`."""
    notes = []
    if any(is_complex(band) for band in bands):
        notes.append("Complex values are shown by their amplitude.")
    if not overviews and pixels > _SLOW_PIXELS:
        notes.append(BUILD_OVERVIEWS_NOTE)
    elif not overviews and pixels > MOST_AVERAGED_PIXELS:
        notes.append(
            "The raster has no overviews: coarse views sample single pixels and are slow to read."
        )
    return notes
