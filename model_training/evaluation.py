"""Scoring a bundle on a data set: what runs in the plugin is what is scored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .config import ExperimentConfig
from .data.captions import distinct
from .data.corpus import train_and_validation
from .data.pixels import pixel_cache
from .data.records import ImageText, read_split
from .floors import chance_recall, floor_captions
from .metrics import caption_scores, retrieval_recall

BATCH = 32
TEXT_BATCH = 128


@dataclass(frozen=True)
class SetScores:
    """Scores of one set: `model` and one entry per floor, each a dictionary in percent; `cost` in
    ms."""

    name: str
    split: str
    images: int
    model: dict[str, float]
    distinct_references: dict[str, float]
    floors: dict[str, dict[str, float]]
    cost: dict[str, float]
    captions: list[str]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


def evaluate_set(model: VisionLanguageModel, data_dir: Path, name: str, split: str) -> SetScores:
    """Retrieval, captions and floors of one set.

    Floors are made from the set's training captions only. `distinct_references` scores captions
    against each image's distinct captions, since RSICD repeats them (shared references raise BLEU
    and CIDEr).
    """
    records, train = _records(model, data_dir, name, split)
    started = perf_counter()
    embeddings, captions = _encode_and_caption(model, records)
    image_ms = 1000 * (perf_counter() - started) / len(records)
    texts = [caption for record in records for caption in record.captions]
    owner = np.array([i for i, record in enumerate(records) for _ in record.captions])
    scores = retrieval_recall(embeddings, _encode_texts(model, texts), owner)
    references = [list(record.captions) for record in records]
    scores |= caption_scores(captions, references)
    different = [distinct(texts)[0] for texts in references]
    floors = {
        floor: caption_scores(said, references)
        for floor, said in floor_captions(train, records).items()
    }
    floors["chance"] = chance_recall(len(records), len(texts) / len(records))
    return SetScores(
        name=name,
        split=split,
        images=len(records),
        model=scores,
        distinct_references=caption_scores(captions, different),
        floors=floors,
        cost={"encode_and_caption_ms_per_image": image_ms},
        captions=captions,
    )


def _records(
    model: VisionLanguageModel, data_dir: Path, name: str, split: str
) -> tuple[list[ImageText], list[ImageText]]:
    """What is scored, and what floors may learn from.

    Validation is cut as the model's own experiment cut it: it may have trained on the rest of the
    set's `val` file.
    """
    experiment = model.bundle.manifest.training.get("experiment")
    if split == "val" and experiment is not None:
        data = ExperimentConfig.from_json(experiment).data
        train, held_out = train_and_validation(data, data_dir, name)
        return held_out, train
    return read_split(data_dir, name, split), read_split(data_dir, name, "train")


def _encode_and_caption(
    model: VisionLanguageModel, records: list[ImageText]
) -> tuple[NDArray[np.float32], list[str]]:
    embeddings, captions = [], []
    for start in range(0, len(records), BATCH):
        pixels = pixel_cache(records[start : start + BATCH], model.input_size)
        encoding = model.encode_images(np.ascontiguousarray(pixels.transpose(0, 2, 3, 1)))
        embeddings.append(encoding.embedding)
        captions += [caption.text for caption in model.caption(encoding.tokens)]
    return np.concatenate(embeddings), captions


def _encode_texts(model: VisionLanguageModel, texts: list[str]) -> NDArray[np.float32]:
    different, index = distinct(texts)
    batches = range(0, len(different), TEXT_BATCH)
    embedded = np.concatenate([model.encode_texts(different[i : i + TEXT_BATCH]) for i in batches])
    return embedded[index]


COLUMNS = (
    ("i2t_r1", "i2t R@1"),
    ("i2t_r5", "R@5"),
    ("i2t_r10", "R@10"),
    ("t2i_r1", "t2i R@1"),
    ("t2i_r5", "R@5"),
    ("t2i_r10", "R@10"),
    ("mean_recall", "mR"),
    ("bleu4", "BLEU-4"),
    ("meteor", "METEOR"),
    ("rouge_l", "ROUGE-L"),
    ("cider", "CIDEr"),
)


def table(results: list[SetScores]) -> str:
    """Markdown: a line for the model and one per floor, for every set."""
    lines = [
        "| set | what | " + " | ".join(title for _, title in COLUMNS) + " |",
        "|---|---|" + "---|" * len(COLUMNS),
    ]
    for result in results:
        rows = {"model": result.model, "model, distinct references": result.distinct_references}
        rows |= {f"floor: {floor}": scores for floor, scores in result.floors.items()}
        for what, scores in rows.items():
            cells = (f"{scores[key]:.1f}" if key in scores else "" for key, _ in COLUMNS)
            lines.append(
                f"| {result.name} {result.split} ({result.images}) | {what} | {' | '.join(cells)} |"
            )
    return "\n".join(lines)
