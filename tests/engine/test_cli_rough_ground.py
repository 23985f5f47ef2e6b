"""The command line where the system refuses: locked folders, full disks, odd names."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import pytest

from rs_vlm_plugin.cli import main
from rs_vlm_plugin.engine.errors import BundleInvalid, RasterNotReadable
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.raster.raster_files import rasters_of
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


@contextmanager
def unprivileged() -> Iterator[None]:
    """Lower root to nobody, whom permissions bind."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


def module(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rs_vlm_plugin", *arguments],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
        **options,
    )


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    return rasters.make_raster(tmp_path / "scene.tif")


@posix_only
def test_locked_folder_is_not_called_empty(open_folder: Path) -> None:
    (open_folder / "a.tif").touch()
    locked = open_folder / "locked"
    locked.mkdir()
    locked.chmod(0)
    found = rasters_of(str(open_folder))
    with unprivileged():
        assert Path(next(found)).name == "a.tif"
        with pytest.raises(RasterNotReadable, match=r"locked cannot be read.*denied"):
            next(found)
    locked.chmod(0o700)


@posix_only
def test_locked_file_is_not_called_damaged(open_folder: Path) -> None:
    scene = rasters.make_raster(open_folder / "a.tif")
    scene.chmod(0)
    with unprivileged(), pytest.raises(RasterNotReadable, match="denied") as error:
        open_raster(str(scene))
    assert "damaged" not in error.value.sentence()


def test_a_server_that_is_not_there_is_not_called_a_damaged_file() -> None:
    with pytest.raises(RasterNotReadable) as error:
        open_raster("http://127.0.0.1:1/a.tif")
    assert "damaged" not in error.value.sentence()
    assert "address" in error.value.hint


def test_a_name_that_is_empty() -> None:
    with pytest.raises(RasterNotReadable, match="name is empty"):
        open_raster("")


def test_a_damaged_file_is_named_once(tmp_path: Path, scene: Path) -> None:
    broken = tmp_path / "broken.tif"
    broken.write_bytes(scene.read_bytes()[:100])
    with pytest.raises(RasterNotReadable) as error:
        open_raster(str(broken))
    assert str(error.value).count("broken.tif") == 1


def test_hidden_folders_are_not_searched(tmp_path: Path) -> None:
    for folder in (".venv", "2024"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.tif").touch()
    assert [Path(raster).parent.name for raster in rasters_of(str(tmp_path))] == ["2024"]


@posix_only
def test_locked_bundle(open_folder: Path) -> None:
    locked = open_folder / "bundle"
    locked.mkdir()
    locked.chmod(0)
    with unprivileged(), pytest.raises(BundleInvalid, match="denied"):
        load_bundle(locked)
    locked.chmod(0o700)


def test_bundle_name_the_system_refuses() -> None:
    with pytest.raises(BundleInvalid, match="cannot be opened"):
        load_bundle("x" * 5000)


@posix_only
def test_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.tif")
    with pytest.raises(RasterNotReadable, match="not a regular file"):
        open_raster(str(tmp_path / "a.tif"))


@posix_only
def test_name_that_is_not_unicode(tmp_path: Path, scene: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.tif")
    os.link(scene, odd)
    with pytest.raises(RasterNotReadable, match="UTF-8"):
        open_raster(odd)


@posix_only
def test_control_characters_in_names_do_not_reach_the_terminal(
    tiny_bundle: Path, tmp_path: Path, scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "red\x1b[31m\n.tif"
    os.link(scene, odd)
    missing = tmp_path / "none\x1b[31m.tif"
    assert main(["describe", str(odd), str(missing), "--bundle", str(tiny_bundle)]) == 1
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert r"red\x1b[31m\n.tif" in captured.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_sentence(tiny_bundle: Path, scene: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = module("describe", scene, "--bundle", tiny_bundle, stdout=full)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"cannot be written: No space left" in done.stderr


@posix_only
def test_closed_output_is_one_sentence(tiny_bundle: Path, scene: Path) -> None:
    done = module("describe", scene, "--bundle", tiny_bundle, preexec_fn=lambda: os.close(1))
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"standard output is closed" in done.stderr


@posix_only
def test_closed_error_stream_costs_nothing(tiny_bundle: Path, scene: Path) -> None:
    done = module(
        "describe",
        scene,
        "--bundle",
        tiny_bundle,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.close(2),
    )
    assert done.returncode == 0
    assert b"confidence" in done.stdout
