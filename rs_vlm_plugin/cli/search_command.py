"""`search INDEX TEXT`."""

from __future__ import annotations

import argparse
import os
import sys

from ..engine.errors import BadRequest, RsVlmError
from ..engine.index.geopackage import GeoPackageIndex, open_index
from ..engine.index.records import Filter
from ..engine.raster.rasterio_source import open_raster
from ..engine.search import Hit, SearchResult, parse_query, search
from .complaints import complain, say, write
from .opened_model import opened_model
from .output import json_text, printable
from .progress import TerminalProgress


def run_search(options: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit status."""
    progress = TerminalProgress(sys.stderr, options.index.name)
    try:
        query = parse_query(options.text)
        with open_index(options.index) as index:
            model = opened_model(options, "search")
            result = search(
                [index],
                query,
                model,
                options.k,
                _filter(options, index),
                options.min_score,
                None if options.quick else open_raster,
                progress,
            )
    except RsVlmError as error:
        progress.clear()
        complain(str(options.index), error)
        return 1
    finally:
        progress.clear()
    if options.json:
        for note in result.notes:
            say(f"{options.index}: {note}")
        write(json_text([hit.to_json() for hit in result.hits]))
    else:
        write(_text(result))
    return 0


def _filter(options: argparse.Namespace, index: GeoPackageIndex) -> Filter:
    rasters = None
    if options.raster:
        rasters = tuple(os.path.abspath(raster) for raster in options.raster)
        known = {raster.entry.uri for raster in index.rasters()}
        for given, uri in zip(options.raster, rasters):
            if uri not in known:
                raise BadRequest(
                    f"{given} is not in the index.", "`index info --json` lists its rasters."
                )
    finest, coarsest = options.gsd or (None, None)
    return Filter(region=options.region, rasters=rasters, finest_m=finest, coarsest_m=coarsest)


def _text(result: SearchResult) -> str:
    lines = [printable(result.query)]
    lines += [_line(hit) for hit in result.hits]
    if not result.hits:
        lines.append("  Nothing found.")
    lines += [f"  Note: {printable(note)}" for note in result.notes]
    return "\n".join(lines) + "\n"


def _line(hit: Hit) -> str:
    ring = hit.tile["coordinates"][0]
    x = sum(point[0] for point in ring[:4]) / 4
    y = sum(point[1] for point in ring[:4]) / 4
    return f"  {hit.rank:>3}. {hit.score:6.1%}  {printable(hit.raster)} at {x:.10g}, {y:.10g}"
