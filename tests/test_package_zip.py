"""The zip is complete, clean, small enough, and the same from the same tree."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from scripts import package


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return package.build(tmp_path_factory.mktemp("zip"))


def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


def test_everything_lies_in_one_folder_without_forbidden_entries(archive):
    for name in names(archive):
        assert name.startswith("rs_vlm_plugin/")
        assert ".." not in name
        assert "\\" not in name
        parts = name.split("/")
        assert not any(part.startswith(".") or part == "__pycache__" for part in parts)
        assert not name.endswith((".pyc", ".pyo"))


def test_what_the_plugin_repository_asks_for_is_there(archive):
    present = set(names(archive))
    for needed in ("__init__.py", "metadata.txt", "LICENSE", "resources/icons/rs_vlm.svg"):
        assert f"rs_vlm_plugin/{needed}" in present


def test_no_test_and_no_training_code_ships(archive):
    assert not [n for n in names(archive) if "/tests/" in n or "model_training" in n]


def test_metadata_and_licence_are_files_not_links(archive):
    with zipfile.ZipFile(archive) as opened:
        assert b"[general]" in opened.read("rs_vlm_plugin/metadata.txt")
        assert b"GNU GENERAL PUBLIC LICENSE" in opened.read("rs_vlm_plugin/LICENSE")


def test_model_is_inside(archive):
    if not (package.ROOT / "resources" / "model" / "bundle.json").exists():
        pytest.skip("this checkout has no model bundle in resources/model")
    assert "rs_vlm_plugin/resources/model/bundle.json" in names(archive)


def test_size_holds(archive):
    assert archive.stat().st_size <= package.LIMIT_BYTES


def test_same_tree_same_bytes(archive, tmp_path):
    assert package.build(tmp_path).read_bytes() == archive.read_bytes()


def test_too_large_a_zip_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LIMIT_BYTES", 1000)
    with pytest.raises(package.PackagingRefused, match="are allowed"):
        package.build(tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "general"),
        ("[general]\nname=RS-VLM\n", "lacks"),
    ],
)
def test_incomplete_metadata_is_refused(tmp_path, monkeypatch, text, complaint):
    (tmp_path / "metadata.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(package, "ROOT", tmp_path)
    with pytest.raises(package.PackagingRefused, match=complaint):
        package.metadata()
