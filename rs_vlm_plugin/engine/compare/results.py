"""Answer of Compare: what each image shows, where they differ, what was gained and lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Container, Dict, FrozenSet, List, Mapping, Tuple

from ..feature_collection import feature_collection
from ..geometry import GeoJson
from ..phrases import plural
from ..results import GROUNDING, ObjectPlaces, Provenance
from ..sentence import say
from .change import Scale


@dataclass(frozen=True)
class Shown:
    """What one of the images shows of the region: a sentence, calibrated confidence in it, and the
    objects seen in it, most first."""

    raster: str
    text: str
    confidence: float
    objects: Tuple[ObjectPlaces, ...]


@dataclass(frozen=True)
class Change:
    """A window in which something changed.

    Attributes:
        score: how much its most changed cell did, in 0..1; see `Scale`.
        geometry: the changed cells, and objects gained and lost, in the first raster's CRS.
        place: where it lies in what the region shows ("north-west").
        before: a sentence on what the window showed.
        after: a sentence on what it shows.
        gained: how many more there are of each object, by name.
        lost: how many fewer.
    """

    score: float
    geometry: GeoJson
    place: str
    before: str
    after: str
    gained: Mapping[str, int]
    lost: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """Two images of a region compared; geometries are in the first raster's CRS.

    Attributes:
        before: what the first image shows.
        after: what the second shows.
        changes: the windows that changed, most changed first.
        gained: objects of the second image that are not in the first; their `method` says what
            the counts mean: "grounding" counts instances, "caption attention" places in changed
            windows that the captions name.
        lost: objects of the first image that are not in the second.
        grounded: the kinds of objects that were looked for one by one.
        share: the changed cells' share of the compared area, in 0..1.
        windows: how many windows were compared.
        min_change: the score from which a cell counts as changed.
        scale: what the scores are measured by.
        provenance: of the first image, with the evaluations of both.
        after_provenance: of the second.
        partial: stopped early by the user.
    """

    before: Shown
    after: Shown
    changes: Tuple[Change, ...]
    gained: Tuple[ObjectPlaces, ...]
    lost: Tuple[ObjectPlaces, ...]
    grounded: FrozenSet[str]
    share: float
    windows: int
    min_change: float
    scale: Scale
    provenance: Provenance = field(repr=False)
    after_provenance: Provenance = field(repr=False)
    partial: bool = False

    def summary(self) -> str:
        """What there is to say in a few sentences."""
        return " ".join(
            (
                f"Before: {_sentence(self.before.text)}",
                f"After: {_sentence(self.after.text)}",
                f"Gained: {self.listed(self.gained)}.",
                f"Lost: {self.listed(self.lost)}.",
                self.extent(),
            )
        )

    def extent(self) -> str:
        """How much of the area changed, as a sentence."""
        if not self.changes:
            return say("No change that the model can see.")
        values = {
            "share": f"{100 * self.share:.1f} %",
            "count": len(self.changes),
            "windows": self.windows,
        }
        if self.windows == 1:
            return say("Changed: {share} of the area, in {count} of 1 window.", **values)
        return say("Changed: {share} of the area, in {count} of {windows} windows.", **values)

    def to_json(self) -> Dict[str, Any]:
        """The command line's JSON object."""
        features: List[GeoJson] = []
        for number, change in enumerate(self.changes, start=1):
            values = {**vars(change), "gained": dict(change.gained), "lost": dict(change.lost)}
            geometry = values.pop("geometry")
            features.append(
                {"type": "Feature", "id": number, "geometry": geometry, "properties": values}
            )
        return {
            "summary": self.summary(),
            "before": asdict(self.before),
            "after": asdict(self.after),
            "changes": feature_collection(features, self.provenance.crs_wkt),
            "gained": [asdict(item) for item in self.gained],
            "lost": [asdict(item) for item in self.lost],
            "grounded": sorted(self.grounded),
            "changed_share": self.share,
            "windows": self.windows,
            "min_change": self.min_change,
            "scale": asdict(self.scale),
            "partial": self.partial,
            "provenance": {**asdict(self.provenance), "after": asdict(self.after_provenance)},
        }

    @staticmethod
    def listed(objects: Tuple[ObjectPlaces, ...]) -> str:
        """Objects with their numbers in words; numbers of places where only these were counted."""
        if not objects:
            return say("nothing")
        grounded = [item.name for item in objects if item.method == GROUNDING]
        return counted({item.name: item.count for item in objects}, grounded)


def counted(counts: Mapping[str, int], grounded: Container[str]) -> str:
    """Numbers of objects in words; of places where the objects were not found one by one.

    >>> counted({"plane": 2, "ship": 1, "tree": 1, "road": 3}, ["plane", "ship"])
    '2 planes, 1 ship, tree, road (3 places)'
    """
    return ", ".join(
        f"{count} {plural(name) if count > 1 else name}"
        if name in grounded
        else f"{name} ({count} places)"
        if count > 1
        else name
        for name, count in counts.items()
    )


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
