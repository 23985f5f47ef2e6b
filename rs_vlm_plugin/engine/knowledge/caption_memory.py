"""Captions of training images, remembered by what those images looked like.

A decoder's beam holds several captions of nearly the same probability. The one that agrees best
with what was said of similar images is mostly the better one (consensus of nearest neighbours,
Devlin et al. 2015, arXiv 1505.04467), so the memory chooses among them. It never puts in a sentence
of its own: what is said stays what the decoder wrote while looking at this image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest
from ..model.consensus import Consensus
from ..model.level_spec import CaptionMemorySpec
from .base import UsedEntry
from .entries import Floats, KnowledgeEntry

LENGTH_POWER = 0.6
"""A caption's log probability is divided by this power of its length before captions of different
lengths are compared; chosen on validation data."""

NAMED = 5
"""How many remembered captions a choice names at most."""


@dataclass(frozen=True)
class Candidate:
    """A caption that could be said; `length` counts its tokens with the end."""

    text: str
    log_probability: float
    length: int


@dataclass(frozen=True)
class Choice:
    """The index of the chosen candidate, and the remembered captions that spoke for it most."""

    index: int
    used: Tuple[UsedEntry, ...]


class CaptionMemory:
    """Remembered captions with the mean embedding of the images that had each.

    Args:
        entries: a caption each, with the count of its images.
        vectors: float32 `[E, D]` in the space of image embeddings, unit length.

    Raises:
        BadRequest: no entry, or another number of vectors than of entries.
    """

    def __init__(self, entries: Sequence[KnowledgeEntry], vectors: Floats) -> None:
        if vectors.ndim != 2 or not entries or len(entries) != len(vectors):
            raise BadRequest(f"{len(entries)} captions cannot have vectors of {vectors.shape}.")
        self.entries = tuple(entries)
        self.vectors = vectors
        # A caption of many images weighs more, but not as many times more as it has images: that
        # would drown what is said of few.
        self._images = np.sqrt([max(1, entry.images) for entry in self.entries])
        self._consensus = Consensus([[entry.text] for entry in self.entries])

    def __len__(self) -> int:
        return len(self.entries)

    def choose(
        self, embedding: Floats, candidates: Sequence[Candidate], spec: CaptionMemorySpec
    ) -> Choice:
        """The candidate that the decoder and the memory together prefer.

        Its score is the mean agreement with the captions of similar images, plus `spec.weight`
        times its log probability divided by `length ** LENGTH_POWER`.

        Args:
            embedding: `[D]` of the image, unit length.
            candidates: at least one.
            spec: how many captions are asked and what each counts.

        Note:
            Exact; some 3 ms for 5 candidates, 60 neighbours and 2,500 captions on one core.
        """
        cosines = self.vectors @ embedding
        near = np.argsort(-cosines, kind="stable")[: spec.neighbours]
        weights = self._images[near] * np.exp(spec.sharpness * (cosines[near] - cosines[near[0]]))
        weights /= weights.sum()
        texts = [self.entries[index].text for index in near]
        shares = self._consensus.agreement([item.text for item in candidates], texts) * weights
        chances = np.array(
            [item.log_probability / item.length**LENGTH_POWER for item in candidates]
        )
        best = int((shares.sum(axis=1) + spec.weight * chances).argmax())
        return Choice(best, self._used(near, cosines, shares[best]))

    def _used(
        self, near: NDArray[np.intp], cosines: Floats, shares: Floats
    ) -> Tuple[UsedEntry, ...]:
        """The neighbours that agreed with what was chosen, the most telling first."""
        ranked = np.argsort(-shares, kind="stable")[:NAMED]
        telling = [place for place in ranked if shares[place] > 0]
        return tuple(
            UsedEntry.of(self.entries[near[place]], float(cosines[near[place]]))
            for place in telling
        )
