"""`rsvlm:classify`: labels to a table of scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from rs_vlm_plugin.processing.classify import ClassifyRegion
from tests import rasters
from tests.qgis.processing_runs import run_algorithm


@pytest.fixture
def run(tiny_bundle: Path, tmp_path: Path):
    path = rasters.make_raster(tmp_path / "scene.tif", size=(120, 90), pattern="noise")

    def run(**parameters):
        asked = {"INPUT": str(path), "BUNDLE": str(tiny_bundle / "bundle.json")}
        return run_algorithm(
            ClassifyRegion(), {**asked, "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
        )

    return run


def test_labels_are_ranked(run) -> None:
    outputs, ok, feedback, context = run(LABELS="forest, river\nbeach")
    assert ok
    rows = list(context.temporaryLayerStore().mapLayer(outputs["OUTPUT"]).getFeatures())
    assert {row["label"] for row in rows} == {"forest", "river", "beach"}
    assert sum(row["score"] for row in rows) == pytest.approx(1)
    assert (rows[0]["label"], rows[0]["score"]) == (outputs["LABEL"], outputs["SCORE"])
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert any(line.startswith(outputs["LABEL"]) for line in feedback.said)


def test_an_extent_and_no_table(run) -> None:
    west = "500000,500200,5699800,5700000 [EPSG:32633]"
    outputs, ok, _, _ = run(LABELS="forest,river", EXTENT=west, OUTPUT=None)
    assert ok
    assert "OUTPUT" not in outputs


def test_no_label_is_a_sentence(run) -> None:
    _, ok, feedback, _ = run(LABELS=" , ")
    assert not ok
    assert any("missing or empty" in error for error in feedback.errors)
