"""Choosing the tiles: a quadtree over the region, refined where a policy expects most."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from typing import Generic, List, Optional, Protocol, Sequence, Tuple

from ..errors import BadRequest
from ..geometry import Region, Window
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from .plan import DrisPlan, Tile
from .policies import FixedPolicy, Policy, make_policy
from .quadtree import grown, root_windows, split, square_count
from .seeing import Looked, Looker, Sight
from .survey import Survey, survey_region, valid_in_all

# A model recognises little in fewer pixels than this, so smaller cells are read with surroundings.
LEAST_READ_SIDE = 96
# A cell this little larger than what the model takes in shows it next to nothing more when cut.
_WORTH_CUTTING = 1.25


@dataclass(frozen=True)
class _Cell:
    window: Window
    level: int
    parent: Optional[int]
    gain: float
    score: float
    reason: str


def plan(
    source: RasterSource,
    region: Region,
    policy: str,
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
    stretch: Stretch,
) -> DrisPlan:
    """Choose the tiles to look at, coarse to fine.

    The region's window is cut along its longer side into nearly square cells, the coarse level
    (fewer where the budget is smaller). `content` and `random` split the best cell again and again;
    `fixed` adds, to the coarse level, the deepest level that fits the budget whole. A cell is not
    split when the model already sees (nearly) each of its pixels, when it is seen at (nearly)
    `finest_gsd_m`, or when it is blank. Cells without a valid pixel are left out and cost nothing.

    Args:
        source: raster to read; only one coarse view of the region is read here.
        region: area of interest in the raster's CRS.
        policy: "fixed", "random" or "content", see `policies`.
        budget: most tile evaluations, the coarse level included; at least 1.
        input_size: pixels along the side of the model's square input.
        finest_gsd_m: finest ground sample distance the model knows, in metres per model pixel;
            None for no such limit. A raster without a CRS has none either.
        stretch: from `fit_stretch` on the same raster.

    Returns:
        Plan whose leaves partition the valid part of the region; the same for the same input.

    Raises:
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        BadRequest: no such policy, or a budget below 1.
        RasterNotReadable: the raster refuses.

    Note:
        O(budget log budget) steps and one read of at most 1024 x 1024 pixels. After DRIS, arXiv
        2512.23243, which gives no equations; the gain is ours.
    """
    return plan_together(((source, stretch),), region, policy, budget, input_size, finest_gsd_m)


def plan_together(
    views: Sequence[Tuple[RasterSource, Stretch]],
    region: Region,
    policy: str,
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
) -> DrisPlan:
    """Choose the tiles to look at in several rasters of one grid: a cell is split for what any of
    them shows, and valid where all of them are.

    Args:
        views: rasters of the same size and transform, each with how it is shown; one at least.
        region, policy, budget, input_size, finest_gsd_m: see `plan`; every tile counts once.

    Returns:
        As `plan`, and with the same errors; with `EmptyRegion` where no pixel is valid in all.
    """
    _check(budget, input_size)
    surveys = valid_in_all([survey_region(source, region, stretch) for source, stretch in views])
    tree = _tree(views[0][0], surveys[0], input_size, finest_gsd_m)
    scores = _Foreseen([make_policy(policy, survey) for survey in surveys])
    cells = tree.roots(scores, budget)
    if policy == FixedPolicy.name:
        cells, leaves = _uniform(tree, scores, cells, budget)
    else:
        cells, leaves = _best_first(tree, scores, cells, budget)
    return DrisPlan(tuple(tree.tile(cell) for cell in cells), tuple(leaves), policy, budget)


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

    Each tile is looked at once, when it enters the plan: the coarse level first, then always the
    children of the leaf whose sight promises most. All else, and the errors, as of `plan`.

    Args:
        source, region, budget, input_size, finest_gsd_m, stretch: see `plan`.
        looker: looks at tiles; what it raises passes through.

    Returns:
        The plan and, for each of its tiles, what the looker saw. The same for the same input, if
        the looker sees the same.

    Note:
        O(budget log budget) steps besides one look at each tile, several at a time.
    """
    _, tree = _prepared(source, region, budget, input_size, finest_gsd_m, stretch)
    scores = _Seen(tree, looker)
    cells, leaves = _best_first(tree, scores, tree.roots(scores, budget), budget)
    tiles = tuple(tree.tile(cell) for cell in cells)
    made = DrisPlan(tiles, tuple(leaves), looker.name, budget)
    return Looked(made, tuple(scores.sights))


def _prepared(
    source: RasterSource,
    region: Region,
    budget: int,
    input_size: int,
    finest_gsd_m: Optional[float],
    stretch: Stretch,
) -> Tuple[Survey, _Tree]:
    _check(budget, input_size)
    survey = survey_region(source, region, stretch)
    return survey, _tree(source, survey, input_size, finest_gsd_m)


def _check(budget: int, input_size: int) -> None:
    if budget < 1:
        raise BadRequest("The budget must be at least one tile.")
    if input_size < 1:
        raise BadRequest("The model's input must be at least one pixel wide.")


def _tree(
    source: RasterSource, survey: Survey, input_size: int, finest_gsd_m: Optional[float]
) -> _Tree:
    smallest_side = float(input_size)
    gsd = source.ground_sample_distance(survey.window) if finest_gsd_m else None
    if gsd and finest_gsd_m:
        smallest_side = max(smallest_side, input_size * finest_gsd_m / gsd)
    smallest = int(smallest_side * _WORTH_CUTTING)
    return _Tree(survey, source.info.window, input_size, smallest)


class _Scores(Protocol):
    """What the search knows of cells, before and after they entered the plan."""

    def expected(self, window: Window, parent: Optional[int]) -> float:
        """Gain of a cell that is not in the plan yet, under the cell of this number."""

    def admitted(self, cells: Sequence[_Cell]) -> List[float]:
        """Gains of cells that have just entered the plan, each once and in the plan's order."""

    def reason(self, gain: float) -> str:
        """A few words on why a cell's children were chosen."""


class _Foreseen:
    """A policy over the coarse view knows all before; of several views the most promising one
    counts."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = policies
        self.reason = policies[0].reason

    def expected(self, window: Window, parent: Optional[int]) -> float:
        return max(policy.gain(window) for policy in self._policies)

    def admitted(self, cells: Sequence[_Cell]) -> List[float]:
        return [cell.gain for cell in cells]


class _Seen(Generic[Sight]):
    """A looker knows of a cell what its parent showed, and more once it has looked."""

    def __init__(self, tree: _Tree, looker: Looker[Sight]) -> None:
        self._tree = tree
        self._looker = looker
        self.reason = looker.reason
        self.sights: List[Sight] = []

    def expected(self, window: Window, parent: Optional[int]) -> float:
        return 0.0 if parent is None else self.sights[parent].gain(window)

    def admitted(self, cells: Sequence[_Cell]) -> List[float]:
        sights = self._looker.look([self._tree.tile(cell) for cell in cells])
        self.sights += sights
        return [sight.gain(cell.window) for sight, cell in zip(sights, cells)]


class _Tree:
    """The quadtree over one surveyed region; cells without a valid pixel do not exist in it."""

    def __init__(self, survey: Survey, raster: Window, input_size: int, smallest_side: int) -> None:
        self._survey = survey
        self._raster = raster
        self._input_size = input_size
        self._smallest_side = smallest_side

    def roots(self, scores: _Scores, budget: int) -> List[_Cell]:
        window = self._survey.window
        valid = self._valid(root_windows(window, square_count(window, self._input_size)))
        if len(valid) > budget:
            valid = self._valid(root_windows(window, budget))
        return [
            _Cell(part, 0, None, scores.expected(part, None), 1.0, "overview of the region")
            for part in valid
        ]

    def children(self, cell: _Cell, parent: int, scores: _Scores) -> List[_Cell]:
        """Valid children, best first; none when the cell is not to be split."""
        reason = scores.reason(cell.gain)
        children = [
            _Cell(part, cell.level + 1, parent, scores.expected(part, parent), cell.gain, reason)
            for part in self._valid(split(cell.window, self._smallest_side))
        ]
        # sorted() is stable: equal gains stay in reading order.
        return sorted(children, key=lambda child: -child.gain)

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

    def _valid(self, windows: Sequence[Window]) -> List[Window]:
        return [window for window in windows if self._survey.valid_fraction(window) > 0]


def _best_first(
    tree: _Tree, scores: _Scores, roots: Sequence[_Cell], budget: int
) -> Tuple[List[_Cell], List[int]]:
    cells: List[_Cell] = []
    leaves = set()
    waiting: List[Tuple[float, int]] = []

    def admit(new: Sequence[_Cell]) -> None:
        for cell, gain in zip(new, scores.admitted(new)):
            leaves.add(len(cells))
            heapq.heappush(waiting, (-gain, len(cells)))
            cells.append(replace(cell, gain=gain))

    admit(roots)
    while waiting and len(cells) < budget:
        _, index = heapq.heappop(waiting)
        if cells[index].gain == 0:
            break
        children = tree.children(cells[index], index, scores)
        # All of a cell's children or none, or the leaves would not partition the region.
        if not children or len(cells) + len(children) > budget:
            continue
        leaves.remove(index)
        admit(children)
    return cells, sorted(leaves)


def _uniform(
    tree: _Tree, scores: _Scores, roots: List[_Cell], budget: int
) -> Tuple[List[_Cell], List[int]]:
    """The coarse level and, under it, the deepest level that fits the budget."""
    frontier = [replace(root, parent=index) for index, root in enumerate(roots)]
    while True:
        finer: List[_Cell] = []
        for cell in frontier:
            # `parent` is the coarse cell throughout: the levels between are not in the plan.
            finer += tree.children(cell, cell.parent or 0, scores) or [cell]
        added = sum(cell.level > 0 for cell in finer)
        if finer == frontier or len(roots) + added > budget:
            break
        frontier = finer
    cells = list(roots)
    leaves = []
    for cell in frontier:
        if cell.level == 0:
            leaves.append(cell.parent or 0)
        else:
            leaves.append(len(cells))
            cells.append(cell)
    return cells, sorted(leaves)
