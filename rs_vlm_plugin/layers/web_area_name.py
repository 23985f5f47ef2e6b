"""How a web layer's area is told from files among the rasters of an index, and what
either is called; imports nothing of QGIS."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

SCHEME = "rsvlm-web:"


def is_web_area(uri: str) -> bool:
    """Whether a raster's name is that of a web layer's area; see `web_area`."""
    return uri.startswith(SCHEME)


def raster_name(raster: str, suffix: bool = True) -> str:
    """What a raster is called where it is listed: its file's name, with or without the suffix, or
    the layer's where a server draws it; the whole source where it is neither."""
    if is_web_area(raster):
        return parse_qs(raster[len(SCHEME) :]).get("name", [raster])[0]
    if "=" in raster:
        return raster
    path = Path(raster)
    return (path.name if suffix else path.stem) or raster
