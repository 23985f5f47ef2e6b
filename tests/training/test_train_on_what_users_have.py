"""An experiment trains, by the command, on public layouts and with somebody else's image tower."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from model_training.config import ExperimentConfig
from model_training.data.drawn import drawn_records
from model_training.data.image_text import ImageText
from model_training.model.initialise import build_model
from model_training.model.modelling import MsVlamModel
from model_training.vocabulary import build_vocabulary

from .conftest import TINY, run_script
from .pretrained_pairs import save_clip, save_siglip

SETS = ("karpathy:dataset_x.json?images=pictures", "llava:talk.jsonl?images=pictures")
BOXES = "coco:instances_{split}.json?images=pictures"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Captions in a Karpathy-style file, conversations about other images, boxes of all."""
    folder = tmp_path_factory.mktemp("layouts")
    records, _ = drawn_records(40, seed=3)
    (folder / "pictures").mkdir()
    for number, record in enumerate(records):
        (folder / "pictures" / f"{number}.png").write_bytes(record.encoded)
    captioned = [
        {
            "filename": f"{number}.png",
            "split": "train" if number % 5 else "val",
            "sentences": [{"raw": caption} for caption in record.captions],
        }
        for number, record in enumerate(records[:20])
    ]
    (folder / "dataset_x.json").write_text(json.dumps({"images": captioned}), encoding="utf-8")
    talks = [talk(number, record) for number, record in enumerate(records[20:], start=20)]
    (folder / "talk.jsonl").write_text("\n".join(map(json.dumps, talks)), encoding="utf-8")
    (folder / "instances_train.json").write_text(json.dumps(coco(records)), encoding="utf-8")
    return folder


def talk(number: int, record: ImageText) -> dict[str, Any]:
    pairs = [("<image>\nDescribe this image.", record.captions[0])]
    pairs += [(f"{q.question} Answer with a single word.", q.answer) for q in record.questions]
    turns = [
        {"from": who, "value": said}
        for pair in pairs
        for who, said in zip(("human", "gpt"), pair, strict=True)
    ]
    return {"id": str(number), "image": f"{number}.png", "conversations": turns}


def coco(records: Sequence[ImageText]) -> dict[str, Any]:
    boxes = [(number, box) for number, record in enumerate(records) for box in record.boxes]
    names = sorted({box.category for _, box in boxes})
    return {
        "images": [{"id": n, "file_name": f"{n}.png"} for n in range(len(records))],
        "categories": [{"id": n, "name": name} for n, name in enumerate(names)],
        "annotations": [
            {
                "image_id": number,
                "category_id": names.index(box.category),
                "bbox": [box.x_min, box.y_min, box.width, box.height],
            }
            for number, box in boxes
        ],
    }


@pytest.fixture(scope="module")
def run(folder: Path) -> tuple[Path, str]:
    """The run folder after two steps, and what was printed."""
    data = {**TINY["data"], "synthetic_scenes": 0, "sets": SETS, "boxed_sets": [BOXES]}  # type: ignore[dict-item]
    config = {
        **TINY,
        "vision": {"weights": str(save_clip(folder / "clip")), "image_size": 64},
        "levels": {"enabled": True, "object_queries": 3},
        "answers": {"enabled": True},
        "data": {**data, "boxed_crops_per_image": 1},
        "optimisation": {**TINY["optimisation"], "evaluate_every_epochs": 1e-3},  # type: ignore[dict-item]
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    result = run_script(
        "train.py", "--config", folder / "config.json", "--data", folder, "--output",
        folder / "run", "--threads", 1, "--max-steps", 2,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    return folder / "run", result.stdout + result.stderr


def test_captions_conversations_and_boxes_are_all_learnt_from(run: tuple[Path, str]) -> None:
    metrics = json.loads((run[0] / "best" / "metrics.json").read_text(encoding="utf-8"))
    assert any(SETS[0] in name for name in metrics), "validated on the file's own split"
    for part in ("contrastive", "caption", "closed_answer", "written", "centre", "box"):
        assert f"'{part}'" in run[1], part


def test_a_clips_vision_tower_is_the_backbone(run: tuple[Path, str]) -> None:
    config = json.loads((run[0] / "best" / "config.json").read_text(encoding="utf-8"))
    assert config["vision_config"]["model_type"] == "clip_vision_model"
    assert str(run[0].parent) not in json.dumps(config), "a path of this machine"


@pytest.mark.parametrize("save", [save_clip, save_siglip])
def test_a_tower_below_the_weights_folder_is_built_saved_and_read(
    save: Callable[[Path], Path], tmp_path: Path
) -> None:
    save(tmp_path / "weights" / "tower")
    vision = {"weights": "tower", "image_size": 64}
    config = ExperimentConfig.from_json({**TINY, "vision": vision, "levels": {"enabled": True}})
    vocabulary = build_vocabulary(None, ["a plane ."], [], 500)
    model = build_model(config, vocabulary, tmp_path / "weights").eval()
    model.save_pretrained(tmp_path / "saved")
    again = MsVlamModel.from_pretrained(tmp_path / "saved", dtype=torch.float32).eval()
    rgb = 255 * torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        seen, read = model.encode_images(rgb), again.encode_images(rgb)
        tokens = model.memory(seen, model.read_levels(seen))
    torch.testing.assert_close(seen.embedding, read.embedding)
    assert tokens.shape == (2, model.memory_tokens, config.decoder.width)
