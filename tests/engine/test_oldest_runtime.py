"""The bundle that ships, on the oldest onnxruntime that the plugin promises to run on.

That version has a virtual environment of its own, which `scripts/bootstrap.sh oldest` makes and
`scripts/run_tests.py` names in RSVLM_OLDEST_ONNXRUNTIME (an interpreter). What the model feeds each
graph under the version at hand is written down and run again under the oldest.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.runtime import Runtime
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.resource_paths import default_bundle

ROOT = Path(__file__).resolve().parents[2]
OLDEST = "1.19."
BATCHES = (1, 5)
USUAL, LARGEST = 1e-3, 0.15
"""Differences allowed, see `difference`. The graphs are int8: where a last bit moves an activation
over a rounding step the difference grows from there on, most in the text encoder (0.08 was seen, a
cosine of 0.997); half of all outputs agree to 1e-6."""

REPLAY = """
import json, sys
from pathlib import Path
import numpy as np
import onnxruntime
from rs_vlm_plugin.engine.model.runtime import Runtime

folder, runtime, sessions = Path(sys.argv[1]), Runtime("cpu", 1), {}
for number, (graph, outputs) in enumerate(json.loads((folder / "calls.json").read_text())):
    if graph not in sessions:
        sessions[graph] = runtime.open(graph, (folder / graph).read_bytes)
    with np.load(folder / f"{number}.npz") as feeds:
        found = sessions[graph].run(outputs, dict(feeds))
    np.savez(folder / f"{number}.old.npz", **dict(zip(outputs, found)))
print(onnxruntime.__version__)
"""


class Call(NamedTuple):
    """One evaluation of a graph."""

    graph: str
    feeds: Dict[str, NDArray[Any]]
    found: Dict[str, NDArray[Any]]


class Recorder:
    """Stands for an onnxruntime session and notes what goes in and out."""

    def __init__(self, graph: str, session: Any, calls: List[Call]) -> None:
        self._graph, self._session, self._calls = graph, session, calls

    def get_providers(self) -> List[str]:
        return self._session.get_providers()

    def run(self, outputs: Sequence[str], feeds: Dict[str, NDArray[Any]]) -> List[NDArray[Any]]:
        found = self._session.run(outputs, feeds)
        self._calls.append(Call(self._graph, feeds, dict(zip(outputs, found))))
        return found


def recorded_calls(folder: Path) -> List[Call]:
    """What the plugin runs, batch by batch; the graphs as they were opened are left in `folder`."""
    calls: List[Call] = []
    create = Runtime.create

    def noting(self: Runtime, name: str, data: bytes, *rest: Any) -> Recorder:
        # A part of a graph, such as the embedding's, has its graph's name: number what is opened.
        file = f"{len(list(folder.glob('*.onnx')))}-{name}"
        (folder / file).write_bytes(data)
        return Recorder(file, create(self, name, data, *rest), calls)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runtime, "create", noting)
        model = VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)
        for count in BATCHES:
            use(model, count)
    return calls


def use(model: VisionLanguageModel, count: int) -> None:
    """Everything that runs a graph, with a batch of so many images."""
    images = patterns(count, model.input_size)
    encoding = model.encode_images(images)
    model.embed_turned(images, encoding.embedding)
    model.encode_texts([f"{number} storage tanks next to a river" for number in range(count)])
    model.caption(encoding.tokens, embeddings=encoding.embedding)
    model.answer(["Is there a plane?"] * count, encoding, range(count))


def patterns(count: int, side: int) -> NDArray[np.uint8]:
    """Images of ramps and squares, RGB [count, side, side, 3], no two alike."""
    ramp = np.linspace(0, 255, side).astype(np.uint8)
    images = np.zeros((count, side, side, 3), dtype=np.uint8)
    images[..., 0], images[..., 2] = ramp[:, None], ramp
    for number in range(count):
        images[number, number * side // 8 : side // 2, :, 1] = 200 - 20 * number
    return images


def difference(old: NDArray[Any], now: NDArray[Any]) -> float:
    """Length of the difference as a share of the length of `now`."""
    return float(np.linalg.norm(old - now) / max(float(np.linalg.norm(now)), 1e-12))


def test_every_graph_gives_on_the_oldest_onnxruntime_what_it_gives_now(tmp_path: Path) -> None:
    interpreter = os.environ.get("RSVLM_OLDEST_ONNXRUNTIME", "")
    if not interpreter:
        pytest.skip("no onnxruntime 1.19 is at hand; scripts/bootstrap.sh oldest installs it")
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    calls = recorded_calls(tmp_path)
    run = {call.graph.split("-", 1)[1] for call in calls}
    assert run == {path.name for path in default_bundle().glob("*.onnx")}
    for number, call in enumerate(calls):
        np.savez(tmp_path / f"{number}.npz", **call.feeds)
    listed = [(call.graph, list(call.found)) for call in calls]
    (tmp_path / "calls.json").write_text(json.dumps(listed), encoding="utf-8")

    done = subprocess.run(
        [interpreter, "-c", REPLAY, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(OLDEST)
    found = []
    for number, call in enumerate(calls):
        with np.load(tmp_path / f"{number}.old.npz") as old:
            for name, now in call.found.items():
                assert old[name].shape == now.shape
                found.append(difference(old[name], now))
                assert found[-1] <= LARGEST, f"{call.graph} {name} {now.shape}"
    assert np.median(found) <= USUAL
