"""What training images were said to show, as far as a bundle remembers their captions."""

from __future__ import annotations

from collections import Counter
from typing import Counter as Count
from typing import Sequence

from ..noun_chunks import distinct_chunks
from ..phrases import default_vocabulary, plural, spoken_words
from .entries import KnowledgeEntry

_CAPTIONS = "captions"


class NamedThings:
    """Counts the training images whose captions name a thing, as the noun of a noun chunk.

    Taxonomies and a user's own entries count nothing: no image taught them.

    Args:
        entries: of any source.

    Note:
        Some 100 ms for 2,000 captions.
    """

    def __init__(self, entries: Sequence[KnowledgeEntry]) -> None:
        vocabulary = default_vocabulary()
        self._images: Count[str] = Counter()
        for entry in entries:
            if entry.source.kind == _CAPTIONS:
                named = {phrase.name for phrase in vocabulary.find(entry.text)}
                nouns = {spoken_words(chunk)[-1][0] for chunk in distinct_chunks(entry.text)}
                for name in named | nouns:
                    self._images[name] += entry.images

    def __bool__(self) -> bool:
        """Whether anything is remembered."""
        return bool(self._images)

    def images(self, noun: str) -> int:
        """Images that were said to show a noun, in singular or plural; each as often as the entries
        that say so. Of what the object vocabulary knows it must be the vocabulary's name."""
        return self._images[noun] + self._images[plural(noun)]
