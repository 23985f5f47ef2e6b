"""Beam search against a plain reference without cache or batch, on a decoder of five words."""

from __future__ import annotations

import itertools
from typing import List, Tuple

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import Cancelled
from rs_vlm_plugin.engine.model.decoding import Search, decode, log_softmax

VOCABULARY = 5
EOS = 1
BOS = 0


class HistoryDecoder:
    """Logits depend on the image and on the whole history, which only the cache carries.

    Keys hold the ids so far; a beam that was reordered wrongly therefore gives other logits.
    """

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.by_image = random.normal(size=(8, VOCABULARY)) * 1.5
        self.by_history = random.normal(size=(64, VOCABULARY, VOCABULARY)) * 1.5
        self.rows: List[int] = []

    def logits(self, image: int, history: Tuple[int, ...]) -> np.ndarray:
        total = self.by_image[image].copy()
        for position, number in enumerate(history):
            total += self.by_history[position, number] / (len(history) - position)
        return total.astype(np.float32)

    def prefill(self, tokens: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        cross = tokens[None, :, None].astype(np.float32)
        return cross, cross

    def empty_cache(self, batch: int) -> np.ndarray:
        return np.zeros((1, batch, 1, 0, 1), np.float32)

    def step(self, input_ids, keys, values, cross):
        self.rows.append(len(input_ids))
        grown = np.concatenate([keys, input_ids[None, :, None, None, None].astype(np.float32)], 3)
        logits, attention = [], []
        for row in range(len(input_ids)):
            image = int(cross[0][0, row, 0, 0, 0])
            history = tuple(int(number) for number in grown[0, row, 0, :, 0])
            logits.append(self.logits(image, history))
            # Attention that tells which image and step it came from.
            attention.append([image, len(history)])
        return np.stack(logits), grown, grown, np.asarray(attention, np.float32)


def images(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.float32)[:, None, None]


def reference(decoder: HistoryDecoder, image: int, search: Search) -> Tuple[Tuple[int, ...], float]:
    """Beam search by the book: every hypothesis scored from its full history."""
    running: List[Tuple[float, Tuple[int, ...]]] = [(0.0, ())]
    finished: List[Tuple[float, Tuple[int, ...]]] = []
    for length in range(1, search.max_tokens + 1):
        candidates = []
        for total, ids in running:
            logits = decoder.logits(image, (BOS, *ids))
            logits[list(search.forbidden)] = -1e30
            chances = log_softmax(logits[None])[0]
            candidates += [
                (total + float(chances[n]), (*ids, n))
                for n in range(VOCABULARY)
                if n not in search.forbidden
            ]
        candidates.sort(key=lambda item: -item[0])
        running = []
        for rank, (total, ids) in enumerate(candidates[: 2 * search.beam_size]):
            if ids[-1] == search.eos_id:
                if rank < search.beam_size:
                    finished.append((total / length**search.length_penalty, ids[:-1]))
            elif len(running) < search.beam_size:
                running.append((total, ids))
        finished = sorted(finished, reverse=True, key=lambda item: item[0])[: search.beam_size]
        if len(finished) == search.beam_size and (
            search.beam_size == 1
            or running[0][0] / length**search.length_penalty <= finished[-1][0]
        ):
            running = []
            break
    finished += [(t / search.max_tokens**search.length_penalty, ids) for t, ids in running]
    score, ids = max(finished, key=lambda item: item[0])
    return ids, score


@pytest.mark.parametrize("beam_size", [1, 2, 3])
@pytest.mark.parametrize("length_penalty", [0.0, 1.0, 1.4])
@pytest.mark.parametrize("seed", range(5))
def test_equals_the_reference(beam_size: int, length_penalty: float, seed: int) -> None:
    decoder = HistoryDecoder(seed)
    search = Search(BOS, EOS, 8, beam_size, length_penalty, forbidden=(BOS,))
    for image, written in enumerate(decode(decoder, images(6), search)):
        ids, score = reference(decoder, image, search)
        assert written.ids == ids
        assert written.score == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize("seed", range(10))
def test_wide_beam_finds_the_best_of_all_sentences(seed: int) -> None:
    decoder = HistoryDecoder(seed)
    search = Search(BOS, EOS, 4, 64, 0.0, forbidden=(BOS,))
    scores = {}
    for length in range(5):
        for ids in itertools.product(range(2, VOCABULARY), repeat=length):
            ending = (EOS,) if length < 4 else ()
            total, history = 0.0, (BOS,)
            for number in (*ids, *ending):
                logits = decoder.logits(0, history)
                logits[BOS] = -1e30
                total += float(log_softmax(logits[None])[0, number])
                history = (*history, number)
            scores[ids] = total
    best = max(scores, key=lambda ids: scores[ids])
    (written,) = decode(decoder, images(1), search)
    assert written.ids == best
    assert written.score == pytest.approx(scores[best], abs=1e-4)


def test_beam_scores_at_least_as_well_as_greedy() -> None:
    greedy_scores, beam_scores = [], []
    for seed in range(20):
        decoder = HistoryDecoder(seed)
        for beam_size, scores in ((1, greedy_scores), (4, beam_scores)):
            search = Search(BOS, EOS, 8, beam_size, 1.0, forbidden=(BOS,))
            scores += [written.score for written in decode(decoder, images(4), search)]
    better = np.array(beam_scores) - np.array(greedy_scores)
    assert better.mean() > 0
    assert (better > -1e-6).mean() > 0.9


def test_images_that_are_done_leave_the_batch() -> None:
    decoder = HistoryDecoder(0)
    search = Search(BOS, EOS, 8, 2, 1.0, forbidden=(BOS,))
    decode(decoder, images(8), search)
    assert decoder.rows[0] == 8
    assert decoder.rows[1] == 16
    assert decoder.rows[-1] < 16


def test_batch_does_not_change_a_caption() -> None:
    decoder = HistoryDecoder(3)
    search = Search(BOS, EOS, 8, 3, 1.0, forbidden=(BOS,))
    together = decode(decoder, images(5), search)
    alone = [decode(decoder, images(5)[i : i + 1], search)[0] for i in range(5)]
    assert [written.ids for written in together] == [written.ids for written in alone]


def test_attention_follows_the_winning_beam() -> None:
    decoder = HistoryDecoder(1)
    search = Search(BOS, EOS, 8, 3, 1.0, forbidden=(BOS,))
    for image, written in enumerate(decode(decoder, images(3), search)):
        assert written.attention.tolist() == [[image, n + 1] for n in range(len(written.ids))]


def test_temperature_changes_confidence_and_not_the_choice() -> None:
    decoder = HistoryDecoder(2)
    sharp = decode(decoder, images(4), Search(BOS, EOS, 8, 2, temperature=0.5))
    soft = decode(decoder, images(4), Search(BOS, EOS, 8, 2, temperature=3.0))
    assert [written.ids for written in sharp] == [written.ids for written in soft]
    assert np.mean(sharp[0].probabilities) > np.mean(soft[0].probabilities)


def test_length_is_bounded_without_an_end() -> None:
    decoder = HistoryDecoder(4)
    search = Search(BOS, EOS, 6, 2, forbidden=(BOS, EOS))
    assert [len(written.ids) for written in decode(decoder, images(2), search)] == [6, 6]


def test_no_images() -> None:
    assert decode(HistoryDecoder(0), images(0), Search(BOS, EOS, 8)) == []


def test_stops_when_told() -> None:
    decoder = HistoryDecoder(0)
    with pytest.raises(Cancelled):
        decode(decoder, images(2), Search(BOS, EOS, 8, 2), lambda: len(decoder.rows) >= 2)
    assert len(decoder.rows) == 2
