"""Whether a raster's file is still the one that was read."""

from __future__ import annotations

import hashlib
import os

from ..errors import RasterNotReadable
from .records import FileState

_PIECE = 64 << 10
_PIECES = 64
_WHOLE = "whole:"
_SAMPLED = "sampled:"


def file_state(path: str) -> FileState:
    """Size, time of change and fingerprint of a file; of anything else (a URL) nothing.

    The fingerprint is the SHA-256 of a file of up to 4 MiB; of a larger one that of its size and 64
    pieces of 64 KiB spread over it from first to last byte.

    Raises:
        RasterNotReadable: the file cannot be read.
    """
    if not os.path.isfile(path):
        return FileState(None, None, "")
    try:
        status = os.stat(path)
        with open(path, "rb") as stream:
            digest = hashlib.sha256()
            if status.st_size <= _PIECE * _PIECES:
                kind = _WHOLE
                digest.update(stream.read(_PIECE * _PIECES + 1))
            else:
                kind = _SAMPLED
                digest.update(str(status.st_size).encode("ascii"))
                for piece in range(_PIECES):
                    stream.seek((status.st_size - _PIECE) * piece // (_PIECES - 1))
                    digest.update(stream.read(_PIECE))
    except OSError as error:
        raise RasterNotReadable(
            "{name} cannot be read: {reason}.",
            name=os.path.basename(path),
            reason=error.strerror,
        ) from error
    return FileState(status.st_size, status.st_mtime_ns, kind + digest.hexdigest())


def is_unchanged(path: str, known: FileState) -> bool:
    """Whether a file is the one a state was taken of.

    Size and time of change decide. Where only the time differs and the fingerprint covers the whole
    file, the fingerprint decides: a file copied or touched is the same. A larger file with another
    time counts as changed, because a sample cannot prove that it is not.
    """
    if known.size_bytes is None:
        return True
    try:
        status = os.stat(path)
    except OSError:
        return False
    if status.st_size != known.size_bytes:
        return False
    if status.st_mtime_ns == known.modified_ns:
        return True
    return (
        known.fingerprint.startswith(_WHOLE) and file_state(path).fingerprint == known.fingerprint
    )
