"""What a planner that looks while it plans asks of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, Sequence, Tuple, TypeVar

from ..geometry import Window
from .plan import DrisPlan, Tile


class _Promising(Protocol):
    """What was seen in one tile."""

    def gain(self, window: Window) -> float:
        """What looking closer at a part of the tile is expected to bring, in 0..1; 0 for
        nothing."""


Sight = TypeVar("Sight", bound=_Promising)
_Seen = TypeVar("_Seen", bound=_Promising, covariant=True)


class Looker(Protocol[_Seen]):
    """Looks at tiles; `name` is that of the policy."""

    @property
    def name(self) -> str:
        """As it stands in the plan."""

    def look(self, tiles: Sequence[Tile]) -> Sequence[_Seen]:
        """What is seen in each tile, in their order; the same for the same tile."""

    def reason(self, gain: float) -> str:
        """A few words on why a tile's children were chosen."""


@dataclass(frozen=True)
class Looked(Generic[Sight]):
    """A plan and what was seen in each of its tiles, so that nothing need be looked at twice."""

    plan: DrisPlan
    sights: Tuple[Sight, ...]

    @property
    def leaves(self) -> Tuple[Sight, ...]:
        """What was seen in the plan's leaves."""
        return tuple(self.sights[index] for index in self.plan.leaves)
