"""Scene classification by prompts: accuracy and calibration, at home and on another set's scenes.

A set that a model was not trained on is a test of transfer. UC Merced and RSICD/AID share seven
land uses under different names, and most VHR-10 images show one kind of object; each is asked for
in everyday words that the set need not have used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.classify import label_embeddings
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..ceilings import honest_calibration_error
from ..data.records import ImageText
from ..metrics import Tally, calibration_tally
from .result import MODEL, TaskResult

LAND_USES: dict[str, tuple[str, ...]] = {
    "farmland": ("agricultural", "farmland"),
    "forest": ("forest",),
    "beach": ("beach",),
    "river": ("river",),
    "parking lot": ("parking lot",),
    "residential area": ("dense residential", "medium residential", "sparse residential"),
    "harbor": ("harbor", "port"),
}
"""Everyday name -> scene names of UC Merced and of AID that mean it."""

_LAND_USE_OF = {scene: name for name, scenes in LAND_USES.items() for scene in scenes}
PARTLY_LABELLED = "vehicle"
"""VHR-10 labels vehicles in 86 images only, so no image is known to be without."""


def own_scene(record: ImageText) -> str:
    """The scene class as the set names it, empty where it has none."""
    return record.scene


def land_use(record: ImageText) -> str:
    """One of `LAND_USES`, or empty."""
    return _LAND_USE_OF.get(record.scene, "")


def only_object(record: ImageText) -> str:
    """The kind of object that an image is labelled with, where it is one kind only, else empty."""
    kinds = {box.category for box in record.boxes}
    return kinds.pop() if len(kinds) == 1 and PARTLY_LABELLED not in kinds else ""


TRANSFER: dict[str, Callable[[ImageText], str]] = {
    "ucm": land_use,
    "rsicd_aid": land_use,
    "vhr10": only_object,
}
"""Set -> what its images are asked for when the model has never trained on that set."""


def evaluate_classes(
    model: VisionLanguageModel,
    records: Sequence[ImageText],
    embeddings: NDArray[np.float32],
    label_of: Callable[[ImageText], str] = own_scene,
    task: str = "classification",
) -> TaskResult | None:
    """Name each image by the closest prompt among all labels that occur.

    Args:
        model: a bundle that can classify.
        records: images; those that `label_of` gives no label are left out.
        embeddings: [N, D] of the records' whole images, over their quarter turns as `classify` has
            them.
        label_of: the label of a record, or empty.
        task: name of the result.

    Returns:
        Accuracy in percent and calibration error in 0..1 beside chance and the commonest label, or
        None where fewer than two labels occur.
    """
    labels = [label_of(record) for record in records]
    names = sorted(set(labels) - {""})
    if len(names) < 2:
        return None
    kept = [index for index, label in enumerate(labels) if label]
    logits = model.bundle.manifest.logit_scale * (
        embeddings[kept].astype(np.float64) @ label_embeddings(names, model).T
    )
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    scores /= scores.sum(axis=1, keepdims=True)
    truth = np.array([names.index(labels[index]) for index in kept])
    chosen = scores.argmax(axis=1)
    right = chosen == truth
    tallies = {
        "accuracy": Tally.ratio(right.astype(np.float64).tolist(), [1.0] * len(kept)),
        "calibration_error": calibration_tally(
            scores.max(axis=1).tolist(), right.tolist(), range(len(kept)), len(kept)
        ),
    }
    commonest = Counter(truth.tolist()).most_common(1)[0][1]
    rows = {
        MODEL: {name: tally.value for name, tally in tallies.items()},
        "floor: commonest label": {"accuracy": 100 * commonest / len(kept)},
        "floor: chance": {"accuracy": 100 / len(names)},
        **honest_calibration_error(scores.max(axis=1).tolist()),
    }
    by_label = {
        name: {
            "images": int((truth == index).sum()),
            "accuracy": float(100 * right[truth == index].mean()),
            "mostly taken for": names[int(np.bincount(chosen[truth == index]).argmax())],
        }
        for index, name in enumerate(names)
    }
    ids = tuple(records[index].image_id for index in kept)
    return TaskResult(task, ids, rows, tallies, {"labels": by_label})
