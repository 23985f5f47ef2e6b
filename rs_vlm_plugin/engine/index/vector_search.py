"""The search of an index: vectors and places kept in memory, read anew once somebody wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Dict, Iterable, List, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from .database import IndexDatabase
from .faults import damage, damaged
from .nearest import VectorMatrix
from .parts import part_row
from .records import EVERYTHING, LEVELS, REGION, Filter, IndexedRaster, Match
from .stored_level import StoredLevel
from .stored_rows import SELECT_TILE, tile_of
from .tile_places import TilePlaces

# Of more rows than this the nearest few are tried before the places of all tiles are read.
_MANY, _FEW = 100_000, 4096


class VectorSearch:
    """Rows nearest to a vector.

    Args:
        database: the index's file.
        size: of its vectors.
        rasters: gives those of the index.
    """

    def __init__(
        self,
        database: IndexDatabase,
        size: int,
        rasters: Callable[[], Iterable[IndexedRaster]],
    ) -> None:
        self._database = database
        self._size = size
        self._rasters = rasters
        self._levels: Dict[str, StoredLevel] = {}
        self._known: Dict[int, IndexedRaster] = {}
        self._version: Optional[Tuple[int, int]] = None

    def nearest(self, vector: NDArray[np.float32], k: int, rows: Filter) -> List[Match]:
        """See `TileIndex.search`."""
        with self._database.reading():
            names = LEVELS if rows.level is None else (rows.level,)
            nearest = [
                (level, number, similarity)
                for level in map(self._level, names)
                for number, similarity in self._nearest(level, vector, k, rows)
            ]
            # sorted() is stable: of equals in two levels the whole tile comes first.
            nearest = sorted(nearest, key=lambda row: -row[2])[:k]
            return [self._match(*row) for row in nearest]

    def stored(self, level: str) -> Tuple[VectorMatrix, TilePlaces]:
        """See `GeoPackageIndex.stored`."""
        with self._database.reading():
            found = self._level(level)
            return found.matrix, self._places(found)

    def forget(self) -> None:
        """Let go of what is in memory."""
        with self._database.reading():
            self._levels = {}

    def _nearest(
        self, level: StoredLevel, vector: NDArray[np.float32], k: int, rows: Filter
    ) -> List[Tuple[int, float]]:
        """The best rows of one level, and their similarities."""
        if not len(level.matrix):
            return []
        if replace(rows, level=None) == EVERYTHING:
            return _paired(*level.matrix.nearest(vector, k))
        entries = {number: raster.entry for number, raster in self._known.items()}
        if level.places is None and len(level.matrix) > _MANY:
            # Where the filter keeps many rows, k of them are among the nearest few of all, and
            # the places of a million tiles need not be read.
            few = max(k, _FEW)
            numbers, similarities = level.matrix.nearest(vector, few)
            kept = self._read_places(level, numbers).kept(rows, entries)
            if kept.sum() >= k or len(numbers) < few:
                return _paired(numbers[kept][:k], similarities[kept][:k])
        keep = self._places(level).kept(rows, entries)
        return _paired(*level.matrix.nearest(vector, k, keep))

    def _match(self, level: StoredLevel, number: int, similarity: float) -> Match:
        part = int(level.parts[number])
        with self._database.reading() as connection:
            found = connection.execute(SELECT_TILE, (int(level.tile_fids[number]),)).fetchone()
        if found is None or found[1] not in self._known:
            raise damaged(self._database.path)
        with damage(self._database.path):
            row = tile_of(found)
            if level.name == REGION:
                row = part_row(row, part)
        return Match(
            raster=self._known[found[1]],
            row=row,
            level=level.name,
            part=part,
            similarity=similarity,
            embedding=level.matrix.vectors(np.array([number]))[0],
        )

    def _level(self, name: str) -> StoredLevel:
        """The vectors of a level, read anew where anybody has written since."""
        with self._database.reading() as connection:
            version = self._database.version()
            if version != self._version:
                self._levels = {}
                self._version = version
            if not self._levels:
                # Counting each raster's tiles takes long enough to be done once.
                self._known = {raster.id: raster for raster in self._rasters()}
            if name not in self._levels:
                with damage(self._database.path):
                    self._levels[name] = StoredLevel.read(connection, name, self._size)
        return self._levels[name]

    def _places(self, level: StoredLevel) -> TilePlaces:
        if level.places is None:
            level.places = self._read_places(level)
        return level.places

    def _read_places(
        self, level: StoredLevel, rows: Optional[NDArray[np.int64]] = None
    ) -> TilePlaces:
        with self._database.reading() as connection, damage(self._database.path):
            return level.read_places(connection, rows)


def _paired(
    numbers: NDArray[np.int64], similarities: NDArray[np.float64]
) -> List[Tuple[int, float]]:
    return list(zip(numbers.tolist(), similarities.tolist()))
