"""Where something is: the decoder's written answer is a second opinion on the closed one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.ask.views import is_place, is_theme
from rs_vlm_plugin.engine.ask.written import with_written
from rs_vlm_plugin.engine.errors import BundleInvalid
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.array_source import ArraySource
from tests.tiny_bundle import BOS, make_tiny_bundle, write_manifest

QUESTION = "Where is the river?"
PIXELS = np.random.default_rng(6).integers(0, 255, (3, 32, 32), dtype=np.uint8)


def bundle(folder: Path, weight: float, prompts: Dict[str, int]) -> Path:
    """A tiny bundle whose closed answers are places too, and whose decoder is asked about them."""
    make_tiny_bundle(folder, actions=("describe", "classify", "search", "ask", "find"))
    manifest: Dict[str, Any] = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    texts = manifest["answers"]["texts"]
    texts[-2:] = ["river", "bridge"]
    manifest["answers"]["written_by_kind"] = {"location": weight} if weight else {}
    manifest["answers"]["abstain_below"] = 0.0
    manifest["prompts"] = {"scene": BOS, **prompts}
    write_manifest(folder, manifest, sorted(manifest["files"]))
    return folder


def opened(folder: Path, weight: float = 1.0) -> VisionLanguageModel:
    return VisionLanguageModel(
        load_bundle(bundle(folder, weight, {"question": 1})), device="cpu", threads=1
    )


def closed_and_tokens(model: VisionLanguageModel) -> Any:
    images = np.random.default_rng(3).integers(0, 255, (2, 32, 32, 3), dtype=np.uint8)
    encoding = model.encode_images(images)
    return model.answer([QUESTION] * 2, encoding, [0, 1]), encoding.tokens


def test_the_answer_is_weighed_by_how_likely_the_decoder_writes_it(tmp_path: Path) -> None:
    model = opened(tmp_path / "b")
    answers, tokens = closed_and_tokens(model)
    places = ("river", "bridge")
    written = model.answer_log_likelihood(QUESTION, places, tokens)
    assert written.shape == (2, 2)
    assert (written < 0).all()
    likelier = written.argmax(axis=1)
    for before, after, best in zip(
        answers, with_written(answers, QUESTION, tokens, model, 1e6, places.__contains__), likelier
    ):
        told = {text: after.likelihoods[text] for text in places}
        assert max(told, key=lambda text: told[text]) == places[best]
        # The places share among them what they had; other answers stay as likely as they were.
        assert sum(told.values()) == pytest.approx(sum(before.likelihoods[t] for t in places))
        others = set(before.likelihoods) - set(places)
        assert all(after.likelihoods[text] == before.likelihoods[text] for text in others)
        assert after.confidence == after.likelihoods[after.text] == max(after.likelihoods.values())


def test_without_weight_or_places_nothing_changes(tmp_path: Path) -> None:
    model = opened(tmp_path / "b")
    answers, tokens = closed_and_tokens(model)
    assert with_written(answers, QUESTION, tokens, model, 0.0, is_place) == answers
    assert with_written(answers, QUESTION, tokens, model, 2.0, lambda _: False) == answers


def test_a_long_question_leaves_room_for_the_answer(tmp_path: Path) -> None:
    model = opened(tmp_path / "b")
    _, tokens = closed_and_tokens(model)
    long = "Where is the river " + "near the bridge " * 40
    written = model.answer_log_likelihood(long, ("river", "bridge"), tokens)
    assert (written[:, 0] != written[:, 1]).all()


def test_ask_answers_where_with_both(tmp_path: Path) -> None:
    replies = []
    for number, weight in enumerate((0.0, 100.0)):
        model = opened(tmp_path / str(number), weight)
        replies.append(ask(ArraySource(PIXELS), None, QUESTION, model, "fixed", 1))
        model.close()
    assert [reply.kind for reply in replies] == ["location", "location"]
    assert replies[0].confidence != replies[1].confidence


def test_a_decoder_that_was_not_taught_to_answer_is_refused_the_weight(tmp_path: Path) -> None:
    with pytest.raises(BundleInvalid, match="the decoder writes none"):
        load_bundle(bundle(tmp_path / "b", 1.0, {}))
    load_bundle(bundle(tmp_path / "c", 0.0, {}))


@pytest.mark.parametrize("text", ["everywhere", "four corners", "main diagonal", "minor diagonal"])
def test_these_closed_answers_are_places_and_no_scenes(text: str) -> None:
    assert is_place(text)
    assert not is_theme(text)
