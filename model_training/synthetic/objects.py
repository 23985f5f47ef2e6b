"""Things that can be counted, drawn to real size.

Each function returns the corners of what it drew, in metres.
"""

from __future__ import annotations

import numpy as np

from .canvas import Canvas, Colour, Point, place, rectangle

ROOFS: tuple[Colour, ...] = (
    (158, 92, 76),
    (136, 108, 92),
    (126, 124, 126),
    (172, 128, 98),
    (104, 92, 90),
)
HULLS: tuple[Colour, ...] = ((196, 200, 204), (92, 64, 58), (64, 78, 98), (150, 62, 54))
CAR_PAINT: tuple[Colour, ...] = (
    (226, 226, 224),
    (52, 54, 60),
    (150, 152, 156),
    (146, 46, 42),
    (58, 78, 122),
)
COURTS: tuple[tuple[Colour, Colour], ...] = (
    ((74, 118, 84), (64, 92, 142)),
    ((72, 116, 80), (164, 92, 66)),
    ((150, 92, 70), (82, 128, 86)),
)


FUSELAGE: tuple[Point, ...] = (
    (0.5, 0.0),
    (0.44, 0.045),
    (-0.36, 0.05),
    (-0.5, 0.012),
    (-0.5, -0.012),
    (-0.36, -0.05),
    (0.44, -0.045),
)


def pick(canvas: Canvas, colours: tuple[Colour, ...]) -> Colour:
    """One of the colours, by the canvas's own random numbers."""
    return colours[int(canvas.rng.integers(len(colours)))]


def shade(colour: Colour, factor: float) -> Colour:
    """The colour lit more or less."""
    return colour[0] * factor, colour[1] * factor, colour[2] * factor


def house(
    canvas: Canvas, centre: Point, length_m: float, width_m: float, angle: float
) -> list[Point]:
    """A gabled house: two roof halves, the sunny one brighter, and its shadow."""
    walls = rectangle(centre, length_m, width_m, angle)
    roof = pick(canvas, ROOFS)
    canvas.shadow(walls, 5.0)
    for side, light in ((-1, 1.12), (1, 0.78)):
        half = place(
            [(-0.5, 0), (0.5, 0), (0.5, side * 0.5), (-0.5, side * 0.5)],
            centre,
            length_m,
            width_m,
            angle,
        )
        canvas.polygon(half, shade(roof, light), grain=4)
    return walls


def hall(
    canvas: Canvas, centre: Point, length_m: float, width_m: float, angle: float
) -> list[Point]:
    """A large flat-roofed building with roof lights."""
    walls = rectangle(centre, length_m, width_m, angle)
    canvas.shadow(walls, 9.0)
    canvas.polygon(walls, (186, 186, 182), grain=3, patches=((12.0, 4.0),))
    canvas.polygon(rectangle(centre, length_m - 2, width_m - 2, angle), (204, 204, 200), grain=3)
    for u in np.linspace(-0.35, 0.35, max(2, int(length_m / 12))):
        spot = place([(float(u), 0.0)], centre, length_m, width_m, angle)[0]
        canvas.polygon(rectangle(spot, 2.4, width_m * 0.5, angle), (150, 162, 172), grain=2)
    return walls


def plane(canvas: Canvas, centre: Point, length_m: float, angle: float) -> list[Point]:
    """An airliner, nose towards `angle`."""
    parts = [
        ([(0.12, 0.03), (-0.06, 0.03), (-0.2, 0.48), (-0.11, 0.48)], 1.0),
        ([(0.12, -0.03), (-0.06, -0.03), (-0.2, -0.48), (-0.11, -0.48)], 0.93),
        ([(-0.36, 0.02), (-0.46, 0.02), (-0.5, 0.17), (-0.44, 0.17)], 0.96),
        ([(-0.36, -0.02), (-0.46, -0.02), (-0.5, -0.17), (-0.44, -0.17)], 0.9),
        (
            FUSELAGE,
            1.04,
        ),
    ]
    drawn = [(place(shape, centre, length_m, length_m, angle), light) for shape, light in parts]
    for corners, _ in drawn:
        canvas.polygon([(x + 1.8, y + 1.5) for x, y in corners], (30, 32, 38), 0.45, 0.0)
    for corners, light in drawn:
        canvas.polygon(corners, shade((226, 228, 231), light), grain=2)
    tail = place([(-0.38, 0.0), (-0.5, 0.0)], centre, length_m, length_m, angle)
    canvas.stroke(tail, 1.1, pick(canvas, ((176, 52, 46), (46, 82, 150), (60, 120, 92))))
    return [point for corners, _ in drawn for point in corners]


def storage_tank(canvas: Canvas, centre: Point, radius_m: float) -> list[Point]:
    """A cylindrical tank seen from above: bright rim, floating roof, shadow inside and out."""
    x, y = centre
    for step in (0.35, 0.7, 1.0):
        canvas.disc((x + 5.5 * step, y + 4.4 * step), radius_m, (24, 28, 34), 0.4, 0.0)
    tint = pick(canvas, ((226, 226, 222), (198, 192, 180), (176, 164, 150)))
    canvas.disc(centre, radius_m, tint, grain=2)
    canvas.disc(centre, radius_m * 0.92, shade(tint, 0.74), grain=2)
    canvas.disc((x + radius_m * 0.08, y + radius_m * 0.06), radius_m * 0.84, shade(tint, 0.93))
    canvas.disc(centre, radius_m * 0.12, shade(tint, 0.7), grain=0)
    return [(x - radius_m, y - radius_m), (x + radius_m, y + radius_m)]


def ship(canvas: Canvas, centre: Point, length_m: float, angle: float) -> list[Point]:
    """A ship with pointed bow, lighter deck, bridge house and, on cargo ships, hatches."""
    width_m = length_m * 0.2
    outline = [(0.5, 0.0), (0.3, 0.5), (-0.46, 0.5), (-0.5, 0.3)]
    outline += [(-0.5, -0.3), (-0.46, -0.5), (0.3, -0.5)]
    hull = place(outline, centre, length_m, width_m, angle)
    canvas.polygon([(x + 1.6, y + 1.3) for x, y in hull], (16, 28, 36), 0.5, 0.0)
    paint = pick(canvas, HULLS)
    canvas.polygon(hull, paint, grain=2)
    deck = [(u * 0.93, v * 0.78) for u, v in outline]
    canvas.polygon(place(deck, centre, length_m, width_m, angle), (178, 170, 158), grain=3)
    if length_m > 30:
        for u in (-0.14, 0.04, 0.22):
            spot = place([(u, 0.0)], centre, length_m, width_m, angle)[0]
            canvas.polygon(
                rectangle(spot, length_m * 0.13, width_m * 0.55, angle), shade(paint, 0.85)
            )
    bridge = place([(-0.36, 0.0)], centre, length_m, width_m, angle)[0]
    canvas.polygon(rectangle(bridge, length_m * 0.12, width_m * 0.7, angle), (238, 238, 236))
    return hull


def tennis_court(canvas: Canvas, centre: Point, angle: float) -> list[Point]:
    """A court of true size, 36.6 x 18.3 m with its surround, with lines and net."""
    around, court = COURTS[int(canvas.rng.integers(len(COURTS)))]
    fence = rectangle(centre, 36.6, 18.3, angle)
    canvas.polygon(fence, around, grain=2.5)
    canvas.polygon(rectangle(centre, 23.8, 11.0, angle), court, grain=2)
    lines = [((-11.9, v), (11.9, v)) for v in (-5.5, -4.1, 4.1, 5.5)] + [
        ((u, -5.5), (u, 5.5)) for u in (-11.9, 11.9)
    ]
    lines += [((-6.4, -4.1), (-6.4, 4.1)), ((6.4, -4.1), (6.4, 4.1)), ((-6.4, 0.0), (6.4, 0.0))]
    for line in lines:
        canvas.stroke(place(line, centre, 1, 1, angle), 0.5, (232, 234, 232), 0.9, 0)
    net = place([(0.0, -6.2), (0.0, 6.2)], centre, 1, 1, angle)
    canvas.stroke(net, 0.5, (40, 46, 44), 0.8, 0)
    return fence


def tree(canvas: Canvas, centre: Point, radius_m: float) -> list[Point]:
    """A crown lit from one side, with its shadow."""
    x, y = centre
    green = 0.75 + 0.5 * float(canvas.rng.random())
    canvas.disc(
        (x + radius_m * 0.7, y + radius_m * 0.6), radius_m, (20, 28, 26), 0.5, 0, radius_m / 2
    )
    canvas.disc(centre, radius_m, shade((46, 72, 40), green), grain=8, soft_m=radius_m * 0.4)
    lit = (x - radius_m * 0.3, y - radius_m * 0.25)
    canvas.disc(lit, radius_m * 0.55, shade((84, 112, 62), green), 0.75, 9, radius_m * 0.5)
    return [(x - radius_m, y - radius_m), (x + radius_m, y + radius_m)]


def car(canvas: Canvas, centre: Point, angle: float) -> list[Point]:
    """A parked car, 4.4 x 1.9 m."""
    body = rectangle(centre, 4.4, 1.9, angle)
    canvas.polygon([(x + 0.6, y + 0.5) for x, y in body], (26, 28, 32), 0.5, 0)
    canvas.polygon(body, pick(canvas, CAR_PAINT), grain=2)
    canvas.polygon(rectangle(centre, 1.9, 1.6, angle), (58, 66, 76), 0.55, 0)
    return body
