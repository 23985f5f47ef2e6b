"""The options page and the settings behind it."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings

from rs_vlm_plugin.gui.options_page import OptionsFactory
from rs_vlm_plugin.settings import SECTION, Settings, load_settings, save_settings


@pytest.fixture(autouse=True)
def _no_settings_left():
    QgsSettings().remove(SECTION)
    yield
    QgsSettings().remove(SECTION)


@pytest.fixture
def page(qtbot):
    def opened():
        widget = OptionsFactory().createWidget()
        qtbot.addWidget(widget)
        return widget

    return opened


def test_settings_are_found_again():
    settings = Settings("random", 7, "fixed", 9, "cpu", "/some/bundle.zip", "/some/folder")
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
