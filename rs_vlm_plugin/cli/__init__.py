"""The command line: describe and classify rasters in bulk, without QGIS."""

from .main import main

__all__ = ["main"]
