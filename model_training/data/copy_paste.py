"""Boxed objects cut out of their images and pasted onto others: exact counts and places.

After "Simple Copy-Paste" (Ghiasi et al. 2021), with boxes instead of masks: a cut-out keeps a
margin of its ground, which fades out. So that a fading margin does not give an object away, patches
of bare ground are pasted the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from .image_text import ImageText, LabelledBox

COMPACT = (
    "airplane",
    "ship",
    "storage tank",
    "tennis court",
    "basketball court",
    "baseball diamond",
)
"""Categories that stay what they are on other ground. Bridges, harbours and tracks do not; vehicles
are left out because hardly any ground is known to have none (`vhr10` boxes them in its low-altitude
images only), so that their count would be wrong."""

BARE_SCENES = (
    "agricultural",
    "bare land",
    "chaparral",
    "desert",
    "farmland",
    "forest",
    "meadow",
    "mountain",
)
"""Scenes of `rsicd_aid` and `ucm` that show none of `COMPACT`."""

MARGINS = (0.25, 0.12, 0.0)
"""Ground kept around an object, as a share of its longer side; the first that meets no other."""
SHARES = (0.08, 0.25)
"""The objects' longer side as a share of the image's."""
SIZE_CHANGE = 0.15
TRIES = 40
LEAST_SIDE = 12
"""Pixels of a cut-out; smaller ones cannot be enlarged without showing it."""

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cutout:
    """An object with some ground around it: `pixels` uint8 [3, H, W], `alpha` float32 [H, W].

    `inner` is the object's box in it: left, top, right, bottom. Bare ground has no category.
    """

    category: str
    pixels: Tensor
    alpha: Tensor
    inner: Rectangle


@dataclass(frozen=True)
class Pasted:
    """`pixels` uint8 [3, H, W] with all its `boxes`, those it had and those pasted, in pixels."""

    pixels: Tensor
    boxes: tuple[LabelledBox, ...]


def cut_objects(records: Iterable[ImageText], categories: Sequence[str] = COMPACT) -> list[Cutout]:
    """Cut out every object of the categories that touches no other box, and as much bare ground.

    Note:
        Decodes each image once; some 10 kB of memory an object.
    """
    cutouts = []
    for record in records:
        wanted = [box for box in record.boxes if box.category in categories]
        if not wanted:
            continue
        rgb = record.rgb()
        corners = [_corners(box) for box in record.boxes]
        for box in wanted:
            inner = _corners(box)
            others = [other for other in corners if other != inner]
            outer = _margin(inner, others, rgb.shape[1], rgb.shape[0])
            if outer is None:
                continue
            cutouts.append(_cut(rgb, box.category, inner, outer))
            step = _step_to_bare_ground(outer, corners, rgb.shape[1], rgb.shape[0])
            if step is not None:
                # Faded like the object, or the fading would tell them apart.
                cutouts.append(_cut(rgb, "", _moved(inner, step), _moved(outer, step)))
    return cutouts


def paste_objects(
    pixels: Tensor,
    boxes: Sequence[LabelledBox],
    cutouts: Sequence[Cutout],
    generator: torch.Generator | None = None,
) -> Pasted:
    """Paste cut-outs where they touch neither a box nor each other, turned or mirrored at random.

    Args:
        pixels: uint8 [3, H, W], left as it is.
        boxes: what is boxed there already, in its pixels.
        cutouts: what to paste; one that finds no room is left out, so count the boxes.
        generator: decides sizes, places and turns; None is PyTorch's own.

    Note:
        A millisecond or two an object on one CPU core.
    """
    height, width = pixels.shape[1:]
    canvas = pixels.float().clone()
    taken = [_corners(box) for box in boxes]
    found = list(boxes)
    if not cutouts:
        return Pasted(pixels, tuple(found))
    longest = torch.tensor([float(max(c.pixels.shape[1:])) for c in cutouts])
    share = SHARES[0] + (SHARES[1] - SHARES[0]) * _random(generator)
    scale = share * min(height, width) / longest.median().item()
    for cutout in cutouts:
        change = 1 + SIZE_CHANGE * (2 * _random(generator) - 1)
        shown, alpha, inner = _resized(cutout, scale * change, generator)
        place = _room(shown.shape[1:], (height, width), taken, generator)
        if place is None:
            continue
        top, left = place
        rows, columns = shown.shape[1:]
        under = canvas[:, top : top + rows, left : left + columns]
        canvas[:, top : top + rows, left : left + columns] = under + (shown - under) * alpha
        taken.append((left, top, left + columns, top + rows))
        if cutout.category:
            found.append(
                LabelledBox(
                    cutout.category,
                    left + inner[0],
                    top + inner[1],
                    inner[2] - inner[0],
                    inner[3] - inner[1],
                )
            )
    return Pasted(canvas.round().clamp(0, 255).to(torch.uint8), tuple(found))


def is_bare(record: ImageText) -> bool:
    """Whether an image surely shows none of `COMPACT`: by its scene, and no caption or box says
    otherwise."""
    words = " ".join(record.captions).lower()
    named = any(word in words for word in ("plane", "aircraft", "ship", "boat", "tank", "court"))
    named = named or any(word in words for word in ("baseball", "harbo", "airport", "stadium"))
    return record.scene in BARE_SCENES and not named and not record.boxes


def _corners(box: LabelledBox) -> Rectangle:
    return box.x_min, box.y_min, box.x_min + box.width, box.y_min + box.height


def _meet(first: Rectangle, second: Rectangle) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )


def _margin(
    inner: Rectangle, others: Sequence[Rectangle], width: int, height: int
) -> Rectangle | None:
    side = max(inner[2] - inner[0], inner[3] - inner[1])
    if min(inner[2] - inner[0], inner[3] - inner[1]) < LEAST_SIDE:
        return None
    for share in MARGINS:
        edge = share * side
        outer = (
            max(0.0, inner[0] - edge),
            max(0.0, inner[1] - edge),
            min(float(width), inner[2] + edge),
            min(float(height), inner[3] + edge),
        )
        if not any(_meet(outer, other) for other in others):
            return outer
    return None


def _step_to_bare_ground(
    like: Rectangle, taken: Sequence[Rectangle], width: int, height: int
) -> tuple[float, float] | None:
    """How far right and down from an object a place of its size is free of all boxes."""
    across, down = like[2] - like[0], like[3] - like[1]
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)):
        step = (x * across, y * down)
        moved = _moved(like, step)
        inside = moved[0] >= 0 and moved[1] >= 0 and moved[2] <= width and moved[3] <= height
        if inside and not any(_meet(moved, other) for other in taken):
            return step
    return None


def _moved(rectangle: Rectangle, step: tuple[float, float]) -> Rectangle:
    left, top, right, bottom = rectangle
    return left + step[0], top + step[1], right + step[0], bottom + step[1]


def _cut(rgb: NDArray[np.uint8], category: str, inner: Rectangle, outer: Rectangle) -> Cutout:
    left, top, right, bottom = (round(value) for value in outer)
    pixels = torch.from_numpy(np.ascontiguousarray(rgb[top:bottom, left:right].transpose(2, 0, 1)))
    shifted = (inner[0] - left, inner[1] - top, inner[2] - left, inner[3] - top)
    return Cutout(category, pixels, _fade(pixels.shape[2], pixels.shape[1], shifted), shifted)


def _fade(width: int, height: int, inner: Rectangle) -> Tensor:
    """1 inside the object's box, falling to 0 at the cut-out's edge."""
    across = _ramp(width, inner[0], inner[2])
    down = _ramp(height, inner[1], inner[3])
    return torch.minimum(down[:, None], across[None, :])


def _ramp(length: int, low: float, high: float) -> Tensor:
    centre = torch.arange(length) + 0.5
    # Half a pixel at least, so that an object without margin still meets its ground softly.
    before, after = max(low, 1.0), max(length - high, 1.0)
    return torch.minimum(centre / before, (length - centre) / after).clamp(0, 1)


def _resized(
    cutout: Cutout, scale: float, generator: torch.Generator | None
) -> tuple[Tensor, Tensor, Rectangle]:
    """Pixels float [3, h, w], alpha [h, w] and inner box at another scale, turned or mirrored."""
    rows, columns = cutout.pixels.shape[1:]
    size = (max(4, round(rows * scale)), max(4, round(columns * scale)))
    both = torch.cat([cutout.pixels.float(), cutout.alpha[None]])[None]
    both = functional.interpolate(
        both, size=size, mode="bilinear", antialias=True, align_corners=False
    )[0]
    x, y = size[1] / columns, size[0] / rows
    left, top, right, bottom = cutout.inner
    inner = (left * x, top * y, right * x, bottom * y)
    if _random(generator) < 0.5:
        both = both.flip(2)
        inner = (size[1] - inner[2], inner[1], size[1] - inner[0], inner[3])
    for _ in range(int(4 * _random(generator))):
        # `rot90` turns anticlockwise: the right edge becomes the top one.
        width = both.shape[2]
        both = both.rot90(1, (1, 2))
        inner = (inner[1], width - inner[2], inner[3], width - inner[0])
    return both[:3], both[3].clamp(0, 1), inner


def _room(
    shape: Sequence[int],
    within: tuple[int, int],
    taken: Sequence[Rectangle],
    generator: torch.Generator | None,
) -> tuple[int, int] | None:
    """Top and left of a free place, or None after `TRIES`."""
    rows, columns = shape
    if rows > within[0] or columns > within[1]:
        return None
    for _ in range(TRIES):
        top = int(_random(generator) * (within[0] - rows + 1))
        left = int(_random(generator) * (within[1] - columns + 1))
        if not any(_meet((left, top, left + columns, top + rows), other) for other in taken):
            return top, left
    return None


def _random(generator: torch.Generator | None) -> float:
    return torch.rand(1, generator=generator).item()
