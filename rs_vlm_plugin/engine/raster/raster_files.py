"""Which rasters a file, folder or list stands for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Dict, Iterator, List, Sequence, Tuple

from ..errors import RasterNotReadable
from .raster_lists import is_list, listed_rasters

SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".png", ".jpg", ".jpeg", ".ntf")


@dataclass(frozen=True)
class ResolvedRasters:
    """The rasters that arguments stand for, each once, files as absolute paths; and what is wrong
    with an argument, beside that argument."""

    rasters: Tuple[str, ...]
    problems: Tuple[Tuple[str, RasterNotReadable], ...]


def resolve_rasters(arguments: Sequence[str]) -> ResolvedRasters:
    """All rasters of files, folders and lists; what cannot be used does not hide the rest.

    Nothing is opened: a raster that is not there is found out when it is read.
    """
    rasters: Dict[str, None] = {}
    problems: List[Tuple[str, RasterNotReadable]] = []
    for argument in arguments:
        try:
            for raster in rasters_of(argument):
                rasters[os.path.abspath(raster) if os.path.exists(raster) else raster] = None
        except RasterNotReadable as error:
            problems.append((argument, error))
    return ResolvedRasters(tuple(rasters), tuple(problems))


def rasters_of(argument: str) -> Iterator[str]:
    """A file as it is; of a folder, every raster in it and below, by suffix, in order of name; of a
    list (see `raster_lists`) every raster it names, folders included.

    Hidden folders below a folder are left out: they hold caches and environments, not archives.

    Raises:
        RasterNotReadable: a folder without a raster, a list that cannot be read, or, after all
            others, a folder that cannot be listed or an entry of a list that cannot be used.
    """
    if os.path.isdir(argument):
        yield from _in_folder(argument)
    elif is_list(argument):
        empty: List[RasterNotReadable] = []
        for raster in listed_rasters(argument):
            try:
                yield from _in_folder(raster) if os.path.isdir(raster) else (raster,)
            except RasterNotReadable as error:
                empty.append(error)
        if empty:
            raise empty[0]
    else:
        yield argument


def _in_folder(argument: str) -> Iterator[str]:
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
            "The folder {folder} cannot be read: {reason}.",
            folder=locked[0].filename,
            reason=locked[0].strerror,
        )
    if not found:
        raise RasterNotReadable(
            "The folder {folder} holds no raster.",
            "Files are found by suffix: {suffixes}.",
            folder=argument,
            suffixes=", ".join(SUFFIXES),
        )
