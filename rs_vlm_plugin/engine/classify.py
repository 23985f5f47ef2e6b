"""Classify a region by labels alone: texts and image meet in one embedding space."""

from __future__ import annotations

from contextlib import closing
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from .dris.plan import Tile
from .errors import BadRequest, Cancelled
from .feedback import Feedback, Silent
from .geometry import Region
from .look import Look
from .model.encoding import unit_rows
from .model.vlm import TURNS, VisionLanguageModel
from .raster.source import RasterSource
from .results import Classification, LabelScore
from .sentence import say
from .tile_images import stacked

POLICY = "content"
BUDGET = 8
MOST_LABELS = 10_000
_MOST_NAMED = 5


def classify(
    source: RasterSource,
    region: Optional[Region],
    labels: Sequence[str],
    model: VisionLanguageModel,
    feedback: Optional[Feedback] = None,
) -> Classification:
    """Share out a probability of one among labels.

    The region's embedding is the mean of two: that of its coarsest tiles and that of its leaves,
    each averaged by area and over the tile's quarter turns. A label's embedding is the mean over
    the bundle's prompts. Scores are the softmax of their cosines times the bundle's logit scale:
    they compare these labels with each other and say nothing of what is missing from the list.

    Args:
        source: raster to read, by one background thread at a time.
        region: area of interest in the raster's CRS; None for all of it.
        labels: two or more distinct names; a single one scores 1.
        model: a bundle that can classify.
        feedback: hears of progress, and may cancel.

    Raises:
        BadRequest: no label, an empty one or too many.
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        ActionUnsupported: the bundle cannot classify.
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
        Cancelled: the user cancelled.

    Note:
        Looks at 8 tiles at most, `TURNS` times at each, and costs one text evaluation per label and
        prompt.
    """
    model.bundle.require("classify")
    names = _checked(labels)
    feedback = feedback or Silent()
    look = Look.begin(source, region, model, POLICY, BUDGET)
    wanted = [*look.roots, *look.closer]
    embeddings: List[Tuple[int, NDArray[np.float32]]] = []
    with closing(look.batches(wanted)) as batches:
        for batch in batches:
            if feedback.is_cancelled():
                raise Cancelled()
            pixels = stacked(batch)
            seen = model.embed_turned(pixels, model.encode_images(pixels).embedding)
            embeddings += [(image.index, row) for image, row in zip(batch, seen)]
            feedback.report(
                len(embeddings) / len(wanted), say("{count} tiles seen", count=len(embeddings))
            )
    tiles, leaves = look.plan.tiles, set(look.plan.leaves)
    coarse = [(tiles[index], row) for index, row in embeddings if tiles[index].level == 0]
    fine = [(tiles[index], row) for index, row in embeddings if index in leaves]
    embedding = unit_rows(_mean(coarse) + _mean(fine))
    scale = model.bundle.manifest.logit_scale
    logits = scale * (label_embeddings(names, model) @ embedding).astype(np.float64)
    scores = np.exp(logits - logits.max())
    scores /= scores.sum()
    ranked = sorted(zip(names, scores.tolist()), key=lambda item: -item[1])
    return Classification(
        labels=tuple(LabelScore(name, score) for name, score in ranked),
        provenance=look.provenance(
            looked_at=[tiles[index] for index, _ in embeddings],
            prompt=" | ".join(model.bundle.manifest.text.label_prompts),
            notes=_unknown(names, model),
            looks=TURNS,
        ),
    )


def label_embeddings(labels: Sequence[str], model: VisionLanguageModel) -> NDArray[np.float32]:
    """One unit-length row `[len(labels), D]` per label, the mean over the bundle's prompts."""
    prompts = model.bundle.manifest.text.label_prompts
    texts = [prompt.replace("{label}", label) for label in labels for prompt in prompts]
    embeddings = model.encode_texts(texts)
    return unit_rows(embeddings.reshape(len(labels), len(prompts), -1).mean(axis=1))


def _unknown(labels: Sequence[str], model: VisionLanguageModel) -> Tuple[str, ...]:
    unknown = [label for label in labels if not model.knows(label)]
    if not unknown:
        return ()
    shown = ", ".join(unknown[:_MOST_NAMED]) + (", ..." if len(unknown) > _MOST_NAMED else "")
    return (
        say(
            "The model does not know the words of: {labels}; their scores mean nothing.",
            labels=shown,
        ),
    )


def _checked(labels: Sequence[str]) -> List[str]:
    names = list(dict.fromkeys(label.strip() for label in labels))
    if not names or not all(names):
        raise BadRequest("Labels are missing or empty.", "Give names like: forest,water,city")
    if len(names) > MOST_LABELS:
        raise BadRequest(
            "At most {most} labels can be compared, not {count}.",
            most=MOST_LABELS,
            count=len(names),
        )
    return names


def _mean(rows: Sequence[Tuple[Tile, NDArray[np.float32]]]) -> NDArray[np.float32]:
    weights = np.array(
        [max(tile.window.area * tile.valid_fraction, 1e-9) for tile, _ in rows], dtype=np.float32
    )
    return unit_rows((weights[:, None] * np.stack([row for _, row in rows])).sum(axis=0))
