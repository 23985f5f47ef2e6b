"""What a search finds: places, best first, with a score and an outline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Optional, Tuple

from ..geometry import GeoJson
from ..index.records import Match


@dataclass(frozen=True)
class Hit:
    """One place.

    Attributes:
        rank: from 1.
        score: relevance in 0..1, see `relevance`; lowered far outside the resolutions of training.
        similarity: cosine of query and picture.
        raster: where the raster is today; its uri in the index where it is nowhere.
        crs_wkt: the raster's CRS, that of `geometry`; empty where it has none.
        geometry: outline of what was found, or the tile's where nobody looked closer.
        tile: outline of the tile found, or of the part of one.
        level: which embedding was found: "global", of a whole tile, or "region", of a part.
        depth: DRIS level of the tile, 0 the coarsest.
        gsd_m: metres per model pixel of the closest look, None where unknown.
        looked_closer: whether `geometry` is the outline of what was found in the tile.
        match: the index's row, with its embedding, to be used as an example.
        index: number of the index it came from.
    """

    rank: int
    score: float
    similarity: float
    raster: str
    crs_wkt: str
    geometry: GeoJson
    tile: GeoJson
    level: str
    depth: int
    gsd_m: Optional[float]
    looked_closer: bool
    match: Match = field(repr=False)
    index: int = 0

    def to_json(self) -> Dict[str, Any]:
        """The command line's JSON object for one hit."""
        return {
            "rank": self.rank,
            "score": self.score,
            "raster": self.raster,
            "geometry": self.geometry,
            "level": self.level,
            "depth": self.depth,
            "similarity": self.similarity,
            "gsd_m": self.gsd_m,
            "looked_closer": self.looked_closer,
        }


@dataclass(frozen=True)
class SearchResult:
    """Answer of a search. `partial` where the user stopped the closer looks.

    `tile_evaluations` counts how often the vision model was run for a tile at closer looks, quarter
    turns included; `text_evaluations` how often the decoder was asked how likely it is to say the
    words.
    """

    hits: Tuple[Hit, ...]
    query: str
    model: str
    model_version: str
    bundle_sha256: str
    rows: int
    tile_evaluations: int
    duration_s: float
    notes: Tuple[str, ...] = ()
    partial: bool = False
    text_evaluations: int = 0
