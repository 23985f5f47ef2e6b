"""`export_onnx.py --from-pretrained FILE.pt --like CLIP` reads OpenCLIP's weights.

The file's own model, with random weights, says what the bundle must compute.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import CLIPTokenizer

from model_training import export_onnx
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .open_clip_model import OpenClip
from .pretrained_pairs import PROCESSOR, TOWER, VISION, save_clip, save_siglip

TEXTS = ["many green trees are near the river", "a bridge"]
SIZES = (
    TOWER["hidden_size"],
    TOWER["intermediate_size"],
    TOWER["num_attention_heads"],
    TOWER["num_hidden_layers"],
)


@pytest.fixture(scope="module")
def like(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_clip(tmp_path_factory.mktemp("like") / "clip")


@pytest.fixture(scope="module")
def model(like: Path) -> OpenClip:
    torch.manual_seed(9)
    words = len(CLIPTokenizer.from_pretrained(like))
    return OpenClip(VISION["image_size"], VISION["patch_size"], SIZES, 24, words, 20).eval()


def export(source: Path, output: Path, *more: object) -> int:
    arguments = ["--from-pretrained", source, "--output", output, *more]
    return export_onnx.main([str(argument) for argument in arguments])


@pytest.mark.parametrize("layout", ["bare", "as the trainer saves it"])
def test_the_bundle_computes_what_the_files_own_model_does(
    layout: str, model: OpenClip, like: Path, tmp_path: Path
) -> None:
    weights: dict[str, object] = dict(model.state_dict())
    if layout != "bare":
        weights = {"epoch": 3, "state_dict": {f"module.{k}": v for k, v in weights.items()}}
    torch.save(weights, tmp_path / "Tuned-ViT-B-16.pt")
    bundle = tmp_path / "bundle"

    assert export(tmp_path / "Tuned-ViT-B-16.pt", bundle, "--like", like) == 0

    engine = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    rgb = np.random.default_rng(0).integers(0, 255, (2, 48, 48, 3), dtype=np.uint8)
    pixels = (rgb / 255 - PROCESSOR["image_mean"]) / PROCESSOR["image_std"]
    ids = CLIPTokenizer.from_pretrained(like)(TEXTS, padding=True, return_tensors="pt").input_ids
    with torch.no_grad():
        images = model.encode_image(torch.from_numpy(pixels.transpose(0, 3, 1, 2)).float())
        texts = model.encode_text(ids)
    np.testing.assert_allclose(engine.encode_images(rgb).embedding, images, atol=1e-4)
    np.testing.assert_allclose(engine.encode_texts(TEXTS), texts, atol=1e-4)
    manifest = load_bundle(bundle).manifest
    assert manifest.name == "tuned-vit-b-16"
    assert manifest.logit_scale == pytest.approx(np.exp(3), 1e-3)


def refusal(capsys: pytest.CaptureFixture[str], source: Path, *more: object) -> str:
    """The line that a file is refused with, the last one; nothing is written."""
    output = source.parent / "out"
    assert export(source, output, *more) == 1
    assert not output.exists()
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert line.startswith("export_onnx.py: ")
    return line


def test_a_file_alone_asks_what_it_is_like(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save({}, tmp_path / "RemoteCLIP-ViT-B-32.pt")
    assert "--like" in refusal(capsys, tmp_path / "RemoteCLIP-ViT-B-32.pt")


def test_a_file_that_is_not_there_is_named(
    like: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no file" in refusal(capsys, tmp_path / "gone.pt", "--like", like)


def test_other_sizes_than_those_named_are_refused(
    model: OpenClip, like: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = OpenClip(48, 16, (16, 32, 2, 3), 24, len(model.token_embedding.weight), 20)
    torch.save(small.state_dict(), tmp_path / "small.pt")
    assert "another size" in refusal(capsys, tmp_path / "small.pt", "--like", like)

    short = OpenClip(48, 16, (*SIZES[:3], 2), 24, len(model.token_embedding.weight), 20)
    torch.save(short.state_dict(), tmp_path / "short.pt")
    assert "lacks" in refusal(capsys, tmp_path / "short.pt", "--like", like)


def test_what_is_no_such_clip_is_refused(
    like: Path, model: OpenClip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resnet = {"visual.layer1.0.conv1.weight": torch.zeros(1)}
    torch.save(resnet, tmp_path / "RN50.pt")
    assert "no CLIP with a vision transformer" in refusal(
        capsys, tmp_path / "RN50.pt", "--like", like
    )

    torch.save(model.state_dict(), tmp_path / "tuned.pt")
    siglip = save_siglip(tmp_path / "siglip")
    assert "is none" in refusal(capsys, tmp_path / "tuned.pt", "--like", siglip)


def test_a_file_that_would_run_code_is_not_opened(
    like: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save({"state_dict": {}, "run": Path("somewhere")}, tmp_path / "whole.pt")
    assert "more than tensors" in refusal(capsys, tmp_path / "whole.pt", "--like", like)
