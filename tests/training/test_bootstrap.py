"""Intervals are those of the images drawn; two runs are drawn together."""

from __future__ import annotations

import numpy as np
import pytest

from model_training.evaluation.comparison import (
    ScoredSet,
    TalliesMissing,
    compare_runs,
    pool_runs,
    read_tallies,
    write_tallies,
)
from model_training.metrics import RunsDiffer, Tally, caption_scores_plain, compare, interval
from model_training.metrics.captions import bleu_tally
from model_training.metrics.tally import TallyInvalid


def accuracy(rights: np.ndarray) -> Tally:
    return Tally.ratio(rights, np.ones(len(rights)))


def test_the_interval_of_a_share_is_the_binomial_one() -> None:
    rights = np.arange(400) % 4 == 0
    found = interval(accuracy(rights))
    assert found.value == 25
    half = 196 * np.sqrt(0.25 * 0.75 / 400)
    assert found.low == pytest.approx(25 - half, abs=0.6)
    assert found.high == pytest.approx(25 + half, abs=0.6)


def test_the_same_seed_gives_the_same_interval() -> None:
    tally = accuracy(np.random.default_rng(3).uniform(0, 1, 50))
    assert interval(tally, seed=1) == interval(tally, seed=1) != interval(tally, seed=2)


def test_pairing_makes_a_small_steady_gain_certain() -> None:
    rng = np.random.default_rng(0)
    before = rng.uniform(0.2, 0.8, 300)
    after = before + 0.01 + rng.normal(0, 0.01, 300)
    found = compare(accuracy(before), accuracy(after))
    assert found.differs
    assert 0.8 < found.difference.low < found.difference.high < 1.2
    # Unpaired, the intervals overlap by far.
    assert interval(accuracy(before)).high > interval(accuracy(after)).low
    assert found.relative.value == pytest.approx(100 * found.difference.value / found.before)


def test_noise_is_not_called_a_difference() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.uniform(0, 1, 300), rng.uniform(0, 1, 300)
    assert not compare(accuracy(before), accuracy(after)).differs
    same = compare(accuracy(before), accuracy(before))
    assert (same.difference.low, same.difference.value, same.difference.high) == (0, 0, 0)
    assert not same.differs


def test_nothing_is_relative_to_next_to_nothing() -> None:
    found = compare(accuracy(np.full(5, 1e-12)), accuracy(np.ones(5)))
    assert found.to_json()["relative"] == {"value": None, "low": None, "high": None}
    assert found.differs


def test_corpus_bleu_from_its_rows_is_that_of_pycocoevalcap() -> None:
    captions = [
        "many planes are parked near a large terminal",
        "a river runs through fields",
        "ships",
    ]
    references = [
        ["many planes are parked near a terminal", "planes near a big terminal building"],
        ["a winding river runs through green fields of corn"],
        ["some ships are in the harbour", "many ships in a port"],
    ]
    expected = caption_scores_plain(captions, references)["bleu4"]
    assert bleu_tally(captions, references).value == pytest.approx(expected, rel=1e-6)
    # Corpus BLEU is not the mean of sentences: drawing one image thrice is that sentence's own.
    tally = bleu_tally(captions, references)
    alone = bleu_tally(captions[:1], references[:1]).value
    assert tally.weighted(np.array([[3.0, 0.0, 0.0]]))[0] == pytest.approx(alone, rel=1e-6)


def test_a_kind_of_question_that_a_draw_lacks_leaves_that_draw_out() -> None:
    found = interval(Tally.ratio([1, 0, 0, 0], [1, 0, 0, 0]))
    assert (found.value, found.low, found.high) == (100, 100, 100)
    nothing = interval(Tally.ratio([0, 0], [0, 0]))
    assert np.isnan(nothing.low)


def scored(ids: str = "abc", rights: tuple[int, ...] = (1, 0, 1)) -> dict[str, ScoredSet]:
    return {"one val questions": ScoredSet(tuple(ids), {"accuracy": accuracy(np.array(rights))})}


def test_runs_come_back_from_their_file(tmp_path) -> None:
    run = scored(rights=(1, 0, 1))
    run["one val captions"] = ScoredSet(
        ("a",), {"bleu4": Tally("bleu4", np.array([[3, 2, 1, 0, 4, 3, 2, 1, 4, 5.5]]))}
    )
    write_tallies(run, tmp_path / "deep" / "run.json")
    again = read_tallies(tmp_path / "deep" / "run.json")
    assert list(again) == list(run)
    for name, entry in run.items():
        assert again[name].image_ids == entry.image_ids
        for metric, tally in entry.tallies.items():
            assert again[name].tallies[metric].kind == tally.kind
            np.testing.assert_allclose(again[name].tallies[metric].rows, tally.rows)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1]",
        '{"a": {}}',
        '{"a": {"image_ids": ["x"], "metrics": {"m": {"kind": "exec", "rows": [[1]]}}}}',
        '{"a": {"image_ids": ["x"], "metrics": {"m": {"kind": "ratio", "rows": [1]}}}}',
    ],
)
def test_a_file_of_something_else_is_one_sentence(tmp_path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TalliesMissing, match="does not hold per-image scores"):
        read_tallies(path)
    with pytest.raises(TalliesMissing, match="no per-image scores"):
        read_tallies(tmp_path / "other.json")


def test_runs_on_other_images_are_not_compared() -> None:
    assert compare_runs(scored(), scored())["one val questions"]["accuracy"].difference.value == 0
    for other in (scored("abd"), scored("acb"), {"two val": scored()["one val questions"]}):
        with pytest.raises(RunsDiffer, match="different images"):
            compare_runs(scored(), other)
    with pytest.raises(RunsDiffer, match="cannot be compared"):
        compare(accuracy(np.ones(3)), Tally("f1", np.ones((3, 3))))


def test_seeds_are_pooled_image_by_image() -> None:
    pool = pool_runs([scored(rights=(1, 0, 1)), scored(rights=(1, 1, 1))])
    tally = pool["one val questions"].tallies["accuracy"]
    assert tally.rows.tolist() == [[2, 2], [1, 2], [2, 2]]
    assert tally.value == pytest.approx(500 / 6)
    with pytest.raises(RunsDiffer):
        pool_runs([scored(), scored("abd")])


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(TallyInvalid, match="no metric of kind 'system'"):
        Tally.from_json({"kind": "system", "rows": [[1]]})
