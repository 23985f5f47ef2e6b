"""Opens QGIS Desktop with the plugin enabled and a raster loaded, in a profile of its own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.desktop_profile import (
    desktop_command,
    desktop_environment,
    make_profile,
    run_unseen,
)
from scripts.sample_raster import default_raster

LOOK_AND_LEAVE = """
import os
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface, plugins

def leave():
    iface.mainWindow().grab().save({picture!r})
    os._exit(0 if "rs_vlm_plugin" in plugins else 1)

QTimer.singleShot(4000, leave)
"""


def main() -> int:
    """Run QGIS until it is closed; without a display take one picture and leave."""
    parser = argparse.ArgumentParser(description="Open QGIS Desktop with the plugin.")
    parser.add_argument("--raster", type=Path, help="raster to load")
    raster = parser.parse_args().raster or default_raster(ROOT / "build" / "samples")
    if not raster.exists():
        print(f"There is no raster {raster}.", file=sys.stderr)
        return 1
    profile = make_profile(ROOT / "build" / "profile")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        command = desktop_command(profile, str(raster))
        return subprocess.run(command, env=desktop_environment(), check=False).returncode
    picture = ROOT / "build" / "run" / "desktop.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    code = picture.parent / "look_and_leave.py"
    code.write_text(LOOK_AND_LEAVE.format(picture=str(picture)), encoding="utf-8")
    picture.unlink(missing_ok=True)
    try:
        done = run_unseen(desktop_command(profile, "--code", str(code), str(raster)), 90)
    except subprocess.TimeoutExpired:
        print("QGIS was started under Xvfb and did not come up in 90 s.", file=sys.stderr)
        return 1
    if done.returncode != 0 or not picture.exists():
        print(f"QGIS ran under Xvfb without the plugin: {done.stdout[-2000:]}", file=sys.stderr)
        return 1
    print(f"There is no display here, so QGIS ran under Xvfb only to be photographed: {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
