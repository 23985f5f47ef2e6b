"""How much of `fixed`'s score a policy keeps with a quarter of its tile evaluations.

Two kinds of real scenes: mosaics whose cells each show another scene class, and VHR-10 images with
labelled objects. For every thing that is there, two questions are put to the tiles of a plan, by
similarity of their grid cells with the thing's name, each place as the plan's tiles of every scale
saw it (`cells_at_every_scale`):

- pointing: does the best place for the name lie on the thing (or within 15 px; Zhang et al. 2016)?
  A model of three levels points at objects with its fine cells.
- naming: is the thing's own name the best of all names where it lies?

`fixed` looks at every place at the finest resolution that brings more pixels. `query` plans anew
for each name, with the same budget for each; that it looks for a name when it is asked whether the
name fits there makes naming a check for it. `oracle` knows what `fixed` saw: it splits the tile
whose targets lose most of their loss by it. Intervals are paired bootstraps over scenes, against
`fixed`, `random` and `content`. Where there is no data, scenes that the project draws stand in, and
the name says so.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
from rs_vlm_plugin.engine.dris.every_scale import PlaceCells, cells_at_every_scale, within
from rs_vlm_plugin.engine.dris.model_looker import LEARNED, QUERY, look_for, look_for_detail
from rs_vlm_plugin.engine.dris.plan import DrisPlan, Tile
from rs_vlm_plugin.engine.dris.planner import plan, plan_looking
from rs_vlm_plugin.engine.dris.policies import POLICIES
from rs_vlm_plugin.engine.dris.quadtree import split
from rs_vlm_plugin.engine.dris.seeing import Looked
from rs_vlm_plugin.engine.geometry import Region, Window
from rs_vlm_plugin.engine.model.encoding import Encoding
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
ORACLE = "oracle"
LEFT_OVER = 1e-3
RIVALS = ("fixed", "random", "content")


@dataclass(frozen=True)
class Target:
    """Something in a scene: its name and where it is, (x_min, y_min, x_max, y_max) in pixels."""

    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class BenchScene:
    """`rgb` [H, W, 3] and what is in it: objects, or parts that are a scene each."""

    rgb: NDArray[np.uint8]
    targets: tuple[Target, ...]
    of_objects: bool = False


@dataclass(frozen=True)
class Score:
    """Of one scene: how many targets were pointed at and named rightly, and the tiles it took (a
    mean where each target has a plan of its own)."""

    pointed: int
    named: int
    tiles: float


@dataclass(frozen=True)
class View:
    """What the leaves of a plan show: `coarse` cells say what a place is, `fine` ones where an
    object is. A model of the global level only has the coarse ones for both."""

    coarse: PlaceCells
    fine: PlaceCells

    def pointing(self, scene: BenchScene) -> PlaceCells:
        """The cells to point with at what a scene is made of."""
        return self.fine if scene.of_objects else self.coarse


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
        """The policy's tiles, down to the raster's own pixels, chosen one by one."""
        return plan(
            self.source, self.region, policy, budget, input_size, None, self.stretch, in_parts=True
        )

    def tile_batches(self, tiles: Sequence[Tile], input_size: int) -> Iterator[list[TileImage]]:
        """Tiles as model inputs."""
        return read_batches(
            self.source, tiles, range(len(tiles)), self.region, input_size, self.stretch
        )


def main() -> None:
    """Score every policy on both kinds of scenes and print the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--mosaics", type=int, default=24, help="how many mosaics to make")
    parser.add_argument("--images", type=int, default=98, help="most VHR-10 images to use")
    parser.add_argument("--bundle", type=Path, help="model bundle (default: the plugin's own)")
    arguments = parser.parse_args()
    model = load_model(arguments.bundle)
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
        record.rgb(),
        tuple(Target(name, tuple(found)) for name, found in sorted(boxes.items())),
        of_objects=True,
    )


def benchmark(name: str, scenes: Sequence[BenchScene], model: Any) -> list[dict[str, Any]]:
    """One row per policy: what it keeps of `fixed`'s score, in percent with 95 % intervals."""
    labels = sorted({target.name for scene in scenes for target in scene.targets})
    eyes = Eyes(model, labels, label_embeddings(labels, model))
    scores: dict[str, list[Score]] = defaultdict(list)
    for scene in scenes:
        with opened(scene.rgb) as ground:
            for policy, found in scored(scene, ground, eyes).items():
                scores[policy].append(found)
    wanted = [len(scene.targets) for scene in scenes]
    fixed_tiles = sum(item.tiles for item in scores["fixed"])
    rows = []
    for policy, found_ones in scores.items():
        tiles = sum(item.tiles for item in found_ones)
        row: dict[str, Any] = {
            "scenes": f"{name} ({len(scenes)})",
            "policy": policy,
            "tiles": tiles / len(scenes),
            "tiles_of_fixed": tiles / fixed_tiles,
        }
        for what in ("pointed", "named"):
            tallies = {
                who: Tally.ratio([getattr(item, what) for item in scores[who]], wanted)
                for who in (*RIVALS, policy)
            }
            kept = compare(tallies["fixed"], tallies[policy]).relative
            row[what] = tallies[policy].value
            row[f"{what}_kept"] = known(100 + kept.value)
            row[f"{what}_kept_95"] = f"{100 + kept.low:.1f} to {100 + kept.high:.1f}"
            for rival in RIVALS[1:]:
                more = compare(tallies[rival], tallies[policy]).difference
                row[f"{what}_over_{rival}"] = more.value
                row[f"{what}_over_{rival}_95"] = f"{more.low:+.1f} to {more.high:+.1f}"
        rows.append({**row, "model": model.bundle.manifest.name})
    return rows


def scored(scene: BenchScene, ground: Ground, eyes: Eyes) -> dict[str, Score]:
    """What each policy makes of one scene; `learned` only where the model has learnt it."""
    model = eyes.model
    size = model.input_size
    whole = ground.plan("fixed", ALL_TILES, size)
    budget = max(1, int(SHARE * whole.used))
    finest = look(ground, whole, model)
    found = {"fixed": score(scene, finest, eyes, whole.used)}
    for policy in POLICIES:
        if policy != "fixed":
            made = ground.plan(policy, budget, size)
            found[policy] = score(scene, look(ground, made, model), eyes, made.used)
    where = (ground.source, ground.region)
    if model.detail_grid is not None:
        detailed = look_for_detail(*where, model, budget, ground.stretch)
        found[LEARNED] = score(scene, seen_by(detailed, model), eyes, detailed.plan.used)
    each = []
    for target in scene.targets:
        vector = eyes.vectors[eyes.labels.index(target.name)]
        sought = look_for(*where, vector, model, budget, ground.stretch)
        only = replace(scene, targets=(target,))
        each.append(score(only, seen_by(sought, model), eyes, sought.plan.used))
    found[QUERY] = Score(
        sum(one.pointed for one in each),
        sum(one.named for one in each),
        sum(one.tiles for one in each) / len(each),
    )
    oracle = Oracle(scene, ground, eyes, finest)
    known_best = plan_looking(*where, oracle, budget, size, None, ground.stretch)
    found[ORACLE] = score(scene, seen_by(known_best, model), eyes, known_best.plan.used)
    return found


@dataclass(frozen=True)
class OracleSight:
    """A tile and what `fixed` would make better of each part of it."""

    image: TileImage
    encoding: Encoding
    oracle: Oracle

    def gains(self, windows: Sequence[Window]) -> NDArray[np.float64]:
        """The measured gains, see `Oracle`."""
        return np.array([self._gain(window) for window in windows])

    def _gain(self, window: Window) -> float:
        alone = DrisPlan((replace(self.image.tile, parent=None),), (0,), ORACLE, 1)
        view = seen_by(Looked(alone, (self,)), self.oracle.eyes.model)
        before = self.oracle.losses(view, window)
        after = self.oracle.losses(self.oracle.finest, window)
        gained = sum(
            max(0.0, old - new)
            for name in before
            if name in after
            for old, new in zip(before[name], after[name], strict=True)
        )
        # What is left of the budget when nothing gains goes to the largest part.
        share = window.area / self.oracle.ground.source.info.window.area
        return (gained + LEFT_OVER * share) / (1 + gained)


@dataclass(frozen=True)
class Oracle:
    """Knows where the targets are, and what the finest tiles show of them.

    A part's gain is the sum over the targets on it of the losses that the finest view takes away,
    put into 0..1. There is a loss for either question: the cross-entropy of the target's name among
    all, for naming; and what its best place lacks in similarity, in logits, for pointing. It splits
    greedily and knows nothing of what else may look alike, so a policy can be luckier.
    """

    scene: BenchScene
    ground: Ground
    eyes: Eyes
    finest: View
    name: str = ORACLE

    parts = staticmethod(split)

    def look(self, tiles: Sequence[Tile]) -> list[OracleSight]:
        """Read and encode the tiles."""
        sights = []
        for batch in self.ground.tile_batches(tiles, self.eyes.model.input_size):
            for image in batch:
                encoding = self.eyes.model.encode_images(image.pixels[None])
                sights.append(OracleSight(image, encoding, self))
        return sights

    def reason(self, gain: float) -> str:
        """As of `Looker`."""
        return f"measured gain {gain:.2f}"

    def losses(self, view: View, window: Window) -> dict[str, tuple[float, float]]:
        """Of each target that a window holds places of: losses of naming and of pointing."""
        scale = self.eyes.model.bundle.manifest.logit_scale
        found = {}
        for target in self.scene.targets:
            label = self.eyes.labels.index(target.name)
            on, near = (
                cells.vectors[
                    within(cells.places, window) & on_target(cells.places, target, margin=MARGIN_PX)
                ]
                for cells in (view.coarse, view.pointing(self.scene))
            )
            if len(on) and len(near):
                logits = scale * (on @ self.eyes.vectors.T).astype(np.float64)
                lost = np.logaddexp.reduce(logits, axis=1) - logits[:, label]
                best = scale * float((near @ self.eyes.vectors[label]).max())
                found[target.name] = (float(lost.mean()), scale - best)
        return found


def score(scene: BenchScene, view: View, eyes: Eyes, tiles: int) -> Score:
    """Put both questions for every target to what was seen."""
    places = view.coarse.places
    likeness = view.coarse.vectors @ eyes.vectors.T
    pointing = view.pointing(scene)
    sought = pointing.vectors @ eyes.vectors.T
    pointed = named = 0
    for target in scene.targets:
        label = eyes.labels.index(target.name)
        best = pointing.places[sought[:, label].argmax()]
        pointed += bool(on_target(best[None], target)[0])
        inside = on_target(places, target, margin=0)
        if not inside.any():
            # Smaller than a grid cell: the place nearest to the first of them shows it.
            x_min, y_min, x_max, y_max = target.boxes[0]
            middle = np.array([(x_min + x_max) / 2, (y_min + y_max) / 2])
            inside = np.arange(len(places)) == ((places - middle) ** 2).sum(axis=1).argmin()
        named += int(likeness[inside].mean(axis=0).argmax()) == label
    return Score(pointed, named, tiles)


def look(ground: Ground, made: DrisPlan, model: Any) -> View:
    """Look at a plan's tiles, those that are refined as well: they are paid for."""
    seen: list[tuple[Encoding, int]] = []
    for batch in ground.tile_batches(made.tiles, model.input_size):
        encoding = model.encode_images(np.stack([image.pixels for image in batch]))
        seen += [(encoding, row) for row in range(len(batch))]
    return _view(made, seen, model)


def seen_by(looked: Looked[Any], model: Any) -> View:
    """What tiles that were looked at while planning show on their ground."""
    return _view(looked.plan, [(sight.encoding, 0) for sight in looked.sights], model)


def _view(made: DrisPlan, seen: Sequence[tuple[Encoding, int]], model: Any) -> View:
    """Of each tile of a plan the encoding that it is in, and its row there."""
    cells = [encoding.cells[row] for encoding, row in seen]
    manifest = model.bundle.manifest
    coarse = cells_at_every_scale(made, manifest.vision.cells, cells, model.input_size)
    if manifest.levels is None:
        return View(coarse, coarse)
    fine = [encoding.levels.fine_cells[row] for encoding, row in seen if encoding.levels]
    return View(coarse, cells_at_every_scale(made, manifest.levels.fine, fine, model.input_size))


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
