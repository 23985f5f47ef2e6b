"""What can be wrong with somebody else's checkpoint."""

from __future__ import annotations


class PretrainedUnsupported(ValueError):
    """A checkpoint cannot be made into a bundle; the sentence says why and what would."""
