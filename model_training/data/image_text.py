"""One image with what is known of it: captions, questions, boxes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..synthetic import Question
from .errors import ImageBroken

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
"""What Pillow may be asked to decode: no format that starts another program or reads other
files."""


@dataclass(frozen=True)
class LabelledBox:
    """One object's axis-aligned box, in pixels of the stored image."""

    category: str
    x_min: float
    y_min: float
    width: float
    height: float


@dataclass(frozen=True)
class ImageText:
    """One image with what is known of it; `scene` may be empty.

    `encoded` holds the image file's bytes. Where it is empty, they are read from `file` each time
    they are needed: a large user set would not fit into memory. Boxes are in pixels of the stored
    image, whose ground sample distance is `metres` (0 where unknown).
    """

    image_id: str
    scene: str
    captions: tuple[str, ...]
    encoded: bytes
    questions: tuple[Question, ...] = ()
    boxes: tuple[LabelledBox, ...] = ()
    file: Path | None = None
    metres: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the stored image in pixels; decodes no pixels."""
        with self._open() as image:
            return image.size

    def rgb(self) -> NDArray[np.uint8]:
        """Decode to uint8 [H, W, 3]. Raises `ImageBroken` where that cannot be done."""
        try:
            with self._open() as image:
                return np.asarray(image.convert("RGB"))
        except (OSError, SyntaxError, ValueError) as error:
            raise ImageBroken(
                f"The pixels of the image {self.image_id} cannot be decoded: {error}."
            ) from error

    def _open(self) -> Image.Image:
        lazy = not self.encoded and self.file is not None
        return Image.open(self.file if lazy else io.BytesIO(self.encoded), formats=FORMATS)
