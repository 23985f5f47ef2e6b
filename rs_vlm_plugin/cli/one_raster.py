"""What the commands on one raster have in common: a model that can do it, progress, one reason."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Callable, Protocol, TypeVar

from ..engine.errors import RsVlmError
from ..engine.model.vlm import VisionLanguageModel
from ..engine.raster.rasterio_source import RasterioSource, open_raster
from .complaints import complain, write
from .opened_model import opened_model
from .output import json_text
from .progress import TerminalProgress


class _Result(Protocol):
    def to_json(self) -> Any: ...


Result = TypeVar("Result", bound=_Result)


def run_on_raster(
    options: argparse.Namespace,
    action: str,
    run: Callable[[RasterioSource, VisionLanguageModel, TerminalProgress], Result],
    as_text: Callable[[Result], str],
) -> int:
    """Run an action on `options.raster` and write what it gives; returns the exit status.

    An interrupt travels on, after what `run` had `progress` keep is written; where that is nothing,
    it says so.
    """
    progress = TerminalProgress(sys.stderr, options.raster)
    try:
        model = opened_model(options, action)
        with open_raster(options.raster) as source:
            result = run(source, model, progress)
    except RsVlmError as error:
        progress.clear()
        complain(options.raster, error)
        return 1
    except KeyboardInterrupt:
        progress.clear()
        if progress.kept is None:
            raise KeyboardInterrupt("Cancelled before there was a result.") from None
        _write(progress.kept, options.json, as_text)
        raise
    finally:
        progress.clear()
    _write(result, options.json, as_text)
    return 0


def _write(result: Result, as_json: bool, as_text: Callable[[Result], str]) -> None:
    write(json_text(result.to_json()) if as_json else as_text(result))
