"""What a closer look brings, measured: mosaics of real images seen as a whole and cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .data.mosaic import GRIDS, compose_mosaic, draw_cells
from .data.pixels import pixel_cache
from .data.records import ImageText

Floats = NDArray[np.float32]
# Divisible by every grid, so that cells lie on whole pixels.
MOSAIC_PX = 480
BANK = 512
BATCH = 16


@dataclass(frozen=True)
class DetailExamples:
    """`cells` [M, N, D] of M mosaics seen as a whole, the measured `reduction` [M, N] of the loss
    when refining each, in nats, and the share of `odd` mosaics, of which part is interesting."""

    cells: Floats
    reduction: Floats
    odd: float


class CaptionLoss:
    """The alignment loss of an embedding: how well it tells its captions from other images'.

    Cross-entropy of each own caption against a fixed bank of others, at the bundle's logit scale;
    captions that are equal to an own one are no rivals, as in training (`losses.contrastive`).
    """

    def __init__(
        self, records: Sequence[ImageText], model: VisionLanguageModel, generator: torch.Generator
    ) -> None:
        texts = sorted({text for record in records for text in record.captions})
        row_of = {text: row for row, text in enumerate(texts)}
        parts = [model.encode_texts(texts[i : i + 64]) for i in range(0, len(texts), 64)]
        self._vectors = np.concatenate(parts)
        self._scale = model.bundle.manifest.logit_scale
        self._own = [sorted({row_of[text] for text in r.captions}) for r in records]
        order = torch.randperm(len(texts), generator=generator)[:BANK]
        self._bank = order.numpy()

    def __call__(self, embedding: Floats, record: int) -> float:
        """Mean over the record's captions, in nats; `embedding` [D] of unit length."""
        own = self._own[record]
        rivals = self._bank[~np.isin(self._bank, own)]
        logits = self._scale * (self._vectors[rivals] @ embedding).astype(np.float64)
        right = self._scale * (self._vectors[own] @ embedding).astype(np.float64)
        return float(np.mean(np.logaddexp(np.logaddexp.reduce(logits), right) - right))


def measure_examples(
    records: Sequence[ImageText],
    model: VisionLanguageModel,
    count: int,
    seed: int,
) -> DetailExamples:
    """Compose mosaics and measure what seeing each cell alone brings.

    A mosaic cell's coarse embedding is the mean of the model's cells over it, weighted by shared
    area; seen alone it fills the model's input, at the resolution of the record. A model cell that
    lies over several mosaic cells gains their reductions in proportion.

    Args:
        records: with captions and scenes.
        model: frozen; `regions` are read where it knows three levels, else `cells`.
        count: how many mosaics, of 2 x 2 to 4 x 4 cells; a half have one to three odd cells.
        seed: of what is drawn.

    Raises:
        ValueError: too few records for a mosaic.

    Note:
        Some ten images encoded for each mosaic.
    """
    generator = torch.Generator().manual_seed(seed)
    loss = CaptionLoss(records, model, generator)
    size = model.input_size
    pixels = torch.from_numpy(pixel_cache(records, MOSAIC_PX // GRIDS[0]))
    scenes = [record.scene for record in records]
    grid = read_grid(model)
    cells, targets, odd_ones = [], [], 0
    for number in range(count):
        side = GRIDS[number % len(GRIDS)]
        odd = int(torch.randint(1, 4, (1,), generator=generator)) if number // 3 % 2 else 0
        try:
            chosen = draw_cells(scenes, side, generator, odd)
        except ValueError:
            # No scene has enough records to be the ground of an odd mosaic of this size.
            odd, chosen = 0, draw_cells(scenes, side, generator)
        odd_ones += odd > 0
        mosaic = compose_mosaic(records, pixels, chosen, MOSAIC_PX, generator)
        step = MOSAIC_PX // side
        alone = mosaic.pixels.reshape(3, side, step, side, step).permute(1, 3, 0, 2, 4)
        _, coarse = _encoded(mosaic.pixels[None], size, model)
        close, _ = _encoded(alone.reshape(side * side, 3, step, step), size, model)
        shares = cell_shares(side, grid)
        seen = _unit(shares.T @ coarse[0] / shares.T.sum(axis=1, keepdims=True))
        brought = np.array(
            [
                loss(seen[cell], record) - loss(close[cell], record)
                for cell, record in enumerate(mosaic.records)
            ]
        )
        cells.append(coarse[0])
        targets.append(shares @ brought)
    return DetailExamples(
        np.stack(cells).astype(np.float32),
        np.stack(targets).astype(np.float32),
        odd_ones / count,
    )


def read_name(model: VisionLanguageModel) -> str:
    """Which embeddings the head reads: "regions" where the model has them, else "cells"."""
    return "cells" if model.bundle.manifest.levels is None else "regions"


def read_grid(model: VisionLanguageModel) -> tuple[int, int]:
    """Rows and columns of those embeddings."""
    levels = model.bundle.manifest.levels
    return model.bundle.manifest.vision.cells if levels is None else levels.regions


def cell_shares(side: int, grid: tuple[int, int]) -> Floats:
    """[N, side^2]: the share of each model cell that lies over each mosaic cell; rows sum to 1."""
    rows, cols = (_overlap(count, side) for count in grid)
    return np.kron(rows, cols).astype(np.float32)


def _overlap(cells: int, parts: int) -> NDArray[np.float64]:
    low, high = np.arange(cells)[:, None] / cells, (np.arange(cells)[:, None] + 1) / cells
    first, last = np.arange(parts) / parts, (np.arange(parts) + 1) / parts
    return np.clip(np.minimum(high, last) - np.maximum(low, first), 0, None) * cells


def _encoded(pixels: torch.Tensor, size: int, model: VisionLanguageModel) -> tuple[Floats, Floats]:
    """Embeddings [B, D] and read cells [B, N, D] of uint8 [B, 3, H, H]."""
    small = functional.interpolate(
        pixels.float(), size=(size, size), mode="bilinear", antialias=True, align_corners=False
    )
    rgb = small.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy()
    embeddings, cells = [], []
    for start in range(0, len(rgb), BATCH):
        encoding = model.encode_images(rgb[start : start + BATCH])
        embeddings.append(encoding.embedding)
        cells.append(encoding.cells if encoding.levels is None else encoding.levels.regions)
    return np.concatenate(embeddings), np.concatenate(cells)


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
    return unit
