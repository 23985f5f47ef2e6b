"""How a web layer's area is told from files among the rasters of an index; imports nothing."""

from __future__ import annotations

SCHEME = "rsvlm-web:"


def is_web_area(uri: str) -> bool:
    """Whether a raster's name is that of a web layer's area; see `web_area`."""
    return uri.startswith(SCHEME)
