"""A model that finds what is there, so that what is made of it can be tested."""

from __future__ import annotations

from typing import List

import numpy as np

from rs_vlm_plugin.engine.model.encoding import Encoding
from rs_vlm_plugin.engine.model.grounding import FoundObject
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.outline import connected

SIDE = 32
"""Pixels along the side of its input."""


class ExactModel(VisionLanguageModel):
    """Runs the bundle's graphs, but finds every bright patch, its box jittered as a model's is."""

    jitter = 0.0

    def encode_images(self, images, metres=None) -> Encoding:
        self.images = images
        self.metres = metres
        return super().encode_images(images, metres)

    def find(self, phrases, encoding, image, least_score) -> List[FoundObject]:
        pixels = self.images[image][..., 0]
        runs = [
            (start, row, end, row + 1)
            for row, line in enumerate(pixels > 120)
            for start, end in np.flatnonzero(np.diff(line, prepend=False, append=False))
            .reshape(-1, 2)
            .tolist()
        ]
        found = []
        random = np.random.default_rng(int(pixels.sum()))
        for group in connected(runs):
            left, top, right, bottom = np.array([runs[i] for i in group]).T
            box = np.array([left.min(), top.min(), right.max(), bottom.max()]) / SIDE
            box = np.clip(box + random.uniform(-self.jitter, self.jitter, 4) / SIDE, 0, 1)
            found.append(FoundObject(0, 0.9, tuple(box.tolist())))
        return found
