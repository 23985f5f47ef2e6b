"""A float image in metres: anti-aliased convex shapes over noise that looks like ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Colour = tuple[float, float, float]
Grid = NDArray[np.float32]

SUN = (0.62, -0.5)
"""Where shadows fall, metres right and down per metre of height."""


class Canvas:
    """Pixels of `gsd_m` metres, addressed in metres from the upper left, x right, y down."""

    def __init__(self, width: int, height: int, gsd_m: float, rng: np.random.Generator) -> None:
        self.gsd_m = gsd_m
        self.rng = rng
        self.pixels: Grid = np.zeros((height, width, 3), np.float32)
        self.grain: Grid = rng.standard_normal((height, width), np.float32)
        self._waves: dict[float, Grid] = {}
        self._clip = (0, height, 0, width)

    @property
    def width_m(self) -> float:
        """Metres from left to right."""
        return self.pixels.shape[1] * self.gsd_m

    @property
    def height_m(self) -> float:
        """Metres from top to bottom."""
        return self.pixels.shape[0] * self.gsd_m

    def waves(self, wavelength_m: float) -> Grid:
        """Smooth noise of about unit variance with patches of that size; the same on every call."""
        if wavelength_m not in self._waves:
            height, width = self.pixels.shape[:2]
            self._waves[wavelength_m] = smooth_noise(
                height, width, wavelength_m / self.gsd_m, self.rng
            )
        return self._waves[wavelength_m]

    def clip_to(self, left: float, top: float, width: float, height: float) -> None:
        """Paint only inside this rectangle (metres) from now on."""
        rows, cols = self.pixels.shape[:2]
        self._clip = (
            max(0, round(top / self.gsd_m)),
            min(rows, round((top + height) / self.gsd_m)),
            max(0, round(left / self.gsd_m)),
            min(cols, round((left + width) / self.gsd_m)),
        )

    def polygon(
        self,
        corners: Sequence[Point],
        colour: Colour,
        opacity: float = 1.0,
        grain: float = 3.0,
        patches: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Paint a convex polygon.

        Args:
            corners: in metres, in either turning sense.
            colour: RGB 0..255.
            opacity: 0..1.
            grain: standard deviation of the per-pixel brightness noise.
            patches: (wavelength in metres, strength) of smooth brightness noise to add.
        """
        points = np.asarray(corners, np.float32) / self.gsd_m
        following = np.roll(points, -1, axis=0)
        edges = following - points
        if float(np.sum(points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1])) < 0:
            edges = -edges
        window = self._window(points.min(axis=0), points.max(axis=0))
        if window is None:
            return
        rows, cols = _pixel_centres(window)
        inside = np.full((rows.shape[0], cols.shape[1]), np.inf, np.float32)
        for (px, py), (ex, ey) in zip(points.tolist(), edges.tolist(), strict=True):
            length = float(np.hypot(ex, ey))
            if length > 0:
                np.minimum(inside, (ex * (rows - py) - ey * (cols - px)) / length, out=inside)
        self._blend(window, np.clip(inside + 0.5, 0, 1), colour, opacity, grain, patches)

    def disc(
        self,
        centre: Point,
        radius_m: float,
        colour: Colour,
        opacity: float = 1.0,
        grain: float = 3.0,
        soft_m: float = 0.0,
    ) -> None:
        """Paint a disc whose edge fades over `soft_m` metres (one pixel at least)."""
        middle = np.asarray(centre, np.float32) / self.gsd_m
        radius = radius_m / self.gsd_m
        window = self._window(middle - radius, middle + radius)
        if window is None:
            return
        rows, cols = _pixel_centres(window)
        distance = np.sqrt((rows - middle[1]) ** 2 + (cols - middle[0]) ** 2)
        fade = max(1.0, soft_m / self.gsd_m)
        self._blend(
            window, np.clip((radius - distance) / fade + 0.5, 0, 1), colour, opacity, grain, ()
        )

    def stroke(
        self,
        path: Sequence[Point],
        width_m: float,
        colour: Colour,
        opacity: float = 1.0,
        grain: float = 3.0,
        patches: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Paint a line with round joints."""
        points = np.asarray(path, np.float32) / self.gsd_m
        half = width_m / self.gsd_m / 2
        window = self._window(points.min(axis=0) - half, points.max(axis=0) + half)
        if window is None:
            return
        rows, cols = _pixel_centres(window)
        nearest = np.full((rows.shape[0], cols.shape[1]), np.inf, np.float32)
        for (ax, ay), (bx, by) in zip(points[:-1].tolist(), points[1:].tolist(), strict=True):
            dx, dy = bx - ax, by - ay
            along = ((cols - ax) * dx + (rows - ay) * dy) / max(dx * dx + dy * dy, 1e-9)
            np.clip(along, 0, 1, out=along)
            np.minimum(
                nearest, (cols - ax - along * dx) ** 2 + (rows - ay - along * dy) ** 2, out=nearest
            )
        coverage = np.clip(half - np.sqrt(nearest) + 0.5, 0, 1) * min(1.0, 2 * half)
        self._blend(window, coverage, colour, opacity, grain, patches)

    def below(
        self,
        edge_m: Grid,
        colour: Colour,
        grain: float = 3.0,
        patches: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Paint everything below a curve given per column, in metres."""
        height, width = self.pixels.shape[:2]
        rows, cols = _pixel_centres((0, height, 0, width))
        edge = edge_m / self.gsd_m
        distance = rows - np.broadcast_to(edge, cols.shape)
        self._blend(
            (0, height, 0, width), np.clip(distance + 0.5, 0, 1), colour, 1.0, grain, patches
        )

    def shadow(self, corners: Sequence[Point], height_m: float) -> None:
        """Darken the ground where a convex body of that height keeps the sun off."""
        moved = [(x + SUN[0] * height_m, y - SUN[1] * height_m) for x, y in corners]
        self.polygon(convex_hull([*corners, *moved]), (22, 26, 34), 0.52, 0.0)

    def image(self) -> NDArray[np.uint8]:
        """What a camera would have seen: slightly blurred, lit unevenly, with sensor noise."""
        padded = np.pad(self.pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
        rows = 0.2 * (padded[:-2] + padded[2:]) + 0.6 * padded[1:-1]
        seen = 0.2 * (rows[:, :-2] + rows[:, 2:]) + 0.6 * rows[:, 1:-1]
        light = 1.0 + 0.03 * self.waves(max(self.width_m, self.height_m) / 2)
        seen *= light[..., None]
        seen += self.rng.standard_normal(seen.shape, np.float32) * 1.5
        return np.clip(seen, 0, 255).astype(np.uint8)

    def _window(self, low: Grid, high: Grid) -> tuple[int, int, int, int] | None:
        first_row, end_row, first_col, end_col = self._clip
        row0, row1 = max(first_row, int(low[1]) - 1), min(end_row, int(high[1]) + 2)
        col0, col1 = max(first_col, int(low[0]) - 1), min(end_col, int(high[0]) + 2)
        return (row0, row1, col0, col1) if row0 < row1 and col0 < col1 else None

    def _blend(
        self,
        window: tuple[int, int, int, int],
        coverage: Grid,
        colour: Colour,
        opacity: float,
        grain: float,
        patches: Sequence[tuple[float, float]],
    ) -> None:
        row0, row1, col0, col1 = window
        here = (slice(row0, row1), slice(col0, col1))
        paint: Grid = np.empty((row1 - row0, col1 - col0, 3), np.float32)
        paint[:] = colour
        if grain or patches:
            shade = self.grain[here] * np.float32(grain)
            for wavelength_m, strength in patches:
                shade = shade + self.waves(wavelength_m)[here] * np.float32(strength)
            paint += shade[..., None]
        target = self.pixels[here]
        target += (paint - target) * (coverage * np.float32(opacity))[..., None]


def smooth_noise(height: int, width: int, wavelength: float, rng: np.random.Generator) -> Grid:
    """Two octaves of noise `[height, width]` of about unit variance; `wavelength` in pixels."""
    total = np.zeros((height, width), np.float32)
    for octave, weight in ((1.0, 1.0), (0.5, 0.5)):
        step = max(1.5, wavelength * octave)
        grid = rng.standard_normal((int(height / step) + 3, int(width / step) + 3), np.float32)
        total += weight * (
            _interpolation(height, step, grid.shape[0])
            @ grid
            @ _interpolation(width, step, grid.shape[1]).T
        )
    return total * np.float32(1.5 / 1.12)


def convex_hull(points: Sequence[Point]) -> list[Point]:
    """Corners of the smallest convex polygon around the points (monotone chain)."""
    ordered = sorted(set(points))

    def half(sequence: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for x, y in sequence:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2], chain[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def rectangle(centre: Point, length_m: float, width_m: float, angle: float) -> list[Point]:
    """Corners of a rectangle whose long side points along `angle` (radians, clockwise)."""
    return place(
        [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)], centre, length_m, width_m, angle
    )


def place(
    shape: Sequence[Point], centre: Point, length_m: float, width_m: float, angle: float
) -> list[Point]:
    """A shape drawn in units of its own length and width, turned and set down on the ground."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    return [
        (
            centre[0] + cos * u * length_m - sin * v * width_m,
            centre[1] + sin * u * length_m + cos * v * width_m,
        )
        for u, v in shape
    ]


def _interpolation(size: int, step: float, knots: int) -> Grid:
    """Matrix that takes `knots` values to `size` pixels with a smooth (smoothstep) blend."""
    position = np.arange(size) / step
    left = position.astype(int)
    blend = position - left
    blend = (blend * blend * (3 - 2 * blend)).astype(np.float32)
    matrix = np.zeros((size, knots), np.float32)
    every = np.arange(size)
    matrix[every, left] = 1 - blend
    matrix[every, left + 1] = blend
    return matrix


def _pixel_centres(window: tuple[int, int, int, int]) -> tuple[Grid, Grid]:
    row0, row1, col0, col1 = window
    return (
        np.arange(row0, row1, dtype=np.float32)[:, None] + np.float32(0.5),
        np.arange(col0, col1, dtype=np.float32)[None, :] + np.float32(0.5),
    )
