"""One loaded model per session: the first description pays for loading it, the following do not."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Tuple

from qgis.core import Qgis, QgsApplication, QgsMessageLog

from . import dependencies
from .settings import load_settings

if TYPE_CHECKING:
    from .engine.model.vlm import VisionLanguageModel

_Key = Tuple[str, int, str, str, int]

LOG_TAG = "RS-VLM"

_lock = threading.Lock()
_loaded: Optional[Tuple[_Key, VisionLanguageModel]] = None
_own: Optional[Tuple[Path, Path]] = None
"""The file with the user's own knowledge, and where its embeddings are kept."""


def use_chosen_knowledge() -> None:
    """Let the model look up the entries of the file that the settings name, from its next use on.
    On the main thread, at the start and when the settings have changed."""
    global _own
    chosen = load_settings().knowledge_path
    kept = Path(QgsApplication.qgisSettingsDirPath()) / "rs_vlm" / "knowledge"
    _own = (Path(chosen), kept) if chosen else None


def shared_model(bundle_path: Path, device: str) -> VisionLanguageModel:
    """The model of a bundle, loaded at most once; a bundle that changed on disk is loaded anew.

    Blocks for as long as loading takes (a second or so), so call it from a background thread. A
    second caller waits for the first one's model. The model is shared: do not close it.

    Raises:
        RuntimeMissing: onnxruntime or tokenizers is not there.
        BundleNotFound, BundleInvalid, BundleFormatUnsupported: the bundle cannot be used.
        InferenceFailed: onnxruntime refuses the model on every provider.
        BadRequest: the file with the user's own knowledge cannot be read.
    """
    global _loaded
    dependencies.use_own_packages()
    from .engine.model.bundle import load_bundle
    from .engine.model.vlm import VisionLanguageModel

    with _lock:
        own = _own
        own_key = ("", 0) if own is None else (str(own[0]), _changed_at(own[0]))
        key = (str(bundle_path), _changed_at(bundle_path), device, *own_key)
        if _loaded is None or _loaded[0] != key:
            # The old model is dropped, not closed: another thread may be in the middle of using it.
            _loaded = None
            model = VisionLanguageModel(load_bundle(bundle_path), device=device)
            if own is not None:
                _add_own_knowledge(model, *own)
            _loaded = (key, model)
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


def _add_own_knowledge(model: VisionLanguageModel, path: Path, kept: Path) -> None:
    from .engine.knowledge import use_own_entries

    # A model that looks nothing up does without; the options say so where it is chosen.
    if model.bundle.manifest.knowledge is None:
        return
    for problem in use_own_entries(model, path, kept).problems:
        QgsMessageLog.logMessage(
            f"{path.name}: {problem}", LOG_TAG, Qgis.MessageLevel.Warning, False
        )


def _changed_at(bundle_path: Path) -> int:
    manifest = bundle_path / "bundle.json" if bundle_path.is_dir() else bundle_path
    return manifest.stat().st_mtime_ns if manifest.exists() else 0
