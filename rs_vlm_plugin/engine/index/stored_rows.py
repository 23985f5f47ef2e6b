"""Rasters and tiles as rows of the tables that `schema` makes, and back."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Sequence, Tuple

from ..dris.plan import Tile
from ..geometry import GeoTransform, Window
from .footprints import blob_ring, geometry_blob
from .records import FileState, IndexedRaster, RasterEntry, TileRow

SELECT_RASTERS = (
    "SELECT r.id, r.complete, (SELECT COUNT(*) FROM tiles t WHERE t.raster_id = r.id), uri, "
    "relative, name, size_bytes, modified_ns, fingerprint, width, height, transform, crs_wkt, "
    "gsd_m, bands, policy, budget, plan_digest, planned_tiles FROM rsvlm_rasters r "
)
INSERT_RASTER = (
    "INSERT INTO rsvlm_rasters (uri, relative, name, size_bytes, modified_ns, fingerprint, width, "
    "height, transform, crs_wkt, gsd_m, bands, policy, budget, plan_digest, planned_tiles, "
    "complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
)
INSERT_TILE = (
    "INSERT INTO tiles (geom, raster, raster_id, number, depth, scale, gsd_m, col_off, row_off, "
    "width, height, read_col_off, read_row_off, read_width, read_height, valid_fraction, "
    "expected_gain, reason, parent, leaf) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_EMBEDDING = (
    "INSERT INTO rsvlm_embeddings (tile_fid, level, part, scale, vector) VALUES (?, ?, ?, ?, ?)"
)
_TILES = (
    "SELECT geom, raster_id, number, depth, scale, gsd_m, col_off, row_off, width, height, "
    "read_col_off, read_row_off, read_width, read_height, valid_fraction, expected_gain, reason, "
    "parent, leaf FROM tiles "
)
SELECT_TILE = _TILES + "WHERE fid = ?"
SELECT_LARGEST_LEAF = (
    _TILES + "WHERE raster_id = ? AND leaf = 1 ORDER BY max(width, height) DESC LIMIT 1"
)
HAS_LEVEL = (
    "SELECT EXISTS (SELECT 1 FROM tiles JOIN rsvlm_embeddings ON tile_fid = fid "
    "WHERE raster_id = ? AND level = ?)"
)


def raster_values(entry: RasterEntry) -> Tuple[Any, ...]:
    """What `INSERT_RASTER` takes."""
    transform = entry.transform
    return (
        entry.uri,
        entry.relative,
        entry.name,
        entry.state.size_bytes,
        entry.state.modified_ns,
        entry.state.fingerprint,
        entry.width,
        entry.height,
        json.dumps([getattr(transform, letter) for letter in "abcdef"]),
        entry.crs_wkt,
        entry.gsd_m,
        json.dumps(list(entry.bands)),
        entry.policy,
        entry.budget,
        entry.plan_digest,
        entry.planned_tiles,
    )


def raster_of(row: Sequence[Any]) -> IndexedRaster:
    """From a row of `SELECT_RASTERS`. Raises `ValueError` or `TypeError` for a damaged one."""
    (number, complete, stored, uri, relative, name, size, modified, fingerprint) = row[:9]
    (width, height, transform, crs_wkt, gsd_m, bands, policy, budget, digest, planned) = row[9:]
    entry = RasterEntry(
        uri=str(uri),
        relative=str(relative),
        name=str(name),
        state=FileState(size, modified, str(fingerprint)),
        width=int(width),
        height=int(height),
        transform=GeoTransform(*(float(value) for value in json.loads(transform))),
        crs_wkt=str(crs_wkt),
        gsd_m=None if gsd_m is None else float(gsd_m),
        bands=tuple(int(band) for band in json.loads(bands)),
        policy=str(policy),
        budget=int(budget),
        plan_digest=str(digest),
        planned_tiles=int(planned),
    )
    return IndexedRaster(int(number), entry, int(stored), bool(complete))


def tile_values(raster: IndexedRaster, row: TileRow) -> Tuple[Any, ...]:
    """What `INSERT_TILE` takes."""
    tile = row.tile
    return (
        None if row.outline is None else geometry_blob(row.outline),
        raster.entry.name,
        raster.id,
        row.number,
        tile.level,
        tile.scale,
        row.gsd_m,
        *_window_values(tile.window),
        *_window_values(tile.read_window),
        tile.valid_fraction,
        tile.score,
        tile.reason,
        tile.parent,
        int(row.leaf),
    )


def _window_values(window: Window) -> Tuple[int, int, int, int]:
    return window.col_off, window.row_off, window.width, window.height


def tile_of(row: Sequence[Any]) -> TileRow:
    """From a row of `SELECT_TILE`. Raises `ValueError`, `TypeError` or `struct.error` for a damaged
    one."""
    (geom, _, number, depth, scale, gsd_m) = row[:6]
    tile = Tile(
        window=Window(*(int(value) for value in row[6:10])),
        read_window=Window(*(int(value) for value in row[10:14])),
        scale=float(scale),
        level=int(depth),
        score=float(row[15]),
        reason=str(row[16]),
        valid_fraction=float(row[14]),
        parent=None if row[17] is None else int(row[17]),
    )
    outline = None if geom is None else blob_ring(geom)
    return TileRow(int(number), tile, bool(row[18]), outline, gsd_m)


def delete_raster(connection: sqlite3.Connection, raster_id: int) -> None:
    """Take a raster out with its tiles and their embeddings."""
    connection.execute(
        "DELETE FROM rsvlm_embeddings WHERE tile_fid IN "
        "(SELECT fid FROM tiles WHERE raster_id = ?)",
        (raster_id,),
    )
    connection.execute("DELETE FROM tiles WHERE raster_id = ?", (raster_id,))
    connection.execute("DELETE FROM rsvlm_rasters WHERE id = ?", (raster_id,))
