"""Which rasters a file or folder name stands for."""

from __future__ import annotations

import os
from typing import Iterator, List

from ..errors import RasterNotReadable

SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".png", ".jpg", ".jpeg", ".ntf")


def rasters_of(argument: str) -> Iterator[str]:
    """A file as it is; of a folder, every raster in it and below, by suffix, in order of name.

    Hidden folders below it are left out: they hold caches and environments, not archives.

    Raises:
        RasterNotReadable: a folder without a raster, or, after all others, one that cannot be
            listed.
    """
    if not os.path.isdir(argument):
        yield argument
        return
    found = False
    locked: List[OSError] = []
    for folder, folders, files in os.walk(argument, onerror=locked.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES):
                found = True
                yield os.path.join(folder, name)
    if locked:
        raise RasterNotReadable(
            f"The folder {locked[0].filename} cannot be read: {locked[0].strerror}."
        )
    if not found:
        raise RasterNotReadable(
            "The folder holds no raster.", f"Files are found by suffix: {', '.join(SUFFIXES)}."
        )
