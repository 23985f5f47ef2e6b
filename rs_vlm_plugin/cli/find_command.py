"""`find RASTER PHRASE...`."""

from __future__ import annotations

import argparse

from ..engine.find import FindResult, find
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.source import RasterSource
from ..phrase_list import split_phrases
from .one_raster import run_on_raster
from .output import note_lines, printable
from .progress import TerminalProgress


def run_find(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status."""
    # An empty one stays, so that it is complained of.
    phrases = [part for text in options.phrases for part in split_phrases(text) or (text,)]

    def run(
        source: RasterSource, model: VisionLanguageModel, progress: TerminalProgress
    ) -> FindResult:
        return find(
            source,
            options.region,
            phrases,
            model,
            options.policy,
            options.budget,
            options.min_score,
            progress,
            on_partial=progress.keep,
        )

    return run_on_raster(options, "find", run, _text)


def _text(result: FindResult) -> str:
    lines = [printable(result.provenance.raster)]
    for phrase in result.phrases:
        found = result.of(phrase)
        lines.append(f"  {printable(phrase)}: {len(found)}")
        for item in found:
            ring = item.geometry["coordinates"][0]
            x, y = ((min(along) + max(along)) / 2 for along in zip(*ring))
            size = (
                "" if item.length_m is None else f", {item.length_m:.3g} m x {item.width_m:.3g} m"
            )
            lines.append(f"    {item.score:6.1%} at {x:.10g}, {y:.10g}{size}")
    return "\n".join([*lines, *note_lines(result.provenance.notes)]) + "\n"
