"""Captions out of the decoder: beams, remembered captions that choose among them, words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np

from ..errors import BundleInvalid
from ..knowledge.base import UsedEntry
from ..knowledge.bundle_knowledge import BundleKnowledge
from ..knowledge.caption_memory import Candidate
from .bundle import ModelBundle
from .cached_decoder import CachedDecoder
from .decoding import Search, Written, decode, decode_beams
from .encoding import Floats, attention_on_cells
from .level_spec import CaptionMemorySpec
from .likelihood import log_likelihoods
from .manifest_fields import REINSTALL
from .runtime import Session
from .tokeniser import Tokeniser


@dataclass(frozen=True)
class Word:
    """A word of a caption: characters `start:end`, its calibrated probability, where it was seen.

    `attention` [rows, columns] over the image's cells, from the top left, sums to 1.
    """

    text: str
    start: int
    end: int
    confidence: float
    attention: Floats


@dataclass(frozen=True)
class Caption:
    """A sentence about an image.

    `confidence` is the geometric mean of the calibrated probabilities of its tokens, in 0..1, and
    not raised where remembered captions (`used`) agree with it.
    """

    text: str
    confidence: float
    words: Tuple[Word, ...]
    used: Tuple[UsedEntry, ...] = ()


class CaptionWriter:
    """Says what images show, from their decoder tokens.

    Args:
        bundle: has a decoder.
        tokeniser: of the bundle.
        open_graph: opens one of the bundle's graphs by name.
        known: what the bundle remembers.

    Raises:
        BundleInvalid: the bundle has no decoder.
        InferenceFailed: a graph does not load.
    """

    def __init__(
        self,
        bundle: ModelBundle,
        tokeniser: Tokeniser,
        open_graph: Callable[[str], Session],
        known: BundleKnowledge,
    ) -> None:
        self._manifest = bundle.manifest
        spec = self._manifest.decoder
        if spec is None:
            raise BundleInvalid("The model bundle has no decoder.", REINSTALL)
        self._spec = spec
        self._decoder = CachedDecoder(open_graph(spec.prefill), open_graph(spec.step), spec)
        self._tokeniser = tokeniser
        self._known = known

    def caption(
        self,
        tokens: Floats,
        should_stop: Callable[[], bool] = lambda: False,
        embeddings: Optional[Floats] = None,
    ) -> List[Caption]:
        """Write a caption for each image from its decoder tokens `[B, N, d]`.

        Args:
            tokens: as above.
            should_stop: asked before every token.
            embeddings: of the same images `[B, D]`. With them a bundle that remembers captions lets
                its memory choose among those that the decoder finds; without them, as in a bundle
                without a memory, the decoder's likeliest is the caption.

        Raises:
            Cancelled: `should_stop` said so.
            InferenceFailed: onnxruntime failed.
        """
        search, memory = self._search(), self._manifest.caption_memory
        if memory is None or embeddings is None:
            written = decode(self._decoder, tokens, search, should_stop)
            return [self._caption(item) for item in written]
        search = replace(search, beam_size=max(memory.beams, search.beam_size))
        beams = decode_beams(self._decoder, tokens, search, should_stop)
        return [self._remembered(beam, row, memory) for beam, row in zip(beams, embeddings)]

    def log_likelihood(
        self,
        texts: Sequence[str],
        tokens: Floats,
        images: Sequence[int],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Floats:
        """How likely what the decoder says of an image begins with a text, `texts[i]` of the image
        whose decoder tokens are `tokens[images[i]]`; see `likelihood.log_likelihoods`.

        Comparable between images for one text. That the text ends there is not asked: a query is
        no whole sentence. A piece that the decoder cannot write counts as one it does not know.

        Raises:
            Cancelled: `should_stop` said so.
            InferenceFailed: onnxruntime failed.
        """
        different = list(dict.fromkeys(texts))
        # The decoder has no place for more; the rest of so long a text does not count.
        written = {
            text: np.array([self._spec.bos_id, *ids[: self._spec.max_tokens]])
            for text, ids in zip(
                different, self._tokeniser.written(different, self._spec.vocabulary_size)
            )
        }
        said = [written[text] for text in texts]
        return log_likelihoods(self._decoder, tokens, said, images, should_stop)

    def answer_log_likelihood(
        self, question: str, answers: Sequence[str], tokens: Floats
    ) -> Floats:
        """How likely the decoder is to write each answer, and no more, when it is asked a question.

        Args:
            question: as typed.
            answers: A of them.
            tokens: of the images that it is asked about, `[B, N, d]`.

        Returns:
            `[B, A]`, natural logarithms; of one image all differ by what the answers differ in, but
            the question's own likelihood is in each.

        Raises:
            BundleInvalid: the decoder was not taught to answer.
            InferenceFailed: onnxruntime failed.
        """
        prompt = self._manifest.prompts.question
        if prompt is None:
            raise BundleInvalid("The model bundle's decoder does not answer.", REINSTALL)
        end = self._spec.eos_id
        asked, *told = self._tokeniser.written([question, *answers], self._spec.vocabulary_size)
        # Room for the longest answer, else what answers differ in would be cut away.
        room = self._spec.max_tokens - 2 - max(len(ids) for ids in told)
        written = [np.array([prompt, *asked[: max(0, room)], end, *ids, end]) for ids in told]
        images = [image for image in range(len(tokens)) for _ in written]
        likely = log_likelihoods(self._decoder, tokens, written * len(tokens), images)
        return likely.reshape(len(tokens), len(written))

    def _remembered(
        self, beam: Sequence[Written], embedding: Floats, spec: CaptionMemorySpec
    ) -> Caption:
        """The caption of a beam that the memory chooses."""
        memory = self._known.memory
        if memory is None:
            raise BundleInvalid("The model bundle lacks its remembered captions.", REINSTALL)
        candidates = [
            Candidate(
                self._tokeniser.spell(item.ids)[0], item.log_probability, len(item.probabilities)
            )
            for item in beam
        ]
        choice = memory.choose(embedding, candidates, spec)
        return replace(self._caption(beam[choice.index]), used=choice.used)

    def _search(self) -> Search:
        spec = self._spec
        special = {spec.bos_id, spec.pad_id, *self._tokeniser.special_ids()} - {spec.eos_id}
        return Search(
            bos_id=spec.bos_id,
            eos_id=spec.eos_id,
            max_tokens=spec.max_tokens,
            beam_size=spec.beam_size,
            length_penalty=spec.length_penalty,
            temperature=self._manifest.caption_temperature,
            forbidden=tuple(sorted(n for n in special if n < spec.vocabulary_size)),
        )

    def _caption(self, written: Written) -> Caption:
        text, spelled = self._tokeniser.spell(written.ids)
        manifest = self._manifest
        words = []
        for word in spelled:
            attention = written.attention[list(word.tokens)].mean(axis=0)
            probabilities = [written.probabilities[token] for token in word.tokens]
            words.append(
                Word(
                    word.text,
                    word.start,
                    word.end,
                    geometric_mean(probabilities),
                    attention_on_cells(attention, manifest.vision.cells, manifest.levels),
                )
            )
        return Caption(text, geometric_mean(written.probabilities), tuple(words))


def geometric_mean(probabilities: Sequence[float]) -> float:
    """Geometric mean; 0 for none."""
    if not probabilities:
        return 0.0
    return float(np.exp(np.mean(np.log(np.maximum(probabilities, 1e-12)))))
