"""What an index says about itself: format, model, when and by what it was made."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Dict, Mapping

from ..errors import IndexFormatUnsupported, IndexInvalid
from ..version import plugin_version
from .faults import REBUILD, not_an_index
from .records import ModelIdentity
from .schema import FORMAT, FORMAT_VERSION


def facts(model: ModelIdentity) -> Dict[str, str]:
    """What an index made now by a model says about itself."""
    return {
        "format": FORMAT,
        "format_version": str(FORMAT_VERSION),
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "plugin_version": plugin_version(),
        "model": model.name,
        "model_version": model.version,
        "bundle": f"sha256:{model.bundle_sha256}",
        "embedding_size": str(model.embedding_size),
    }


def check_format(path: Path, about: Mapping[str, str]) -> None:
    """Raise `IndexFormatUnsupported` for another version, `IndexInvalid` for what is no index."""
    if about.get("format") != FORMAT:
        raise not_an_index(path)
    version = about.get("format_version", "")
    if version == str(FORMAT_VERSION):
        return
    newer = version.isdigit() and int(version) > FORMAT_VERSION
    raise IndexFormatUnsupported(
        "The index {name} has format version {version}; this plugin reads {own}.",
        "Update the plugin." if newer else REBUILD,
        name=path.name,
        version=version[:20],
        own=FORMAT_VERSION,
    )


def model_of(path: Path, about: Mapping[str, str]) -> ModelIdentity:
    """The model that made an index. Raises `IndexInvalid` where it does not say."""
    size, bundle = about.get("embedding_size", ""), about.get("bundle", "")
    if not size.isdigit() or not 1 <= int(size) <= 65536 or not bundle.startswith("sha256:"):
        raise IndexInvalid(
            "The index {name} does not say which model made it.",
            REBUILD,
            name=path.name,
        )
    return ModelIdentity(
        name=about.get("model", ""),
        version=about.get("model_version", ""),
        bundle_sha256=bundle[len("sha256:") :],
        embedding_size=int(size),
    )
