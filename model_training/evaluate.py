"""Score a bundle or a checkpoint, with its floors beside the scores.

Usage: python model_training/evaluate.py --bundle DIR --sets ucm,rsicd_aid --split test

Choose on `--split val`; report `--split test` once.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

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
    parser.add_argument("--json", type=Path, help="also write all scores and captions to this file")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Evaluate; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.data.records import DataMissing
    from model_training.evaluation import evaluate_set, table
    from model_training.export.bundle_writer import record_metrics
    from model_training.metrics import JavaMissing
    from rs_vlm_plugin.engine.errors import RsVlmError
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    try:
        with tempfile.TemporaryDirectory() as temporary:
            bundle = arguments.bundle
            if arguments.checkpoint:
                bundle = _float32_bundle(arguments.checkpoint, Path(temporary) / "bundle")
            model = VisionLanguageModel(load_bundle(bundle), device="auto")
            results = [
                evaluate_set(model, arguments.data, name.strip(), arguments.split)
                for name in arguments.sets.split(",")
            ]
            model.close()
    except (RsVlmError, DataMissing, JavaMissing, FileNotFoundError) as error:
        print(f"evaluate.py: {error}", file=sys.stderr)
        return 1
    if arguments.record and not arguments.checkpoint:
        record_metrics(bundle, {f"{r.name} {r.split}": r.model for r in results})
    print(table(results))
    for result in results:
        cost = result.cost["encode_and_caption_ms_per_image"]
        print(f"{result.name}: {cost:.0f} ms per image to encode and caption")
    if arguments.json:
        arguments.json.write_text(
            json.dumps([r.to_json() for r in results], indent=1), encoding="utf-8"
        )
    return 0


def _float32_bundle(checkpoint: Path, folder: Path) -> Path:
    from model_training.checkpoint import load_checkpoint
    from model_training.export.bundle_writer import write_bundle
    from model_training.export.calibrate import Calibration

    loaded = load_checkpoint(checkpoint)
    neutral = Calibration(1.0, loaded.model.logit_scale.item(), 0.0, None)
    write_bundle(loaded, folder, "checkpoint", "0", neutral, calibration_images=None)
    return folder


if __name__ == "__main__":
    sys.exit(main())
