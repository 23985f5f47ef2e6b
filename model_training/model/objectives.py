"""What a batch asks of the model, and how much each part counts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, cast

import torch
from torch import Tensor

from .alignment import PhraseSpans
from .grounding import BoxTargets

WHOLE = -1
"""`Captions.cell` of a caption about the whole image."""

MOSAIC_SIDE = 2
"""Images along a side of a mosaic."""


@dataclass(frozen=True)
class LossWeights:
    """Weight of each part of the loss; a part of weight 0 is not computed."""

    contrastive: float = 1.0
    caption: float = 1.0
    scene: float = 0.0
    local: float = 0.0
    mosaic: float = 0.0
    centre: float = 0.0
    box: float = 0.0
    closed_answer: float = 0.0
    written: float = 0.0
    label_smoothing: float = 0.0


@dataclass
class Captions:
    """N captions: `ids`, `mask` [N, T] (`[CLS]` ... `[SEP]`, padded), `image` [N], `cell` [N]: the
    cell of a mosaic that a caption is about, `WHOLE` for the image; `spans` of their noun chunks
    in tokens; `said`, row by row, the same texts prompted and in the decoder's tokens, where it
    does not share the text tower's."""

    ids: Tensor
    mask: Tensor
    image: Tensor
    cell: Tensor
    spans: PhraseSpans
    said: Written | None = None


@dataclass
class Questions:
    """Q questions: `ids`, `mask` [Q, T], `image` [Q], `answer` float [Q, A]: how right each closed
    answer is, rows sum to 1, or to 0 where none is right."""

    ids: Tensor
    mask: Tensor
    image: Tensor
    answer: Tensor


@dataclass
class Written:
    """Prompted texts for the decoder: `ids`, `mask` [V, T], `target` bool [V, T] (tokens to be
    written, the rest is prompt), `image` [V]."""

    ids: Tensor
    mask: Tensor
    target: Tensor
    image: Tensor


@dataclass
class Boxes:
    """Boxed objects: the phrases asked for (`ids`, `mask` [P, T]) and the targets."""

    ids: Tensor
    mask: Tensor
    targets: BoxTargets


@dataclass
class Batch:
    """B images, RGB 0..255 [B, 3, S, S], and what is known of them.

    `scene` [B] class index or -1, `metres` [B] per input pixel or 0, `records` [B] which captioned
    record each image is or -1, `upright` bool [B] images whose texts say where things are,
    `excluded` bool [B, E] knowledge entries that it may not see.
    """

    images: Tensor
    captions: Captions
    scene: Tensor | None = None
    metres: Tensor | None = None
    records: Tensor | None = None
    upright: Tensor | None = None
    excluded: Tensor | None = None
    questions: Questions | None = None
    written: Written | None = None
    boxes: Boxes | None = None
    weights: LossWeights = field(default_factory=LossWeights)

    def to(self, device: torch.device, **how: Any) -> Batch:
        """Every tensor on `device`, as accelerate asks of what it does not know."""
        return cast(Batch, _moved(self, device, how))


def _moved(value: Any, device: torch.device, how: dict[str, Any]) -> Any:
    if isinstance(value, Tensor):
        return value.to(device, **how)
    if isinstance(value, (PhraseSpans, BoxTargets)):
        return type(value)(*(part.to(device, **how) for part in value))
    if is_dataclass(value) and not isinstance(value, (type, LossWeights)):
        parts = {f.name: _moved(getattr(value, f.name), device, how) for f in fields(value)}
        return type(value)(**parts)
    return value


def quadrants(grid: int, device: torch.device) -> Tensor:
    """Which regions of a `grid` x `grid` lie in which cell of a mosaic, [4, regions a cell]."""
    half = grid // MOSAIC_SIDE
    index = torch.arange(grid * grid, device=device).view(grid, grid)
    return torch.stack(
        [
            index[r * half : (r + 1) * half, c * half : (c + 1) * half].flatten()
            for r in range(MOSAIC_SIDE)
            for c in range(MOSAIC_SIDE)
        ]
    )
