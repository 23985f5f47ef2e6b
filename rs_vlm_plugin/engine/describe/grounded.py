"""Objects that the model was trained to find, found while a region is described."""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence

from ..find.seeking import Seeker
from ..find.sightings import Sighting
from ..look import Look
from ..model.encoding import Encoding
from ..outline import outline
from ..phrases import ObjectVocabulary
from ..results import GROUNDING, ObjectPlaces
from ..tile_images import TileImage


class GroundedObjects:
    """Looks on described tiles for every kind of object that boxes taught the model.

    Args:
        look: region, plan and model.
        names: those kinds.
        threshold: score from which one counts as found.
    """

    def __init__(self, look: Look, names: Sequence[str], threshold: float) -> None:
        self._names = tuple(names)
        self._transform = look.origin.source.info.transform
        self._seeker = Seeker(look, self._names, threshold)

    @classmethod
    def begin(cls, look: Look) -> Optional[GroundedObjects]:
        """None for a model that no box taught anything."""
        manifest = look.origin.model.bundle.manifest
        levels = manifest.levels
        if "find" not in manifest.actions or levels is None or not levels.names:
            return None
        return cls(look, levels.names, levels.threshold)

    def see(self, batch: Sequence[TileImage], encoding: Encoding) -> None:
        """Remember what an encoded batch of tiles shows."""
        self._seeker.seek(batch, encoding)

    def places(self, vocabulary: ObjectVocabulary) -> Dict[str, ObjectPlaces]:
        """What was seen so far, by the vocabulary's name for it. Boxes that overlap are one
        polygon; `count` counts each."""
        groups: Dict[str, List[Sighting]] = {}
        for item in self._seeker.distinct():
            asked = self._names[item.phrase]
            named = vocabulary.find(asked)
            groups.setdefault(named[0].name if named else asked, []).append(item)
        return {
            name: ObjectPlaces(
                name=name,
                count=len(found),
                confidence=sum(item.score for item in found) / len(found),
                geometry=outline([item.rectangle for item in found], self._transform),
                method=GROUNDING,
            )
            for name, found in groups.items()
        }
