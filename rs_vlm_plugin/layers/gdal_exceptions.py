"""GDAL's errors as Python exceptions, for a while only: other plugins rely on the setting found."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from osgeo import gdal, ogr, osr


@contextmanager
def gdal_exceptions() -> Iterator[None]:
    """Within this block, failures of GDAL, OGR and OSR raise `RuntimeError`."""
    switched = [module for module in (gdal, ogr, osr) if not module.GetUseExceptions()]
    for module in switched:
        module.UseExceptions()
    try:
        yield
    finally:
        # Their error handlers lie on one stack: last on, first off.
        for module in reversed(switched):
            module.DontUseExceptions()
