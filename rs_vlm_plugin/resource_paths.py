"""Where the files lie that are not code: in the installed plugin, else in the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path of a resource: `resource("knowledge", "objects.json")`. It need not exist."""
    packed = _PACKAGE / "resources"
    root = packed if packed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def translation_file(locale: str) -> Path:
    """The texts of the interface in the language of a locale ("de", "de_AT"); it need not exist."""
    return resource("i18n", f"rs_vlm_{locale[:2]}.qm")


def default_bundle() -> Path:
    """The model bundle that comes with the plugin."""
    return resource("model")


def metadata_file() -> Path:
    """`metadata.txt`, which QGIS reads and which alone says the plugin's version."""
    packed = _PACKAGE / "metadata.txt"
    return packed if packed.is_file() else _PACKAGE.parent / "metadata.txt"
