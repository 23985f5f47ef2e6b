"""Rasters outside QGIS: command line, workers and training read through rasterio.

Inside QGIS use the layer adapter: a pip rasterio brings a second GDAL and PROJ into the process.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, List, Optional, Sequence, Tuple, Type

import numpy as np
from numpy.typing import NDArray

from ..errors import RasterNotReadable, RasterNotSupported, RuntimeMissing
from ..geometry import GeoTransform, Window
from .gsd import ground_sample_distance
from .sampling import check_read, may_mix, notes_on_pixels, shrink_factor
from .source import BandInfo, RasterInfo

# GDAL's default is a twentieth of the machine's memory, which on a server is gigabytes.
_BLOCK_CACHE_MB = 128
# Half of that: what may be decoded at once so that every band finds it in the cache.
_STRIPPED_BYTES = _BLOCK_CACHE_MB << 19
_MOST_NAMED = 5
_COLOURS = ("red", "green", "blue", "alpha", "gray", "palette")


def import_rasterio() -> Any:
    """rasterio, with the PROJ database it was built with and a block cache of bounded size.

    rasterio follows PROJ_DATA or PROJ_LIB, which an installed QGIS or conda points at another
    version's database; then no CRS can be looked up. It asks for them anew in every thread, so they
    are dropped from the environment. GDAL_CACHEMAX, read by GDAL at its first block, is set there
    unless the user did. (`rasterio.Env` would do neither: it belongs to one thread and forgets on
    leaving.) A process that is QGIS keeps its environment, which its own GDAL needs.

    Raises:
        RuntimeMissing: rasterio is not installed or does not load.
    """
    if "qgis.core" not in sys.modules:
        for name in ("PROJ_DATA", "PROJ_LIB"):
            os.environ.pop(name, None)
        os.environ.setdefault("GDAL_CACHEMAX", str(_BLOCK_CACHE_MB))
    try:
        rasterio = importlib.import_module("rasterio")
        for part in ("errors", "vrt", "warp", "windows", "enums"):
            importlib.import_module(f"rasterio.{part}")
    except ImportError as error:
        raise RuntimeMissing(
            f"rasterio cannot be loaded: {error}.", "Install it with: pip install rasterio"
        ) from error
    return rasterio


def open_raster(path: str) -> RasterioSource:
    """Open a raster file or anything else GDAL reads by name (/vsi paths, URLs).

    Args:
        path: file name; relative ones are taken from the working directory.

    Returns:
        The source, to be closed or used as a context manager.

    Raises:
        RasterNotReadable: no such file, or not a raster, or a broken one.
        RasterNotSupported: a raster without bands or pixels.
        RuntimeMissing: rasterio is not installed.

    Example:
        >>> with open_raster("scene.tif") as source:            # doctest: +SKIP
        ...     values, valid = source.read(source.info.window, (256, 256), (1, 2, 3))
    """
    rasterio = import_rasterio()
    path = str(path)
    _check_file(path)
    with ExitStack() as closing:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
                dataset = closing.enter_context(rasterio.open(path))
            if dataset.count == 0:
                raise RasterNotSupported(
                    f"{_name(path)} holds no raster band.",
                    _what_is_in_it(dataset.subdatasets),
                )
            view, notes = _georeferenced(rasterio, dataset, closing)
            info = _info(rasterio, view, path, notes)
        except _failures(rasterio) as error:
            reason = _reason(error, path)
            raise RasterNotReadable(
                f"{_name(path)} cannot be opened as a raster: {reason}.", _what_to_do(path, reason)
            ) from error
        return RasterioSource(rasterio, view, info, closing.pop_all())


class RasterioSource:
    """A `RasterSource` over a rasterio dataset, made by `open_raster`; one thread at a time."""

    def __init__(self, rasterio: Any, dataset: Any, info: RasterInfo, closing: ExitStack) -> None:
        self._rasterio = rasterio
        self._dataset = dataset
        self._closing = closing
        self._info = info

    @property
    def info(self) -> RasterInfo:
        """Everything known without reading pixels."""
        return self._info

    def read(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """See `RasterSource.read`.

        Note:
            Averages where it shrinks and interpolates where it enlarges; paletted and complex bands
            are sampled nearest, and so is a coarse look at a large raster without overviews, which
            otherwise would decode all of it.
        """
        check_read(self._info, window, out_shape, bands)
        numbers = sorted(set(bands))
        resampling = self._resampling(window, out_shape, numbers)
        pieces = [
            self._piece(numbers, strip, shape, resampling)
            for strip, shape in self._strips(window, out_shape, numbers)
        ]
        values, valid = pieces[0]
        if len(pieces) > 1:
            values = np.concatenate([piece for piece, _ in pieces], axis=1)
            valid = np.concatenate([mask for _, mask in pieces])
        if list(bands) != numbers:
            values = values[[numbers.index(number) for number in bands]]
        return values, valid

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        """Metres on the ground per pixel at the window's centre; None without a CRS."""

        def to_lonlat(x: float, y: float) -> Tuple[float, float]:
            lon, lat = self.to_lonlat(np.array([[x, y]]))[0].tolist()
            return lon, lat

        if not self._dataset.crs:
            return None
        return ground_sample_distance(self._info.transform, window, to_lonlat)

    def to_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `RasterSource.to_lonlat`."""
        crs = self._dataset.crs
        if not crs:
            return np.full(points.shape, np.nan)
        try:
            lon, lat = self._rasterio.warp.transform(
                crs, "EPSG:4326", points[:, 0].tolist(), points[:, 1].tolist()
            )
        except _failures(self._rasterio):
            # Local grids and other planets have no longitude and latitude on Earth.
            return np.full(points.shape, np.nan)
        return np.stack([lon, lat], axis=1).astype(np.float64)

    def from_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude `[N, 2]` as map coordinates; NaN or infinite where the CRS has no
        such place, NaN throughout without a CRS."""
        crs = self._dataset.crs
        if not crs:
            return np.full(points.shape, np.nan)
        try:
            x, y = self._rasterio.warp.transform(
                "EPSG:4326", crs, points[:, 0].tolist(), points[:, 1].tolist()
            )
        except _failures(self._rasterio):
            return np.full(points.shape, np.nan)
        return np.stack([x, y], axis=1).astype(np.float64)

    def close(self) -> None:
        """Close the file. Closing twice is allowed."""
        self._closing.close()

    def __enter__(self) -> RasterioSource:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _resampling(self, window: Window, out_shape: Tuple[int, int], numbers: List[int]) -> str:
        if not all(may_mix(self._info, number, window, out_shape) for number in numbers):
            return "nearest"
        return "bilinear" if shrink_factor(window, out_shape) <= 1 else "average"

    def _strips(
        self, window: Window, out_shape: Tuple[int, int], numbers: List[int]
    ) -> List[Tuple[Any, Tuple[int, int]]]:
        """The window as rasterio's, or as strips of whole rows of blocks, and the shape of each.

        GDAL samples band after band. Where blocks fill the cache, those of interleaved bands and
        masks are decoded anew for each band, unless all bands of a strip are read before the next.
        """
        height, width = out_shape
        edges = [0, height]
        if not self._info.overviews and shrink_factor(window, out_shape) > 1:
            row_bytes = window.width * sum(
                np.dtype(self._dataset.dtypes[number - 1]).itemsize for number in numbers
            )
            block = self._dataset.block_shapes[0][0]
            rows = block * max(1, _STRIPPED_BYTES // (row_bytes * block))
            if rows < window.height:
                scale = window.height / height
                sampled = (window.row_off + (np.arange(height) + 0.5) * scale) // rows
                edges = [0, *(np.flatnonzero(np.diff(sampled)) + 1), height]
        return [
            (
                self._rasterio.windows.Window(
                    window.col_off,
                    window.row_off + first * window.height / height,
                    window.width,
                    (end - first) * window.height / height,
                ),
                (int(end - first), width),
            )
            for first, end in zip(edges, edges[1:])
        ]

    def _piece(
        self, numbers: List[int], window: Any, out_shape: Tuple[int, int], resampling: str
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        values = self._read(numbers, window, out_shape, resampling)
        if resampling != "nearest" and values.dtype.kind == "f" and np.isnan(values).any():
            # A NaN that nodata does not declare spoils every average it enters.
            sampled = self._read(numbers, window, out_shape, "nearest")
            values = np.where(np.isnan(values), sampled, values)
        if values.dtype.kind == "c":
            values = np.abs(values).astype(np.float32)
        valid = self._valid(numbers, window, out_shape)
        if values.dtype.kind == "f":
            valid &= np.isfinite(values).all(axis=0)
        return values, valid

    def _read(
        self, numbers: List[int], window: Any, out_shape: Tuple[int, int], resampling: str
    ) -> NDArray[np.generic]:
        try:
            values: NDArray[np.generic] = self._dataset.read(
                numbers,
                window=window,
                out_shape=(len(numbers), *out_shape),
                resampling=self._rasterio.enums.Resampling[resampling],
            )
        except _failures(self._rasterio) as error:
            raise self._not_readable(error) from error
        return values

    def _valid(
        self, numbers: List[int], window: Any, out_shape: Tuple[int, int]
    ) -> NDArray[np.bool_]:
        if not self._info.has_mask:
            return np.ones(out_shape, dtype=bool)
        try:
            masks = self._dataset.read_masks(
                numbers,
                window=window,
                out_shape=(len(numbers), *out_shape),
            )
        except _failures(self._rasterio) as error:
            raise self._not_readable(error) from error
        valid: NDArray[np.bool_] = (masks > 0).any(axis=0)
        return valid

    def _not_readable(self, error: Exception) -> RasterNotReadable:
        return RasterNotReadable(
            f"{self._info.name} cannot be read: {_reason(error, self._info.uri)}.",
            "The file may be damaged, incomplete or no longer there.",
        )


def _check_file(path: str) -> None:
    """Raise `RasterNotReadable` for a file that GDAL would misunderstand or wait for."""
    if not path:
        raise RasterNotReadable("The file's name is empty.", "Name a raster file.")
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RasterNotReadable(
            "The file's name is not valid UTF-8, so it cannot be opened.", "Rename the file."
        ) from error
    if _is_remote(path) or path.startswith("/vsi") or ":" in Path(path).name:
        return
    if not os.path.exists(path):
        raise RasterNotReadable(f"There is no file {path}.", "Check the path.")
    if os.path.isdir(path):
        raise RasterNotReadable(f"{path} is a folder, not a raster.", "Name a file in it.")
    if not os.path.isfile(path):
        raise RasterNotReadable(f"{path} is not a regular file.", "Name a raster file.")


def _is_remote(path: str) -> bool:
    return "://" in path or path.startswith("/vsicurl")


def _what_to_do(path: str, reason: str) -> str:
    if "denied" in reason.lower():
        return "Ask for access to it."
    if _is_remote(path):
        return "Check the address and the connection."
    return "The file may be damaged or of a format GDAL does not know."


def _what_is_in_it(names: Sequence[str]) -> str:
    if not names:
        return "Name a file with an image in it."
    shown = ", ".join(names[:_MOST_NAMED]) + (", ..." if len(names) > _MOST_NAMED else "")
    return f"It is a container; name one of its rasters: {shown}."


def _failures(rasterio: Any) -> Tuple[Type[Exception], ...]:
    """What rasterio raises for a file or CRS it cannot handle; the three have no common base."""
    return (
        rasterio.errors.RasterioError,
        rasterio.errors.CRSError,
        rasterio._err.CPLE_BaseError,
    )


def _georeferenced(rasterio: Any, dataset: Any, closing: ExitStack) -> Tuple[Any, List[str]]:
    points, points_crs = dataset.gcps
    if dataset.crs or not points:
        notes = []
        if not dataset.crs:
            notes.append("The raster has no CRS: places are given in its own coordinates.")
        return dataset, notes
    if not points_crs:
        return dataset, ["The raster's ground control points name no CRS: places are in pixels."]
    # Warped nearest, so that values stay what they are; alpha marks what the warp leaves empty.
    view = closing.enter_context(
        rasterio.vrt.WarpedVRT(dataset, src_crs=points_crs, crs=points_crs, add_alpha=True)
    )
    return view, ["Georeferenced by ground control points only: positions are approximate."]


def _info(rasterio: Any, dataset: Any, path: str, notes: Sequence[str]) -> RasterInfo:
    affine = dataset.transform
    transform = GeoTransform(affine.a, affine.b, affine.c, affine.d, affine.e, affine.f)
    notes = list(notes)
    if transform.is_rotated:
        notes.append("The raster is rotated against the map; its places are rotated with it.")
    bands = tuple(_band(rasterio, dataset, number) for number in dataset.indexes)
    overviews = tuple(dataset.overviews(1))
    notes += notes_on_pixels(bands, dataset.width * dataset.height, overviews)
    everywhere = rasterio.enums.MaskFlags.all_valid
    colours = [band for band in bands if band.colour != "alpha"]
    has_mask = any(everywhere not in dataset.mask_flag_enums[band.number - 1] for band in colours)
    return RasterInfo(
        name=_name(path),
        uri=path,
        width=dataset.width,
        height=dataset.height,
        transform=transform,
        crs_wkt=dataset.crs.to_wkt() if dataset.crs else "",
        bands=bands,
        has_mask=has_mask,
        overviews=overviews,
        notes=tuple(notes),
    )


def _band(rasterio: Any, dataset: Any, number: int) -> BandInfo:
    colour = dataset.colorinterp[number - 1].name.lower()
    palette = None
    if colour == "palette":
        entries = dataset.colormap(number)
        palette = tuple(entries.get(index, (0, 0, 0, 255)) for index in range(max(entries) + 1))
    return BandInfo(
        number=number,
        name=dataset.descriptions[number - 1] or f"Band {number}",
        dtype=dataset.dtypes[number - 1],
        colour=colour if colour in _COLOURS else "undefined",
        nodata=dataset.nodatavals[number - 1],
        palette=palette,
    )


def _name(path: str) -> str:
    return Path(path).name or path


def _reason(error: BaseException, path: str) -> str:
    """GDAL's own sentence, which rasterio keeps in the cause, without the path all over it."""
    innermost = error
    while innermost.__cause__ is not None:
        innermost = innermost.__cause__
    sentence = str(innermost)
    for mention in (f"'{path}' ", f"{path}: ", f"{_name(path)}: "):
        sentence = sentence.replace(mention, "")
    return " ".join(sentence.split()).rstrip(".")
