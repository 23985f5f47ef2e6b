"""`compare BEFORE AFTER`."""

from __future__ import annotations

import argparse

from ..engine.compare import Comparison, compare
from ..engine.compare.results import counted
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.rasterio_source import RasterioSource, open_raster
from .one_raster import run_on_raster
from .output import note_lines, printable
from .progress import TerminalProgress


def run_compare(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status."""

    def run(
        before: RasterioSource, model: VisionLanguageModel, progress: TerminalProgress
    ) -> Comparison:
        with open_raster(options.after) as after:
            return compare(
                before,
                after,
                options.region,
                model,
                options.policy,
                options.budget,
                options.min_change,
                progress,
            )

    return run_on_raster(options, "describe", run, _text)


def _text(result: Comparison) -> str:
    lines = [
        f"{printable(result.before.raster)} -> {printable(result.after.raster)}",
        f"  Before: {result.before.text} (confidence {result.before.confidence:.2f})",
        f"  After: {result.after.text} (confidence {result.after.confidence:.2f})",
        f"  Gained: {result.listed(result.gained)}",
        f"  Lost: {result.listed(result.lost)}",
        f"  {result.extent()}",
    ]
    for change in result.changes:
        lines.append(f"    {change.score:6.1%} {change.place}: {change.before} -> {change.after}")
        for word, counts in (("gained", change.gained), ("lost", change.lost)):
            if counts:
                lines.append(f"            {word} {counted(counts, result.grounded)}")
    return "\n".join([*lines, *note_lines(result.provenance.notes)]) + "\n"
