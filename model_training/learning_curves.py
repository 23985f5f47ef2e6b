"""Draw the learning curves of training runs beside each other.

Usage: python model_training/learning_curves.py RUN [RUN ...] --output FILE.png

A RUN is a folder that train.py wrote, finished or not. Each part of the loss, the experts' shares,
the knowledge gates and every validation score get a panel.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `learning_curves.py`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="folder of a run")
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "model_training" / "results" / "learning_curves.png",
        help="picture to write (default: model_training/results/learning_curves.png)",
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Draw; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.evaluation.curves import plot_curves, read_history

    try:
        plot_curves({run.name: read_history(run) for run in arguments.runs}, arguments.output)
    except OSError as error:
        print(f"learning_curves.py: {error}", file=sys.stderr)
        return 1
    print(f"Wrote {arguments.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
