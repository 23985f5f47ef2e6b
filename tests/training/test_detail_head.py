"""The detail head: measured targets, what it learns from them, and the bundle it ends up in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model_training.data.drawn import drawn_records
from model_training.detail_targets import CaptionLoss, DetailExamples, cell_shares, measure_examples
from model_training.train_detail import main, rank_correlation, train_head
from rs_vlm_plugin.engine.dris.model_looker import look_for_detail
from rs_vlm_plugin.engine.dris.quadtree import split
from rs_vlm_plugin.engine.errors import BundleInvalid
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.manifest import parse_manifest
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests import rasters
from tests.engine.array_source import ArraySource
from tests.engine.test_dris_invariants import STRETCH
from tests.tiny_bundle import CELLS, make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def taught(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with a head learnt from drawn scenes, for want of data."""
    folder = tmp_path_factory.mktemp("taught") / "bundle"
    arguments = ["--bundle", str(bundle), "--output", str(folder), "--data", str(folder / "none")]
    assert main([*arguments, "--images", "60", "--mosaics", "9", "--epochs", "2"]) == 0
    return folder


def test_shares_of_cells_are_areas() -> None:
    shares = cell_shares(2, (5, 5))
    assert shares.shape == (25, 4)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(shares[0], [1, 0, 0, 0])
    np.testing.assert_allclose(shares[12], [0.25] * 4, rtol=1e-6)
    np.testing.assert_allclose(cell_shares(3, (3, 3)), np.eye(9), atol=1e-6)


def test_the_loss_is_small_where_an_embedding_says_its_captions(bundle: Path) -> None:
    records = drawn_records(40, seed=3)[0]
    model = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    loss = CaptionLoss(records, model, torch.Generator().manual_seed(0))
    own = model.encode_texts(records[0].captions).mean(axis=0)
    own /= np.linalg.norm(own)
    assert 0 < loss(own, 0) < loss(-own, 0)


def test_reductions_are_measured_the_same_again(bundle: Path) -> None:
    records = drawn_records(40, seed=3)[0]
    model = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    first, again = (measure_examples(records, model, 6, seed=4) for _ in range(2))
    assert first.cells.shape[:2] == first.reduction.shape == (6, CELLS * CELLS)
    np.testing.assert_array_equal(first.reduction, again.reduction)
    # A 2 x 2 mosaic lies evenly under 4 x 4 cells: those of one image gain alike.
    quarter = first.reduction[0].reshape(CELLS, CELLS)[:2, :2]
    assert np.ptp(quarter) < 1e-4
    assert np.ptp(first.reduction[0]) > 1e-3


def test_the_head_learns_which_cells_gain() -> None:
    rng = np.random.default_rng(2)

    def examples(count: int) -> DetailExamples:
        cells = rng.normal(size=(count, 16, 8)).astype(np.float32)
        return DetailExamples(cells, 2 * cells[:, :, 0] + 1, 0.0)

    head = train_head(examples(300), epochs=30, seed=1)
    report = rank_correlation(head, examples(60))
    assert report["rank_correlation"] > 0.8
    assert report["rank_correlation_within"] > 0.8


def test_the_bundle_looks_where_its_head_says(taught: Path) -> None:
    model = VisionLanguageModel(load_bundle(taught), device="cpu", threads=1)
    assert model.detail_grid == (CELLS, CELLS)
    report = model.bundle.manifest.metrics["detail"]
    assert -1 <= report["rank_correlation"] <= 1
    source = ArraySource(rasters.pattern_pixels("busy_corner", 3, (512, 512), "uint8"))
    region = Region.from_window(source.info.transform, source.info.window)
    looked = look_for_detail(source, region, model, 21, STRETCH)
    assert looked.plan.policy == "learned"
    assert 1 <= looked.plan.used <= 21
    whole = looked.sights[0]
    expected = model.detail(whole.encoding)[0]
    assert expected.shape == (CELLS * CELLS,)
    assert whole.gains([source.info.window])[0] == pytest.approx(expected.mean(), abs=1e-5)
    promised = whole.gains(split(source.info.window, model.input_size)).max()
    if promised > 0:
        assert looked.plan.used > 1
        assert looked.plan.tiles[1].score == promised


def test_what_the_section_says_is_checked(taught: Path) -> None:
    manifest = json.loads((taught / "bundle.json").read_text(encoding="utf-8"))
    detail = manifest["detail"]
    assert detail["reads"] == "cells"
    for wrong in (
        {"reads": "regions"},
        {"reads": "tiles"},
        {"full": 0},
        {"full": "1"},
        {"file": "../detail.onnx"},
        {"file": "other.onnx"},
    ):
        changed = {**manifest, "detail": {**detail, **wrong}}
        with pytest.raises(BundleInvalid):
            parse_manifest(json.dumps(changed).encode())
    del manifest["detail"]
    assert parse_manifest(json.dumps(manifest).encode()).detail is None


def test_missing_data_is_one_line(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    arguments = ["--bundle", str(bundle), "--output", str(tmp_path / "out")]
    assert main([*arguments, "--data", str(tmp_path / "data")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
