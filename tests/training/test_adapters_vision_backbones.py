"""Image backbones by name: maps as promised, rebuilt from what is saved, exported with parity.

Tiny random configurations of the real architectures; no weights are downloaded.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPVisionConfig,
    CLIPVisionModel,
    ConvNextConfig,
    Dinov2Config,
    MobileNetV2Config,
    MobileNetV2Model,
    PretrainedConfig,
    ResNetConfig,
    SiglipVisionConfig,
    SiglipVisionModel,
    ViTMAEConfig,
)

from model_training.model.adapters.vision_backbones import (
    BATCH_NORM_MOMENTUM,
    BackboneUnsupported,
    FeatureBackbone,
    build_backbone,
)

TOWER = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "image_size": 64,
    "patch_size": 16,
}
STAGES = {"hidden_sizes": [8, 16, 24, 32], "depths": [1, 1, 1, 1]}


def mobilenet() -> MobileNetV2Config:
    return MobileNetV2Config(depth_multiplier=0.35, tf_padding=True)


FAMILIES = {
    "mobilenet_v2": (mobilenet(), [(16, 32), (32, 1280)]),
    "clip": (CLIPVisionConfig(**TOWER), [(16, 32), (32, 32)]),
    "clip patch 32": (CLIPVisionConfig(**{**TOWER, "patch_size": 32}), [(32, 32)]),
    "siglip": (SiglipVisionConfig(**TOWER), [(16, 32), (32, 32)]),
    "resnet": (ResNetConfig(embedding_size=8, layer_type="basic", **STAGES), [(16, 24), (32, 32)]),
    "convnext": (ConvNextConfig(**STAGES), [(16, 24), (32, 32)]),
    "dinov2": (Dinov2Config(**TOWER), [(16, 32)]),
}


@pytest.mark.parametrize(("config", "maps"), FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("image_size", [64, 96])
def test_maps_are_those_described(
    config: PretrainedConfig, maps: list[tuple[int, int]], image_size: int
) -> None:
    backbone = build_backbone(config, image_size)
    assert [(m.stride, m.channels) for m in backbone.maps] == maps
    found = backbone(torch.randn(2, 3, image_size, image_size))
    for features, described in zip(found, backbone.maps, strict=True):
        side = described.side(image_size)
        assert features.shape == (2, described.channels, side, side)


@pytest.mark.parametrize("config", [c for c, _ in FAMILIES.values()], ids=FAMILIES)
def test_configuration_as_json_rebuilds_the_same_backbone(config: PretrainedConfig) -> None:
    backbone = build_backbone(config, 64).eval()
    again = build_backbone(json.loads(json.dumps(backbone.config.to_dict())), 64).eval()
    again.load_state_dict(backbone.state_dict())
    pixels = torch.randn(1, 3, 64, 64)
    for one, other in zip(backbone(pixels), again(pixels), strict=True):
        assert torch.equal(one, other)
    assert again.statistics == backbone.statistics


@pytest.mark.parametrize("config", [c for c, _ in FAMILIES.values()], ids=FAMILIES)
def test_every_parameter_learns(config: PretrainedConfig) -> None:
    # One that gets no gradient stops distributed training, which waits for all of them.
    backbone = build_backbone(config, 64)
    sum(features.pow(2).mean() for features in backbone(torch.randn(2, 3, 64, 64))).backward()
    idle = [name for name, p in backbone.named_parameters() if p.grad is None]
    # DINOv2's mask token stands for patches left out in its own pretraining.
    assert idle in ([], ["model.embeddings.mask_token"])


@pytest.mark.parametrize("family", ["mobilenet_v2", "clip", "siglip", "resnet"])
def test_exported_graph_says_what_the_backbone_says(family: str, tmp_path: Path) -> None:
    backbone = build_backbone(FAMILIES[family][0], 96).eval()
    path = tmp_path / "backbone.onnx"
    names = [f"map{i}" for i in range(len(backbone.maps))]
    with torch.no_grad():
        torch.onnx.export(
            backbone, (torch.randn(2, 3, 96, 96),), str(path), dynamo=False, opset_version=17,
            input_names=["pixels"], output_names=names,
            dynamic_axes={key: {0: "batch"} for key in ("pixels", *names)},
        )  # fmt: skip
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    pixels = torch.randn(3, 3, 96, 96)
    found = session.run(names, {"pixels": pixels.numpy()})
    with torch.no_grad():
        for wanted, theirs in zip(backbone(pixels), found, strict=True):
            np.testing.assert_allclose(wanted.numpy(), theirs, atol=1e-4)


def test_mobilenet_from_a_folder_sees_what_the_whole_model_sees(tmp_path: Path) -> None:
    model = MobileNetV2Model(mobilenet()).eval()
    model.save_pretrained(tmp_path)
    backbone = build_backbone(tmp_path, 64).eval()
    pixels = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        wanted = model(pixels, output_hidden_states=True)
        fine, coarse = backbone(pixels)
    # Padding moves into the convolutions, so sums are added in another order.
    torch.testing.assert_close(coarse, wanted.last_hidden_state, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(fine, wanted.hidden_states[11], atol=1e-5, rtol=1e-5)
    assert set(backbone.state_dict()) == set(model.state_dict())


def test_mobilenets_running_statistics_outlive_a_batch() -> None:
    backbone = build_backbone(mobilenet(), 64).train()
    mean = backbone.state_dict()["conv_stem.first_conv.normalization.running_mean"]
    backbone(torch.full((2, 3, 64, 64), 5.0))
    norm = backbone.get_submodule("conv_stem.first_conv.normalization")
    assert isinstance(norm, torch.nn.BatchNorm2d)
    assert norm.momentum == BATCH_NORM_MOMENTUM
    assert mean.abs().max() > 0


def test_tower_of_a_whole_clip_is_taken(tmp_path: Path) -> None:
    whole = CLIPModel(CLIPConfig(vision_config=TOWER, text_config={"num_hidden_layers": 1})).eval()
    whole.save_pretrained(tmp_path)
    (tmp_path / "preprocessor_config.json").write_text(
        json.dumps({"image_mean": [0.5, 0.4, 0.3], "image_std": [0.2, 0.2, 0.1]}), encoding="utf-8"
    )
    backbone = build_backbone(tmp_path, 64).eval()
    assert backbone.statistics.mean == pytest.approx((127.5, 102.0, 76.5))
    assert backbone.statistics.std == pytest.approx((51.0, 51.0, 25.5))
    pixels = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        patches = whole.vision_model(pixels).last_hidden_state[:, 1:]
        wanted = whole.vision_model.post_layernorm(patches)
        fine, coarse = backbone(pixels)
    assert torch.equal(fine.flatten(2).transpose(1, 2), wanted)
    torch.testing.assert_close(coarse[0, :, 0, 0], fine[0, :, :2, :2].mean(dim=(1, 2)))


@pytest.mark.parametrize("kind", [CLIPVisionModel, SiglipVisionModel])
def test_positions_are_resampled_to_another_image_size(kind: type, tmp_path: Path) -> None:
    tower = kind(kind.config_class(**TOWER)).eval()
    tower.save_pretrained(tmp_path)
    backbone = build_backbone(tmp_path, 96).eval()
    pixels = torch.randn(1, 3, 96, 96)
    with torch.no_grad():
        wanted = tower(pixels, interpolate_pos_encoding=True).last_hidden_state
        if kind is CLIPVisionModel:
            wanted = tower.post_layernorm(wanted[:, 1:])
        fine, _ = backbone(pixels)
    torch.testing.assert_close(fine.flatten(2).transpose(1, 2), wanted, atol=1e-5, rtol=1e-5)


def test_what_cannot_serve_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BackboneUnsupported, match="vit_mae cannot serve"):
        build_backbone(ViTMAEConfig(), 64)
    with pytest.raises(BackboneUnsupported, match="multiple"):
        build_backbone(CLIPVisionConfig(**TOWER), 100)
    with pytest.raises(OSError, match="nowhere"):
        build_backbone(tmp_path / "nowhere", 64)


def test_the_real_weights_make_a_backbone(shared_dir: Path) -> None:
    backbone: FeatureBackbone = build_backbone(
        shared_dir / "weights" / "mobilenet_v2_imagenet", 160
    )
    assert [(m.stride, m.channels, m.side(160)) for m in backbone.maps] == [
        (16, 96, 10),
        (32, 1280, 5),
    ]
    assert "shared" not in json.dumps(backbone.config.to_dict())
