"""Builds real indexes for the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Sequence

from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import GeoPackageIndex, create_index, open_index
from rs_vlm_plugin.engine.index.outcome import BuildReport
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster


class StopAfter(Silent):
    """Cancels once it was asked this many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def is_cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


def inputs(rasters: Sequence[Path]) -> list[RasterInput]:
    """Rasters as `build` takes them."""
    return [RasterInput(str(path), lambda path=path: open_raster(str(path))) for path in rasters]


def make_index(path: Path, rasters: Sequence[Path], model: Any, **settings: Any) -> Path:
    """An index of rasters, closed."""
    with create_index(path, identity(model)) as index:
        build(index, inputs(rasters), model, **settings)
    return path


def continue_index(
    path: Path, rasters: Sequence[Path], model: Any, feedback: Optional[Any] = None, **settings: Any
) -> BuildReport:
    """Build again into an index that is there."""
    with open_index(path, writable=True) as index:
        return build(index, inputs(rasters), model, feedback=feedback, **settings)


def stored_tiles(index: GeoPackageIndex) -> list[tuple]:
    """What tells tiles apart: raster, number, window, sorted."""
    import sqlite3

    with sqlite3.connect(index.path) as connection:
        return connection.execute(
            "SELECT raster, number, col_off, row_off, width, height, depth, vector "
            "FROM tiles JOIN rsvlm_embeddings ON tile_fid = fid ORDER BY raster, number"
        ).fetchall()
