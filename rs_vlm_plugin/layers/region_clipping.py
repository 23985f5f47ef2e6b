"""Sub-regions cut to what the user drew: the engine gives the windows of tiles, which overhang."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsGeometry

from ..engine.errors import BadRequest
from ..engine.geometry import GeoJson
from ..engine.results import Description
from .geojson import geojson_from_geometry, geometry_from_geojson


def clipped_to_region(description: Description) -> Description:
    """The description with each sub-region's place cut to the described region.

    Text, share and evidence stay as they are. A place that shares no area with the region (a region
    far smaller than a pixel) stays whole. Safe in any thread.
    """
    drawn = geometry_from_geojson(description.provenance.region)
    regions = tuple(
        replace(region, geometry=_common(region.geometry, drawn)) for region in description.regions
    )
    return replace(description, regions=regions)


def _common(place: GeoJson, drawn: QgsGeometry) -> GeoJson:
    # A failed intersection is a null geometry, which has no area either.
    common = geometry_from_geojson(place).intersection(drawn)
    try:
        return geojson_from_geometry(common)
    except BadRequest:
        return place
