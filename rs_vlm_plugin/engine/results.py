"""What comes out: frozen values with text, confidence, evidence and provenance.

Geometries are GeoJSON dictionaries in the raster's CRS (pixels where it has none). `to_json`
methods give the command line's documented shape; layers, report and dock are made from the same
values.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Dict, Optional, Tuple

from .geometry import GeoJson
from .knowledge.base import UsedEntry


@dataclass(frozen=True)
class PhraseLink:
    """Characters `start:end` of a text, the object they name, and where it was seen (None:
    nowhere)."""

    start: int
    end: int
    name: str
    geometry: Optional[GeoJson]


@dataclass(frozen=True)
class SceneText:
    """The region in one sentence: from the global view, or where that says nothing from the largest
    part that does. `confidence` in 0..1, calibrated on validation data; lowered far outside the
    resolutions of training (see `familiarity`). `used` are the knowledge entries that had a say in
    the choice of words."""

    text: str
    confidence: float
    geometry: GeoJson
    links: Tuple[PhraseLink, ...] = ()
    used: Tuple[UsedEntry, ...] = ()


@dataclass(frozen=True)
class RegionText:
    """One sub-region: its sentence, where it lies in what the region shows, nodata around it left
    out ("north-west"; "east, south part" where several lie there), its share of the described area
    in 0..1; `used` as of `SceneText`."""

    text: str
    confidence: float
    geometry: GeoJson
    place: str
    share: float
    links: Tuple[PhraseLink, ...] = ()
    used: Tuple[UsedEntry, ...] = ()


CAPTION_ATTENTION, GROUNDING = "caption attention", "grounding"


@dataclass(frozen=True)
class ObjectPlaces:
    """An object name, how many separate places show it, and those places as one geometry.

    `method` says how places were found, because it bounds what `count` means: `GROUNDING` counts
    objects that the model was trained to find, `CAPTION_ATTENTION` places where the decoder looked
    when it wrote the word, not instances.
    """

    name: str
    count: int
    confidence: float
    geometry: GeoJson
    method: str


@dataclass(frozen=True)
class Provenance:
    """Where a result comes from, enough to make it again.

    `tile_evaluations` counts the tiles looked at, which is what `budget` bounds; `evaluations` how
    often the vision model was run for an image, which is more where a tile is seen in its quarter
    turns too. None in a result of before it was counted.
    """

    model: str
    model_version: str
    model_licence: str
    bundle_sha256: str
    plugin_version: str
    providers: Tuple[str, ...]
    raster: str
    crs_wkt: str
    region: GeoJson
    ground_sample_distance_m: Optional[float]
    bands: Tuple[int, ...]
    stretch: Tuple[Tuple[float, float], ...]
    policy: str
    budget: int
    tile_evaluations: int
    prompt: str
    started: str
    duration_s: float
    notes: Tuple[str, ...] = ()
    evaluations: Optional[int] = None


@dataclass(frozen=True)
class Description:
    """Answer of Describe: three levels of text with evidence. `partial` where the user stopped it
    early."""

    scene: SceneText
    regions: Tuple[RegionText, ...]
    objects: Tuple[ObjectPlaces, ...]
    provenance: Provenance
    partial: bool = False

    def to_json(self) -> Dict[str, Any]:
        """The command line's JSON object for one raster."""
        return {
            "raster": self.provenance.raster,
            "scene": asdict(self.scene),
            "regions": [asdict(region) for region in self.regions],
            "objects": [asdict(item) for item in self.objects],
            "partial": self.partial,
            "provenance": asdict(self.provenance),
        }


@dataclass(frozen=True)
class LabelScore:
    """A label and its probability among the labels asked for."""

    label: str
    score: float


@dataclass(frozen=True)
class Classification:
    """Answer of Classify: labels, best first; scores sum to 1."""

    labels: Tuple[LabelScore, ...]
    provenance: Provenance = field(repr=False)

    def to_json(self) -> Dict[str, Any]:
        """The command line's JSON object for one raster."""
        return {
            "raster": self.provenance.raster,
            "labels": [asdict(item) for item in self.labels],
            "provenance": asdict(self.provenance),
        }
