"""Answers about things: are there any, how many, more or fewer, where, how large."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Callable, FrozenSet, List, Optional, Sequence, Tuple

from ..compass import map_bounds, place_name
from ..find.results import ObjectFound
from ..geometry import Window
from ..outline import Rectangle, outline
from ..raster.source import RasterInfo
from ..sentence import say
from .question import Question
from .reply import Evidence, Verdict, nothing
from .views import View, is_count, is_place, roots_and_leaves

_MOST_PLACES = 3
_COUNTABLE_M = 3.0
"""Metres per model pixel up to which training pictures with things to count were shown; of images
without a coordinate system, raster pixels per model pixel (VHR-10's images as a whole)."""
_COUNTABLE_SCALE = 6.0
_LEAST_OF_SUM = 0.1
_FULL = 0.9
"""Share of a picture's sides from which on its parts are those of what it shows."""
_SEAM_NOTE = "Counted tile by tile: what lies on a seam may be counted twice."
_NOT_FOUND = say("no such object was found, so there is nothing to measure")
_NO_METRES = say("the image has no coordinate system, so nothing on it can be measured in metres")


@dataclass(frozen=True)
class Seen:
    """All there is to conclude from: views of the tiles, objects found for the question's things,
    the raster, the pixels of the region that show something, the confidence below which answers are
    held back, those of the question's things that boxes taught the model to find, and the ground
    sample distance in metres where it is known."""

    views: Tuple[View, ...]
    found: Tuple[ObjectFound, ...]
    info: RasterInfo
    shown: Window
    least: float
    taught: FrozenSet[str] = frozenset()
    gsd: Optional[float] = None

    def of(self, thing: str) -> Tuple[ObjectFound, ...]:
        """What was found for one thing."""
        return tuple(item for item in self.found if item.phrase == thing)


def presence(question: Question, seen: Seen) -> Verdict:
    """Yes or no: the overview and the surest close look, pooled by their odds; what was found has a
    say where they say no, or it would be counted and yet not be there."""
    found = seen.of(question.things[0])
    roots, leaves = roots_and_leaves(seen.views)
    likely = [(view, view.yes) for view in seen.views]
    if any(chance is None for _, chance in likely):
        if not found:
            return nothing(say("the model knows no yes and no, and nothing was found"))
        return Verdict("yes", found[0].score, evidence=found_evidence(found))
    chance = _pooled([max(view.yes or 0.0 for view in part) for part in (roots, leaves)])
    best = found[0].score if found else 0.0
    if chance <= 0.5 and best > 1 - chance:
        detail = say("found as an object, though the tiles' answers are no")
        return Verdict("yes", best * (1 + chance) / 2, "", detail, found_evidence(found))
    if chance <= 0.5:
        return Verdict("no", (1 - chance) * (1 - best / 2))
    said = sorted(
        ((view, p) for view, p in likely if p is not None and p > 0.5), key=lambda item: -item[1]
    )
    shown = found_evidence(found) or looked_at(said, question.things[0], seen)
    return Verdict("yes", chance, evidence=shown)


def _pooled(chances: Sequence[float]) -> float:
    """The chance whose odds are the geometric mean of theirs."""
    odds = [math.log(p / (1 - p)) for p in (min(max(p, 0.005), 0.995) for p in chances)]
    return 1 / (1 + math.exp(-sum(odds) / len(odds)))


def count(question: Question, seen: Seen) -> Verdict:
    """How many of the question's thing."""
    return _count(question.things[0], 0, seen)


def comparison(question: Question, seen: Seen) -> Verdict:
    """Yes or no to more or fewer, from both counts."""
    counts = [_count(thing, number, seen) for number, thing in enumerate(question.things)]
    for thing, each in zip(question.things, counts):
        if not each.text:
            return nothing(say("of {thing}, {reason}", thing=thing, reason=each.reason))
    first, second = (int(each.text) for each in counts)
    holds = first < second if question.fewer else first > second
    # Two counts a hair apart may well be the other way round.
    gap = abs(first - second) / max(first, second, 1)
    confidence = min(each.confidence for each in counts) * (1 + gap) / 2
    return Verdict(
        "yes" if holds else "no",
        confidence,
        detail="; ".join(f"{thing}: {each.text}" for thing, each in zip(question.things, counts)),
        evidence=tuple(item for each in counts for item in each.evidence),
        notes=tuple(dict.fromkeys(note for each in counts for note in each.notes)),
        support=min(each.sure_enough for each in counts),
    )


def location(question: Question, seen: Seen) -> Verdict:
    """Where in the region the thing lies.

    A single tile without a map's directions is answered in the picture's words by the closed
    answer, where that is surer than what was found; else where what was found lies; else the
    overview's closed answer. Where much of the picture is nodata, its words are not those that a
    reader of the map expects: they come last, and the answer says what they are of.
    """
    found = seen.of(question.things[0])
    roots, _ = roots_and_leaves(seen.views)
    closed = roots[0].best(is_place) if len(roots) == 1 else None
    full = len(roots) == 1 and _fills(seen.shown, roots[0].tile.window)
    picture = not seen.info.crs_wkt and len(seen.views) == 1 and full
    told = closed is not None and (not found or (picture and closed[1] >= _mean_score(found)))
    if closed is not None and told:
        where = looked_at([(roots[0], closed[1])], question.things[0], seen)
        detail = "" if full else say("within the picture as a whole, nodata included")
        return Verdict(closed[0], closed[1], detail=detail, evidence=found_evidence(found) or where)
    if not found:
        return nothing(say("no such object was found"))
    return Verdict(
        _places(found, seen), _mean_score(found), evidence=found_evidence(found), support=1.0
    )


def area(question: Question, seen: Seen) -> Verdict:
    """The area of what was found, from its geometry."""
    found = seen.of(question.things[0])
    if not found:
        return nothing(_NOT_FOUND)
    areas = [item.area_m2 for item in found if item.area_m2 is not None]
    if len(areas) < len(found):
        return nothing(_NO_METRES, found_evidence(found))
    detail = (
        say("boxes of {count} found, added up", count=len(found))
        if len(found) > 1
        else say("box of the one found")
    )
    text = say("about {size}", size=_area_text(sum(areas)))
    return Verdict(
        text, _mean_score(found), detail=detail, evidence=found_evidence(found), support=1.0
    )


def length(question: Question, seen: Seen) -> Verdict:
    """The length of the longest found, from its geometry."""
    found = seen.of(question.things[0])
    if not found:
        return nothing(_NOT_FOUND)
    lengths = [(item.length_m, item) for item in found if item.length_m is not None]
    if len(lengths) < len(found):
        return nothing(_NO_METRES, found_evidence(found))
    metres, longest = max(lengths, key=lambda item: item[0])
    detail = say("the longest of {count} found", count=len(found)) if len(found) > 1 else ""
    size = f"{_rounded(metres)} m" if metres < 10_000 else f"{_rounded(metres / 1e3)} km"
    text = say("about {size}", size=size)
    return Verdict(
        text, longest.score, detail=detail, evidence=found_evidence([longest]), support=1.0
    )


def found_evidence(found: Sequence[ObjectFound]) -> Tuple[Evidence, ...]:
    """Objects as evidence, surest first."""
    return tuple(Evidence(item.geometry, item.phrase, item.score) for item in found)


def looked_at(views: Sequence[Tuple[View, float]], what: str, seen: Seen) -> Tuple[Evidence, ...]:
    """The cells that tiles counted for their answer, as evidence of that confidence."""
    shown: List[Evidence] = []
    for view, confidence in views:
        rectangles: Sequence[Rectangle] = view.looked_at
        if rectangles:
            shown.append(Evidence(outline(rectangles, seen.info.transform), what, confidence))
    return tuple(shown)


def _count(thing: str, number: int, seen: Seen) -> Verdict:
    """How many, and how sure.

    Objects of a kind that boxes taught the model are counted as found: they count once wherever
    seams run. Else the closed answer of the overview, where that is sure enough to be about right;
    else what was found, or the sum of the closed answers of the closest looks.
    """
    found = seen.of(thing)
    roots, leaves = roots_and_leaves(seen.views)
    if found and thing in seen.taught:
        return _counted(found)
    overview = _overview(thing, number, seen, roots)
    if overview is not None and (overview.sure_enough >= seen.least or not found):
        return overview
    if found:
        return _counted(found)
    closed = [(view, view.best(is_count, number)) for view in leaves]
    answers = [(view, int(best[0]), best[1]) for view, best in closed if best is not None]
    if not answers or len(answers) < len(leaves):
        return nothing(say("none was found, and the model does not answer with numbers"))
    some = [(view, told, p) for view, told, p in answers if told]
    if not some:
        return Verdict("0", min(p for _, _, p in answers))
    # The sum is right where every tile is.
    sure = math.prod(p for _, _, p in some)
    if sure < _LEAST_OF_SUM:
        return nothing(say("the region is too large to count in at once, and nothing was found"))
    return Verdict(
        str(sum(told for _, told, _ in some)),
        sure,
        evidence=looked_at([(view, p) for view, _, p in some], thing, seen),
        notes=(_SEAM_NOTE,) if len(leaves) > 1 else (),
    )


def _counted(found: Sequence[ObjectFound]) -> Verdict:
    """As many as were found. The more there are, the likelier one is missing or too many: with n
    objects of mean score s, s ** sqrt(n) was nearest to how often the number was right on VHR-10's
    validation images."""
    return Verdict(
        str(len(found)),
        _mean_score(found) ** math.sqrt(len(found)),
        detail=_found_detail(found),
        evidence=found_evidence(found),
        support=1.0,
    )


def _overview(thing: str, number: int, seen: Seen, roots: Sequence[View]) -> Optional[Verdict]:
    """The closed answer of the tile that shows the whole region; of the few that do where it is
    long, their sum. None where that shows too little to count in, or the model does not answer with
    numbers."""
    if any(too_coarse(view, seen) for view in roots):
        return None
    told, sure, near = 0, 1.0, 1.0
    looked: List[Tuple[View, float]] = []
    for view in roots:
        best = view.best(is_count, number)
        if best is None:
            return None
        own = int(best[0])
        told, sure = told + own, sure * best[1]
        near *= view.likelihood(_near(own), number)
        looked += [(view, best[1])] if own else []
    found = seen.of(thing)
    return Verdict(
        str(told),
        sure,
        detail=_found_detail(found),
        evidence=found_evidence(found) or looked_at(looked, thing, seen),
        support=near,
    )


def too_coarse(view: View, seen: Seen) -> bool:
    """Whether a tile shows less of things than the pictures that questions were learnt from."""
    scale = view.tile.scale
    return scale > _COUNTABLE_SCALE if seen.gsd is None else scale * seen.gsd > _COUNTABLE_M


def _near(told: int) -> Callable[[str], bool]:
    """Whether an answer is nearly the same count: one apart, or a tenth."""

    def fits(text: str) -> bool:
        return is_count(text) and abs(int(text) - told) <= max(1.0, 0.1 * max(int(text), told))

    return fits


def _found_detail(found: Sequence[ObjectFound]) -> str:
    return say("{count} found as objects", count=len(found)) if found else ""


def _mean_score(found: Sequence[ObjectFound]) -> float:
    return sum(item.score for item in found) / len(found)


def _places(found: Sequence[ObjectFound], seen: Seen) -> str:
    """The ninths of what the region shows in which objects lie, those with most first."""
    frame = map_bounds(seen.shown, seen.info.transform)
    y_down = not seen.info.crs_wkt and seen.info.transform.e > 0
    names = Counter(place_name(*_middle(item), frame, y_down) for item in found)
    most = [name for name, _ in names.most_common()]
    if len(most) > _MOST_PLACES:
        return f"in many parts, most of all {most[0]}"
    *before, last = most
    return f"{', '.join(before)} and {last}" if before else last


def _fills(shown: Window, window: Window) -> bool:
    sides = ((shown.width, window.width), (shown.height, window.height))
    return all(side >= _FULL * whole for side, whole in sides)


def _middle(item: ObjectFound) -> Tuple[float, float]:
    ring = item.geometry["coordinates"][0][:4]
    return sum(point[0] for point in ring) / 4, sum(point[1] for point in ring) / 4


def _area_text(square_metres: float) -> str:
    if square_metres < 1e4:
        return f"{_rounded(square_metres)} m\u00b2"
    if square_metres < 1e6:
        return f"{_rounded(square_metres / 1e4)} ha"
    return f"{_rounded(square_metres / 1e6)} km\u00b2"


def _rounded(value: float) -> str:
    """Two significant digits without an exponent."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"
