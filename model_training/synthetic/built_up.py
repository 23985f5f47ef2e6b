"""Scenes people have built: airport, housing, storage tanks, tennis courts, parking lot."""

from __future__ import annotations

import numpy as np

from . import objects
from .canvas import rectangle
from .landscapes import Captions, scatter_trees
from .stage import Stage
from .wording import several, verb

LAWN = (106, 124, 74)


def airport(stage: Stage) -> Captions:
    """Planes in a row on an apron before a terminal, beside a runway in grass."""
    canvas = stage.canvas
    stage.ground("grass", (122, 132, 86), 5, ((50.0, 7.0), (7.0, 3.0)))
    left, top = stage.at(0, 0)
    large = stage.width > 300
    apron = rectangle(stage.at(0.5, 0.36), stage.width * 0.94, stage.height * 0.54, 0.0)
    canvas.polygon(apron, (170, 170, 166), grain=3, patches=((30.0, 4.0),))
    joints = max(4, int(stage.width / 24))
    for step in range(1, joints):
        x = left + stage.width * (0.03 + 0.94 * step / joints)
        canvas.stroke(
            [(x, top + stage.height * 0.09), (x, top + stage.height * 0.63)],
            0.5,
            (146, 146, 143),
            0.8,
            0,
        )
    stage.surface("concrete")
    terminal = objects.hall(canvas, stage.at(0.5, 0.1), stage.width * 0.6, stage.height * 0.09, 0.0)
    stage.add("building", terminal, 2)
    strip = top + stage.height * 0.84
    runway = [(left, strip), (left + stage.width, strip)]
    canvas.stroke(runway, 30.0 if large else 22.0, (104, 106, 108), grain=3, patches=((40.0, 4.0),))
    for x in np.arange(left + 6, left + stage.width - 6, 22).tolist():
        canvas.stroke(
            [(x, strip), (min(x + 12, left + stage.width), strip)], 1.0, (224, 224, 220), 0.9, 0
        )
    slots = max(3, int(stage.width * 0.9 / 44))
    rows = (0.42,) if not large else (0.29, 0.5)
    planes = 0
    for v in rows:
        used = stage.rng.permutation(slots)[: stage.number(1, slots)].tolist()
        for slot in sorted(used):
            length = stage.uniform(27, 38)
            spot = stage.at(0.05 + 0.9 * (slot + 0.5) / slots, v)
            heading = -np.pi / 2 + stage.uniform(-0.15, 0.15)
            stage.add("plane", objects.plane(canvas, spot, length, heading), 1)
            planes += 1
    word = several(planes, "plane")
    return (
        f"{word} {verb(planes)} parked on the apron of an airport",
        f"{word} {verb(planes)} parked next to a terminal building",
        "It is an airport with a runway and a terminal",
        f"There {verb(planes)} {word} near a long building in the airport",
    )


def residential(stage: Stage) -> Captions:
    """Houses in gardens along straight streets."""
    canvas = stage.canvas
    stage.ground("grass", LAWN, 6, ((18.0, 8.0), (5.0, 5.0)))
    streets = max(1, round(stage.height / stage.uniform(62, 72)))
    for street in range(streets):
        v = (street + 0.5) / streets
        stage.road([stage.at(-0.02, v), stage.at(1.02, v)], 6.5)
    if stage.rng.random() < 0.6 or stage.width > 300:
        for u in (0.5,) if stage.width < 300 else (0.26, 0.74):
            stage.road([stage.at(u, -0.02), stage.at(u, 1.02)], 6.5)
    houses = 0
    for street in range(streets):
        y = stage.top + (street + 0.5) / streets * stage.height
        for side in (-1, 1):
            x = stage.left + stage.uniform(9, 14)
            while x < stage.left + stage.width - 9:
                length, width = stage.uniform(11, 15), stage.uniform(8, 10.5)
                centre = (x, y + side * stage.uniform(14.5, 17))
                if stage.rng.random() < 0.88 and stage.is_free(centre, 8.2):
                    drive = [(x + 3, y + side * 4), (x + 3, centre[1])]
                    canvas.stroke(drive, 2.8, (156, 152, 146), 0.9)
                    corners = objects.house(
                        canvas, centre, length, width, stage.uniform(-0.06, 0.06)
                    )
                    stage.add("house", corners, 0.5)
                    houses += 1
                x += stage.uniform(18, 23)
    pools = 0
    for _ in range(stage.number(0, 2) if stage.width < 300 else 12):
        garden = stage.free_place(4.0)
        if garden is not None:
            pool = rectangle(garden, 8, 4.4, stage.uniform(0, 3))
            canvas.polygon(rectangle(garden, 10, 6.4, 0.0), (196, 190, 176), 0.8)
            canvas.polygon(pool, (92, 178, 196), grain=2)
            stage.add("swimming pool", pool, 1)
            pools += 1
    scatter_trees(stage, stage.number(8, 20) if stage.width < 300 else 320)
    word = several(houses, "house")
    captions = [
        f"{word} and many green trees are in a residential area",
        f"{word} {verb(houses)} arranged along a straight road",
        "It is a residential area with houses and gardens",
    ]
    if pools:
        captions.append(f"{several(pools, 'swimming pool')} {verb(pools)} near the houses")
    return tuple(captions)


def storage_tanks(stage: Stage) -> Captions:
    """Round tanks on bare ground, often beside a river."""
    canvas = stage.canvas
    stage.ground("bare land", (158, 146, 122), 5, ((30.0, 6.0), (7.0, 3.0)))
    beside = "on bare land"
    if stage.rng.random() < 0.5:
        course = stage.meander(stage.rng.random() < 0.5, 0.04)
        edge = 0.9 if stage.rng.random() < 0.5 else 0.1
        shift = (edge - 0.5) * stage.width
        horizontal = abs(course[-1][0] - course[0][0]) > abs(course[-1][1] - course[0][1])
        course = [(x, y + shift) if horizontal else (x + shift, y) for x, y in course]
        canvas.stroke(course, 42, (126, 124, 92), 0.9, 5)
        canvas.stroke(course, 34, (62, 88, 88), grain=2, patches=((30.0, 4.0),))
        stage.reserve_path(course, 20)
        stage.surface("water")
        beside = "beside a river"
    else:
        stage.road([stage.at(-0.02, 0.9), stage.at(1.02, 0.9)], 6.5)
        beside = "beside a road"
    wanted = stage.number(1, 7) if stage.width < 200 else 9
    radius = stage.uniform(8, 13)
    tanks = 0
    for _ in range(wanted):
        centre = stage.free_place(radius + 3, tries=40)
        if centre is not None:
            canvas.disc(centre, radius + 3.2, (138, 128, 108), 0.9, 4)
            stage.add("storage tank", objects.storage_tank(canvas, centre, radius), 3)
            tanks += 1
    scatter_trees(stage, 10)
    word = several(tanks, "storage tank")
    stand = "stands" if tanks == 1 else "stand"
    return (
        f"{word} {stand} {beside}",
        f"There {verb(tanks)} {word} {beside}",
        f"{word} {verb(tanks)} on the bare ground near some trees",
        f"It is an industrial site with {word}",
    )


def tennis_courts(stage: Stage) -> Captions:
    """Courts in a block with trees around and sometimes a building."""
    canvas = stage.canvas
    stage.ground("grass", LAWN, 6, ((22.0, 8.0), (5.0, 4.0)))
    stage.road([stage.at(-0.02, 0.93), stage.at(1.02, 0.93)], 6.5)
    columns, rows = max(1, int(stage.width / 48)), max(1, int(stage.height * 0.8 / 24))
    slots = [(c, r) for r in range(rows) for c in range(columns)]
    courts = stage.number(1, min(6, len(slots)))
    first = stage.number(0, len(slots) - courts)
    for column, row in slots[first : first + courts]:
        centre = stage.at(0.5, 0.46)
        spot = (
            centre[0] + (column - (columns - 1) / 2) * 40.0,
            centre[1] + (row - (rows - 1) / 2) * 21.0,
        )
        stage.add("tennis court", objects.tennis_court(canvas, spot, 0.0), 0.5)
    captions = [
        f"{several(courts, 'tennis court')} {verb(courts)} surrounded by trees",
        f"There {verb(courts)} {several(courts, 'tennis court')} beside a road",
        f"{several(courts, 'tennis court')} {verb(courts)} on the green grass",
    ]
    centre_free = stage.free_place(11.0)
    if centre_free is not None:
        stage.add("building", objects.hall(canvas, centre_free, 18, 12, 0.0), 1)
        captions.append(f"{several(courts, 'tennis court')} {verb(courts)} next to a building")
    scatter_trees(stage, 18)
    return tuple(captions)


def parking_lot(stage: Stage) -> Captions:
    """Rows of parked cars beside a building."""
    canvas = stage.canvas
    stage.ground("concrete", (128, 129, 130), 3, ((30.0, 5.0), (6.0, 2.0)))
    length = stage.width * 0.7
    depth = min(24.0, stage.height * 0.2)
    spot = (stage.at(0.5, 0)[0], stage.top + depth / 2 + 2)
    stage.add("building", objects.hall(canvas, spot, length, depth, 0.0), 1)
    share = stage.uniform(0.15, 0.85)
    cars = 0
    y = stage.top + depth + 18
    while y < stage.top + stage.height - 6:
        for x in np.arange(stage.left + 5, stage.left + stage.width - 5, 2.9).tolist():
            canvas.stroke([(x, y - 2.6), (x, y + 2.6)], 0.25, (206, 206, 204), 0.7, 0)
            if stage.rng.random() < share and cars < 60:
                stage.add("car", objects.car(canvas, (x + 1.45, y), np.pi / 2), 0)
                cars += 1
        y += 16.0
    word = several(cars, "car")
    return (
        f"{word} {verb(cars)} parked in a parking lot",
        f"{word} {verb(cars)} parked in rows beside a building",
        "It is a parking lot next to a large building",
    )
