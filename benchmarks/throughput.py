"""How near describing comes to what onnxruntime alone does with the same graphs on this machine.

The ceiling is measured in the same process just before and after: the vision graph alone on arrays
that lie ready, and the caption search on their encodings, with the remembered captions that
describing asks too, for as many tiles as the description looked at. The ratio is ceiling time over
describe time; what is missing to 1 is reading, stretching, planning, knowledge and phrasing.
`cpu_ratio` is that of the processor's time, which other programs sway less. With the tiny stand-in
model the ratio says nothing, because that costs nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
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
            image_s, image_cpu_s = _vision_seconds_an_image(model)
            started, processor = time.perf_counter(), time.process_time()
            made = describe(source, None, model, policy="content", budget=budget)
            seconds, processor = time.perf_counter() - started, time.process_time() - processor
            caption_s, caption_cpu_s = _decoder_seconds_a_caption(model)
            again_s, again_cpu_s = _vision_seconds_an_image(model)
            tiles = made.provenance.tile_evaluations
            image_s, image_cpu_s = min(image_s, again_s), min(image_cpu_s, again_cpu_s)
            ceiling, ceiling_cpu = (
                tiles * (image_s + caption_s),
                tiles * (image_cpu_s + caption_cpu_s),
            )
            rows.append(
                {
                    "budget": budget,
                    "tiles": tiles,
                    "describe_s": seconds,
                    "raw_vision_img_s": 1 / image_s,
                    "raw_captions_s": 1 / caption_s,
                    "ceiling_s": ceiling,
                    "ratio": ceiling / seconds,
                    "cpu_s": processor,
                    "ceiling_cpu_s": ceiling_cpu,
                    "cpu_ratio": ceiling_cpu / processor,
                    "model": made.provenance.model,
                }
            )
    print(json.dumps(rows))


def _vision_seconds_an_image(model: Any) -> tuple[float, float]:
    """onnxruntime on the vision graph alone, batches of 8 that lie ready as float32: seconds, and
    the processor's."""
    bundle = model.bundle
    options = onnxruntime.SessionOptions()
    # Threads that spin while they wait would count as the processor's time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        bundle.read(bundle.manifest.vision.file), options, providers=["CPUExecutionProvider"]
    )
    feeds = vision_feeds(model, BATCH)
    session.run(None, feeds)
    return _best_of(5, lambda: session.run(None, feeds))


def _decoder_seconds_a_caption(model: Any) -> tuple[float, float]:
    """The caption search on encodings of drawn scenes that lie ready: seconds, and the
    processor's."""
    images = np.stack([draw_scene(seed, model.input_size).image for seed in range(BATCH)])
    encoding = model.encode_images(images)
    return _best_of(3, lambda: model.caption(encoding.tokens, embeddings=encoding.embedding))


def _best_of(times: int, work: Callable[[], Any]) -> tuple[float, float]:
    """The least seconds a picture of the batch, and the processor's."""
    spent = []
    for _ in range(times):
        started, processor = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - started, time.process_time() - processor))
    return min(wall for wall, _ in spent) / BATCH, min(cpu for _, cpu in spent) / BATCH


if __name__ == "__main__":
    main()
