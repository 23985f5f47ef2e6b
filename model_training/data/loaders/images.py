"""Finding and checking image files: inside their folder, not too large, of a known format."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from ..image_text import FORMATS
from .malformed import Unusable

LARGEST_FILE = 64 * 2**20
"""Bytes of one image file."""
LARGEST_IMAGE = 64_000_000
"""Pixels of one image: a small file can unfold to gigabytes."""


def image_id(path: Path, name: str) -> str:
    """`<file>/<image>` without their endings, so that it ends in the image's number."""
    return f"{path.stem}/{Path(name).with_suffix('').as_posix()}"


def find_image(folder: Path, name: Any) -> tuple[Path, tuple[int, int]]:
    """The file of an image named by a record, and its (width, height); reads its header only.

    Raises:
        Unusable: no name, a place outside `folder` (also by way of a link), no file, too large, or
            no image.
    """
    if not isinstance(name, str) or not name.strip():
        raise Unusable("names no image file")
    root = folder.resolve()
    if "\0" in name:
        raise Unusable("names an image with a null character")
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise Unusable(f"names the image {name!r}, which lies outside {folder}")
    if not path.is_file():
        raise Unusable(f"names the image {name!r}, which {folder} lacks")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise Unusable(f"names the image {name!r} of {size} bytes, more than {LARGEST_FILE}")
    with path.open("rb") as stream:
        return path, _header(stream, repr(name))


def check_bytes(encoded: Any) -> tuple[int, int]:
    """(width, height) of an encoded image. Raises `Unusable` as `find_image` does."""
    if not isinstance(encoded, bytes) or not encoded:
        raise Unusable("holds no image bytes")
    if len(encoded) > LARGEST_FILE:
        raise Unusable(f"holds an image of {len(encoded)} bytes, more than {LARGEST_FILE}")
    return _header(io.BytesIO(encoded), "it holds")


def _header(stream: BinaryIO, what: str) -> tuple[int, int]:
    try:
        with Image.open(stream, formats=FORMATS) as image:
            size = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unusable(f"the image {what} cannot be decoded") from error
    if size[0] * size[1] > LARGEST_IMAGE:
        raise Unusable(f"the image {what} has {size[0]} x {size[1]} pixels, too many")
    return size
