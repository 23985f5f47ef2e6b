"""Runs the test tiers, each in its own pytest, and sums them up in one line.

    python scripts/run_tests.py [TIER...] [-- PYTEST ARGUMENTS]

Tiers are apart because QGIS starts inside the pytest process of one and must not in the others.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "test-results"
OLDEST_ONNXRUNTIME = ROOT / ".venv-oldest-onnxruntime" / "bin" / "python"
"""Made by `scripts/bootstrap.sh oldest`."""
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Tier:
    """Tests that share a process: paths below tests/, and whether QGIS runs in that process."""

    name: str
    paths: tuple[str, ...]
    qgis: bool


TIERS = (
    Tier("engine", ("engine",), False),
    Tier("training", ("training",), False),
    Tier("qgis", ("qgis",), True),
    Tier("repository", ("test_*.py",), False),
    Tier("desktop", ("desktop",), False),
)


@dataclass(frozen=True)
class Outcome:
    """What one tier came to; `seconds` of wall time."""

    tier: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    ok: bool


def environment(tier: Tier) -> dict[str, str]:
    """Offscreen Qt, a private runtime folder, few threads, no variable that breaks rasterio, and
    where the oldest onnxruntime is, unless the user has named one."""
    runtime = ROOT / "build" / "xdg"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    kept = {k: v for k, v in os.environ.items() if k not in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")}
    oldest = {"RSVLM_OLDEST_ONNXRUNTIME": str(OLDEST_ONNXRUNTIME)}
    return {
        **(oldest if OLDEST_ONNXRUNTIME.exists() else {}),
        **kept,
        # The desktop tier starts its QGIS on an X server of its own.
        **({} if tier.name == "desktop" else {"QT_QPA_PLATFORM": "offscreen"}),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
    }


def run(tier: Tier, arguments: list[str]) -> Outcome | None:
    """Run one tier; None where it has no files."""
    files = sorted(path for pattern in tier.paths for path in (ROOT / "tests").glob(pattern))
    if not files:
        return None
    report = RESULTS / f"{tier.name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
    if not tier.qgis:
        command += ["-p", "no:pytest_qgis", "-p", "no:pytest-qt"]
    command += [*map(str, files), *arguments]
    print(f"== {tier.name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(
        command, cwd=ROOT, env=environment(tier), stdin=subprocess.DEVNULL, check=False
    ).returncode
    seconds = time.monotonic() - started
    if code == NOTHING_COLLECTED:
        return None
    passed, failed, skipped = counts(report)
    # A crash at exit leaves a good report and a bad code: both must be good.
    return Outcome(tier.name, passed, failed, skipped, seconds, code == 0)


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped of a JUnit report; zeros where pytest died before writing it."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))

    def total(key: str) -> int:
        return sum(int(suite.get(key, "0")) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return total("tests") - failed - skipped, failed, skipped


def main(arguments: list[str]) -> int:
    """Run the tiers asked for, all where none is; 1 if any failed."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    names, passed_on = arguments[:split], arguments[split + 1 :]
    unknown = set(names) - {tier.name for tier in TIERS}
    if unknown:
        print(f"There is no tier {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    chosen = [tier for tier in TIERS if not names or tier.name in names]
    outcomes = [outcome for tier in chosen if (outcome := run(tier, passed_on)) is not None]
    print("== summary")
    for item in outcomes:
        print(
            f"{item.tier:<11} {item.passed:5d} passed {item.failed:4d} failed {item.skipped:4d} "
            f"skipped  {item.seconds:6.1f} s{'' if item.ok else '  FAILED'}"
        )
    good = bool(outcomes) and all(item.ok for item in outcomes)
    print(
        f"{'PASSED' if good else 'FAILED'}: {sum(o.passed for o in outcomes)} passed, "
        f"{sum(o.failed for o in outcomes)} failed, {sum(o.skipped for o in outcomes)} skipped "
        f"in {sum(o.seconds for o in outcomes):.0f} s"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
