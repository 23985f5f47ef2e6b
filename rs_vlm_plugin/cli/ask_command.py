"""`ask RASTER QUESTION`."""

from __future__ import annotations

import argparse

from ..engine.ask import Reply, ask
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.source import RasterSource
from .one_raster import run_on_raster
from .output import note_lines, printable
from .progress import TerminalProgress


def run_ask(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status. To abstain is no failure."""

    def run(source: RasterSource, model: VisionLanguageModel, progress: TerminalProgress) -> Reply:
        return ask(
            source,
            options.region,
            options.question,
            model,
            options.policy,
            options.budget,
            progress,
        )

    return run_on_raster(options, "ask", run, _text)


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
