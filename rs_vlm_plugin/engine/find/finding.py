"""Find every object that phrases name in a region of any size."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, List, Optional, Sequence, Tuple, Type

from ..dris.model_looker import QUERY
from ..dris.policies import POLICIES
from ..errors import BadRequest, BundleInvalid, Cancelled
from ..feedback import Feedback, Part, Silent
from ..geometry import Region
from ..look import Look
from ..model.vlm import VisionLanguageModel
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..search.known_words import in_known_words
from ..search.query import MOST_CHARACTERS, Query, word_notes
from ..sentence import say
from ..taught import asked_for, taught_notes, untaught
from .areas import AreaHunt
from .hunt import Hunt
from .objects import ObjectHunt
from .results import FindResult

POLICY = QUERY
FIND_POLICIES = (QUERY, *POLICIES)
BUDGET = 64
MOST_PHRASES = 64


def find(
    source: RasterSource,
    region: Optional[Region],
    phrases: Sequence[str],
    model: VisionLanguageModel,
    policy: str = POLICY,
    budget: int = BUDGET,
    min_score: Optional[float] = None,
    feedback: Optional[Feedback] = None,
    on_partial: Optional[Callable[[FindResult], None]] = None,
    stretch: Optional[Stretch] = None,
) -> FindResult:
    """Find what phrases name: each object, where boxes taught the model to, else areas.

    DRIS chooses the tiles. Each is read with an eighth of its side around it; an object belongs to
    the tile on whose ground (see `DrisPlan`) its centre lies, and what two tiles see of one object
    is put together, so nothing on a seam is lost or found twice. Coarser tiles look for what is too
    large for the finer ones, and for what lies where no finer one is. Of what no box taught the
    model, areas are outlined that look like it, see `AreaHunt`; where phrases are of both sorts
    these get a third of the budget, because they are seen from farther away.

    Args:
        source: raster to read, by one background thread at a time.
        region: area of interest in the raster's CRS; None for all of it. An object is in it when
            its middle is.
        phrases: one or more; each is looked for on its own.
        model: a bundle that can find.
        policy: which cells are looked at closely: one of `dris.policies`, or `query`, which decides
            by what it has seen so far.
        budget: most tile evaluations, at least 1.
        min_score: objects less sure are left out, 0..1; None takes the model's own threshold,
            fitted on validation data.
        feedback: hears of progress, and may cancel.
        on_partial: gets the objects so far after each batch of tiles.
        stretch: from `fit_stretch` on the same raster; None fits one.

    Returns:
        Objects and areas; `partial` where it was cancelled after the first tiles.

    Raises:
        BadRequest: no phrase, an empty, too long or wholly unknown one, too many; a score outside
            0..1; an unknown policy or a budget below 1.
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        ActionUnsupported: the bundle cannot find.
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
        Cancelled: cancelled before anything was looked at.

    Note:
        Costs at most `budget` tile evaluations and holds two batches of tiles.
    """
    model.bundle.require("find")
    names, notes = checked_phrases(phrases, model)
    least = least_score(model, min_score)
    look = Look.unplanned(source, region, model, policy, budget, stretch)
    hunts = _hunts(look, names, least)
    feedback = feedback or Silent()

    def result(partial: bool) -> FindResult:
        seen = [tile for hunt in hunts for tile in hunt.tiles]
        total = sum(hunt.planned for hunt in hunts)
        stopped = say("Stopped after {done} of {total} tiles.", done=len(seen), total=total)
        own = [note for hunt in hunts for note in hunt.notes()]
        said = [*([stopped] if partial else []), *notes, *own]
        provenance = look.provenance(seen, " | ".join(names), said)
        objects = [item for hunt in hunts for item in hunt.found()]
        objects.sort(key=lambda item: -item.score)
        return FindResult(tuple(objects), names, least, provenance, partial)

    def seen_so_far() -> None:
        if on_partial is not None:
            on_partial(result(partial=True))

    for number, hunt in enumerate(hunts):
        if number and feedback.is_cancelled():
            break
        hunt.seek(Part(feedback, number, len(hunts)), seen_so_far)
    if not any(hunt.tiles for hunt in hunts):
        raise Cancelled()
    return result(partial=any(len(hunt.tiles) < hunt.planned for hunt in hunts))


def _hunts(look: Look, names: Sequence[str], least: float) -> List[Hunt]:
    """Who looks for which phrases: objects for those whose boxes taught the model, else areas. Both
    share the budget."""
    origin, policy, budget = look.origin, look.plan.policy, look.plan.budget
    asked = {name: asked_for(in_known_words(name, origin.model)[0], origin.model) for name in names}
    strange = set(untaught(list(asked.values()), origin.model))
    kinds: Tuple[Tuple[Type[Hunt], List[str]], ...] = (
        (ObjectHunt, [name for name in names if asked[name] not in strange]),
        (AreaHunt, [name for name in names if asked[name] in strange]),
    )
    wanted = [(hunt, own) for hunt, own in kinds if own]
    if len(wanted) > budget >= 1:
        raise BadRequest(
            "These phrases need a budget of {count} tiles at least.",
            "Raise it, or find them one at a time.",
            count=len(wanted),
        )
    for_areas = max(1, budget // 3)
    shares = (budget - for_areas, for_areas) if len(wanted) > 1 else (budget,)
    hunts: List[Hunt] = []
    for share, (hunt, own) in zip(shares, wanted):
        if policy == QUERY:
            part = replace(look, plan=replace(look.plan, budget=share))
        else:
            where = (origin.source, origin.region, origin.model, policy, share, look.stretch)
            part = Look.begin(*where, in_parts=True)
        hunts.append(hunt(part, own, [asked[name] for name in own], least))
    return hunts


def checked_phrases(
    phrases: Sequence[str], model: VisionLanguageModel
) -> Tuple[Tuple[str, ...], List[str]]:
    """Phrases without blanks around and repeats, and warnings on words the model did not learn.

    Raises:
        BadRequest: none, too many, or one that is empty, too long or wholly unknown.
    """
    names = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))
    if not names or not all(names):
        raise BadRequest("A phrase is missing or empty.", "Name what to find, like: storage tank")
    if len(names) > MOST_PHRASES:
        raise BadRequest(
            "At most {most} phrases can be found at once, not {count}.",
            most=MOST_PHRASES,
            count=len(names),
        )
    notes: List[str] = []
    for name in names:
        if len(name) > MOST_CHARACTERS:
            raise BadRequest(
                "A phrase is {length} characters long; at most {most} are read.",
                "Name one kind of thing.",
                length=f"{len(name):,}",
                most=f"{MOST_CHARACTERS:,}",
            )
        known, renamed = in_known_words(name, model)
        notes += [*renamed, *word_notes(Query(known, known), model)]
    return names, list(dict.fromkeys([*notes, *taught_notes(names, model)]))


def least_score(model: VisionLanguageModel, min_score: Optional[float]) -> float:
    """The score asked for, or the model's own threshold. Raises `BadRequest` outside 0..1."""
    if min_score is None:
        levels = model.bundle.manifest.levels
        if levels is None:
            raise BundleInvalid("The model bundle cannot find objects.")
        return levels.threshold
    if not 0 <= min_score <= 1:
        raise BadRequest("The least score must be from 0 to 1.")
    return min_score
