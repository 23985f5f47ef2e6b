"""From leaves to the few sub-regions a reader can take in: like neighbours become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import FrozenSet, List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..model.captions import Caption
from ..outline import Rectangle, touching
from ..phrases import ObjectVocabulary
from .seen import SeenTile

MOST_LINES = 9
# Share of the things two captions name that both must name: two of three, but not one of two.
_MOSTLY_ALIKE = 0.6


@dataclass(frozen=True)
class _Said:
    """What may be found alike in two captions: the sentence, or the things it names."""

    sentence: str
    names: FrozenSet[str]

    @classmethod
    def of(cls, caption: Caption, vocabulary: ObjectVocabulary) -> _Said:
        names = frozenset(phrase.name for phrase in vocabulary.find(caption.text))
        return cls(caption.text.lower(), names)

    def like(self, other: _Said) -> bool:
        if self.sentence == other.sentence:
            return True
        common, all_names = self.names & other.names, self.names | other.names
        return bool(common) and len(common) >= _MOSTLY_ALIKE * len(all_names)


def sub_regions(
    leaves: Sequence[SeenTile], vocabulary: ObjectVocabulary, most: int = MOST_LINES
) -> List[List[SeenTile]]:
    """Join leaves into at most `most` groups, largest first.

    First neighbours with the same caption, or whose captions name mostly the same things, are
    joined.
    While there are too many, the two neighbouring groups with the most similar embeddings are
    joined; groups without a neighbour only when nothing else is left. Every leaf ends in exactly
    one group.
    """
    said = [_Said.of(leaf.caption, vocabulary) for leaf in leaves]
    touches = touching([rectangle(leaf) for leaf in leaves])
    groups: List[List[int]] = []
    unseen = set(range(len(leaves)))
    for start in range(len(leaves)):
        if start not in unseen:
            continue
        unseen.discard(start)
        group = [start]
        for member in group:
            # Likeness to the first, not to the next: or road by road a forest becomes a town.
            alike = [i for i in sorted(unseen) if touches[member, i] and said[i].like(said[start])]
            unseen.difference_update(alike)
            group.extend(alike)
        groups.append(group)
    while len(groups) > most:
        first, second = _closest(groups, leaves, touches)
        groups[first] += groups.pop(second)
    groups.sort(key=lambda group: (-sum(leaves[i].area for i in group), min(group)))
    return [[leaves[index] for index in sorted(group)] for group in groups]


def speaker(group: Sequence[SeenTile]) -> SeenTile:
    """The member that speaks for a group: nearest to its mean embedding, sound captions first."""
    mean = mean_embedding(group)
    return max(group, key=lambda seen: (bool(seen.caption.words), float(seen.embedding @ mean)))


def mean_embedding(group: Sequence[SeenTile]) -> NDArray[np.float32]:
    """Embeddings averaged by area, scaled to unit length."""
    weights = np.array([max(seen.area, 1e-9) for seen in group], dtype=np.float32)
    total = (weights[:, None] * np.stack([seen.embedding for seen in group])).sum(axis=0)
    return total / max(float(np.linalg.norm(total)), 1e-12)


def mean_confidence(group: Sequence[SeenTile]) -> float:
    """Confidences averaged by area."""
    weights = [max(seen.area, 1e-9) for seen in group]
    return float(np.average([seen.caption.confidence for seen in group], weights=weights))


def rectangle(seen: SeenTile) -> Rectangle:
    """The tile's own window as a rectangle in pixels."""
    window = seen.tile.window
    return window.col_off, window.row_off, window.col_end, window.row_end


def _closest(
    groups: Sequence[Sequence[int]], leaves: Sequence[SeenTile], touches: NDArray[np.bool_]
) -> Tuple[int, int]:
    means = np.stack([mean_embedding([leaves[index] for index in group]) for group in groups])
    similarity = means @ means.T
    for i, one in enumerate(groups):
        for j, other in enumerate(groups):
            if i >= j:
                similarity[i, j] = -np.inf
            elif not touches[np.ix_(one, other)].any():
                # Cosines lie in -1..1, so any touching pair comes before any that does not.
                similarity[i, j] -= 3.0
    first, second = np.unravel_index(int(similarity.argmax()), similarity.shape)
    return int(first), int(second)
