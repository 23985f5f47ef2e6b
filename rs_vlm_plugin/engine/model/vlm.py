"""The vision-language model: images and texts into one space, images into captions."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BundleInvalid
from ..knowledge.base import KnowledgeBase, UsedEntry
from ..knowledge.bundle_knowledge import BundleKnowledge
from .answers import Answer, closed_answers
from .bundle import ModelBundle
from .captions import Caption, CaptionWriter
from .encoding import Encoding, Floats, LevelEncoding
from .graph_part import graph_part
from .grounding import FoundObject, find_objects
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
        self._writer: Optional[CaptionWriter] = None
        self._fusion: Optional[Session] = None
        self._answers: Optional[Session] = None
        self._detail: Optional[Session] = None
        self._known = BundleKnowledge(bundle)
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
        return self._known.base

    @knowledge.setter
    def knowledge(self, base: KnowledgeBase) -> None:
        self._known.base = base

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
        self, questions: Sequence[str], encoding: Encoding, images: Sequence[int], kind: str = ""
    ) -> List[Answer]:
        """Answer questions about encoded images, `images[i]` being the one that question i is on.

        `kind` of all the questions, see `ask.question`, says which calibration is theirs.

        Raises:
            ActionUnsupported: the model answers no questions.
            InferenceFailed: onnxruntime failed.
        """
        self.bundle.require("ask")
        spec, levels = self.bundle.manifest.answers, self.bundle.manifest.levels
        if spec is None or levels is None:
            raise BundleInvalid("The model bundle has no answers.", REINSTALL)
        if not questions:
            return []
        session = self._answers
        if session is None:
            session = self._answers = self._open(spec.file)
        asked = self.encode_texts(questions)
        return closed_answers(session, asked, encoding, images, spec, levels.fine, kind)

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
        """How many training images captions that the bundle remembers name a noun of; see
        `BundleKnowledge.images_said_to_show`."""
        return self._known.images_said_to_show(noun, enough)

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
        """Write a caption for each image from its decoder tokens; see `CaptionWriter.caption`.

        Raises:
            ActionUnsupported: the bundle has no decoder.
        """
        return self._caption_writer().caption(tokens, should_stop, embeddings)

    def log_likelihood(
        self,
        texts: Sequence[str],
        tokens: Floats,
        images: Sequence[int],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Floats:
        """How likely what the decoder says of an image begins with a text; see
        `CaptionWriter.log_likelihood`.

        Raises:
            ActionUnsupported: the bundle has no decoder.
        """
        return self._caption_writer().log_likelihood(texts, tokens, images, should_stop)

    def answer_log_likelihood(
        self, question: str, answers: Sequence[str], tokens: Floats
    ) -> Floats:
        """How likely the decoder is to write each answer to a question; see
        `CaptionWriter.answer_log_likelihood`.

        Raises:
            ActionUnsupported: the bundle has no decoder.
        """
        return self._caption_writer().answer_log_likelihood(question, answers, tokens)

    def _caption_writer(self) -> CaptionWriter:
        self.bundle.require("describe")
        writer = self._writer
        if writer is None:
            writer = CaptionWriter(self.bundle, self._tokeniser, self._open, self._known)
            self._writer = writer
        return writer

    def close(self) -> None:
        """Let go of the sessions' memory; texts and captions would open theirs again."""
        self._embedding_part = None
        self._text = None
        self._writer = None
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
