"""Captions and retrieval of a set, with their floors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..data.captions import distinct
from ..data.records import ImageText
from ..floors import chance_recall, floor_captions
from ..metrics import caption_scores, recall_tallies, score_captions
from .result import MODEL, TaskResult


def evaluate_captions(
    records: Sequence[ImageText], captions: list[str], train: Sequence[ImageText]
) -> TaskResult:
    """Score one caption per record.

    Floors are made from the set's training captions only. Distinct references are each image's
    different captions, since RSICD repeats them (shared references raise BLEU and CIDEr).

    Raises:
        JavaMissing: there is no `java`.
    """
    references = [list(record.captions) for record in records]
    different = [distinct(texts)[0] for texts in references]
    found, strict = score_captions(captions, references), score_captions(captions, different)
    rows = {MODEL: found.corpus, "model, distinct references": strict.corpus}
    for floor, said in floor_captions(train, records).items():
        rows[f"floor: {floor}"] = caption_scores(said, references)
    tallies = found.tallies | {f"distinct_{key}": value for key, value in strict.tallies.items()}
    return TaskResult("captions", _ids(records), rows, tallies, {"captions": captions})


def evaluate_retrieval(
    records: Sequence[ImageText],
    embeddings: NDArray[np.float32],
    texts: NDArray[np.float32],
) -> TaskResult:
    """Recall of every image's captions among all captions, and the other way round.

    Args:
        records: with captions.
        embeddings: [N, D] of the records' images.
        texts: [M, D] of all their captions, record by record.
    """
    owner = np.array([i for i, record in enumerate(records) for _ in record.captions])
    tallies = recall_tallies(embeddings, texts, owner)
    rows = {
        MODEL: {name: tally.value for name, tally in tallies.items()},
        "floor: chance": chance_recall(len(records), len(owner) / len(records)),
    }
    return TaskResult("retrieval", _ids(records), rows, tallies)


def _ids(records: Sequence[ImageText]) -> tuple[str, ...]:
    return tuple(record.image_id for record in records)
