"""Train a model.

Usage: python model_training/train.py [--config FILE] [--data DIR] [--output DIR]

Run again with the same arguments to resume after an interruption: the newest checkpoint in the
output folder is continued and ends with the same weights as an uninterrupted run.

Several processes, one per GPU or CPU socket, share each batch and train as one would:
torchrun --nproc_per_node 2 model_training/train.py ...
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    # As a script, this folder's module names would shadow other packages; the repository root does
    # not.
    sys.path[0] = str(ROOT)

DEFAULT_CONFIG = ROOT / "model_training" / "configs" / "reference.json"


def default_data_dir() -> Path:
    """`$RSVLM_SHARED/data`, or `shared/data` beside the repository."""
    return Path(os.environ.get("RSVLM_SHARED", ROOT.parent / "shared")) / "data"


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `train.py`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG, help="experiment (JSON)")
    parser.add_argument(
        "--data", type=Path, default=default_data_dir(), help="folder of <set>/<split>.parquet"
    )
    parser.add_argument(
        "--weights",
        type=Path,
        help="folder of initial weights (default: weights beside the data folder)",
    )
    parser.add_argument(
        "--output", type=Path, help="run folder (default: runs/<name of the experiment>)"
    )
    parser.add_argument(
        "--start", type=Path, help="checkpoint folder to start from, for a second stage"
    )
    parser.add_argument(
        "--warm-start",
        type=Path,
        help="checkpoint folder of a related architecture, of which is taken what fits (trials)",
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="CPU threads")
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes that prepare batches: 0 on a CPU (which they would only take from "
        "training), about 6 for a GPU",
    )
    parser.add_argument(
        "--restart", action="store_true", help="ignore checkpoints in the output folder"
    )
    parser.add_argument(
        "--max-steps", type=int, default=-1, help="stop after so many steps (for trials)"
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Train; returns the exit code. Errors a user can mend are one line on stderr."""
    # A passive wait lets the other core's work go on; spinning threads collapse when a core is
    # shared.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    arguments = parse_arguments(argv)
    from model_training.checkpoint import CheckpointMismatch
    from model_training.config import ConfigError, load_config
    from model_training.data.records import DataError
    from model_training.run import train

    try:
        config = load_config(arguments.config)
        output = arguments.output or ROOT / "runs" / config.name
        metrics = train(
            config,
            data_dir=arguments.data,
            weights_dir=arguments.weights or arguments.data.parent / "weights",
            output=output,
            threads=arguments.threads,
            workers=arguments.workers,
            restart=arguments.restart,
            max_steps=arguments.max_steps,
            start=arguments.start,
            related=arguments.warm_start,
        )
    except (ConfigError, CheckpointMismatch, DataError, FileNotFoundError) as error:
        print(f"train.py: {error}", file=sys.stderr)
        return 1
    if int(os.environ.get("RANK", "0")):
        return 0
    print(json.dumps(metrics, indent=1))
    best = output / "best"
    print(f"Best checkpoint: {best}.")
    print(f"Next: python model_training/export_onnx.py --checkpoint {best}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
