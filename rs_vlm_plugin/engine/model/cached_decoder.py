"""The caption decoder of a bundle: a graph for the image and one for each token."""

from __future__ import annotations

from typing import Tuple

import numpy as np
from numpy.typing import NDArray

from .encoding import Floats
from .manifest import DecoderSpec
from .runtime import Session


class CachedDecoder:
    """The decoder's two graphs as `decode` wants them: see `Decoder`."""

    def __init__(self, prefill: Session, step: Session, spec: DecoderSpec) -> None:
        self._prefill = prefill
        self._step = step
        self._spec = spec

    def prefill(self, tokens: Floats) -> Tuple[Floats, Floats]:
        """See `Decoder.prefill`."""
        cross_keys, cross_values = self._prefill.run(
            ("cross_keys", "cross_values"), {"tokens": tokens}
        )
        return cross_keys, cross_values

    def empty_cache(self, batch: int) -> Floats:
        """See `Decoder.empty_cache`."""
        spec = self._spec
        return np.zeros((spec.layers, batch, spec.heads, 0, spec.head_size), dtype=np.float32)

    def step(
        self,
        input_ids: NDArray[np.int64],
        keys: Floats,
        values: Floats,
        cross: Tuple[Floats, Floats],
    ) -> Tuple[Floats, Floats, Floats, Floats]:
        """See `Decoder.step`."""
        logits, keys, values, attention = self._step.run(
            ("logits", "keys", "values", "attention"),
            {
                "input_ids": input_ids,
                "past_keys": keys,
                "past_values": values,
                "cross_keys": cross[0],
                "cross_values": cross[1],
            },
        )
        return logits, keys, values, attention
