"""One loaded model per session: the first description pays for loading it, the following do not."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Tuple

from . import dependencies

if TYPE_CHECKING:
    from .engine.model.vlm import VisionLanguageModel

_Key = Tuple[str, int, str]

_lock = threading.Lock()
_loaded: Optional[Tuple[_Key, VisionLanguageModel]] = None


def shared_model(bundle_path: Path, device: str) -> VisionLanguageModel:
    """The model of a bundle, loaded at most once; a bundle that changed on disk is loaded anew.

    Blocks for as long as loading takes (a second or so), so call it from a background thread. A
    second caller waits for the first one's model. The model is shared: do not close it.

    Raises:
        RuntimeMissing: onnxruntime or tokenizers is not there.
        BundleNotFound, BundleInvalid, BundleFormatUnsupported: the bundle cannot be used.
        InferenceFailed: onnxruntime refuses the model on every provider.
    """
    global _loaded
    dependencies.use_own_packages()
    from .engine.model.bundle import load_bundle
    from .engine.model.vlm import VisionLanguageModel

    with _lock:
        key = (str(bundle_path), _changed_at(bundle_path), device)
        if _loaded is None or _loaded[0] != key:
            # The old model is dropped, not closed: another thread may be in the middle of using it.
            _loaded = None
            _loaded = (key, VisionLanguageModel(load_bundle(bundle_path), device=device))
        return _loaded[1]


def providers_in_use() -> Tuple[str, ...]:
    """onnxruntime's providers the loaded model runs on; empty while no model is loaded."""
    current = _loaded
    return tuple(current[1].providers) if current else ()


def release_model() -> None:
    """Let go of the loaded model; it is freed when the last thread that uses it is done with it."""
    global _loaded
    with _lock:
        _loaded = None


def _changed_at(bundle_path: Path) -> int:
    manifest = bundle_path / "bundle.json" if bundle_path.is_dir() else bundle_path
    return manifest.stat().st_mtime_ns if manifest.exists() else 0
