"""Where sub-regions lie, in words that tell them apart."""

from __future__ import annotations

from typing import List, Tuple

import numpy as np
import pytest

from rs_vlm_plugin.engine.compass import ninth, place_name
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.describe.place_names import place_names
from rs_vlm_plugin.engine.describe.seen import SeenTile
from rs_vlm_plugin.engine.describe.sub_regions import sub_regions
from rs_vlm_plugin.engine.dris.plan import Tile
from rs_vlm_plugin.engine.geometry import GeoTransform, Window
from rs_vlm_plugin.engine.model.captions import Caption
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.phrases import default_vocabulary
from rs_vlm_plugin.engine.raster.source import RasterInfo
from tests.engine.array_source import ArraySource

UP = GeoTransform(1, 0, 0, 0, -1, 0)
DOWN = GeoTransform.identity()


def seen(window: Tuple[int, int, int, int], said: str = "a river") -> SeenTile:
    tile = Tile(Window(*window), Window(*window), 1.0, 1, 0.0, "", 1.0)
    return SeenTile(tile, np.ones(2, np.float32), Caption(said, 0.5, ()), (), ())


def named(
    tiles: List[Tuple[int, int, int, int]], shares: List[float], transform: GeoTransform = UP
) -> List[str]:
    wkt = "PROJCRS" if transform is UP else ""
    info = RasterInfo("a", "", 900, 900, transform, wkt, (), has_mask=False)
    return place_names([[seen(tile)] for tile in tiles], shares, info.window, info)


def test_a_ninth_alone_needs_no_part() -> None:
    assert named([(0, 0, 300, 300), (600, 600, 300, 300)], [0.1, 0.1]) == [
        "north-west",
        "south-east",
    ]


def test_large_ones_have_no_place() -> None:
    assert named([(0, 0, 900, 800)], [0.95]) == ["throughout"]
    assert named([(0, 0, 900, 600), (0, 600, 900, 300)], [0.67, 0.33]) == [
        "most of the region",
        "south",
    ]


def test_places_are_those_of_what_the_region_shows(tiny_model: VisionLanguageModel) -> None:
    random = np.random.default_rng(3)
    pixels = np.zeros((3, 256, 512), dtype=np.uint8)
    pixels[:, :, 384:448] = random.integers(1, 120, (3, 256, 64))
    pixels[:, :, 448:] = random.integers(1, 255, (3, 256, 64))
    mask = np.zeros((256, 512), dtype=bool)
    mask[:, 384:] = True
    source = ArraySource(pixels, mask)
    named = {region.place for region in describe(source, None, tiny_model, "fixed", 32).regions}
    assert any("left" in place or "west" in place for place in named), named


def test_several_in_one_ninth_are_told_apart() -> None:
    tiles = [(600, 300, 100, 100), (800, 500, 100, 100), (700, 400, 100, 100), (0, 0, 300, 300)]
    assert named(tiles, [0.1] * 4) == [
        "east, north-west part",
        "east, south-east part",
        "east, middle part",
        "north-west",
    ]
    assert named(tiles, [0.4, 0.1, 0.1, 0.1])[:2] == ["east", "east, south-east part"]
    assert named(tiles, [0.1] * 4, DOWN)[0] == "right, upper left part"


@pytest.mark.parametrize("point", [(0.0, 0.0), (30.0, 30.0), (14.0, 3.0)])
def test_ninth_holds_its_point(point: Tuple[float, float]) -> None:
    frame = (0.0, 0.0, 30.0, 30.0)
    xmin, ymin, xmax, ymax = ninth(*point, frame)
    assert xmin <= point[0] <= xmax
    assert ymin <= point[1] <= ymax
    middle = ((xmin + xmax) / 2, (ymin + ymax) / 2)
    assert place_name(*middle, frame, y_down=False) == place_name(*point, frame, y_down=False)


def test_neighbours_that_name_mostly_the_same_are_one() -> None:
    leaves = [
        seen((0, 0, 100, 100), "lots of cars parked in the parking lot"),
        seen((100, 0, 100, 100), "many cars are parked in a parking lot near a road"),
        seen((200, 0, 100, 100), "a road near a forest"),
    ]
    groups = sub_regions(leaves, default_vocabulary())
    assert [len(group) for group in groups] == [2, 1]
