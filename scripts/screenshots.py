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
from scripts.sample_raster import drawn_later, drawn_sample

WORK = ROOT / "build" / "screenshots"
SECONDS = 240
PAGE_DPI = 84
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
    "compare": ("default", ("compare_empty", "compare", "compare_dock", "session_report")),
    "compare_dark": ("Night Mapping", ("compare_dark",)),
}
"""Each story with QGIS's theme it is played in and the pictures it takes."""
HELP = {"compare_dock": ROOT / "resources" / "help" / "compare.png"}
"""Pictures that the plugin's help shows, which comes with the zip."""


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
    os.environ["RSVLM_LATER"] = str(drawn_later(ROOT / "build" / "samples"))
    code = str(ROOT / "scripts" / "screenshot_story.py")
    try:
        done = run_unseen(desktop_command(profile, "--code", code, str(raster)), SECONDS)
    except subprocess.TimeoutExpired:
        print(f"{story}: QGIS gave no answer in {SECONDS} s.", file=sys.stderr)
        return 1
    for paper in output.glob("*.pdf"):
        _photograph_first_page(paper)
    for name in names:
        _slim(output / f"{name}.png")
    missing = [name for name in names if not (output / f"{name}.png").exists()]
    if done.returncode != 0 or missing:
        print(
            f"{story}: no picture of {', '.join(missing)}: {done.stdout[-2000:]}", file=sys.stderr
        )
        return 1
    for name in set(names) & set(HELP):
        (output / f"{name}.png").replace(HELP[name])
    for name in names:
        print(HELP.get(name) or output / f"{name}.png")
    return 0


def _slim(picture: Path) -> None:
    """Keep 256 colours, which nobody misses, in a third of the bytes; needs ImageMagick."""
    if picture.exists() and shutil.which("convert"):
        small = ["+dither", "-colors", "256", "-strip", f"PNG8:{picture}"]
        subprocess.run(["convert", str(picture), *small], check=True)


def _photograph_first_page(paper: Path) -> None:
    """Turn a PDF into the picture of its first page, through GDAL, which QGIS brings anyway."""
    from osgeo import gdal

    gdal.UseExceptions()
    page = gdal.OpenEx(str(paper), open_options=[f"DPI={PAGE_DPI}"])
    picture = gdal.GetDriverByName("PNG").CreateCopy(str(paper.with_suffix(".png")), page)
    del picture, page
    paper.unlink()
    paper.with_suffix(".png.aux.xml").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
