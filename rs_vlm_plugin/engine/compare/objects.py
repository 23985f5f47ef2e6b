"""Objects that are in one image and not in the other, by their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterable, List, Mapping, Sequence, Tuple

import numpy as np

from ..describe.places import Sighting, object_places
from ..find.seeking import Seeker
from ..geometry import GeoTransform, Window
from ..outline import Rectangle
from ..results import GROUNDING, ObjectPlaces

# Two boxes are one object from this share of the smaller one on: boxes of two dates are further
# apart than those of two tiles of one image.
_SAME_SHARE = 0.3
DOUBT = 0.5
"""An object must be surer than the threshold to be there, and less sure than this share of it not
to be: what one date's light moves across the threshold is neither gained nor lost."""


@dataclass(frozen=True)
class Located:
    """An object by its name, where it is in raster pixels, and how sure the model is of it."""

    name: str
    rectangle: Rectangle
    confidence: float

    def is_in(self, window: Window) -> bool:
        """Whether its middle is."""
        left, top, right, bottom = self.rectangle
        return window.holds((left + right) / 2, (top + bottom) / 2)


def located(seeker: Seeker, names: Sequence[str]) -> List[Located]:
    """Everything that a seeker has found so far, its phrases being called `names`."""
    return [Located(names[item.phrase], item.rectangle, item.score) for item in seeker.distinct()]


def missing(
    objects: Sequence[Located], others: Sequence[Located], threshold: float
) -> List[Located]:
    """The objects surely there of which the other image shows nothing in that place.

    Args:
        objects: of one image.
        others: of the other, also those below the threshold.
        threshold: score from which an object is there.
    """
    names: Dict[str, List[Rectangle]] = {}
    for other in others:
        names.setdefault(other.name, []).append(other.rectangle)
    return [
        item
        for item in objects
        if item.confidence >= threshold and not _is_among(item.rectangle, names.get(item.name, ()))
    ]


def found_places(objects: Iterable[Located], transform: GeoTransform) -> Tuple[ObjectPlaces, ...]:
    """Objects by name; counts are instances."""
    groups: Dict[str, List[Located]] = {}
    for item in objects:
        groups.setdefault(item.name, []).append(item)
    places = [
        ObjectPlaces(
            name=name,
            count=len(items),
            confidence=float(np.mean([item.confidence for item in items])),
            geometry={
                "type": "MultiPolygon",
                "coordinates": [[_ring(item.rectangle, transform)] for item in items],
            },
            method=GROUNDING,
        )
        for name, items in groups.items()
    ]
    return tuple(places)


def named_places(
    windows: Sequence[Sequence[Sighting]], transform: GeoTransform
) -> Tuple[ObjectPlaces, ...]:
    """What the captions of windows name, as `object_places` of a description."""
    groups: Dict[str, List[Sighting]] = {}
    for named in windows:
        for sighting in named:
            groups.setdefault(sighting.name, []).append(sighting)
    return object_places(groups, transform)


def counts(names: Iterable[str]) -> Mapping[str, int]:
    """How often each name comes, in order of first mention."""
    total: Dict[str, int] = {}
    for name in names:
        total[name] = total.get(name, 0) + 1
    return total


def _is_among(rectangle: Rectangle, others: Sequence[Rectangle]) -> bool:
    if not others:
        return False
    box, boxes = np.array(rectangle), np.array(others)
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    shared = np.clip(sides, 0, None).prod(axis=1)
    smaller = np.minimum((box[2:] - box[:2]).prod(), (boxes[:, 2:] - boxes[:, :2]).prod(axis=1))
    return bool((shared >= _SAME_SHARE * np.maximum(smaller, 1e-9)).any())


def _ring(rectangle: Rectangle, transform: GeoTransform) -> List[List[float]]:
    left, top, right, bottom = rectangle
    corners = [(left, top), (left, bottom), (right, bottom), (right, top)]
    if transform.a * transform.e - transform.b * transform.d > 0:
        # Rows run with the map's y: turned around, the ring is counter-clockwise.
        corners.reverse()
    ring = [list(transform.to_map(*corner)) for corner in corners]
    return [*ring, ring[0]]
