from __future__ import annotations

from pathlib import Path

import pytest

from rs_vlm_plugin.engine.classify import classify
from rs_vlm_plugin.engine.errors import ActionUnsupported, BadRequest, Cancelled, EmptyRegion
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource
from tests.tiny_bundle import make_tiny_bundle


def test_scores_sum_to_one_best_first(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    result = classify(source, None, ["forest", " river ", "airport", "forest"], tiny_model)
    scores = [item.score for item in result.labels]
    assert sorted(item.label for item in result.labels) == ["airport", "forest", "river"]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)
    tiles = result.provenance.tile_evaluations
    assert tiles <= 8
    assert result.provenance.evaluations == 4 * tiles, "each in its quarter turns"
    assert "{label}" in result.provenance.prompt


def test_one_label_is_certain(source: RasterioSource, tiny_model: VisionLanguageModel) -> None:
    (only,) = classify(source, None, ["forest"], tiny_model).labels
    assert only.score == pytest.approx(1)


def test_braces_in_a_label_are_text(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    assert len(classify(source, None, ["{0}", "{label}", "%s"], tiny_model).labels) == 3


@pytest.mark.parametrize("labels", [[], [""], ["forest", " "], [str(n) for n in range(10_001)]])
def test_senseless_labels(
    source: RasterioSource, tiny_model: VisionLanguageModel, labels: list
) -> None:
    with pytest.raises(BadRequest):
        classify(source, None, labels, tiny_model)


def test_region_outside(source: RasterioSource, tiny_model: VisionLanguageModel) -> None:
    with pytest.raises(EmptyRegion):
        classify(source, Region.from_bounds(0, 0, 1, 1), ["forest"], tiny_model)


def test_cancel(source: RasterioSource, tiny_model: VisionLanguageModel) -> None:
    class Impatient(Silent):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        classify(source, None, ["forest"], tiny_model, Impatient())


def test_bundle_that_cannot_classify(source: RasterioSource, tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "bundle", actions=["search"]))
    with pytest.raises(ActionUnsupported):
        classify(source, None, ["forest"], VisionLanguageModel(bundle, device="cpu"))


def test_labels_the_model_has_no_words_for_are_named(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    result = classify(source, None, ["forest", "\u043b\u0435\u0441", "\u68ee\u6797"], tiny_model)
    (note,) = [note for note in result.provenance.notes if "does not know" in note]
    assert "\u043b\u0435\u0441" in note
    assert "\u68ee\u6797" in note
    assert "forest" not in note
    plain = classify(source, None, ["forest", "river"], tiny_model)
    assert not any("does not know" in note for note in plain.provenance.notes)
