"""All tasks of one set that a bundle can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..config import DataSettings, ExperimentConfig
from ..data.corpus import train_and_validation
from ..data.records import ImageText, read_all
from .answering import evaluate_answers
from .bundle_actions import BundleAnswerer, BundleGrounder
from .captioning import evaluate_captions, evaluate_retrieval
from .classification import TRANSFER, evaluate_classes
from .encoding import encode_records, encode_turned
from .grounding import evaluate_grounding
from .result import SetScores, TaskResult

Writer = Callable[[Sequence[ImageText]], list[str]]
"""Gives a caption for each record."""


def evaluate_set(
    model: VisionLanguageModel,
    data_dir: Path,
    name: str,
    split: str,
    writer: Writer | None = None,
) -> SetScores:
    """Score a bundle on every task that it can do and the set has labels for; `writer` writes the
    captions of a bundle that cannot.

    Validation is cut as the model's own experiment cut it: it may have trained on the rest of the
    set's `val` file.

    Raises:
        DataMissing: a file of the set is not there.
        JavaMissing: captions are to be scored and there is no `java`.
    """
    data = _training_data(model)
    records, train = _records(data, data_dir, name, split)
    # Thresholds are chosen on validation images, which for a test score are others.
    validation = records if split == "val" else _records(data, data_dir, name, "val")[0]
    actions = model.bundle.manifest.actions
    describe = "describe" in actions and any(record.captions for record in records)
    images, captions = encode_records(model, records, describe)
    turned = encode_turned(model, records, images.embeddings)
    captioned = [index for index, record in enumerate(records) if record.captions]
    tasks: list[TaskResult | None] = []
    skipped: list[str] = []
    if captioned:
        owners = [records[index] for index in captioned]
        tasks.append(
            evaluate_retrieval(model, owners, images.of(captioned), turned[captioned], train)
        )
        if describe:
            said = [captions[index] for index in captioned]
            tasks.append(evaluate_captions(owners, said, train))
        elif writer is not None:
            tasks.append(evaluate_captions(owners, writer(owners), train))
        else:
            skipped.append(f"{name}: this bundle cannot describe.")
    if "classify" not in actions:
        skipped.append(f"{name}: this bundle cannot classify.")
    else:
        tasks.append(evaluate_classes(model, records, turned))
        if name in TRANSFER and data is not None and name not in _trained_on(model):
            tasks.append(evaluate_classes(model, records, turned, TRANSFER[name], "transfer"))
        elif name in TRANSFER:
            skipped.append(f"{name}: the bundle may have trained on it, so transfer stays unknown.")
    if any(record.questions for record in records):
        if "ask" in actions:
            tasks.append(evaluate_answers(BundleAnswerer(model), records, train))
        else:
            skipped.append(f"{name}: this bundle cannot answer questions.")
    if any(record.boxes for record in records):
        if "find" in actions:
            tasks.append(evaluate_grounding(BundleGrounder(model), records, validation))
        else:
            skipped.append(f"{name}: this bundle cannot find objects.")
    return SetScores(name, split, tuple(task for task in tasks if task is not None), tuple(skipped))


def _trained_on(model: VisionLanguageModel) -> set[str]:
    """Sets that the bundle's experiment took images from, be it for captions or for boxes."""
    data = model.bundle.manifest.training["experiment"]["data"]
    return {*data.get("sets", ()), *data.get("boxed_sets", ())}


def _training_data(model: VisionLanguageModel) -> DataSettings | None:
    """What the bundle's experiment trained on; None for a bundle that does not say."""
    experiment = model.bundle.manifest.training.get("experiment")
    return None if experiment is None else ExperimentConfig.from_json(experiment).data


def _records(
    data: DataSettings | None, data_dir: Path, name: str, split: str
) -> tuple[Sequence[ImageText], Sequence[ImageText]]:
    """What is scored, and what floors may learn from."""
    if split == "val" and data is not None and name in data.sets:
        train, held_out = train_and_validation(data, data_dir, name)
        return held_out, train
    return read_all(data_dir, name, split), read_all(data_dir, name, "train")
