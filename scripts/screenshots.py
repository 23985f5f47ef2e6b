"""Takes the pictures of README and help: the plugin in QGIS Desktop, on the town it draws itself.

python scripts/screenshots.py [--output DIR] [--story NAME]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.desktop_profile import desktop_command, make_profile, run_unseen
from scripts.sample_raster import drawn_sample

WORK = ROOT / "build" / "screenshots"
SECONDS = 240
STORIES = {
    "describe": ("default", ("desktop",)),
    "search": (
        "default",
        (
            "search_empty",
            "search_build",
            "search_building",
            "search_results",
            "search_heat_map",
            "search_error",
        ),
    ),
    "dark": ("Night Mapping", ("search_dark",)),
    "ask": ("default", ("ask_empty", "ask")),
    "find": ("default", ("find_empty", "find", "find_sure")),
    "ask_and_find_dark": ("Night Mapping", ("ask_dark", "find_dark")),
}
"""Each story with QGIS's theme it is played in and the pictures it takes."""


def main() -> int:
    """Drive QGIS under Xvfb; 1 where a picture is missing."""
    parser = argparse.ArgumentParser(description="Take the README's and the help's pictures.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--story", choices=sorted(STORIES), help="only this one")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    stories = [options.story] if options.story else list(STORIES)
    # A failed story leaves the others their chance.
    return max(_photograph(story, options.output.resolve()) for story in stories)


def _photograph(story: str, output: Path) -> int:
    theme, names = STORIES[story]
    shutil.rmtree(WORK, ignore_errors=True)
    profile = make_profile(WORK / "profile")
    settings = profile / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    with settings.open("a", encoding="utf-8") as opened:
        opened.write(f"\n[UI]\nUITheme={theme}\n")
    for name in names:
        (output / f"{name}.png").unlink(missing_ok=True)
    raster = drawn_sample(ROOT / "build" / "samples")
    os.environ["RSVLM_PICTURES"] = str(output)
    os.environ["RSVLM_STORY"] = story
    code = str(ROOT / "scripts" / "screenshot_story.py")
    try:
        done = run_unseen(desktop_command(profile, "--code", code, str(raster)), SECONDS)
    except subprocess.TimeoutExpired:
        print(f"{story}: QGIS gave no answer in {SECONDS} s.", file=sys.stderr)
        return 1
    missing = [name for name in names if not (output / f"{name}.png").exists()]
    if done.returncode != 0 or missing:
        print(
            f"{story}: no picture of {', '.join(missing)}: {done.stdout[-2000:]}", file=sys.stderr
        )
        return 1
    for name in names:
        print(output / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
