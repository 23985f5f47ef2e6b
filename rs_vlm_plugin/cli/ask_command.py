"""`ask RASTER QUESTION`."""

from __future__ import annotations

import argparse
import sys

from ..engine.ask import Reply, ask
from ..engine.errors import RsVlmError
from ..engine.model.bundle import load_bundle
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.rasterio_source import open_raster
from .complaints import complain, write
from .output import json_text, note_lines, printable
from .progress import TerminalProgress


def run_ask(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status. To abstain is no failure."""
    progress = TerminalProgress(sys.stderr, options.raster)
    try:
        model = VisionLanguageModel(load_bundle(options.bundle), device=options.device)
        model.bundle.require("ask")
        with open_raster(options.raster) as source:
            reply = ask(
                source,
                options.region,
                options.question,
                model,
                options.policy,
                options.budget,
                progress,
            )
    except RsVlmError as error:
        progress.clear()
        complain(options.raster, error)
        return 1
    finally:
        progress.clear()
    write(json_text(reply.to_json()) if options.json else _text(reply))
    return 0


def _text(reply: Reply) -> str:
    answer = f"  {printable(reply.text[:1].upper() + reply.text[1:])}"
    if not reply.abstained:
        answer += f" (confidence {reply.confidence:.2f})"
    lines = [printable(reply.provenance.raster), f"  {printable(reply.question)}", answer]
    if reply.detail:
        lines.append(f"  {printable(reply.detail)}")
    if reply.evidence:
        lines.append(f"  Places it rests on: {len(reply.evidence)} (with --json as geometries)")
    return "\n".join([*lines, *note_lines(reply.provenance.notes)]) + "\n"
