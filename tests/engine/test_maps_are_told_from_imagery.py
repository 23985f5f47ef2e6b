"""A raster that is a map rather than imagery is described with a warning."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import List

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.raster.map_like import CLASSES_NOTE, PALETTE_NOTE
from rs_vlm_plugin.engine.raster.normalise import fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.raster.source import BandInfo
from tests import rasters
from tests.engine.array_source import ArraySource


def patches(classes: List[int], side: int = 128, size: int = 16) -> np.ndarray:
    """A single band of square patches, each of one of these classes."""
    cells = np.random.default_rng(5).choice(classes, (side // size, side // size))
    return np.kron(cells, np.ones((size, size)))[None].astype(np.uint8)


def notes_of(pixels: np.ndarray, **more) -> tuple:
    return fit_stretch(ArraySource(pixels, **more)).notes


def test_a_colour_table_is_told_once(tmp_path: Path, level_model) -> None:
    path = rasters.paletted(tmp_path / "classes.tif", size=(256, 256))
    with open_raster(str(path)) as source:
        for result in (
            describe(source, None, level_model),
            ask(source, None, "Is there a plane?", level_model),
            find(source, None, ["plane"], level_model),
        ):
            assert result.provenance.notes.count(PALETTE_NOTE) == 1


def test_an_index_says_so_for_the_raster(tmp_path: Path, tiny_model) -> None:
    path = rasters.paletted(tmp_path / "classes.tif", size=(256, 256))
    plain = rasters.make_raster(tmp_path / "plain.tif", pattern="noise")
    inputs = [RasterInput(str(each), partial(open_raster, str(each))) for each in (path, plain)]
    with create_index(tmp_path / "i.gpkg", identity(tiny_model)) as index:
        report = build(index, inputs, tiny_model)
    assert {outcome.uri: outcome.notes for outcome in report.outcomes} == {
        str(path): (PALETTE_NOTE,),
        str(plain): (),
    }


@pytest.mark.parametrize("classes", [[1, 2], [10, 20, 30, 40, 95], [0, 3, 5, 9, 12]])
def test_one_band_of_classes_is_told(classes: List[int]) -> None:
    assert notes_of(patches(classes)) == (CLASSES_NOTE,)
    assert notes_of(patches(classes).astype(np.int16)) == (CLASSES_NOTE,)


def test_classes_that_nodata_surrounds_are_told() -> None:
    pixels = np.zeros((1, 1024, 1024), dtype=np.uint8)
    pixels[:, 600:, 600:] = patches([2, 5, 9], side=1024)[:, 600:, 600:]
    assert notes_of(pixels, mask=pixels[0] > 0) == (CLASSES_NOTE,)


def test_imagery_of_one_band_is_none() -> None:
    random = np.random.default_rng(1)
    photograph = np.clip(random.normal(120, 40, (1, 128, 128)), 0, 255).astype(np.uint8)
    assert notes_of(photograph) == ()
    calm_water = random.normal(60, 1, (1, 128, 128)).round().astype(np.uint8)
    assert notes_of(calm_water) == ()
    compressed_water = np.kron(calm_water[0, ::8, ::8], np.ones((8, 8)))[None].astype(np.uint8)
    assert notes_of(compressed_water) == ()
    assert notes_of(np.full((1, 64, 64), 7, dtype=np.uint8)) == ()
    assert notes_of(patches([1, 9]).astype(np.float32)) == ()
    assert notes_of(np.repeat(patches([10, 90, 170]), 3, axis=0)) == ()


def test_a_grey_colour_table_is_a_photograph() -> None:
    grey = tuple((value, value, value, 255) for value in range(256))
    bands = (BandInfo(1, "Band 1", "uint8", "palette", palette=grey),)
    pixels = np.random.default_rng(1).integers(0, 255, (1, 64, 64), dtype=np.uint8)
    assert notes_of(pixels, bands=bands) == ()


def test_the_samples_are_told_apart(sample_rasters: List[Path]) -> None:
    told = set()
    for path in sample_rasters:
        with open_raster(str(path)) as source:
            if fit_stretch(source).notes:
                told.add(path.name)
    # The second is the quality flags of a Landsat scene.
    assert told == {"colour_table_landcover.tif", "dateline_uint16.tif"}
