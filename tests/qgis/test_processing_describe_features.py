"""`rsvlm:describefeatures`: a sentence for each polygon; one that fails does not end the run."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from rs_vlm_plugin.processing.describe_features import DescribeFeatures
from tests import rasters
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm

INSIDE = (500_000, 5_699_000, 500_800, 5_700_000)
ALSO_INSIDE = (501_000, 5_698_000, 502_000, 5_699_000)
OUTSIDE = (400_000, 5_000_000, 400_100, 5_000_100)


@pytest.fixture
def run(tiny_bundle, tmp_path):
    path = rasters.make_raster(tmp_path / "scene.tif", size=(320, 240), pattern="noise")

    def run(layer, feedback=None, **parameters):
        QgsProject.instance().addMapLayer(layer)
        asked = {
            "INPUT": str(path),
            "FEATURES": layer.id(),
            "BUNDLE": str(tiny_bundle / "bundle.json"),
            "BUDGET": 2,
            "OUTPUT": "TEMPORARY_OUTPUT",
        }
        outputs, ok, feedback, context = run_algorithm(
            DescribeFeatures(), {**asked, **parameters}, feedback
        )
        if not ok:
            return None, feedback
        return context.takeResultLayer(outputs["OUTPUT"]), feedback

    yield run
    QgsProject.instance().clear()


def polygons(*rectangles, crs="EPSG:32633"):
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=plot:string&field=area:double", "p", "memory")
    for number, rectangle in enumerate(rectangles):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"plot {number}", float(number)])
        if rectangle is not None:
            feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*rectangle)))
        layer.dataProvider().addFeature(feature)
    return layer


def test_each_polygon_keeps_its_attributes_and_gets_an_answer(run):
    result, _ = run(polygons(INSIDE, ALSO_INSIDE))
    names = [field.name() for field in result.fields()]
    assert names == [
        "plot",
        "area",
        "rsvlm_text",
        "rsvlm_confidence",
        "rsvlm_objects",
        "rsvlm_note",
    ]
    rows = list(result.getFeatures())
    assert [row["plot"] for row in rows] == ["plot 0", "plot 1"]
    assert all(row["rsvlm_text"] for row in rows)
    assert all(0 <= row["rsvlm_confidence"] <= 1 for row in rows)
    assert rows[1].geometry().boundingBox() == QgsRectangle(*ALSO_INSIDE)
    assert result.wkbType() == QgsWkbTypes.Type.Polygon


def test_a_polygon_that_fails_says_why_and_the_run_goes_on(run):
    result, feedback = run(polygons(OUTSIDE, None, INSIDE))
    rows = list(result.getFeatures())
    assert "outside" in rows[0]["rsvlm_note"]
    assert "no geometry" in rows[1]["rsvlm_note"]
    assert not rows[0]["rsvlm_text"]
    assert rows[2]["rsvlm_text"]
    assert len(feedback.errors) == 2


def test_polygons_in_another_crs(run):
    result, _ = run(polygons((15.0, 51.43, 15.01, 51.44), crs="EPSG:4326"))
    assert result.crs().authid() == "EPSG:4326"
    assert next(result.getFeatures())["rsvlm_text"]


def test_describing_twice_keeps_the_first_answer(run):
    once, _ = run(polygons(INSIDE))
    twice, _ = run(once)
    assert [field.name() for field in twice.fields()][-4:] == [
        "rsvlm_text_2",
        "rsvlm_confidence_2",
        "rsvlm_objects_2",
        "rsvlm_note_2",
    ]


def test_cancel_keeps_the_polygons_done(run):
    feedback = RecordedFeedback(lambda text: text.startswith("2 / 3"))
    result, _ = run(polygons(INSIDE, ALSO_INSIDE, INSIDE), feedback)
    assert 1 <= result.featureCount() <= 2
    assert next(result.getFeatures())["rsvlm_text"]


def test_no_polygon_is_no_error(run):
    result, _ = run(polygons())
    assert result.featureCount() == 0


def test_a_missing_bundle_ends_the_run(run):
    result, feedback = run(polygons(INSIDE), BUNDLE="/nowhere/bundle.zip")
    assert result is None
    assert "bundle" in feedback.errors[0]


def test_a_raster_that_shows_nothing_is_one_sentence(run, tmp_path):
    empty = rasters.all_nodata(tmp_path / "empty.tif")
    result, feedback = run(polygons(INSIDE), INPUT=str(empty))
    assert result is None
    assert "all of it is nodata" in feedback.errors[0]
