"""How well a picture answers: similarity to order by, relevance to show."""

from __future__ import annotations

import math
import threading
import weakref
from typing import Protocol, Tuple

import numpy as np
from numpy.typing import NDArray

from ..classify import label_embeddings
from ..model.vlm import VisionLanguageModel
from ..phrases import default_vocabulary
from .concept import Concept
from .query import Query, embed, query_vector

Vectors = NDArray[np.float32]
# Two texts nearer than this mean the same; one must not compete with the other.
_SAME_MEANING = 0.9
# Of cells as good as the best but for chance, none is left out.
_EXAMPLE_SHARE = 0.9
_SHARE_OF_BEST = 0.5

_rivals: weakref.WeakKeyDictionary[VisionLanguageModel, Vectors] = weakref.WeakKeyDictionary()
_rivals_lock = threading.Lock()


class Scorer(Protocol):
    """Scores embeddings `[N, D]` of unit length for one query."""

    @property
    def vector(self) -> Vectors:
        """`[D]` of unit length; its dot product with an embedding is the similarity."""

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """`[N]` in 0..1."""

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """Which of the cells `[N]` of one view show what is looked for; at least one does."""


class TextScorer:
    """Scores for a query in words.

    Relevance is the calibrated probability of the bundle's classification: the query competes with
    the names of the object vocabulary and with what is not wanted, by the softmax of cosines times
    the bundle's logit scale (the scale its label calibration was measured at). The query's vector
    is here the mean of its words as typed and in the bundle's prompts, which the names stand in
    too. A name that is in the query, or means the same to the text encoder (a cosine above 0.9),
    does not compete. So it says how much likelier the query is than anything else the plugin has a
    word for; not whether it is there for sure.
    """

    def __init__(self, query: Query, model: VisionLanguageModel) -> None:
        wanted, unwanted = embed(query, model)
        self.vector = query_vector(wanted, unwanted)
        self._scale = model.bundle.manifest.logit_scale
        vocabulary = default_vocabulary()
        named = {phrase.name for phrase in vocabulary.find(query.wanted)}
        prompted = label_embeddings((query.wanted, *query.unwanted), model)
        asked = unit_rows(prompted + np.concatenate([wanted[None], unwanted]))
        rivals = rival_embeddings(model)
        competes = rivals @ asked[0] < _SAME_MEANING
        competes &= np.array([name not in named for name in vocabulary.names])
        self._texts = np.concatenate([asked, rivals[competes]])

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """See `Scorer.relevance`."""
        logits = self._scale * (embeddings @ self._texts.T).astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        probabilities: NDArray[np.float64] = odds[:, 0] / odds.sum(axis=1)
        return probabilities

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """See `Scorer.shows`: at least half as relevant as the best."""
        relevance = self.relevance(embeddings)
        good: NDArray[np.bool_] = relevance >= _SHARE_OF_BEST * relevance.max()
        return good


class ExampleScorer:
    """Scores for a concept: relevance is the similarity itself, which no calibration covers."""

    def __init__(self, concept: Concept) -> None:
        self.vector = concept.vector

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """See `Scorer.relevance`."""
        relevance: NDArray[np.float64] = np.clip(
            (embeddings @ self.vector).astype(np.float64), 0.0, 1.0
        )
        return relevance

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """See `Scorer.shows`: nearly as similar as the best."""
        similarity = embeddings @ self.vector
        best = float(similarity.max())
        good: NDArray[np.bool_] = similarity >= best - (1 - _EXAMPLE_SHARE) * abs(best)
        return good


def rival_embeddings(model: VisionLanguageModel) -> Vectors:
    """The object vocabulary's names as unit vectors `[names, D]`, computed once for a model."""
    with _rivals_lock:
        found = _rivals.get(model)
        if found is None:
            found = _rivals[model] = label_embeddings(default_vocabulary().names, model)
        return found


def close_call(model: VisionLanguageModel) -> float:
    """The difference of similarity that halves the odds of a text."""
    return math.log(2) / model.bundle.manifest.logit_scale


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows made unit length."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit


def vectors_of(matches: Tuple[Vectors, ...]) -> Vectors:
    """Stored embeddings as unit rows: rounding to integers left them a little longer or shorter."""
    return unit_rows(np.stack(matches))
