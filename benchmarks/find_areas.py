"""How well Find outlines what no box taught the model: scenes in mosaics of real images, by name.

Mosaics as in `dris_policies`, each cell another scene class. Every class whose name is none of the
kinds that boxes taught is searched for in every mosaic, one a search, at the bundle's own
threshold: `precision` is the share of the outlined area that lies in the cell of that class,
`recall` the share of such cells that is outlined, `found` the share of cells with an outline on
them, `falsely` the share of searches for an absent class that outline something; in percent, with
95 % bootstrap intervals over mosaics. `fixed` looks at every place at the finest resolution that
brings more pixels; the others spend a quarter of its tiles. Where there is no data, scenes that the
project draws stand in, and the name says so.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import Polygon, box, shape
from shapely.ops import unary_union

from model_training.metrics import Tally, interval
from model_training.train import default_data_dir
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.find.finding import FIND_POLICIES
from rs_vlm_plugin.engine.geometry import GeoTransform
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.taught import untaught

from .dris_policies import ALL_TILES, SHARE, BenchScene, Box, Ground, opened, subjects
from .subjects import load_model

SCORES = {
    "precision": ("right", "outlined"),
    "recall": ("right", "wanted"),
    "found": ("hit", "present"),
    "falsely": ("false", "absent"),
}
"""Each a sum over searches, per sum over searches."""


def main() -> None:
    """Score every policy and print the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--mosaics", type=int, default=8, help="how many mosaics to make")
    parser.add_argument("--policies", nargs="+", choices=FIND_POLICIES, default=FIND_POLICIES)
    parser.add_argument("--bundle", type=Path, help="model bundle (default: the plugin's own)")
    arguments = parser.parse_args()
    model = load_model(arguments.bundle)
    name, scenes = next(subjects(arguments.data, arguments.split, arguments.mosaics, 1))
    can_find = "find" in model.bundle.manifest.actions
    print(json.dumps(benchmark(name, scenes, model, arguments.policies) if can_find else []))


def benchmark(
    name: str, scenes: Sequence[BenchScene], model: Any, policies: Sequence[str] = FIND_POLICIES
) -> list[dict[str, Any]]:
    """One row per policy."""
    labels = sorted({target.name for scene in scenes for target in scene.targets})
    sought = untaught(labels, model)
    sums: dict[str, list[dict[str, float]]] = {policy: [] for policy in policies}
    for scene in scenes:
        with opened(scene.rgb) as ground:
            fixed = ground.plan("fixed", ALL_TILES, model.input_size).used
            for policy in policies:
                budget = fixed if policy == "fixed" else max(1, int(SHARE * fixed))
                sums[policy].append(searched(scene, ground, sought, model, policy, budget))
    rows = []
    for policy, found in sums.items():
        row: dict[str, Any] = {
            "scenes": f"{name} ({len(scenes)})",
            "policy": policy,
            "phrases": len(sought),
            "tiles": sum(one["tiles"] for one in found) / len(found) / max(1, len(sought)),
        }
        for score, (part, whole) in SCORES.items():
            known = interval(
                Tally.ratio([one[part] for one in found], [one[whole] for one in found])
            )
            row[score] = known.value
            row[f"{score}_95"] = f"{known.low:.1f} to {known.high:.1f}"
        rows.append({**row, "model": model.bundle.manifest.name})
    return rows


def searched(
    scene: BenchScene,
    ground: Ground,
    sought: Sequence[str],
    model: VisionLanguageModel,
    policy: str,
    budget: int,
) -> dict[str, float]:
    """The sums of `SCORES` over all searches in one mosaic, and the tiles that they took."""
    sums = dict.fromkeys({name for parts in SCORES.values() for name in parts} | {"tiles"}, 0.0)
    places = {target.name: target.boxes[0] for target in scene.targets}
    for name in sought:
        result = find(ground.source, None, [name], model, policy, budget, stretch=ground.stretch)
        sums["tiles"] += result.provenance.tile_evaluations
        outlined = unary_union([shape(item.geometry) for item in result.objects])
        sums["outlined"] += outlined.area
        if name not in places:
            sums["absent"] += 1
            sums["false"] += not outlined.is_empty
            continue
        place = on_map(places[name], ground.source.info.transform)
        right = outlined.intersection(place).area
        sums["right"] += right
        sums["wanted"] += place.area
        sums["present"] += 1
        sums["hit"] += right > 0
    return sums


def on_map(pixels: Box, transform: GeoTransform) -> Polygon:
    """A box of a raster's pixels in its CRS."""
    corners = np.array([transform.to_map(*pixels[:2]), transform.to_map(*pixels[2:])])
    return box(*corners.min(axis=0), *corners.max(axis=0))


if __name__ == "__main__":
    main()
