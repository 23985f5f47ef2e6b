"""What a planner that looks while it plans asks of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, Sequence, Tuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window
from .plan import DrisPlan, Tile


class _Promising(Protocol):
    """What was seen in one tile."""

    def gains(self, windows: Sequence[Window]) -> NDArray[np.float64]:
        """What looking closer at each of some parts of the tile is expected to bring [N], in 0..1;
        0 for nothing."""


Sight = TypeVar("Sight", bound=_Promising)
_Seen = TypeVar("_Seen", bound=_Promising, covariant=True)


class Looker(Protocol[_Seen]):
    """Looks at tiles; `name` is that of the policy."""

    @property
    def name(self) -> str:
        """As it stands in the plan."""

    def parts(self, window: Window, smallest_side: int) -> Tuple[Window, ...]:
        """Parts of a cell that may be looked at closer, see `quadtree.split`; they may overlap."""

    def look(self, tiles: Sequence[Tile]) -> Sequence[_Seen]:
        """What is seen in each tile, in their order; the same for the same tile."""

    def reason(self, gain: float) -> str:
        """A few words on why a tile was chosen."""


@dataclass(frozen=True)
class Looked(Generic[Sight]):
    """A plan and what was seen in each of its tiles, so that nothing need be looked at twice."""

    plan: DrisPlan
    sights: Tuple[Sight, ...]
