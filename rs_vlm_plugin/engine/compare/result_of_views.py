"""What was seen in both images put together: changed windows, objects gained and lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Mapping, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..compass import map_bounds, place_name
from ..describe.places import Sighting, most_first, sightings
from ..describe.seen import SeenTile
from ..describe.sub_regions import speaker
from ..find.results import BOX_NOTE
from ..outline import Rectangle, outline
from ..phrases import default_vocabulary
from ..raster.source import RasterInfo
from ..results import ObjectPlaces, Provenance
from ..sentence import say
from .change import Scale
from .objects import Located, counts, found_places, missing, named_places
from .results import Change, Comparison, Shown
from .viewing import View, Viewer

PROMPT = "compare"
_FOUND_NOTE = (
    "Objects of the kinds that the model finds were looked for one by one in both images; their "
    "numbers are instances."
)
_NAMED_NOTE = (
    "Objects are gained and lost where the captions of changed windows name them; they are counted "
    "as places, not as instances."
)
_OTHERS_NOTE = (
    "Objects of other kinds are gained and lost where the captions of changed windows name them; "
    "they are counted as places, not as instances."
)


@dataclass(frozen=True)
class _Objects:
    """By name: those before, after, gained and lost; and by window, the names gained and lost and
    the pixels that show them."""

    before: Tuple[ObjectPlaces, ...]
    after: Tuple[ObjectPlaces, ...]
    gained: Tuple[ObjectPlaces, ...]
    lost: Tuple[ObjectPlaces, ...]
    by_window: Tuple[Tuple[Mapping[str, int], Mapping[str, int], Tuple[Rectangle, ...]], ...]


def comparison_of(viewer: Viewer, min_change: float, budget: int, partial: bool) -> Comparison:
    """Everything a viewer has seen so far as a result.

    Args:
        viewer: has seen one batch of windows at least.
        min_change: score from which a cell counts as changed.
        budget: tile evaluations that were allowed.
        partial: whether more was to be seen.
    """
    scale = viewer.scale or Scale(0.0, 1.0)
    pair, info = viewer.pair, viewer.pair.before.origin.source.info
    roots, leaves = set(pair.before.roots), set(pair.plan.leaves)
    near = [view for view in viewer.views if view.index in leaves]
    far = [view for view in viewer.views if view.index in roots]
    changed = [_changed(view, scale, min_change) for view in near]
    objects = _objects(viewer, near, changed, scale, info)
    before, after = _provenances(viewer, budget, partial)
    area = sum(map(_area, (each for view in near for each in view.rectangles)))
    part = sum(map(_area, (each for rectangles in changed for each in rectangles)))
    return Comparison(
        before=_shown([view.before for view in far], objects.before, before),
        after=_shown([view.after for view in far], objects.after, after),
        changes=_changes(viewer, near, changed, objects, scale),
        gained=objects.gained,
        lost=objects.lost,
        grounded=viewer.grounded,
        share=part / area if area else 0.0,
        windows=len(near),
        min_change=min_change,
        scale=scale,
        provenance=before,
        after_provenance=after,
        partial=partial,
    )


def _changed(view: View, scale: Scale, min_change: float) -> Tuple[Rectangle, ...]:
    """The cells of a window that changed; a least change of 0 still leaves out what did not."""
    scores = scale.score(view.apart)
    chosen = np.flatnonzero((scores >= min_change) & (scores > 0))
    return tuple(view.rectangles[index] for index in chosen)


def _objects(
    viewer: Viewer,
    near: Sequence[View],
    changed: Sequence[Tuple[Rectangle, ...]],
    scale: Scale,
    info: RasterInfo,
) -> _Objects:
    """Objects found one by one and, of other kinds, those that captions name. A window that did not
    change has gained and lost nothing by its captions, whatever words were found for it; nor has a
    place that is as alike as one place rendered twice, whatever was found there."""
    doubted_before, doubted_after = viewer.found() if viewer.finds else ([], [])
    # With a least change of 0: all cells that differ more than two renderings of a place do.
    unlike = np.array(
        [cell for view in near for cell in _changed(view, scale, 0.0)], dtype=np.float64
    ).reshape(-1, 4)
    came, went = (
        [item for item in missing(these, those, viewer.threshold) if _meets(item, unlike)]
        for these, those in ((doubted_after, doubted_before), (doubted_before, doubted_after))
    )
    before = [_named(view.before, viewer) for view in near]
    after = [_named(view.after, viewer) for view in near]
    more = [_others(new, old) if cells else [] for new, old, cells in zip(after, before, changed)]
    less = [_others(old, new) if cells else [] for new, old, cells in zip(after, before, changed)]
    by_window = []
    for view, new, old in zip(near, more, less):
        window = view.before.tile.window
        arrived = [item for item in came if item.is_in(window)]
        departed = [item for item in went if item.is_in(window)]
        by_window.append(
            (
                counts([item.name for item in arrived] + [item.name for item in new]),
                counts([item.name for item in departed] + [item.name for item in old]),
                tuple(item.rectangle for item in (*arrived, *departed)),
            )
        )

    def places(
        found: Sequence[Located], named: Sequence[Sequence[Sighting]]
    ) -> Tuple[ObjectPlaces, ...]:
        sure = [item for item in found if item.confidence >= viewer.threshold]
        one_by_one = found_places(sure, info.transform)
        return most_first((*one_by_one, *named_places(named, info.transform)))

    return _Objects(
        before=places(doubted_before, before),
        after=places(doubted_after, after),
        gained=places(came, more),
        lost=places(went, less),
        by_window=tuple(by_window),
    )


def _meets(item: Located, rectangles: NDArray[np.float64]) -> bool:
    """Whether an object shares area with any of some rectangles `[N, 4]`."""
    left, top, right, bottom = item.rectangle
    across = np.minimum(rectangles[:, 2], right) - np.maximum(rectangles[:, 0], left)
    down = np.minimum(rectangles[:, 3], bottom) - np.maximum(rectangles[:, 1], top)
    return bool(((across > 0) & (down > 0)).any())


def _named(seen: SeenTile, viewer: Viewer) -> List[Sighting]:
    """What a caption names of the kinds that are not found one by one."""
    vocabulary = default_vocabulary()
    named = sightings(seen, vocabulary)
    return [item for item in named if not vocabulary.as_one_of(item.name, viewer.grounded)]


def _others(these: Sequence[Sighting], those: Sequence[Sighting]) -> List[Sighting]:
    """The sightings of names that the other caption does not have, one of each name."""
    known = {item.name for item in those}
    fresh = {item.name: item for item in these if item.name not in known}
    return list(fresh.values())


def _changes(
    viewer: Viewer,
    near: Sequence[View],
    changed: Sequence[Tuple[Rectangle, ...]],
    objects: _Objects,
    scale: Scale,
) -> Tuple[Change, ...]:
    info = viewer.pair.before.origin.source.info
    bounds = map_bounds(viewer.pair.before.shown, info.transform)
    changes = []
    for view, cells, (gained, lost, boxes) in zip(near, changed, objects.by_window):
        places = (*cells, *boxes)
        if not places:
            continue
        left, top, right, bottom = np.array(places).T
        middle = ((left.min() + right.max()) / 2, (top.min() + bottom.max()) / 2)
        x, y = info.transform.to_map(*(float(value) for value in middle))
        changes.append(
            Change(
                score=float(scale.score(view.apart).max(initial=0.0)),
                geometry=outline(places, info.transform),
                place=place_name(x, y, bounds, not info.crs_wkt and info.transform.e > 0),
                before=view.before.caption.text,
                after=view.after.caption.text,
                gained=gained,
                lost=lost,
            )
        )
    return tuple(sorted(changes, key=lambda change: -change.score))


def _shown(
    far: Sequence[SeenTile], objects: Tuple[ObjectPlaces, ...], provenance: Provenance
) -> Shown:
    caption = speaker(far).caption
    return Shown(provenance.raster, caption.text, caption.confidence, objects)


def _provenances(viewer: Viewer, budget: int, partial: bool) -> Tuple[Provenance, Provenance]:
    """Of the first image, with all evaluations, and of the second."""
    pair = viewer.pair
    notes = [*viewer.notes(), _FOUND_NOTE, BOX_NOTE] if viewer.finds else []
    notes.append(_OTHERS_NOTE if notes else _NAMED_NOTE)
    if partial:
        stopped = say(
            "Stopped after {done} of {total} windows.",
            done=len(viewer.views),
            total=len(viewer.order),
        )
        notes.insert(0, stopped)
    tiles = [pair.plan.tiles[view.index] for view in viewer.views]
    before, after = (
        replace(
            look.provenance(tiles, PROMPT, said),
            budget=budget,
            tile_evaluations=viewer.evaluations,
            evaluations=viewer.evaluations,
        )
        for look, said in ((pair.before, (*notes, *pair.notes)), (pair.after, ()))
    )
    return before, after


def _area(rectangle: Rectangle) -> float:
    left, top, right, bottom = rectangle
    return (right - left) * (bottom - top)
