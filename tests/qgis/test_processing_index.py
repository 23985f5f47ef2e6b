"""`rsvlm:buildindex` and `rsvlm:search` in a real QGIS, and the index as a layer."""

from __future__ import annotations

import json

import pytest
from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from rs_vlm_plugin.processing.build_index import BuildIndex
from rs_vlm_plugin.processing.provider import RsVlmProvider
from rs_vlm_plugin.processing.search_index import SearchIndex
from tests import rasters
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm
from tests.qgis.tile_server import serving_tiles


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "archive"
    made.mkdir()
    rasters.make_raster(made / "a.tif", size=(200, 200), pattern="noise")
    rasters.make_raster(
        made / "b.tif",
        size=(120, 120),
        pattern="noise",
        crs="EPSG:4326",
        origin=(15.0, 52.0),
        pixel_size=(1e-4, 1e-4),
    )
    return made


@pytest.fixture
def build(tiny_bundle, tmp_path):
    def run(feedback=None, **parameters):
        asked = {
            "BUNDLE": str(tiny_bundle / "bundle.json"),
            "BUDGET": 20,
            "INDEX": str(tmp_path / "i.gpkg"),
        }
        outputs, ok, feedback, _ = run_algorithm(BuildIndex(), {**asked, **parameters}, feedback)
        return (outputs if ok else None), feedback

    yield run
    QgsProject.instance().clear()


@pytest.fixture
def search(tiny_bundle, tmp_path):
    def run(**parameters):
        asked = {
            "INDEX": str(tmp_path / "i.gpkg"),
            "TEXT": "trees not water",
            "BUNDLE": str(tiny_bundle / "bundle.json"),
            "OUTPUT": "TEMPORARY_OUTPUT",
        }
        outputs, ok, feedback, context = run_algorithm(SearchIndex(), {**asked, **parameters})
        if not ok:
            return None, feedback
        return context.takeResultLayer(outputs["OUTPUT"]), feedback

    return run


def test_the_bar_never_goes_back_and_ends_full(build, folder):
    feedback = RecordedFeedback()
    shares = []
    feedback.progressChanged.connect(shares.append)
    build(feedback, FOLDER=str(folder))
    assert shares == sorted(shares)
    assert shares[-1] == 100
    assert len(set(shares)) > 3


def test_the_index_opens_as_a_styled_layer_of_footprints(build, folder, tmp_path):
    outputs, feedback = build(FOLDER=str(folder))
    assert outputs["RASTERS"] == 2
    assert outputs["TILES"] > 2
    assert any(text.startswith("At most") for text in feedback.said)
    layer = QgsVectorLayer(f"{outputs['INDEX']}|layername=tiles", "tiles", "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    assert layer.featureCount() == outputs["TILES"]
    assert layer.wkbType() == QgsWkbTypes.Type.Polygon
    assert "raster" in layer.mapTipTemplate()
    assert 14.9 < layer.extent().xMinimum() < layer.extent().xMaximum() < 15.1
    for feature in layer.getFeatures():
        assert feature.geometry().isGeosValid()
        assert feature["raster"] in ("a.tif", "b.tif")


def test_layers_of_the_project(build, folder):
    layer = QgsRasterLayer(str(folder / "a.tif"), "a")
    QgsProject.instance().addMapLayer(layer)
    outputs, _ = build(INPUT=[layer.id()])
    assert outputs["RASTERS"] == 1
    again, _ = build(INPUT=[layer.id()], FOLDER=str(folder))
    assert again["RASTERS"] == 2


def test_images_of_a_stac_item(build, folder, tmp_path):
    item = tmp_path / "item.json"
    assets = {
        "a": {"href": "archive/a.tif", "type": "image/tiff", "roles": ["data"]},
        "preview": {"href": "archive/b.tif", "type": "image/tiff", "roles": ["thumbnail"]},
    }
    item.write_text(json.dumps({"type": "Feature", "id": "scene", "assets": assets}))
    outputs, _ = build(LIST=str(item))
    assert outputs["RASTERS"] == 1
    layer = QgsVectorLayer(f"{outputs['INDEX']}|layername=tiles", "tiles", "ogr")
    assert {feature["raster"] for feature in layer.getFeatures()} == {"a.tif"}


def test_a_list_that_is_none_is_one_sentence(build, tmp_path):
    item = tmp_path / "item.json"
    item.write_text("{}")
    outputs, feedback = build(LIST=str(item))
    assert outputs is None
    assert "no STAC item" in feedback.errors[-1]


def test_an_area_of_a_web_layer(build):
    with serving_tiles() as (uri, asked):
        layer = QgsRasterLayer(uri, "web", "wms")
        QgsProject.instance().addMapLayer(layer)
        outputs, _ = build(
            INPUT=[layer.id()], EXTENT="-4000000,0,-2000000,2000000 [EPSG:3857]", RESOLUTION=10_000
        )
        assert outputs["RASTERS"] == 1
        assert 0 < len(asked) < 200
        layer = QgsVectorLayer(f"{outputs['INDEX']}|layername=tiles", "tiles", "ogr")
        assert layer.extent().xMinimum() == pytest.approx(-4000000 / 111319.49, rel=0.01)
        assert layer.extent().xMaximum() == pytest.approx(0, abs=0.1)


def test_building_again_costs_nothing(build, folder):
    build(FOLDER=str(folder))
    outputs, feedback = build(FOLDER=str(folder))
    assert outputs["TILES"] == 0
    assert any("unchanged" in text for text in feedback.said)


def test_cancel_keeps_what_was_looked_at(build, folder):
    feedback = RecordedFeedback(lambda text: "tiles looked at" in text)
    outputs, feedback = build(feedback, FOLDER=str(folder))
    assert outputs["TILES"] > 0
    rest, _ = build(FOLDER=str(folder))
    whole, _ = build(FOLDER=str(folder), INDEX=outputs["INDEX"].replace("i.gpkg", "j.gpkg"))
    assert outputs["TILES"] + rest["TILES"] == whole["TILES"]
    assert rest["TILES"] > 0


def test_nothing_chosen_is_one_sentence(build):
    outputs, feedback = build()
    assert outputs is None
    assert "Choose images" in feedback.errors[-1]


def test_a_broken_raster_does_not_end_the_run(build, folder):
    rasters.truncated(folder / "broken.tif")
    outputs, feedback = build(FOLDER=str(folder))
    assert outputs["RASTERS"] >= 2
    assert any("broken.tif" in error for error in feedback.errors)


def test_where_no_image_can_be_read_no_index_is_made(build, tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "broken.tif").write_bytes(b"not a raster")
    outputs, feedback = build(FOLDER=str(folder))
    assert outputs is None
    assert any("broken.tif" in error for error in feedback.errors)
    assert "no index was made" in feedback.errors[-1]
    assert not (tmp_path / "i.gpkg").exists()


def test_places_in_longitude_and_latitude_where_images_differ(build, search, folder):
    build(FOLDER=str(folder))
    layer, _ = search(COUNT=100, CLOSER=False)
    assert layer.crs().authid() == "EPSG:4326"
    assert {feature["raster"].rsplit("/", 1)[1] for feature in layer.getFeatures()} == {
        "a.tif",
        "b.tif",
    }
    for feature in layer.getFeatures():
        centre = feature.geometry().centroid().asPoint()
        assert 14.9 < centre.x() < 15.1
        assert 51 < centre.y() < 52.1


def test_places_in_the_images_crs_ranked(build, search, folder):
    layer = QgsRasterLayer(str(folder / "a.tif"), "a")
    QgsProject.instance().addMapLayer(layer)
    build(INPUT=[layer.id()])
    places, _ = search(COUNT=5)
    assert places.crs().authid() == "EPSG:32633"
    rows = list(places.getFeatures())
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert all(row["looked_closer"] for row in rows)
    assert all(row["query"] == "trees not water" for row in rows)


def test_extent_in_another_crs(build, search, folder):
    build(FOLDER=str(folder))
    layer, _ = search(EXTENT="15.0,15.001,51.999,52.0 [EPSG:4326]", COUNT=100, CLOSER=False)
    asked = QgsGeometry.fromRect(QgsRectangle(15.0, 51.999, 15.001, 52.0))
    assert layer.featureCount() > 0
    for feature in layer.getFeatures():
        assert feature["raster"].endswith("b.tif")
        assert feature.geometry().intersects(asked)


def test_images_and_scale_narrow_the_search(build, search, folder):
    build(FOLDER=str(folder))
    every, _ = search(COUNT=100, CLOSER=False)
    layer, _ = search(COUNT=100, CLOSER=False, INPUT=[str(folder / "a.tif")])
    assert 0 < layer.featureCount() < every.featureCount()
    assert all(row["raster"].endswith("a.tif") for row in layer.getFeatures())

    coarsest = max(row["gsd_m"] for row in every.getFeatures())
    coarser, _ = search(COUNT=100, CLOSER=False, FINEST=coarsest + 0.1)
    assert coarser.featureCount() > 0
    assert all(row["gsd_m"] > coarsest for row in coarser.getFeatures())
    finer, _ = search(COUNT=100, CLOSER=False, COARSEST=coarsest + 0.1)
    assert finer.featureCount() > 0
    assert all(row["gsd_m"] <= coarsest + 0.1 for row in finer.getFeatures())


def test_an_image_that_was_not_indexed_is_one_sentence(build, search, folder, tmp_path):
    build(FOLDER=str(folder))
    other = rasters.make_raster(tmp_path / "other.tif", size=(64, 64))
    layer, feedback = search(INPUT=[str(other)])
    assert layer is None
    assert "other.tif is not in the index" in feedback.errors[-1]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"TEXT": ""}, "empty"),
        ({"TEXT": "x" * 10_000}, "characters long"),
        ({"INDEX": "/nowhere/i.gpkg"}, "rsvlm:buildindex"),
        ({"CONCEPT": "/nowhere/c.json"}, "cannot be read"),
    ],
)
def test_what_cannot_be_searched_is_one_sentence(build, search, folder, parameters, said):
    build(FOLDER=str(folder))
    layer, feedback = search(**parameters)
    assert layer is None
    assert said in feedback.errors[-1]


def test_places_are_styled_when_they_are_loaded(build, folder, tiny_bundle, tmp_path):
    from qgis.core import QgsProcessingFeedback, QgsProcessingUtils

    build(FOLDER=str(folder))
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    destination = str(tmp_path / "places.gpkg")
    context.addLayerToLoadOnCompletion(
        destination, QgsProcessingContext.LayerDetails("Places", QgsProject.instance(), "OUTPUT")
    )
    _, ok = (
        SearchIndex()
        .create()
        .run(
            {
                "INDEX": str(tmp_path / "i.gpkg"),
                "TEXT": "trees",
                "BUNDLE": str(tiny_bundle / "bundle.json"),
                "OUTPUT": destination,
            },
            context,
            feedback,
        )
    )
    assert ok
    layer = QgsProcessingUtils.mapLayerFromString(destination, context)
    details = context.layerToLoadOnCompletionDetails(destination)
    details.postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.renderer().type() == "graduatedSymbol"
    assert layer.labelsEnabled()
    assert "Relevance (0 to 1)" in [field.alias() for field in layer.fields()]


@pytest.mark.parametrize("name", ["buildindex", "search"])
def test_every_parameter_is_explained(name):
    provider = RsVlmProvider()
    provider.refreshAlgorithms()
    algorithm = provider.algorithm(name)
    help_text = algorithm.shortHelpString()
    for parameter in algorithm.parameterDefinitions():
        assert f"<b>{parameter.description()}</b>" in help_text, parameter.name()
    assert algorithm.groupId() == "search"
    assert "search" in algorithm.tags()
