"""Any CLIP or SigLIP checkpoint as a search-and-classify bundle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoConfig, AutoModel, CLIPConfig, CLIPModel, PretrainedConfig, SiglipModel

from ..model.adapters.pixel_statistics import (
    CLIP_STATISTICS,
    SYMMETRIC,
    PixelStatistics,
    pixel_statistics,
    read_image_processor,
)
from .bundle_folder import replacing, write_graph_metadata, write_manifest
from .graphs import OPSET, Graph, export_graph
from .open_clip import is_weights_file, load_open_clip
from .parity import check_parity
from .pretrained_errors import PretrainedUnsupported
from .pretrained_tokenizer import portable_tokenizer
from .pretrained_towers import ClipVision, PaddedText, SiglipVision
from .quantise import quantise_transformer

FAMILIES = ("clip", "siglip")
ACTIONS = ("classify", "search")
LARGEST_FILE = 1 << 30
"""What the plugin reads; see `engine/model/manifest.py`."""


@dataclass(frozen=True)
class BundleFacts:
    """What a checkpoint does not say of itself.

    `label_prompts` hold `{label}`; `gsd_range_m` is in metres per model pixel.
    """

    name: str
    version: str
    licence: str
    label_prompts: tuple[str, ...]
    gsd_range_m: tuple[float, float]


@dataclass(frozen=True)
class PretrainedPair:
    """A checkpoint's two towers in float32 and evaluation mode, with what feeds them.

    `image_size` in pixels and `side` in patches are those of the input; texts have at most
    `max_tokens`; embeddings have `width` numbers.
    """

    source: str
    model: CLIPModel | SiglipModel
    tokenizer: Tokenizer
    pad_id: int
    statistics: PixelStatistics
    image_size: int
    side: int
    max_tokens: int
    width: int


def load_pair(source: str | Path, like: str | Path | None = None) -> PretrainedPair:
    """Read a checkpoint folder or hub name; code that comes with one is never run.

    A file of weights in OpenCLIP's layout is read as a model like that of `like`, a folder or hub
    name whose weights are not used.

    Raises:
        PretrainedUnsupported: another architecture, no tokenizer that can be bundled, or a file of
            weights and `like` that do not go together.
        OSError: there is no such folder, hub name or connection.
    """
    described: str | Path = source
    if is_weights_file(source):
        if not Path(source).is_file():
            raise PretrainedUnsupported(f"There is no file {source}.")
        if like is None:
            raise PretrainedUnsupported(
                f"{Path(source).name} holds weights only; name the model that it is like with "
                "--like, such as openai/clip-vit-base-patch32, which RemoteCLIP's ViT-B-32 was "
                "tuned from."
            )
        described = like
    elif like is not None:
        raise PretrainedUnsupported("--like goes with a file of weights in OpenCLIP's layout.")
    config = _config(described)
    if described is not source and not isinstance(config, CLIPConfig):
        raise PretrainedUnsupported(f"Files of weights are read as CLIP; {described} is none.")
    # Before the model, whose weights may take minutes to come.
    tokenizer, pad_id = portable_tokenizer(described, config)
    if described is source:
        model = AutoModel.from_pretrained(source, dtype=torch.float32, attn_implementation="eager")
    else:
        model = load_open_clip(Path(source), cast("CLIPConfig", config))
    otherwise = CLIP_STATISTICS if config.model_type == "clip" else SYMMETRIC
    statistics = pixel_statistics(read_image_processor(described), otherwise)
    vision = config.vision_config
    return PretrainedPair(
        source=Path(source).resolve().name if described is source else Path(source).stem,
        model=model.eval(),
        tokenizer=tokenizer,
        pad_id=pad_id,
        statistics=statistics,
        image_size=vision.image_size,
        side=vision.image_size // vision.patch_size,
        max_tokens=config.text_config.max_position_embeddings,
        width=config.projection_dim if config.model_type == "clip" else vision.hidden_size,
    )


def _config(source: str | Path) -> PretrainedConfig:
    """Configuration of a pair of towers that can be exported."""
    try:
        config = AutoConfig.from_pretrained(source)
    except ValueError as error:
        raise PretrainedUnsupported(
            f"{source} is no model in Hugging Face format: it has no config.json that names its "
            "architecture. For OpenCLIP's .pt files give the file itself, see "
            "docs/pretrained-models.md."
        ) from error
    if config.model_type not in FAMILIES:
        raise PretrainedUnsupported(
            f"{source} is of the architecture {config.model_type}; "
            f"{' and '.join(FAMILIES)} can be exported."
        )
    if config.model_type == "siglip" and not config.vision_config.vision_use_head:
        raise PretrainedUnsupported(f"{source} has no pooling head, so it embeds no images.")
    return config


def write_pretrained_bundle(
    pair: PretrainedPair, folder: Path, facts: BundleFacts, int8: bool = False
) -> dict[str, float]:
    """Export a pair of towers to `folder`, replacing it once everything is written and checked.

    Returns:
        The parity report: per output largest difference and cosine against the model.

    Raises:
        ParityError: a graph computes something else than the model.
        PretrainedUnsupported: a graph is larger than the plugin reads.
    """
    report: dict[str, float] = {}
    with replacing(folder) as staging:
        for graph in pretrained_graphs(pair):
            path = export_graph(graph, staging)
            # One row more than was traced: a batch that turned constant shows.
            samples = tuple(torch.cat([value, value[:1]]) for value in graph.inputs())
            parity = check_parity(graph, path, quantised=False, samples=samples)
            if int8:
                quantise_transformer(path)
                parity = check_parity(graph, path, quantised=True, samples=samples)
            if path.stat().st_size > LARGEST_FILE:
                raise PretrainedUnsupported(
                    f"{graph.file} has {path.stat().st_size / 1e9:.1f} GB, more than the plugin "
                    "reads; try --int8."
                )
            report |= {f"{graph.file}:{key}": value for key, value in parity.items()}
        pair.tokenizer.save(str(staging / "tokenizer.json"))
        manifest = _manifest(pair, facts, int8)
        write_graph_metadata(staging / "vision.onnx", manifest)
        write_manifest(staging, manifest)
    return report


def pretrained_graphs(pair: PretrainedPair) -> list[Graph]:
    """The bundle's two graphs; inputs are drawn anew at each call."""
    model, size, length = pair.model, pair.image_size, pair.max_tokens
    vision: nn.Module = ClipVision(model) if isinstance(model, CLIPModel) else SiglipVision(model)
    words = min(7, length)

    def text_inputs() -> tuple[torch.Tensor, ...]:
        mask = torch.ones(2, words, dtype=torch.int64)
        mask[1, words - 2 :] = 0
        ids = torch.randint(0, pair.tokenizer.get_vocab_size(), (2, words))
        # An end, which CLIP reads the embedding off.
        ids[:, words - 3] = pair.tokenizer.encode("a").ids[-1]
        return ids * mask, mask

    batch, text = {0: "batch"}, {0: "batch", 1: "length"}
    return [
        Graph(
            "vision.onnx",
            vision,
            lambda: (torch.randn(2, 3, size, size),),
            ("pixels",),
            ("embedding", "cells"),
            {"pixels": batch, "embedding": batch, "cells": batch},
        ),
        Graph(
            "text.onnx",
            PaddedText(model, length, pair.pad_id),
            text_inputs,
            ("input_ids", "attention_mask"),
            ("embedding",),
            {"input_ids": text, "attention_mask": text, "embedding": batch},
        ),
    ]


def _manifest(pair: PretrainedPair, facts: BundleFacts, int8: bool) -> dict[str, Any]:
    model = pair.model
    bias = getattr(model, "logit_bias", None)
    return {
        "format": "rsvlm-bundle",
        "format_version": 1,
        "name": facts.name,
        "version": facts.version,
        "licence": facts.licence,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "actions": list(ACTIONS),
        "opset": OPSET,
        "vision": {
            "file": "vision.onnx",
            "input_size": pair.image_size,
            "mean": list(pair.statistics.mean),
            "std": list(pair.statistics.std),
            "cells": [pair.side, pair.side],
        },
        "text": {
            "file": "text.onnx",
            "max_tokens": pair.max_tokens,
            "label_prompts": list(facts.label_prompts),
        },
        "tokenizer": {"file": "tokenizer.json"},
        "embedding_size": {"global": pair.width},
        "logit_scale": float(model.logit_scale.exp()),
        "calibration": {
            "caption_temperature": 1.0,
            **({} if bias is None else {"logit_bias": float(bias)}),
        },
        "gsd_range_m": list(facts.gsd_range_m),
        "metrics": {},
        "training": {
            "from_pretrained": pair.source,
            "architecture": model.config.model_type,
            "weights": "int8" if int8 else "float32",
        },
    }
