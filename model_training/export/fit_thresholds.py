"""From which score an object counts and an answer is given: fitted on validation data through the
bundle as its users run it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.ask import Reply
from rs_vlm_plugin.engine.ask.question import COMPARISON, COUNT, LOCATION, read_question
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..data.image_text import ImageText
from ..evaluation.bundle_actions import BundleAnswerer, BundleGrounder
from ..evaluation.grounding import search
from ..metrics import choose_threshold, match_boxes
from ..metrics.answers import parse_count, places, says_the_same
from ..metrics.boxes import CRITERIA
from ..synthetic import Question
from .bundle_folder import amended_manifest

WRITTEN_WEIGHTS = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Weights of the decoder's written answer beside the closed one that are tried. Only for where
things are: of counts and scenes the closed answer alone was right more often."""

LEAST_RIGHT = 1 / 4
"""An answer is held back where answers as sure as it mislead three times as
often as they help."""

LEAST_SUPPORT = 0.15
"""Nor is an answer given that has less than this, however often such answers were right: a few
hundred questions do not hold every guess that users will provoke."""

WINDOW = 25
"""Answers of neighbouring support that this share is measured over."""


def fit_thresholds(
    folder: Path,
    boxed: Sequence[ImageText],
    asked: Sequence[ImageText],
    kinds: Sequence[str],
) -> dict[str, float]:
    """Fit and write into the manifest: first what Find counts as found, because Ask counts it too.

    Args:
        folder: of a written bundle of three levels.
        boxed: validation images with boxes; none leaves Find's threshold alone.
        asked: validation images with questions; none leaves Ask's bounds alone.
        kinds: that training had boxes of, which Describe looks for.

    Returns:
        The threshold as "find", the weight of written answers as "written places", the bounds by
        kind of question.
    """
    fitted = {}
    if kinds:
        with amended_manifest(folder) as manifest:
            manifest["levels"]["grounding"]["names"] = sorted(kinds)
    if boxed:
        fitted["find"] = _find_threshold(folder, boxed)
        with amended_manifest(folder) as manifest:
            manifest["levels"]["grounding"]["threshold"] = fitted["find"]
    if asked and _can_ask(folder):
        weight = _written_weight(folder, asked)
        fitted["written places"] = weight
        with amended_manifest(folder) as manifest:
            manifest["answers"]["written_by_kind"] = {LOCATION: weight} if weight else {}
        bounds = _answer_bounds(folder, asked)
        if COUNT in bounds:
            bounds[COMPARISON] = bounds[COUNT]
        fitted |= bounds
        with amended_manifest(folder) as manifest:
            manifest["answers"]["abstain_below_by_kind"] = bounds
    return fitted


def _find_threshold(folder: Path, boxed: Sequence[ImageText]) -> float:
    model = VisionLanguageModel(load_bundle(folder), device="cpu")
    names = sorted({box.category for record in boxed for box in record.boxes})
    found, _ = search(BundleGrounder(model), boxed, names)
    model.close()
    matches = match_boxes(found, [record.boxes for record in boxed], CRITERIA["centre"])
    threshold = choose_threshold(matches, sum(len(record.boxes) for record in boxed))
    return min(round(threshold, 4), 1.0)


def _can_ask(folder: Path) -> bool:
    return "ask" in load_bundle(folder).manifest.actions


def _written_weight(folder: Path, asked: Sequence[ImageText]) -> float:
    """The weight with which most places are answered rightly, the least of equals."""
    manifest = load_bundle(folder).manifest
    where = [
        (record.rgb(), question)
        for record in asked
        for question in record.questions
        if read_question(question.question).kind == LOCATION
    ]
    if not where or manifest.decoder is None or manifest.prompts.question is None:
        return 0.0
    best, most = 0.0, -1
    for weight in WRITTEN_WEIGHTS:
        with amended_manifest(folder) as amended:
            amended["answers"]["written_by_kind"] = {LOCATION: weight} if weight else {}
        model = VisionLanguageModel(load_bundle(folder), device="cpu")
        answerer = BundleAnswerer(model)
        right = 0
        for image, question in where:
            reply = answerer.reply(image, question.question)
            right += says_the_same(question, reply.held_back if reply.abstained else reply.text)
        model.close()
        if right > most:
            best, most = weight, right
    return best


def _answer_bounds(folder: Path, asked: Sequence[ImageText]) -> dict[str, float]:
    # Bounds of an earlier fit would hold back what this one must see.
    with amended_manifest(folder) as manifest:
        manifest["answers"]["abstain_below_by_kind"] = {}
        manifest["answers"]["abstain_below"] = 0.0
    model = VisionLanguageModel(load_bundle(folder), device="cpu")
    answerer = BundleAnswerer(model)
    by_kind: dict[str, list[tuple[float, bool]]] = {}
    for record in asked:
        image = record.rgb()
        for question in record.questions:
            reply = answerer.reply(image, question.question)
            # Of objects found, the threshold of Find has decided already.
            if not reply.abstained and reply.support < 1:
                seen = (reply.support, _helps(question, reply))
                by_kind.setdefault(reply.kind, []).append(seen)
    model.close()
    bounds = {}
    for kind, answers in by_kind.items():
        support, right = np.array(sorted(answers), dtype=np.float64).T
        bounds[kind] = round(max(LEAST_SUPPORT, _least_support(support, right)), 4)
    return bounds


def _helps(question: Question, reply: Reply) -> bool:
    """Whether an answer is right, or about right: a count one or a tenth off, other words for the
    same places."""
    wanted, given = parse_count(question.answer), parse_count(reply.text)
    if wanted is not None and given is not None:
        return abs(wanted - given) <= max(1.0, 0.1 * max(wanted, given))
    return says_the_same(question, reply.text) or places(question.answer) == places(reply.text)


def _least_support(support: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The largest support up to which fewer than `LEAST_RIGHT` of the answers helped.

    Args:
        support: sorted, rising.
        right: 1 where the answer helps, 0 where not.
    """
    window = min(WINDOW, len(right))
    shares = np.convolve(right, np.ones(window) / window, mode="valid")
    bad = np.flatnonzero(shares < LEAST_RIGHT)
    return float(support[bad[-1] + window // 2]) if len(bad) else 0.0
