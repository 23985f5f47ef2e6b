"""Find: each object once, wherever the seams run, as a polygon in the raster's CRS."""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.errors import ActionUnsupported, BadRequest, Cancelled
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters
from tests.engine.array_source import ArraySource
from tests.engine.exact_model import ExactModel


@pytest.fixture(scope="module")
def exact_model(level_bundle: Path) -> ExactModel:
    return ExactModel(load_bundle(level_bundle), device="cpu", threads=1)


def canvas(width: int, height: int, squares: Sequence[Tuple[int, int, int]]) -> np.ndarray:
    pixels = np.full((3, height, width), 20, dtype=np.uint8)
    for column, row, side in squares:
        pixels[:, row : row + side, column : column + side] = 240
    return pixels


@st.composite
def scattered(draw) -> List[Tuple[int, int, int]]:
    """Squares in the cells of a loose grid, so that none touches another."""
    places = draw(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25))
    squares = []
    for column, row in sorted(places):
        side = draw(st.integers(4, 7))
        shift = st.integers(0, 11 - side)
        squares.append((13 * column + draw(shift), 13 * row + draw(shift), side))
    return squares


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    scattered(),
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
    st.sampled_from([0.0, 0.8]),
)
def test_no_object_is_lost_or_counted_twice_wherever_seams_run(
    exact_model: ExactModel,
    squares: List[Tuple[int, int, int]],
    offset: Tuple[int, int],
    jitter: float,
) -> None:
    exact_model.jitter = jitter
    moved = [(c + offset[0], r + offset[1], side) for c, r, side in squares]
    source = ArraySource(canvas(130 + 2 * offset[0], 130 + offset[1], moved))
    result = find(source, None, ["plane"], exact_model, policy="fixed", budget=400)
    middles = sorted(
        tuple(np.array(item.geometry["coordinates"][0][:4]).mean(axis=0).tolist())
        for item in result.objects
    )
    assert len(middles) == len(moved)
    for column, row, side in moved:
        # Rows run down, this source's map runs up.
        middle = np.array([column + side / 2, -(row + side / 2)])
        assert min(np.abs(np.array(middles) - middle).max(axis=1)) < max(2.5, side / 2)


@pytest.mark.parametrize("policy", ["random", "query"])
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(squares=scattered(), budget=st.integers(2, 12), jitter=st.sampled_from([0.0, 0.8]))
def test_no_object_is_counted_twice_where_tiles_are_refined_in_parts(
    exact_model: ExactModel,
    policy: str,
    squares: List[Tuple[int, int, int]],
    budget: int,
    jitter: float,
) -> None:
    exact_model.jitter = jitter
    source = ArraySource(canvas(130, 130, squares))
    result = find(source, None, ["plane"], exact_model, policy=policy, budget=budget)
    middles = [
        np.array(item.geometry["coordinates"][0][:4]).mean(axis=0) * (1, -1)
        for item in result.objects
    ]
    # From afar neighbours melt into one, so some may be missing; none may be there twice.
    for column, row, side in squares:
        inside = [m for m in middles if column <= m[0] < column + side and row <= m[1] < row + side]
        assert len(inside) <= 1
    assert len(middles) <= len(squares)


def test_the_rest_of_a_tile_refined_in_parts_is_seen_through_it(exact_model: ExactModel) -> None:
    exact_model.jitter = 0.0
    # Both large enough to be seen from afar, in the two halves of the image.
    source = ArraySource(canvas(128, 128, [(20, 20, 16), (90, 84, 16)]))
    result = find(source, None, ["plane"], exact_model, policy="content", budget=2)
    assert result.provenance.tile_evaluations == 2
    assert len(result.objects) == 2


def test_an_object_larger_than_the_finest_tiles_is_one(exact_model: ExactModel) -> None:
    exact_model.jitter = 0.0
    large = np.full((3, 128, 128), 20, dtype=np.uint8)
    large[:, 20:90, 30:110] = 240
    result = find(ArraySource(large), None, ["plane"], exact_model, policy="content", budget=400)
    assert len(result.objects) == 1
    ring = np.array(result.objects[0].geometry["coordinates"][0])
    np.testing.assert_allclose(ring.min(axis=0), [30, -90], atol=5)
    np.testing.assert_allclose(ring.max(axis=0), [110, -20], atol=5)


def test_only_objects_whose_middle_is_in_the_region_count(exact_model: ExactModel) -> None:
    exact_model.jitter = 0.0
    source = ArraySource(canvas(96, 96, [(10, 10, 6), (45, 40, 6), (70, 70, 6)]))
    triangle = Region.from_geojson(
        {"type": "Polygon", "coordinates": [[[0, 0], [90, 0], [0, -90], [0, 0]]]}
    )
    result = find(source, triangle, ["plane"], exact_model, policy="fixed", budget=100)
    assert len(result.objects) == 2


def test_metres_per_model_pixel_reach_the_model(exact_model: ExactModel) -> None:
    source = ArraySource(canvas(32, 32, [(10, 10, 6)]), gsd=2.0)
    find(source, None, ["plane"], exact_model, budget=1)
    np.testing.assert_allclose(exact_model.metres, [2.0])


@pytest.fixture
def planes(tmp_path: Path):
    """Three bright squares on 96 x 64 pixels of 10 m."""
    pixels = canvas(96, 64, [(8, 8, 9), (44, 27, 9), (76, 44, 9)])
    path = rasters.make_raster(tmp_path / "planes.tif", pixels=pixels)
    with open_raster(str(path)) as opened:
        yield opened


def test_a_bundle_finds_through_onnx(planes, level_model) -> None:
    result = find(planes, None, ["plane", "river"], level_model, policy="fixed", budget=50)
    assert [item.phrase for item in result.objects] == ["plane"] * 3
    assert all(0.5 <= item.score <= 1 for item in result.objects)
    for (x, y), item in zip(
        [(500_120, 5_699_880), (500_480, 5_699_690), (500_800, 5_699_520)],
        sorted(result.objects, key=lambda item: item.geometry["coordinates"][0][0][0]),
    ):
        middle = np.array(item.geometry["coordinates"][0][:4]).mean(axis=0)
        assert np.abs(middle - (x, y)).max() < 50
        assert item.area_m2 == pytest.approx(item.length_m * item.width_m, rel=1e-3)
        assert 60 < item.width_m <= item.length_m < 200
    assert result.provenance.prompt == "plane | river"
    assert 1 < result.provenance.tile_evaluations <= 50
    assert result.of("river") == ()


def test_polygons_turn_with_the_raster(tmp_path: Path, level_model) -> None:
    from affine import Affine

    transform = Affine.translation(500_000, 5_700_000) * Affine.rotation(30) * Affine.scale(10, -10)
    pixels = canvas(32, 32, [(10, 12, 9)])
    path = rasters.make_raster(tmp_path / "turned.tif", pixels=pixels, transform=transform)
    with open_raster(str(path)) as source:
        (item,) = find(source, None, ["plane"], level_model).objects
    ring = np.array(item.geometry["coordinates"][0])
    np.testing.assert_allclose(ring[:4].mean(axis=0), transform * (14.5, 16.5), atol=40)
    sides = np.diff(ring, axis=0)
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) % 90
    np.testing.assert_allclose(angles, 30, atol=1e-6)
    twice_area = np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])
    assert twice_area > 0, "outer rings are counter-clockwise"


def test_the_least_score_is_the_models_or_the_users(planes, level_model) -> None:
    ordinary = find(planes, None, ["plane"], level_model, policy="fixed", budget=50)
    assert ordinary.min_score == 0.5
    strict = find(planes, None, ["plane"], level_model, policy="fixed", budget=50, min_score=0.9999)
    assert strict.objects == ()
    with pytest.raises(BadRequest, match="from 0 to 1"):
        find(planes, None, ["plane"], level_model, min_score=1.5)


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ([], "missing or empty"),
        (["plane", "  "], "missing or empty"),
        (["x" * 5000], "5,000 characters"),
        ([f"plane {n}" for n in range(100)], "At most 64"),
        (["飞机"], "knows no word"),
    ],
)
def test_phrases_that_cannot_be_meant(planes, level_model, phrases, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        find(planes, None, phrases, level_model)


def test_a_model_that_cannot_find_says_so(planes, tiny_model) -> None:
    with pytest.raises(ActionUnsupported, match="cannot find"):
        find(planes, None, ["plane"], tiny_model)


class StopsAfter(Silent):
    def __init__(self, tiles: int) -> None:
        self._tiles = tiles
        self._asked = 0

    def is_cancelled(self) -> bool:
        self._asked += 1
        return self._asked > self._tiles


def test_what_was_found_before_stopping_is_kept(planes, level_model) -> None:
    partial = find(
        planes, None, ["plane"], level_model, policy="fixed", budget=50, feedback=StopsAfter(1)
    )
    assert partial.partial
    assert partial.provenance.notes[0].startswith("Stopped after 8 of ")
    with pytest.raises(Cancelled):
        find(planes, None, ["plane"], level_model, feedback=StopsAfter(0))


def test_a_small_budget_is_owned_up_to(planes, level_model) -> None:
    result = find(planes, None, ["plane"], level_model, budget=2)
    assert any("not looked at as closely" in note for note in result.provenance.notes)
    closer = find(planes, None, ["plane"], level_model, policy="fixed", budget=50)
    assert not any("not looked at as closely" in note for note in closer.provenance.notes)


def test_geojson_names_its_crs(planes, level_model) -> None:
    result = find(planes, None, ["plane"], level_model, policy="fixed", budget=50).to_json()
    assert result["type"] == "FeatureCollection"
    assert result["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::32633"
    assert set(result["features"][0]["properties"]) >= {"phrase", "score", "area_m2", "length_m"}
    assert result["provenance"]["tile_evaluations"] <= 50
