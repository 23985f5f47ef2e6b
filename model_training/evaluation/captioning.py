"""Captions and retrieval of a set, with their floors."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..ceilings import person_scores, recall_ceiling
from ..data.captions import distinct
from ..data.records import ImageText
from ..floors import chance_recall, floor_captions
from ..metrics import Tally, caption_scores, ranking_tallies, recall_tallies, score_captions
from .encoding import EncodedImages, encode_records, encode_texts
from .reranking import BANK, rerank
from .result import MODEL, TaskResult

PEOPLE = {
    "a person, against the image's other captions": False,
    "a person, where all captions differ": True,
}
"""Row -> whether images with a repeated caption are left out."""

BANK_SEED = 5
"""Draws the training images; fixed, so that bundles are scored alike."""


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
    for who, all_differ in PEOPLE.items():
        reached = person_scores(records, all_differ)
        if reached is not None:
            rows[f"ceiling: {who}"] = reached
    tallies = found.tallies | {f"distinct_{key}": value for key, value in strict.tallies.items()}
    return TaskResult("captions", _ids(records), rows, tallies, {"captions": captions})


def evaluate_retrieval(
    model: VisionLanguageModel,
    records: Sequence[ImageText],
    images: EncodedImages,
    turned: NDArray[np.float32],
    train: Sequence[ImageText],
) -> TaskResult:
    """Recall of every image's captions among all captions, and the other way round.

    As the plugin's search ranks: by embedding and, where the model has a decoder, anew by the
    decoder (`rerank`); embeddings alone are a row of their own then.

    Args:
        model: embeds and, where it can, says the captions.
        records: with captions.
        images: the records', in this order.
        turned: their embeddings over the quarter turns, [N, D].
        train: the set's training records; some of their images are what captions are likely
            elsewhere by.
    """
    captions = [text for record in records for text in record.captions]
    owner = np.array([i for i, record in enumerate(records) for _ in record.captions])
    texts = encode_texts(model, captions)
    tallies = recall_tallies(images.embeddings, texts, owner)
    rows = {}
    if "describe" in model.bundle.manifest.actions:
        rows["model, embeddings alone"] = _values(tallies)
        bank = random.Random(BANK_SEED).sample(train, min(BANK, len(train)))  # noqa: S311
        elsewhere = encode_records(model, bank)[0]
        by_text, by_image = rerank(model, images, turned, captions, texts, elsewhere)
        tallies = ranking_tallies(by_image, by_text, owner)
    rows = {
        MODEL: _values(tallies),
        **rows,
        "floor: chance": chance_recall(len(records), len(owner) / len(records)),
        "ceiling: knows the captions, equal ones tie": recall_ceiling(records),
    }
    return TaskResult("retrieval", _ids(records), rows, tallies)


def _values(tallies: dict[str, Tally]) -> dict[str, float]:
    return {name: tally.value for name, tally in tallies.items()}


def _ids(records: Sequence[ImageText]) -> tuple[str, ...]:
    return tuple(record.image_id for record in records)
