"""Export a checkpoint as a bundle.

Usage: python model_training/export_onnx.py [--checkpoint DIR] [--output DIR]

Writes the ONNX graphs in int8, fits confidence temperatures on validation images, checks every
graph against torch, and writes a manifest with the files' digests.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)

CALIBRATION_IMAGES = 256


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `export_onnx.py`."""
    from model_training.train import default_data_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--checkpoint", type=Path, default=ROOT / "model_training" / "checkpoints" / "reference"
    )
    parser.add_argument(
        "--output", type=Path, default=ROOT / "resources" / "model", help="bundle folder to write"
    )
    parser.add_argument(
        "--data", type=Path, default=default_data_dir(), help="images to calibrate on"
    )
    parser.add_argument("--name", help="name of the bundle (default: rsvlm-<experiment>)")
    parser.add_argument("--bundle-version", default="0.1.0")
    parser.add_argument(
        "--float32", action="store_true", help="keep float32 graphs (larger, for comparison)"
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Export; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.checkpoint import load_checkpoint
    from model_training.data.corpus import load_corpus
    from model_training.export.bundle_writer import write_bundle
    from model_training.export.calibrate import calibrate
    from model_training.export.parity import ParityError

    try:
        checkpoint = load_checkpoint(arguments.checkpoint)
        experiment = checkpoint.experiment
        corpus = load_corpus(experiment, arguments.data)
        held_out = [record for records in corpus.validation.values() for record in records]
        max_tokens = min(experiment.text.max_tokens, experiment.decoder.max_tokens)
        calibration = calibrate(checkpoint.model, checkpoint.tokenizer, held_out, max_tokens)
        step = max(1, len(corpus.train) // CALIBRATION_IMAGES)
        report = write_bundle(
            checkpoint,
            arguments.output,
            name=arguments.name or f"rsvlm-{experiment.name}",
            version=arguments.bundle_version,
            calibration=calibration,
            calibration_images=None if arguments.float32 else corpus.train[::step],
        )
    except (FileNotFoundError, ParityError) as error:
        print(f"export_onnx.py: {error}", file=sys.stderr)
        return 1
    for key, value in report.items():
        print(f"{key:48} {value:.5f}")
    print(calibration)
    size = sum(path.stat().st_size for path in arguments.output.iterdir())
    print(f"Wrote {arguments.output} ({size / 1e6:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
