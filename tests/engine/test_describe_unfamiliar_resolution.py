"""Far outside the sample distances a model learnt from it says less, and says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.describe.seen import NOTHING_TO_NAME, ONE_COLOUR
from rs_vlm_plugin.engine.dris.plan import Tile
from rs_vlm_plugin.engine.familiarity import familiarity, gsd_notes
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.phrases import default_vocabulary
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.results import Description
from tests import rasters

TRAINED = (0.3, 30.0)


def tile(scale: float) -> Tile:
    window = Window(0, 0, 10, 10)
    return Tile(window, window, scale, 0, 0.0, "", 1.0)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (None, 1.0),
        (5.0, 1.0),
        (120.0, 1.0),
        (0.075, 1.0),
        (240.0, 0.5),
        (0.0375, 0.5),
        (120_000.0, 0.001),
    ],
)
def test_confidence_is_worth_less_beyond_four_times_the_range(metres, expected) -> None:
    assert familiarity(metres, tile(1.0), TRAINED) == pytest.approx(expected)


def test_note_on_sample_distances_never_seen_in_training() -> None:
    tiles = [tile(1.0), tile(20.0)]
    assert gsd_notes(0.5, tiles, (0.3, 8.0)) == ()
    assert gsd_notes(None, tiles, (0.3, 8.0)) == ()
    (note,) = gsd_notes(100.0, tiles, (0.3, 8.0))
    assert "100 to 2,000 m per model pixel" in note
    assert "confidence is lowered" in note
    (note,) = gsd_notes(20.0, tiles[:1], (0.3, 8.0))
    assert "lowered" not in note


def test_note_says_where_looking_closer_helps() -> None:
    _, advice = gsd_notes(10.0, [tile(100.0)], TRAINED)
    assert "smaller region" in advice


def described(model: VisionLanguageModel, path: Path, budget: int) -> Description:
    with open_raster(str(path)) as source:
        return describe(source, None, model, budget=budget)


def test_world_map_is_not_called_by_a_village_model_what_it_is_not(
    tiny_model: VisionLanguageModel, tmp_path: Path
) -> None:
    path = rasters.make_raster(tmp_path / "world.tif", pixel_size=(1e5, 1e5), pattern="noise")
    result = described(tiny_model, path, 4)
    assert result.scene.text == NOTHING_TO_NAME
    assert result.scene.confidence < 0.01
    assert result.objects == ()


def test_overview_too_coarse_leaves_the_word_to_the_largest_part(
    tiny_model: VisionLanguageModel, tmp_path: Path
) -> None:
    """Tiles of 32 pixels: all of it is seen at 960 m per model pixel, the leaves finer."""
    path = rasters.make_raster(
        tmp_path / "land.tif", size=(1024, 1024), pixel_size=(30.0, 30.0), pattern="noise"
    )
    coarse = described(tiny_model, path, 1)
    assert coarse.scene.text == NOTHING_TO_NAME
    fine = described(tiny_model, path, 400)
    loudest = next(r for r in fine.regions if r.text != NOTHING_TO_NAME)
    assert fine.scene.text == loudest.text
    assert fine.scene.confidence == pytest.approx(loudest.confidence * loudest.share)
    assert any("largest part" in note for note in fine.provenance.notes)


@pytest.mark.parametrize("size", [(1, 1), (300, 200)])
def test_flat_colour_is_called_that(
    tiny_model: VisionLanguageModel, tmp_path: Path, size: tuple[int, int]
) -> None:
    pixels = np.full((3, size[1], size[0]), 90, dtype="uint8")
    result = described(tiny_model, rasters.make_raster(tmp_path / "a.tif", pixels=pixels), 4)
    assert result.scene.text == ONE_COLOUR
    assert {region.text for region in result.regions} == {ONE_COLOUR}
    assert result.objects == ()
    assert not default_vocabulary().find(ONE_COLOUR + NOTHING_TO_NAME)
