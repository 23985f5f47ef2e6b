"""The vision-language model: images and texts into one space, images into captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BundleInvalid
from ..knowledge.base import KnowledgeBase, UsedEntry
from ..knowledge.caption_memory import Candidate, CaptionMemory
from ..knowledge.knowledge_file import load_caption_memory, load_knowledge
from ..knowledge.named_things import NamedThings
from .bundle import ModelBundle
from .decoding import Search, Written, decode, decode_beams, log_softmax
from .encoding import Encoding, Floats, LevelEncoding, attention_on_cells
from .graph_part import graph_part
from .grounding import FoundObject, find_objects
from .level_spec import CaptionMemorySpec
from .likelihood import log_likelihoods
from .manifest import DecoderSpec
from .manifest_fields import REINSTALL
from .pixels import model_pixels
from .runtime import Runtime, Session
from .tokeniser import Tokeniser

_GLOBAL_OUTPUTS = ("tokens", "embedding", "cells")
_LEVEL_OUTPUTS = (*_GLOBAL_OUTPUTS, "regions", "objects", "fine", "fine_cells", "boxes")
_TEXTS_REMEMBERED = 256
TURNS = 4
"""How often an image is looked at to be seen from all sides."""
_KNOWLEDGE_LEVELS = (("global", "scene"), ("region", "region"), ("object", "object"))
"""Names of the levels with the model and with the knowledge base."""


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
class Answer:
    """An answer: its words, calibrated confidence in 0..1, the cells it counted ([rows, columns]
    in 0..1), and how likely each closed answer is."""

    text: str
    confidence: float
    gate: Floats
    likelihoods: Mapping[str, float]


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


class VisionLanguageModel:
    """A verified bundle, running.

    Args:
        bundle: from `load_bundle`.
        device: "auto", "cpu" or "cuda".
        threads: threads for one operator; None leaves it to onnxruntime.

    Raises:
        RuntimeMissing: onnxruntime or tokenizers is not installed or does not load.
        InferenceFailed: a graph does not load.
        BundleInvalid: the tokenizer is malformed.

    Note:
        Safe to use from several threads. The text encoder and the decoder are opened at first use.
    """

    def __init__(
        self, bundle: ModelBundle, device: str = "auto", threads: Optional[int] = None
    ) -> None:
        self.bundle = bundle
        self.threads = threads
        self._runtime = Runtime(device, threads)
        spec = bundle.manifest
        self._tokeniser = Tokeniser(bundle.read(spec.tokenizer_file), spec.text.max_tokens)
        self._vision = self._open(spec.vision.file)
        self._embedding_part: Optional[Session] = None
        self._text: Optional[Session] = None
        self._decoder: Optional[_CachedDecoder] = None
        self._fusion: Optional[Session] = None
        self._answers: Optional[Session] = None
        self._detail: Optional[Session] = None
        self._knowledge: Optional[KnowledgeBase] = None
        self._caption_memory: Optional[CaptionMemory] = None
        self._named: Optional[NamedThings] = None
        self._remembered_things: Optional[NamedThings] = None
        self._remembered_texts: Dict[str, Floats] = {}

    @property
    def providers(self) -> Tuple[str, ...]:
        """onnxruntime's execution providers in use, best first."""
        return self._runtime.providers

    @property
    def notes(self) -> Tuple[str, ...]:
        """Sentences on devices that were wanted and could not be used."""
        return tuple(self._runtime.notes)

    @property
    def input_size(self) -> int:
        """Height and width of an input image in pixels."""
        return self.bundle.manifest.vision.input_size

    def encode_images(
        self, images: NDArray[np.uint8], metres: Optional[NDArray[np.float32]] = None
    ) -> Encoding:
        """Encode RGB images `[B, S, S, 3]` of 0..255, S being `input_size`.

        Args:
            images: as above.
            metres: per pixel `[B]`, 0 where unknown; None where all are. Not told to a model that
                never learnt from any: what it has instead of "unknown" is untrained.

        Raises:
            InferenceFailed: onnxruntime failed.
            BundleInvalid: the graph's cells are not those `bundle.json` promises.
        """
        manifest = self.bundle.manifest
        spec = manifest.vision
        feeds = {"pixels": model_pixels(images, spec)}
        count = spec.cells[0] * spec.cells[1]
        if manifest.levels is None:
            if manifest.decoder is None:
                embedding, cells = self._vision.run(_GLOBAL_OUTPUTS[1:], feeds)
                # Nothing reads them; a graph made of somebody else's model has none.
                tokens = np.zeros((*cells.shape[:2], 0), dtype=np.float32)
            else:
                tokens, embedding, cells = self._vision.run(_GLOBAL_OUTPUTS, feeds)
            expected = count
            levels = None
        else:
            told = metres if manifest.levels.metres else None
            feeds["metres"] = np.zeros(len(images), np.float32) if told is None else told
            tokens, embedding, cells, *rest = self._vision.run(_LEVEL_OUTPUTS, feeds)
            expected = manifest.levels.tokens
            levels = LevelEncoding(*rest)
        if tokens.shape[1] != expected or cells.shape[1] != count:
            raise BundleInvalid(
                "The vision graph gives another number of cells than bundle.json says.", REINSTALL
            )
        if levels is None or manifest.knowledge is None:
            return Encoding(tokens, embedding, cells, levels)
        fused, used = self._augmented(tokens, embedding, levels)
        return Encoding(fused, embedding, cells, levels, used)

    def embed_turned(self, images: NDArray[np.uint8], upright: Floats) -> Floats:
        """Embeddings `[B, D]` that lean less on which way an image happens to be turned.

        Seen from above nothing has an upper side, so the mean over an image's four quarter turns
        errs less than any of them.

        Args:
            images: RGB `[B, S, S, 3]` of 0..255, S being `input_size`.
            upright: their embeddings `[B, D]`.

        Raises:
            InferenceFailed: onnxruntime failed.

        Note:
            `TURNS - 1` evaluations an image.
        """
        total = upright.copy()
        for quarters in range(1, TURNS):
            total += self._embedding(np.rot90(images, quarters, axes=(1, 2)))
        unit: Floats = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
        return unit

    def _embedding(self, images: NDArray[np.uint8]) -> Floats:
        """Embeddings alone `[B, D]`, by the part of the vision graph that gives them."""
        manifest = self.bundle.manifest
        session = self._embedding_part
        if session is None:
            session = self._embedding_part = self.open_vision(self.threads, ("embedding",))
        feeds = {"pixels": model_pixels(images, manifest.vision)}
        if manifest.levels is not None:
            # The embedding of the whole is the same at any scale.
            feeds["metres"] = np.zeros(len(images), np.float32)
        (embedding,) = session.run(("embedding",), feeds)
        return embedding

    @property
    def knowledge(self) -> Optional[KnowledgeBase]:
        """The entries that the model retrieves from; None where it retrieves nothing. Set it to
        another base, such as one with a user's own entries, to use that."""
        if self._knowledge is None and self.bundle.manifest.knowledge is not None:
            self._knowledge = load_knowledge(self.bundle)
        return self._knowledge

    @knowledge.setter
    def knowledge(self, base: KnowledgeBase) -> None:
        self._knowledge = base
        self._named = None

    def _augmented(
        self, tokens: Floats, embedding: Floats, levels: LevelEncoding
    ) -> Tuple[Floats, Tuple[Tuple[UsedEntry, ...], ...]]:
        """Tokens with the entries retrieved for each level, and which entries those are."""
        spec, base = self.bundle.manifest.knowledge, self.knowledge
        if spec is None or base is None:
            raise BundleInvalid("The model bundle lacks its knowledge base.", REINSTALL)
        session = self._fusion
        if session is None:
            session = self._fusion = self._open(spec.fusion)
        feeds = {"tokens": tokens}
        used: List[List[UsedEntry]] = [[] for _ in tokens]
        asked = (embedding[:, None], levels.regions, levels.objects)
        for (name, level), vectors in zip(_KNOWLEDGE_LEVELS, asked):
            index, similarity = base.retrieve(vectors, level, spec.entries)
            feeds[f"{name}_entries"] = base.vectors[index]
            feeds[f"{name}_similarity"] = similarity
            for image in range(len(tokens)):
                used[image] += base.used(index[image], similarity[image])
        (fused,) = session.run(("fused",), feeds)
        return fused, tuple(tuple(entries) for entries in used)

    def answer(
        self, questions: Sequence[str], encoding: Encoding, images: Sequence[int]
    ) -> List[Answer]:
        """Answer questions about encoded images, `images[i]` being the one that question i is on.

        Raises:
            ActionUnsupported: the model answers no questions.
            InferenceFailed: onnxruntime failed.
        """
        self.bundle.require("ask")
        spec, levels = self.bundle.manifest.answers, self.bundle.manifest.levels
        if spec is None or levels is None or encoding.levels is None:
            raise BundleInvalid("The model bundle has no answers.", REINSTALL)
        if not questions:
            return []
        session = self._answers
        if session is None:
            session = self._answers = self._open(spec.file)
        rows = list(images)
        logits, gate = session.run(
            ("logits", "gate"),
            {
                "question": self.encode_texts(questions),
                "tokens": encoding.tokens[rows],
                "fine": encoding.levels.fine[rows],
            },
        )
        shares = np.exp(log_softmax(logits / spec.temperature))
        return [
            Answer(
                spec.texts[int(row.argmax())],
                float(row.max()),
                cells.reshape(levels.fine),
                dict(zip(spec.texts, row.tolist())),
            )
            for row, cells in zip(shares, gate)
        ]

    @property
    def detail_grid(self) -> Optional[Tuple[int, int]]:
        """Rows and columns of `detail`; None where the model has no detail head."""
        manifest = self.bundle.manifest
        if manifest.detail is None:
            return None
        if manifest.detail.reads == "regions" and manifest.levels is not None:
            return manifest.levels.regions
        return manifest.vision.cells

    def detail(self, encoding: Encoding) -> Floats:
        """What a closer look at each cell of `detail_grid` is expected to bring: `[B, N]`, the
        reduction of the alignment loss as a share of the largest that counts, in 0..1.

        Raises:
            BundleInvalid: the model has no detail head, or one for another grid.
            InferenceFailed: onnxruntime failed.
        """
        spec, grid = self.bundle.manifest.detail, self.detail_grid
        if spec is None or grid is None:
            raise BundleInvalid("The model bundle has no detail head.", REINSTALL)
        session = self._detail
        if session is None:
            session = self._detail = self._open(spec.file)
        read = encoding.cells
        if spec.reads == "regions" and encoding.levels is not None:
            read = encoding.levels.regions
        (reduction,) = session.run(("reduction",), {"cells": read})
        if reduction.shape != (len(read), grid[0] * grid[1]) or not np.isfinite(reduction).all():
            raise BundleInvalid("The model bundle's detail head does not fit.", REINSTALL)
        return np.clip(reduction / spec.full, 0.0, 1.0)

    def find(
        self, phrases: Sequence[str], encoding: Encoding, image: int, least_score: float
    ) -> List[FoundObject]:
        """The objects that phrases name in one of the encoded images, the surest first.

        Raises:
            ActionUnsupported: the model finds nothing.
        """
        self.bundle.require("find")
        spec = self.bundle.manifest.levels
        if spec is None or encoding.levels is None:
            raise BundleInvalid("The model bundle cannot find objects.", REINSTALL)
        return find_objects(encoding.levels, image, self.encode_texts(phrases), spec, least_score)

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: `[N, D]`, unit length. The last few are remembered: a search puts the same
        phrases to every tile."""
        if not texts:
            size = self.bundle.manifest.embedding_size["global"]
            return np.zeros((0, size), dtype=np.float32)
        if len(texts) > _TEXTS_REMEMBERED:
            return self._embedded(texts)
        known = self._remembered_texts
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            # A dictionary of its own, because another thread may be reading the one before.
            kept = known if len(known) + len(new) <= _TEXTS_REMEMBERED else {}
            kept = {text: known[text] for text in (*kept, *texts) if text in known}
            known = {**kept, **dict(zip(new, self._embedded(new)))}
            self._remembered_texts = known
        return np.stack([known[text] for text in texts])

    def _embedded(self, texts: Sequence[str]) -> Floats:
        spec = self.bundle.manifest
        session = self._text
        if session is None:
            session = self._text = self._open(spec.text.file)
        ids, mask = self._tokeniser.encode(texts)
        (embedding,) = session.run(("embedding",), {"input_ids": ids, "attention_mask": mask})
        return embedding

    def knows(self, text: str) -> bool:
        """Whether the model has words for a text; if not, its embedding means nothing."""
        return self._tokeniser.knows(text)

    def can_write(self, text: str) -> bool:
        """Whether every word of a text stood in what was said of training images, if only once: the
        decoder can write it. True where there is no decoder to tell."""
        spec = self.bundle.manifest.decoder
        return spec is None or self._tokeniser.has_written(text, spec.vocabulary_size)

    def images_said_to_show(self, noun: str, enough: int) -> Optional[int]:
        """How many training images captions that the bundle remembers name a noun of: a lower
        bound, see `NamedThings`. None where it remembers no captions.

        Args:
            noun: the object vocabulary's name for a thing, or one that it lacks.
            enough: from so many on the number need not be exact, which saves time.

        Raises:
            BundleInvalid: the knowledge base is malformed.

        Note:
            Some 100 ms at the first call, 200 ms at the first for a thing that is hardly named.
        """
        if self._named is None:
            base = self.knowledge
            self._named = NamedThings(() if base is None else base.entries)
        images = self._named.images(noun)
        if images >= enough:
            return images
        if self._remembered_things is None:
            memory = self._loaded_memory()
            self._remembered_things = NamedThings(() if memory is None else memory.entries)
        if not self._named and not self._remembered_things:
            return None
        return max(images, self._remembered_things.images(noun))

    def pieces(self, word: str) -> Tuple[str, ...]:
        """How the vocabulary spells a word; many short pieces mean that it was hardly learnt."""
        return self._tokeniser.pieces(word)

    def is_cut(self, text: str) -> bool:
        """Whether a text is longer than the model reads; the rest has no effect."""
        return self._tokeniser.is_cut(text)

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
            ActionUnsupported: the bundle has no decoder.
            Cancelled: `should_stop` said so.
            InferenceFailed: onnxruntime failed.
        """
        decoder, spec = self._caption_decoder()
        search, memory = self._search(spec), self.bundle.manifest.caption_memory
        if memory is None or embeddings is None:
            written = decode(decoder, tokens, search, should_stop)
            return [self._caption(item) for item in written]
        search = replace(search, beam_size=max(memory.beams, search.beam_size))
        beams = decode_beams(decoder, tokens, search, should_stop)
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
            ActionUnsupported: the bundle has no decoder.
            Cancelled: `should_stop` said so.
            InferenceFailed: onnxruntime failed.
        """
        decoder, spec = self._caption_decoder()
        different = list(dict.fromkeys(texts))
        # The decoder has no place for more; the rest of so long a text does not count.
        written = {
            text: np.array([spec.bos_id, *ids[: spec.max_tokens]])
            for text, ids in zip(
                different, self._tokeniser.written(different, spec.vocabulary_size)
            )
        }
        said = [written[text] for text in texts]
        return log_likelihoods(decoder, tokens, said, images, should_stop)

    def _caption_decoder(self) -> Tuple[_CachedDecoder, DecoderSpec]:
        self.bundle.require("describe")
        spec = self.bundle.manifest.decoder
        if spec is None:
            raise BundleInvalid("The model bundle has no decoder.", REINSTALL)
        decoder = self._decoder
        if decoder is None:
            decoder = _CachedDecoder(self._open(spec.prefill), self._open(spec.step), spec)
            self._decoder = decoder
        return decoder, spec

    def _loaded_memory(self) -> Optional[CaptionMemory]:
        if self._caption_memory is None:
            self._caption_memory = load_caption_memory(self.bundle)
        return self._caption_memory

    def _remembered(
        self, beam: Sequence[Written], embedding: Floats, spec: CaptionMemorySpec
    ) -> Caption:
        """The caption of a beam that the memory chooses."""
        memory = self._loaded_memory()
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

    def close(self) -> None:
        """Let go of the sessions' memory; texts and captions would open theirs again."""
        self._embedding_part = None
        self._text = None
        self._decoder = None
        self._fusion = None
        self._answers = None
        self._detail = None

    def open_vision(self, threads: Optional[int], outputs: Sequence[str]) -> Session:
        """The part of the vision graph that gives these outputs, with threads of its own for one
        operator; see `Runtime` and `graph_part`. It takes the inputs of the whole."""
        name = self.bundle.manifest.vision.file
        return self._runtime.open(
            name, lambda: graph_part(self.bundle.read(name), outputs), threads
        )

    def _open(self, name: str) -> Session:
        return self._runtime.open(name, lambda: self.bundle.read(name))

    def _search(self, spec: DecoderSpec) -> Search:
        special = {spec.bos_id, spec.pad_id, *self._tokeniser.special_ids()} - {spec.eos_id}
        return Search(
            bos_id=spec.bos_id,
            eos_id=spec.eos_id,
            max_tokens=spec.max_tokens,
            beam_size=spec.beam_size,
            length_penalty=spec.length_penalty,
            temperature=self.bundle.manifest.caption_temperature,
            forbidden=tuple(sorted(n for n in special if n < spec.vocabulary_size)),
        )

    def _caption(self, written: Written) -> Caption:
        text, spelled = self._tokeniser.spell(written.ids)
        manifest = self.bundle.manifest
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


class _CachedDecoder:
    """The decoder's two graphs as `decode` wants them."""

    def __init__(self, prefill: Session, step: Session, spec: DecoderSpec) -> None:
        self._prefill = prefill
        self._step = step
        self._spec = spec

    def prefill(self, tokens: Floats) -> Tuple[Floats, Floats]:
        cross_keys, cross_values = self._prefill.run(
            ("cross_keys", "cross_values"), {"tokens": tokens}
        )
        return cross_keys, cross_values

    def empty_cache(self, batch: int) -> Floats:
        spec = self._spec
        return np.zeros((spec.layers, batch, spec.heads, 0, spec.head_size), dtype=np.float32)

    def step(
        self,
        input_ids: NDArray[np.int64],
        keys: Floats,
        values: Floats,
        cross: Tuple[Floats, Floats],
    ) -> Tuple[Floats, Floats, Floats, Floats]:
        logits, keys, values, attention = self._step.run(
            ("logits", "keys", "values", "attention"),
            {
                "input_ids": input_ids,
                "past_keys": keys,
                "past_values": values,
                "cross_keys": cross[0],
                "cross_values": cross[1],
            },
        )
        return logits, keys, values, attention
