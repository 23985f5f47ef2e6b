"""`kill -9` and a full disk lose no tile and repeat none; others read while one writes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import IndexBusy, IndexNotFound, RsVlmError
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index, open_index
from tests import rasters
from tests.indexes import continue_index, inputs, make_index, stored_tiles

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")


@pytest.fixture
def scenes(tmp_path):
    return [
        rasters.make_raster(tmp_path / f"{name}.tif", size=(1024, 1024), pattern="noise")
        for name in "ab"
    ]


def command(tiny_bundle, index, scenes, *more):
    return [
        sys.executable, "-m", "rs_vlm_plugin", "index", "build", *map(str, scenes),
        "-o", str(index), "--bundle", str(tiny_bundle), "--device", "cpu", "--budget", "600", *more,
    ]  # fmt: skip


def tiles_so_far(path):
    try:
        with open_index(path) as index:
            return index.info().tiles
    except RsVlmError:
        return 0


def test_kill(tmp_path, scenes, tiny_bundle, tiny_model):
    whole = make_index(tmp_path / "whole.gpkg", scenes, tiny_model, budget=600)
    path = tmp_path / "i.gpkg"
    process = subprocess.Popen(
        command(tiny_bundle, path, scenes), cwd=ROOT, stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while tiles_so_far(path) < 50 and time.monotonic() < deadline:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = tiles_so_far(path)
    assert before >= 50
    report = continue_index(path, scenes, tiny_model, budget=600)
    with open_index(path) as index, open_index(whole) as expected:
        total = expected.info().tiles
        assert before < total, "the build was over before it was killed"
        assert report.tiles == total - before
        assert stored_tiles(index) == stored_tiles(expected)


FULL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
from rs_vlm_plugin.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_that_fills_up(tmp_path, scenes, tiny_bundle, tiny_model):
    whole = make_index(tmp_path / "whole.gpkg", scenes, tiny_model, budget=600)
    path = tmp_path / "i.gpkg"
    arguments = command(tiny_bundle, path, scenes)[3:]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "full" in line
    assert "build again to continue" in line
    before = tiles_so_far(path)
    assert before > 0
    report = continue_index(path, scenes, tiny_model, budget=600)
    with open_index(path) as index, open_index(whole) as expected:
        assert report.tiles == expected.info().tiles - before > 0
        assert stored_tiles(index) == stored_tiles(expected)


def test_a_log_that_a_full_disk_let_fold_in_half_way(tmp_path, scenes, tiny_model):
    """SQLite folds the first page in first: the file then names more pages than it has."""
    path = make_index(tmp_path / "i.gpkg", scenes[:1], tiny_model, budget=100)
    with open_index(path) as index:
        before = stored_tiles(index)
    filled = tmp_path / "filled"
    filled.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("INSERT INTO rsvlm_index VALUES ('long', ?)", ("x" * 100_000,))
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        for name in ("i.gpkg", "i.gpkg-wal"):
            shutil.copy(path.with_name(name), filled / name)
    with (filled / "i.gpkg").open("r+b") as stream:
        stream.seek(28)
        stream.write(pages.to_bytes(4, "big"))
    with open_index(filled / "i.gpkg") as index:
        assert stored_tiles(index) == before
    report = continue_index(filled / "i.gpkg", scenes, tiny_model, budget=100)
    assert report.tiles > 0


def test_two_read_while_one_writes(tmp_path, scenes, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes[:1], tiny_model, budget=100)
    vector = np.eye(16, dtype=np.float32)[2]
    with open_index(path) as first, open_index(path) as second:
        before = len(first.search(vector, 10_000))
        with open_index(path, writable=True) as writer:
            build(writer, inputs(scenes[1:]), tiny_model, budget=100)
            for reader in (first, second):
                assert len(reader.search(vector, 10_000)) == writer.info().tiles > before
        assert [m.row.number for m in first.search(vector, 20)] == [
            m.row.number for m in second.search(vector, 20)
        ]


def test_an_index_is_there_whole_or_not_at_all(tmp_path, tiny_model):
    """Another window of QGIS may look while it is being made."""
    paths = [tmp_path / f"{number}.gpkg" for number in range(20)]
    done = threading.Event()
    faults = []

    def look():
        while not done.is_set():
            for path in paths:
                try:
                    open_index(path).close()
                except (IndexNotFound, IndexBusy):
                    continue
                except RsVlmError as error:
                    faults.append(error.sentence())

    looker = threading.Thread(target=look)
    looker.start()
    try:
        for path in paths:
            create_index(path, identity(tiny_model)).close()
    finally:
        done.set()
        looker.join()
    assert faults == []


def test_a_process_that_died_while_making_an_index_is_no_obstacle(tmp_path, tiny_model):
    path = tmp_path / "i.gpkg"
    path.with_name("i.gpkg-new").write_bytes(b"SQLite format 3\0 and no more")
    create_index(path, identity(tiny_model)).close()
    assert [item.name for item in tmp_path.iterdir()] == ["i.gpkg"]


def test_nothing_but_the_index_is_left_behind(tmp_path, scenes, tiny_model):
    folder = tmp_path / "out"
    folder.mkdir()
    with create_index(folder / "i.gpkg", identity(tiny_model)) as index:
        build(index, inputs(scenes), tiny_model, budget=20)
    assert [item.name for item in folder.iterdir()] == ["i.gpkg"]
