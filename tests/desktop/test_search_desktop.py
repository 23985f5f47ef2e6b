"""Searching in a real QGIS Desktop: built, typed, clicked, by the locator bar, unloaded."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.resource_paths import default_bundle
from tests.desktop.test_desktop_analyst import LARGEST_GAP_MS, bundle, play, pytestmark

__all__ = ["bundle", "pytestmark"]


@pytest.fixture(scope="module")
def session(bundle, tmp_path_factory) -> dict:
    """What happened in one session, played once for all tests here."""
    return play("searcher", tmp_path_factory.mktemp("search"))


def test_it_begins_with_building_an_index(session):
    assert "No index yet" in session["empty_text"]
    assert "1 image, at most" in session["estimate"]
    assert session["index_summary"].startswith("1 image, ")


def test_typing_ranks_and_outlines_places(session):
    assert session["first_hit"]["outlined"]
    if (default_bundle() / "bundle.json").exists():
        # The drawn town has storage tanks, and the model knows the words. Relevance is how likely
        # somebody would mention them, which is seldom above one half.
        assert session["first_hit"]["score"] > 0.3


def test_a_click_moves_the_map_and_the_button_adds_a_layer(session):
    assert session["click_moved_map"]
    assert session["groups"] == ["RS-VLM search: storage tanks"]


def test_the_locator_bar_finds_places(session):
    assert session["locator"]
    assert all(text.startswith("synthetic_town, relevance ") for text in session["locator"])


def test_gui_thread_is_not_blocked(session):
    print(
        f"largest gaps: {session['build_gaps_ms']} ms building, {session['typing_gaps_ms']} typing"
    )
    assert max(session["build_gaps_ms"]) < LARGEST_GAP_MS
    assert max(session["typing_gaps_ms"]) < LARGEST_GAP_MS


def test_unloading_in_mid_search_leaves_nothing_behind(session):
    assert session["traces_while_loaded"]["filters"] == ["rsvlm_search"]
    left = session["traces_after_unload"]
    assert left["named"] == []
    assert left["filters"] == []
    assert left["toolbars"] == []
    assert left["tasks"] == 0
    assert session["canvas_items_grown"] <= 0
    assert session["starts_again"]


def test_after_reloading_the_index_is_found_again(session):
    assert session["index_found_again"].startswith("1 image, ")
