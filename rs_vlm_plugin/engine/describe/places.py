"""Where named things were seen: attention of a caption's words as rectangles on the raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..geometry import GeoJson, GeoTransform
from ..outline import Rectangle, connected, outline
from ..phrases import ObjectVocabulary
from ..results import CAPTION_ATTENTION, ObjectPlaces, PhraseLink
from .seen import SeenTile

# A cell belongs to a place when it is looked at at least this much as the most looked-at cell.
_ATTENTION_SHARE = 0.5


@dataclass(frozen=True)
class Sighting:
    """A name in one tile's caption, the probability of its words, and the rectangles looked at."""

    name: str
    confidence: float
    weight: float
    rectangles: Tuple[Rectangle, ...]


def sightings(seen: SeenTile, vocabulary: ObjectVocabulary) -> List[Sighting]:
    """The things one tile's caption names, each with where the decoder looked writing it."""
    found = []
    for phrase in vocabulary.find(seen.caption.text):
        words = [
            word
            for word in seen.caption.words
            if word.start < phrase.end and phrase.start < word.end
        ]
        if not words or not seen.cells:
            continue
        attention = np.mean([word.attention for word in words], axis=0)
        looked = np.array([attention[cell] for cell in seen.cells])
        chosen = np.flatnonzero(looked >= _ATTENTION_SHARE * looked.max())
        confidence = float(np.prod([word.confidence for word in words]) ** (1 / len(words)))
        rectangles = tuple(seen.rectangles[index] for index in chosen)
        found.append(Sighting(phrase.name, confidence, seen.area, rectangles))
    return found


def by_name(found: Iterable[Sighting]) -> Dict[str, List[Sighting]]:
    """Sightings grouped by what was seen, names in order of first mention."""
    groups: Dict[str, List[Sighting]] = {}
    for sighting in found:
        groups.setdefault(sighting.name, []).append(sighting)
    return groups


def one_kind_each(
    groups: Mapping[str, List[Sighting]], vocabulary: ObjectVocabulary
) -> Dict[str, List[Sighting]]:
    """The same, the finer names of a kind put to the kind where that is named too: what one caption
    calls a car and the next a vehicle is listed once."""
    kinds: Dict[str, List[Sighting]] = {}
    for name, found in groups.items():
        kind = vocabulary.as_one_of(vocabulary.kind_of(name), groups) or name
        kinds[kind] = [*kinds.get(kind, ()), *found]
    return kinds


def object_places(
    groups: Mapping[str, Sequence[Sighting]], transform: GeoTransform
) -> Tuple[ObjectPlaces, ...]:
    """Places per name, adjoining ones joined across tile seams; most places first.

    Confidence is the mean probability of the words that name it, weighted by the tiles' areas.
    """
    places = []
    for name, found in groups.items():
        rectangles = [rectangle for sighting in found for rectangle in sighting.rectangles]
        weights = [max(sighting.weight, 1e-9) for sighting in found]
        places.append(
            ObjectPlaces(
                name=name,
                count=len(connected(rectangles)),
                confidence=float(np.average([s.confidence for s in found], weights=weights)),
                geometry=outline(rectangles, transform),
                method=CAPTION_ATTENTION,
            )
        )
    return most_first(places)


def most_first(places: Iterable[ObjectPlaces]) -> Tuple[ObjectPlaces, ...]:
    """The order in which objects are listed."""
    return tuple(sorted(places, key=lambda place: (-place.count, -place.confidence, place.name)))


def links(
    text: str,
    vocabulary: ObjectVocabulary,
    groups: Mapping[str, Sequence[Sighting]],
    transform: GeoTransform,
    grounded: Mapping[str, ObjectPlaces],
) -> Tuple[PhraseLink, ...]:
    """The phrases of a text that name things, each with where they, or all of their kind, were
    found, or else seen, if anywhere."""

    def where(name: str) -> Optional[GeoJson]:
        counted = vocabulary.as_one_of(name, grounded)
        if counted:
            return grounded[counted].geometry
        rectangles = [
            rectangle for sighting in groups.get(name, ()) for rectangle in sighting.rectangles
        ]
        return outline(rectangles, transform) if rectangles else None

    return tuple(
        PhraseLink(phrase.start, phrase.end, phrase.name, where(phrase.name))
        for phrase in vocabulary.find(text)
    )
