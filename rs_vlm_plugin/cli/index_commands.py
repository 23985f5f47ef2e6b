"""`index build`, `index info`, `index update`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Dict, Sequence

from ..engine.errors import RsVlmError
from ..engine.index.building import (
    BuildEstimate,
    build,
    estimate,
    identity,
    lacking_regions,
    update,
)
from ..engine.index.geopackage import index_to_fill, open_index
from ..engine.index.outcome import BuildReport
from ..engine.index.reading import RasterInput
from ..engine.index.records import IndexInfo
from ..engine.raster.raster_files import resolve_rasters
from ..engine.raster.rasterio_source import open_raster
from .complaints import complain, say, write
from .opened_model import opened_model
from .output import json_text, printable
from .progress import TerminalProgress

_NOTHING_MADE = "No index was made: not one tile could be read.\n"


def run_index(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status."""
    actions = {"build": _build, "info": _info, "update": _update}
    path = options.output if options.action == "build" else options.index
    try:
        return actions[options.action](options)
    except RsVlmError as error:
        complain(str(path), error)
        return 1


def _build(options: argparse.Namespace) -> int:
    found = resolve_rasters(options.rasters)
    for argument, error in found.problems:
        complain(argument, error)
    failed = bool(found.problems)
    inputs = [RasterInput(uri, partial(open_raster, uri)) for uri in found.rasters]
    if not inputs:
        return 1
    model = opened_model(options, "search")
    progress = TerminalProgress(sys.stderr, options.output.name)
    try:
        expected = estimate(inputs, model, options.output, options.budget, progress)
        progress.clear()
        if options.estimate:
            write(_estimate_json(expected) if options.json else _estimate_text(expected))
        for note in expected.notes:
            say(f"{options.output}: {note}")
        if options.estimate:
            return 1 if failed else 0
        if expected.bytes > expected.free_bytes:
            say(f"{options.output}: The disk may be too small. {_estimate_text(expected)}")
        with index_to_fill(options.output, identity(model)) as index:
            report = build(
                index,
                inputs,
                model,
                options.policy,
                options.budget,
                progress,
                expected.tiles_by_uri,
            )
            info = index.info()
    finally:
        progress.clear()
    return _done(report, info, options, failed)


def _info(options: argparse.Namespace) -> int:
    with open_index(options.index) as index:
        info = index.info()
    write(json_text(_info_json(info)) if options.json else _info_text(info))
    return 0


def _update(options: argparse.Namespace) -> int:
    model = opened_model(options, "search")
    progress = TerminalProgress(sys.stderr, options.index.name)
    try:
        with open_index(options.index, writable=True) as index:
            report = update(
                index,
                open_raster,
                model,
                progress,
                options.drop_unreachable,
                options.add_regions,
            )
            lacking = lacking_regions(index, model.bundle.manifest)
            info = index.info()
    finally:
        progress.clear()
    if lacking:
        say(
            f"{options.index}: {len(lacking)} of {len(info.rasters)} rasters were indexed without "
            "vectors of parts of tiles, which find smaller places; --add-regions reads them again."
        )
    return _done(report, info, options, False)


def _done(report: BuildReport, info: IndexInfo, options: argparse.Namespace, failed: bool) -> int:
    for outcome in report.failures:
        say(f"{outcome.uri}: {outcome.problem}")
    made = Path(info.path).exists()
    if options.json:
        write(json_text({**asdict(report), "index": _info_json(info) if made else None}))
    else:
        write(_report_text(report) + "\n" + (_info_text(info) if made else _NOTHING_MADE))
    return 1 if failed or report.failures else 0


def _info_json(info: IndexInfo) -> Dict[str, Any]:
    return {
        "path": info.path,
        "format_version": info.format_version,
        "created": info.created,
        "model": asdict(info.model),
        "tiles": info.tiles,
        "embeddings": dict(info.embeddings),
        "bytes": info.bytes,
        "rasters": [
            {
                "raster": raster.entry.uri,
                "tiles": raster.stored_tiles,
                "planned_tiles": raster.entry.planned_tiles,
                "complete": raster.complete,
                "policy": raster.entry.policy,
                "budget": raster.entry.budget or None,
                "gsd_m": raster.entry.gsd_m,
            }
            for raster in info.rasters
        ],
    }


def _info_text(info: IndexInfo) -> str:
    lines = [
        printable(info.path),
        f"  {len(info.rasters)} rasters, {info.tiles:,} tiles, {_megabytes(info.bytes)}",
        f"  Model: {printable(info.model.name)} {printable(info.model.version)}",
    ]
    open_ends = [raster for raster in info.rasters if not raster.complete]
    if open_ends:
        lines.append(f"  Not finished: {_names([raster.entry.name for raster in open_ends])}")
    return "\n".join(lines) + "\n"


def _report_text(report: BuildReport) -> str:
    counts: Dict[str, int] = {}
    for outcome in report.outcomes:
        counts[outcome.what] = counts.get(outcome.what, 0) + 1
    parts = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    lines = [f"{parts or 'Nothing to do'}; {report.tiles:,} tiles in {report.seconds:.1f} s"]
    lines += [
        f"  {printable(outcome.uri)}: {outcome.problem}"
        for outcome in report.outcomes
        if outcome.problem and outcome not in report.failures
    ]
    lines += [
        f"  {printable(outcome.uri)}: {note}"
        for outcome in report.outcomes
        for note in outcome.notes
    ]
    return "\n".join(lines)


def _estimate_json(expected: BuildEstimate) -> str:
    figures = asdict(expected)
    del figures["tiles_by_uri"]
    return json_text(figures)


def _estimate_text(expected: BuildEstimate) -> str:
    return (
        f"At most {expected.tiles:,} tiles of {expected.rasters - expected.unreadable} rasters: "
        f"some {expected.seconds:.0f} s and {_megabytes(expected.bytes)}; "
        f"{_megabytes(expected.free_bytes)} are free."
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(printable(name) for name in names[:5])
    return shown + (", ..." if len(names) > 5 else "")
