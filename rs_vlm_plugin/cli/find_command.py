"""`find RASTER PHRASE...`."""

from __future__ import annotations

import argparse
import sys

from ..engine.errors import RsVlmError
from ..engine.find import FindResult, find
from ..engine.model.bundle import load_bundle
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.rasterio_source import open_raster
from .complaints import complain, write
from .output import json_text, note_lines, printable
from .progress import TerminalProgress


def run_find(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status."""
    progress = TerminalProgress(sys.stderr, options.raster)
    try:
        model = VisionLanguageModel(load_bundle(options.bundle), device=options.device)
        model.bundle.require("find")
        with open_raster(options.raster) as source:
            result = find(
                source,
                options.region,
                options.phrases,
                model,
                options.policy,
                options.budget,
                options.min_score,
                progress,
            )
    except RsVlmError as error:
        progress.clear()
        complain(options.raster, error)
        return 1
    finally:
        progress.clear()
    write(json_text(result.to_json()) if options.json else _text(result))
    return 0


def _text(result: FindResult) -> str:
    lines = [printable(result.provenance.raster)]
    for phrase in result.phrases:
        found = result.of(phrase)
        lines.append(f"  {printable(phrase)}: {len(found)}")
        for item in found:
            ring = item.geometry["coordinates"][0][:4]
            x, y = (sum(point[axis] for point in ring) / 4 for axis in (0, 1))
            size = (
                "" if item.length_m is None else f", {item.length_m:.3g} m x {item.width_m:.3g} m"
            )
            lines.append(f"    {item.score:6.1%} at {x:.10g}, {y:.10g}{size}")
    return "\n".join([*lines, *note_lines(result.provenance.notes)]) + "\n"
