"""How much of `fixed`'s F1 Find keeps with a share of its tile evaluations, by DRIS policy.

Each VHR-10 image is searched for each kind of object labelled on it, one kind a search, and a box
counts where its centre hits (F1 as of `evaluate.py`). Scores count from the bundle's own threshold.
Intervals are paired bootstraps over images, against `fixed`, `random` and `content`. A bundle that
cannot find gives no rows; where there is no data, drawn scenes stand in, and the name says so.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model_training.data.drawn import drawn_records
from model_training.data.records import ImageText, read_all
from model_training.evaluation.picture import AS_IS, PictureSource
from model_training.metrics import FoundBox, Tally, compare, grounding_tallies, known, match_boxes
from model_training.metrics.boxes import CRITERIA
from model_training.train import default_data_dir
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.find.finding import FIND_POLICIES
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .subjects import load_model

ALL_TILES = 1024
SHARES = (0.15, 0.25)
SEED = 11
OTHERS = tuple(policy for policy in FIND_POLICIES if policy != "fixed")
RIVALS = ("random", "content")
Search = tuple[list[FoundBox], int]
"""Boxes found on one image, and the tile evaluations they took."""


def main() -> None:
    """Score every policy and print the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--images", type=int, default=98, help="most images to use")
    parser.add_argument(
        "--shares",
        type=float,
        nargs="+",
        default=SHARES,
        help="shares of fixed's tile evaluations that the other policies may spend, each 0 to 1",
    )
    parser.add_argument("--bundle", type=Path, help="model bundle (default: the plugin's own)")
    arguments = parser.parse_args()
    model = load_model(arguments.bundle)
    name, records = scenes(arguments.data, arguments.split)
    can_find = "find" in model.bundle.manifest.actions
    records = records[: arguments.images]
    print(json.dumps(benchmark(name, records, model, arguments.shares) if can_find else []))


def scenes(data_dir: Path, split: str) -> tuple[str, list[ImageText]]:
    """Images with labelled objects, and what they are."""
    if (data_dir / "vhr10" / f"{split}.parquet").is_file():
        name, records = f"vhr10 {split}", read_all(data_dir, "vhr10", split)
    else:
        name, records = "drawn", drawn_records(60, SEED)[0]
    return name, [record for record in records if record.boxes]


def benchmark(
    name: str,
    records: Sequence[ImageText],
    model: VisionLanguageModel,
    shares: Sequence[float] = SHARES,
) -> list[dict[str, Any]]:
    """`fixed`, then a row per share and policy: F1, and what it keeps of `fixed`'s, in percent with
    95 % intervals."""
    fixed: list[Search] = []
    found: dict[tuple[float, str], list[Search]] = defaultdict(list)
    for record in records:
        source = PictureSource(record.rgb())
        names = sorted({box.category for box in record.boxes})
        all_of_it = _search(source, names, model, "fixed", ALL_TILES)
        fixed.append(all_of_it)
        for share in shares:
            budget = max(1, int(share * all_of_it[1] / len(names)))
            for policy in OTHERS:
                found[share, policy].append(_search(source, names, model, policy, budget))
    labelled = [record.boxes for record in records]

    def tally(searches: Sequence[Search]) -> Tally:
        matches = match_boxes([boxes for boxes, _ in searches], labelled, CRITERIA["centre"])
        return grounding_tallies(matches, labelled, 0.0)["f1"]

    best = tally(fixed)
    scores = {key: tally(searches) for key, searches in found.items()}
    tiles = sum(used for _, used in fixed)
    rows = []
    for (share, policy), score in {(1.0, "fixed"): best, **scores}.items():
        kept = compare(best, score).relative
        row: dict[str, Any] = {
            "scenes": f"{name} ({len(records)})",
            "share": share,
            "policy": policy,
            "tiles_of_fixed": sum(used for _, used in found.get((share, policy), fixed)) / tiles,
            "f1": score.value,
            "kept": known(100 + kept.value),
            "kept_95": f"{100 + kept.low:.1f} to {100 + kept.high:.1f}",
        }
        for rival in RIVALS:
            # There is no rival with as many tiles as `fixed`.
            more = compare(scores.get((share, rival), score), score).difference
            row[f"over_{rival}"] = more.value
            row[f"over_{rival}_95"] = f"{more.low:+.1f} to {more.high:+.1f}"
        rows.append({**row, "model": model.bundle.manifest.name})
    return rows


def _search(
    source: PictureSource,
    names: Sequence[str],
    model: VisionLanguageModel,
    policy: str,
    budget: int,
) -> Search:
    boxes, used = [], 0
    for name in names:
        result = find(source, None, [name], model, policy, budget, stretch=AS_IS)
        used += result.provenance.tile_evaluations
        for item in result.objects:
            xs, ys = zip(*item.geometry["coordinates"][0], strict=True)
            boxes.append(
                FoundBox(name, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), item.score)
            )
    return boxes, used


if __name__ == "__main__":
    main()
