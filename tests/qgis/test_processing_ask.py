"""`rsvlm:ask`: a question to answer, confidence and evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from rs_vlm_plugin.processing.ask import AskQuestion
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm


@pytest.fixture
def run(level_bundle: Path, planes: Path):  # noqa: F811
    def run(question: str, feedback=None, **parameters):
        asked = {
            "INPUT": str(planes),
            "BUNDLE": str(level_bundle / "bundle.json"),
            "POLICY": "fixed",
            "BUDGET": 50,
            "QUESTION": question,
            "EVIDENCE": "TEMPORARY_OUTPUT",
        }
        return run_algorithm(AskQuestion(), {**asked, **parameters}, feedback)

    return run


def test_an_answer_with_its_evidence(run) -> None:
    outputs, ok, feedback, context = run("How many plane are there?")
    assert ok
    assert (outputs["ANSWER"], outputs["ABSTAINED"], outputs["REASON"]) == ("3", False, "")
    assert 0 < outputs["CONFIDENCE"] <= 1
    assert "3" in feedback.said
    evidence = list(context.temporaryLayerStore().mapLayer(outputs["EVIDENCE"]).getFeatures())
    assert len(evidence) == 3
    assert {feature["question"] for feature in evidence} == {"How many plane are there?"}
    assert {feature["answer"] for feature in evidence} == {"3"}


def test_an_extent_limits_the_question(run) -> None:
    west = "500000,500300,5699700,5700000 [EPSG:32633]"
    outputs, ok, _, context = run("Is there a plane?", EXTENT=west)
    assert ok
    layer = context.temporaryLayerStore().mapLayer(outputs["EVIDENCE"])
    assert layer.extent().xMaximum() < 500_350


def test_what_cannot_be_told_has_a_reason(run) -> None:
    outputs, ok, _, _ = run("Who lives here?", EVIDENCE=None)
    assert ok
    assert outputs["ABSTAINED"]
    assert outputs["ANSWER"] == f"cannot tell: {outputs['REASON']}"
    assert "EVIDENCE" not in outputs


def test_no_question_is_a_sentence(run) -> None:
    _, ok, feedback, _ = run(" ? ")
    assert not ok
    assert any("The question is empty." in error for error in feedback.errors)


def test_a_model_without_answers_is_refused(run, tiny_bundle: Path) -> None:
    _, ok, feedback, _ = run("Is there a plane?", BUNDLE=str(tiny_bundle / "bundle.json"))
    assert not ok
    assert any("cannot ask" in error for error in feedback.errors)


def test_cancelling(run) -> None:
    feedback = RecordedFeedback(lambda text: text == "Loading the model")
    outputs, _, feedback, _ = run("Is there a plane?", feedback)
    assert not outputs
    assert "Cancelled before anything was seen." in feedback.said
