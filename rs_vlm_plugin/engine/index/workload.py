"""How much of a build is done, in tiles: expected beforehand, planned once a raster is opened."""

from __future__ import annotations

from typing import Dict, Mapping


class Workload:
    """The tiles that a build has yet to look at, and those it has looked at.

    What is expected of a raster is about the most that it may take, so the share jumps ahead where
    its plan turns out smaller, and is 1 once every raster has ended.

    Attributes:
        seen: tiles looked at.
        total: tiles in all, those that are still only expected among them.

    Args:
        expected: most tiles of each raster, by uri.
    """

    def __init__(self, expected: Mapping[str, int]) -> None:
        self._left: Dict[str, int] = dict(expected)
        self._share = 0.0
        self.seen = 0
        self.total = sum(expected.values())

    @property
    def share(self) -> float:
        """0 to 1, never less than before."""
        self._share = max(self._share, self.seen / max(1, self.total))
        return self._share

    def plan(self, uri: str, tiles: int) -> None:
        """Hear how many tiles a raster has left to look at; those stored before do not count."""
        self.total += tiles - self._left[uri]
        self._left[uri] = tiles

    def look(self, uri: str, tiles: int) -> None:
        """Hear that so many more of a raster's tiles have been looked at."""
        self.seen += tiles
        self._left[uri] -= tiles

    def end(self, uri: str) -> None:
        """Hear that nothing more comes of a raster, be it whole or not."""
        self.plan(uri, 0)
