"""Which three bands are red, green and blue."""

from __future__ import annotations

import re
from typing import Dict, Optional, Tuple

from ..errors import RasterNotSupported
from .source import RasterInfo

_COLOURS = ("red", "green", "blue")
_SENTINEL2 = (4, 3, 2)
_LANDSAT_8 = (4, 3, 2)
_LANDSAT_5_7 = (3, 2, 1)
# "B02", "SR_B4", "band 3", "Band_3", but not the "Band 1" that stands for a band without a name.
_NUMBERED = re.compile(r"(?<![a-z])(?:sr_?)?(b|band[ _-]?)0*(\d{1,2})(?![0-9a-z])")
_UNNAMED = re.compile(r"band \d+")


def choose_bands(info: RasterInfo) -> Tuple[int, ...]:
    """The bands to show as red, green and blue.

    In this order: what the user's renderer shows; a paletted first band (three times); names that
    say red, green and blue, or Sentinel-2's and Landsat's band numbers; colour interpretation; the
    first three bands; the first band three times. Names come before colour interpretation because
    GDAL invents the latter (a four-band GeoTIFF is "red, green, blue, undefined" whatever it
    holds).

    Args:
        info: what is known of the raster.

    Returns:
        Three band numbers, from 1; one repeated thrice for a single-band look.

    Raises:
        RasterNotSupported: there is no band but alpha.
    """
    if info.render_bands:
        shown = tuple(info.render_bands[:3])
        return shown if len(shown) == 3 else (shown[0],) * 3
    looks = [band for band in info.bands if band.colour != "alpha"]
    if not looks:
        raise RasterNotSupported(
            "{name} holds no band with an image.",
            name=info.name,
        )
    if looks[0].palette is not None:
        return (looks[0].number,) * 3
    named = _by_colour_name(info) or _by_spectral_number(info)
    if named:
        return named
    interpreted = {band.colour: band.number for band in reversed(looks)}
    if all(colour in interpreted for colour in _COLOURS):
        return tuple(interpreted[colour] for colour in _COLOURS)
    if len(looks) >= 3:
        return tuple(band.number for band in looks[:3])
    return (looks[0].number,) * 3


def _by_colour_name(info: RasterInfo) -> Optional[Tuple[int, ...]]:
    found: Dict[str, int] = {}
    for band in info.bands:
        # "Red Edge 1" and "redetect" are not red: the word must stand alone and without "edge".
        words = re.findall(r"[a-z]+", band.name.lower())
        if "edge" in words or "rededge" in words:
            continue
        for colour in _COLOURS:
            if colour in words:
                found.setdefault(colour, band.number)
    if all(colour in found for colour in _COLOURS):
        return tuple(found[colour] for colour in _COLOURS)
    return None


def _by_spectral_number(info: RasterInfo) -> Optional[Tuple[int, ...]]:
    found: Dict[int, int] = {}
    for band in info.bands:
        # QGIS writes "Band 1: B02"; without a description both write "Band 1", which says nothing.
        name = band.name.lower().rpartition(":")[2].strip()
        if _UNNAMED.fullmatch(name):
            continue
        match = _NUMBERED.search(name)
        if match:
            found.setdefault(int(match.group(2)), band.number)
    for convention in (_convention(info), _LANDSAT_8, _LANDSAT_5_7):
        if all(number in found for number in convention):
            return tuple(found[number] for number in convention)
    return None


def _convention(info: RasterInfo) -> Tuple[int, ...]:
    """Sentinel-2 and Landsat 8/9 agree on 4, 3, 2; only the file name tells an older Landsat."""
    older = re.match(r"l[tem]0?[4-7]", info.name.lower())
    return _LANDSAT_5_7 if older else _SENTINEL2
