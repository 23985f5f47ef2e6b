"""The scripts behind the make targets: repeatable, and clear about what they cannot do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.table import as_table
from scripts import run_tests

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        list(command),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="this is not Debian")
@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="not run from this checkout's .venv")
def test_bootstrap_needs_no_network_where_everything_is_there():
    # An index that does not exist and a proxy nobody listens at: any download would fail.
    done = run("scripts/bootstrap.sh", "runtime", PIP_NO_INDEX="1", http_proxy="http://127.0.0.1:9")
    assert done.returncode == 0, done.stderr
    assert "installing" not in done.stdout


def test_bootstrap_without_a_purpose_asks_for_one():
    done = run("scripts/bootstrap.sh")
    assert done.returncode == 1
    assert "say for what" in done.stderr


def test_an_unknown_tier_is_refused():
    done = run(sys.executable, "scripts/run_tests.py", "weather")
    assert done.returncode == 2
    assert "no tier weather" in done.stderr


def test_counts_come_from_the_report(tmp_path):
    report = tmp_path / "tier.xml"
    report.write_text(
        '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'
    )
    assert run_tests.counts(report) == (3, 2, 2)


def test_a_tier_that_died_before_reporting_counts_nothing(tmp_path):
    assert run_tests.counts(tmp_path / "absent.xml") == (0, 0, 0)


def test_every_test_file_belongs_to_a_tier():
    reached = {
        path
        for tier in run_tests.TIERS
        for pattern in tier.paths
        for found in (ROOT / "tests").glob(pattern)
        for path in ([found] if found.is_file() else found.rglob("test_*.py"))
    }
    assert set((ROOT / "tests").rglob("test_*.py")) == reached


def test_make_help_lists_the_targets():
    done = run("make", "help")
    assert done.returncode == 0
    for target in ("demo", "test", "run", "package", "lint", "train", "bench"):
        assert f"make {target} " in done.stdout


def test_an_unknown_benchmark_is_refused():
    done = run(sys.executable, "-m", "benchmarks", "speed-of-light")
    assert done.returncode == 2
    assert "no benchmark speed-of-light" in done.stderr


def test_start_up_benchmark_finds_nothing_heavy():
    pytest.importorskip("qgis.core", reason="QGIS for Python is not installed")
    done = run(sys.executable, "-m", "benchmarks.startup")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout.strip().splitlines()[-1])
    assert row["heavy_modules"] == "none"


def test_table_aligns_its_columns():
    text = as_table([{"name": "a", "seconds": 1.23456}, {"name": "longer", "seconds": 2.0}])
    assert text.splitlines() == ["name    seconds", "a       1.23", "longer  2"]


def test_table_of_nothing_says_so():
    assert as_table([]) == "(nothing measured)"
