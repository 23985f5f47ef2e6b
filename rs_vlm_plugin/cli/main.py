"""Runs a command; describe and classify take rasters one after the other, the model loaded once."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import Iterator, Sequence, Tuple, Union

from ..engine.classify import classify
from ..engine.describe import describe
from ..engine.errors import OutputNotWritable, RsVlmError
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.raster_files import rasters_of
from ..engine.raster.rasterio_source import open_raster
from ..engine.results import Classification, Description
from .arguments import parse
from .ask_command import run_ask
from .compare_command import run_compare
from .complaints import complain, write
from .find_command import run_find
from .index_commands import run_index
from .opened_model import opened_model
from .output import as_text, json_line
from .progress import TerminalProgress
from .search_command import run_search

INTERRUPTED = 130
_SOON_DONE = 32
"""Tiles that are looked at before an interrupt is worth a partial description, which costs time."""


def main(argv: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit status (see `--help`)."""
    if sys.stderr is None:  # closed by the caller (`2>&-`)
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (as long as the process)
    for stream in (sys.stdout, sys.stderr):
        # File names need not be encodable in the terminal's character set.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = parse(argv)
    try:
        return _COMMANDS[options.command](options)
    except KeyboardInterrupt as interrupt:
        print(str(interrupt) or "Cancelled.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our lines has left (`| head`).
        _discard_output()
        return 1
    except OutputNotWritable as error:
        complain("standard output", error)
        _discard_output()
        return 1


def _run(options: argparse.Namespace) -> int:
    try:
        model = opened_model(options, options.command)
    except RsVlmError as error:
        complain(str(options.bundle), error)
        return 1
    failed = False
    for raster, found in _rasters(options.rasters):
        if isinstance(found, RsVlmError):
            failed = True
            complain(raster, found)
            continue
        progress = TerminalProgress(sys.stderr, raster)
        try:
            result = _result(raster, options, model, progress)
        except RsVlmError as error:
            failed = True
            progress.clear()
            complain(raster, error)
            continue
        except KeyboardInterrupt:
            progress.clear()
            if progress.kept is not None:
                write(json_line(progress.kept) if options.json else as_text(progress.kept))
            raise
        finally:
            progress.clear()
        write(json_line(result) if options.json else as_text(result))
    model.close()
    return 1 if failed else 0


def _rasters(arguments: Sequence[str]) -> Iterator[Tuple[str, Union[RsVlmError, None]]]:
    """Every raster meant, or the argument and why it means none."""
    for argument in arguments:
        try:
            for raster in rasters_of(argument):
                yield raster, None
        except RsVlmError as error:
            yield argument, error


def _result(
    raster: str,
    options: argparse.Namespace,
    model: VisionLanguageModel,
    progress: TerminalProgress,
) -> Union[Description, Classification]:
    with open_raster(raster) as source:
        if options.command == "classify":
            return classify(source, options.region, options.labels, model, progress)
        return describe(
            source,
            options.region,
            model,
            options.policy,
            options.budget,
            progress,
            on_partial=progress.keep if options.budget > _SOON_DONE else None,
        )


def _discard_output() -> None:
    """Python writes what it could not write once more at exit, and would complain again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_COMMANDS = {
    "describe": _run,
    "classify": _run,
    "ask": run_ask,
    "find": run_find,
    "compare": run_compare,
    "index": run_index,
    "search": run_search,
}
