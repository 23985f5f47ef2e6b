"""Every way a bundle can be damaged or made to harm ends in one sentence."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict

import pytest

from rs_vlm_plugin.engine.errors import (
    BundleFormatUnsupported,
    BundleInvalid,
    BundleNotFound,
)
from rs_vlm_plugin.engine.model.bundle import load_bundle
from tests.tiny_bundle import make_tiny_bundle

Manifest = Dict[str, Any]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return make_tiny_bundle(tmp_path / "bundle")


def edit(bundle: Path, change: Callable[[Manifest], Any]) -> None:
    path = bundle / "bundle.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))


def refused(path: Path) -> str:
    with pytest.raises(BundleInvalid) as caught:
        load_bundle(path)
    sentence = caught.value.sentence()
    assert "\n" not in sentence
    return sentence


def test_wrong_hash(bundle: Path) -> None:
    data = bytearray((bundle / "text.onnx").read_bytes())
    data[100] ^= 1
    (bundle / "text.onnx").write_bytes(bytes(data))
    assert "text.onnx" in refused(bundle)


@pytest.mark.parametrize("length", [0, 50])
def test_truncated_file(bundle: Path, length: int) -> None:
    (bundle / "text.onnx").write_bytes((bundle / "text.onnx").read_bytes()[:length])
    assert "text.onnx" in refused(bundle)


def test_file_longer_than_listed(bundle: Path) -> None:
    with (bundle / "text.onnx").open("ab") as stream:
        stream.write(b"\0" * (1 << 22))
    assert "text.onnx" in refused(bundle)


def test_missing_file(bundle: Path) -> None:
    (bundle / "tokenizer.json").unlink()
    assert "lacks its file tokenizer.json" in refused(bundle)


@pytest.mark.parametrize(("version", "hint"), [(2, "Update the plugin"), (0, "Export")])
def test_other_format_version(bundle: Path, version: int, hint: str) -> None:
    edit(bundle, lambda manifest: manifest.update(format_version=version))
    with pytest.raises(BundleFormatUnsupported, match=f"format version {version}") as caught:
        load_bundle(bundle)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"format": "something else"}',
        "[" * 100_000,
        '{"format": "rsvlm-bundle", "format_version": NaN}',
    ],
)
def test_broken_manifest(bundle: Path, text: str) -> None:
    (bundle / "bundle.json").write_text(text)
    assert "bundle.json" in refused(bundle)


def test_manifest_not_in_utf8(bundle: Path) -> None:
    (bundle / "bundle.json").write_bytes(b"\xff\xfe\x00")
    assert "bundle.json" in refused(bundle)


def test_enormous_manifest(bundle: Path) -> None:
    (bundle / "bundle.json").write_bytes(b" " * (5 << 20))
    assert "larger than" in refused(bundle)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda m: m.pop("vision"), "vision"),
        (lambda m: m["vision"].update(input_size="160"), "vision.input_size"),
        (lambda m: m["vision"].update(input_size=True), "vision.input_size"),
        (lambda m: m["vision"].update(input_size=10**9), "vision.input_size"),
        (lambda m: m["vision"].update(std=[0, 1, 1]), "vision.std"),
        (lambda m: m["vision"].update(mean=[1, 2]), "vision.mean"),
        (lambda m: m["text"].update(label_prompts=["no placeholder"]), "label_prompts"),
        (lambda m: m["decoder"].update(eos_id=10**6), "decoder.eos_id"),
        (lambda m: m["decoder"].update(max_tokens=10**9), "decoder.max_tokens"),
        (lambda m: m["calibration"].update(caption_temperature=0), "caption_temperature"),
        (lambda m: m.update(gsd_range_m=[8, 1]), "gsd_range_m"),
        (lambda m: m.update(actions=["fly"]), "actions"),
        (lambda m: m.update(actions=[]), "actions"),
        (lambda m: m["files"]["vision.onnx"].update(digest="abc"), "digest"),
        (lambda m: m["files"]["vision.onnx"].update(bytes=-1), "bytes"),
        (lambda m: m["files"]["vision.onnx"].update(bytes=1 << 40), "bytes"),
        (lambda m: m.pop("decoder"), "decoder"),
    ],
)
def test_wrong_field_is_named(bundle: Path, change: Callable[[Manifest], Any], field: str) -> None:
    edit(bundle, change)
    assert field in refused(bundle)


def test_reference_to_an_unlisted_file(bundle: Path) -> None:
    edit(bundle, lambda manifest: manifest["files"].pop("vision.onnx"))
    assert "vision.onnx" in refused(bundle)


@pytest.mark.parametrize(
    "name", ["../secret.onnx", "/etc/passwd", "a/../../b", "c:\\x", "..", "bundle.json", "a\0b"]
)
def test_reference_outside_the_bundle(bundle: Path, name: str) -> None:
    edit(bundle, lambda manifest: manifest["vision"].update(file=name))
    assert "outside the bundle" in refused(bundle)


def test_listed_file_outside_the_bundle(bundle: Path) -> None:
    entry = {"digest": "sha256:" + "0" * 64, "bytes": 1}
    edit(bundle, lambda manifest: manifest["files"].update({"../outside": entry}))
    assert "outside the bundle" in refused(bundle)


def zipped(bundle: Path, *more: tuple[zipfile.ZipInfo, bytes]) -> Path:
    path = bundle.parent / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in bundle.iterdir():
            archive.write(file, file.name)
        for info, data in more:
            archive.writestr(info, data)
    return path


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../escaped.txt", "outside the bundle"),
        ("a/../../escaped.txt", "outside the bundle"),
        ("/tmp/escaped.txt", "absolute path"),
        ("C:/escaped.txt", "absolute path"),
        ("a\\..\\escaped.txt", "forbidden character"),
    ],
)
def test_zip_entry_that_points_outside(bundle: Path, name: str, fault: str) -> None:
    path = zipped(bundle, (zipfile.ZipInfo(name), b"harm"))
    assert fault in refused(path)
    assert not list(bundle.parent.parent.rglob("escaped.txt"))


def test_zip_entry_that_is_a_link(bundle: Path) -> None:
    link = zipfile.ZipInfo("link.onnx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "link" in refused(zipped(bundle, (link, b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zip_with_an_entry_twice(bundle: Path) -> None:
    assert "more than once" in refused(zipped(bundle, (zipfile.ZipInfo("text.onnx"), b"other")))


def test_zip_bomb_is_never_inflated(bundle: Path) -> None:
    """An entry far larger than listed is given up at the first chunk too many."""
    (bundle / "text.onnx").write_bytes(b"\0" * (64 << 20))
    path = zipped(bundle)
    assert path.stat().st_size < 1 << 20
    assert "text.onnx" in refused(path)


def test_zip_with_too_many_entries(bundle: Path) -> None:
    more = [(zipfile.ZipInfo(f"{index}.txt"), b"") for index in range(1001)]
    assert "entries" in refused(zipped(bundle, *more))


def test_zip_with_a_damaged_entry(bundle: Path) -> None:
    path = zipped(bundle)
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("text.onnx").header_offset
    data = bytearray(path.read_bytes())
    data[offset + 200 : offset + 260] = b"\xff" * 60
    path.write_bytes(bytes(data))
    assert "text.onnx" in refused(path)


def test_zip_with_an_encrypted_entry(bundle: Path) -> None:
    path = zipped(bundle)
    data = bytearray(path.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(bytes(data))
    assert "encrypted" in refused(path)


def test_file_that_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(b"not a zip at all")
    assert "not a readable zip" in refused(path)


def test_zip_without_manifest(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(BundleNotFound, match=r"bundle\.json"):
        load_bundle(path)
