"""What an index keeps: rasters, their tiles, and who made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.plan import Tile
from ..geometry import GeoTransform, Region

GLOBAL = "global"
"""Level of the one embedding that stands for a whole tile."""
REGION = "region"
"""Level of the embeddings of a tile's parts, see `parts`."""
LEVELS = (GLOBAL, REGION)


@dataclass(frozen=True)
class ModelIdentity:
    """The model an index was made with; only vectors of the same bundle can be compared."""

    name: str
    version: str
    bundle_sha256: str
    embedding_size: int

    def beside(self, other: ModelIdentity) -> str:
        """What to call it where it is told from another: name and version, and where these are the
        same the beginning of the bundle's hash."""
        called = f"{self.name} {self.version}"
        if (self.name, self.version) == (other.name, other.version):
            called += f" (bundle {self.bundle_sha256[:8]})"
        return called


@dataclass(frozen=True)
class FileState:
    """What a raster's file was when it was read; None or empty where it is not a local file.

    `fingerprint` is "whole:" or "sampled:" and a SHA-256 in hexadecimal, see `fingerprint`.
    """

    size_bytes: Optional[int]
    modified_ns: Optional[int]
    fingerprint: str


@dataclass(frozen=True)
class RasterEntry:
    """A raster to be indexed, or already there.

    `uri` names it in the index and opens it; `relative` is its path seen from the index's folder,
    so that both can be moved together (empty where it is not a local file). `gsd_m` is metres per
    raster pixel at its centre. `bands` are those shown to the model. `plan_digest` is that of the
    tiles chosen, so that a resumed build knows whether the plan is still the same.
    """

    uri: str
    relative: str
    name: str
    state: FileState
    width: int
    height: int
    transform: GeoTransform
    crs_wkt: str
    gsd_m: Optional[float]
    bands: Tuple[int, ...]
    policy: str
    budget: int
    plan_digest: str
    planned_tiles: int


@dataclass(frozen=True)
class IndexedRaster:
    """A raster of an index: its number there, how many tiles are stored, whether that is all."""

    id: int
    entry: RasterEntry
    stored_tiles: int
    complete: bool


@dataclass(frozen=True)
class TileRow:
    """A tile to be stored: its number in the raster's plan, and its outline.

    `outline` is a closed ring of longitudes and latitudes, None where the raster has no place on
    Earth; `gsd_m` metres per model pixel, None where unknown.
    """

    number: int
    tile: Tile
    leaf: bool
    outline: Optional[Tuple[Tuple[float, float], ...]]
    gsd_m: Optional[float]


@dataclass(frozen=True)
class RegionRows:
    """Vectors of parts of tiles: `keys` (position of the tile among those stored with it, number
    of the part), `vectors` [len(keys), D]."""

    keys: Tuple[Tuple[int, int], ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True)
class Filter:
    """Which rows a search looks at; the defaults leave out nothing.

    Attributes:
        level: which embeddings, "global" or "region"; None for all.
        region: only tiles, or parts of them, whose outline's bounding box shares area with it.
        region_is_lonlat: whether `region` is in WGS 84 longitude and latitude; else each raster
            takes it in its own CRS.
        rasters: uris to keep; None for all.
        finest_m: least metres per model pixel; None for no limit. Tiles of unknown ground sample
            distance pass.
        coarsest_m: most metres per model pixel; None for no limit.
        depths: DRIS levels to keep, 0 the coarsest; None for all.
    """

    level: Optional[str] = None
    region: Optional[Region] = None
    region_is_lonlat: bool = False
    rasters: Optional[Tuple[str, ...]] = None
    finest_m: Optional[float] = None
    coarsest_m: Optional[float] = None
    depths: Optional[Tuple[int, ...]] = None


EVERYTHING = Filter()


@dataclass(frozen=True)
class Match:
    """A row found: its tile, the stored embedding `[D]` (float32, as dequantised) and their cosine.

    `similarity` is the dot product of the query vector and the stored embedding. Of level "region"
    `row` is the part of the tile as if it were one: its window and outline are the part's, scale
    and metres those it was seen at.
    """

    raster: IndexedRaster
    row: TileRow
    level: str
    part: int
    similarity: float
    embedding: NDArray[np.float32]


@dataclass(frozen=True)
class IndexInfo:
    """An index in figures; `bytes` is the size of its file."""

    path: str
    format_version: int
    model: ModelIdentity
    created: str
    rasters: Tuple[IndexedRaster, ...]
    tiles: int
    embeddings: Tuple[Tuple[str, int], ...]
    bytes: int
