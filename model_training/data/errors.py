"""What is wrong with training or evaluation data, in one sentence."""

from __future__ import annotations


class DataError(Exception):
    """Training or evaluation data cannot be read as asked; the message is one sentence."""


class ImageBroken(DataError, OSError):
    """An image's header was in order, its pixels are not."""
