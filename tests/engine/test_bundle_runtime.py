"""Which provider runs a graph, and what is said where none can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest, BundleInvalid, InferenceFailed
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.runtime import CPU, CUDA, Runtime
from rs_vlm_plugin.engine.model.tokeniser import Tokeniser
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle, write_manifest

ROOT = Path(__file__).resolve().parents[2]
FILES = ["vision.onnx", "text.onnx", "tokenizer.json", "decoder_prefill.onnx", "decoder_step.onnx"]


def test_cpu_is_used_when_asked_for() -> None:
    runtime = Runtime("cpu")
    assert runtime.providers == (CPU,)
    assert runtime.notes == []


def test_cuda_that_does_not_work_falls_back_and_says_so(tiny_bundle: Path) -> None:
    model = VisionLanguageModel(load_bundle(tiny_bundle), device="cuda")
    if CUDA in model.providers:
        pytest.skip("this machine has a working CUDA provider")
    assert model.providers == (CPU,)
    assert len(model.notes) == 1
    assert "CPU is used" in model.notes[0]
    assert model.encode_images(np.zeros((1, 32, 32, 3), np.uint8)).embedding.shape == (1, 16)


def test_unknown_device() -> None:
    with pytest.raises(BadRequest, match="abacus"):
        Runtime("abacus")


def test_graph_that_is_no_onnx() -> None:
    with pytest.raises(InferenceFailed, match=r"broken\.onnx"):
        Runtime("cpu").open("broken.onnx", lambda: b"this is not a graph")


def test_failure_while_running_names_the_graph(tiny_bundle: Path) -> None:
    bundle = load_bundle(tiny_bundle)
    session = Runtime("cpu").open("vision.onnx", lambda: bundle.read("vision.onnx"))
    with pytest.raises(InferenceFailed, match=r"vision\.onnx"):
        session.run(["embedding"], {"pixels": np.zeros((1, 3, 8, 8), np.float32)})


def test_graph_with_other_cells_than_promised(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path)
    manifest = json.loads((folder / "bundle.json").read_text())
    manifest["vision"]["cells"] = [5, 5]
    write_manifest(folder, manifest, FILES)
    model = VisionLanguageModel(load_bundle(folder), device="cpu")
    with pytest.raises(BundleInvalid, match="cells"):
        model.encode_images(np.zeros((1, 32, 32, 3), np.uint8))


def test_malformed_tokenizer() -> None:
    with pytest.raises(BundleInvalid, match="tokenizer"):
        Tokeniser(b'{"model": 3}', 8)


def python(code: str, *path: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that looks for modules in `path` first."""
    places = os.pathsep.join([*map(str, path), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": places}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


SAY = """
from rs_vlm_plugin.engine.errors import RuntimeMissing
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
import sys
{before}
try:
    VisionLanguageModel(load_bundle({bundle!r}))
except RuntimeMissing as error:
    print(error.sentence())
"""


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_package_that_is_not_installed(tiny_bundle: Path, package: str) -> None:
    hide = f"""
import importlib.machinery
original = importlib.machinery.PathFinder.find_spec
importlib.machinery.PathFinder.find_spec = classmethod(
    lambda cls, name, path=None, target=None:
        None if name == {package!r} else original(name, path, target))
"""
    done = python(SAY.format(before=hide, bundle=str(tiny_bundle)))
    assert done.returncode == 0, done.stderr
    assert f"{package} is not installed" in done.stdout
    assert "Install it" in done.stdout


def test_library_that_does_not_load(tiny_bundle: Path, tmp_path: Path) -> None:
    broken = tmp_path / "onnxruntime"
    broken.mkdir()
    message = "DLL load failed while importing onnxruntime_pybind11_state"
    (broken / "__init__.py").write_text(f"raise ImportError({message!r})")
    done = python(SAY.format(before="", bundle=str(tiny_bundle)), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "installed but does not load" in done.stdout
    assert "DLL load failed" in done.stdout


def test_importing_the_engine_imports_nothing_heavy() -> None:
    heavy = "('onnxruntime', 'tokenizers', 'rasterio', 'torch', 'qgis')"
    done = python(
        "import sys, rs_vlm_plugin.engine.describe, rs_vlm_plugin.engine.classify\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_onnxruntime_sends_and_keeps_nothing(tmp_path: Path) -> None:
    """Official wheels report use to their maker, and keep a device id in the home folder for it."""
    code = "from rs_vlm_plugin.engine.model.runtime import Runtime; Runtime('cpu')"
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
