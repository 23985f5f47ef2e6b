"""Agreement of captions is CIDEr-D, computed by the engine without that package."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.model.consensus import Consensus

DOCUMENTS = [
    ["many green trees are near a road", "a road goes through green trees"],
    ["several planes are parked near a large building", "many planes are parked"],
    ["a river goes through a dense forest", "a river is near many green trees"],
    ["many planes are parked near many green trees", "a road is near the planes", "two planes"],
]
CANDIDATES = [
    "many green trees are near a road",
    "planes planes planes are parked near a building that nobody has seen before this day",
    "a river goes through green trees",
    "some boats lie still",
]


def test_equals_cider_d_of_pycocoevalcap() -> None:
    cider = pytest.importorskip("pycocoevalcap.cider.cider").Cider()
    _, wanted = cider.compute_score(
        dict(enumerate(DOCUMENTS)), {i: [text] for i, text in enumerate(CANDIDATES)}
    )
    consensus = Consensus(DOCUMENTS)
    found = [
        10 * consensus.agreement([text], references).mean()
        for text, references in zip(CANDIDATES, DOCUMENTS)
    ]
    assert wanted[0] > 4
    assert 0 < wanted[1] < wanted[2]
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_many_at_once_equal_one_by_one() -> None:
    consensus = Consensus(DOCUMENTS)
    others = [text for texts in DOCUMENTS for text in texts]
    together = consensus.agreement(CANDIDATES, others)
    assert together.shape == (len(CANDIDATES), len(others))
    for row, text in enumerate(CANDIDATES):
        for column, other in enumerate(others):
            assert together[row, column] == pytest.approx(
                consensus.agreement([text], [other])[0, 0], abs=1e-6
            )


def test_case_and_punctuation_do_not_count() -> None:
    agreement = Consensus(DOCUMENTS).agreement(
        ["A river, near the road."], ["a river near the road"]
    )
    assert agreement[0, 0] == pytest.approx(1.0)


def test_repeating_a_word_gains_nothing() -> None:
    consensus = Consensus(DOCUMENTS)
    plain, stuttered = consensus.agreement(["two planes", "planes planes"], ["two planes"])[:, 0]
    assert stuttered < plain


@pytest.mark.parametrize("text", ["", " . ", "river"])
def test_captions_without_words_or_sequences_agree_with_nothing_long(text: str) -> None:
    agreement = Consensus(DOCUMENTS).agreement([text], ["", "two planes are parked"])
    assert np.isfinite(agreement).all()
    assert (agreement == 0).all()
