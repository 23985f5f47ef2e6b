"""What a search's evidence is worth is fitted on what captions mention, and kept in the bundle."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_training.data.drawn import drawn_records
from model_training.export.fit_relevance import fit_relevance, logistic_fit, mentioned_chunks
from rs_vlm_plugin.engine.model.bundle import load_bundle
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def records():
    train, _ = drawn_records(60, 5)
    return train


def test_weights_that_made_the_data_are_found_again() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(20_000, 2))
    chance = 1 / (1 + np.exp(-(0.8 * features[:, 0] + 2.0 * features[:, 1] - 1.0)))
    truth = (random.random(len(chance)) < chance).astype(float)
    assert logistic_fit(features, truth) == pytest.approx([0.8, 2.0, -1.0], abs=0.1)


def test_evidence_that_speaks_against_counts_nothing() -> None:
    features = np.random.default_rng(3).normal(size=(2000, 1))
    weight, _ = logistic_fit(features, (features[:, 0] < 0).astype(float))
    assert weight == 0


def test_queries_are_chunks_of_several_but_not_most_images(records) -> None:
    chunks = mentioned_chunks(records)
    assert chunks
    for text, mentioned in chunks:
        assert 3 <= mentioned.sum() <= 0.2 * len(records)
        for record, said in zip(records, mentioned, strict=True):
            assert said == any(text in caption.lower() for caption in record.captions) or not said


def test_the_fit_lies_in_the_manifest_and_the_engine_reads_it(tmp_path: Path, records) -> None:
    folder = make_tiny_bundle(tmp_path / "bundle")
    fit = fit_relevance(folder, records)
    assert fit is not None
    assert fit.spec.second_look is not None
    loaded = load_bundle(folder).manifest.relevance
    assert loaded.first_look == pytest.approx(fit.spec.first_look, abs=1e-3)
    assert loaded.second_look == pytest.approx(fit.spec.second_look, abs=1e-3)
    assert fit_relevance(folder, records) == fit, "an earlier fit does not colour the next"


def test_without_a_decoder_there_is_no_second_look(tmp_path: Path, records) -> None:
    folder = make_tiny_bundle(tmp_path / "bundle", actions=("classify", "search"))
    fit = fit_relevance(folder, records)
    assert fit is not None
    assert fit.spec.second_look is None
    section = json.loads((folder / "bundle.json").read_text())["calibration"]["relevance"]
    assert set(section) == {"first_look"}


def test_captions_that_share_nothing_fit_nothing(tmp_path: Path, records) -> None:
    folder = make_tiny_bundle(tmp_path / "bundle")
    assert fit_relevance(folder, records[:2]) is None
    manifest = json.loads((folder / "bundle.json").read_text())
    assert "relevance" not in manifest["calibration"]
