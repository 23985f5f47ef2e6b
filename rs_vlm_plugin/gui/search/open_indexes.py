"""Indexes kept open between two keystrokes: the first search reads the vectors, the next do not."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Dict, List, Sequence, Tuple

from ...engine.errors import IndexNotFound

if TYPE_CHECKING:
    from ...engine.index.geopackage import GeoPackageIndex

_File = Tuple[int, int]


class OpenIndexes:
    """Indexes open for reading. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Dict[Path, Tuple[_File, GeoPackageIndex]] = {}

    def get(self, paths: Sequence[Path]) -> List[GeoPackageIndex]:
        """The indexes of these files, opened where they are not yet; all others are closed.

        Raises:
            IndexNotFound, IndexInvalid, IndexFormatUnsupported, IndexBusy: one cannot be used.
        """
        from ...engine.index.geopackage import open_index

        with self._lock:
            for path in [path for path in self._open if path not in paths]:
                self._open.pop(path)[1].close()
            for path in paths:
                file = _file(path)
                known = self._open.get(path)
                if known is not None and known[0] == file:
                    continue
                if known is not None:
                    # Another file has taken its name since.
                    self._open.pop(path)[1].close()
                self._open[path] = (file, open_index(path))
            return [self._open[path][1] for path in paths]

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for _, index in self._open.values():
                index.close()
            self._open.clear()


def _file(path: Path) -> _File:
    try:
        status = os.stat(path)
    except OSError as error:
        raise IndexNotFound(
            "The search index {path} is no longer there.",
            "Build it again, or add it from where it is now.",
            path=path,
        ) from error
    return status.st_dev, status.st_ino
