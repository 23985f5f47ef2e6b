"""A bundle's folder: written aside, hashed, and put in place only once all of it is there."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder to write to; it replaces `folder` as a whole when the block ends well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".bundle-") as temporary:
        staging = Path(temporary) / "bundle"
        staging.mkdir()
        yield staging
        if folder.exists():
            shutil.rmtree(folder)
        staging.rename(folder)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write `bundle.json`, with the digest and size of every file that lies in `folder` now."""
    files = {
        path.name: {
            "digest": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in sorted(folder.iterdir())
    }
    text = json.dumps({**manifest, "files": files}, indent=1)
    (folder / "bundle.json").write_text(text + "\n", encoding="utf-8")


def write_graph_metadata(path: Path, manifest: dict[str, Any]) -> None:
    """Give the vision graph our name and version, and the keys that Deepness and GeoDeep read
    where they mean the same here."""
    model = onnx.load(str(path))
    entries = {
        "model_name": f"{manifest['name']} {manifest['version']}",
        "standardization_mean": json.dumps([value / 255 for value in manifest["vision"]["mean"]]),
        "standardization_std": json.dumps([value / 255 for value in manifest["vision"]["std"]]),
    }
    for key, value in entries.items():
        item = model.metadata_props.add()
        item.key, item.value = key, value
    onnx.save(model, str(path))


@contextmanager
def amended_manifest(folder: Path) -> Iterator[dict[str, Any]]:
    """The manifest of a written bundle, to be changed in place; no file of the bundle changes."""
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    yield manifest
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def record_metrics(folder: Path, metrics: dict[str, dict[str, float]]) -> None:
    """Write scores into a bundle's manifest, so that its users can read what it was measured at."""
    rounded = {
        name: {key: round(value, 2) for key, value in scores.items()}
        for name, scores in metrics.items()
    }
    with amended_manifest(folder) as manifest:
        manifest["metrics"] = {**manifest["metrics"], **rounded}
