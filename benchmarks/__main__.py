"""`python -m benchmarks [NAME...]`: each in a process of its own; JSON in build/bench."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from .table import as_table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "bench"
BENCHMARKS = (
    "startup",
    "throughput",
    "policies",
    "dris_policies",
    "dris_find",
    "find_areas",
    "memory",
    "index_build",
    "search",
    "search_recall",
)


def main() -> int:
    """Run what was asked for; 1 if one of them failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or BENCHMARKS
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    failed = False
    for name in names:
        # A process each: memory and import times are those of that benchmark alone.
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"== {name}")
        if done.returncode != 0:
            print(done.stderr.strip()[-2000:], file=sys.stderr)
            failed = True
            continue
        rows = json.loads(done.stdout.strip().splitlines()[-1])
        (RESULTS / f"{name}.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
        print(as_table(rows))
    print(f"JSON in {RESULTS}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
