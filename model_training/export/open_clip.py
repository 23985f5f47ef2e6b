"""CLIP weights in OpenCLIP's layout (`.pt`), as `transformers`' model.

RemoteCLIP, GeoRSCLIP and SkyCLIP are published so. Such a file holds weights alone; sizes, the
activation, pixel statistics and tokenizer are those of a CLIP in Hugging Face format that it is
like, most often the one that it was tuned from.
"""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import CLIPConfig, CLIPModel

from .pretrained_errors import PretrainedUnsupported

SUFFIXES = (".pt", ".pth", ".bin", ".safetensors")

_WHOLE = {
    "logit_scale": "logit_scale",
    "token_embedding.weight": "text_model.embeddings.token_embedding.weight",
    "positional_embedding": "text_model.embeddings.position_embedding.weight",
    "ln_final.weight": "text_model.final_layer_norm.weight",
    "ln_final.bias": "text_model.final_layer_norm.bias",
    "visual.class_embedding": "vision_model.embeddings.class_embedding",
    "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
    "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight",
    "visual.ln_pre.weight": "vision_model.pre_layrnorm.weight",
    "visual.ln_pre.bias": "vision_model.pre_layrnorm.bias",
    "visual.ln_post.weight": "vision_model.post_layernorm.weight",
    "visual.ln_post.bias": "vision_model.post_layernorm.bias",
}
_TURNED = {
    # Kept as right factors there, as linear layers here.
    "visual.proj": "visual_projection.weight",
    "text_projection": "text_projection.weight",
}
_IN_LAYER = {
    "ln_1": "layer_norm1",
    "ln_2": "layer_norm2",
    "attn.out_proj": "self_attn.out_proj",
    "mlp.c_fc": "mlp.fc1",
    "mlp.c_proj": "mlp.fc2",
}
_LAYER = re.compile(r"(visual\.)?transformer\.resblocks\.(\d+)\.(.+)")
_NO_WEIGHTS = ("attn_mask", "input_resolution", "context_length", "vocab_size")
"""Buffers and sizes that OpenAI's own files carry beside the weights."""


def is_weights_file(source: str | Path) -> bool:
    """Whether a source names a file of weights, not a folder or a hub name; it need not exist."""
    return Path(source).suffix in SUFFIXES and not Path(source).is_dir()


def load_open_clip(file: Path, config: CLIPConfig) -> CLIPModel:
    """The model of a weights file, with the architecture of `config`, in evaluation mode.

    Nothing in the file is run: it is read as tensors only.

    Raises:
        PretrainedUnsupported: the file holds more than tensors, is no CLIP with a vision
            transformer, or is of other sizes than `config`.
    """
    weights = _renamed(_read(file), file)
    config._attn_implementation = "eager"
    model = CLIPModel(config)
    own = model.state_dict()
    lacking, left = sorted(own.keys() - weights.keys()), sorted(weights.keys() - own.keys())
    if lacking or left:
        raise PretrainedUnsupported(
            f"{file.name} is not of the architecture that --like names: it "
            + (f"lacks {lacking[0]}." if lacking else f"has {left[0]} too.")
        )
    for name, value in own.items():
        if value.shape != weights[name].shape:
            raise PretrainedUnsupported(
                f"{file.name} is of another size than --like names: {name} is "
                f"{tuple(weights[name].shape)}, not {tuple(value.shape)}."
            )
    model.load_state_dict(weights)
    return model.eval()


def _read(file: Path) -> dict[str, Tensor]:
    """The tensors of a file by OpenCLIP's names."""
    content: Any
    if file.suffix == ".safetensors":
        content = load_file(file)
    else:
        try:
            content = torch.load(file, map_location="cpu", weights_only=True)
        except (pickle.UnpicklingError, RuntimeError) as error:
            raise PretrainedUnsupported(
                f"{file.name} holds more than tensors, or none, and is not opened for that; save "
                "its state_dict alone."
            ) from error
    if isinstance(content, dict) and isinstance(content.get("state_dict"), dict):
        # As OpenCLIP's trainer saves it, beside the optimiser's state.
        content = content["state_dict"]
    if not isinstance(content, dict):
        raise PretrainedUnsupported(f"{file.name} holds no state_dict.")
    return {
        str(name).removeprefix("module."): value.float()
        for name, value in content.items()
        if isinstance(value, Tensor) and name.removeprefix("module.") not in _NO_WEIGHTS
    }


def _renamed(theirs: dict[str, Tensor], file: Path) -> dict[str, Tensor]:
    ours: dict[str, Tensor] = {}
    for name, value in theirs.items():
        if name in _WHOLE:
            ours[_WHOLE[name]] = value
        elif name in _TURNED:
            ours[_TURNED[name]] = value.T.contiguous()
        elif layer := _LAYER.fullmatch(name):
            ours |= _layer(layer, value, file)
        else:
            raise _no_clip(file, name)
    return ours


def _layer(found: re.Match[str], value: Tensor, file: Path) -> dict[str, Tensor]:
    """One tensor of a transformer's layer; those of queries, keys and values are one there."""
    tower = "vision_model" if found[1] else "text_model"
    layer = f"{tower}.encoder.layers.{found[2]}"
    if found[3].startswith("attn.in_proj_"):
        kind = found[3].removeprefix("attn.in_proj_")
        return {
            f"{layer}.self_attn.{part}_proj.{kind}": piece.contiguous()
            for part, piece in zip("qkv", value.chunk(3), strict=True)
        }
    module, _, kind = found[3].rpartition(".")
    if module not in _IN_LAYER:
        raise _no_clip(file, found[0])
    return {f"{layer}.{_IN_LAYER[module]}.{kind}": value}


def _no_clip(file: Path, name: str) -> PretrainedUnsupported:
    return PretrainedUnsupported(
        f"{file.name} is no CLIP with a vision transformer in OpenCLIP's layout: it has {name}."
    )
