"""`python -m rs_vlm_plugin` as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List

import pytest

from rs_vlm_plugin.cli import main
from tests import rasters
from tests.engine.interrupts import interrupt_half_way

ROOT = Path(__file__).resolve().parents[2]


def strict(line: str) -> Dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(line, parse_constant=refuse)


@pytest.fixture
def run(tiny_bundle: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command; gives status, stdout lines and stderr lines."""

    def call(*arguments: str) -> tuple[int, List[str], List[str]]:
        status = main([*arguments, "--bundle", str(tiny_bundle), "--device", "cpu"])
        captured = capsys.readouterr()
        return status, captured.out.splitlines(), captured.err.splitlines()

    return call


@pytest.fixture
def scene(tmp_path: Path) -> str:
    return str(rasters.make_raster(tmp_path / "scene.tif", size=(300, 200), pattern="noise"))


def test_json_has_the_documented_shape(run, scene: str) -> None:
    status, (line,), errors = run("describe", scene, "--json", "--budget", "8")
    assert (status, errors) == (0, [])
    result = strict(line)
    assert result["raster"] == scene
    assert set(result["scene"]) >= {"text", "confidence"}
    assert set(result["regions"][0]) >= {"text", "confidence", "geometry"}
    assert set(result["objects"][0]) >= {"name", "count", "confidence", "geometry"}
    assert result["objects"][0]["geometry"]["type"] == "MultiPolygon"
    assert result["provenance"]["budget"] == 8


def test_text_for_people(run, scene: str) -> None:
    status, lines, _ = run("describe", scene)
    assert status == 0
    assert lines[0] == scene
    assert "confidence" in lines[1]
    assert any(line.strip() == "Parts:" for line in lines)


def test_folder_and_files_in_order(run, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "2024").mkdir(parents=True)
    rasters.make_raster(folder / "b.tif")
    rasters.make_raster(folder / "2024" / "a.TIFF")
    (folder / "readme.txt").write_text("no raster")
    single = str(rasters.make_raster(tmp_path / "single.dat"))
    status, lines, errors = run("describe", single, str(folder), "--json", "--budget", "1")
    assert (status, errors) == (0, [])
    names = [Path(strict(line)["raster"]).name for line in lines]
    assert names == ["single.dat", "b.tif", "a.TIFF"]


def test_region_limits_and_may_be_negative(run, tmp_path: Path) -> None:
    path = rasters.make_raster(
        tmp_path / "s.tif", crs="EPSG:4326", origin=(-5.0, 40.0), pixel_size=(0.01, 0.01)
    )
    status, (line,), _ = run("describe", str(path), "--region", "-4.9,39.8,-4.8,39.9", "--json")
    assert status == 0
    xs = [x for x, _ in strict(line)["regions"][0]["geometry"]["coordinates"][0][0]]
    assert min(xs) > -4.92
    assert max(xs) < -4.78


def empty_file(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path, "no file"),
        (empty_file, "cannot be opened"),
        (rasters.all_nodata, "nodata"),
        (rasters.truncated, ""),
    ],
)
def test_bad_raster_costs_one_line_and_not_the_others(
    run, scene: str, tmp_path: Path, make, words: str
) -> None:
    bad = str(make(tmp_path / "bad.tif"))
    status, lines, errors = run("describe", bad, scene, "--json", "--budget", "1")
    assert status == 1
    assert len(lines) == 1
    assert len(errors) == 1
    assert errors[0].startswith(f"{bad}: ")
    assert words in errors[0]


def test_region_outside_and_empty_folder(run, scene: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, lines, errors = run(
        "describe", scene, str(tmp_path / "empty"), "--region", "0,0,1,1", "--json"
    )
    assert (status, lines, len(errors)) == (1, [], 2)
    assert "outside" in errors[0]
    assert "no raster" in errors[1]


def test_classify(run, scene: str) -> None:
    status, (line,), _ = run("classify", scene, "--labels", "forest, river,city", "--json")
    result = strict(line)
    assert status == 0
    assert result["raster"] == scene
    assert sorted(item["label"] for item in result["labels"]) == ["city", "forest", "river"]
    assert sum(item["score"] for item in result["labels"]) == pytest.approx(1)
    status, lines, _ = run("classify", scene, "--labels", "forest,river")
    assert lines[1].endswith("%")


def test_missing_bundle_is_one_line(
    scene: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", scene, "--bundle", str(tmp_path / "none")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "no model bundle" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["describe"],
        ["fly", "x.tif"],
        ["describe", "x.tif", "--region", "1,2,3"],
        ["describe", "x.tif", "--region", "3,3,1,1"],
        ["describe", "x.tif", "--region", "a,b,c,d"],
        ["describe", "x.tif", "--region", "nan,0,1,1"],
        ["describe", "x.tif", "--policy", "psychic"],
        ["describe", "x.tif", "--budget", "0"],
        ["describe", "x.tif", "--budget", "many"],
        ["classify", "x.tif"],
        ["classify", "x.tif", "--labels", "forest,,city"],
    ],
)
def test_wrong_usage(arguments: List[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert "examples:" in capsys.readouterr().out


def module(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "rs_vlm_plugin", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_module_runs_without_qgis(tiny_bundle: Path, scene: str) -> None:
    """In an interpreter where importing QGIS or Qt fails."""
    code = (
        "import sys\n"
        "for name in ('qgis', 'PyQt5', 'PyQt6', 'osgeo'): sys.modules[name] = None\n"
        "from rs_vlm_plugin.cli import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "describe", scene, "--bundle", str(tiny_bundle), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert strict(done.stdout)["raster"] == scene


def test_version() -> None:
    process = module("--version")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.startswith("RS-VLM ")


def test_interrupt_is_clean(tiny_bundle: Path, tmp_path: Path) -> None:
    for index in range(200):
        rasters.make_raster(tmp_path / f"{index:03}.tif", size=(300, 200), pattern="noise")
    process = module(
        "describe",
        str(tmp_path),
        "--bundle",
        str(tiny_bundle),
        "--json",
        # A shell's background jobs ignore interrupts, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert errors.strip() == "Cancelled."
    for line in (first, *out.splitlines()):
        strict(line)
    assert len(out.splitlines()) < 199


def test_what_was_seen_before_an_interrupt_is_printed(
    run, scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_half_way(monkeypatch)
    status, (line,), errors = run(
        "describe", scene, scene, "--json", "--policy", "fixed", "--budget", "60"
    )
    assert (status, errors) == (130, ["Cancelled."])
    result = strict(line)
    assert result["partial"] is True
    assert result["scene"]["text"]
    assert any(note.startswith("Stopped after") for note in result["provenance"]["notes"])


def test_an_interrupt_while_it_loads_is_clean() -> None:
    code = (
        "import runpy, sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'rs_vlm_plugin.cli.main': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "runpy.run_module('rs_vlm_plugin', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Cancelled.\n")


def test_reader_that_leaves_is_no_error(tiny_bundle: Path, scene: str) -> None:
    process = module(
        "describe", *[scene] * 6, "--bundle", str(tiny_bundle), "--json", "--budget", "1"
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert "Traceback" not in errors


def test_model_is_loaded_once_and_file_names_may_be_odd(run, tmp_path: Path, scene: str) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xc3\xa9 <b>&\n.tif")
    odd.write_bytes(Path(scene).read_bytes())
    status, lines, _ = run("describe", str(odd), "--json", "--budget", "1")
    assert status == 0
    assert len(lines) == 1
    assert strict(lines[0])["raster"] == str(odd)
