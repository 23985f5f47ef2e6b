"""Scenes of open land and water: farmland, forest, river, beach, harbour."""

from __future__ import annotations

import numpy as np

from . import objects
from .canvas import Colour, Point, rectangle
from .stage import Stage
from .wording import several, verb

FIELDS: tuple[Colour, ...] = (
    (112, 128, 74),
    (146, 138, 92),
    (88, 116, 64),
    (166, 148, 112),
    (128, 108, 84),
    (104, 138, 78),
)
FOREST: Colour = (50, 74, 44)
WATER: Colour = (48, 78, 88)
Captions = tuple[str, ...]


def scatter_trees(stage: Stage, count: int) -> int:
    """Plant up to `count` single trees on free ground; returns how many found room."""
    planted = 0
    for _ in range(count):
        radius = stage.uniform(2.2, 4.2)
        centre = stage.free_place(radius, tries=8)
        if centre is not None:
            objects.tree(stage.canvas, centre, radius)
            stage.reserve(centre, radius)
            planted += 1
    if planted:
        stage.surface("trees")
    return planted


def farmland(stage: Stage) -> Captions:
    """Parcels of different crops along a road, sometimes a farmhouse."""
    stage.ground("farmland", (128, 130, 88), 4, ((60.0, 6.0),))
    columns = max(2, round(stage.width / stage.uniform(60, 90)))
    rows = max(2, round(stage.height / stage.uniform(50, 80)))
    for row in range(rows):
        merged = False
        for column in range(columns):
            if merged:
                merged = False
                continue
            merged = column + 1 < columns and stage.rng.random() < 0.3
            span = 2 if merged else 1
            centre = stage.at((column + span / 2) / columns, (row + 0.5) / rows)
            length = span * stage.width / columns - 2.5
            width = stage.height / rows - 2.5
            colour = objects.pick(stage.canvas, FIELDS)
            stage.parcel(centre, length, width, 0.0, colour)
            _furrows(stage, centre, length, width, colour)
    across = stage.number(1, columns - 1) / columns
    stage.road([stage.at(across, -0.05), stage.at(across, 1.05)], 6.0)
    farms = stage.number(0, 2) if stage.width < 300 else stage.number(3, 5)
    built = 0
    for _ in range(farms):
        yard = stage.free_place(11.0)
        if yard is not None:
            stage.canvas.disc(yard, 14, (150, 140, 116), 0.85, 5, 8)
            corners = objects.house(stage.canvas, yard, 17, 10, stage.uniform(0, 3.1))
            stage.add("house", corners, 4)
            built += 1
    trees = scatter_trees(stage, stage.number(3, 8) * (1 if stage.width < 300 else 6))
    captions = [
        "Many pieces of farmland are on two sides of a road",
        "A straight road crosses fields of different colours",
        "It is a patchwork of green and brown farmland",
    ]
    if built:
        captions.append(f"{several(built, 'house')} {verb(built)} surrounded by farmland")
    if trees:
        captions.append("Some trees are scattered among the fields")
    return tuple(captions)


def _furrows(stage: Stage, centre: Point, length: float, width: float, colour: Colour) -> None:
    """Lines of the machine, in the light of the field's own colour, at most a dozen a field."""
    lengthwise = stage.rng.random() < 0.5
    run, span = (length, width) if lengthwise else (width, length)
    for offset in np.linspace(-0.45, 0.45, min(12, int(span / 5))).tolist():
        ends = [(-0.49 * run, offset * span), (0.49 * run, offset * span)]
        path = [
            (centre[0] + (a if lengthwise else b), centre[1] + (b if lengthwise else a))
            for a, b in ends
        ]
        stage.canvas.stroke(path, 1.2, objects.shade(colour, 0.9), 0.6, 2)


def forest(stage: Stage) -> Captions:
    """Dense trees, sometimes crossed by a road."""
    stage.ground("trees", FOREST, 9, ((5.0, 15.0), (14.0, 7.0), (90.0, 5.0)))
    captions = [
        "Many green trees are in a piece of forest",
        "It is a dense forest of dark green trees",
        "The forest covers the whole area",
    ]
    if stage.rng.random() < 0.5:
        stage.road(stage.meander(stage.rng.random() < 0.5, 0.15), 6.0)
        captions[2] = "A winding road passes through the dense forest"
    for _ in range(14):
        centre = stage.free_place(4.0, tries=5)
        if centre is not None:
            objects.tree(stage.canvas, centre, stage.uniform(3.0, 4.5))
    return tuple(captions)


def river(stage: Stage) -> Captions:
    """A winding river between meadow and trees, sometimes under a bridge."""
    stage.ground("grass", (108, 122, 76), 5, ((40.0, 8.0), (8.0, 4.0)))
    horizontal = stage.rng.random() < 0.5
    course = stage.meander(horizontal, 0.16)
    width = stage.uniform(22, 36)
    stage.canvas.stroke(course, width + 9, (142, 132, 104), 0.9, 5)
    stage.canvas.stroke(course, width, (66, 92, 88), grain=2, patches=((30.0, 4.0),))
    stage.surface("water")
    stage.reserve_path(course, width * 0.62)
    captions = [
        "A winding river passes through green meadows",
        "Some trees are on two sides of a curved river",
        "It is a river with trees on its banks",
    ]
    if stage.rng.random() < 0.5:
        knots = np.asarray(course)
        middle = (float(knots[7, 0]), float(knots[7, 1]))
        angle = np.pi / 2 if horizontal else 0.0
        _bridge(stage, middle, width, float(angle))
        captions[1] = "A bridge with a road crosses the river"
    scatter_trees(stage, 26)
    return tuple(captions)


def _bridge(stage: Stage, middle: Point, river_m: float, angle: float) -> None:
    reach = stage.width + stage.height
    along = (float(np.cos(angle)), float(np.sin(angle)))
    ends = [(middle[0] + s * reach * along[0], middle[1] + s * reach * along[1]) for s in (-1, 1)]
    stage.road(ends, 7.0)
    deck = rectangle(middle, river_m + 16, 9.5, angle)
    stage.canvas.shadow(deck, 5)
    stage.canvas.polygon(deck, (186, 184, 178), grain=2)
    stage.canvas.polygon(rectangle(middle, river_m + 18, 6.5, angle), (120, 121, 122), grain=2)
    stage.add("bridge", deck)


def beach(stage: Stage) -> Captions:
    """Sea, surf, sand and vegetation, in that order."""
    canvas = stage.canvas
    stage.ground("water", WATER, 2, ((50.0, 5.0), (7.0, 2.0)))
    rows = np.arange(canvas.pixels.shape[1]) / canvas.pixels.shape[1]
    wave = 5 * np.sin(9 * rows + stage.uniform(0, 6)) + 2.5 * np.sin(31 * rows)
    shore = (stage.top + stage.uniform(0.35, 0.5) * stage.height + wave).astype(np.float32)
    canvas.below(shore - 16, (74, 124, 124), 2, ((12.0, 3.0),))
    canvas.below(shore - 5, (206, 214, 208), 5, ((6.0, 9.0),))
    canvas.below(shore, (206, 190, 152), 4, ((20.0, 4.0),))
    canvas.below(shore + stage.uniform(28, 40), (86, 106, 62), 7, ((6.0, 10.0), (25.0, 6.0)))
    stage.surface("sand")
    stage.surface("trees")
    return (
        "White waves reach a yellow beach beside green plants",
        "A piece of sea is near a sandy beach",
        "It is a beach with the sea on one side and trees on the other",
    )


def harbour(stage: Stage) -> Captions:
    """A quay on land, piers into the water and ships along them."""
    canvas = stage.canvas
    stage.ground("water", WATER, 2, ((60.0, 5.0), (6.0, 1.6)))
    quay = stage.uniform(0.2, 0.3)
    left, top = stage.at(0, 0)
    land_m = quay * stage.width
    canvas.polygon(
        rectangle((left + land_m / 2, top + stage.height / 2), land_m, stage.height + 2, 0.0),
        (168, 166, 158),
        grain=4,
        patches=((25.0, 5.0),),
    )
    edge = left + land_m
    canvas.stroke([(edge, top), (edge, top + stage.height)], 2.0, (206, 204, 196))
    stage.reserve_path(
        [(left + land_m / 2, top), (left + land_m / 2, top + stage.height)], land_m / 2
    )
    stage.surface("concrete")
    piers = max(1, round(stage.height / stage.uniform(70, 105)))
    ships = 0
    for pier in range(piers):
        y = top + (pier + 0.5) / piers * stage.height
        reach = stage.uniform(0.4, 0.58) * stage.width
        deck = rectangle((edge + reach / 2, y), reach, 8.0, 0.0)
        canvas.shadow(deck, 3)
        canvas.polygon(deck, (176, 172, 162), grain=3)
        ships += _moor(stage, edge, y, reach)
    sheds = 0
    for _ in range(max(1, int(stage.height / 110))):
        y = top + stage.uniform(0.12, 0.88) * stage.height
        spot = (left + land_m * 0.45, y)
        length = min(40.0, stage.height * 0.25)
        if not sheds:
            stage.add("building", objects.hall(canvas, spot, length, land_m * 0.5, np.pi / 2), 3)
            sheds += 1
    word = several(ships, "ship")
    captions = [
        "It is a harbour with piers and dark water",
        f"{word} {verb(ships)} docked in a harbour"
        if ships
        else "The piers of a harbour are empty",
        f"{word} {verb(ships)} moored beside the piers" if ships else "No ship lies at the pier",
        "A building stands on the quay of a harbour",
    ]
    return tuple(captions)


def _moor(stage: Stage, edge: float, y: float, reach: float) -> int:
    moored = 0
    for side in (-1, 1):
        x = edge + 4.0
        while stage.rng.random() < 0.72:
            length = stage.uniform(24, min(62.0, max(26.0, reach * 0.75)))
            beam = length * 0.2
            centre = (x + length / 2, y + side * (4.0 + beam / 2 + 1.2))
            if x + length > edge + reach or not (
                stage.top + beam <= centre[1] <= stage.top + stage.height - beam
            ):
                break
            angle = 0.0 if stage.rng.random() < 0.5 else np.pi
            stage.add("ship", objects.ship(stage.canvas, centre, length, angle), 1)
            x += length + stage.uniform(4, 10)
            moored += 1
    return moored
