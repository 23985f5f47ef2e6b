"""A model of three levels goes from a configuration through training to a bundle that answers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .conftest import TINY, run_script

LEVELS = {
    "levels": {"enabled": True, "object_queries": 3},
    "knowledge": {"enabled": True, "entries": 2, "refresh_steps": 1},
    "experts": {"kind": "soft"},
    "answers": {"enabled": True},
}


@pytest.fixture(scope="module")
def levels_run(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Two steps on drawn scenes, warm-started from the conventional tiny model."""
    folder = tmp_path_factory.mktemp("levels")
    data = {**TINY["data"], "boxed_sets": ["drawn"], "boxed_crops_per_image": 1, "mosaics": 8}
    # Every step is logged and validated.
    optimisation = {**TINY["optimisation"], "evaluate_every_epochs": 1e-3}
    config = {**TINY, **LEVELS, "name": "tiny_levels", "data": data, "optimisation": optimisation}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    result = run_script(
        "train.py", "--config", folder / "config.json", "--warm-start", trained / "best",
        "--output", folder / "run", "--threads", 1, "--max-steps", 2,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    return folder / "run", result.stdout + result.stderr


def test_every_part_of_the_loss_is_logged(levels_run: tuple[Path, str]) -> None:
    parts = ("contrastive", "caption", "local", "mosaic", "centre", "box", "closed_answer")
    for name in (*parts, "written", "knowledge_gate_global", "global_by_object"):
        assert f"'{name}'" in levels_run[1], name


def test_a_warm_start_takes_what_fits(levels_run: tuple[Path, str], trained: Path) -> None:
    assert "Taken from" in levels_run[1]
    before = load_file(trained / "best" / "model.safetensors")
    after = load_file(levels_run[0] / "best" / "model.safetensors")
    name = "vision.to_cells.weight"
    # Two steps move a weight little; a fresh one would be elsewhere altogether.
    cosine = float(np.sum(before[name].astype(float) * after[name].astype(float)))
    cosine /= float(np.linalg.norm(before[name].astype(float)))
    cosine /= float(np.linalg.norm(after[name].astype(float)))
    assert cosine > 0.9


def test_its_export_answers_and_finds(levels_run: tuple[Path, str], tmp_path: Path) -> None:
    result = run_script(
        "export_onnx.py", "--checkpoint", levels_run[0] / "best", "--output", tmp_path / "bundle",
        "--float32",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    model = VisionLanguageModel(load_bundle(tmp_path / "bundle"), device="cpu")
    assert model.bundle.manifest.actions == ("describe", "classify", "search", "find", "ask")
    # Its validation images need no boxes for that.
    levels = model.bundle.manifest.levels
    assert levels is not None
    assert {"plane", "ship"} <= set(levels.names)
    side = model.input_size
    encoding = model.encode_images(np.full((1, side, side, 3), 90, dtype=np.uint8))
    (answer,) = model.answer(["Is there a plane in the image?"], encoding, [0])
    assert answer.text in model.bundle.manifest.answers.texts  # type: ignore[union-attr]
    assert model.find(["plane"], encoding, 0, 0.0)
    assert encoding.used[0]
