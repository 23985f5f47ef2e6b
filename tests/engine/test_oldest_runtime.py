"""The bundle that ships, on the oldest onnxruntime that the plugin promises to run on.

It is not among this project's packages, so the test takes it from a folder of its own:

    pip install --no-deps --target FOLDER onnxruntime==1.19.2
    RSVLM_OLDEST_ONNXRUNTIME=FOLDER python scripts/run_tests.py engine -- -k oldest
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from rs_vlm_plugin.resource_paths import default_bundle

ROOT = Path(__file__).resolve().parents[2]
OLDEST = "1.19"

PROGRAM = """
import json, sys
import numpy as np
import onnxruntime
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

model = VisionLanguageModel(load_bundle(sys.argv[1]), device="cpu", threads=1)
side = model.input_size
ramp = np.linspace(0, 255, side).astype(np.uint8)
images = np.zeros((2, side, side, 3), dtype=np.uint8)
images[..., 0], images[..., 2] = ramp[:, None], ramp
images[1, side // 2 :, :, 1] = 200
encoding = model.encode_images(images)
print(json.dumps({
    "version": onnxruntime.__version__,
    "embedding": encoding.embedding.tolist(),
    "turned": model.embed_turned(images, encoding.embedding).tolist(),
    "texts": model.encode_texts(["a plane", "storage tanks next to a river"]).tolist(),
    "captions": [c.text for c in model.caption(encoding.tokens, embeddings=encoding.embedding)],
    "answer": model.answer(["Is there a plane?"], encoding, [0])[0].confidence,
    "found": [item.score for item in model.find(["plane"], encoding, 0, 0.0)][:3],
}))
"""


def seen(runtime: str = "") -> Dict[str, Any]:
    """What the bundle makes of two images, in a process that takes onnxruntime from there."""
    places = os.pathsep.join([*([runtime] if runtime else []), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(default_bundle())],
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_graph_runs_on_the_oldest_onnxruntime() -> None:
    folder = os.environ.get("RSVLM_OLDEST_ONNXRUNTIME", "")
    if not folder:
        pytest.skip("no onnxruntime 1.19 is at hand (RSVLM_OLDEST_ONNXRUNTIME, see this file)")
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    old, now = seen(folder), seen()
    assert old["version"].startswith(OLDEST + ".")
    for name in ("embedding", "turned", "texts"):
        cosines = (np.array(old[name]) * np.array(now[name])).sum(axis=1)
        assert cosines.min() > 0.99, name
    assert all(old["captions"])
    assert old["answer"] == pytest.approx(now["answer"], abs=0.1)
    assert old["found"] == pytest.approx(now["found"], abs=0.1)
