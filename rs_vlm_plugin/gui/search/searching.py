"""A search as the dock and the locator bar ask for it: what is wanted, where, in which indexes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Tuple

from ...engine.errors import BadRequest
from .open_indexes import OpenIndexes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...engine.feedback import Feedback
    from ...engine.index.records import Filter
    from ...engine.model.vlm import VisionLanguageModel
    from ...engine.search import Concept, SearchResult
    from ...engine.search.searching import Wanted

MOST_PLACES = 24
LITTLE_RELEVANCE = 0.05
LITTLE_LIKENESS = 0.5
"""Of the best place's similarity, because similarities of one concept are not those of another."""


@dataclass(frozen=True)
class Example:
    """A place shown as wanted or not: what identifies it, and its embedding `[D]`."""

    key: object
    embedding: NDArray[np.float32]
    wanted: bool


@dataclass(frozen=True)
class SearchRequest:
    """What is looked for: words, a concept, examples, or words or a concept moved by examples."""

    indexes: Tuple[Path, ...]
    bundle_path: Path
    device: str
    text: str
    concept: Optional[Concept]
    examples: Tuple[Example, ...]
    rows: Filter
    least_score: float
    most: int = MOST_PLACES

    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not (self.text.strip() or self.concept or self.examples)


@dataclass(frozen=True)
class SearchAnswer:
    """A request and its result. `wanted` is what was searched with, for a closer look or to keep;
    where it is a concept the scores are similarities, which no calibration covers."""

    request: SearchRequest
    wanted: Wanted
    result: SearchResult

    def by_example(self) -> bool:
        """Whether scores are similarities to examples rather than relevance to words."""
        from ...engine.search import Concept

        return isinstance(self.wanted, Concept)

    def worth_showing(self) -> SearchResult:
        """The result without what is of little relevance, where anything is of more.

        A list may end in what is merely the least unlike; on a map every outline looks like a find.
        """
        hits = self.result.hits
        if self.by_example():
            best = max((hit.similarity for hit in hits), default=0.0)
            strong = tuple(hit for hit in hits if hit.similarity >= LITTLE_LIKENESS * best)
        else:
            strong = tuple(hit for hit in hits if hit.score >= LITTLE_RELEVANCE)
        return replace(self.result, hits=strong) if strong else self.result


def find(request: SearchRequest, indexes: OpenIndexes, feedback: Feedback) -> SearchAnswer:
    """The best places by what the indexes hold. Not for the main thread: the first one loads the
    model and the vectors.

    Raises:
        RsVlmError: as `engine.search.search`.
        Cancelled: nobody waits for the answer any more.
    """
    from ...engine.errors import Cancelled
    from ...engine.search import find_places
    from ...model_cache import shared_model

    model = shared_model(request.bundle_path, request.device)
    opened = indexes.get(request.indexes)
    if feedback.is_cancelled():
        raise Cancelled
    wanted = wanted_of(request, model)
    result = find_places(opened, wanted, model, request.most, request.rows, request.least_score)
    return SearchAnswer(request, wanted, result)


def warm_up(
    paths: Tuple[Path, ...],
    bundle_path: Path,
    device: str,
    indexes: OpenIndexes,
    feedback: Feedback,
) -> None:
    """Load what the first search would have to wait for: model, vocabulary, vectors. Not for the
    main thread.

    Raises:
        RsVlmError: as `find`; the search itself will say it to the user.
    """
    from ...engine.search.relevance import rival_embeddings
    from ...model_cache import shared_model

    model = shared_model(bundle_path, device)
    if feedback.is_cancelled():
        return
    rivals = rival_embeddings(model)
    for index in indexes.get(paths):
        if index.model.embedding_size == rivals.shape[1]:
            index.search(rivals[0], 1)


def find_closer(answer: SearchAnswer, indexes: OpenIndexes, feedback: Feedback) -> SearchAnswer:
    """The answer to the same request as the command gives it, after a closer look: another order,
    other places perhaps, and outlines. Reads the images; not for the main thread.

    Raises:
        RsVlmError: as `engine.search.search`.
    """
    from ...engine.search import search
    from ...layers.raster_file_source import open_raster_file
    from ...model_cache import shared_model

    request = answer.request
    seen = search(
        indexes.get(request.indexes),
        answer.wanted,
        shared_model(request.bundle_path, request.device),
        request.most,
        request.rows,
        request.least_score,
        open_raster_file,
        feedback,
    )
    return replace(answer, result=seen)


def wanted_of(request: SearchRequest, model: VisionLanguageModel, name: str = "") -> Wanted:
    """The query or concept that a request means.

    Args:
        request: what is looked for.
        model: that of the indexes.
        name: what to call what is learnt from examples; the text itself where empty.

    Raises:
        BadRequest: nothing to look for, or examples of what is not wanted alone.
    """
    import numpy as np

    from ...engine.search import learn_concept, parse_query
    from ...engine.search.query import embed, query_vector

    query = parse_query(request.text) if request.text.strip() else None
    if not request.examples and not name:
        if request.concept is not None:
            return request.concept
        if query is None:
            raise BadRequest("There is nothing to look for.", "Type a few words.")
        return query
    start = None
    text = request.text
    if request.concept is not None:
        request.concept.check_model(model)
        start, text = request.concept.vector, request.concept.text
        name = name or request.concept.name
    elif query is not None:
        start = query_vector(*embed(query, model))
    none = np.zeros((0, model.bundle.manifest.embedding_size["global"]), dtype=np.float32)

    def shown(wanted: bool) -> NDArray[np.float32]:
        rows = [each.embedding for each in request.examples if each.wanted is wanted]
        return np.stack(rows) if rows else none

    name = name or request.text or "examples"
    return learn_concept(name[:200], shown(True), shown(False), model, start, text)
