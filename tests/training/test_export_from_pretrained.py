"""`export_onnx.py --from-pretrained` makes a CLIP or SigLIP a search-and-classify bundle.

Tiny random models with real tokenizers stand in for published weights.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoModel, BertConfig, BertModel, CLIPTokenizer

from model_training import export_onnx
from rs_vlm_plugin.engine.errors import ActionUnsupported
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests import rasters

from .conftest import ROOT
from .pretrained_pairs import PROCESSOR, save_clip, save_siglip

TEXTS = ["Many green TREES are near the river.", "a bridge", "Planes, boats & cars!"]
FAMILIES = ("clip", "siglip")


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("checkpoints")
    return {"clip": save_clip(folder / "clip"), "siglip": save_siglip(folder / "siglip")}


@pytest.fixture(scope="module")
def bundles(
    checkpoints: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    for family, checkpoint in checkpoints.items():
        assert export(checkpoint, folder / family,
                      "--label-prompt", "a satellite photo of {label}.") == 0  # fmt: skip
    return {family: folder / family for family in FAMILIES}


def export(checkpoint: Path, output: Path, *more: object) -> int:
    arguments = ["--from-pretrained", checkpoint, "--output", output, *more]
    return export_onnx.main([str(argument) for argument in arguments])


def unit(features: torch.Tensor) -> NDArray[np.float32]:
    return torch.nn.functional.normalize(features, dim=-1).numpy()


def reference_images(checkpoint: Path, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What Hugging Face's own model makes of images, normalised as its processor says."""
    model = AutoModel.from_pretrained(checkpoint).eval()
    pixels = rgb.astype(np.float32) / 255
    pixels = (pixels - PROCESSOR["image_mean"]) / PROCESSOR["image_std"]
    tensor = torch.from_numpy(pixels.transpose(0, 3, 1, 2)).float()
    with torch.no_grad():
        return unit(model.get_image_features(pixel_values=tensor).pooler_output)


def reference_texts(family: str, checkpoint: Path) -> NDArray[np.float32]:
    """What it makes of texts, tokenised and padded as the model's authors do."""
    model = AutoModel.from_pretrained(checkpoint).eval()
    if family == "clip":
        inputs = CLIPTokenizer.from_pretrained(checkpoint)(TEXTS, padding=True, return_tensors="pt")
    else:
        from tokenizers import Tokenizer

        canonical = [
            "many green trees are near the river", "a bridge", "planes boats cars"
        ]  # fmt: skip
        tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
        ids = [tokenizer.encode(text).ids for text in canonical]
        inputs = {"input_ids": torch.tensor([row + [1] * (24 - len(row)) for row in ids])}
    with torch.no_grad():
        return unit(model.get_text_features(**inputs).pooler_output)


def open_model(bundle: Path) -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)


@pytest.mark.parametrize("family", FAMILIES)
def test_engine_sees_what_transformers_sees(
    family: str, checkpoints: dict[str, Path], bundles: dict[str, Path]
) -> None:
    rgb = np.random.default_rng(0).integers(0, 255, (3, 48, 48, 3), dtype=np.uint8)
    encoding = open_model(bundles[family]).encode_images(rgb)
    wanted = reference_images(checkpoints[family], rgb)
    np.testing.assert_allclose(encoding.embedding, wanted, atol=1e-4)
    assert encoding.cells.shape == (3, 9, wanted.shape[1])


@pytest.mark.parametrize("family", FAMILIES)
def test_engine_reads_what_transformers_reads(
    family: str, checkpoints: dict[str, Path], bundles: dict[str, Path]
) -> None:
    wanted = reference_texts(family, checkpoints[family])
    model = open_model(bundles[family])
    np.testing.assert_allclose(model.encode_texts(TEXTS), wanted, atol=1e-4)
    # A text's neighbours, whose length it is padded to, make no difference.
    np.testing.assert_allclose(model.encode_texts(TEXTS[1:2]), wanted[1:2], atol=1e-4)
    assert np.abs(wanted[0] - wanted[1]).max() > 1e-2, "every text is the same to this model"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_cell_follows_its_own_place(family: str, bundles: dict[str, Path]) -> None:
    model = open_model(bundles[family])
    rgb = np.full((2, 48, 48, 3), 90, dtype=np.uint8)
    rgb[1, :16, 32:] = (250, 20, 20)  # the top right cell of nine
    cells = model.encode_images(rgb).cells
    change = np.linalg.norm(cells[1] - cells[0], axis=1)
    assert change.argmax() == 2


@pytest.mark.parametrize("family", FAMILIES)
def test_words_without_letters_it_learnt(family: str, bundles: dict[str, Path]) -> None:
    model = open_model(bundles[family])
    assert model.knows("a bridge")
    # Bytes spell everything; the unigram vocabulary has its own letters only.
    assert model.knows("橋") == (family == "clip")


@pytest.mark.parametrize("family", FAMILIES)
def test_manifest_says_what_the_checkpoint_says(family: str, bundles: dict[str, Path]) -> None:
    bundle = load_bundle(bundles[family])
    manifest = bundle.manifest
    assert manifest.actions == ("classify", "search")
    assert manifest.name == family
    assert manifest.logit_scale == pytest.approx(1 / 0.07 if family == "clip" else np.exp(2), 1e-3)
    assert manifest.text.label_prompts == ("a satellite photo of {label}.",)
    assert manifest.vision.mean == pytest.approx((122.4, 117.3, 104.55))
    with pytest.raises(ActionUnsupported, match="cannot describe"):
        bundle.require("describe")


@pytest.mark.parametrize("family", FAMILIES)
def test_graphs_use_what_onnxruntime_1_19_knows(family: str, bundles: dict[str, Path]) -> None:
    for path in bundles[family].glob("*.onnx"):
        graph = onnx.load(str(path))
        assert graph.ir_version <= 10
        assert {item.version for item in graph.opset_import if item.domain == ""} == {17}


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rs_vlm_plugin", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_command_line_classifies_with_it(
    family: str, bundles: dict[str, Path], tmp_path: Path
) -> None:
    raster = rasters.make_raster(tmp_path / "scene.tif", size=(256, 256), pattern="noise")
    result = command(
        "classify",
        raster,
        "--labels",
        "a bridge,trees,boats",
        "--bundle",
        bundles[family],
        "--json",
    )
    assert result.returncode == 0, result.stderr
    labels = json.loads(result.stdout)["labels"]
    assert {item["label"] for item in labels} == {"a bridge", "trees", "boats"}
    assert sum(item["score"] for item in labels) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("family", FAMILIES)
def test_command_line_searches_with_it(
    family: str, bundles: dict[str, Path], tmp_path: Path
) -> None:
    raster = rasters.make_raster(tmp_path / "scene.tif", size=(200, 200), pattern="noise")
    index, model = tmp_path / "index.gpkg", ("--bundle", bundles[family])
    built = command("index", "build", raster, "-o", index, "--budget", 12, *model)
    assert built.returncode == 0, built.stderr
    found = command("search", index, "a bridge crosses the river", "-k", 2, "--json", *model)
    assert found.returncode == 0, found.stderr
    hits = json.loads(found.stdout)
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert all(hit["geometry"]["type"] in ("Polygon", "MultiPolygon") for hit in hits)


def test_command_line_says_that_it_cannot_describe(
    bundles: dict[str, Path], tmp_path: Path
) -> None:
    raster = rasters.make_raster(tmp_path / "scene.tif")
    result = command("describe", raster, "--bundle", bundles["clip"])
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "cannot describe" in line
    assert "classify and search" in line


def test_int8_weights_are_smaller_and_close(
    checkpoints: dict[str, Path], bundles: dict[str, Path], tmp_path: Path
) -> None:
    assert export(checkpoints["clip"], tmp_path / "int8", "--int8") == 0
    small, whole = (folder / "text.onnx" for folder in (tmp_path / "int8", bundles["clip"]))
    assert small.stat().st_size < 0.8 * whole.stat().st_size
    rgb = np.random.default_rng(1).integers(0, 255, (2, 48, 48, 3), dtype=np.uint8)
    found = open_model(tmp_path / "int8").encode_images(rgb).embedding
    wanted = reference_images(checkpoints["clip"], rgb)
    assert (found * wanted).sum(axis=1).min() > 0.98


def test_old_checkpoints_with_a_wrong_end_token(tmp_path: Path) -> None:
    checkpoint = save_clip(tmp_path / "old", eos_in_config=2)
    assert export(checkpoint, tmp_path / "bundle") == 0
    np.testing.assert_allclose(
        open_model(tmp_path / "bundle").encode_texts(TEXTS),
        reference_texts("clip", checkpoint),
        atol=1e-4,
    )


@pytest.fixture
def refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], str]:
    """The line that a checkpoint which cannot be exported leaves on stderr."""

    def refuse(checkpoint: Path) -> str:
        capsys.readouterr()
        assert export(checkpoint, tmp_path / "bundle") == 1
        assert not (tmp_path / "bundle").exists()
        return capsys.readouterr().err.strip().splitlines()[-1]

    return refuse


def test_another_architecture_is_refused_in_a_sentence(
    tmp_path: Path, refusal: Callable[[Path], str]
) -> None:
    config = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        vocab_size=50,
    )  # fmt: skip
    BertModel(config).save_pretrained(tmp_path / "bert")
    assert "architecture bert" in refusal(tmp_path / "bert")


def test_a_siglip_without_fast_tokenizer_is_refused_in_a_sentence(
    tmp_path: Path, refusal: Callable[[Path], str]
) -> None:
    checkpoint = save_siglip(tmp_path / "siglip")
    (checkpoint / "tokenizer.json").unlink()
    assert "no tokenizer.json" in refusal(checkpoint)


def test_openclips_weights_are_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "RemoteCLIP-ViT-B-32.pt").write_bytes(b"PK")
    assert export(tmp_path, tmp_path / "out") == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "Hugging Face format" in line
    assert "OpenCLIP" in line


def test_a_folder_that_is_not_there_is_refused_in_a_sentence(
    tmp_path: Path, refusal: Callable[[Path], str]
) -> None:
    assert refusal(tmp_path / "nowhere").startswith("export_onnx.py: ")
