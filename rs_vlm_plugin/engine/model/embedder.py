"""Embeddings of very many images: several batches at a time, each on a core of its own."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BundleInvalid
from .encoding import Floats
from .manifest_fields import REINSTALL
from .pixels import model_pixels
from .runtime import CPU, Session
from .vlm import VisionLanguageModel

# Each batch under way has memory of its own, and one thread reads no faster than eight look.
_MOST_WORKERS = 8
WHOLE = ("embedding",)
PARTS = (*WHOLE, "regions", "cells")
"""Outputs of the vision graph that make `Embedded`."""


@dataclass(frozen=True)
class Embedded:
    """What B images are in the space of texts: `whole` [B, D] of unit length and, where they were
    asked for, `regions` [B, R, D] and `cells` [B, C, D]."""

    whole: Floats
    regions: Optional[Floats] = None
    cells: Optional[Floats] = None

    def of(self, images: Sequence[int]) -> Embedded:
        """Of some of the images."""
        chosen = list(images)
        return Embedded(
            self.whole[chosen],
            None if self.regions is None else self.regions[chosen],
            None if self.cells is None else self.cells[chosen],
        )


class Embedder:
    """Runs a model's vision graph on batches side by side and hands back embeddings.

    One batch shared by all cores leaves each waiting for the others after every layer: on two cores
    that costs a quarter of the time, and much more where other programs work too. Batches side by
    side wait for nothing. Nor is anything computed that only a reader of text or of objects needs,
    which is much of the graph's time. On a graphics card batches go one after the other.

    Args:
        model: whose bundle and device to use.
        parts: whether to give regions and cells too; a model of the global level only has none.

    Note:
        Opens the vision graph, as far as it is needed, a second time. Memory is that of `workers`
        batches. Close it.
    """

    def __init__(self, model: VisionLanguageModel, parts: bool = False) -> None:
        self._manifest = model.bundle.manifest
        self._outputs: Tuple[str, ...] = WHOLE
        if parts and self._manifest.levels is not None:
            self._outputs = PARTS
        on_cpu = model.providers[0] == CPU
        self.workers = _cores(model.threads) if on_cpu else 1
        self._session: Session = model.open_vision(1 if on_cpu else None, self._outputs)
        self._executor = ThreadPoolExecutor(self.workers, thread_name_prefix="rsvlm-embed")

    def submit(self, images: NDArray[np.uint8]) -> Future[Embedded]:
        """Embeddings of images `[B, S, S, 3]` of 0..255, in time.

        The result raises `InferenceFailed` where onnxruntime failed, and `BundleInvalid` where the
        graph gives something else than `bundle.json` promises.
        """
        return self._executor.submit(self._embed, images)

    def close(self) -> None:
        """Drop what has not begun, and wait for what has."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _embed(self, images: NDArray[np.uint8]) -> Embedded:
        feeds = {"pixels": model_pixels(images, self._manifest.vision)}
        if self._manifest.levels is not None:
            # The global embedding is the same at any scale; metres tell the finer levels.
            feeds["metres"] = np.zeros(len(images), np.float32)
        seen = Embedded(*self._session.run(self._outputs, feeds))
        count, size = len(images), self._manifest.embedding_size["global"]
        levels = self._manifest.levels
        grids = [self._manifest.vision.cells if levels is None else levels.regions]
        grids.append(self._manifest.vision.cells)
        fits = [
            vectors is None or vectors.shape == (count, rows * columns, size)
            for vectors, (rows, columns) in zip((seen.regions, seen.cells), grids)
        ]
        if seen.whole.shape != (count, size) or not all(fits):
            raise BundleInvalid(
                "The vision graph gives embeddings of another size than bundle.json says.",
                REINSTALL,
            )
        return seen


def _cores(threads: Optional[int]) -> int:
    """How many batches at once: as many as the user allows threads, else one a core."""
    if threads is not None:
        return max(1, min(threads, _MOST_WORKERS))
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
    return min(os.cpu_count() or 1, _MOST_WORKERS)
