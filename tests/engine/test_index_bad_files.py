"""Files that are no index, or one that cannot be used: a sentence each, and nothing harmed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rs_vlm_plugin.engine.errors import (
    IndexBusy,
    IndexFormatUnsupported,
    IndexInvalid,
    IndexNotFound,
    IndexNotWritable,
    RsVlmError,
)
from rs_vlm_plugin.engine.index.building import identity
from rs_vlm_plugin.engine.index.geopackage import create_index, open_index
from tests import rasters
from tests.indexes import make_index

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture
def index_path(tmp_path, tiny_model):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(300, 300), pattern="noise")
    return make_index(tmp_path / "i.gpkg", [scene], tiny_model, budget=60)


def set_about(path, key, value):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE rsvlm_index SET value = ? WHERE key = ?", (value, key))
    connection.close()


def one_sentence(error: RsVlmError) -> str:
    text = error.sentence()
    assert "\n" not in text
    assert error.hint
    assert "sqlite" not in text.lower()
    return text


def test_missing(tmp_path):
    with pytest.raises(IndexNotFound) as error:
        open_index(tmp_path / "none.gpkg")
    # Each interface has its own way to build one, and says so itself.
    assert one_sentence(error.value).endswith("Build one first.")


def test_folder(tmp_path):
    with pytest.raises(IndexInvalid) as error:
        open_index(tmp_path)
    assert "is a folder" in one_sentence(error.value)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 50])
def test_not_a_database(tmp_path, content):
    path = tmp_path / "notes.gpkg"
    path.write_bytes(content)
    with pytest.raises(IndexInvalid) as error:
        open_index(path)
    assert "notes.gpkg is not a tile index" in one_sentence(error.value)


@pytest.mark.parametrize("writable", [False, True])
def test_a_foreign_geopackage_is_left_as_it_is(tmp_path, writable):
    path = rasters.without_bands(tmp_path / "other.gpkg")
    before = path.read_bytes()
    with pytest.raises(IndexInvalid) as error:
        open_index(path, writable)
    assert "is not a tile index" in one_sentence(error.value)
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["other.gpkg"]


def test_future_version(index_path):
    set_about(index_path, "format_version", "2")
    with pytest.raises(IndexFormatUnsupported) as error:
        open_index(index_path)
    assert "Update the plugin" in one_sentence(error.value)


@pytest.mark.parametrize("key", ["embedding_size", "bundle"])
def test_an_index_that_does_not_name_its_model(index_path, key):
    set_about(index_path, key, "nonsense")
    with pytest.raises(IndexInvalid) as error:
        open_index(index_path)
    one_sentence(error.value)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated(index_path, share):
    content = index_path.read_bytes()
    index_path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IndexInvalid) as error:
        open_index(index_path)
    assert "cut off" in one_sentence(error.value)


def test_damaged_inside(index_path):
    content = bytearray(index_path.read_bytes())
    for start in range(8192, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    index_path.write_bytes(bytes(content))

    def use():
        with open_index(index_path) as index:
            index.info()
            index.search(_any_vector(), 5)

    with pytest.raises(IndexInvalid) as error:
        use()
    one_sentence(error.value)


def test_vectors_of_another_size(index_path):
    with sqlite3.connect(index_path) as connection:
        connection.execute("UPDATE rsvlm_embeddings SET vector = ? WHERE id = 3", (b"ab",))
    connection.close()
    with open_index(index_path) as index, pytest.raises(IndexInvalid) as error:
        index.search(_any_vector(), 5)
    one_sentence(error.value)


@pytest.mark.parametrize("scale", [None, float("inf"), float("-inf"), -0.01, "1e-2 or so"])
@pytest.mark.parametrize("which", ["id = 3", "1"])
def test_a_vector_without_a_number_for_its_scale(index_path, scale, which):
    """SQLite reads a NaN in a file as NULL. Neither such a row nor the others may be passed over in
    silence: what is not found there would seem not to be there."""
    with sqlite3.connect(index_path) as connection:
        # A bit that flips in a file is not held up by NOT NULL.
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'scale DOUBLE NOT NULL', 'scale DOUBLE')"
        )
    connection.close()
    with sqlite3.connect(index_path) as connection:
        connection.execute(f"UPDATE rsvlm_embeddings SET scale = ? WHERE {which}", (scale,))
    connection.close()
    with open_index(index_path) as index, pytest.raises(IndexInvalid) as error:
        index.search(_any_vector(), 5)
    assert "damaged" in one_sentence(error.value)
    assert "Build the index anew" in error.value.hint


def test_locked_by_another_program(index_path, monkeypatch):
    monkeypatch.setattr("rs_vlm_plugin.engine.index.database_file._WAIT_S", 0.1)
    holder = sqlite3.connect(index_path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(IndexBusy) as error:
        open_index(index_path)
    one_sentence(error.value)
    holder.close()
    open_index(index_path).close()


def test_one_writer_at_a_time(index_path):
    with open_index(index_path, writable=True):
        with pytest.raises(IndexBusy) as error:
            open_index(index_path, writable=True)
        one_sentence(error.value)
    open_index(index_path, writable=True).close()


def test_creating_over_a_file_is_refused(index_path, tiny_model):
    before = index_path.read_bytes()
    with pytest.raises(IndexNotWritable):
        create_index(index_path, identity(tiny_model))
    assert index_path.read_bytes() == before


def test_creating_in_a_missing_folder(tmp_path, tiny_model):
    with pytest.raises(IndexNotWritable) as error:
        create_index(tmp_path / "none" / "i.gpkg", identity(tiny_model))
    one_sentence(error.value)


def test_an_index_opened_for_reading_is_not_written_to(index_path):
    with open_index(index_path) as index, pytest.raises(IndexNotWritable):
        index.delete(index.rasters()[0])


READ_ONLY = """
import sys
import numpy as np
from rs_vlm_plugin.engine.errors import IndexNotWritable
from rs_vlm_plugin.engine.index.geopackage import open_index
with open_index(sys.argv[1]) as index:
    print(len(index.search(np.eye(16, dtype=np.float32)[0], 5)))
try:
    open_index(sys.argv[1], writable=True)
except IndexNotWritable as error:
    print(error.sentence())
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_read_only_index_can_be_searched_and_not_written(index_path, folder_mode):
    folder = index_path.parent
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent.is_relative_to("/tmp"):
            parent.chmod(0o755)
    folder.chmod(folder_mode)
    index_path.chmod(0o444)
    user = {"user": NOBODY} if os.getuid() == 0 else {}
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(index_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            **user,
        )
    finally:
        folder.chmod(0o755)
    if "Permission denied" in done.stderr:
        pytest.skip("another user may not read the repository")
    count, sentence = done.stdout.splitlines()
    assert int(count) == 5, done.stderr
    assert "read-only" in sentence


def _any_vector():
    import numpy as np

    return np.eye(16, dtype=np.float32)[0]
