"""Which rasters a command-line argument stands for."""

from __future__ import annotations

import os
from typing import Iterator

from ..engine.errors import RasterNotReadable

SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".png", ".jpg", ".jpeg", ".ntf")


def rasters_of(argument: str) -> Iterator[str]:
    """A file as it is; of a folder, every raster in it and below, by suffix, in order of name.

    Raises:
        RasterNotReadable: a folder without a raster.
    """
    if not os.path.isdir(argument):
        yield argument
        return
    found = False
    for folder, folders, files in os.walk(argument):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES):
                found = True
                yield os.path.join(folder, name)
    if not found:
        raise RasterNotReadable(
            "The folder holds no raster.", f"Files are found by suffix: {', '.join(SUFFIXES)}."
        )
