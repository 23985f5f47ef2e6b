"""GeoJSON FeatureCollections that say in which CRS they are, as GDAL reads it."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from .geometry import GeoJson

# The code of a CRS as a whole stands at the end of its WKT, of either version.
_EPSG = re.compile(r'(?:ID|AUTHORITY)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$')


def feature_collection(features: List[GeoJson], crs_wkt: str) -> Dict[str, Any]:
    """A FeatureCollection with the member `crs`, where the CRS has an EPSG code."""
    collection: Dict[str, Any] = {"type": "FeatureCollection"}
    code = _EPSG.search(crs_wkt)
    if code is not None:
        name = f"urn:ogc:def:crs:EPSG::{code.group(1)}"
        collection["crs"] = {"type": "name", "properties": {"name": name}}
    return {**collection, "features": features}
