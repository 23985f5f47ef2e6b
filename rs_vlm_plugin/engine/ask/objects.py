"""Answers about things: are there any, how many, more or fewer, where, how large."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import List, Sequence, Tuple

from ..compass import Bounds, place_name
from ..find.results import ObjectFound
from ..geometry import GeoJson
from ..outline import Rectangle, outline
from ..raster.source import RasterInfo
from .question import Question
from .reply import Evidence, Verdict, nothing
from .views import View, is_count, is_place, is_yes_or_no, roots_and_leaves

_MOST_PLACES = 3
_SEAM_NOTE = "Counted tile by tile: what lies on a seam may be counted twice."
_NOT_FOUND = "no such object was found, so there is nothing to measure"
_NO_METRES = "the image has no coordinate system, so nothing on it can be measured in metres"


@dataclass(frozen=True)
class Seen:
    """All there is to conclude from: views of the tiles, objects found for the question's things,
    the raster, the region, and the confidence below which answers are held back."""

    views: Tuple[View, ...]
    found: Tuple[ObjectFound, ...]
    info: RasterInfo
    region: GeoJson
    least: float

    def of(self, thing: str) -> Tuple[ObjectFound, ...]:
        """What was found for one thing."""
        return tuple(item for item in self.found if item.phrase == thing)


def presence(question: Question, seen: Seen) -> Verdict:
    """Yes where any tile says so; what was found has a say where the tiles say no."""
    found = seen.of(question.things[0])
    best = found[0].score if found else 0.0
    said = [(view, view.best(is_yes_or_no)) for view in seen.views]
    answers = [(view, answer) for view, answer in said if answer is not None]
    if not answers:
        if not found:
            return nothing("the model knows no yes and no, and nothing was found")
        return Verdict("yes", best, evidence=found_evidence(found))
    yes = sorted(
        ((view, p) for view, (text, p) in answers if text == "yes"), key=lambda item: -item[1]
    )
    if yes:
        shown = found_evidence(found) or looked_at(yes, question.things[0], seen)
        return Verdict("yes", yes[0][1], evidence=shown)
    confidence = min(p for _, (_, p) in answers)
    if best > confidence:
        detail = "found as an object, though the tiles' answers are no"
        return Verdict("yes", _doubted(best, confidence), "", detail, found_evidence(found))
    return Verdict("no", _doubted(confidence, best))


def count(question: Question, seen: Seen) -> Verdict:
    """How many of the question's thing."""
    return _count(question.things[0], 0, seen)


def comparison(question: Question, seen: Seen) -> Verdict:
    """Yes or no to more or fewer, from both counts."""
    counts = [_count(thing, number, seen) for number, thing in enumerate(question.things)]
    for thing, each in zip(question.things, counts):
        if not each.text:
            return nothing(f"of {thing}, {each.reason}")
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
    overview's closed answer.
    """
    found = seen.of(question.things[0])
    roots, _ = roots_and_leaves(seen.views)
    closed = roots[0].best(is_place) if len(roots) == 1 else None
    picture = not seen.info.crs_wkt and len(seen.views) == 1
    told = closed is not None and (not found or (picture and closed[1] >= _mean_score(found)))
    if closed is not None and told:
        where = looked_at([(roots[0], closed[1])], question.things[0], seen)
        return Verdict(closed[0], closed[1], evidence=found_evidence(found) or where)
    if not found:
        return nothing("no such object was found")
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
    detail = f"boxes of {len(found)} found, added up" if len(found) > 1 else "box of the one found"
    text = f"about {_area_text(sum(areas))}"
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
    detail = f"the longest of {len(found)} found" if len(found) > 1 else ""
    text = (
        f"about {_rounded(metres)} m" if metres < 10_000 else f"about {_rounded(metres / 1e3)} km"
    )
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

    On a region of one tile that is the closed answer; on larger ones the number of objects found,
    where there are any, because these count once wherever seams run. The other of the two is asked
    for confirmation: a disagreement lowers the confidence by its size and by how sure the other is.
    """
    found = seen.of(thing)
    _, leaves = roots_and_leaves(seen.views)
    closed = [(view, view.best(is_count, number)) for view in leaves]
    answers = [(view, int(best[0]), best[1]) for view, best in closed if best is not None]
    evidence, detail = found_evidence(found), _found_detail(found)
    if len(seen.views) == 1 and answers:
        view, told, sure = answers[0]
        near = view.likelihood(lambda text: is_count(text) and _about(int(text), told), number)
        if found:
            other = _mean_score(found)
            sure = _compared(sure, told, len(found), other)
            near = _compared(near, told, len(found), other)
        if near >= seen.least or not found:
            shown = looked_at([(view, sure)], thing, seen) if told else ()
            return Verdict(str(told), sure, detail=detail, evidence=evidence or shown, support=near)
    if found:
        sure, support = _mean_score(found), 1.0
        if len(answers) == len(leaves):
            other = sum(p for _, _, p in answers) / len(answers)
            told = sum(told for _, told, _ in answers)
            sure = _compared(sure, len(found), told, other)
            support = _compared(support, len(found), told, other)
        return Verdict(str(len(found)), sure, detail=detail, evidence=evidence, support=support)
    if not answers or len(answers) < len(leaves):
        return nothing("none was found, and the model does not answer with numbers")
    some = [(view, told, p) for view, told, p in answers if told]
    if not some:
        return Verdict("0", min(p for _, _, p in answers))
    # The sum is right where every tile is.
    sure = math.prod(p for _, _, p in some)
    return Verdict(
        str(sum(told for _, told, _ in some)),
        sure,
        evidence=looked_at([(view, p) for view, _, p in some], thing, seen),
        notes=(_SEAM_NOTE,) if len(leaves) > 1 else (),
    )


def _about(number: int, other: int) -> bool:
    """Whether two counts are nearly the same: one apart, or a tenth."""
    return abs(number - other) <= max(1.0, 0.1 * max(number, other))


def _found_detail(found: Sequence[ObjectFound]) -> str:
    return f"{len(found)} found as objects" if found else ""


def _compared(confidence: float, own: int, other: int, other_confidence: float) -> float:
    agreement = (1 + min(own, other)) / (1 + max(own, other))
    return confidence * (1 - other_confidence * (1 - agreement))


def _doubted(confidence: float, against: float) -> float:
    """A confidence when another part of the model says the opposite."""
    return confidence * (1 - against / 2)


def _mean_score(found: Sequence[ObjectFound]) -> float:
    return sum(item.score for item in found) / len(found)


def _places(found: Sequence[ObjectFound], seen: Seen) -> str:
    """The ninths of the region in which objects lie, those with most first."""
    points = [point for polygon in _polygons(seen.region) for ring in polygon[:1] for point in ring]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    frame: Bounds = (min(xs), min(ys), max(xs), max(ys))
    y_down = not seen.info.crs_wkt and seen.info.transform.e > 0
    names = Counter(place_name(*_middle(item), frame, y_down) for item in found)
    most = [name for name, _ in names.most_common()]
    if len(most) > _MOST_PLACES:
        return f"in many parts, most of all {most[0]}"
    *before, last = most
    return f"{', '.join(before)} and {last}" if before else last


def _polygons(geometry: GeoJson) -> Sequence[Sequence[Sequence[Sequence[float]]]]:
    polygons: Sequence[Sequence[Sequence[Sequence[float]]]] = (
        [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    )
    return polygons


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
