"""An analyst saves a project and comes back to it, in a real QGIS Desktop."""

from __future__ import annotations

import pytest

from tests.desktop.test_desktop_analyst import bundle, play, pytestmark

__all__ = ["bundle", "pytestmark"]


@pytest.fixture(scope="module")
def session(bundle, tmp_path_factory) -> dict:
    """What happened in one session, played once for all tests here."""
    return play("returning", tmp_path_factory.mktemp("returning"))


def test_answers_are_there_again_after_saving_and_opening(session):
    assert session["unsaved"]
    assert session["written"]
    assert session["opened"]
    assert "Is there a plane?" in session["said_again"]
    assert session["said_again"] == session["said"]
    assert session["caption_again"] == session["caption"]
    assert session["report_again"]
    assert not session["changed_by_opening"]


def test_another_project_knows_nothing_of_them(session):
    assert session["exchanges_in_new_project"] == 0
    assert not session["described_in_new_project"]
    assert not session["report_in_new_project"]


def test_reloading_the_plugin_keeps_them(session):
    assert session["said_after_reload"] == session["said"]
