"""How well a picture answers: similarity to order by, relevance to show."""

from __future__ import annotations

import math
import threading
import weakref
from typing import List, Protocol, Tuple

import numpy as np
from numpy.typing import NDArray

from ..classify import label_embeddings
from ..model.encoding import Encoding, unit_rows
from ..model.grounding import FoundObject
from ..model.vlm import VisionLanguageModel
from ..noun_chunks import distinct_chunks
from ..phrases import default_vocabulary
from ..taught import asked_for
from .concept import Concept
from .query import Query, embed, query_vector

Vectors = NDArray[np.float32]
# Two texts nearer than this mean the same; one must not compete with the other.
_SAME_MEANING = 0.9
# Of cells as good as the best but for chance, none is left out.
_EXAMPLE_SHARE = 0.9
_SHARE_OF_BEST = 0.5
# An image of it shows nothing, so words are as likely of it as they are anywhere.
_GREY = 128

_blanks: weakref.WeakKeyDictionary[VisionLanguageModel, Vectors] = weakref.WeakKeyDictionary()
_rivals: weakref.WeakKeyDictionary[VisionLanguageModel, Vectors] = weakref.WeakKeyDictionary()
_rivals_lock = threading.Lock()


class Scorer(Protocol):
    """Scores embeddings `[N, D]` of unit length for one query."""

    @property
    def vector(self) -> Vectors:
        """`[D]` of unit length; its dot product with an embedding is the similarity."""

    @property
    def weighed(self) -> int:
        """How many images the decoder was asked about so far, blank ones included."""

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """`[N]` in 0..1."""

    def confirmed(self, embeddings: Vectors, tokens: Vectors) -> NDArray[np.float64]:
        """`[N]` in 0..1 at a closer look, which has the images' decoder tokens `[N, T, d]` too."""

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """Which of the cells `[N]` of one view show what is looked for; at least one does."""

    def objects(self, encoding: Encoding, image: int) -> List[FoundObject]:
        """The things looked for that the model is sure to see in one of the encoded images."""


class TextScorer:
    """Scores for a query in words.

    The query competes with the names of the object vocabulary and with what is not wanted, by the
    softmax of cosines times the bundle's logit scale (the scale its label calibration was measured
    at). The query's vector is here the mean of its words as typed and in the bundle's prompts,
    which the names stand in too. A name that is in the query, or means the same to the text encoder
    (a cosine above 0.9), does not compete. Relevance makes of the query's share the probability
    that somebody who describes the place mentions what is looked for (`RelevanceSpec`). A closer
    look asks the decoder as well how likely it is to say the words, where the bundle has one and
    was fitted for it.
    """

    def __init__(self, query: Query, model: VisionLanguageModel) -> None:
        self._model = model
        self._words = query.wanted
        self._spec = model.bundle.manifest.relevance
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
        things = distinct_chunks(query.wanted) or (query.wanted,)
        # Cars are outlined by the boxes of vehicles, as Find does.
        self._things = tuple(dict.fromkeys(asked_for(thing, model) for thing in things))
        self.weighed = 0

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """See `Scorer.relevance`."""
        return self._spec.first(self.shares(embeddings))

    def confirmed(self, embeddings: Vectors, tokens: Vectors) -> NDArray[np.float64]:
        """See `Scorer.confirmed`."""
        shares = self.shares(embeddings)
        if self._spec.second_look is None:
            return self._spec.first(shares)
        return self._spec.second(shares, self.gains(tokens))

    def gains(self, tokens: Vectors) -> NDArray[np.float64]:
        """How much likelier the decoder is to say the words of images, whose tokens are
        `[N, T, d]`, than of a blank one: natural logarithms `[N]`."""
        said = np.concatenate([tokens, blank_tokens(self._model)])
        self.weighed += len(said)
        likely = self._model.log_likelihood([self._words] * len(said), said, range(len(said)))
        gains: NDArray[np.float64] = (likely[:-1] - likely[-1]).astype(np.float64)
        return gains

    def shares(self, embeddings: Vectors) -> NDArray[np.float64]:
        """The query's share of a probability of 1 among all that competes, `[N]`."""
        logits = self._scale * (embeddings @ self._texts.T).astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        probabilities: NDArray[np.float64] = odds[:, 0] / odds.sum(axis=1)
        return probabilities

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """See `Scorer.shows`: at least half as relevant as the best."""
        shares = self.shares(embeddings)
        good: NDArray[np.bool_] = shares >= _SHARE_OF_BEST * shares.max()
        return good

    def objects(self, encoding: Encoding, image: int) -> List[FoundObject]:
        """See `Scorer.objects`: from the score on that finding them in an image starts at."""
        manifest = self._model.bundle.manifest
        if "find" not in manifest.actions or manifest.levels is None:
            return []
        return self._model.find(self._things, encoding, image, manifest.levels.threshold)


class ExampleScorer:
    """Scores for a concept: relevance is the similarity itself, which no calibration covers."""

    def __init__(self, concept: Concept) -> None:
        self.vector = concept.vector
        self.weighed = 0

    def relevance(self, embeddings: Vectors) -> NDArray[np.float64]:
        """See `Scorer.relevance`."""
        relevance: NDArray[np.float64] = np.clip(
            (embeddings @ self.vector).astype(np.float64), 0.0, 1.0
        )
        return relevance

    def confirmed(self, embeddings: Vectors, tokens: Vectors) -> NDArray[np.float64]:
        """See `Scorer.confirmed`: the similarity again, there are no words to ask for."""
        return self.relevance(embeddings)

    def shows(self, embeddings: Vectors) -> NDArray[np.bool_]:
        """See `Scorer.shows`: nearly as similar as the best."""
        similarity = embeddings @ self.vector
        best = float(similarity.max())
        good: NDArray[np.bool_] = similarity >= best - (1 - _EXAMPLE_SHARE) * abs(best)
        return good

    def objects(self, encoding: Encoding, image: int) -> List[FoundObject]:
        """See `Scorer.objects`: an example has no name to find things by."""
        return []


def rival_embeddings(model: VisionLanguageModel) -> Vectors:
    """The object vocabulary's names as unit vectors `[names, D]`, computed once for a model."""
    with _rivals_lock:
        found = _rivals.get(model)
        if found is None:
            found = _rivals[model] = label_embeddings(default_vocabulary().names, model)
        return found


def blank_tokens(model: VisionLanguageModel) -> Vectors:
    """Decoder tokens `[1, T, d]` of an image of one grey, computed once for a model."""
    with _rivals_lock:
        found = _blanks.get(model)
        if found is None:
            size = model.input_size
            grey = np.full((1, size, size, 3), _GREY, dtype=np.uint8)
            found = _blanks[model] = model.encode_images(grey).tokens
        return found


def close_call(model: VisionLanguageModel) -> float:
    """The difference of similarity that halves the odds of a text."""
    return math.log(2) / model.bundle.manifest.logit_scale


def vectors_of(matches: Tuple[Vectors, ...]) -> Vectors:
    """Stored embeddings as unit rows: rounding to integers left them a little longer or shorter."""
    return unit_rows(np.stack(matches))
