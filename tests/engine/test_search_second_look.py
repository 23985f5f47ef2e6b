"""A closer look asks the decoder too, where the bundle was fitted for that."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BundleInvalid
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.relevance_spec import RelevanceSpec
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.search import parse_query, search
from rs_vlm_plugin.engine.search.relevance import TextScorer
from tests import rasters

FIRST = {"log_odds": 0.5, "bias": -1.0}
SECOND = {"log_odds": 0.1, "likelihood": 0.4, "bias": -0.5}


def model_with(bundle: Path, folder: Path, relevance: object) -> VisionLanguageModel:
    shutil.copytree(bundle, folder)
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text())
    manifest["calibration"]["relevance"] = relevance
    path.write_text(json.dumps(manifest))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


@pytest.fixture(scope="module")
def fitted(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    folder = tmp_path_factory.mktemp("fitted") / "bundle"
    return model_with(tiny_bundle, folder, {"first_look": FIRST, "second_look": SECOND})


def images(count: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)


def test_a_likelier_text_is_more_relevant_of_equal_looks(fitted: VisionLanguageModel) -> None:
    scorer = TextScorer(parse_query("a river"), fitted)
    tokens = fitted.encode_images(images(6)).tokens
    embedding = np.repeat(fitted.encode_images(images(1)).embedding, 6, axis=0)
    order = np.argsort(scorer.gains(tokens))
    relevance = scorer.confirmed(embedding, tokens)
    assert (np.diff(relevance[order]) > 0).all()
    assert ((relevance > 0) & (relevance < 1)).all()


def test_a_blank_image_gains_nothing(fitted: VisionLanguageModel) -> None:
    grey = np.full((1, 32, 32, 3), 128, np.uint8)
    gains = TextScorer(parse_query("a river"), fitted).gains(fitted.encode_images(grey).tokens)
    assert gains == pytest.approx([0.0], abs=1e-3)


def test_a_bundle_without_the_fit_takes_shares_as_they_are(
    tiny_model: VisionLanguageModel,
) -> None:
    scorer = TextScorer(parse_query("a river"), tiny_model)
    seen = tiny_model.encode_images(images(4))
    shares = scorer.shares(seen.embedding)
    np.testing.assert_allclose(scorer.relevance(seen.embedding), shares, atol=1e-5)
    np.testing.assert_allclose(scorer.confirmed(seen.embedding, seen.tokens), shares, atol=1e-5)


def test_hits_looked_at_closer_carry_the_second_opinion(
    fitted: VisionLanguageModel, tmp_path: Path
) -> None:
    path = str(rasters.make_raster(tmp_path / "scene.tif", size=(256, 256), pattern="noise"))
    query = parse_query("storage tanks")
    with create_index(tmp_path / "places.gpkg", identity(fitted)) as index:
        build(index, [RasterInput(path, partial(open_raster, path))], fitted)
        far = search([index], query, fitted, k=3)
        near = search([index], query, fitted, k=3, open_raster=open_raster)
    assert near.hits
    assert [hit.score for hit in near.hits] == sorted((h.score for h in near.hits), reverse=True)
    assert {round(h.score, 6) for h in near.hits} != {round(h.score, 6) for h in far.hits}


def test_more_are_looked_at_than_asked_for(fitted: VisionLanguageModel, tmp_path: Path) -> None:
    path = str(rasters.make_raster(tmp_path / "scene.tif", size=(256, 256), pattern="noise"))
    query = parse_query("storage tanks")
    with create_index(tmp_path / "places.gpkg", identity(fitted)) as index:
        build(index, [RasterInput(path, partial(open_raster, path))], fitted)
        best = search([index], query, fitted, k=1, open_raster=open_raster)
        more = search([index], query, fitted, k=2, open_raster=open_raster)
    assert len(best.hits) == 1
    assert best.hits[0].score >= max(hit.score for hit in more.hits[1:])
    assert best.tile_evaluations > 7, "two places, up to seven looks at each"
    assert best.text_evaluations == 3, "the decoder is asked of both places and of a blank image"


def test_probabilities_follow_the_fitted_weights() -> None:
    spec = RelevanceSpec((0.5, -1.0), (0.1, 0.4, -0.5))
    shares, gains = np.array([0.5, 0.9, 0.0, 1.0]), np.array([0.0, 5.0, -20.0, 20.0])
    first, second = spec.first(shares), spec.second(shares, gains)
    assert first[0] == pytest.approx(1 / (1 + np.e))
    assert second[1] == pytest.approx(1 / (1 + np.exp(-(0.1 * np.log(9) + 2.0 - 0.5))))
    assert np.isfinite([*first, *second]).all()


@pytest.mark.parametrize(
    ("relevance", "named"),
    [
        ({"second_look": SECOND}, "first_look"),
        ({"first_look": {**FIRST, "log_odds": -1}}, "log_odds"),
        ({"first_look": FIRST, "second_look": {**SECOND, "likelihood": "much"}}, "likelihood"),
        ("high", "relevance"),
    ],
)
def test_a_malformed_fit_is_refused_by_name(
    tiny_bundle: Path, tmp_path: Path, relevance: object, named: str
) -> None:
    with pytest.raises(BundleInvalid, match=named):
        model_with(tiny_bundle, tmp_path / "bundle", relevance)
