"""The captions that a bundle remembers, with what their training images look like to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rs_vlm_plugin.engine.knowledge import CaptionMemory
from rs_vlm_plugin.engine.knowledge.knowledge_file import FILE_NAME
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..data.records import ImageText
from ..evaluation.encoding import encode_records
from .caption_entries import remembered_entries
from .training_text import captioned_images

MOST = 1800
"""Captions kept, those of most images first: 0.9 MB in a zip at 384 dimensions."""

SETTINGS: dict[str, Any] = {
    "file": FILE_NAME,
    "neighbours": 60,
    "weight": 0.1,
    "sharpness": 10.0,
    "beams": 5,
}
"""The manifest's section `caption_memory`; docs/knowledge-base.md has what it was chosen by."""


class NothingShared(ValueError):
    """Captions that each stand with one image only say nothing of what images have in common."""


def remember_captions(
    model: VisionLanguageModel, records: Sequence[ImageText], most: int = MOST
) -> CaptionMemory:
    """Captions that two training images share at least, each with its images' mean embedding.

    Args:
        model: encodes the images, so it is the one that will ask the memory.
        records: of training splits only.
        most: how many captions at most.

    Raises:
        NothingShared: no two images share a caption.

    Note:
        Encodes every image that has such a caption: some 8 ms each on one core.
    """
    found = remembered_entries(captioned_images(records), most)
    if not found:
        raise NothingShared("No two training images share a caption, so there is none to remember.")
    wanted = frozenset[str]().union(*(item.images for item in found))
    seen = [record for record in records if record.image_id in wanted]
    embeddings = encode_records(model, seen)[0].embeddings
    row = {record.image_id: index for index, record in enumerate(seen)}
    means = np.stack(
        [embeddings[[row[name] for name in sorted(item.images)]].mean(axis=0) for item in found]
    )
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return CaptionMemory([item.entry for item in found], means.astype(np.float32))
