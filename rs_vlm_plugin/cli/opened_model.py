"""The model that a command asks for, with knowledge of the user's own where some is given."""

from __future__ import annotations

import argparse

from ..engine.knowledge.own_entries import use_own_entries
from ..engine.model.bundle import load_bundle
from ..engine.model.vlm import VisionLanguageModel
from .complaints import say


def opened_model(options: argparse.Namespace, action: str) -> VisionLanguageModel:
    """The model of `options.bundle`; entries of `options.knowledge` that it cannot use are named
    on standard error.

    Raises:
        RsVlmError: the bundle cannot be used or cannot do `action`, or the knowledge file cannot be
            read.
    """
    model = VisionLanguageModel(load_bundle(options.bundle), device=options.device)
    model.bundle.require(action)
    own = getattr(options, "knowledge", None)
    if own is not None:
        for problem in use_own_entries(model, own).problems:
            say(f"{own}: {problem}")
    return model
