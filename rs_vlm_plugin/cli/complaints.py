"""What went wrong, one line each on standard error, and results on standard output."""

from __future__ import annotations

import sys
from typing import Dict, Type

from ..engine.errors import IndexNotFound, OutputNotWritable, RsVlmError
from .output import printable

# What to do next where a command of this very program does it.
_WAYS: Dict[Type[RsVlmError], str] = {
    IndexNotFound: "Build one with: index build RASTER... -o INDEX.gpkg"
}


def complain(subject: str, error: RsVlmError) -> None:
    """One line about a raster, a file or an argument."""
    way = _WAYS.get(type(error))
    text = f"{error.message} {way}" if way else error.sentence()
    say(f"{subject}: {' '.join(text.split())}")


def say(sentence: str) -> None:
    """One line that is no result."""
    print(printable(sentence), file=sys.stderr, flush=True)


def write(text: str) -> None:
    """A result. Raises `OutputNotWritable` where there is nowhere to write to."""
    if sys.stdout is None:
        raise OutputNotWritable("There is nowhere to write to: standard output is closed.")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputNotWritable(f"The results cannot be written: {error.strerror}.") from error
