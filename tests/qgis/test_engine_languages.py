"""What the engine says reaches the analyst in the language of QGIS; data stay English."""

# ruff: noqa: F811  # fixtures are named where they are used

from __future__ import annotations

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from rs_vlm_plugin.engine.errors import (
    BadRequest,
    EmptyRegion,
    IndexNotWritable,
    RasterNotReadable,
)
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.records import ModelIdentity
from rs_vlm_plugin.engine.raster.raster_files import rasters_of
from rs_vlm_plugin.engine.search.query import parse_query
from rs_vlm_plugin.engine.sentence import say
from rs_vlm_plugin.gui.ask.conversation import Exchange, conversation_html
from rs_vlm_plugin.model_actions import actions_text
from rs_vlm_plugin.resource_paths import translation_file
from rs_vlm_plugin.session import Session
from rs_vlm_plugin.session.plain_values import Malformed, from_plain, to_plain
from rs_vlm_plugin.session.stored import log_text, read_log
from rs_vlm_plugin.spoken import error_text, spoken
from tests.qgis.analyst import SECONDS, add_raster
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.session_scene import entries, level_model  # noqa: F401


@pytest.fixture(params=["de", "es"])
def language(request):
    translator = QTranslator()
    assert translator.load(str(translation_file(request.param)))
    QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)


def test_an_error_is_said_with_its_values(language):
    error = EmptyRegion("{name} holds no valid pixel: all of it is nodata.", name="a{b}.tif")
    assert (
        error_text(error)
        == {
            "de": "a{b}.tif enthält kein gültiges Pixel: Alles darin ist NoData.",
            "es": "a{b}.tif no contiene ningún píxel válido: todo está sin datos.",
        }[language]
    )
    assert str(error) == "a{b}.tif holds no valid pixel: all of it is nodata."


def test_a_value_that_is_a_sentence_is_said_too(language):
    text = spoken(say("cannot tell: {reason}", reason=say("no such object was found")))
    assert (
        text
        == {
            "de": "nicht zu sagen: kein solches Objekt wurde gefunden",
            "es": "no se puede saber: no se encontró ningún objeto así",
        }[language]
    )
    assert (
        actions_text(("classify", "search", "find"))
        == {
            "de": "klassifizieren, suchen und finden",
            "es": "clasificar, buscar y encontrar",
        }[language]
    )


def test_what_is_wrong_with_images_and_indexes_is_said_with_their_names(language, tmp_path):
    (tmp_path / "list.txt").write_text("# none", encoding="utf-8")
    with pytest.raises(RasterNotReadable) as caught:
        list(rasters_of(str(tmp_path / "list.txt")))
    assert (
        error_text(caught.value)
        == {
            "de": "Die Liste list.txt nennt kein Raster. Schreiben Sie einen Pfad in jede Zeile.",
            "es": "La lista list.txt no nombra ningún ráster. Escriba una ruta en cada línea.",
        }[language]
    )
    folder = tmp_path / "none"
    with pytest.raises(IndexNotWritable) as caught:
        create_index(folder / "i.gpkg", ModelIdentity("any", "1", "0" * 64, 16))
    no_folder = {"de": "Es gibt keinen Ordner", "es": "No existe la carpeta"}[language]
    assert spoken(caught.value.message) == f"{no_folder} {folder}."


def test_what_nobody_has_translated_stays_english(language):
    assert spoken("GDAL said something odd.") == "GDAL said something odd."
    assert spoken("") == ""


def test_a_query_that_cannot_be_read_says_so_in_the_language(language):
    with pytest.raises(BadRequest) as caught:
        parse_query("x" * 10_000)
    said = error_text(caught.value)
    assert "10,000" in said
    assert {"de": "Zeichen lang", "es": "caracteres"}[language] in said


def test_the_dock_says_what_is_wrong_in_the_language(
    language, dock, qgis_canvas, make_raster, qtbot
):
    layer = add_raster(make_raster(size=(64, 48)))
    qgis_canvas.setExtent(QgsRectangle(0, 0, 10, 10))
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    said = dock.results.hint.text().replace("\u200b", "")
    assert {"de": "liegt außerhalb von", "es": "está fuera de"}[language] in said
    assert layer.name() in said


def test_an_answer_and_its_notes_are_said_in_the_language(language, entries):
    reply = entries[2].result
    shown = conversation_html([Exchange(reply, "planes")])
    assert {"de": "als Objekte gefunden", "es": "hallados como objetos"}[language] in shown
    assert "found as objects" in reply.detail


def test_a_saved_answer_is_said_in_the_language_it_is_read_in(entries, planes):
    log = Session()
    log.add(entries[2].result)
    (entry,) = read_log(log_text(log.entries())).entries
    assert spoken(entry.result.detail) == "3 found as objects"
    translator = QTranslator()
    assert translator.load(str(translation_file("de")))
    QCoreApplication.installTranslator(translator)
    try:
        assert spoken(entry.result.detail) == "3 als Objekte gefunden"
    finally:
        QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize(
    "sentence",
    [
        {"say": "x"},
        {"say": 5, "with": {}},
        {"say": "{a}", "with": {"a": 5}},
        {"say": "{a}" * 5_000, "with": {"a": "x" * 5_000}},
        {"say": "{a}", "with": {"a": {"say": "{b}" * 4_000, "with": {"b": "xxxxxxxx"}}}},
    ],
)
def test_a_saved_sentence_that_is_none_or_grows_too_long_is_refused(sentence):
    with pytest.raises(Malformed):
        from_plain(str, sentence)


def test_a_saved_sentence_is_itself_again():
    said = say("{name} has no band {band}.", name="a.tif", band=4)
    again = from_plain(str, to_plain(said))
    assert (again, again.template) == (said, said.template)
