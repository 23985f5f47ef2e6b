"""A model that cannot be used costs one line on stderr, whatever is wrong with it."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from rs_vlm_plugin.cli import main
from tests import rasters


@pytest.fixture
def complaint(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The line that describing with a bundle leaves on stderr."""

    raster = rasters.make_raster(tmp_path / "scene.tif")

    def run(bundle: Path) -> str:
        assert main(["describe", str(raster), "--json", "--bundle", str(bundle)]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        (line,) = said.err.splitlines()
        return line

    return run


def test_a_tampered_file(complaint, tiny_bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tiny_bundle, tmp_path / "bundle")
    with (copy / "vision.onnx").open("ab") as stream:
        stream.write(b"x")
    assert "wrong hash" in complaint(copy)


def test_a_zip_that_reaches_outside(complaint, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.writestr("../../evil", "x")
    assert "outside the bundle" in complaint(tmp_path / "bundle.zip")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers", "rasterio"])
def test_a_package_that_is_not_installed(
    complaint, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    # What Python itself puts there to say that a name cannot be imported.
    monkeypatch.setitem(sys.modules, package, None)
    assert f"pip install {package}" in complaint(tiny_bundle)
