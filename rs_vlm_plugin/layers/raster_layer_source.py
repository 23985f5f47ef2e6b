"""A QGIS raster layer as the engine's `RasterSource`.

`QgsRasterLayerSource.from_layer` runs on the main thread and copies what it needs; after that the
layer may be restyled, removed or deleted while one background thread reads.
"""

from __future__ import annotations

import math
import re
import threading
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Dict, List, Optional, Sequence, Tuple, Type

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt import sip

from ..engine.errors import Cancelled, RasterNotReadable, RasterNotSupported, RsVlmError
from ..engine.geometry import Window
from ..engine.raster.gsd import ground_sample_distance
from ..engine.raster.sampling import check_read, may_mix, notes_on_pixels
from ..engine.raster.source import BandInfo, RasterInfo
from .block_values import colours, enum_number, is_colour, is_complex, numbers, type_name
from .gdal_exceptions import gdal_exceptions
from .layer_grid import LayerGrid, grid_of, has_own_pixels
from .own_provider import OwnProvider
from .renderer_bands import rendered_bands, rendered_palette, stored_palette
from .server_replies import ServerReplies
from .warp_footprint import WarpFootprint, is_rotated, placed_by_control_points

_COLOUR_NAMES = {1: "gray", 2: "palette", 3: "red", 4: "green", 5: "blue", 6: "alpha"}
_DRAWN_BANDS = tuple(
    BandInfo(number, colour.capitalize(), "uint8", colour)
    for number, colour in enumerate(("red", "green", "blue", "alpha"), start=1)
)
_SECRET = re.compile(
    r"((?:api_?key|key|(?:access_?)?token|tk|password|pwd|signature|sig|subscription(?:-key)?"
    r"|http-header(?::|%3A)(?!referer)[\w-]+)(?:=|%3D))"
    r"(?:(?!%26)[^&\s'\"])+",
    re.IGNORECASE,
)
_USER_AND_PASSWORD = re.compile(r"(://|%3A%2F%2F)(?:(?!%2F|%40)[^/@&?\s])+(@|%40)", re.IGNORECASE)


def raster_uri(layer: QgsRasterLayer) -> str:
    """What results call a raster by: its source, without passwords and keys."""
    return without_secrets(layer.publicSource())


@dataclass(frozen=True)
class _ValueRange:
    """Values the user declared to be no data, `low`..`high`, both included."""

    low: float
    high: float


class QgsRasterLayerSource:
    """A `RasterSource` over a clone of a layer's data provider. Made by `from_layer`."""

    def __init__(
        self,
        provider: OwnProvider,
        info: RasterInfo,
        grid: LayerGrid,
        to_lonlat: Optional[QgsCoordinateTransform],
        user_nodata: Dict[int, List[_ValueRange]],
        footprint: Optional[WarpFootprint],
    ) -> None:
        self._provider: Optional[OwnProvider] = provider
        self._info = info
        self._grid = grid
        self._to_lonlat = to_lonlat
        self._user_nodata = user_nodata
        self._footprint = footprint
        self._drawn = provider.ask(_is_drawn)
        # A server may take a minute; a file is read in a moment, and its part result kept.
        self._stop = QgsRasterBlockFeedback() if self._drawn else None
        # `close` from the main thread must not take the provider away under a read.
        self._lock = threading.Lock()

    @classmethod
    def from_layer(
        cls,
        layer: QgsRasterLayer,
        resolution: Optional[float] = None,
        extent: Optional[QgsRectangle] = None,
    ) -> QgsRasterLayerSource:
        """Take what is needed from a layer. Call on the main thread.

        Args:
            layer: the raster layer; its provider is cloned, itself it is never read or changed.
            resolution: map units per pixel at which to look at a layer that has no pixels of its
                own (XYZ, WMS, WMTS); the canvas resolution is a good choice. Ignored for others.
            extent: the part of such a layer to look at, in its CRS; None for all of it, which may
                be the world, of whose images it shows a town. Ignored for others.

        Raises:
            RasterNotReadable: the layer is deleted, or its data cannot be opened.
            RasterNotSupported: not a raster layer, or one without readable bands.
            BadRequest: `resolution` is not a positive number.
            EmptyRegion: `extent` lies outside such a layer.
        """
        if layer is None or sip.isdeleted(layer):
            raise RasterNotReadable("The raster layer is no longer there.", "Choose another layer.")
        if not isinstance(layer, QgsRasterLayer):
            raise RasterNotSupported("{layer} is not a raster layer.", layer=layer.name())
        provider = OwnProvider.of_layer(layer) if layer.isValid() else None
        if provider is None:
            raise RasterNotReadable(
                "The data of layer {layer} cannot be opened.",
                "Repair its source in the layer properties, or choose another layer.",
                layer=layer.name(),
            )
        try:
            grid = provider.ask(lambda clone: grid_of(layer, clone, resolution, extent))
            info, user_nodata, footprint = provider.ask(lambda clone: _look(layer, clone, grid))
            provider.ask(_prepare)
        except RsVlmError:
            provider.let_go()
            raise
        return cls(provider, info, grid, _lonlat_transform(layer.crs()), user_nodata, footprint)

    @property
    def info(self) -> RasterInfo:
        """Everything known without reading pixels; and, once something was read, in the notes what
        a server failed to send of it."""
        return self._info

    def read(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """See `RasterSource.read`.

        Note:
            Averages where it shrinks and interpolates where it enlarges; paletted and complex
            bands, and bands with values the user declared as no data, are sampled nearest, and so
            is a coarse look at a large raster without overviews, which would decode all of it.
        """
        check_read(self._info, window, out_shape, bands)
        with self._lock:
            if self._provider is None:
                raise RasterNotReadable(
                    "{name} was closed while it was being read.",
                    name=self._info.name,
                )
            if self._drawn:
                return self._read_drawn(window, out_shape, bands)
            return self._read_stored(window, out_shape, bands)

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        """Metres on the ground per pixel at the window's centre; None without a CRS."""
        if self._to_lonlat is None:
            return None
        return ground_sample_distance(self._info.transform, window, self._lonlat)

    def to_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `RasterSource.to_lonlat`."""
        return np.array([self._lonlat(x, y) for x, y in points.tolist()]).reshape(-1, 2)

    def from_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude `[N, 2]` as map coordinates; NaN or infinite where the CRS has no
        such place, NaN throughout without a CRS."""
        return np.array([self._from_lonlat(x, y) for x, y in points.tolist()]).reshape(-1, 2)

    def interrupt(self) -> None:
        """Wait for a server no longer: the read under way and each to come end with `Cancelled`.
        Nothing happens where there is no server. Any thread."""
        if self._stop is not None:
            self._stop.cancel()

    def close(self) -> None:
        """Let go of the provider; waits for a read under way. Closing twice is allowed."""
        with self._lock:
            if self._provider is not None:
                self._provider.let_go()
            self._provider = None
            if self._footprint is not None:
                self._footprint.close()

    def __enter__(self) -> QgsRasterLayerSource:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _lonlat(self, x: float, y: float) -> Tuple[float, float]:
        if self._to_lonlat is None:
            return math.nan, math.nan
        try:
            place = self._to_lonlat.transform(QgsPointXY(x, y))
        except QgsCsException:
            return math.nan, math.nan
        return place.x(), place.y()

    def _from_lonlat(self, lon: float, lat: float) -> Tuple[float, float]:
        if self._to_lonlat is None or not (math.isfinite(lon) and math.isfinite(lat)):
            return math.nan, math.nan
        try:
            place = self._to_lonlat.transform(QgsPointXY(lon, lat), Qgis.TransformDirection.Reverse)
        except QgsCsException:
            return math.nan, math.nan
        return place.x(), place.y()

    def _read_drawn(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        with ServerReplies() as replies:
            channels = colours(self._block(1, window, out_shape))
        replies.check(self._info.name, bool(channels[3].any()))
        gap = replies.gap()
        if gap is not None and gap not in self._info.notes:
            self._info = replace(self._info, notes=(*self._info.notes, gap))
        return channels[[band - 1 for band in bands]], channels[3] > 0

    def _read_stored(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        layers: Dict[int, NDArray[np.generic]] = {}
        any_valid = np.zeros(out_shape, dtype=bool)
        all_finite = np.ones(out_shape, dtype=bool)
        for number in sorted(set(bands)):
            values = self._band_values(number, window, out_shape)
            layers[number] = values
            any_valid |= self._not_nodata(number, values)
            if values.dtype.kind == "f":
                all_finite &= np.isfinite(values)
        valid = any_valid & all_finite
        for band in self._info.bands:
            if band.colour == "alpha":
                valid &= self._band_values(band.number, window, out_shape) > 0
        if self._footprint is not None:
            valid &= self._footprint.read(window, out_shape)
        return np.stack([layers[number] for number in bands]), valid

    def _band_values(
        self, number: int, window: Window, out_shape: Tuple[int, int]
    ) -> NDArray[np.generic]:
        declared = number in self._user_nodata
        smooth = not declared and may_mix(self._info, number, window, out_shape)
        values = self._sample(number, window, out_shape, smooth)
        if smooth and values.dtype.kind == "f" and np.isnan(values).any():
            # A NaN that nodata does not declare spoils every average it enters.
            sampled = self._sample(number, window, out_shape, False)
            values = np.where(np.isnan(values), sampled, values)
        return values

    def _sample(
        self, number: int, window: Window, out_shape: Tuple[int, int], smooth: bool
    ) -> NDArray[np.generic]:
        if self._provider is not None:
            self._provider.ask(lambda provider: provider.enableProviderResampling(smooth))
        return numbers(self._block(number, window, out_shape))

    def _not_nodata(self, number: int, values: NDArray[np.generic]) -> NDArray[np.bool_]:
        valid = np.ones(values.shape, dtype=bool)
        nodata = self._info.bands[number - 1].nodata
        if nodata is not None and not math.isnan(nodata):
            # In the band's own type, because -3.4e38 as float32 is another number than as double.
            # A value the type cannot hold marks nothing.
            with np.errstate(over="ignore", invalid="ignore"):
                own = np.asarray(nodata).astype(values.dtype)
            if values.dtype.kind == "f" or float(own) == nodata:
                valid &= values != own
        for nothing in self._user_nodata.get(number, ()):
            valid &= ~((values >= nothing.low) & (values <= nothing.high))
        return valid

    def _block(self, number: int, window: Window, out_shape: Tuple[int, int]) -> Any:
        height, width = out_shape
        extent = self._grid.extent(window)
        block = None
        if self._provider is not None:
            block = self._provider.ask(
                lambda provider: provider.block(number, extent, width, height, self._stop)
            )
        if self._stop is not None and self._stop.isCanceled():
            raise Cancelled
        if block is None or not block.isValid() or block.isEmpty():
            raise RasterNotReadable(
                "{name} cannot be read{reason}.",
                "The file may be damaged, incomplete or gone, or the server may be down.",
                name=self._info.name,
                reason=_reason(block),
            )
        return block


def _look(
    layer: QgsRasterLayer, provider: QgsRasterDataProvider, grid: LayerGrid
) -> Tuple[RasterInfo, Dict[int, List[_ValueRange]], Optional[WarpFootprint]]:
    """All that is to be known of a layer before pixels are read; changes nothing.

    Returns:
        Facts, values declared as no data by band, and where a warped raster has pixels.

    Raises:
        RasterNotSupported: no readable band.
    """
    drawn = _is_drawn(provider)
    stored = None if drawn else _stored_dataset(provider)
    footprint, notes = _footprint(stored, grid, drawn, layer.crs())
    bands = _DRAWN_BANDS if drawn else _bands(layer, provider)
    overviews = _overviews(stored)
    if not drawn:
        notes += notes_on_pixels(bands, grid.width * grid.height, overviews)
    user_nodata = {} if drawn else _user_nodata(provider)
    declared = any(band.nodata is not None or band.colour == "alpha" for band in bands)
    info = RasterInfo(
        name=layer.name(),
        uri=raster_uri(layer),
        width=grid.width,
        height=grid.height,
        transform=grid.transform,
        crs_wkt=_wkt(layer.crs()),
        bands=bands,
        has_mask=declared or bool(user_nodata) or footprint is not None,
        overviews=overviews,
        render_bands=(1, 2, 3) if drawn else rendered_bands(layer.renderer()),
        notes=tuple(notes),
    )
    return info, user_nodata, footprint


def without_secrets(source: str) -> str:
    """A layer's source with keys, tokens and passwords in addresses replaced by ***."""
    return _SECRET.sub(r"\1***", _USER_AND_PASSWORD.sub(r"\1***\2", source))


def _bands(layer: QgsRasterLayer, provider: QgsRasterDataProvider) -> Tuple[BandInfo, ...]:
    if provider.bandCount() < 1:
        raise RasterNotSupported(
            "{layer} holds no raster band.",
            layer=layer.name(),
        )
    bands = []
    for number in range(1, provider.bandCount() + 1):
        dtype = type_name(provider.dataType(number))
        if dtype is None or is_colour(provider.dataType(number)):
            raise RasterNotSupported(
                "Band {band} of {layer} has a data type QGIS cannot read as an image.",
                "Convert it to 8 or 16 bit, or to float32, with Raster > Conversion > Translate.",
                band=number,
                layer=layer.name(),
            )
        colour = _COLOUR_NAMES.get(enum_number(provider.colorInterpretation(number)), "undefined")
        palette = None
        if not is_complex(provider.dataType(number)):
            palette = rendered_palette(layer.renderer(), number)
            if colour == "palette":
                palette = stored_palette(provider, number) or palette
        has_nodata = provider.sourceHasNoDataValue(number) and provider.useSourceNoDataValue(number)
        bands.append(
            BandInfo(
                number=number,
                name=_band_name(provider.generateBandName(number)),
                dtype=dtype,
                colour="palette" if palette else "undefined" if colour == "palette" else colour,
                nodata=provider.sourceNoDataValue(number) if has_nodata else None,
                palette=palette,
            )
        )
    return tuple(bands)


def _band_name(generated: str) -> str:
    """The description alone: QGIS writes "Band 3: red", and names are compared with "red"."""
    return generated.split(": ", 1)[1] if ": " in generated else generated


def _user_nodata(provider: QgsRasterDataProvider) -> Dict[int, List[_ValueRange]]:
    """The ranges declared as no data in the layer properties, by band."""
    declared = {}
    for number in range(1, provider.bandCount() + 1):
        ranges = provider.userNoDataValues(number)
        if ranges:
            declared[number] = [_ValueRange(each.min(), each.max()) for each in ranges]
    return declared


def _prepare(provider: QgsRasterDataProvider) -> None:
    """Make a clone read as we want it; the user's layer keeps the resampling the user chose."""
    if not _is_drawn(provider):
        # The provider would mark declared ranges in a bitmap that Python cannot read at once.
        for number in range(1, provider.bandCount() + 1):
            provider.setUserNoDataValue(number, [])
    provider.setZoomedInResamplingMethod(QgsRasterDataProvider.ResamplingMethod.Bilinear)
    provider.setZoomedOutResamplingMethod(QgsRasterDataProvider.ResamplingMethod.Average)
    # By default the provider samples nearest beyond a reduction by two.
    provider.setMaxOversampling(1e9)


def _is_drawn(provider: QgsRasterDataProvider) -> bool:
    return not has_own_pixels(provider)


def _stored_dataset(provider: QgsRasterDataProvider) -> Optional[gdal.Dataset]:
    """The file behind a GDAL layer, as stored; None for other providers."""
    if provider.name() != "gdal":
        return None
    path = provider.dataSourceUri().split("|", 1)[0]
    with gdal_exceptions():
        try:
            return gdal.Open(path)
        except RuntimeError:
            return None


def _footprint(
    stored: Optional[gdal.Dataset],
    grid: LayerGrid,
    drawn: bool,
    crs: QgsCoordinateReferenceSystem,
) -> Tuple[Optional[WarpFootprint], List[str]]:
    notes = []
    footprint = None
    if drawn:
        notes.append("The layer is drawn by a server: what is described is its picture.")
    if not crs.isValid():
        notes.append("The raster has no CRS: places are given in its own coordinates.")
    if stored is not None and placed_by_control_points(stored):
        notes.append("Georeferenced by ground control points only: positions are approximate.")
        footprint = WarpFootprint(stored, grid.transform, grid.width, grid.height)
    elif stored is not None and is_rotated(stored):
        notes.append("The raster is rotated against the map; QGIS turned it north-up to show it.")
        footprint = WarpFootprint(stored, grid.transform, grid.width, grid.height)
    return footprint, notes


def _overviews(stored: Optional[gdal.Dataset]) -> Tuple[int, ...]:
    if stored is None or stored.RasterCount == 0:
        return ()
    band = stored.GetRasterBand(1)
    sizes = [band.GetOverview(index).XSize for index in range(band.GetOverviewCount())]
    return tuple(sorted(max(1, round(stored.RasterXSize / size)) for size in sizes))


def _wkt(crs: QgsCoordinateReferenceSystem) -> str:
    if not crs.isValid():
        return ""
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)


def _lonlat_transform(crs: QgsCoordinateReferenceSystem) -> Optional[QgsCoordinateTransform]:
    if not crs.isValid():
        return None
    lonlat = QgsCoordinateReferenceSystem("EPSG:4326")
    return QgsCoordinateTransform(crs, lonlat, QgsProject.instance().transformContext())


def _reason(block: Any) -> str:
    # `summary()` of an empty error crashes QGIS 3.22.
    if block is None or block.error().isEmpty():
        return ""
    return ": " + " ".join(block.error().message().split()).rstrip(".")
