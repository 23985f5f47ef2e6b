"""Every tab without the mouse, in a real QGIS Desktop: Tab, Enter and Escape."""

from __future__ import annotations

import pytest

from tests.desktop.test_desktop_analyst import bundle, play, pytestmark

__all__ = ["bundle", "pytestmark"]

UNNAMED_BY_QT = {"qt_tabwidget_tabbar"}
"""Screen readers are told the titles of the tabs one by one."""


@pytest.fixture(scope="module")
def session(bundle, tmp_path_factory) -> dict:
    """What happened in one session, played once for all tests here."""
    return play("keyboard", tmp_path_factory.mktemp("keyboard"))


def test_tab_goes_down_every_tab_row_by_row(session):
    for state, order in session["order"].items():
        rows = [each["row"] for each in order]
        # Things beside each other may differ by a few pixels.
        for above, below in zip(rows, rows[1:]):
            assert below >= above - 8, f"{state}: {[each['name'] for each in order]}"


def test_tab_reaches_what_each_tab_is_for(session):
    names = {state: {each["name"] for each in order} for state, order in session["order"].items()}
    assert "rsVlmDescribe" in names["Describe"]
    assert {"rsVlmQuestion", "rsVlmAskButton"} <= names["Ask"]
    assert {"rsVlmPhrases", "rsVlmFindButton"} <= names["Find"]
    assert "rsVlmCompareWith" in names["Compare"]
    assert "rsVlmBuildIndex" in names["Search"]
    assert {"rsVlmAnswer", "rsVlmSave", "rsVlmLayers", "rsVlmSession"} <= names["described"]
    assert {"rsVlmConversation", "rsVlmAskClear"} <= names["asked"]
    assert {"rsVlmFound", "rsVlmFindScore"} <= names["found"]
    assert {"rsVlmCompareSwap", "rsVlmCompareButton"} <= names["compared"]


def test_everything_reached_has_a_name_for_a_screen_reader_and_says_what_it_does(session):
    for order in session["order"].values():
        for each in order:
            if each["name"] in UNNAMED_BY_QT:
                continue
            assert each["spoken"], each
            assert each["tool_tip"] or each["kind"] == "QTextBrowser", each


def test_enter_begins_and_the_keyboard_stays_where_it_was(session):
    assert session["describe_is_busy"]
    assert session["focus_after_describing"] == "rsVlmDescribe"
    assert session["focus_in_ask"] == "rsVlmQuestion"
    assert session["answers"] == 1
    assert session["focus_after_asking"] == "rsVlmQuestion"
    assert session["find_is_busy"]
    assert session["focus_after_finding"] == "rsVlmPhrases"


def test_enter_compares_and_escape_gives_up(session):
    assert session["focus_in_compare"] == "rsVlmCompareButton"
    assert session["compare_is_busy"]
    assert session["focus_while_comparing"] == "rsVlmCompareCancel"
    assert session["focus_after_comparing"] == "rsVlmCompareButton"
    assert session["compare_status"] == "Cancelled."
