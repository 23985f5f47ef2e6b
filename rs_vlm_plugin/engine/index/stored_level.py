"""An index's vectors in memory, as the search wants them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .nearest import VectorMatrix
from .records import REGION
from .tile_places import TilePlaces

_COUNT = "SELECT COUNT(*) FROM rsvlm_embeddings WHERE level = ?"
_VECTORS = (
    "SELECT tile_fid, part, scale, vector FROM rsvlm_embeddings WHERE level = ? ORDER BY id LIMIT ?"
)
_AT_ONCE = 10_000


@dataclass
class StoredLevel:
    """The vectors of one level in the order they were stored, and whose they are."""

    name: str
    matrix: VectorMatrix
    tile_fids: NDArray[np.int64]
    parts: NDArray[np.int64]
    places: Optional[TilePlaces] = None

    @classmethod
    def read(cls, connection: sqlite3.Connection, name: str, size: int) -> StoredLevel:
        """All vectors of a level, of a size.

        Raises:
            ValueError, TypeError: a vector of another size than the model's, or whose scale is no
                number: every search would pass it over, as if nothing were there.
        """
        count = int(connection.execute(_COUNT, (name,)).fetchone()[0])
        cursor = connection.execute(_VECTORS, (name, count))
        integers = np.empty((count, size), dtype=np.int8)
        scales = np.empty(count, dtype=np.float32)
        keys = np.empty((count, 2), dtype=np.int64)
        done = 0
        while True:
            rows = cursor.fetchmany(_AT_ONCE)
            if not rows:
                break
            end = done + len(rows)
            blob = b"".join(row[3] for row in rows)
            if len(blob) != len(rows) * size or end > count:
                raise ValueError("a vector of a wrong size")
            integers[done:end] = np.frombuffer(blob, dtype=np.int8).reshape(-1, size)
            scales[done:end] = [row[2] for row in rows]
            keys[done:end] = [row[:2] for row in rows]
            done = end
        # SQLite reads a NaN as NULL, and NumPy that as NaN again.
        if not (np.isfinite(scales[:done]) & (scales[:done] >= 0)).all():
            raise ValueError("a scale that is no number")
        matrix = VectorMatrix(integers[:done], scales[:done])
        return cls(name, matrix, keys[:done, 0].copy(), keys[:done, 1].copy())

    def read_places(
        self, connection: sqlite3.Connection, rows: Optional[NDArray[np.int64]] = None
    ) -> TilePlaces:
        """Where some rows' tiles or parts are, or all rows' (None); see `TilePlaces.read`."""
        chosen = slice(None) if rows is None else rows
        parts = self.parts[chosen] if self.name == REGION else None
        return TilePlaces.read(connection, self.tile_fids[chosen], parts, few=rows is not None)
