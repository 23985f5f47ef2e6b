"""Images resized once and kept as bytes, so that an epoch decodes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .records import ImageText


def resize_rgb(rgb: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Resize uint8 [H, W, 3] to [size, size, 3], bilinear with area support when shrinking."""
    image = Image.fromarray(rgb).resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(image)


def pixel_cache(records: Sequence[ImageText], size: int) -> NDArray[np.uint8]:
    """Decode and resize all records to uint8 [N, 3, size, size].

    Note:
        Memory is N * 3 * size^2 bytes: 1.2 GB for 10,500 images at 192 px. Takes about a
        millisecond an image.
    """
    cache = np.empty((len(records), 3, size, size), dtype=np.uint8)
    for index, record in enumerate(records):
        cache[index] = resize_rgb(record.rgb(), size).transpose(2, 0, 1)
    return cache
