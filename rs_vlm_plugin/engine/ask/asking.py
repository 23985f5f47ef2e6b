"""Ask a question about a region."""

from __future__ import annotations

from contextlib import closing
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cells import cell_rectangles
from ..classify import label_embeddings
from ..errors import BadRequest, BundleInvalid, Cancelled
from ..feedback import Feedback, Silent
from ..find.finding import least_score
from ..find.results import BOX_NOTE
from ..find.seeking import Seeker
from ..geometry import Region
from ..learnt import has_learnt
from ..look import Look
from ..model.answers import Answer
from ..model.encoding import Encoding
from ..model.level_spec import AnswerSpec
from ..model.vlm import VisionLanguageModel
from ..outline import Rectangle, outline
from ..phrases import default_vocabulary, plural
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..search.known_words import in_known_words
from ..search.query import Query, listed, may_be_foreign, unknown_words, word_notes
from ..sentence import Sentence, say
from ..taught import asked_for, taught_notes, untaught
from ..tile_images import TileImage
from . import objects
from .objects import Seen
from .question import (
    AREA,
    COMPARISON,
    COUNT,
    LAND_COVER,
    LENGTH,
    LOCATION,
    PRESENCE,
    RURAL_URBAN,
    THEME,
    UNKNOWN,
    Question,
    read_question,
)
from .reply import Evidence, Reply, Verdict, nothing
from .views import (
    View,
    is_place,
    is_setting,
    is_theme,
    mean_embedding,
    mean_likelihoods,
    roots_and_leaves,
)
from .written import with_written

POLICY = "content"
BUDGET = 32
LAND_COVERS = (
    *("forest", "farmland", "grassland", "water", "bare land", "desert", "beach", "wetland"),
    *("residential area", "industrial area", "mountain", "snow"),
)
_SETTING_LABELS = {"rural": "a rural area", "urban": "an urban area"}
_COUNTED = 0.5
_NO_KIND = say(
    "the question is of no kind that can be answered here; ask whether something is there, how "
    "many, which is more, where, how large or long, what the scene or land cover is, or whether it "
    "is rural or urban, about one thing at a time"
)


def ask(
    source: RasterSource,
    region: Optional[Region],
    question: str,
    model: VisionLanguageModel,
    policy: str = POLICY,
    budget: int = BUDGET,
    feedback: Optional[Feedback] = None,
    stretch: Optional[Stretch] = None,
) -> Reply:
    """Answer a question about a region, or say why nobody can tell.

    The question is read by fixed rules (see `question`), and words that the model does not know are
    replaced by the vocabulary's for the same thing. Every tile that DRIS chooses gives its
    closed answers, and where the model can find things the question's things are looked for over
    all tiles as `find` does. Presence: the overview and the surest close look. Count and
    comparison: the objects found, which count once wherever seams run, of kinds that boxes taught
    the model; else the overview's closed answer, or the sum of the closest looks'. Where: the
    closed answer of a single tile, else where what was found lies. Theme: closed answers of
    the overview, or where that is too coarse, as for rural or urban, averaged by area over overview
    and closest looks; rural or urban where the model has no such answers, and land cover, by the
    names' embeddings. Area and length: from the geometry of
    what was found.

    Args:
        source: raster to read, by one background thread at a time.
        region: area of interest in the raster's CRS; None for all of it.
        question: in English.
        model: a bundle that can ask.
        policy: which cells are looked at closely; see `dris.policies`.
        budget: most tile evaluations, at least 1.
        feedback: hears of progress, and may cancel.
        stretch: from `fit_stretch` on the same raster; None fits one.

    Returns:
        The reply; it abstains where the question is not understood, its words are unknown, the
        model has no answer of that kind or is less sure than it was calibrated to be.

    Raises:
        BadRequest: an empty or too long question, an unknown policy or a budget below 1.
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        ActionUnsupported: the bundle cannot answer questions.
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
        Cancelled: cancelled before anything was looked at.

    Note:
        Costs at most `budget` tile evaluations, none for a question that is not understood.
    """
    model.bundle.require("ask")
    spec = model.bundle.manifest.answers
    if spec is None:
        raise BundleInvalid("The model bundle has no answers.")
    typed = read_question(question)
    named = {phrase.name for thing in typed.things for phrase in default_vocabulary().find(thing)}
    text, renamed = in_known_words(typed.text, model, named)
    asked = read_question(text) if renamed else typed
    look = Look.begin(source, region, model, policy, budget, stretch)
    refusal, notes = _refusal(asked, model)
    notes = (*renamed, *notes)
    if refusal:
        return _reply(typed, asked, nothing(refusal), look, 0, notes, spec)
    can_find = "find" in model.bundle.manifest.actions
    things = asked.things if can_find else ()
    # Cars are looked for, and counted, as the vehicles that boxes taught.
    sought = {thing: asked_for(thing, model) for thing in asked.things}
    seeker = Seeker(look, things, _least(model, can_find), [sought[thing] for thing in things])
    weight = spec.written_by_kind.get(asked.kind, 0.0)
    views = _look_at(look, seeker, asked, weight, feedback or Silent())
    seen = Seen(
        tuple(views),
        seeker.found(),
        source.info,
        look.shown,
        spec.least(asked.kind),
        frozenset(thing for thing, kind in sought.items() if not untaught([kind], model)),
        source.ground_sample_distance(look.origin.window),
    )
    verdict = _VERDICTS[asked.kind](asked, seen, model)
    if can_find and asked.things:
        broader = [thing for thing, kind in sought.items() if kind != thing]
        notes += (*taught_notes(broader, model), *seeker.notes())
    if asked.kind in (AREA, LENGTH):
        notes += (BOX_NOTE,)
    partial = len(views) < len(seeker.tiles)
    if partial:
        stopped = say(
            "Stopped after {done} of {total} tiles.", done=len(views), total=len(seeker.tiles)
        )
        notes = (stopped, *notes)
    return _reply(typed, asked, verdict, look, len(views), notes, spec, partial)


def _refusal(asked: Question, model: VisionLanguageModel) -> Tuple[Sentence, Tuple[str, ...]]:
    """Why a question is not even put to the model, and warnings on its words otherwise."""
    if asked.kind == UNKNOWN:
        return _not_understood(asked.text, model), ()
    notes: List[str] = []
    for thing in asked.things:
        try:
            notes += word_notes(Query(thing, thing), model)
        except BadRequest as error:
            reason = say(
                "the model does not know what {thing} is ({why})",
                thing=repr(thing),
                why=error.message,
            )
            return reason, ()
        if not has_learnt(thing, model):
            return say(
                "hardly anything that the model learnt from was called {thing}", thing=thing
            ), ()
    return say(""), tuple(dict.fromkeys(notes))


def _not_understood(question: str, model: VisionLanguageModel) -> Sentence:
    unknown = unknown_words(question, model)
    if may_be_foreign(question, unknown):
        return say(
            "the model does not know {words}; the question may be in a language it did not learn "
            "(it learnt English)",
            words=listed(unknown),
        )
    return _NO_KIND


def _least(model: VisionLanguageModel, can_find: bool) -> float:
    return least_score(model, None) if can_find else 0.0


def _put(asked: Question) -> Tuple[str, ...]:
    """The questions that each tile is asked; a comparison is two counts."""
    if asked.kind == COMPARISON:
        return tuple(f"How many {plural(thing)} are in the image?" for thing in asked.things)
    return (asked.text,)


def _look_at(
    look: Look, seeker: Seeker, asked: Question, written: float, feedback: Feedback
) -> List[View]:
    questions = _put(asked)
    kind = COUNT if asked.kind == COMPARISON else asked.kind
    leaves = set(look.plan.leaves)
    model = look.origin.model
    views: List[View] = []
    with closing(seeker.batches()) as batches:
        for batch in batches:
            if feedback.is_cancelled():
                break
            encoding = seeker.encode(batch)
            seeker.seek(batch, encoding)
            rows = [row for row in range(len(batch)) for _ in questions]
            answers = model.answer([*questions] * len(batch), encoding, rows, kind)
            roots = [row for row, image in enumerate(batch) if image.tile.level == 0]
            if written and len(questions) == 1 and roots:
                # Only the overview says where in the picture.
                weighed = with_written(
                    [answers[row] for row in roots],
                    questions[0],
                    encoding.tokens[roots],
                    model,
                    written,
                    is_place,
                )
                for row, answer in zip(roots, weighed):
                    answers[row] = answer
            for row, image in enumerate(batch):
                own = answers[row * len(questions) : (row + 1) * len(questions)]
                trust = seeker.trust(image.tile)
                views.append(_view(image, row, encoding, own, image.index in leaves, trust))
            feedback.report(
                len(views) / len(seeker.tiles),
                say("{done} of {total} tiles asked", done=len(views), total=len(seeker.tiles)),
            )
    if not views:
        raise Cancelled()
    return views


def _view(
    image: TileImage,
    row: int,
    encoding: Encoding,
    answers: Sequence[Answer],
    leaf: bool,
    trust: float,
) -> View:
    gate = answers[0].gate
    cells, rectangles = cell_rectangles(image, (gate.shape[0], gate.shape[1]))
    counted: Tuple[Rectangle, ...] = tuple(
        rectangle for cell, rectangle in zip(cells, rectangles) if gate[cell] >= _COUNTED
    )
    likelihoods = tuple(answer.likelihoods for answer in answers)
    return View(image.tile, leaf, likelihoods, trust, counted, encoding.embedding[row])


def _theme(asked: Question, seen: Seen, model: VisionLanguageModel) -> Verdict:
    """Of the overview where it shows enough: parts of a picture may well be of another theme."""
    roots, _ = roots_and_leaves(seen.views)
    views = seen.views if any(objects.too_coarse(view, seen) for view in roots) else roots
    return _over_region(mean_likelihoods(views, is_theme), is_theme, seen)


def _rural_urban(asked: Question, seen: Seen, model: VisionLanguageModel) -> Verdict:
    closed = mean_likelihoods(seen.views, is_setting)
    if len(closed) == len(_SETTING_LABELS):
        return _over_region(closed, is_setting, seen)
    return _by_labels(_SETTING_LABELS, seen, model)


def _land_cover(asked: Question, seen: Seen, model: VisionLanguageModel) -> Verdict:
    return _by_labels({name: name for name in LAND_COVERS}, seen, model)


def _over_region(
    likelihoods: Mapping[str, float], fits: Callable[[str], bool], seen: Seen
) -> Verdict:
    """The likeliest answer; evidence are the tiles that say the same."""
    if not likelihoods:
        return nothing(say("the model has no answer to questions of this kind"))
    text = max(likelihoods, key=lambda answer: likelihoods[answer])
    shown = []
    for view in seen.views:
        own = view.best(fits)
        if view.leaf and own is not None and own[0] == text:
            shown.append(_tile_evidence(view, text, own[1], seen))
    shown.sort(key=lambda item: -item.score)
    return Verdict(text, likelihoods[text], evidence=tuple(shown))


def _by_labels(labels: Mapping[str, str], seen: Seen, model: VisionLanguageModel) -> Verdict:
    """As `classify`: the name whose embedding is nearest to what the region shows."""
    if "classify" not in model.bundle.manifest.actions:
        return nothing(say("the model has no answer to questions of this kind"))
    names = list(labels)
    vectors = label_embeddings([labels[name] for name in names], model)
    scale = model.bundle.manifest.logit_scale

    def shares(embedding: np.ndarray) -> Dict[str, float]:
        logits = scale * (vectors @ embedding).astype(np.float64)
        odds = np.exp(logits - logits.max())
        return dict(zip(names, (odds / odds.sum()).tolist()))

    trust = min(view.trust for view in seen.views)
    likelihoods = shares(mean_embedding(seen.views))
    text = max(likelihoods, key=lambda name: likelihoods[name])
    shown = []
    for view in seen.views:
        own = shares(view.embedding)
        if view.leaf and max(own, key=lambda name: own[name]) == text:
            shown.append(_tile_evidence(view, text, own[text] * view.trust, seen))
    shown.sort(key=lambda item: -item.score)
    return Verdict(
        text,
        likelihoods[text] * trust,
        detail=say(
            "compared by meaning with {names}",
            names=", ".join(name for name in names if name != text),
        ),
        evidence=tuple(shown),
    )


def _tile_evidence(view: View, what: str, score: float, seen: Seen) -> Evidence:
    own = view.tile.window
    rectangle = (own.col_off, own.row_off, own.col_end, own.row_end)
    return Evidence(outline([rectangle], seen.info.transform), what, score)


def _reply(
    typed: Question,
    asked: Question,
    verdict: Verdict,
    look: Look,
    looked_at: int,
    notes: Sequence[str],
    spec: AnswerSpec,
    partial: bool = False,
) -> Reply:
    reason = verdict.reason
    if verdict.text and verdict.sure_enough < spec.least(asked.kind):
        reason = say(
            "the model is too unsure (confidence {confidence})",
            confidence=f"{verdict.sure_enough:.2f}",
        )
    return Reply(
        question=typed.text,
        kind=asked.kind,
        text=say("cannot tell: {reason}", reason=reason) if reason else verdict.text,
        confidence=verdict.confidence,
        support=verdict.sure_enough,
        abstained=bool(reason),
        reason=reason,
        detail=verdict.detail,
        evidence=verdict.evidence,
        held_back=verdict.text if reason else "",
        provenance=look.provenance(
            look.plan.tiles[:looked_at], asked.text, [*notes, *verdict.notes]
        ),
        partial=partial,
    )


def _of_objects(
    conclude: Callable[[Question, Seen], Verdict],
) -> Callable[[Question, Seen, VisionLanguageModel], Verdict]:
    return lambda asked, seen, model: conclude(asked, seen)


_VERDICTS: Dict[str, Callable[[Question, Seen, VisionLanguageModel], Verdict]] = {
    PRESENCE: _of_objects(objects.presence),
    COUNT: _of_objects(objects.count),
    COMPARISON: _of_objects(objects.comparison),
    LOCATION: _of_objects(objects.location),
    AREA: _of_objects(objects.area),
    LENGTH: _of_objects(objects.length),
    THEME: _theme,
    LAND_COVER: _land_cover,
    RURAL_URBAN: _rural_urban,
}
