"""Pixel windows, the affine geotransform and areas of interest: the few geometric values everything
shares.

Pixel coordinates are (column, row), continuous, with (0, 0) the outer corner of the first pixel.
Map coordinates are (x, y) in the raster's CRS; a raster without georeference has the identity with
y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Sequence, Tuple

from .errors import BadRequest

Ring = Tuple[Tuple[float, float], ...]
PolygonRings = Tuple[Ring, ...]
GeoJson = Dict[str, Any]


@dataclass(frozen=True)
class Window:
    """A rectangle of whole pixels: offsets and sizes in raster pixels."""

    col_off: int
    row_off: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Number of pixels."""
        return self.width * self.height

    @property
    def col_end(self) -> int:
        """First column past the window."""
        return self.col_off + self.width

    @property
    def row_end(self) -> int:
        """First row past the window."""
        return self.row_off + self.height

    def intersection(self, other: Window) -> Window:
        """The common rectangle; width or height 0 where there is none."""
        col = max(self.col_off, other.col_off)
        row = max(self.row_off, other.row_off)
        width = max(0, min(self.col_end, other.col_end) - col)
        height = max(0, min(self.row_end, other.row_end) - row)
        return Window(col, row, width, height)

    def holds(self, col: float, row: float) -> bool:
        """Whether a place is in it."""
        return self.col_off <= col < self.col_end and self.row_off <= row < self.row_end

    def minus(self, other: Window) -> Tuple[Window, ...]:
        """What another window leaves of this one: up to four windows that do not overlap."""
        hole = self.intersection(other)
        if not hole.area:
            return (self,)
        parts = (
            Window(self.col_off, self.row_off, self.width, hole.row_off - self.row_off),
            Window(self.col_off, hole.row_off, hole.col_off - self.col_off, hole.height),
            Window(hole.col_end, hole.row_off, self.col_end - hole.col_end, hole.height),
            Window(self.col_off, hole.row_end, self.width, self.row_end - hole.row_end),
        )
        return tuple(part for part in parts if part.area)


@dataclass(frozen=True)
class GeoTransform:
    """Affine map from pixel (col, row) to map (x, y): `x = a*col + b*row + c`, `y = d*col + e*row +
    f`.

    The letters are those of rasterio's `Affine`; GDAL's tuple is `(c, a, b, f, d, e)`.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def identity(cls) -> GeoTransform:
        """Pixel coordinates themselves, for rasters without georeference."""
        return cls(1.0, 0.0, 0.0, 0.0, 1.0, 0.0)

    @property
    def is_rotated(self) -> bool:
        """Whether the raster's axes are not parallel to the map's."""
        return self.b != 0.0 or self.d != 0.0

    def to_map(self, col: float, row: float) -> Tuple[float, float]:
        """Pixel to map coordinates."""
        return self.a * col + self.b * row + self.c, self.d * col + self.e * row + self.f

    def to_pixel(self, x: float, y: float) -> Tuple[float, float]:
        """Map to pixel coordinates. Raises `BadRequest` for a transform that cannot be inverted."""
        determinant = self.a * self.e - self.b * self.d
        if determinant == 0.0:
            raise BadRequest(
                "The raster's geotransform is singular, so places on it cannot be located."
            )
        dx, dy = x - self.c, y - self.f
        return (self.e * dx - self.b * dy) / determinant, (self.a * dy - self.d * dx) / determinant

    def window_polygon(self, window: Window) -> GeoJson:
        """The window's outline as a GeoJSON Polygon in map coordinates."""
        corners = [
            (window.col_off, window.row_off),
            (window.col_end, window.row_off),
            (window.col_end, window.row_end),
            (window.col_off, window.row_end),
            (window.col_off, window.row_off),
        ]
        return {"type": "Polygon", "coordinates": [[list(self.to_map(c, r)) for c, r in corners]]}


@dataclass(frozen=True)
class Region:
    """Area of interest in the raster's CRS: polygons, each an outer ring and its holes."""

    polygons: Tuple[PolygonRings, ...]

    @classmethod
    def from_bounds(cls, xmin: float, ymin: float, xmax: float, ymax: float) -> Region:
        """Rectangle in map coordinates. Raises `BadRequest` unless xmin < xmax and ymin < ymax."""
        if not (xmin < xmax and ymin < ymax):
            raise BadRequest(
                "The region is empty: its minimum is not below its maximum.",
                "Give XMIN,YMIN,XMAX,YMAX in the raster's CRS.",
            )
        ring = ((xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax), (xmin, ymin))
        return cls(((ring,),))

    @classmethod
    def from_geojson(cls, geometry: GeoJson) -> Region:
        """Polygon or MultiPolygon geometry in the raster's CRS. Raises `BadRequest` for anything
        else."""
        kind = geometry.get("type")
        if kind == "Polygon":
            nested: List[Any] = [geometry["coordinates"]]
        elif kind == "MultiPolygon":
            nested = list(geometry["coordinates"])
        else:
            raise BadRequest(f"A region must be a Polygon or MultiPolygon, not {kind!r}.")
        return cls(tuple(_rings(polygon) for polygon in nested))

    @classmethod
    def from_window(cls, transform: GeoTransform, window: Window) -> Region:
        """The outline of a pixel window."""
        return cls.from_geojson(transform.window_polygon(window))

    def to_geojson(self) -> GeoJson:
        """GeoJSON Polygon, or MultiPolygon where there are several."""
        nested = [
            [[list(point) for point in ring] for ring in polygon] for polygon in self.polygons
        ]
        if len(nested) == 1:
            return {"type": "Polygon", "coordinates": nested[0]}
        return {"type": "MultiPolygon", "coordinates": nested}

    def in_pixels(self, transform: GeoTransform) -> Tuple[PolygonRings, ...]:
        """The same polygons in continuous pixel coordinates (col, row)."""
        return tuple(
            tuple(tuple(transform.to_pixel(x, y) for x, y in ring) for ring in polygon)
            for polygon in self.polygons
        )


def _rings(polygon: Iterable[Sequence[Sequence[float]]]) -> PolygonRings:
    rings = tuple(tuple((float(point[0]), float(point[1])) for point in ring) for ring in polygon)
    if not rings or any(len(ring) < 4 for ring in rings):
        raise BadRequest("A region's ring needs at least three corners and must be closed.")
    return rings
