"""Choosing the tiles: cells of the region and parts of them, where a policy expects most."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Callable, Dict, Generic, List, Optional, Protocol, Sequence, Tuple

import numpy as np

from ..errors import BadRequest
from ..geometry import Region, Window
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from .plan import DrisPlan, Tile, remainder
from .policies import FixedPolicy, Policy, make_policy
from .quadtree import grown, least_cut_side, root_windows, split, square_count
from .seeing import Looked, Looker, Sight
from .survey import Survey, survey_region, valid_in_all

# A model recognises little in fewer pixels than this, so smaller cells are read with surroundings.
LEAST_READ_SIDE = 96


@dataclass(frozen=True)
class _Cell:
    window: Window
    level: int
    parent: Optional[int]
    score: float
    reason: str


@dataclass(frozen=True)
class _Offer:
    """The children that a cell would get next, most promising first, and the gain of that."""

    gain: float
    windows: Tuple[Window, ...]


def plan(
    source: RasterSource,
    region: Region,
    policy: str,
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
    stretch: Stretch,
    in_parts: bool = False,
) -> DrisPlan:
    """Choose the tiles to look at, coarse to fine.

    The region's window is cut along its longer side into nearly square cells, the coarse level
    (fewer where the budget is smaller). `content` and `random` split the best cell again and again;
    `fixed` adds, to the coarse level, the deepest level that fits the budget whole. A cell is not
    split when the model already sees (nearly) each of its pixels, when it is seen at (nearly)
    `finest_gsd_m`, or when it is blank. Cells without a valid pixel are left out and cost nothing.

    Sentences and answers are of a whole tile, so for these a cell is split whole or not at all.
    Objects lie in a part of it: for them a cell may be refined `in_parts`.

    Args:
        source: raster to read; only one coarse view of the region is read here.
        region: area of interest in the raster's CRS.
        policy: "fixed", "random" or "content", see `policies`.
        budget: most tile evaluations, the coarse level included; at least 1.
        input_size: pixels along the side of the model's square input.
        finest_gsd_m: finest ground sample distance the model knows, in metres per model pixel;
            None for no such limit. A raster without a CRS has none either.
        stretch: from `fit_stretch` on the same raster.
        in_parts: choose children one by one, the best first, and see the rest of a cell through the
            cell itself; no difference to `fixed`.

    Returns:
        Plan that keeps the invariants of `DrisPlan`.

    Raises:
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        BadRequest: no such policy, or a budget below 1.
        RasterNotReadable: the raster refuses.

    Note:
        O(budget log budget) steps and one read of at most 1024 x 1024 pixels. After DRIS, arXiv
        2512.23243, which gives no equations; the gain is ours.
    """
    views = ((source, stretch),)
    return plan_together(views, region, policy, budget, input_size, finest_gsd_m, in_parts)


def plan_together(
    views: Sequence[Tuple[RasterSource, Stretch]],
    region: Region,
    policy: str,
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
    in_parts: bool = False,
) -> DrisPlan:
    """Choose the tiles to look at in several rasters of one grid: a cell is split for what any of
    them shows, and valid where all of them are.

    Args:
        views: rasters of the same size and transform, each with how it is shown; one at least.
        region, policy, budget, input_size, finest_gsd_m, in_parts: see `plan`; every tile counts
            once.

    Returns:
        As `plan`, and with the same errors; with `EmptyRegion` where no pixel is valid in all.
    """
    _check(budget, input_size)
    surveys = valid_in_all([survey_region(source, region, stretch) for source, stretch in views])
    tree = _tree(views[0][0], surveys[0], input_size, finest_gsd_m)
    scores = _Foreseen(tree, [make_policy(policy, survey) for survey in surveys], in_parts)
    choose = _uniform if policy == FixedPolicy.name else _best_first
    return tree.plan(choose(tree, scores, budget), policy, budget)


def plan_looking(
    source: RasterSource,
    region: Region,
    looker: Looker[Sight],
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
    stretch: Stretch,
) -> Looked[Sight]:
    """Choose the tiles by what is seen in those chosen so far, and hand over what was seen.

    Each tile is looked at once, when it enters the plan: the coarse level first, then always that
    part of a tile whose sight promises most, wherever its other parts leave room. All else, and the
    errors, as of `plan`.

    Args:
        source, region, budget, input_size, finest_gsd_m, stretch: see `plan`.
        looker: looks at tiles and says in which parts; what it raises passes through.

    Returns:
        The plan and, for each of its tiles, what the looker saw. The same for the same input, if
        the looker sees the same.

    Note:
        O(budget log budget) steps besides one look at each tile.
    """
    _check(budget, input_size)
    tree = _tree(source, survey_region(source, region, stretch), input_size, finest_gsd_m)
    scores = _Seen(tree, looker)
    made = tree.plan(_best_first(tree, scores, budget), looker.name, budget)
    return Looked(made, tuple(scores.sights))


def _check(budget: int, input_size: int) -> None:
    if budget < 1:
        raise BadRequest("The budget must be at least one tile.")
    if input_size < 1:
        raise BadRequest("The model's input must be at least one pixel wide.")


def _tree(
    source: RasterSource, survey: Survey, input_size: int, finest_gsd_m: Optional[float]
) -> _Tree:
    gsd = source.ground_sample_distance(survey.window) if finest_gsd_m else None
    least = least_cut_side(input_size, finest_gsd_m, gsd)
    return _Tree(survey, source.info.window, input_size, least)


class _Scores(Protocol):
    """What the search knows of the cells in the plan."""

    @property
    def reason(self) -> Callable[[float], str]:
        """Of a gain, a few words on why a cell was chosen."""

    def admitted(self, cells: Sequence[_Cell]) -> None:
        """Hear of cells that have just entered the plan, each once and in the plan's order."""

    def offer(self, index: int, cell: _Cell, taken: Sequence[Window]) -> Optional[_Offer]:
        """What to look at closer next in the cell of this number, that has these children already;
        None for nothing."""


class _Foreseen:
    """A policy over the coarse view knows all before; of several views the most promising one
    counts."""

    def __init__(self, tree: _Tree, policies: Sequence[Policy], in_parts: bool) -> None:
        self._tree = tree
        self._policies = policies
        self._in_parts = in_parts
        self._gains: Dict[Window, float] = {}
        self.reason = policies[0].reason

    def gain(self, window: Window) -> float:
        """Of looking closer there. A cell is asked about as a part and as a whole."""
        if window not in self._gains:
            self._gains[window] = max(policy.gain(window) for policy in self._policies)
        return self._gains[window]

    def best_first(self, windows: Sequence[Window]) -> List[Window]:
        """Windows by their gain; equal ones stay in reading order."""
        return sorted(windows, key=lambda window: -self.gain(window))

    def admitted(self, cells: Sequence[_Cell]) -> None:
        pass

    def offer(self, index: int, cell: _Cell, taken: Sequence[Window]) -> Optional[_Offer]:
        parts = [part for part in self._tree.parts(cell.window) if part not in taken]
        if not parts:
            return None
        if not self._in_parts:
            return _Offer(self.gain(cell.window), tuple(self.best_first(parts)))
        first, *_ = self.best_first(parts)
        return _Offer(self.gain(first), (first,))


class _Seen(Generic[Sight]):
    """A looker knows of a cell's parts what it saw of them in the cell."""

    def __init__(self, tree: _Tree, looker: Looker[Sight]) -> None:
        self._tree = tree
        self._looker = looker
        self.reason = looker.reason
        self.sights: List[Sight] = []

    def admitted(self, cells: Sequence[_Cell]) -> None:
        self.sights += self._looker.look([self._tree.tile(cell) for cell in cells])

    def offer(self, index: int, cell: _Cell, taken: Sequence[Window]) -> Optional[_Offer]:
        parts = [
            part
            for part in self._tree.parts(cell.window, self._looker.parts)
            if not any(part.intersection(other).area for other in taken)
        ]
        if not parts:
            return None
        gains = self.sights[index].gains(parts)
        best = int(np.argmax(gains))
        return _Offer(float(gains[best]), (parts[best],))


class _Tree:
    """The cells of one surveyed region; those without a valid pixel do not exist in it."""

    def __init__(self, survey: Survey, raster: Window, input_size: int, smallest_side: int) -> None:
        self._survey = survey
        self._raster = raster
        self._input_size = input_size
        self._smallest_side = smallest_side

    def roots(self, budget: int) -> List[_Cell]:
        """The coarse level."""
        window = self._survey.window
        valid = self._valid(root_windows(window, square_count(window, self._input_size)))
        if len(valid) > budget:
            valid = self._valid(root_windows(window, budget))
        return [_Cell(part, 0, None, 1.0, "overview of the region") for part in valid]

    def parts(
        self, window: Window, cut: Callable[[Window, int], Sequence[Window]] = split
    ) -> List[Window]:
        """Valid parts of a cell; none where the model sees it closely enough."""
        return self._valid(cut(window, self._smallest_side))

    def tile(self, cell: _Cell) -> Tile:
        """The cell as a tile of the plan."""
        read_window = grown(cell.window, self._raster, LEAST_READ_SIDE)
        return Tile(
            window=cell.window,
            read_window=read_window,
            scale=max(read_window.width, read_window.height) / self._input_size,
            level=cell.level,
            score=cell.score,
            reason=cell.reason,
            valid_fraction=self._survey.valid_fraction(cell.window),
            parent=cell.parent,
        )

    def plan(self, cells: Sequence[_Cell], policy: str, budget: int) -> DrisPlan:
        """The cells as a plan: leaves are those with something valid that no child shows."""
        taken: List[List[Window]] = [[] for _ in cells]
        for cell in cells:
            if cell.parent is not None:
                taken[cell.parent].append(cell.window)
        leaves = tuple(
            index
            for index, cell in enumerate(cells)
            if self._valid(remainder(cell.window, taken[index]))
        )
        tiles = tuple(self.tile(cell) for cell in cells)
        return DrisPlan(tiles, leaves, policy, budget, self._survey.shown)

    def _valid(self, windows: Sequence[Window]) -> List[Window]:
        return [window for window in windows if self._survey.valid_fraction(window) > 0]


def _best_first(tree: _Tree, scores: _Scores, budget: int) -> List[_Cell]:
    cells: List[_Cell] = []
    taken: List[List[Window]] = []
    waiting: List[Tuple[float, int, _Offer]] = []

    def wait(index: int) -> None:
        offer = scores.offer(index, cells[index], taken[index])
        if offer is not None and offer.gain > 0:
            heapq.heappush(waiting, (-offer.gain, index, offer))

    def admit(new: Sequence[_Cell]) -> None:
        first = len(cells)
        cells.extend(new)
        taken.extend([] for _ in new)
        scores.admitted(new)
        for index in range(first, len(cells)):
            wait(index)

    admit(tree.roots(budget))
    while waiting and len(cells) < budget:
        _, index, offer = heapq.heappop(waiting)
        if len(cells) + len(offer.windows) > budget:
            continue
        admit(_children(scores, cells[index], index, offer))
        taken[index] += offer.windows
        wait(index)
    return cells


def _children(scores: _Scores, cell: _Cell, index: int, offer: _Offer) -> List[_Cell]:
    reason = scores.reason(offer.gain)
    return [_Cell(part, cell.level + 1, index, offer.gain, reason) for part in offer.windows]


def _uniform(tree: _Tree, scores: _Foreseen, budget: int) -> List[_Cell]:
    """The coarse level and, under it, the deepest level that fits the budget."""
    roots = tree.roots(budget)
    # Beside each cell the coarse one it lies in: the levels between are not in the plan.
    frontier = list(enumerate(roots))
    while True:
        finer: List[Tuple[int, _Cell]] = []
        for root, cell in frontier:
            parts = tuple(scores.best_first(tree.parts(cell.window)))
            children = _children(scores, cell, root, _Offer(scores.gain(cell.window), parts))
            finer += [(root, child) for child in children or [cell]]
        added = [cell for _, cell in finer if cell.level > 0]
        if finer == frontier or len(roots) + len(added) > budget:
            break
        frontier = finer
    return [*roots, *(cell for _, cell in frontier if cell.level > 0)]
