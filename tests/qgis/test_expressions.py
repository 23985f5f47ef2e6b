"""Expression functions read what is there; they look at no image, and are gone after unloading."""

from __future__ import annotations

import threading

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)

from rs_vlm_plugin import expressions
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.session import session
from tests.qgis.descriptions import make_description, square
from tests.qgis.search_scene import RED, indexed, make_scene

UTM = QgsCoordinateReferenceSystem("EPSG:32633")


@pytest.fixture
def registered(qgis_new_project, analyst_settings):
    expressions.register()
    session().clear()
    yield
    expressions.unregister()
    session().clear()


@pytest.fixture
def project_index(registered, tmp_path, tiny_bundle):
    scene = make_scene(tmp_path / "scene.tif")
    model = VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")
    return indexed(tmp_path / "i.gpkg", scene, model)


def value_of(text: str, geometry: QgsGeometry, crs: str = "EPSG:32633"):
    """The value of an expression for a feature, and what is wrong."""
    feature = QgsFeature()
    feature.setGeometry(geometry)
    scope = QgsExpressionContextScope()
    scope.setVariable("layer_crs", crs)
    context = QgsExpressionContext()
    context.appendScope(scope)
    context.setFeature(feature)
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    return expression.evaluate(context), expression.evalErrorString()


def red_square() -> QgsGeometry:
    return QgsGeometry.fromRect(QgsRectangle(*RED))


def test_relevance_of_a_place_is_between_0_and_1(project_index):
    value, problem = value_of("rsvlm_relevance('trees', $geometry)", red_square())
    assert problem == ""
    assert 0 < value <= 1


def test_the_place_is_the_same_in_any_crs(project_index):
    there, _ = value_of("rsvlm_relevance('trees', $geometry)", red_square().centroid())
    lonlat = red_square().centroid()
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    lonlat.transform(QgsCoordinateTransform(UTM, wgs84, QgsProject.instance()))
    text = "rsvlm_relevance('trees', $geometry, 'EPSG:4326')"
    assert value_of(text, lonlat) == (pytest.approx(there), "")


def test_where_nothing_was_indexed_is_null(project_index):
    far = QgsGeometry.fromRect(QgsRectangle(0, 0, 10, 10))
    assert value_of("rsvlm_relevance('trees', $geometry)", far) == (NULL, "")
    assert value_of("rsvlm_relevance('trees', $geometry)", QgsGeometry()) == (NULL, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rsvlm_relevance('', $geometry)", "query is empty"),
        ("rsvlm_relevance('not water', $geometry)", "not wanted"),
        ("rsvlm_relevance('trees', $geometry, 'nonsense')", "EPSG:4326"),
        ("rsvlm_relevance($geometry, 'trees')", "geometry as argument 2"),
    ],
)
def test_what_cannot_be_answered_is_said(project_index, text, said):
    value, problem = value_of(text, red_square())
    assert value in (None, NULL)
    assert said in problem


def test_no_geometry_is_null(project_index):
    assert value_of("rsvlm_relevance('trees', NULL)", red_square()) == (NULL, "")


def test_a_project_without_an_index_is_said(registered):
    value, problem = value_of("rsvlm_relevance('trees', $geometry)", red_square())
    assert value in (None, NULL)
    assert "no search index" in problem


def test_threads_that_draw_may_ask_at_once(project_index):
    expected, _ = value_of("rsvlm_relevance('white tanks', $geometry)", red_square())
    found = []
    threads = [
        threading.Thread(
            target=lambda: found.append(
                value_of("rsvlm_relevance('white tanks', $geometry)", red_square())
            )
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [(expected, "")] * 4


def test_a_description_is_found_by_its_place(registered):
    session().add(make_description(crs_wkt=UTM.toWkt()))
    west = QgsGeometry.fromWkt(_wkt(square(0, 0)))
    between = QgsGeometry.fromWkt(_wkt(square(1, 0)))
    far = QgsGeometry.fromWkt(_wkt(square(50, 50)))
    assert value_of("rsvlm_description($geometry)", west) == ("Boats at a pier; it's calm.", "")
    assert value_of("rsvlm_description($geometry)", between)[0].startswith("Many boats")
    assert value_of("rsvlm_description($geometry)", far) == (NULL, "")


def test_the_newest_description_counts(registered):
    session().add(make_description(crs_wkt=UTM.toWkt()))
    newer = make_description(crs_wkt=UTM.toWkt(), regions=())
    session().add(newer)
    west = QgsGeometry.fromWkt(_wkt(square(0, 0)))
    assert value_of("rsvlm_description($geometry)", west)[0] == newer.scene.text


def test_functions_explain_themselves(registered):
    ours = {each.name(): each for each in QgsExpression.Functions() if each.group() == "RS-VLM"}
    assert set(ours) == {"rsvlm_relevance", "rsvlm_description"}
    for name, function in ours.items():
        assert f"{name}(" in function.helpText()


def test_functions_are_gone_after_unloading(registered):
    expressions.unregister()
    assert not QgsExpression.isFunctionName("rsvlm_relevance")
    assert not QgsExpression.isFunctionName("rsvlm_description")
    expressions.register()
    assert QgsExpression.isFunctionName("rsvlm_relevance")


def _wkt(polygon: dict) -> str:
    ring = ", ".join(f"{x} {y}" for x, y in polygon["coordinates"][0])
    return f"Polygon (({ring}))"
