"""What a drawn scene is: pixels and everything that is true of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SceneObject:
    """One countable thing; `bbox` is (xmin, ymin, xmax, ymax) in pixels, shadow left out."""

    category: str
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True)
class Question:
    """A question and its short answer.

    `kind` is count, presence, location or rural_urban; data sets also have theme.
    """

    question: str
    answer: str
    kind: str


@dataclass(frozen=True)
class Scene:
    """A drawn image and its truth.

    `image` is uint8 `[height, width, 3]`, `gsd_m` metres per pixel. `scene_class` names what the
    whole shows, `surfaces` the land cover seen ("water", "grass"), `captions` say it in
    full sentences.
    """

    image: NDArray[np.uint8]
    gsd_m: float
    scene_class: str
    objects: tuple[SceneObject, ...]
    surfaces: tuple[str, ...]
    captions: tuple[str, ...]
    qa: tuple[Question, ...]

    def counts(self) -> dict[str, int]:
        """How many objects of each category there are."""
        return dict(Counter(item.category for item in self.objects))
