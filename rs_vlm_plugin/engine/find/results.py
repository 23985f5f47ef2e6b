"""What Find gives: objects with score, polygon and size."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from ..feature_collection import feature_collection
from ..geometry import GeoJson
from ..results import Provenance

BOX_NOTE = (
    "Outlines are boxes along the image's rows and columns: their area and length are upper "
    "bounds of the object's."
)


@dataclass(frozen=True)
class ObjectFound:
    """One object, or an area that looks like what no box taught the model to find one by one.

    Attributes:
        phrase: what was asked for, as given.
        score: how sure the model is, in 0..1; lowered far outside the resolutions of training.
        geometry: an object's box, or an area's outline, as a Polygon in the raster's CRS (pixels
            where it has none).
        area_m2: of that on the WGS 84 ellipsoid; None without a CRS.
        length_m: the box's longer side; None without a CRS, or of an area.
        width_m: the box's shorter side; likewise.
    """

    phrase: str
    score: float
    geometry: GeoJson
    area_m2: Optional[float]
    length_m: Optional[float]
    width_m: Optional[float]


@dataclass(frozen=True)
class FindResult:
    """Answer of Find: objects, surest first. `partial` where the user stopped it early."""

    objects: Tuple[ObjectFound, ...]
    phrases: Tuple[str, ...]
    min_score: float
    provenance: Provenance = field(repr=False)
    partial: bool = False

    def of(self, phrase: str) -> Tuple[ObjectFound, ...]:
        """The objects found for a phrase."""
        return tuple(item for item in self.objects if item.phrase == phrase)

    def to_json(self) -> Dict[str, Any]:
        """The command line's GeoJSON FeatureCollection.

        Coordinates are in the raster's CRS, which `crs` names as GDAL reads it, where it has an
        EPSG code.
        """
        features: List[Dict[str, Any]] = []
        for number, item in enumerate(self.objects, start=1):
            values = asdict(item)
            geometry = values.pop("geometry")
            features.append(
                {"type": "Feature", "id": number, "geometry": geometry, "properties": values}
            )
        return {
            **feature_collection(features, self.provenance.crs_wkt),
            "raster": self.provenance.raster,
            "phrases": list(self.phrases),
            "min_score": self.min_score,
            "partial": self.partial,
            "provenance": asdict(self.provenance),
        }
