"""What a search was limited to, in sentences for whoever reads its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, List, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...layers.geojson import geometry_from_geojson
from ...layers.web_area_name import raster_name

if TYPE_CHECKING:
    from ...engine.index.records import Filter


def filter_notes(rows: Filter, least_score: float) -> Tuple[str, ...]:
    """A sentence for each limit; none for a search of everything.

    Args:
        rows: which tiles were searched.
        least_score: relevance below which places were left out, 0..1.
    """
    notes: List[str] = []
    if rows.region is not None:
        box = geometry_from_geojson(rows.region.to_geojson()).boundingBox()
        where = _tr("Searched within {bounds} (longitude, latitude).")
        notes.append(where.format(bounds=box.toString(5)))
    if rows.rasters is not None:
        names = ", ".join(raster_name(raster) for raster in rows.rasters)
        notes.append(_tr("Searched in {images} only.").format(images=names))
    if rows.finest_m is not None:
        finest = _tr("Seen at {metres} m per pixel or coarser.")
        notes.append(finest.format(metres=f"{rows.finest_m:g}"))
    if rows.coarsest_m is not None:
        coarsest = _tr("Seen at {metres} m per pixel or finer.")
        notes.append(coarsest.format(metres=f"{rows.coarsest_m:g}"))
    if least_score > 0:
        least = _tr("Places of a relevance under {percent} % are left out.")
        notes.append(least.format(percent=round(100 * least_score)))
    return tuple(notes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilterNotes", text)
