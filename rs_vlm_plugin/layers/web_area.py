"""An area of a layer that a server draws (XYZ, WMTS, WMS), at one resolution: a raster to index.

Such a layer covers the world and has no pixels of its own. An area of it at a resolution does, and
has a name by which any thread opens it again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Tuple
from urllib.parse import parse_qs, urlencode

from qgis.core import QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QEventLoop

from ..engine.errors import BadRequest, RasterNotReadable
from .layer_grid import has_own_pixels
from .raster_layer_source import QgsRasterLayerSource, without_secrets
from .web_area_name import SCHEME, is_web_area

MOST_PICTURES = 10_000
"""Most pictures of 256 px of a server that an area may take at its resolution: an archive is to be
had from its owner, not from the server that draws maps of it."""

_PICTURE_SIDE = 256
_HIDDEN = "***"


@dataclass(frozen=True)
class WebArea:
    """What is read: `provider` and `source` of the layer, its `name`, `extent` (west, south, east,
    north) in the layer's CRS, and `resolution` in its map units per pixel."""

    provider: str
    source: str
    name: str
    extent: Tuple[float, float, float, float]
    resolution: float

    @classmethod
    def of(
        cls, layer: QgsRasterLayer, extent: Optional[QgsRectangle], resolution: Optional[float]
    ) -> WebArea:
        """Take an area of a layer.

        Args:
            layer: drawn by a server.
            extent: in the layer's CRS; None for all of the layer.
            resolution: map units per pixel; None for one that puts 4096 along the longer side.

        Raises:
            BadRequest: no such area, or more than `MOST_PICTURES` of it.
        """
        bounds = layer.extent() if extent is None else layer.extent().intersect(extent)
        if bounds.isEmpty() or not bounds.isFinite():
            raise BadRequest(
                "The area lies outside the layer {layer}.",
                "Choose another area.",
                layer=layer.name(),
            )
        if resolution is None:
            resolution = max(bounds.width(), bounds.height()) / 4096
        area = cls(
            layer.providerType(),
            layer.source(),
            layer.name(),
            (bounds.xMinimum(), bounds.yMinimum(), bounds.xMaximum(), bounds.yMaximum()),
            resolution,
        )
        if area.pictures > MOST_PICTURES:
            raise BadRequest(
                "That would ask the server of {layer} for some {pictures} pictures; at most "
                "{most} are polite.",
                "Choose a smaller area or a coarser resolution.",
                layer=layer.name(),
                pictures=f"{area.pictures:,}",
                most=f"{MOST_PICTURES:,}",
            )
        return area

    @classmethod
    def parse(cls, uri: str) -> WebArea:
        """The area of a name made by `uri`. Raises `RasterNotReadable` for any other name."""
        fields = {key: values[0] for key, values in parse_qs(uri[len(SCHEME) :], True).items()}
        try:
            west, south, east, north = (float(edge) for edge in fields["extent"].split(","))
            resolution = float(fields["resolution"])
            area = cls(
                fields["provider"],
                fields["source"],
                fields["name"],
                (west, south, east, north),
                resolution,
            )
        except (KeyError, ValueError) as error:
            raise RasterNotReadable("The name of a web layer's area is damaged.") from error
        if not (is_web_area(uri) and all(map(math.isfinite, (*area.extent, resolution)))):
            raise RasterNotReadable("The name of a web layer's area is damaged.")
        return area

    @property
    def uri(self) -> str:
        """The name it is indexed under, with keys in the layer's address left out."""
        west, south, east, north = self.extent
        return SCHEME + urlencode(
            {
                "name": self.name,
                "provider": self.provider,
                "source": without_secrets(self.source),
                "extent": f"{west!r},{south!r},{east!r},{north!r}",
                "resolution": repr(self.resolution),
            }
        )

    @property
    def has_secret(self) -> bool:
        """Whether the address holds a key, without which `uri` opens nothing."""
        return without_secrets(self.source) != self.source

    @property
    def pictures(self) -> int:
        """How many pictures of the server show all of it."""
        west, south, east, north = self.extent
        side = _PICTURE_SIDE * self.resolution
        if not (math.isfinite(side) and side > 0):
            raise BadRequest(f"A resolution of {self.resolution} cannot be meant.")
        return math.ceil((east - west) / side) * math.ceil((north - south) / side)

    def open(self) -> QgsRasterLayerSource:
        """Open it. Safe in any thread: the layer it takes lives in that thread alone.

        Raises:
            RasterNotReadable: its key was not kept, or QGIS does not open the layer.
        """
        if _HIDDEN in self.source:
            raise RasterNotReadable(
                "The address of {name} holds a key, which an index does not keep.",
                "Set the layer up with an authentication of QGIS instead, and index it again.",
                name=self.name,
            )
        # Where a server is asked what it has, a thread of Python's own needs an event loop first.
        QEventLoop()
        layer = QgsRasterLayer(self.source, self.name, self.provider)
        if not layer.isValid():
            raise RasterNotReadable(
                "The web layer {name} cannot be opened.",
                "The server may be down, or its address has changed.",
                name=self.name,
            )
        return self.opened(layer)

    def opened(self, layer: QgsRasterLayer) -> QgsRasterLayerSource:
        """This area of a layer at hand; on the thread the layer lives in."""
        return QgsRasterLayerSource.from_layer(layer, self.resolution, QgsRectangle(*self.extent))


def is_web_layer(layer: QgsRasterLayer) -> bool:
    """Whether a layer is drawn by a server."""
    provider = layer.dataProvider()
    return provider is not None and layer.isValid() and not has_own_pixels(provider)
