"""DRIS policies at equal budget on a drawn town: how much of what is there is seen large enough.

An object counts as resolved where the finest tile over its middle shows it at least 12 model pixels
long. That needs no model, so it says what a plan makes possible, not what a model makes of it.
"""

from __future__ import annotations

import json
import time

from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.raster.normalise import fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster

from .subjects import town

BUDGETS = (16, 32, 64, 128)
POLICIES = ("fixed", "random", "content")
INPUT_SIZE = 160
RESOLVED_PX = 12


def main() -> None:
    """Plan the town with every policy and budget."""
    scene, path = town()
    rows = []
    with open_raster(str(path)) as source:
        stretch = fit_stretch(source)
        region = Region.from_window(source.info.transform, source.info.window)
        for budget in BUDGETS:
            for policy in POLICIES:
                started = time.perf_counter()
                made = plan(source, region, policy, budget, INPUT_SIZE, None, stretch)
                seconds = time.perf_counter() - started
                leaves = [made.tiles[index] for index in made.leaves]
                resolved = sum(_resolved(item.bbox, leaves) for item in scene.objects)
                rows.append(
                    {
                        "budget": budget,
                        "policy": policy,
                        "tiles": made.used,
                        "finest_m": min(tile.scale for tile in leaves) * scene.gsd_m,
                        "objects_resolved": resolved / len(scene.objects),
                        "plan_ms": seconds * 1000,
                    }
                )
    print(json.dumps(rows))


def _resolved(bbox: tuple[float, float, float, float], leaves: list) -> bool:
    col, row = (bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2
    length = max(bbox[2] - bbox[0], bbox[3] - bbox[1])
    return any(
        length / tile.scale >= RESOLVED_PX
        for tile in leaves
        if tile.window.col_off <= col < tile.window.col_end
        and tile.window.row_off <= row < tile.window.row_end
    )


if __name__ == "__main__":
    main()
