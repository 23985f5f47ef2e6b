"""How much of `fixed`'s score a policy keeps with a quarter of its tile evaluations.

Two kinds of real scenes: mosaics whose cells each show another scene class, and VHR-10 images with
labelled objects. For every thing that is there, two questions are put to the tiles of a plan, by
similarity of their grid cells with the thing's name:

- pointing: does the best place for the name lie on the thing (or within 15 px; Zhang et al. 2016)?
- naming: is the thing's own name the best of all names where it lies?

`fixed` looks at every place at the finest resolution that brings more pixels. Intervals are paired
bootstraps over scenes. Where there is no data, scenes that the project draws stand in, and the name
says so.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model_training.data.drawn import drawn_records
from model_training.data.pixels import resize_rgb
from model_training.data.records import ImageText, read_all
from model_training.metrics import Tally, compare, known
from model_training.synthetic import Scene, write_geotiff
from model_training.train import default_data_dir
from rs_vlm_plugin.engine.classify import label_embeddings
from rs_vlm_plugin.engine.dris.plan import DrisPlan
from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.dris.policies import POLICIES
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.raster.normalise import Stretch, fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.raster.source import RasterSource
from rs_vlm_plugin.engine.tile_images import TileImage, read_batches

from .subjects import load_model

Box = tuple[float, float, float, float]
ALL_TILES = 4096
SHARE = 0.25
MARGIN_PX = 15
CELL_PX = 256
SEED = 11


@dataclass(frozen=True)
class Target:
    """Something in a scene: its name and where it is, (x_min, y_min, x_max, y_max) in pixels."""

    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class BenchScene:
    """`rgb` [H, W, 3] and what is in it."""

    rgb: NDArray[np.uint8]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Score:
    """Of one scene: how many targets were pointed at and named rightly, and the tiles it took."""

    pointed: int
    named: int
    tiles: int


@dataclass(frozen=True)
class Eyes:
    """Who looks: the model, and the unit vectors [K, D] of the names it may give."""

    model: Any
    labels: Sequence[str]
    vectors: NDArray[np.float32]


@dataclass(frozen=True)
class Ground:
    """A scene as an open raster, all of it the region of interest."""

    source: RasterSource
    region: Region
    stretch: Stretch

    def plan(self, policy: str, budget: int, input_size: int) -> DrisPlan:
        """The policy's tiles, down to the raster's own pixels."""
        return plan(self.source, self.region, policy, budget, input_size, None, self.stretch)

    def batches(self, made: DrisPlan, input_size: int) -> Iterator[list[TileImage]]:
        """The plan's leaves as model inputs."""
        return read_batches(
            self.source, made.tiles, made.leaves, self.region, input_size, self.stretch
        )


def main() -> None:
    """Score every policy on both kinds of scenes and print the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--mosaics", type=int, default=24, help="how many mosaics to make")
    parser.add_argument("--images", type=int, default=98, help="most VHR-10 images to use")
    arguments = parser.parse_args()
    model = load_model()
    rows = []
    for name, scenes in subjects(
        arguments.data, arguments.split, arguments.mosaics, arguments.images
    ):
        rows += benchmark(name, scenes, model)
    print(json.dumps(rows))


def subjects(
    data_dir: Path, split: str, mosaic_count: int, image_count: int
) -> Iterator[tuple[str, list[BenchScene]]]:
    """Both kinds of scenes, with a name that says what they are of."""
    drawn, _ = drawn_records(8 * image_count, SEED) if not data_dir.is_dir() else ([], {})
    if (data_dir / "ucm" / f"{split}.parquet").is_file():
        yield f"mosaics of ucm {split}", mosaics(read_all(data_dir, "ucm", split), 4, mosaic_count)
    elif drawn:
        yield "mosaics, drawn", mosaics(drawn, 3, mosaic_count)
    if (data_dir / "vhr10" / f"{split}.parquet").is_file():
        records = read_all(data_dir, "vhr10", split)
        yield f"vhr10 {split}", [boxed_scene(r) for r in records if r.boxes][:image_count]
    elif drawn:
        yield "objects, drawn", [boxed_scene(r) for r in drawn if r.boxes][:image_count]


def mosaics(records: Sequence[ImageText], side: int, count: int) -> list[BenchScene]:
    """Scenes of side x side images, each of another scene class.

    Raises:
        ValueError: the records have fewer classes than a mosaic has cells.
    """
    by_class: dict[str, list[ImageText]] = defaultdict(list)
    for record in records:
        if record.scene:
            by_class[record.scene].append(record)
    if len(by_class) < side * side:
        raise ValueError(f"{side * side} cells need as many classes, not {len(by_class)}.")
    draw = random.Random(SEED)
    scenes = []
    for _ in range(count):
        names = draw.sample(sorted(by_class), side * side)
        rgb = np.empty((side * CELL_PX, side * CELL_PX, 3), dtype=np.uint8)
        targets = []
        for index, name in enumerate(names):
            row, col = divmod(index, side)
            top, left = row * CELL_PX, col * CELL_PX
            image = resize_rgb(draw.choice(by_class[name]).rgb(), CELL_PX)
            rgb[top : top + CELL_PX, left : left + CELL_PX] = image
            targets.append(Target(name, ((left, top, left + CELL_PX, top + CELL_PX),)))
        scenes.append(BenchScene(rgb, tuple(targets)))
    return scenes


def boxed_scene(record: ImageText) -> BenchScene:
    """An image with its labelled objects, those of a kind together."""
    boxes: dict[str, list[Box]] = defaultdict(list)
    for box in record.boxes:
        boxes[box.category].append(
            (box.x_min, box.y_min, box.x_min + box.width, box.y_min + box.height)
        )
    return BenchScene(
        record.rgb(), tuple(Target(name, tuple(found)) for name, found in sorted(boxes.items()))
    )


def benchmark(name: str, scenes: Sequence[BenchScene], model: Any) -> list[dict[str, Any]]:
    """One row per policy: what it keeps of `fixed`'s score, in percent with 95 % intervals."""
    labels = sorted({target.name for scene in scenes for target in scene.targets})
    eyes = Eyes(model, labels, label_embeddings(labels, model))
    scores: dict[str, list[Score]] = defaultdict(list)
    for scene in scenes:
        with opened(scene.rgb) as ground:
            whole = ground.plan("fixed", ALL_TILES, model.input_size)
            budget = max(1, int(SHARE * whole.used))
            for policy in POLICIES:
                made = whole
                if policy != "fixed":
                    made = ground.plan(policy, budget, model.input_size)
                scores[policy].append(score(scene, ground, made, eyes))
    wanted = [len(scene.targets) for scene in scenes]
    fixed_tiles = sum(item.tiles for item in scores["fixed"])
    rows = []
    for policy, found in scores.items():
        tiles = sum(item.tiles for item in found)
        row: dict[str, Any] = {
            "scenes": f"{name} ({len(scenes)})",
            "policy": policy,
            "tiles": tiles / len(scenes),
            "tiles_of_fixed": tiles / fixed_tiles,
        }
        for what in ("pointed", "named"):
            before, after = (
                Tally.ratio([getattr(item, what) for item in scores[who]], wanted)
                for who in ("fixed", policy)
            )
            kept = compare(before, after).relative
            row[what] = after.value
            row[f"{what}_kept"] = known(100 + kept.value)
            row[f"{what}_kept_95"] = f"{100 + kept.low:.1f} to {100 + kept.high:.1f}"
        rows.append({**row, "model": model.bundle.manifest.name})
    return rows


def score(scene: BenchScene, ground: Ground, made: DrisPlan, eyes: Eyes) -> Score:
    """Look at the plan's leaves and put both questions for every target."""
    places, seen = look(ground, made, eyes.model)
    likeness = seen @ eyes.vectors.T
    pointed = named = 0
    for target in scene.targets:
        label = eyes.labels.index(target.name)
        pointed += bool(on_target(places[likeness[:, label].argmax()][None], target)[0])
        inside = on_target(places, target, margin=0)
        if not inside.any():
            # Smaller than a grid cell: the place nearest to the first of them shows it.
            x_min, y_min, x_max, y_max = target.boxes[0]
            middle = np.array([(x_min + x_max) / 2, (y_min + y_max) / 2])
            inside = np.arange(len(places)) == ((places - middle) ** 2).sum(axis=1).argmin()
        named += int(likeness[inside].mean(axis=0).argmax()) == label
    return Score(pointed, named, made.used)


def look(
    ground: Ground, made: DrisPlan, model: Any
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Centres (x, y) [P, 2] in raster pixels of the leaves' grid cells, and unit vectors [P, D]."""
    rows, cols = model.bundle.manifest.vision.cells
    size = model.input_size
    across, down = np.meshgrid(
        (np.arange(cols) + 0.5) * size / cols, (np.arange(rows) + 0.5) * size / rows
    )
    across, down = across.ravel(), down.ravel()
    places, vectors = [], []
    for batch in ground.batches(made, size):
        cells = model.encode_images(np.stack([image.pixels for image in batch])).cells
        for image, of_image in zip(batch, cells, strict=True):
            tile = image.tile
            x = tile.read_window.col_off + across * tile.scale
            y = tile.read_window.row_off + down * tile.scale
            # What lies around the tile's own share is another tile's to say.
            own = (x >= tile.window.col_off) & (x < tile.window.col_end)
            own &= (y >= tile.window.row_off) & (y < tile.window.row_end)
            places.append(np.stack([x[own], y[own]], axis=1))
            vectors.append(of_image[own])
    seen = np.concatenate(vectors)
    return np.concatenate(places), seen / np.linalg.norm(seen, axis=1, keepdims=True)


def on_target(
    places: NDArray[np.float64], target: Target, margin: float = MARGIN_PX
) -> NDArray[np.bool_]:
    """Which places [P, 2] lie on one of a target's boxes, or not farther than `margin` from it."""
    boxes = np.array(target.boxes)
    x, y = places[:, :1], places[:, 1:]
    inside = (x >= boxes[:, 0] - margin) & (x < boxes[:, 2] + margin)
    inside &= (y >= boxes[:, 1] - margin) & (y < boxes[:, 3] + margin)
    found: NDArray[np.bool_] = inside.any(axis=1)
    return found


@contextmanager
def opened(rgb: NDArray[np.uint8]) -> Iterator[Ground]:
    """The pixels as a raster with overviews, read as any user's raster is; gone afterwards."""
    scene = Scene(rgb, 1.0, "", objects=(), surfaces=(), captions=(), qa=())
    with tempfile.TemporaryDirectory() as folder:
        path = write_geotiff(scene, Path(folder) / "scene.tif")
        with open_raster(str(path)) as source:
            region = Region.from_window(source.info.transform, source.info.window)
            yield Ground(source, region, fit_stretch(source))


if __name__ == "__main__":
    main()
