"""Beam search over a caption decoder with a key-value cache, for many images at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, List, Optional, Protocol, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled

Floats = NDArray[np.float32]
_NEVER = np.float32(-1e30)


class Decoder(Protocol):
    """The two graphs of a caption decoder; shapes as in docs/bundle-format.md."""

    def prefill(self, tokens: Floats) -> Tuple[Floats, Floats]:
        """`tokens` [B,N,d] to `cross_keys`, `cross_values` [L,B,H,N,dh]."""

    def empty_cache(self, batch: int) -> Floats:
        """Keys, or values, of no token yet: [L,batch,H,0,dh]."""

    def step(
        self,
        input_ids: NDArray[np.int64],
        keys: Floats,
        values: Floats,
        cross: Tuple[Floats, Floats],
    ) -> Tuple[Floats, Floats, Floats, Floats]:
        """One token a row: `logits` [B,K], grown `keys` and `values`, `attention` [B,N]."""


@dataclass(frozen=True)
class Search:
    """How captions are searched.

    A caption's score is its log probability divided by `length ** length_penalty`, where the length
    counts the end token; `max_tokens` bounds that length. `forbidden` ids are never written.
    `temperature` divides the logits for the confidences only; it does not change the choice.
    """

    bos_id: int
    eos_id: int
    max_tokens: int
    beam_size: int = 1
    length_penalty: float = 1.0
    temperature: float = 1.0
    forbidden: Tuple[int, ...] = ()


@dataclass(frozen=True)
class Written:
    """A caption in tokens.

    `ids` leave out begin and end. `probabilities` are calibrated, one for each id and a last one
    for the end token where it was written; `attention` [len(ids), N] is where the decoder looked
    for each id. `score` is `log_probability`, the uncalibrated one of the whole caption, divided by
    a power of its length.
    """

    ids: Tuple[int, ...]
    probabilities: Tuple[float, ...]
    attention: Floats
    score: float
    log_probability: float


@dataclass(frozen=True)
class _Token:
    """A token of a hypothesis, linked to the one before it."""

    before: Optional[_Token]
    id: int
    log_probability: float
    attention: Floats


@dataclass
class _Beam:
    """Search state of one image: running hypotheses and the finished ones, best first."""

    image: int
    running: List[Tuple[float, Optional[_Token]]]
    finished: List[Tuple[float, _Token]]


def decode(
    decoder: Decoder,
    tokens: Floats,
    search: Search,
    should_stop: Callable[[], bool] = lambda: False,
) -> List[Written]:
    """The best caption found for each image; arguments, errors and cost as of `decode_beams`."""
    return [beam[0] for beam in decode_beams(decoder, tokens, search, should_stop)]


def decode_beams(
    decoder: Decoder,
    tokens: Floats,
    search: Search,
    should_stop: Callable[[], bool] = lambda: False,
) -> List[List[Written]]:
    """Write captions for each image, the best ones that a beam search finds.

    Args:
        decoder: runs the graphs.
        tokens: images as the decoder sees them, `[B, N, d]`.
        search: beam width, penalty and special tokens; a beam of 1 is greedy.
        should_stop: asked before every step.

    Returns:
        For each image in order one caption at least, and about `beam_size` of them, best first.

    Raises:
        Cancelled: `should_stop` said so.

    Note:
        At most `max_tokens` steps over `B * beam_size` rows; rows of images that are done leave
        the batch. An image is done when `beam_size` captions ended and no running one scores
        better than the worst of them at its present length.
    """
    if len(tokens) == 0:
        return []
    cross = decoder.prefill(tokens)
    beams = [_Beam(image, [(0.0, None)], []) for image in range(len(tokens))]
    active = beams
    images = np.arange(len(tokens))
    row_cross = cross
    ids = np.full(len(tokens), search.bos_id, dtype=np.int64)
    keys = values = decoder.empty_cache(len(tokens))
    for length in range(1, search.max_tokens + 1):
        if should_stop():
            raise Cancelled()
        logits, keys, values, attention = decoder.step(ids, keys, values, row_cross)
        parents: List[int] = []
        first = 0
        for beam in active:
            count = len(beam.running)
            block = slice(first, first + count)
            chosen = _advance(beam, logits[block], attention[block], search, length)
            parents += [first + row for row in chosen]
            first += count
        active = [beam for beam in active if beam.running]
        if not active:
            break
        rows = np.asarray(parents, dtype=np.int64)
        keys, values = keys[:, rows], values[:, rows]
        ids = np.asarray([_last(node) for beam in active for _, node in beam.running], np.int64)
        now = np.asarray([beam.image for beam in active for _ in beam.running], np.int64)
        if not np.array_equal(now, images):
            images = now
            row_cross = (cross[0][:, images], cross[1][:, images])
    for beam in active:
        for total, node in beam.running:
            if node is not None:
                beam.finished.append((_score(total, search.max_tokens, search), node))
    return [
        [_written(item, search) for item in sorted(beam.finished, key=lambda item: -item[0])]
        for beam in beams
    ]


def _advance(
    beam: _Beam, logits: Floats, attention: Floats, search: Search, length: int
) -> List[int]:
    """Extend a beam by one token; returns for each new running hypothesis the row it came from."""
    logits = logits.astype(np.float32, copy=True)
    logits[:, list(search.forbidden)] = _NEVER
    log_probabilities = log_softmax(logits)
    calibrated = log_softmax(logits / np.float32(search.temperature))
    totals = np.asarray([total for total, _ in beam.running])[:, None] + log_probabilities
    vocabulary = totals.shape[1]
    running: List[Tuple[float, Optional[_Token]]] = []
    parents: List[int] = []
    # Twice as many candidates as the beam is wide: each row has one end token, so enough go on.
    for rank, flat in enumerate(_best(totals.ravel(), 2 * search.beam_size)):
        row, number = divmod(int(flat), vocabulary)
        total = float(totals[row, number])
        if total < _NEVER / 2:
            break
        token = _Token(beam.running[row][1], number, float(calibrated[row, number]), attention[row])
        if number == search.eos_id:
            if rank < search.beam_size:
                beam.finished.append((_score(total, length, search), token))
        elif len(running) < search.beam_size:
            running.append((total, token))
            parents.append(row)
    beam.finished = sorted(beam.finished, key=lambda item: -item[0])[: search.beam_size]
    full = len(beam.finished) == search.beam_size
    if full and running and search.beam_size > 1:
        full = _score(running[0][0], length, search) <= beam.finished[-1][0]
    beam.running = [] if full else running
    return [] if full else parents


def _best(values: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Indices of the largest values, largest first; ties go to the lower index."""
    count = min(count, len(values))
    candidates = np.argpartition(-values, count - 1)[:count]
    return candidates[np.lexsort((candidates, -values[candidates]))]


def log_softmax(logits: Floats) -> Floats:
    """Logarithm of the softmax along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _score(total: float, length: int, search: Search) -> float:
    return total / float(length) ** search.length_penalty


def _last(token: Optional[_Token]) -> int:
    return -1 if token is None else token.id


def _written(best: Tuple[float, _Token], search: Search) -> Written:
    score, node = best
    chain: List[_Token] = []
    link: Optional[_Token] = node
    while link is not None:
        chain.append(link)
        link = link.before
    chain.reverse()
    spoken: Sequence[_Token] = [token for token in chain if token.id != search.eos_id]
    width = chain[0].attention.shape[0]
    attention = np.asarray([token.attention for token in spoken], dtype=np.float32)
    return Written(
        ids=tuple(token.id for token in spoken),
        probabilities=tuple(float(np.exp(token.log_probability)) for token in chain),
        attention=attention.reshape(len(spoken), width),
        score=score,
        log_probability=score * float(len(chain)) ** search.length_penalty,
    )
