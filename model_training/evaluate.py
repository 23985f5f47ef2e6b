"""Score a bundle or a checkpoint, with its floors beside the scores.

Usage: python model_training/evaluate.py --bundle DIR --sets ucm,rsicd_aid --split test

Choose on `--split val`; report `--split test` once. With `--per-image FILE` two bundles can be set
against each other afterwards: python model_training/evaluate.py --compare BEFORE.json AFTER.json
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from model_training.checkpoint import Checkpoint
    from model_training.evaluation import Cost, SetScores
    from model_training.knowledge.building import BuiltKnowledge

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `evaluate.py`."""
    from model_training.train import default_data_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--bundle", type=Path, default=ROOT / "resources" / "model", help="exported bundle"
    )
    what.add_argument(
        "--checkpoint", type=Path, help="checkpoint; scored through a float32 export of it"
    )
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--sets", default="rsicd_aid,ucm", help="comma-separated")
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument(
        "--record", action="store_true", help="also write the scores into the bundle's manifest"
    )
    parser.add_argument(
        "--json", type=Path, help="also write all scores, captions and answers to this file"
    )
    parser.add_argument(
        "--per-image", type=Path, help="also write what --compare needs to this file"
    )
    parser.add_argument(
        "--compare",
        type=Path,
        nargs=2,
        metavar=("BEFORE", "AFTER"),
        help="score nothing; print the differences between two --per-image files with 95 %% "
        "bootstrap intervals (* where they leave out 0)",
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Evaluate; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.config import ConfigError
    from model_training.data.records import DataError
    from model_training.evaluation import comparison_table, table
    from model_training.evaluation.comparison import (
        compare_runs,
        read_tallies,
        tallies_of,
        write_tallies,
    )
    from model_training.export.bundle_folder import record_metrics
    from model_training.metrics import JavaMissing, RunsDiffer
    from rs_vlm_plugin.engine.errors import RsVlmError

    try:
        if arguments.compare:
            before, after = (read_tallies(path) for path in arguments.compare)
            print(comparison_table(compare_runs(before, after)))
            return 0
        results, cost = _evaluate(arguments)
    except (
        RsVlmError, ConfigError, DataError, JavaMissing, RunsDiffer, FileNotFoundError,
    ) as error:  # fmt: skip
        print(f"evaluate.py: {error}", file=sys.stderr)
        return 1
    if arguments.record and not arguments.checkpoint:
        scores = {name: found for result in results for name, found in result.scores().items()}
        record_metrics(arguments.bundle, scores)
    print(table(results))
    print()
    for sentence in (sentence for result in results for sentence in result.skipped):
        print(sentence)
    print(cost.sentence())
    if arguments.json:
        report = {"cost": cost.to_json(), "sets": [result.to_json() for result in results]}
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if arguments.per_image:
        write_tallies(tallies_of(results), arguments.per_image)
    return 0


def _evaluate(arguments: argparse.Namespace) -> tuple[list[SetScores], Cost]:
    from model_training.evaluation import evaluate_set, measure_cost
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    with tempfile.TemporaryDirectory() as temporary:
        bundle, writer = arguments.bundle, None
        if arguments.checkpoint:
            loaded = _loaded(arguments.checkpoint, arguments.data)
            bundle = _float32_bundle(loaded, Path(temporary) / "bundle")
            if loaded.checkpoint.language is not None:
                from model_training.writing import write_captions

                # A bundle holds no language model, so torch writes the captions.
                writer = partial(write_captions, loaded.checkpoint)
        model = VisionLanguageModel(load_bundle(bundle), device="auto")
        results = [
            evaluate_set(model, arguments.data, name.strip(), arguments.split, writer)
            for name in arguments.sets.split(",")
        ]
        cost = measure_cost(model)
        model.close()
    return results, cost


class _Loaded(NamedTuple):
    """A checkpoint that retrieves as it was trained to, and the entries that it retrieves from."""

    checkpoint: Checkpoint
    knowledge: BuiltKnowledge | None


def _loaded(folder: Path, data_dir: Path) -> _Loaded:
    from model_training.checkpoint import load_checkpoint
    from model_training.data.corpus import load_corpus
    from model_training.knowledge.building import build_entries
    from model_training.knowledge.training_text import captioned_images
    from model_training.training_knowledge import remember

    checkpoint = load_checkpoint(folder, data_dir.parent / "weights")
    built = None
    if checkpoint.experiment.knowledge.enabled:
        # A model that was trained to retrieve is another one without its entries.
        built = build_entries(captioned_images(load_corpus(checkpoint.experiment, data_dir).train))
        remember(checkpoint, built)
    return _Loaded(checkpoint, built)


def _float32_bundle(loaded: _Loaded, folder: Path) -> Path:
    from model_training.export.bundle_writer import write_bundle
    from model_training.export.calibrate import Calibration

    checkpoint = loaded.checkpoint
    neutral = Calibration(1.0, checkpoint.model.logit_scale.item(), 0.0, None)
    write_bundle(
        checkpoint,
        folder,
        "checkpoint",
        "0",
        neutral,
        calibration_images=None,
        knowledge=loaded.knowledge,
    )
    return folder


if __name__ == "__main__":
    sys.exit(main())
