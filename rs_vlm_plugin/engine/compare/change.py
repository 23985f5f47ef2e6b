"""How much two views of a place differ: cosine distances, on a scale that the region sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

import numpy as np
from numpy.typing import NDArray

from ..model.encoding import Floats

Distances = NDArray[np.float64]

# What separates two renderings of one place: exposure, registration to a model pixel, sensor noise.
_GAMMA = 0.85
_NOISE = 2.0
_SHIFT = 1
_SAME_PERCENTILE = 99.0
# Grey levels that a block must differ by to be seen.
_BLOCK, _LEAST_SEEN = 4, 6.0
# Places of a region chosen at random are about 0.8 apart (reference model, an aerial image and
# drawn scenes); a region where all is alike must not make a ripple of it a change.
_LEAST_SPAN = 0.4


@dataclass(frozen=True)
class Scale:
    """Cosine distances between the model's views of places.

    `same` is the 99th percentile between two renderings of one place, `other` the median between
    two places of the region chosen at random, at least 0.4 more. Both come from a few tiles of the
    first image.
    """

    same: float
    other: float

    def score(self, distances: Distances) -> Distances:
        """How much changed, in 0..1: 0 for what is as alike as one place rendered twice, 1 for what
        is as unlike as two places of the region."""
        scores: Distances = np.clip((distances - self.same) / (self.other - self.same), 0.0, 1.0)
        return scores


def distances(before: Floats, after: Floats) -> Distances:
    """Cosine distance between vectors of the same place: `[..., D]` and `[..., D]` to `[...]`, from
    0 (alike) to 2."""
    cosine = np.einsum("...d,...d->...", _unit(before), _unit(after))
    apart: Distances = np.clip(1.0 - cosine, 0.0, 2.0)
    return apart


def rendered_again(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Images `[B, S, S, 3]` as another day's rendering of the same places: brighter by a gamma of
    0.85, one pixel off, with noise of 2 grey levels. The same for the same images."""
    values = 255.0 * (pixels / 255.0) ** _GAMMA
    values = np.concatenate([values[:, :, :_SHIFT], values[:, :, :-_SHIFT]], axis=2)
    values += np.random.default_rng(0).normal(0.0, _NOISE, values.shape)
    again: NDArray[np.uint8] = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return again


def visible(
    before: NDArray[np.uint8], after: NDArray[np.uint8], grid: Tuple[int, int]
) -> NDArray[np.bool_]:
    """In which cells of two images `[S, S, 3]` there is a difference to be seen at all: `[rows *
    columns]`.

    Of flat ground, water or a lawn, noise alone moves an embedding far. Averaged over 4 x 4 pixels
    it all but goes away, and what is left of it is no change.
    """
    side = len(before) // _BLOCK
    blocks = (side, _BLOCK, side, _BLOCK, 3)
    cut = side * _BLOCK
    means = [image[:cut, :cut].reshape(blocks).mean(axis=(1, 3)) for image in (before, after)]
    differ = np.abs(means[0] - means[1]).max(axis=2) >= _LEAST_SEEN
    centres = (np.arange(side) + 0.5) / side
    rows, columns = ((centres * count).astype(np.int64) for count in grid)
    seen = np.zeros(grid, dtype=bool)
    np.logical_or.at(seen, (rows[:, None], columns[None, :]), differ)
    return seen.reshape(-1)


def fit_scale(places: Floats, again: Floats) -> Scale:
    """What is near and what is far in a region.

    Args:
        places: vectors `[N, D]` of places of one image, one at least.
        again: of the same places, rendered again.
    """
    same = float(np.percentile(distances(places, again), _SAME_PERCENTILE))
    unit = _unit(places)
    first, second = np.triu_indices(len(unit), 1)
    apart = 1.0 - np.einsum("nd,nd->n", unit[first], unit[second])
    median = float(np.median(apart)) if len(apart) else 1.0
    return Scale(same, max(median, same + _LEAST_SPAN))


def _unit(vectors: Floats) -> Distances:
    wide = vectors.astype(np.float64)
    unit: Distances = wide / np.maximum(np.linalg.norm(wide, axis=-1, keepdims=True), 1e-12)
    return unit
