"""The demo leaves what the README says, and its project opens elsewhere, whole and styled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from model_training.synthetic import draw_scene, write_geotiff
from tests.tiny_bundle import make_tiny_bundle

ROOT = Path(__file__).resolve().parents[1]

OPEN_PROJECT = """
import json, sys
sys.path.insert(0, {root!r})
from scripts.headless_qgis import headless_qgis

def look(path):
    from qgis.core import QgsMapLayerType, QgsProject
    project = QgsProject.instance()
    read = project.read(path)
    layers = [
        {{
            "name": layer.name(),
            "valid": layer.isValid(),
            "vector": layer.type() == QgsMapLayerType.VectorLayer,
            "features": layer.featureCount() if hasattr(layer, "featureCount") else None,
            "aliases": sum(bool(layer.attributeAlias(i)) for i in range(layer.fields().count()))
            if hasattr(layer, "fields") else None,
        }}
        for layer in project.mapLayers().values()
    ]
    print(json.dumps({{"read": read, "layers": layers}}))

with headless_qgis():
    look({project!r})
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess]:
    """The folder the demo wrote for a drawn raster beside it, and how it ended."""
    folder = tmp_path_factory.mktemp("demo")
    raster = write_geotiff(draw_scene(5, 512, "storage tanks"), folder / "scene.tif")
    bundle = make_tiny_bundle(folder / "bundle")
    return folder / "out", run_demo(
        "--raster", raster, "--output", folder / "out", "--bundle", bundle, "--budget", "8"
    )


def run_demo(*arguments: object) -> subprocess.CompletedProcess:
    return run_python(str(ROOT / "scripts" / "demo.py"), *map(str, arguments))


def run_python(*arguments: str) -> subprocess.CompletedProcess:
    pytest.importorskip("qgis.core", reason="QGIS for Python is not installed")
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        timeout=180,
        check=False,
    )


def test_ends_well_and_says_where_to_look(demo):
    folder, done = demo
    assert done.returncode == 0, done.stderr
    for name in ("report.html", "map.png", "description.qgz", "description.gpkg"):
        assert str(folder / name) in done.stdout
        assert (folder / name).stat().st_size > 0


def test_prints_the_caption_that_the_report_shows(demo):
    folder, done = demo
    caption = done.stdout.split("(confidence")[0].strip().splitlines()[-1].strip()
    assert len(caption.split()) > 2
    report = (folder / "report.html").read_text(encoding="utf-8")
    first_words = " ".join(caption.split()[:1])
    assert first_words in report


def test_project_names_its_files_relatively(demo):
    folder, _ = demo
    with zipfile.ZipFile(folder / "description.qgz") as archive:
        inner = next(name for name in archive.namelist() if name.endswith(".qgs"))
        text = archive.read(inner).decode("utf-8")
    assert "./description.gpkg" in text
    assert "../scene.tif" in text


def test_project_opens_where_its_folder_was_moved_to(demo, tmp_path):
    folder, _ = demo
    shutil.copytree(folder.parent, tmp_path / "elsewhere")
    project = tmp_path / "elsewhere" / folder.name / "description.qgz"
    done = run_python("-c", OPEN_PROJECT.format(root=str(ROOT), project=str(project)))
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.strip().splitlines()[-1])
    assert seen["read"]
    assert len(seen["layers"]) >= 3
    assert all(layer["valid"] for layer in seen["layers"])
    results = [layer for layer in seen["layers"] if layer["vector"]]
    assert sum(layer["features"] for layer in results) > 0
    assert all(layer["aliases"] > 0 for layer in results)


def test_picture_shows_something(demo):
    folder, _ = demo
    image = pytest.importorskip("PIL.Image").open(folder / "map.png").convert("L")
    darkest, brightest = image.getextrema()
    assert max(image.size) == 1600
    assert brightest - darkest > 50


def test_a_missing_raster_is_one_sentence(tmp_path):
    done = run_demo("--raster", tmp_path / "nowhere.tif", "--output", tmp_path)
    assert done.returncode == 1
    assert "there is no raster" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_raster_is_one_sentence(tmp_path):
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"this is no raster")
    done = run_demo("--raster", broken, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "demo: QGIS cannot open" in done.stderr
    assert "Traceback" not in done.stderr
