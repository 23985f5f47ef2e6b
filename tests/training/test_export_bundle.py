"""The exported bundle loads in the engine and says what the checkpoint says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from model_training.checkpoint import load_checkpoint
from model_training.export.bundle_folder import record_metrics
from model_training.export.graphs import export_graph, graphs
from model_training.export.parity import ParityError, check_parity
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .conftest import run_script


@pytest.fixture(scope="module")
def bundle(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / "model"
    result = run_script("export_onnx.py", "--checkpoint", trained / "best", "--output", folder)
    assert result.returncode == 0, result.stderr
    return folder


def test_engine_loads_what_was_exported_and_agrees_with_torch(bundle: Path, trained: Path) -> None:
    checkpoint = load_checkpoint(trained / "best")
    model = VisionLanguageModel(load_bundle(bundle), device="cpu")
    rgb = np.random.default_rng(0).integers(0, 255, (3, 64, 64, 3), dtype=np.uint8)
    encoding = model.encode_images(rgb)
    with torch.no_grad():
        wanted = checkpoint.model.encode_images(torch.from_numpy(rgb).permute(0, 3, 1, 2).float())
    cosine = (encoding.embedding * wanted.embedding.numpy()).sum(axis=1)
    assert cosine.min() > 0.95
    captions = model.caption(encoding.tokens)
    assert len(captions) == 3
    assert all(0 <= caption.confidence <= 1 for caption in captions)
    model.close()


def test_global_embedding_is_the_normalised_mean_of_cells(bundle: Path) -> None:
    model = VisionLanguageModel(load_bundle(bundle), device="cpu")
    encoding = model.encode_images(np.full((1, 64, 64, 3), 90, dtype=np.uint8))
    mean = encoding.cells.mean(axis=1)
    np.testing.assert_allclose(
        mean / np.linalg.norm(mean, axis=1, keepdims=True), encoding.embedding, atol=1e-3
    )
    model.close()


def test_graphs_use_what_onnxruntime_1_19_knows(bundle: Path) -> None:
    for path in bundle.glob("*.onnx"):
        model = onnx.load(str(path))
        assert model.ir_version <= 10, path.name
        assert (
            max(item.version for item in model.opset_import if item.domain in ("", "ai.onnx")) <= 21
        )


def test_manifest_is_strict_json_and_lists_every_file(bundle: Path) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    manifest = json.loads((bundle / "bundle.json").read_text(), parse_constant=refuse)
    assert set(manifest["files"]) == {p.name for p in bundle.iterdir()} - {"bundle.json"}


def test_parity_check_refuses_another_models_graph(trained: Path, tmp_path: Path) -> None:
    checkpoint = load_checkpoint(trained / "best")
    graph = next(item for item in graphs(checkpoint.model) if item.file == "text.onnx")
    path = export_graph(graph, tmp_path)
    check_parity(graph, path, quantised=False)
    with torch.no_grad():
        for parameter in checkpoint.model.text.parameters():
            parameter.add_(torch.randn_like(parameter))
    with pytest.raises(ParityError, match=r"text\.onnx"):
        check_parity(graph, path, quantised=False)


def test_scores_are_recorded_in_the_manifest_and_the_bundle_still_loads(
    bundle: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    record_metrics(copy, {"ucm test": {"cider": 361.6049}})
    record_metrics(copy, {"rsicd_aid test": {"cider": 84.1}})
    metrics = json.loads((copy / "bundle.json").read_text())["metrics"]
    assert metrics == {"ucm test": {"cider": 361.6}, "rsicd_aid test": {"cider": 84.1}}
    load_bundle(copy)
