"""Find every object that phrases name in a region of any size."""

from __future__ import annotations

from contextlib import closing
from typing import Callable, List, Optional, Sequence, Tuple

from ..dris.model_looker import QUERY
from ..dris.policies import POLICIES
from ..errors import BadRequest, BundleInvalid, Cancelled
from ..feedback import Feedback, Silent
from ..geometry import Region
from ..look import Look
from ..model.vlm import VisionLanguageModel
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..search.known_words import in_known_words
from ..search.query import MOST_CHARACTERS, Query, word_notes
from ..sentence import say
from ..taught import asked_for, taught_notes
from .guided import seek_guided
from .results import FindResult
from .seeking import Seeker

POLICY = QUERY
FIND_POLICIES = (QUERY, *POLICIES)
BUDGET = 64
MOST_PHRASES = 64
BOX_NOTE = (
    "Outlines are boxes along the image's rows and columns: their area and length are upper "
    "bounds of the object's."
)


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
    """Find the objects that phrases name.

    DRIS chooses the tiles. Each is read with an eighth of its side around it; an object belongs to
    the tile on whose ground (see `DrisPlan`) its centre lies, and what two tiles see of one object
    is put together, so nothing on a seam is lost or found twice. Coarser tiles look for what is too
    large for the finer ones, and for what lies where no finer one is.

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
        The objects; `partial` where it was cancelled after the first tiles.

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
    if policy == QUERY:
        look = Look.unplanned(source, region, model, policy, budget, stretch)
    else:
        look = Look.begin(source, region, model, policy, budget, stretch, in_parts=True)
    asked = [asked_for(in_known_words(name, model)[0], model) for name in names]
    seeker = Seeker(look, names, least, asked)
    feedback = feedback or Silent()
    seen = 0

    def result(partial: bool) -> FindResult:
        total = len(seeker.tiles)
        stopped = say("Stopped after {done} of {total} tiles.", done=seen, total=total)
        said = [*([stopped] if partial else []), *notes, *seeker.notes(), BOX_NOTE]
        provenance = look.provenance(seeker.tiles[:seen], " | ".join(names), said)
        return FindResult(seeker.found(), names, least, provenance, partial)

    def seen_so_far(count: int) -> None:
        nonlocal seen
        seen = count
        if on_partial is not None and seen < budget:
            on_partial(result(partial=True))

    if policy == QUERY:
        seen = seek_guided(look, seeker, asked, feedback, seen_so_far)
    else:
        with closing(seeker.batches()) as batches:
            for batch in batches:
                if feedback.is_cancelled():
                    break
                seeker.seek(batch, seeker.encode(batch))
                seen += len(batch)
                feedback.report(
                    seen / len(seeker.tiles),
                    say("{done} of {total} tiles searched", done=seen, total=len(seeker.tiles)),
                )
                if on_partial is not None and seen < len(seeker.tiles):
                    on_partial(result(partial=True))
    if not seen:
        raise Cancelled()
    return result(partial=seen < len(seeker.tiles))


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
