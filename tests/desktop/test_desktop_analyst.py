"""An analyst's session in a real QGIS Desktop; pictures are left in build/desktop_test."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rs_vlm_plugin.resource_paths import default_bundle
from scripts.desktop_profile import desktop_command, make_profile, run_unseen
from scripts.sample_raster import drawn_sample

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "desktop_test"
SECONDS = 110
LARGEST_GAP_MS = 250
WITH_WINDOW_MANAGER = ["sh", "-c", 'openbox & exec "$@"', "sh"]

MISSING = [name for name in ("qgis", "xvfb-run", "Xvfb", "openbox") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.skipif(
        importlib.util.find_spec("onnxruntime") is None, reason="onnxruntime is not installed"
    ),
]


def play(story: str, work: Path, theme: str = "default") -> dict:
    """Play a story of `drive.py` in a new profile and return the facts it wrote."""
    profile = make_profile(work / "profile")
    settings = profile / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    with settings.open("a", encoding="utf-8") as opened:
        opened.write(f"\n[UI]\nUITheme={theme}\n\n[rs_vlm]\nresults_folder={work / 'results'}\n")
    raster = drawn_sample(work)
    PICTURES.mkdir(parents=True, exist_ok=True)
    command = desktop_command(
        profile, "--code", str(ROOT / "tests" / "desktop" / "drive.py"), str(raster)
    )
    os.environ["RSVLM_DRIVE_OUT"] = str(PICTURES)
    os.environ["RSVLM_DRIVE_STORY"] = story
    facts = PICTURES / "facts.json"
    facts.unlink(missing_ok=True)
    try:
        done = run_unseen([*WITH_WINDOW_MANAGER, *command], SECONDS)
    except subprocess.TimeoutExpired:
        pytest.fail(f"QGIS did not finish the story within {SECONDS} s")
    assert facts.exists(), done.stdout[-3000:]
    told = json.loads(facts.read_text(encoding="utf-8"))
    assert "failure" not in told, told["failure"]
    return told


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The bundled model where there is one, else the tiny one."""
    if (default_bundle() / "bundle.json").exists():
        yield
        return
    from tests.tiny_bundle import make_tiny_bundle

    os.environ["RSVLM_BUNDLE"] = str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))
    yield
    del os.environ["RSVLM_BUNDLE"]


@pytest.fixture(scope="module")
def session(bundle, tmp_path_factory) -> dict:
    """What happened in one session, played once for all tests here."""
    return play("analyst", tmp_path_factory.mktemp("desktop"))


def test_dock_stays_closed_until_asked_for(session):
    assert session["plugin_loaded"]
    assert not session["dock_at_start"]
    assert session["dock_visible_once_asked"]


def test_button_gives_a_caption_with_links_and_layers(session):
    assert session["caption"] in session["shown"]
    assert session["caption"] in session["copied"]
    assert session["groups"]
    assert len(session["group_layers"]) == 3
    assert max(layer["features"] for layer in session["group_layers"]) >= 1


def test_phrase_moves_the_map(session):
    if not session["links"]:
        pytest.skip("the caption names nothing with a place")
    assert session["phrase_moved_map"]


def test_drawn_polygon_says_its_size(session):
    assert " px, " in session["drawn_size"]


def test_cancel_ends_soon_and_keeps_what_was_found(session):
    assert session["cancelled_is_partial"]
    assert session["cancel_s"] < 2.5


def test_problem_is_one_sentence_in_the_message_bar(session):
    assert "lies outside" in session["problem"]


def test_gui_thread_is_not_blocked(session):
    print(f"largest gaps of the GUI thread: {session['gui_gaps_ms']} ms")
    assert max(session["gui_gaps_ms"]) < LARGEST_GAP_MS


def test_plugin_reloads_three_times_and_still_describes(session):
    assert len(session["reload_ms"]) == 3
    assert session["caption_after_reload"]


def test_unloading_leaves_nothing_behind(session):
    assert session["traces_while_loaded"]["provider"]
    assert session["traces_while_loaded"]["toolbars"]
    left = session["traces_after_unload"]
    assert left["named"] == []
    assert left["menus"] == []
    assert left["toolbars"] == []
    assert left["help"] == []
    assert not left["provider"]
    assert left["tasks"] == 0
    assert session["canvas_items_grown"] <= 0
    assert session["starts_again"]


def test_dark_theme_is_followed(bundle, tmp_path):
    facts = play("dark", tmp_path, theme="Night Mapping")
    assert facts["caption"]
    assert facts["background"] < 128
    assert (PICTURES / "dark_theme.png").exists()
