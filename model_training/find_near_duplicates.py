"""Find training images that nearly are test images, and write them down for training to leave out.

Usage: python model_training/find_near_duplicates.py [--data DIR] [--sets A,B] [--write]

Looks at every split of every set against every test split, across sets too, in eight views.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    # As a script, this folder's module names would shadow other packages.
    sys.path[0] = str(ROOT)

from model_training.train import default_data_dir  # noqa: E402

SETS = "rsicd_aid,ucm,vhr10,hrplanes"


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `find_near_duplicates.py`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--sets", default=SETS, help="comma-separated, as an experiment names them")
    parser.add_argument(
        "--write", action="store_true", help="replace model_training/data/near_duplicates.json"
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Search; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.data.near_duplicates import KNOWN_FILE, NEAR, find_test_pairs
    from model_training.data.records import DataError

    names = [name.strip() for name in arguments.sets.split(",")]
    try:
        pairs = find_test_pairs(arguments.data, names)
    except DataError as error:
        print(f"find_near_duplicates.py: {error}", file=sys.stderr)
        return 1
    for pair in pairs:
        print(f"{pair.first} is nearly the test image {pair.second} ({pair.distance} bits differ)")
    print(f"{len(pairs)} pairs within {NEAR} bits")
    if arguments.write:
        rows = ",\n".join(f"  {json.dumps([p.first, p.second, p.distance])}" for p in pairs)
        KNOWN_FILE.write_text(
            "{\n"
            ' "hash": "pHash, 64 bits, least distance over eight symmetries",\n'
            f' "near": {NEAR},\n'
            f' "sets": {json.dumps(names)},\n'
            f' "pairs": [\n{rows}\n ]\n'
            "}\n",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
