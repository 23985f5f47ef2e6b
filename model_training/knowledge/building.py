"""The whole base: taxonomies and what training captions add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.knowledge import KnowledgeEntry
from rs_vlm_plugin.engine.knowledge.entries import sameness

from .caption_entries import (
    CaptionedImage,
    FoundEntry,
    relation_entries,
    sentence_entries,
    thing_entries,
)
from .concepts import taxonomy_entries


@dataclass(frozen=True)
class KnowledgeCounts:
    """How many entries captions may give at most, by kind."""

    sentences: int = 900
    relations: int = 600
    things: int = 500


@dataclass(frozen=True)
class BuiltKnowledge:
    """Entries in their final order, and for each the training images it came from.

    The images are for training only, where an image must not retrieve its own captions; a bundle
    never holds them.
    """

    entries: tuple[KnowledgeEntry, ...]
    images: tuple[frozenset[str], ...]

    @cached_property
    def _own(self) -> dict[str, list[int]]:
        own: dict[str, list[int]] = {}
        for index, images in enumerate(self.images):
            for image_id in images:
                own.setdefault(image_id, []).append(index)
        return own

    def excluded(self, image_ids: Sequence[str]) -> NDArray[np.bool_]:
        """Leave-one-out: bool [B, E], which entries each image may not retrieve.

        An entry that other images share as well is left out for this image all the same: retrieving
        it would still give its own caption away.
        """
        mask = np.zeros((len(image_ids), len(self.entries)), dtype=bool)
        for row, image_id in enumerate(image_ids):
            mask[row, self._own.get(image_id, [])] = True
        return mask


def build_entries(
    images: Sequence[CaptionedImage], counts: KnowledgeCounts | None = None
) -> BuiltKnowledge:
    """Taxonomy entries first, then what captions add; deterministic in its arguments.

    Args:
        images: of training splits only; whatever they say may be retrieved later.
        counts: limits per kind; the most frequent are kept.

    Note:
        Chunking 50,000 captions takes some 10 s on one core.
    """
    counts = counts or KnowledgeCounts()
    entries: list[KnowledgeEntry] = taxonomy_entries()
    owners: list[frozenset[str]] = [frozenset()] * len(entries)
    known = {(entry.level, sameness(text)) for entry in entries for text in entry.wordings}
    found: list[FoundEntry] = [
        *sentence_entries(images, counts.sentences),
        *relation_entries(images, counts.relations),
        *thing_entries(images, counts.things),
    ]
    for item in found:
        key = (item.entry.level, sameness(item.entry.text))
        if key not in known:
            known.add(key)
            entries.append(item.entry)
            owners.append(item.images)
    return BuiltKnowledge(tuple(entries), tuple(owners))
