"""Search tile indexes: find places fast, then look closer at the best."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from typing import Dict, List, Optional, Sequence, Tuple, Union

from ..dris.plan import Tile
from ..dris.planner import LEAST_READ_SIDE
from ..dris.quadtree import grown
from ..errors import BadRequest, RsVlmError
from ..familiarity import familiarity
from ..feedback import Feedback, Silent
from ..index.building import OpenRaster, check_model, identity, located
from ..index.fingerprint import is_unchanged
from ..index.geopackage import GeoPackageIndex
from ..index.records import EVERYTHING, REGION, Filter, Match, RasterEntry
from ..learnt import has_learnt
from ..model.vlm import VisionLanguageModel
from ..noun_chunks import distinct_chunks
from ..raster.normalise import fit_stretch
from ..raster.source import RasterSource
from ..sentence import Sentence, say
from .closer import closest_views
from .concept import Concept
from .hits import Hit, SearchResult
from .known_words import query_in_known_words
from .nesting import distinct
from .query import Query, listed, unknown_words, word_notes
from .relevance import ExampleScorer, Scorer, TextScorer, close_call, vectors_of

RESULTS = 10
MOST_RESULTS = 10_000
# How many rows are looked at for one hit, because tiles lie in each other.
_ROWS_A_HIT = 8
_LEAST_ROWS = 128
_CANDIDATES_A_HIT = 2

Wanted = Union[Query, Concept]


def search(
    indexes: Sequence[GeoPackageIndex],
    wanted: Wanted,
    model: VisionLanguageModel,
    k: int = RESULTS,
    rows: Filter = EVERYTHING,
    least_score: float = 0.0,
    open_raster: Optional[OpenRaster] = None,
    feedback: Optional[Feedback] = None,
) -> SearchResult:
    """Find places and, where rasters can be opened, look closer at them.

    Twice as many places as asked for are looked at, the most similar ones, where the bundle is
    fitted for a second look: that ranks better than the first, so it has a choice.

    Args:
        indexes: where to look; all of this model.
        wanted: a parsed query, or a concept.
        model: that of the indexes.
        k: most hits, at least 1.
        rows: which tiles count.
        least_score: hits below it are left out, 0..1.
        open_raster: opens a raster by its uri; None leaves hits at their tiles.
        feedback: hears of the closer looks, and may end them.

    Raises:
        BadRequest: a query without a known word, or no positive `k`.
        IndexOfAnotherModel: an index or the concept is of another model.
        ActionUnsupported: the bundle cannot search.
        IndexInvalid, IndexBusy: an index cannot be read.
        InferenceFailed: onnxruntime failed on every provider.
    """
    if open_raster is None:
        return find_places(indexes, wanted, model, k, rows, least_score)
    if model.bundle.manifest.relevance.second_look is None:
        result = find_places(indexes, wanted, model, k, rows)
    else:
        result = _most_similar(indexes, wanted, model, k, rows)
        result = replace(result, hits=result.hits[: _CANDIDATES_A_HIT * k])
    result = _look_closer(result, indexes, wanted, model, open_raster, rows, least_score, feedback)
    return replace(result, hits=result.hits[:k])


def find_places(
    indexes: Sequence[GeoPackageIndex],
    wanted: Wanted,
    model: VisionLanguageModel,
    k: int = RESULTS,
    rows: Filter = EVERYTHING,
    least_score: float = 0.0,
) -> SearchResult:
    """The best places by what the indexes hold, no raster touched; see `search`.

    The rows most similar to the query are found exactly. Of tiles that lie in each other one is
    kept (`distinct`); the rest is ordered by relevance.
    """
    result = _most_similar(indexes, wanted, model, k, rows)
    return replace(result, hits=_ranked(result.hits, least_score)[:k])


def _most_similar(
    indexes: Sequence[GeoPackageIndex],
    wanted: Wanted,
    model: VisionLanguageModel,
    k: int,
    rows: Filter,
) -> SearchResult:
    """`k` places at least, where there are so many, in the order of similarity."""
    started = time.perf_counter()
    model.bundle.require("search")
    if not 1 <= k <= MOST_RESULTS:
        raise BadRequest(
            "From 1 to {most} results can be asked for, not {count}.",
            most=f"{MOST_RESULTS:,}",
            count=k,
        )
    for index in indexes:
        check_model(index, model)
    notes, scorer = _notes(wanted, model), _scorer(wanted, model)
    looked = max(_LEAST_ROWS, _ROWS_A_HIT * k)
    while True:
        matches = [
            (number, match)
            for number, index in enumerate(indexes)
            for match in index.search(scorer.vector, looked, rows)
        ]
        matches.sort(key=lambda item: -item[1].similarity)
        chosen = [matches[position] for position in distinct(matches, close_call(model))]
        if len(chosen) >= k or len(matches) < looked:
            break
        looked *= 4
    hits = _hits(chosen, indexes, scorer, model)
    if not matches:
        notes = (*notes, say("No tile is left to look at: the index or the chosen part is empty."))
    who = identity(model)
    return SearchResult(
        hits=tuple(hits),
        query=wanted.name if isinstance(wanted, Concept) else wanted.text,
        model=who.name,
        model_version=who.version,
        bundle_sha256=who.bundle_sha256,
        rows=len(matches),
        tile_evaluations=0,
        duration_s=round(time.perf_counter() - started, 4),
        notes=notes,
    )


def _look_closer(
    result: SearchResult,
    indexes: Sequence[GeoPackageIndex],
    wanted: Wanted,
    model: VisionLanguageModel,
    open_raster: OpenRaster,
    rows: Filter = EVERYTHING,
    least_score: float = 0.0,
    feedback: Optional[Feedback] = None,
) -> SearchResult:
    """Read the hits' tiles again, closer around their best cells, and outline what is found.

    A raster that has moved, changed or cannot be read keeps its hits as the index has them, and a
    note says so. See `search` for the arguments and for errors.

    Note:
        At most 7 tile evaluations a hit, and one text evaluation besides one for each batch.
    """
    started = time.perf_counter()
    feedback = feedback or Silent()
    scorer = _scorer(wanted, model)
    groups: Dict[Tuple[int, str], List[Hit]] = {}
    for hit in result.hits:
        groups.setdefault((hit.index, hit.match.raster.entry.uri), []).append(hit)
    hits: List[Hit] = []
    notes = list(result.notes)
    spent = 0
    partial = False
    for done, ((number, _), group) in enumerate(groups.items()):
        entry = group[0].match.raster.entry
        partial = partial or feedback.is_cancelled()
        if partial:
            hits += group
            continue
        feedback.report(done / len(groups), say("Looking closer at {name}", name=entry.name))
        folder = indexes[number].path.resolve().parent
        uri = located(entry, folder) if entry.state.size_bytes is not None else entry.uri
        problem = _why_not(entry, uri)
        if not problem:
            try:
                seen, evaluations = _seen_closer(
                    group, uri, open_raster, model, scorer, rows, feedback
                )
                hits += seen
                spent += evaluations
                partial = feedback.is_cancelled() and not all(hit.looked_closer for hit in seen)
                continue
            except RsVlmError as error:
                problem = error.sentence()
        notes.append(say("{problem} Its hits are shown as tiles.", problem=problem))
        hits += group
    if partial:
        notes.append(say("Stopped before every hit was looked at closer."))
    return replace(
        result,
        hits=_ranked(hits, least_score),
        notes=tuple(dict.fromkeys(notes)),
        tile_evaluations=result.tile_evaluations + spent,
        text_evaluations=result.text_evaluations + scorer.weighed,
        duration_s=round(result.duration_s + time.perf_counter() - started, 4),
        partial=partial,
    )


def _scorer(wanted: Wanted, model: VisionLanguageModel) -> Scorer:
    if isinstance(wanted, Concept):
        wanted.check_model(model)
        return ExampleScorer(wanted)
    return TextScorer(query_in_known_words(wanted, model)[0], model)


def _notes(wanted: Wanted, model: VisionLanguageModel) -> Tuple[str, ...]:
    """Warnings on a query's words. Raises `BadRequest` where the model knows none of them."""
    if isinstance(wanted, Concept):
        return ()
    known, renamed = query_in_known_words(wanted, model)
    return (*renamed, *word_notes(known, model), *_strange(known, model))


def _strange(query: Query, model: VisionLanguageModel) -> Tuple[Sentence, ...]:
    """A note on things wanted that the model can read of, but was hardly ever shown."""
    if unknown_words(query.wanted, model):
        # Said already, and of a word half typed there is nothing to say.
        return ()
    things = [chunk for chunk in distinct_chunks(query.wanted) if not has_learnt(chunk, model)]
    if not things:
        return ()
    note = say(
        "Hardly anything that the model learnt from was called {things}: results may mean little.",
        things=listed(things),
    )
    return (note,)


def _hits(
    matches: Sequence[Tuple[int, Match]],
    indexes: Sequence[GeoPackageIndex],
    scorer: Scorer,
    model: VisionLanguageModel,
) -> List[Hit]:
    if not matches:
        return []
    relevance = scorer.relevance(vectors_of(tuple(match.embedding for _, match in matches)))
    trained = model.bundle.manifest.gsd_range_m
    where: Dict[Tuple[int, int], str] = {}
    hits = []
    for (number, match), score in zip(matches, relevance.tolist()):
        entry = match.raster.entry
        tile = match.row.tile
        key = (number, match.raster.id)
        if key not in where:
            where[key] = located(entry, indexes[number].path.resolve().parent) or entry.uri
        polygon = entry.transform.window_polygon(tile.window)
        hits.append(
            Hit(
                rank=0,
                score=score * familiarity(entry.gsd_m, tile, trained),
                similarity=match.similarity,
                raster=where[key],
                crs_wkt=entry.crs_wkt,
                geometry=polygon,
                tile=polygon,
                level=match.level,
                depth=tile.level,
                gsd_m=match.row.gsd_m,
                looked_closer=False,
                match=match,
                index=number,
            )
        )
    return hits


def _ranked(hits: Sequence[Hit], least_score: float) -> Tuple[Hit, ...]:
    # Equal scores stay in the order of similarity, then of the index.
    ordered = sorted(
        (hit for hit in hits if hit.score >= least_score),
        key=lambda hit: (-hit.score, -hit.similarity),
    )
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))


def _why_not(entry: RasterEntry, uri: str) -> Sentence:
    """Why a raster cannot be looked at again; empty where it can."""
    if not uri:
        return say("{name} is no longer where it was indexed; update the index.", name=entry.name)
    if not is_unchanged(uri, entry.state):
        return say("{name} has changed since it was indexed; update the index.", name=entry.name)
    return say("")


def _to_look_at(hit: Hit, source: RasterSource, model: VisionLanguageModel) -> Tile:
    """What a closer look begins with: the tile, or the part of one that was found, by itself."""
    tile = hit.match.row.tile
    if hit.level != REGION:
        return tile
    read_window = grown(tile.window, source.info.window, LEAST_READ_SIDE)
    scale = max(read_window.width, read_window.height) / model.input_size
    return replace(tile, read_window=read_window, scale=scale)


def _seen_closer(
    group: Sequence[Hit],
    uri: str,
    open_raster: OpenRaster,
    model: VisionLanguageModel,
    scorer: Scorer,
    rows: Filter,
    feedback: Feedback,
) -> Tuple[List[Hit], int]:
    with closing(open_raster(uri)) as source:
        entry = group[0].match.raster.entry
        stretch = fit_stretch(source, entry.bands)
        region = None
        if rows.region is not None and not rows.region_is_lonlat:
            region = rows.region.in_pixels(entry.transform)
        tiles = [_to_look_at(hit, source, model) for hit in group]
        views, spent = closest_views(source, tiles, stretch, model, scorer, region, feedback)
        seen = []
        for hit, view in zip(group, views):
            if view is None:
                seen.append(hit)
                continue
            gsd_m = None if entry.gsd_m is None else entry.gsd_m * view.tile.scale
            seen.append(
                replace(
                    hit,
                    score=view.relevance,
                    similarity=max(hit.similarity, view.similarity),
                    geometry=view.geometry(source),
                    gsd_m=gsd_m,
                    looked_closer=True,
                )
            )
        return seen, spent
