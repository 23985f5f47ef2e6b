"""Average the weights of checkpoints that were trained from the same initial weights.

Usage: python model_training/average.py CHECKPOINT CHECKPOINT... --output DIR

Runs that differ in augmentation or the order of images end in one basin of the loss, where the mean
of their weights is as good as an ensemble of them and costs one model (model soups, Wortsman et al.
2022). Runs from different initial weights do not: score the average before using it. Batch norm's
statistics are averaged too and fit only roughly; train on from the average (`train.py --start`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `average.py`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+", help="two or more checkpoint folders")
    parser.add_argument("--output", type=Path, required=True, help="checkpoint folder to write")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Write the average; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.checkpoint import CheckpointMismatch, average_checkpoints
    from model_training.config import ConfigError
    from model_training.train import default_data_dir

    weights_dir = default_data_dir().parent / "weights"
    try:
        average_checkpoints(arguments.checkpoints, arguments.output, weights_dir)
    except (CheckpointMismatch, ConfigError, FileNotFoundError) as error:
        print(f"average.py: {error}", file=sys.stderr)
        return 1
    print(f"Average of {len(arguments.checkpoints)} checkpoints: {arguments.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
