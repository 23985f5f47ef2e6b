"""Batches embedded side by side are what the model gives for each on its own."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from rs_vlm_plugin.engine.dris.plan import Tile
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.embedder import Embedder
from rs_vlm_plugin.engine.model.pixels import model_pixels
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.normalise import fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.tile_images import read_tile, stacked
from tests import rasters
from tests.tiny_bundle import make_tiny_bundle


def pictures(count: int, side: int) -> np.ndarray:
    return np.random.default_rng(count).integers(0, 256, (count, side, side, 3), dtype=np.uint8)


def test_every_batch_gets_its_own_embeddings(tiny_model):
    batches = [pictures(count, tiny_model.input_size) for count in (8, 3, 8, 1, 5)]
    with closing(Embedder(tiny_model)) as embedder:
        waiting = [embedder.submit(batch) for batch in batches]
        found = [future.result().whole for future in waiting]
    for batch, embeddings in zip(batches, found):
        expected = tiny_model.encode_images(batch).embedding
        np.testing.assert_allclose(embeddings, expected, atol=1e-5)


def test_a_model_of_three_levels_embeds_as_it_encodes(tmp_path):
    bundle = load_bundle(make_tiny_bundle(tmp_path / "levels", actions=("search", "find")))
    model = VisionLanguageModel(bundle, device="cpu")
    batch = pictures(4, model.input_size)
    with closing(Embedder(model)) as embedder:
        found = embedder.submit(batch).result().whole
    np.testing.assert_allclose(found, model.encode_images(batch).embedding, atol=1e-5)


def test_regions_and_cells_are_those_of_the_encoding(level_model, tiny_model):
    batch = pictures(4, level_model.input_size)
    with closing(Embedder(level_model, parts=True)) as embedder:
        found = embedder.submit(batch).result()
    expected = level_model.encode_images(batch)
    np.testing.assert_allclose(found.whole, expected.embedding, atol=1e-5)
    np.testing.assert_allclose(found.regions, expected.levels.regions, atol=1e-5)
    np.testing.assert_allclose(found.cells, expected.cells, atol=1e-5)
    with closing(Embedder(tiny_model, parts=True)) as embedder:
        flat = embedder.submit(batch).result()
    assert (flat.regions, flat.cells) == (None, None)


@pytest.mark.parametrize("threads", [1, 3])
def test_no_more_batches_at_once_than_threads_allowed(tmp_path, threads):
    bundle = load_bundle(make_tiny_bundle(tmp_path / "tiny"))
    with closing(Embedder(VisionLanguageModel(bundle, "cpu", threads))) as embedder:
        assert embedder.workers == threads


def test_pixels_are_less_their_mean_over_their_deviation_plane_by_plane(tiny_model):
    spec = tiny_model.bundle.manifest.vision
    batch = pictures(2, 8)
    pixels = model_pixels(batch, spec)
    assert pixels.flags.c_contiguous
    for plane in range(3):
        expected = (batch[..., plane].astype(np.float32) - spec.mean[plane]) / spec.std[plane]
        np.testing.assert_allclose(pixels[:, plane], expected, rtol=1e-6)


def test_stacked_tiles_are_the_pixels_of_each(tmp_path):
    path = rasters.make_raster(tmp_path / "scene.tif", size=(90, 60), pattern="noise")
    with open_raster(str(path)) as source:
        stretch = fit_stretch(source)
        windows = [Window(0, 0, 90, 60), Window(8, 4, 40, 40), Window(50, 1, 7, 31)]
        images = [
            read_tile(source, number, tile(window), None, 32, stretch)
            for number, window in enumerate(windows)
        ]
    pixels = stacked(images)
    assert pixels.shape == (3, 32, 32, 3)
    for own, image in zip(pixels, images):
        np.testing.assert_array_equal(own, image.pixels)


def tile(window: Window) -> Tile:
    return Tile(window, window, 1.0, 0, 0.0, "", 1.0)
