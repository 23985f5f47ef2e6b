"""Writes a bundle folder: graphs, tokenizer and the manifest that vouches for them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rs_vlm_plugin.engine.knowledge.knowledge_file import FILE_NAME as KNOWLEDGE_FILE
from rs_vlm_plugin.engine.model.bundle import MANIFEST_NAME, load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..augment import centre_resize
from ..checkpoint import Checkpoint
from ..data.pixels import pixel_cache
from ..data.records import ImageText
from ..knowledge.building import BuiltKnowledge
from ..knowledge.bundle_file import MEMORY_SECTION, knowledge_bytes
from ..knowledge.caption_memory import SETTINGS as MEMORY_SETTINGS
from ..knowledge.caption_memory import remember_captions
from ..vocabulary import BOS_ID, EOS_ID, PAD_ID
from .bundle_folder import replacing, write_graph_metadata, write_manifest
from .calibrate import LABEL_PROMPTS, Calibration
from .graphs import OPSET, export_graph, graphs
from .level_manifest import LevelCalibration, level_actions, level_sections
from .parity import check_parity
from .quantise import quantise_transformer, quantise_vision


def write_bundle(
    checkpoint: Checkpoint,
    folder: Path,
    name: str,
    version: str,
    calibration: Calibration,
    calibration_images: list[ImageText] | None,
    levels: LevelCalibration | None = None,
    knowledge: BuiltKnowledge | None = None,
    remembered: list[ImageText] | None = None,
) -> dict[str, Any]:
    """Export everything to `folder`, replacing it only once all of it is written and checked.

    A language model does not go into a bundle: where one writes, the bundle does not describe.

    Args:
        checkpoint: what to export.
        folder: the bundle folder; replaced as a whole.
        name: of the bundle, shown to users.
        version: of the bundle, numeric with dots.
        calibration: fitted temperatures.
        calibration_images: training images for int8 ranges; None keeps every graph in float32.
        levels: fitted thresholds of a model of three levels.
        knowledge: what a model that retrieves was trained with; embedded by the exported text
            tower.
        remembered: training images whose captions the bundle shall remember, to choose its own
            captions by; embedded by the exported vision tower.

    Returns:
        The parity report: per output largest difference and cosine against the model.

    Raises:
        ParityError: a graph computes something else than the model.
        NothingShared: no two of the remembered images share a caption.
    """
    with replacing(folder) as staging:
        report = _write_graphs(checkpoint, staging, calibration_images)
        checkpoint.tokenizer.save(str(staging / "tokenizer.json"))
        manifest = _manifest(checkpoint, name, version, calibration, levels or LevelCalibration())
        write_graph_metadata(staging / "vision.onnx", manifest)
        retrieval = manifest.pop("knowledge", None)
        write_manifest(staging, manifest)
        later: dict[str, Any] = {}
        if knowledge is not None and retrieval is not None:
            later["knowledge"] = retrieval
        if remembered is not None:
            later[MEMORY_SECTION] = MEMORY_SETTINGS
        if later:
            # The entries are embedded by the graphs as they ship, so the bundle runs once without
            # them.
            model = VisionLanguageModel(load_bundle(staging), device="cpu")
            memory = None if remembered is None else remember_captions(model, remembered)
            built = knowledge if "knowledge" in later else None
            (staging / KNOWLEDGE_FILE).write_bytes(knowledge_bytes(model, built, memory))
            model.close()
            (staging / MANIFEST_NAME).unlink()
            write_manifest(staging, {**manifest, **later})
    return report


def _write_graphs(
    checkpoint: Checkpoint, folder: Path, calibration_images: list[ImageText] | None
) -> dict[str, float]:
    report: dict[str, float] = {}
    size = checkpoint.model.config.image_size
    pixels = None
    if calibration_images is not None:
        rgb = centre_resize(torch.from_numpy(pixel_cache(calibration_images, size)), size)
        pixels = checkpoint.model.normalise(rgb)
    for graph in graphs(checkpoint.model):
        path = export_graph(graph, folder)
        check_parity(graph, path, quantised=False)
        samples = None
        if pixels is not None:
            if graph.file == "vision.onnx":
                quantise_vision(path, pixels.numpy().astype(np.float32))
                samples = (pixels[:16], *(torch.zeros(16) for _ in graph.input_names[1:]))
            else:
                quantise_transformer(path)
        parity = check_parity(graph, path, quantised=pixels is not None, samples=samples)
        report |= {f"{graph.file}:{key}": value for key, value in parity.items()}
    return report


def _manifest(
    checkpoint: Checkpoint,
    name: str,
    version: str,
    calibration: Calibration,
    levels: LevelCalibration,
) -> dict[str, Any]:
    config, experiment = checkpoint.model.config, checkpoint.experiment
    statistics = checkpoint.model.vision.backbone.statistics
    side = checkpoint.model.vision.grid
    decoder = {} if config.language_model else {"decoder": _decoder_section(checkpoint)}
    written = ["describe"] if decoder else []
    return {
        "format": "rsvlm-bundle",
        "format_version": 1,
        "name": name,
        "version": version,
        "licence": "GPL-2.0-or-later",
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "actions": [*written, "classify", "search", *level_actions(checkpoint.model)],
        "opset": OPSET,
        "vision": {
            "file": "vision.onnx",
            "input_size": config.image_size,
            "mean": list(statistics.mean),
            "std": list(statistics.std),
            "cells": [side, side],
        },
        "text": {
            "file": "text.onnx",
            "max_tokens": experiment.text.max_tokens,
            "label_prompts": list(LABEL_PROMPTS),
        },
        **decoder,
        "tokenizer": {"file": "tokenizer.json"},
        "embedding_size": {"global": config.embedding_size},
        "logit_scale": calibration.label_scale,
        "calibration": asdict(calibration) | {"answer_ece": levels.answer_ece},
        **level_sections(checkpoint.model, experiment, levels),
        "gsd_range_m": list(experiment.data.gsd_range_m),
        "metrics": {},
        "training": {"experiment": experiment.to_json(), "validation": checkpoint.metrics},
    }


def _decoder_section(checkpoint: Checkpoint) -> dict[str, Any]:
    config, settings = checkpoint.model.config, checkpoint.experiment.decoder
    return {
        "prefill": "decoder_prefill.onnx",
        "step": "decoder_step.onnx",
        "vocabulary_size": config.decoder_vocabulary_size,
        "layers": config.decoder_layers,
        "heads": config.decoder_heads,
        "head_size": config.decoder_width // config.decoder_heads,
        "bos_id": BOS_ID,
        "eos_id": EOS_ID,
        "pad_id": PAD_ID,
        "max_tokens": config.decoder_max_tokens,
        "beam_size": settings.beam_size,
        "length_penalty": settings.length_penalty,
    }
