"""What the algorithms on one region of one raster have in common: which region it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple

from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsRasterLayer,
    QgsRectangle,
)

from ..engine.errors import BadRequest
from .algorithm import POLYGONS, RsVlmAlgorithm

if TYPE_CHECKING:
    from ..engine.geometry import Region

# Pixels along the longer side of a region of a layer that has no pixels of its own.
_WEB_LAYER_PIXELS = 2048


class RegionAlgorithm(RsVlmAlgorithm):
    """Base of algorithms on the whole raster, an extent, polygons, or where the latter two meet.

    `_region` is there from `prepareAlgorithm` on; None for all of the raster.
    """

    EXTENT = "EXTENT"
    MASK = "MASK"

    def __init__(self) -> None:
        super().__init__()
        self._region: Optional[Region] = None

    def add_region(self) -> None:
        """Declare extent and polygons."""
        self.addParameter(
            QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                self.MASK, self.tr("Polygons"), [POLYGONS], optional=True
            )
        )

    def region_help(self) -> str:
        """Help on what `add_region` declares."""
        return self.tr(
            "<p><b>Extent</b>, <b>Polygons</b>: the region, in any coordinate system; "
            "where both are given, what they have in common; where neither, all of the "
            "image.</p>"
        )

    def take_area(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, layer: QgsRasterLayer
    ) -> Tuple[Optional[QgsRectangle], Optional[float]]:
        """The region, in the layer's CRS."""
        from ..layers.region import region_from_geometry

        geometry = self._region_geometry(parameters, context, layer)
        if geometry is None:
            return None, None
        self._region = region_from_geometry(geometry, self._crs, self._crs)
        bounds = geometry.boundingBox()
        return bounds, max(bounds.width(), bounds.height()) / _WEB_LAYER_PIXELS

    def _region_geometry(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, layer: QgsRasterLayer
    ) -> Optional[QgsGeometry]:
        """The region in the layer's CRS, or None for all of the layer."""
        from ..layers.geojson import geometry_from_geojson
        from ..layers.region import region_from_geometry, region_from_rectangle

        transforms = context.transformContext()
        chosen = []
        extent = self.parameterAsExtent(parameters, self.EXTENT, context)
        if parameters.get(self.EXTENT) and not extent.isNull():
            crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context)
            chosen.append(region_from_rectangle(extent, crs, layer.crs(), transforms))
        mask = self.parameterAsSource(parameters, self.MASK, context)
        if mask is not None:
            parts = [feature.geometry() for feature in mask.getFeatures()]
            union = QgsGeometry.unaryUnion([part for part in parts if not part.isEmpty()])
            if union.isEmpty():
                raise BadRequest("The polygons to describe are empty.", "Choose another layer.")
            chosen.append(region_from_geometry(union, mask.sourceCrs(), layer.crs(), transforms))
        elif parameters.get(self.MASK):
            raise QgsProcessingException(self.invalidSourceError(parameters, self.MASK))
        if not chosen:
            return None
        geometries = [geometry_from_geojson(region.to_geojson()) for region in chosen]
        if len(geometries) == 1:
            return geometries[0]
        common = geometries[0].intersection(geometries[1])
        if common.isEmpty():
            raise BadRequest("Extent and polygons have no area in common.", "Move one of them.")
        return common
