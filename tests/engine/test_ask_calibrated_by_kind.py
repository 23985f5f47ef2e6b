"""How sure an answer is depends on the kind of question: each may be calibrated for itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import Reply, ask
from rs_vlm_plugin.engine.errors import BundleInvalid
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.array_source import ArraySource
from tests.tiny_bundle import make_tiny_bundle, write_manifest

PIXELS = np.random.default_rng(6).integers(0, 255, (3, 32, 32), dtype=np.uint8)


def bundle(folder: Path, by_kind: Dict[str, float]) -> Path:
    make_tiny_bundle(folder, actions=("describe", "classify", "search", "ask"))
    manifest: Dict[str, Any] = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["answers"]["texts"][-2:] = ["river", "bridge"]
    manifest["answers"]["abstain_below"] = 0.0
    manifest["answers"]["temperature_by_kind"] = by_kind
    write_manifest(folder, manifest, sorted(manifest["files"]))
    return folder


def answered(folder: Path, by_kind: Dict[str, float], question: str) -> Reply:
    model = VisionLanguageModel(load_bundle(bundle(folder, by_kind)), device="cpu", threads=1)
    reply = ask(ArraySource(PIXELS), None, question, model, "fixed", 1)
    model.close()
    return reply


@pytest.mark.parametrize(
    ("kind", "question", "other"),
    [
        ("theme", "What is the theme of this picture?", "Is there a river?"),
        ("presence", "Is there a river?", "What is the theme of this picture?"),
    ],
)
def test_a_kind_is_less_sure_where_it_was_found_to_err(
    tmp_path: Path, kind: str, question: str, other: str
) -> None:
    plain = answered(tmp_path / "a", {}, question)
    cooled = answered(tmp_path / "b", {kind: 50.0}, question)
    assert (plain.kind, plain.text) == (kind, cooled.text)
    assert cooled.confidence < plain.confidence
    before, after = (
        answered(tmp_path / str(number), by_kind, other)
        for number, by_kind in enumerate(({}, {kind: 50.0}))
    )
    assert (before.text, before.confidence) == (after.text, after.confidence)


def test_a_comparison_counts_with_the_temperature_of_counts(tmp_path: Path) -> None:
    question = "Are there more rivers than bridges?"
    plain, cooled = (
        answered(tmp_path / str(number), by_kind, question)
        for number, by_kind in enumerate(({}, {"count": 50.0}))
    )
    assert plain.kind == cooled.kind == "comparison"
    assert plain.confidence != cooled.confidence


def test_no_temperature_may_be_nought(tmp_path: Path) -> None:
    with pytest.raises(BundleInvalid, match="temperature_by_kind"):
        load_bundle(bundle(tmp_path / "b", {"count": 0.0}))
