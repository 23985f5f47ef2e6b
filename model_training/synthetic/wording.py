"""Turns what was drawn into the sentences and questions of remote sensing caption data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from .scene import Question, SceneObject

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
IRREGULAR = {"storage tank": "storage tanks", "bridge": "bridges"}
CATEGORIES = ("plane", "ship", "storage tank", "tennis court", "house", "building", "car", "bridge")
SURFACES = ("water", "grass", "road", "farmland", "trees", "sand", "concrete")
RURAL = ("farmland", "forest", "river", "beach")


def plural(name: str) -> str:
    """The plural of a category name."""
    return IRREGULAR.get(name, name + "s")


def several(count: int, name: str) -> str:
    """ "three planes", "one plane"; "many planes" from ten."""
    if count == 1:
        return f"one {name}"
    return f"{NUMBERS[count] if count < len(NUMBERS) else 'many'} {plural(name)}"


def sentence(text: str) -> str:
    """First letter large, a full stop at the end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def verb(count: int) -> str:
    """ "is" or "are"."""
    return "is" if count == 1 else "are"


def place_name(bbox: tuple[float, float, float, float], width: int, height: int) -> str:
    """Where in the image a box lies: "top left", "centre", "right"."""
    column = min(2, int(3 * (bbox[0] + bbox[2]) / 2 / width))
    row = min(2, int(3 * (bbox[1] + bbox[3]) / 2 / height))
    words = [("top", "", "bottom")[row], ("left", "", "right")[column]]
    return " ".join(word for word in words if word) or "centre"


def questions(
    scene_class: str,
    objects: Sequence[SceneObject],
    surfaces: Sequence[str],
    size: tuple[int, int],
    rng: np.random.Generator,
) -> tuple[Question, ...]:
    """Questions of every kind that the drawing answers.

    Args:
        scene_class: what the whole shows.
        objects: everything countable.
        surfaces: land cover seen.
        size: (width, height) of the image in pixels.
        rng: chooses which absent thing is asked for.
    """
    counts = Counter(item.category for item in objects)
    asked: list[Question] = []
    for name, count in counts.items():
        asked.append(Question(f"How many {plural(name)} are there?", str(count), "count"))
        asked.append(Question(f"Is there a {name} in the image?", "yes", "presence"))
        if count == 1:
            box = next(item.bbox for item in objects if item.category == name)
            asked.append(
                Question(f"Where is the {name}?", place_name(box, size[0], size[1]), "location")
            )
    absent = [name for name in CATEGORIES if name not in counts]
    for index in rng.permutation(len(absent))[:2].tolist():
        name = absent[index]
        asked.append(Question(f"Is there a {name} in the image?", "no", "presence"))
        asked.append(Question(f"How many {plural(name)} are there?", "0", "count"))
    surface = SURFACES[int(rng.integers(len(SURFACES)))]
    asked.append(
        Question(
            f"Is there {surface} in the image?", "yes" if surface in surfaces else "no", "presence"
        )
    )
    asked.append(
        Question(
            "Is it a rural or an urban area?",
            "rural" if scene_class in RURAL else "urban",
            "rural_urban",
        )
    )
    return tuple(asked)
