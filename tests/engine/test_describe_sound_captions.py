from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.compass import place_name
from rs_vlm_plugin.engine.describe.places import by_name, object_places, sightings
from rs_vlm_plugin.engine.describe.seen import NOTHING_TO_NAME, SeenTile, is_sound, sound
from rs_vlm_plugin.engine.describe.sub_regions import speaker, sub_regions
from rs_vlm_plugin.engine.dris.plan import Tile
from rs_vlm_plugin.engine.geometry import GeoTransform, Window
from rs_vlm_plugin.engine.model.captions import Caption, Word
from rs_vlm_plugin.engine.phrases import default_vocabulary

UP = GeoTransform(1, 0, 0, 0, -1, 0)


def caption(text: str, confidence: float = 0.8, attention=((1, 0), (0, 0))) -> Caption:
    words, start = [], 0
    for part in text.split():
        look = np.asarray(attention, dtype=np.float32)
        words.append(Word(part, start, start + len(part), confidence, look / look.sum()))
        start += len(part) + 1
    return Caption(text, confidence, tuple(words))


def seen(column: int, row: int, said: Caption, direction: float = 0.0, size: int = 100) -> SeenTile:
    """A tile `size` pixels wide with four attention cells."""
    left, top, half = column * size, row * size, size / 2
    window = Window(left, top, size, size)
    tile = Tile(window, window, 1.0, 1, 0.0, "", 1.0)
    cells = ((0, 0), (0, 1), (1, 0), (1, 1))
    rectangles = tuple(
        (left + c * half, top + r * half, left + (c + 1) * half, top + (r + 1) * half)
        for r, c in cells
    )
    embedding = np.array([np.cos(direction), np.sin(direction)], dtype=np.float32)
    return SeenTile(tile, embedding, said, cells, rectangles)


@pytest.mark.parametrize(
    ("said", "fine"),
    [
        (caption("Many planes are parked near a building"), True),
        (caption(""), False),
        (caption("a green green green field"), True),
        (caption("a green green green green field"), False),
        (caption("A river", confidence=0.05), False),
    ],
)
def test_what_is_worth_repeating(said: Caption, fine: bool) -> None:
    assert is_sound(said) == fine
    assert (sound(said).text == NOTHING_TO_NAME) != fine
    assert sound(said).confidence == said.confidence


def test_rejected_caption_names_no_object() -> None:
    tile = seen(0, 0, sound(caption("river river river river")))
    assert sightings(tile, default_vocabulary()) == []


def test_neighbours_that_say_the_same_are_one_sub_region() -> None:
    leaves = [
        seen(0, 0, caption("a river")),
        seen(1, 0, caption("A river")),
        seen(3, 0, caption("a river")),
        seen(0, 1, caption("a forest")),
        seen(1, 1, caption("many trees near a forest")),
        seen(0, 2, caption("a forest with many trees")),
    ]
    groups = sub_regions(leaves, default_vocabulary())
    origins = [[(t.tile.window.col_off, t.tile.window.row_off) for t in group] for group in groups]
    # The third river is not adjoining; forest and "trees near a forest" name different things.
    assert origins == [[(0, 0), (100, 0)], [(300, 0)], [(0, 100)], [(100, 100)], [(0, 200)]]


def test_too_many_are_joined_by_likeness_and_none_is_lost() -> None:
    names = default_vocabulary().names
    leaves = [
        seen(i % 4, i // 4, caption(f"a {names[i]}"), direction=0.1 * (i % 4)) for i in range(16)
    ]
    groups = sub_regions(leaves, default_vocabulary(), most=4)
    assert len(groups) == 4
    assert sum(len(group) for group in groups) == 16
    for group in groups:
        assert len({tile.tile.window.col_off for tile in group}) == 1


def test_group_speaks_through_its_typical_sound_member() -> None:
    group = [
        seen(0, 0, caption("a river"), 0.0),
        seen(1, 0, caption("a lake"), 0.1),
        seen(2, 0, caption("a pond"), 0.9),
        seen(1, 1, sound(caption("")), 0.3),
    ]
    assert speaker(group).caption.text == "a lake"


def test_places_join_across_tile_seams() -> None:
    right = ((0, 1), (0, 1))
    left = ((1, 0), (0, 0))
    tiles = [
        seen(0, 0, caption("a bridge", attention=right)),
        seen(1, 0, caption("the bridge", attention=left)),
        seen(3, 0, caption("a bridge", attention=left, confidence=0.2)),
    ]
    groups = by_name(s for tile in tiles for s in sightings(tile, default_vocabulary()))
    (bridge,) = object_places(groups, UP)
    assert (bridge.name, bridge.count, bridge.method) == ("bridge", 2, "caption attention")
    assert bridge.confidence == pytest.approx((0.8 + 0.8 + 0.2) / 3)
    first = bridge.geometry["coordinates"][0][0]
    assert {tuple(point) for point in first} == {(50, 0), (150, 0), (150, -50), (100, -50),
                                                 (100, -100), (50, -100)}  # fmt: skip


def test_only_cells_looked_at_strongly_count() -> None:
    tile = seen(0, 0, caption("a pond", attention=((8, 5), (3, 0))))
    (sighting,) = sightings(tile, default_vocabulary())
    assert sighting.rectangles == ((0, 0, 50, 50), (50, 0, 100, 50))


def test_names_of_places() -> None:
    frame = (0.0, 0.0, 30.0, 30.0)
    assert place_name(29, 29, frame, y_down=False) == "north-east"
    assert place_name(15, 15, frame, y_down=False) == "centre"
    assert place_name(30, 0, frame, y_down=False) == "south-east"
    assert place_name(29, 29, frame, y_down=True) == "lower right"
    assert place_name(5, 5, (5, 5, 5, 5), y_down=False) == "centre"
