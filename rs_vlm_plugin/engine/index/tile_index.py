"""The contract of a tile index, whatever stores it."""

from __future__ import annotations

from typing import FrozenSet, List, Optional, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from .records import (
    EVERYTHING,
    Filter,
    IndexedRaster,
    IndexInfo,
    Match,
    RasterEntry,
    RegionRows,
    TileRow,
)


class TileIndex(Protocol):
    """Tiles of many rasters with their embeddings, searchable by vector.

    Every method raises `IndexInvalid`, `IndexBusy` or `IndexNotWritable` with a sentence of its
    own where the store fails. Safe to use from several threads.
    """

    def info(self) -> IndexInfo:
        """What is in it. Reads counts, not rows."""

    def rasters(self) -> List[IndexedRaster]:
        """Every raster, in the order of indexing."""

    def begin(self, entry: RasterEntry) -> IndexedRaster:
        """Add a raster without tiles, or find it again.

        One that is there with the same plan keeps its tiles; with another plan, or of a changed
        file, it loses them.
        """

    def resume(self, raster: IndexedRaster) -> FrozenSet[int]:
        """Numbers of the tiles that are stored already."""

    def append(
        self,
        raster: IndexedRaster,
        rows: Sequence[TileRow],
        embeddings: NDArray[np.float32],
        regions: Optional[RegionRows] = None,
    ) -> None:
        """Store tiles, their global embeddings `[len(rows), D]` and those of their parts, all or
        none, for good."""

    def complete(self, raster: IndexedRaster) -> None:
        """Say that a raster's tiles are all there."""

    def renew(self, raster: IndexedRaster) -> None:
        """Have a raster's tiles made anew by the next build; they stay until it gets there."""

    def rename(self, raster: IndexedRaster, uri: str) -> None:
        """Keep a raster's tiles under another uri, its file having moved."""

    def delete(self, raster: IndexedRaster) -> None:
        """Take a raster and its tiles out."""

    def search(self, vector: NDArray[np.float32], k: int, rows: Filter = EVERYTHING) -> List[Match]:
        """The `k` rows with the greatest dot product, exactly, best first; ties by age.

        Args:
            vector: `[D]` of unit length.
            k: how many, at least 1; fewer come where the filter leaves fewer.
            rows: which rows count.
        """

    def close(self) -> None:
        """Let go of the store."""
