"""A query over 10,000 and 1,000,000 rows of an index on disk, and whether its order is exact.

Rows are random unit vectors of the bundled model's size, the hardest case there is for a search
that leaves rows out. "first" includes reading the file, "region" is a quarter of all rows, "corner"
a ten-thousandth. "text" is the whole way from typed words to hits without a closer look, with the
text encoder; a first paint in the dock waits for that.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from rs_vlm_plugin.engine.geometry import GeoTransform, Region
from rs_vlm_plugin.engine.index.building import identity
from rs_vlm_plugin.engine.index.footprints import geometry_blob
from rs_vlm_plugin.engine.index.geopackage import create_index, open_index
from rs_vlm_plugin.engine.index.quantise import quantised
from rs_vlm_plugin.engine.index.records import FileState, Filter, RasterEntry
from rs_vlm_plugin.engine.search import find_places, parse_query

from .subjects import FOLDER, load_model

ROWS = (10_000, 1_000_000)
QUERIES = 20
K = 10
TARGET_MS = {10_000: 50, 1_000_000: 100}
_AT_ONCE = 50_000
_SIDE = 160


def main() -> None:
    """Time both sizes."""
    model = load_model()
    print(json.dumps([measure(rows, model) for rows in ROWS]))


def measure(rows: int, model: Any) -> dict[str, Any]:
    """Write an index of random rows, search it, remove it."""
    path = FOLDER / f"synthetic_{rows}.gpkg"
    FOLDER.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    size = model.bundle.manifest.embedding_size["global"]
    integers, scales = _write(path, rows, size, model)
    random = np.random.default_rng(1)
    queries = _unit(random.standard_normal((QUERIES, size)))
    with open_index(path) as index:
        first = _seconds(lambda: index.search(queries[0], K))
        vector_ms = _median_ms(lambda number: index.search(queries[number], K))
        exact = all(
            [match.row.number for match in index.search(query, K)]
            == _brute_force(integers, scales, query)
            for query in queries[:3]
        )
        side = int(rows**0.5)
        quarter = Filter(region=Region.from_bounds(0, -_SIDE * side / 2, _SIDE * side / 2, 0))
        region_first = _seconds(lambda: index.search(queries[0], K, quarter))
        region_ms = _median_ms(lambda number: index.search(queries[number], K, quarter))
        # A ten-thousandth of the rows, so that the places of all have to be read.
        corner = Filter(region=Region.from_bounds(0, -_SIDE * side / 100, _SIDE * side / 100, 0))
        corner_first = _seconds(lambda: index.search(queries[0], K, corner))
        asked = [parse_query(f"{word} near a road not water") for word in _WORDS]
        find_places([index], asked[0], model, K)
        text_ms = _median_ms(lambda number: find_places([index], asked[number], model, K))
    megabytes = path.stat().st_size / 1e6
    path.unlink()
    return {
        "rows": rows,
        "vector_ms": vector_ms,
        "in_region_ms": region_ms,
        "in_region_first_s": region_first,
        "in_corner_first_s": corner_first,
        "text_ms": text_ms,
        "target_ms": TARGET_MS[rows],
        "exact_order": exact,
        "first_s": first,
        "file_mb": megabytes,
        "model": model.bundle.manifest.name,
    }


_WORDS = (
    "planes", "tanks", "houses", "boats", "fields", "trees", "cars", "bridges", "ponds", "courts",
    "roofs", "rails", "beaches", "parks", "schools", "churches", "towers", "dunes", "hills", "sea",
)  # fmt: skip


def _median_ms(run: Callable[[int], object]) -> float:
    return statistics.median(_seconds(partial(run, number)) * 1000 for number in range(QUERIES))


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _brute_force(integers: Any, scales: Any, query: Any) -> list[int]:
    products = np.empty(len(scales))
    for start in range(0, len(scales), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        values = integers[part].astype(np.float64) * query.astype(np.float64)
        products[part] = values.sum(axis=1) * scales[part].astype(np.float64)
    return np.lexsort((np.arange(len(products)), -products))[:K].tolist()


def _write(path: Path, rows: int, size: int, model: Any) -> tuple[Any, Any]:
    """An index of one raster, a square of tiles; rows go in past the batches of a build."""
    side = int(rows**0.5)
    entry = RasterEntry(
        "synthetic", "", "synthetic", FileState(None, None, ""), side * _SIDE, side * _SIDE,
        GeoTransform(1, 0, 0, 0, -1, 0), "", 1.0, (1, 2, 3), "fixed", 0, "", rows,
    )  # fmt: skip
    with create_index(path, identity(model)) as index:
        raster = index.begin(entry)
    random = np.random.default_rng(0)
    integers = np.empty((rows, size), np.int8)
    scales = np.empty(rows, np.float32)
    with sqlite3.connect(path) as connection:
        for start in range(0, rows, _AT_ONCE):
            numbers = range(start, min(rows, start + _AT_ONCE))
            vectors = _unit(random.standard_normal((len(numbers), size), dtype=np.float32))
            integers[start : numbers.stop], scales[start : numbers.stop] = quantised(vectors)
            connection.executemany(
                "INSERT INTO tiles (geom, raster, raster_id, number, depth, scale, gsd_m, col_off, "
                "row_off, width, height, read_col_off, read_row_off, read_width, read_height, "
                "valid_fraction, expected_gain, reason, leaf) VALUES "
                "(?, 'synthetic', ?, ?, 3, 1, 1, ?, ?, 160, 160, ?, ?, 160, 160, 1, 1, '', 1)",
                (
                    (_footprint(n, side), raster.id, n, *2 * (n % side * _SIDE, n // side * _SIDE))
                    for n in numbers
                ),
            )
            connection.executemany(
                "INSERT INTO rsvlm_embeddings (tile_fid, level, part, scale, vector) "
                "VALUES (?, 'global', 0, ?, ?)",
                ((n + 1, float(scales[n]), integers[n].tobytes()) for n in numbers),
            )
    connection.close()
    return integers, scales


def _footprint(number: int, side: int) -> bytes:
    west, north = number % side * 1e-4, number // side * -1e-4
    east, south = west + 1e-4, north - 1e-4
    return geometry_blob(
        ((west, north), (east, north), (east, south), (west, south), (west, north))
    )


def _unit(vectors: Any) -> Any:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / norms).astype(np.float32)


if __name__ == "__main__":
    main()
