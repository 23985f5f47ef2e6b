"""Which bands the user's renderer shows, and the colours it gives to classes."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.core import (
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterDataProvider,
    QgsRasterRenderer,
)

Palette = Tuple[Tuple[int, int, int, int], ...]
_TRANSPARENT = (0, 0, 0, 0)


def rendered_bands(renderer: Optional[QgsRasterRenderer]) -> Optional[Tuple[int, ...]]:
    """Band numbers for red, green, blue, or the one band shown; None where none is chosen."""
    if renderer is None:
        return None
    if isinstance(renderer, QgsMultiBandColorRenderer):
        shown = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
        set_bands = tuple(band for band in shown if band > 0)
        if len(set_bands) == 3:
            return set_bands
        return set_bands[:1] or None
    used = tuple(band for band in renderer.usesBands() if band > 0)
    return used[:1] or None


def stored_palette(provider: QgsRasterDataProvider, band: int) -> Optional[Palette]:
    """The colour table stored with a band, indexed by value; None where there is none of <= 256."""
    return _by_value((item.value, item.color) for item in provider.colorTable(band))


def rendered_palette(renderer: Optional[QgsRasterRenderer], band: int) -> Optional[Palette]:
    """The class colours the user gave a band, indexed by value; None where it is not shown so."""
    if not isinstance(renderer, QgsPalettedRasterRenderer) or band not in renderer.usesBands():
        return None
    return _by_value((item.value, item.color) for item in renderer.classes())


def _by_value(entries) -> Optional[Palette]:  # type: ignore[no-untyped-def]
    colours = {}
    for value, colour in entries:
        if value != int(value) or not 0 <= value <= 255:
            return None
        colours[int(value)] = (colour.red(), colour.green(), colour.blue(), colour.alpha())
    if not colours:
        return None
    return tuple(colours.get(value, _TRANSPARENT) for value in range(max(colours) + 1))
