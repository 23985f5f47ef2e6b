"""Builds the plugin zip: package, metadata, licence, resources with the model.

    python3 scripts/package.py [--output DIR]

The same tree gives the same bytes.
"""

from __future__ import annotations

import argparse
import configparser
import re
import sys
import zipfile
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "rs_vlm_plugin"
LIMIT_BYTES = 25_000_000
"""The plugin repository refuses anything larger."""
REQUIRED = (
    "name",
    "description",
    "version",
    "qgisMinimumVersion",
    "qgisMaximumVersion",
    "author",
    "email",
    "about",
    "tracker",
    "repository",
    "homepage",
    "hasProcessingProvider",
)
LEFT_OUT = re.compile(r"(^|/)(\.|__pycache__(/|$))|\.(pyc|pyo|orig|rej|bak|ts|onnx\.data)$|~$")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier time; every member gets it, so the bytes depend on the tree alone."""


class PackagingRefused(Exception):
    """The tree cannot become a zip that the plugin repository takes."""


def metadata() -> dict[str, str]:
    """The general section of metadata.txt. Raises `PackagingRefused` where it is incomplete."""
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    if not parser.has_section("general"):
        raise PackagingRefused("metadata.txt has no [general] section.")
    general = dict(parser["general"])
    missing = [key for key in REQUIRED if not general.get(key, "").strip()]
    if missing:
        raise PackagingRefused(f"metadata.txt lacks {', '.join(missing)}.")
    if not re.fullmatch(r"\d+(\.\d+)+", general["version"]):
        raise PackagingRefused(f"The version {general['version']!r} is not numeric.")
    return general


def plugin_files() -> Iterator[tuple[str, Path]]:
    """Each member's name in the zip and the file it is read from, in the order they are written."""
    members: dict[str, Path] = {}
    for folder, prefix in ((ROOT / PACKAGE, PACKAGE), (ROOT / "resources", f"{PACKAGE}/resources")):
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not LEFT_OUT.search(name):
                members[f"{prefix}/{name}"] = path
    for name in ("metadata.txt", "LICENSE"):
        members[f"{PACKAGE}/{name}"] = ROOT / name
    yield from sorted(members.items())


def build(output: Path) -> Path:
    """Write the zip into `output` and return its path.

    Raises:
        PackagingRefused: metadata incomplete, no model, or the zip is too large.
    """
    target = output / f"{PACKAGE}-{metadata()['version']}.zip"
    output.mkdir(parents=True, exist_ok=True)
    members = dict(plugin_files())
    for needed in ("__init__.py", "LICENSE", "metadata.txt"):
        if f"{PACKAGE}/{needed}" not in members:
            raise PackagingRefused(f"There is no {needed} to ship.")
    if f"{PACKAGE}/resources/model/bundle.json" not in members:
        print(
            "package: resources/model holds no bundle, so the zip has no model.",
            file=sys.stderr,
        )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(members.items()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    size = target.stat().st_size
    if size > LIMIT_BYTES:
        raise PackagingRefused(f"{target.name} has {size:,} bytes; {LIMIT_BYTES:,} are allowed.")
    return target


def main() -> int:
    """Build and say what came out."""
    parser = argparse.ArgumentParser(description="Build the plugin zip.")
    parser.add_argument("--output", type=Path, default=ROOT / "build")
    try:
        target = build(parser.parse_args().output)
    except PackagingRefused as err:
        print(f"package: {err}", file=sys.stderr)
        return 1
    print(f"{target}  {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
