"""The interface speaks the language of QGIS, and lets go of it on unloading."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from rs_vlm_plugin.gui.search.counted import images_text
from rs_vlm_plugin.plugin import RsVlmPlugin
from rs_vlm_plugin.processing.classify import ClassifyRegion
from rs_vlm_plugin.resource_paths import translation_file


@pytest.fixture
def german():
    translator = QTranslator()
    assert translator.load(str(translation_file("de_AT")))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_the_dock_is_german(german, dock):
    assert dock.run_bar.describe_button.text().replace("&", "") == "Region beschreiben"
    assert [dock.tabs.tabText(0), dock.tabs.tabText(dock.tabs.indexOf(dock.search))] == [
        "Beschreiben",
        "Suchen",
    ]
    assert "Rasterlayer" in dock.results.hint.text().replace("\u200b", "")
    assert "Index" in dock.search.empty_text.text()


def test_counted_nouns_take_their_form(german):
    QLocale.setDefault(QLocale("de"))
    try:
        assert [images_text(count) for count in (0, 1, 1204)] == [
            "0 Bilder",
            "1 Bild",
            "1.204 Bilder",
        ]
    finally:
        QLocale.setDefault(QLocale.system())


def test_counted_nouns_are_right_without_a_translation():
    assert [images_text(count) for count in (0, 1, 2)] == ["0 images", "1 image", "2 images"]


def test_an_algorithm_takes_texts_of_its_bases_too(german):
    algorithm = ClassifyRegion()
    algorithm.initAlgorithm({})
    assert algorithm.displayName() == "Region klassifizieren"
    assert algorithm.parameterDefinition("INPUT").description() == "Bild"


def test_the_plugin_takes_the_language_of_qgis_and_gives_it_back(monkeypatch):
    monkeypatch.setattr(QgsApplication, "locale", lambda: "es")
    plugin = RsVlmPlugin(None)
    plugin.initProcessing()
    assert QCoreApplication.translate("RsVlmPlugin", "Describe region") == "Describir región"
    plugin.unload()
    assert QCoreApplication.translate("RsVlmPlugin", "Describe region") == "Describe region"


def test_a_language_without_texts_is_english(monkeypatch):
    monkeypatch.setattr(QgsApplication, "locale", lambda: "tlh")
    plugin = RsVlmPlugin(None)
    plugin.initProcessing()
    assert QCoreApplication.translate("RsVlmPlugin", "Describe region") == "Describe region"
    plugin.unload()
