"""The options page and the settings behind it."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsSettings

from rs_vlm_plugin import model_cache
from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.gui.options_page import OptionsFactory
from rs_vlm_plugin.settings import SECTION, Settings, load_settings, save_settings


@pytest.fixture(autouse=True)
def _no_settings_left():
    QgsSettings().remove(SECTION)
    yield
    QgsSettings().remove(SECTION)
    model_cache.use_chosen_knowledge()
    model_cache.release_model()


@pytest.fixture
def bundled_model():
    """The folder of the bundle that ships, which looks things up."""
    from rs_vlm_plugin.resource_paths import default_bundle

    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    return default_bundle()


@pytest.fixture
def page(qtbot):
    def opened():
        widget = OptionsFactory().createWidget()
        qtbot.addWidget(widget)
        return widget

    return opened


def test_settings_are_found_again():
    settings = Settings("random", 7, "fixed", 9, "cpu", "/a/bundle.zip", "/a/folder", "/own.json")
    save_settings(settings)
    assert load_settings() == settings


@pytest.mark.parametrize(
    ("key", "nonsense"), [("budget", "many"), ("policy", "oracle"), ("device", "toaster")]
)
def test_nonsense_in_the_settings_is_the_default(key, nonsense):
    QgsSettings().setValue(f"{SECTION}/{key}", nonsense)
    assert load_settings() == Settings()


def test_budget_is_kept_within_its_range():
    QgsSettings().setValue(f"{SECTION}/budget", "1000000")
    assert load_settings().budget == 4096


def test_environment_names_a_bundle_unless_one_is_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("RSVLM_BUNDLE", str(tmp_path / "from_environment"))
    assert load_settings().bundle() == tmp_path / "from_environment"
    save_settings(Settings(bundle_path=str(tmp_path / "chosen")))
    assert load_settings().bundle() == tmp_path / "chosen"


def test_page_says_which_model_it_is(page, tiny_bundle):
    opened = page()
    opened.bundle_box.setFilePath(str(tiny_bundle / "bundle.json"))
    for part in ("rsvlm-tiny", "GPL-2.0-or-later", "describe"):
        assert part in opened.about.text()
    opened.apply()
    assert load_settings().bundle() == tiny_bundle


def test_page_says_what_is_wrong_with_a_bundle(page, tmp_path):
    opened = page()
    opened.bundle_box.setFilePath(str(tmp_path / "no.zip"))
    assert "no.zip" in opened.about.text()


def test_page_keeps_device_and_folder(page, tmp_path):
    opened = page()
    opened.device_box.setCurrentIndex(opened.device_box.findData("cpu"))
    opened.results_box.setFilePath(str(tmp_path))
    opened.apply()
    assert load_settings().device == "cpu"
    assert load_settings().results() == tmp_path


def own_file(folder, text="a pilot boat"):
    entries = [{"level": "object", "text": text}, {"level": "scene", "text": "airport"}]
    content = {"format": "rsvlm-own-knowledge", "name": "Harbour office", "entries": entries}
    path = folder / "own.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_own_knowledge_that_is_chosen_is_looked_up(page, tmp_path, bundled_model):
    opened = page()
    assert opened.about_knowledge.text() == ""
    opened.knowledge_box.setFilePath(str(own_file(tmp_path)))
    assert "Harbour office" in opened.about_knowledge.text()
    assert "2" in opened.about_knowledge.text()
    opened.apply()
    model = model_cache.shared_model(bundled_model, "cpu")
    own = [entry for entry in model.knowledge.entries if entry.source.kind == "own"]
    # An airport is there already.
    assert [(entry.text, entry.provenance) for entry in own] == [("a pilot boat", "Harbour office")]
    assert model_cache.shared_model(bundled_model, "cpu") is model

    opened.knowledge_box.setFilePath("")
    opened.apply()
    model = model_cache.shared_model(bundled_model, "cpu")
    assert not [entry for entry in model.knowledge.entries if entry.source.kind == "own"]


def test_a_model_that_looks_nothing_up_does_without_and_the_page_says_so(
    page, tmp_path, tiny_bundle
):
    opened = page()
    opened.bundle_box.setFilePath(str(tiny_bundle / "bundle.json"))
    opened.knowledge_box.setFilePath(str(own_file(tmp_path)))
    assert "looks nothing up" in opened.about_knowledge.text()
    opened.apply()
    assert model_cache.shared_model(tiny_bundle, "cpu").knowledge is None


def test_a_knowledge_file_that_is_gone_is_named(page, tmp_path, bundled_model):
    opened = page()
    opened.knowledge_box.setFilePath(str(tmp_path / "gone.json"))
    assert "gone.json" in opened.about_knowledge.text()
    opened.apply()
    with pytest.raises(BadRequest, match=r"gone\.json"):
        model_cache.shared_model(bundled_model, "cpu")
