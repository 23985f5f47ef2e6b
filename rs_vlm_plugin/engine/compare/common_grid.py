"""Two rasters on one grid of pixels, so that a window means the same ground in both.

The grid is that of the first raster, cut to what both cover and coarsened to the coarser of the
two: what only one of them could resolve is no change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import List, Optional, Protocol, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest, EmptyRegion
from ..geometry import GeoTransform, Window
from ..raster.gsd import ground_sample_distance
from ..raster.sampling import check_read, is_complex, may_mix
from ..raster.source import RasterInfo, RasterSource

# Places of a window are computed at this many points a side and interpolated between.
_CONTROL_POINTS = 33
# Below this ratio of pixel sizes both show the same detail.
_LIKE_PIXELS = 1.1
_PIXEL_SNAP = 1e-3

Points = NDArray[np.float64]


class PlacedSource(RasterSource, Protocol):
    """A raster whose places can be found from longitude and latitude."""

    def from_lonlat(self, points: Points) -> Points:
        """Longitude and latitude in degrees on WGS 84 `[N, 2]` as map coordinates `[N, 2]`; not
        finite where the CRS has no such place, or where there is no CRS."""


@dataclass(frozen=True)
class _Placement:
    """From map coordinates of the grid's CRS to pixels of a raster and back; pixels `[N, 2]` are
    (column, row), not finite where there is no such place."""

    host: PlacedSource
    source: PlacedSource

    def to_pixels(self, places: Points) -> Points:
        """Pixels of `source` at places in `host`'s CRS."""
        return _inverse(self.source.info.transform, self._moved(places, self.host, self.source))

    def to_places(self, pixels: Points) -> Points:
        """Places in `host`'s CRS of pixels of `source`."""
        places = _applied(self.source.info.transform, pixels)
        return self._moved(places, self.source, self.host)

    @staticmethod
    def _moved(places: Points, origin: PlacedSource, target: PlacedSource) -> Points:
        if origin.info.crs_wkt == target.info.crs_wkt:
            return places
        lonlat = origin.to_lonlat(places)
        known = np.isfinite(lonlat).all(axis=1)
        moved = np.full(places.shape, np.nan)
        if known.any():
            moved[known] = target.from_lonlat(lonlat[known])
        return moved


class GridView:
    """A raster as it looks on another grid: a `RasterSource` whose pixels are the grid's.

    Reads at the overview level it needs, bilinear between pixels; classes and complex values are
    sampled nearest. What lies outside the raster is not valid. Closing it closes nothing.
    """

    def __init__(self, placement: _Placement, transform: GeoTransform, size: Tuple[int, int]):
        self._placement = placement
        self._source = placement.source
        self._info = replace(
            self._source.info,
            transform=transform,
            width=size[0],
            height=size[1],
            crs_wkt=placement.host.info.crs_wkt,
        )

    @property
    def info(self) -> RasterInfo:
        """What is known of the raster, on the grid."""
        return self._info

    def read(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """See `RasterSource.read`.

        Note:
            Costs one read of the raster of the order of `out_shape`. Places are exact at 33 x 33
            points of the window and interpolated between.
        """
        check_read(self._info, window, out_shape, bands)
        aligned = self._aligned(window)
        if aligned is not None:
            return self._source.read(aligned, out_shape, bands)
        columns, rows = self._pixels(window, out_shape)
        whole = self._source.info.window
        inside = (columns >= 0) & (columns < whole.width) & (rows >= 0) & (rows < whole.height)
        if not inside.any():
            about = self._source.info.bands[bands[0] - 1]
            dtype = np.float32 if is_complex(about) else np.dtype(about.dtype)
            return np.zeros((len(bands), *out_shape), dtype=dtype), np.zeros(out_shape, dtype=bool)
        part = _bounding(columns[inside], rows[inside]).intersection(whole)
        step = max(1.0, _step(columns, rows))
        shape = (max(1, round(part.height / step)), max(1, round(part.width / step)))
        values, valid = self._source.read(part, shape, bands)
        # Pixel centres of the piece that was read, in its own pixels.
        across = (columns - part.col_off) * (shape[1] / part.width) - 0.5
        down = (rows - part.row_off) * (shape[0] / part.height) - 0.5
        mixing = all(may_mix(self._source.info, number, part, shape) for number in set(bands))
        return _sampled(values, valid, across, down, inside, mixing)

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        """Metres on the ground per pixel of the grid; None without a CRS."""

        def to_lonlat(x: float, y: float) -> Tuple[float, float]:
            lon, lat = self.to_lonlat(np.array([[x, y]]))[0].tolist()
            return lon, lat

        return ground_sample_distance(self._info.transform, window, to_lonlat)

    def to_lonlat(self, points: Points) -> Points:
        """See `RasterSource.to_lonlat`; the places are in the grid's CRS."""
        return self._placement.host.to_lonlat(points)

    def close(self) -> None:
        """Nothing: whoever opened the raster closes it."""

    def _aligned(self, window: Window) -> Optional[Window]:
        """The whole pixels of the raster that a window is, where it is such."""
        corners = np.array(
            [
                (window.col_off, window.row_off),
                (window.col_end, window.row_end),
                (window.col_end, window.row_off),
            ],
            dtype=np.float64,
        )
        if self._placement.host.info.crs_wkt != self._source.info.crs_wkt:
            return None
        places = self._placement.to_pixels(_applied(self._info.transform, corners))
        (left, top), (right, bottom), other = places
        if right <= left or bottom <= top or not np.allclose(other, (right, top), atol=_PIXEL_SNAP):
            return None
        edges = np.array([left, top, right, bottom])
        if not np.allclose(edges, edges.round(), rtol=0, atol=_PIXEL_SNAP):
            return None
        left, top, right, bottom = (int(edge) for edge in edges.round())
        found = Window(left, top, right - left, bottom - top)
        return found if found.intersection(self._source.info.window) == found else None

    def _pixels(self, window: Window, out_shape: Tuple[int, int]) -> Tuple[Points, Points]:
        """Where on the raster the centres of a read lie: columns and rows, each `[h, w]`."""
        height, width = out_shape
        down, across = min(height, _CONTROL_POINTS), min(width, _CONTROL_POINTS)
        # From the first centre to the last, so that interpolation never reaches beyond.
        x = window.col_off + np.linspace(0.5, width - 0.5, across) * window.width / width
        y = window.row_off + np.linspace(0.5, height - 0.5, down) * window.height / height
        grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        pixels = self._placement.to_pixels(_applied(self._info.transform, grid))
        pixels = np.where(np.isfinite(pixels), pixels, np.nan).reshape(down, across, 2)
        return (
            _enlarged(pixels[..., 0], out_shape),
            _enlarged(pixels[..., 1], out_shape),
        )


def lay_over(before: PlacedSource, after: PlacedSource) -> Tuple[GridView, GridView]:
    """Put two rasters on one grid.

    Args:
        before: its axes and CRS are the grid's.
        after: may have another CRS, resolution and extent.

    Returns:
        Both on the part that both cover. The grid's pixels are those of `before`, enlarged to the
        size of those of `after` where these are larger.

    Raises:
        EmptyRegion: the rasters do not overlap.
        BadRequest: only one has a CRS, or a geotransform is singular.
    """
    if bool(before.info.crs_wkt) != bool(after.info.crs_wkt):
        lacking, other = (after, before) if before.info.crs_wkt else (before, after)
        raise BadRequest(
            "{lacking} has no CRS, so it cannot be laid over {other}.",
            "Give it a CRS (in QGIS: Layer > Set CRS), or compare two images without one.",
            lacking=lacking.info.name,
            other=other.info.name,
        )
    placement = _Placement(before, after)
    common = _common_window(placement)
    ratio = _pixel_ratio(placement, common)
    factor = ratio if ratio > _LIKE_PIXELS else 1.0
    transform = _part(before.info.transform, common, factor)
    # Only whole pixels of the coarser grid, so that none reaches beyond what both cover.
    size = (max(1, int(common.width / factor)), max(1, int(common.height / factor)))
    return (
        GridView(_Placement(before, before), transform, size),
        GridView(placement, transform, size),
    )


def _common_window(placement: _Placement) -> Window:
    """The pixels of the host raster within the bounds of the other's footprint."""
    info, whole = placement.source.info, placement.host.info.window
    x = np.linspace(0, info.width, _CONTROL_POINTS)
    y = np.linspace(0, info.height, _CONTROL_POINTS)
    places = placement.to_places(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    pixels = _inverse(placement.host.info.transform, places)
    pixels = pixels[np.isfinite(pixels).all(axis=1)]
    if len(pixels):
        left, top = np.floor(pixels.min(axis=0) + _PIXEL_SNAP)
        right, bottom = np.ceil(pixels.max(axis=0) - _PIXEL_SNAP)
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, whole.width), min(bottom, whole.height)
        if right > left and bottom > top:
            return Window(int(left), int(top), int(right - left), int(bottom - top))
    raise EmptyRegion(
        "{before} and {after} do not overlap.",
        "Compare two images of the same place.",
        before=placement.host.info.name,
        after=info.name,
    )


def _pixel_ratio(placement: _Placement, common: Window) -> float:
    """Side of the other raster's pixels in pixels of the host, in the middle of `common`."""
    middle = np.array(
        [[common.col_off + common.width / 2, common.row_off + common.height / 2]]
    ) + np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]])
    places = placement.to_pixels(_applied(placement.host.info.transform, middle))
    across, down = places[1] - places[0], places[2] - places[0]
    area = abs(float(across[0] * down[1] - across[1] * down[0])) * 4
    return 1 / math.sqrt(area) if math.isfinite(area) and area > 0 else 1.0


def _part(transform: GeoTransform, window: Window, factor: float) -> GeoTransform:
    """The transform of pixels `factor` times as large from a window's corner on."""
    x, y = transform.to_map(window.col_off, window.row_off)
    return GeoTransform(
        transform.a * factor, transform.b * factor, x, transform.d * factor, transform.e * factor, y
    )


def _applied(transform: GeoTransform, pixels: Points) -> Points:
    columns, rows = pixels.T
    x = transform.a * columns + transform.b * rows + transform.c
    return np.stack([x, transform.d * columns + transform.e * rows + transform.f], axis=1)


def _inverse(transform: GeoTransform, places: Points) -> Points:
    transform.to_pixel(0.0, 0.0)  # says what must be said of a transform that has no inverse
    determinant = transform.a * transform.e - transform.b * transform.d
    dx, dy = places[:, 0] - transform.c, places[:, 1] - transform.f
    columns = (transform.e * dx - transform.b * dy) / determinant
    return np.stack([columns, (transform.a * dy - transform.d * dx) / determinant], axis=1)


def _enlarged(control: Points, shape: Tuple[int, int]) -> Points:
    """Control values interpolated to `shape`, first to first and last to last."""
    for axis, length in enumerate(shape):
        count = control.shape[axis]
        if count == length:
            continue
        at = np.linspace(0, count - 1, length)
        first = np.minimum(at.astype(np.int64), count - 2)
        share = (at - first).reshape((-1, 1) if axis == 0 else (1, -1))
        low, high = np.take(control, first, axis), np.take(control, first + 1, axis)
        control = low + (high - low) * share
    return control


def _bounding(columns: Points, rows: Points) -> Window:
    """Whole pixels around places, with one to interpolate from on each side."""
    left, top = math.floor(columns.min()) - 1, math.floor(rows.min()) - 1
    right, bottom = math.floor(columns.max()) + 2, math.floor(rows.max()) + 2
    return Window(max(0, left), max(0, top), right - max(0, left), bottom - max(0, top))


def _step(columns: Points, rows: Points) -> float:
    """Raster pixels from one pixel read to the next, along the direction with fewer."""
    steps: List[float] = []
    for axis in (0, 1):
        if columns.shape[axis] > 1:
            lengths = np.hypot(np.diff(columns, axis=axis), np.diff(rows, axis=axis))
            finite = lengths[np.isfinite(lengths)]
            if finite.size:
                steps.append(float(np.median(finite)))
    return min(steps) if steps else 1.0


def _sampled(
    values: NDArray[np.generic],
    valid: NDArray[np.bool_],
    across: Points,
    down: Points,
    inside: NDArray[np.bool_],
    mixing: bool,
) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
    """Values `[bands, h, w]` at fractional pixels, and where they are image."""
    height, width = valid.shape
    x = np.clip(np.where(inside, across, 0), 0, width - 1)
    y = np.clip(np.where(inside, down, 0), 0, height - 1)
    near_x, near_y = np.rint(x).astype(np.int64), np.rint(y).astype(np.int64)
    nearest = values[:, near_y, near_x]
    shown = valid[near_y, near_x] & inside
    if not mixing:
        return nearest, shown
    left, top = x.astype(np.int64), y.astype(np.int64)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    # What is no image must not bleed into what is.
    clean = valid[top, left] & valid[top, right] & valid[bottom, left] & valid[bottom, right]
    weight_x, weight_y = np.asarray(x - left, np.float64), np.asarray(y - top, np.float64)
    upper = _between(values[:, top, left], values[:, top, right], weight_x)
    lower = _between(values[:, bottom, left], values[:, bottom, right], weight_x)
    mixed = np.where(clean, _between(upper, lower, weight_y), nearest.astype(np.float64))
    if values.dtype.kind in "iu":
        mixed = np.rint(mixed)
    return mixed.astype(values.dtype), shown


def _between(low: NDArray[np.generic], high: NDArray[np.generic], share: Points) -> Points:
    first = low.astype(np.float64)
    mixed: Points = first + (high.astype(np.float64) - first) * share
    return mixed
