"""A plot of ground on a canvas, and a record of everything put on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .canvas import Canvas, Colour, Point, rectangle

Patches = Sequence[tuple[float, float]]
Box = tuple[float, float, float, float]


class Stage:
    """Where a scene is composed: a rectangle of `canvas`, all in metres."""

    def __init__(
        self, canvas: Canvas, left: float, top: float, width: float, height: float
    ) -> None:
        self.canvas = canvas
        self.rng = canvas.rng
        self.left, self.top, self.width, self.height = left, top, width, height
        self.objects: list[tuple[str, Box]] = []
        self.surfaces: list[str] = []
        self._taken: list[tuple[float, float, float]] = []

    def at(self, u: float, v: float) -> Point:
        """The point at these fractions of the plot's width and height."""
        return self.left + u * self.width, self.top + v * self.height

    def uniform(self, low: float, high: float) -> float:
        """A random number between the two."""
        return float(self.rng.uniform(low, high))

    def number(self, low: int, high: int) -> int:
        """A random whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def ground(self, surface: str, colour: Colour, grain: float, patches: Patches) -> None:
        """Cover the whole plot."""
        corners = [self.at(0, 0), self.at(1, 0), self.at(1, 1), self.at(0, 1)]
        # Half a pixel over the edge, or a seam shows between neighbouring plots.
        over = self.canvas.gsd_m
        middle = self.at(0.5, 0.5)
        grown = [
            (x + (over if x > middle[0] else -over), y + (over if y > middle[1] else -over))
            for x, y in corners
        ]
        self.canvas.polygon(grown, colour, grain=grain, patches=patches)
        self.surface(surface)

    def surface(self, name: str) -> None:
        """Note that this land cover is to be seen."""
        if name not in self.surfaces:
            self.surfaces.append(name)

    def add(self, category: str, corners: Sequence[Point], clearance_m: float = 1.0) -> None:
        """Record a thing just drawn and keep its place free of others."""
        points = np.asarray(corners)
        low, high = points.min(axis=0), points.max(axis=0)
        self.objects.append(
            (category, (float(low[0]), float(low[1]), float(high[0]), float(high[1])))
        )
        middle = (low + high) / 2
        radius = float(np.hypot(*(high - low))) / 2
        self.reserve((float(middle[0]), float(middle[1])), radius * 0.8 + clearance_m)

    def reserve(self, centre: Point, radius_m: float) -> None:
        """Keep a disc of ground free."""
        self._taken.append((centre[0], centre[1], radius_m))

    def reserve_path(self, path: Sequence[Point], radius_m: float) -> None:
        """Keep a road or river free."""
        for (ax, ay), (bx, by) in zip(path[:-1], path[1:], strict=True):
            steps = max(2, int(np.hypot(bx - ax, by - ay) / max(radius_m, 1.0)) + 1)
            for t in np.linspace(0, 1, steps).tolist():
                self.reserve((ax + t * (bx - ax), ay + t * (by - ay)), radius_m)

    def is_free(self, centre: Point, radius_m: float) -> bool:
        """Whether a disc lies in the plot and touches nothing placed so far."""
        x, y = centre
        if not (
            self.left + radius_m <= x <= self.left + self.width - radius_m
            and self.top + radius_m <= y <= self.top + self.height - radius_m
        ):
            return False
        return all(
            (x - tx) ** 2 + (y - ty) ** 2 >= (radius_m + tr) ** 2 for tx, ty, tr in self._taken
        )

    def free_place(self, radius_m: float, tries: int = 30) -> Point | None:
        """A random free disc of ground, or None where the plot is full."""
        for _ in range(tries):
            centre = self.at(self.uniform(0, 1), self.uniform(0, 1))
            if self.is_free(centre, radius_m):
                return centre
        return None

    def road(self, path: Sequence[Point], width_m: float = 7.0) -> None:
        """An asphalt road with pale shoulders and a middle line; nothing is placed on it."""
        self.canvas.stroke(path, width_m * 1.35, (160, 152, 136), 0.8)
        self.canvas.stroke(path, width_m, (108, 110, 112), grain=3, patches=((25.0, 3.0),))
        self.canvas.stroke(path, 0.45, (214, 212, 200), 0.75, 0)
        self.reserve_path(path, width_m * 0.75)
        self.surface("road")

    def parcel(
        self, centre: Point, length_m: float, width_m: float, angle: float, colour: Colour
    ) -> None:
        """A field with the furrows of its machine."""
        self.canvas.polygon(
            rectangle(centre, length_m, width_m, angle),
            colour,
            grain=4,
            patches=((45.0, 7.0), (9.0, 3.0)),
        )

    def meander(self, horizontal: bool, swing: float) -> list[Point]:
        """A winding line across the plot, from edge to edge."""
        start, phase = self.uniform(0.3, 0.7), self.uniform(0, 6.28)
        steps = np.linspace(-0.08, 1.08, 14)
        across = np.clip(start + swing * np.sin(3.6 * steps + phase), 0.08, 0.92)
        if horizontal:
            return [self.at(float(t), float(a)) for t, a in zip(steps, across, strict=True)]
        return [self.at(float(a), float(t)) for t, a in zip(steps, across, strict=True)]
