"""How often a search finds the right place in a mosaic of real images, by how many tiles were
indexed.

All images of a set's split are laid side by side in one raster, each in a cell of its own in an
order drawn at random. One caption of each of some images is searched for as the command `search`
does it, a closer look included (at twice as many places where the bundle is fitted for a second
one). Among the ten hits, one is right

- in `recall10` where the middle of its outline lies in the cell of the very image;
- in `scene10` where it lies in a cell of the image's scene class, since captions of one class are
  much alike.

`all tiles` indexes the mosaic by `fixed` at the finest resolution that brings more pixels; the
others take the coarse level and a quarter as many of the rest, of their own choice; `automatic` is
what an index gets where no budget is named, a quarter of the tiles of all scales. Each is searched
by vectors of whole tiles alone (`global`), and by those of parts of tiles too (`regions`) where the
model has them. `kept` is the share of the score of `all tiles`, whole, that is kept, with a 95 %
interval by bootstrap over the queries. The floors are what ten cells drawn at random give. Nothing
of the images is kept. Where there is no data, scenes that the project draws stand in, and the name
says so.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model_training.data.drawn import drawn_records
from model_training.data.pixels import resize_rgb
from model_training.data.records import ImageText, read_split
from model_training.train import default_data_dir
from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index, open_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.index.records import GLOBAL, Filter
from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio, open_raster
from rs_vlm_plugin.engine.search import Hit, Query, parse_query, search

from .subjects import FOLDER, load_model

SETS = ("ucm", "rsicd_aid")
CELL_PX = 256
PIXEL_M = 0.5
K = 10
SHARE = 0.25
ALL_TILES = 1_000_000
TARGET_KEPT = 98.0
WAYS = (
    ("fixed", "all tiles"),
    ("fixed", "fixed"),
    ("content", "content"),
    ("random", "random"),
    ("content", "automatic"),
)
SEED = 23
RESAMPLES = 2000


@dataclass(frozen=True)
class Mosaic:
    """A raster of `side` x `side` images in row order, all of them with a caption."""

    path: Path
    side: int
    records: tuple[ImageText, ...]


@dataclass(frozen=True)
class Found:
    """For each query whether the ten hits held the image, and its scene class; and the looks."""

    place: NDArray[np.float64]
    scene: NDArray[np.float64]
    looks: float


def main() -> None:
    """Search every mosaic by every index and print the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--images", type=int, default=400, help="most images in a mosaic")
    parser.add_argument("--queries", type=int, default=100, help="most captions to search for")
    parser.add_argument(
        "--indexed",
        nargs="+",
        choices=[how for _, how in WAYS[1:]],
        default=[how for _, how in WAYS[1:]],
        help="ways to index that are compared with all tiles (default: each)",
    )
    parser.add_argument("--bundle", type=Path, help="model bundle (default: the plugin's own)")
    options = parser.parse_args()
    ways = [way for way in WAYS if way == WAYS[0] or way[1] in options.indexed]
    model = load_model(options.bundle)
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, records in subjects(options.data, options.split, options.images):
        mosaic = laid_out(records, FOLDER / "recall.tif")
        rows += benchmark(name, mosaic, model, options.queries, ways)
        mosaic.path.unlink()
    print(json.dumps(rows))


def subjects(data_dir: Path, split: str, most: int) -> Iterator[tuple[str, list[ImageText]]]:
    """Each set's images, in an order drawn at random."""
    there = [name for name in SETS if (data_dir / name / f"{split}.parquet").is_file()]
    for name in there:
        records = read_split(data_dir, name, split)
        random.Random(SEED).shuffle(records)
        yield f"{name} {split}", records[:most]
    if not there:
        drawn, _ = drawn_records(min(most, 100), SEED)
        yield "drawn", [record for record in drawn if record.captions]


def laid_out(records: Sequence[ImageText], path: Path) -> Mosaic:
    """Images as one GeoTIFF with overviews, as many as fill a square."""
    rasterio = import_rasterio()
    side = int(len(records) ** 0.5)
    if side > 1 and side & (side - 1) == 0:
        # Tiles would be cells, or quarters of them, as no archive is so kind to be cut.
        side -= 1
    used = tuple(records[: side * side])
    profile = {
        "driver": "GTiff",
        "width": side * CELL_PX,
        "height": side * CELL_PX,
        "count": 3,
        "dtype": "uint8",
        "crs": "EPSG:32632",
        "transform": rasterio.transform.from_origin(400_000, 5_300_000, PIXEL_M, PIXEL_M),
        "tiled": True,
        "photometric": "rgb",
    }
    with rasterio.open(path, "w", **profile) as raster:
        for number, record in enumerate(used):
            row, column = divmod(number, side)
            pixels = np.moveaxis(resize_rgb(record.rgb(), CELL_PX), -1, 0)
            at = rasterio.windows.Window(column * CELL_PX, row * CELL_PX, CELL_PX, CELL_PX)
            raster.write(pixels, window=at)
        raster.build_overviews([2, 4, 8, 16], rasterio.enums.Resampling.average)
    return Mosaic(path, side, used)


def benchmark(
    name: str, mosaic: Mosaic, model: Any, queries: int, ways: Sequence[tuple[str, str]] = WAYS
) -> list[dict[str, Any]]:
    """One row for each way to index a mosaic, the first being that by all tiles."""
    # "not many people" says only what is not wanted.
    can_be_asked = [
        number for number in range(len(mosaic.records)) if query_of(mosaic, number) is not None
    ]
    asked = sorted(random.Random(SEED).sample(can_be_asked, min(queries, len(can_be_asked))))
    rows = []
    whole: Found | None = None
    everything = 0
    index = FOLDER / "recall.gpkg"
    for policy, how in ways:
        # A mosaic is square: its coarse level is one tile.
        quarter = 1 + round(SHARE * (everything - 1))
        budget = {"all tiles": ALL_TILES, "automatic": None}.get(how, quarter)
        tiles, vectors = indexed(mosaic, model, policy, budget, index)
        everything = everything or tiles
        levels = {"global": GLOBAL, "regions": None}
        if vectors == tiles:
            del levels["regions"]
        for level, level_name in levels.items():
            found = searched(mosaic, model, index, asked, Filter(level=level_name))
            whole = whole or found
            rows.append(
                row(name, mosaic, model, asked, how, level, tiles, everything, found, whole)
                | {"bytes_a_tile": index.stat().st_size / tiles}
            )
        index.unlink()
    return rows


def row(
    name: str,
    mosaic: Mosaic,
    model: Any,
    asked: Sequence[int],
    how: str,
    vectors: str,
    tiles: int,
    everything: int,
    found: Found,
    whole: Found,
) -> dict[str, Any]:
    """What one way to index and search found."""
    return {
        "mosaic": f"{name} ({len(mosaic.records)} images)",
        "indexed": how,
        "vectors": vectors,
        "tiles": tiles,
        "tiles_of_all": tiles / everything,
        "queries": len(asked),
        "recall10": 100 * found.place.mean(),
        "recall10_random": 100 * K / len(mosaic.records),
        "recall10_kept": kept(found.place, whole.place),
        "recall10_kept_95": interval(found.place, whole.place),
        "scene10": 100 * found.scene.mean(),
        "scene10_random": 100 * scene_floor(mosaic, asked),
        "scene10_kept": kept(found.scene, whole.scene),
        "scene10_kept_95": interval(found.scene, whole.scene),
        "target_kept": TARGET_KEPT,
        "looks_a_query": found.looks,
        "model": model.bundle.manifest.name,
    }


def query_of(mosaic: Mosaic, number: int) -> Query | None:
    """One caption of an image as a query; None where none can be made of it."""
    captions = mosaic.records[number].captions
    try:
        return parse_query(captions[number % len(captions)])
    except BadRequest:
        return None


def indexed(
    mosaic: Mosaic, model: Any, policy: str, budget: int | None, path: Path
) -> tuple[int, int]:
    """Index a mosaic; how many tiles it took, and how many vectors it holds."""
    path.unlink(missing_ok=True)
    raster = str(mosaic.path.resolve())
    inputs = [RasterInput(raster, partial(open_raster, raster))]
    with create_index(path, identity(model)) as index:
        tiles = build(index, inputs, model, policy, budget).tiles
        return tiles, sum(count for _, count in index.info().embeddings)


def searched(mosaic: Mosaic, model: Any, path: Path, asked: Sequence[int], rows: Filter) -> Found:
    """Search for one caption of each image asked for."""
    place, scene, looks = [], [], []
    with open_index(path) as index:
        for number in asked:
            record = mosaic.records[number]
            query = query_of(mosaic, number)
            if query is None:
                continue
            found = search([index], query, model, K, rows, open_raster=open_raster)
            cells = [cell_of(hit, mosaic) for hit in found.hits]
            place.append(number in cells)
            scene.append(record.scene in {mosaic.records[cell].scene for cell in cells})
            looks.append(found.tile_evaluations)
    return Found(np.array(place, float), np.array(scene, float), float(np.mean(looks)))


def cell_of(hit: Hit, mosaic: Mosaic) -> int:
    """The number of the cell in which the middle of a hit's outline lies."""
    parts = hit.geometry["coordinates"]
    rings = (
        parts if hit.geometry["type"] == "Polygon" else [ring for part in parts for ring in part]
    )
    points = np.concatenate([np.asarray(ring, dtype=np.float64) for ring in rings])
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    column, row = hit.match.raster.entry.transform.to_pixel(float(x), float(y))
    last = mosaic.side - 1
    return min(last, int(row // CELL_PX)) * mosaic.side + min(last, int(column // CELL_PX))


def scene_floor(mosaic: Mosaic, asked: Sequence[int]) -> float:
    """How often ten different cells drawn at random hold one of the query's scene class."""
    counts = Counter(record.scene for record in mosaic.records)
    every = len(mosaic.records)
    missed = [
        np.prod(
            [(every - counts[mosaic.records[number].scene] - i) / (every - i) for i in range(K)]
        )
        for number in asked
    ]
    return 1 - float(np.mean(np.clip(missed, 0, 1)))


def kept(found: NDArray[np.float64], whole: NDArray[np.float64]) -> float:
    """The share of the whole's score, in percent; NaN where that is 0."""
    return float(100 * found.mean() / whole.mean()) if whole.any() else float("nan")


def interval(found: NDArray[np.float64], whole: NDArray[np.float64]) -> str:
    """The 95 % interval of `kept` by bootstrap over queries."""
    draws = np.random.default_rng(SEED).integers(0, len(found), (RESAMPLES, len(found)))
    wholes = whole[draws].mean(axis=1)
    shares = 100 * found[draws].mean(axis=1)[wholes > 0] / wholes[wholes > 0]
    if not len(shares):
        return ""
    low, high = np.percentile(shares, (2.5, 97.5))
    return f"{low:.1f} to {high:.1f}"


if __name__ == "__main__":
    main()
