"""How near describing comes to what onnxruntime alone does with the same graphs on this machine.

The ceiling is measured in the same process just before and after: the vision graph alone on arrays
that lie ready, and the caption search on their encodings, for as many tiles as the description
looked at. The ratio is ceiling time over describe time; what is missing to 1 is reading,
stretching, planning and phrasing. With the tiny stand-in model it says
nothing, because that costs nothing.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import onnxruntime

from model_training.synthetic import draw_scene
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster

from .subjects import load_model, town, vision_feeds

BATCH = 8
BUDGETS = (16, 64)


def main() -> None:
    """Time vision alone, captions alone, and describe."""
    _, path = town()
    model = load_model()
    rows = []
    with open_raster(str(path)) as source:
        describe(source, None, model, budget=8)  # warm: sessions, caches, file
        for budget in BUDGETS:
            image_s = _vision_seconds_an_image(model)
            started = time.perf_counter()
            made = describe(source, None, model, policy="content", budget=budget)
            seconds = time.perf_counter() - started
            caption_s = _decoder_seconds_a_caption(model)
            image_s = min(image_s, _vision_seconds_an_image(model))
            tiles = made.provenance.tile_evaluations
            ceiling = tiles * (image_s + caption_s)
            rows.append(
                {
                    "budget": budget,
                    "tiles": tiles,
                    "describe_s": seconds,
                    "raw_vision_img_s": 1 / image_s,
                    "raw_captions_s": 1 / caption_s,
                    "ceiling_s": ceiling,
                    "ratio": ceiling / seconds,
                    "model": made.provenance.model,
                }
            )
    print(json.dumps(rows))


def _vision_seconds_an_image(model: Any) -> float:
    """onnxruntime on the vision graph alone, batches of 8 that lie ready as float32."""
    bundle = model.bundle
    session = onnxruntime.InferenceSession(
        bundle.read(bundle.manifest.vision.file), providers=["CPUExecutionProvider"]
    )
    feeds = vision_feeds(model, BATCH)
    session.run(None, feeds)
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        session.run(None, feeds)
        best = min(best, (time.perf_counter() - started) / BATCH)
    return best


def _decoder_seconds_a_caption(model: Any) -> float:
    """The caption search on encodings of drawn scenes that lie ready."""
    images = np.stack([draw_scene(seed, model.input_size).image for seed in range(BATCH)])
    tokens = model.encode_images(images).tokens
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        model.caption(tokens)
        best = min(best, (time.perf_counter() - started) / BATCH)
    return best


if __name__ == "__main__":
    main()
