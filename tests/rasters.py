"""Writes real GeoTIFFs for the tests: ordinary ones by `make_raster`, each oddity on its own.

Every function takes the path to write and returns it. rasterio is imported on first use and only
here, so that QGIS tests which need no raster never load it.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional, Sequence, Tuple

import numpy as np

from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio

UTM = "EPSG:32633"
# A Lambert projection of nobody's: it has no authority id, so only its WKT can carry it.
CUSTOM_CRS = (
    "+proj=laea +lat_0=51.5 +lon_0=12.25 +x_0=1000 +y_0=2000 +ellps=GRS80 +units=m +no_defs"
)


def pattern_pixels(
    pattern: str, bands: int, size: Tuple[int, int], dtype: str, seed: int = 7
) -> np.ndarray:
    """Pixels `[bands, height, width]`.

    Patterns: "gradient" (every pixel of every band distinct where the type allows), "noise",
    "constant", "blocks" (a bright block of 200 in the north-east quarter on 50), "busy_corner"
    (flat but for noise in the south-west quarter).
    """
    width, height = size
    rng = np.random.default_rng(seed)
    kind = np.dtype(dtype)
    top = 255.0 if kind.kind in "cf" or kind.itemsize == 1 else 4000.0
    rows, cols = np.mgrid[0:height, 0:width]
    if pattern == "gradient":
        ramp = (cols + rows * width) / max(1, width * height - 1) * 0.8
        pixels = np.stack([(ramp + 0.02 * band) * top for band in range(bands)])
    elif pattern == "noise":
        pixels = rng.uniform(0.05 * top, 0.95 * top, (bands, height, width))
    elif pattern == "constant":
        pixels = np.full((bands, height, width), 0.4 * top)
    elif pattern == "blocks":
        bright = (cols >= width // 2) & (rows < height // 2)
        pixels = np.repeat(np.where(bright, 200.0, 50.0)[None], bands, axis=0)
    elif pattern == "busy_corner":
        busy = (cols < width // 2) & (rows >= height // 2)
        noise = rng.uniform(0.1 * top, 0.9 * top, (bands, height, width))
        pixels = np.where(busy[None], noise, 0.4 * top)
    else:
        raise ValueError(f"no pattern {pattern!r}")
    if kind.kind in "iu":
        pixels = np.round(pixels)
    return pixels.astype(kind)


def make_raster(
    path: Path,
    bands: int = 3,
    dtype: str = "uint8",
    crs: Optional[str] = UTM,
    nodata: Optional[float] = None,
    size: Tuple[int, int] = (64, 48),
    pattern: str = "gradient",
    pixels: Optional[np.ndarray] = None,
    pixel_size: Tuple[float, float] = (10.0, 10.0),
    origin: Tuple[float, float] = (500_000.0, 5_700_000.0),
    transform: Optional[Any] = None,
    names: Optional[Sequence[str]] = None,
    colours: Optional[Sequence[str]] = None,
    overviews: Sequence[int] = (),
    **options: Any,
) -> Path:
    """An ordinary north-up GeoTIFF.

    Args:
        path: file to write.
        bands: number of bands; taken from `pixels` where given.
        dtype: numpy type name; taken from `pixels` where given.
        crs: anything rasterio understands, None for no georeference at all.
        nodata: declared nodata value; no pixel is set to it, see `with_nodata_hole`.
        size: (width, height) in pixels.
        pattern: see `pattern_pixels`.
        pixels: `[bands, height, width]` to write in place of a pattern.
        pixel_size: (x, y) in CRS units, both positive.
        origin: map coordinates of the top left corner.
        transform: rasterio Affine in place of `origin` and `pixel_size`.
        names: band descriptions.
        colours: colour interpretation names (red, green, blue, gray, undefined, alpha).
        overviews: decimation factors to build with averaging.
        options: creation options; `driver` for another format than GTiff.
    """
    from affine import Affine

    if pixels is None:
        pixels = pattern_pixels(pattern, bands, size, dtype)
    bands, height, width = pixels.shape
    if transform is None:
        if crs is None:
            transform = Affine.identity()
        else:
            transform = Affine(pixel_size[0], 0, origin[0], 0, -pixel_size[1], origin[1])
    profile = {
        "driver": options.pop("driver", "GTiff"),
        "width": width,
        "height": height,
        "count": bands,
        "dtype": str(pixels.dtype),
        "crs": crs,
        "nodata": nodata,
        "transform": transform,
        **options,
    }
    with writing(path, **profile) as dataset:
        dataset.write(pixels)
        for number, name in enumerate(names or (), start=1):
            dataset.set_band_description(number, name)
        if colours:
            from rasterio.enums import ColorInterp

            dataset.colorinterp = [ColorInterp[name] for name in colours]
    if overviews:
        build_overviews(path, overviews)
    return path


def with_nodata_hole(path: Path, nodata: float = 0, **settings: Any) -> Path:
    """A raster whose left half is nodata, declared as such."""
    dtype = settings.pop("dtype", "uint16")
    bands, size = settings.pop("bands", 3), settings.pop("size", (64, 48))
    pixels = pattern_pixels(settings.pop("pattern", "noise"), bands, size, dtype)
    pixels[:, :, : size[0] // 2] = nodata
    return make_raster(path, pixels=pixels, nodata=nodata, **settings)


def all_nodata(path: Path, nodata: float = 0, dtype: str = "uint8", **settings: Any) -> Path:
    """A raster with no valid pixel."""
    width, height = settings.pop("size", (64, 48))
    pixels = np.full((settings.pop("bands", 3), height, width), nodata, dtype=dtype)
    return make_raster(path, pixels=pixels, nodata=nodata, **settings)


def with_nan(path: Path, declared: bool = False, **settings: Any) -> Path:
    """A float32 raster whose top half is NaN; whether nodata says so is `declared`."""
    width, height = settings.pop("size", (64, 48))
    pixels = pattern_pixels("noise", settings.pop("bands", 1), (width, height), "float32")
    pixels[:, : height // 2] = np.nan
    return make_raster(path, pixels=pixels, nodata=float("nan") if declared else None, **settings)


def with_alpha(path: Path, size: Tuple[int, int] = (64, 48), **settings: Any) -> Path:
    """RGBA whose right half is transparent, with bright colours under the transparency."""
    pixels = pattern_pixels("noise", 4, size, "uint8")
    pixels[3] = 255
    pixels[:3, :, size[0] // 2 :] = 250
    pixels[3, :, size[0] // 2 :] = 0
    return make_raster(path, pixels=pixels, colours=("red", "green", "blue", "alpha"), **settings)


def with_internal_mask(path: Path, size: Tuple[int, int] = (64, 48), **settings: Any) -> Path:
    """RGB whose bottom half is masked out by a mask inside the file."""
    make_raster(path, size=size, pattern="noise", **settings)
    rasterio = import_rasterio()
    mask = np.full((size[1], size[0]), 255, dtype="uint8")
    mask[size[1] // 2 :] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    return path


PALETTE = {0: (0, 0, 0, 255), 1: (255, 0, 0, 255), 2: (0, 128, 0, 255), 3: (10, 20, 250, 255)}


def paletted(path: Path, size: Tuple[int, int] = (64, 48), **settings: Any) -> Path:
    """A land-cover raster: classes 1 to 3, alternating pixel by pixel, with a colour table."""
    width, height = size
    rows, cols = np.mgrid[0:height, 0:width]
    classes = (1 + (rows + cols) % 3).astype("uint8")[None]
    overviews = settings.pop("overviews", ())
    make_raster(path, pixels=classes, colours=("palette",), photometric="palette", **settings)
    rasterio = import_rasterio()
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, PALETTE)
    if overviews:
        build_overviews(path, overviews, "nearest")
    return path


def rotated(path: Path, degrees: float = 30.0, **settings: Any) -> Path:
    """A raster whose axes are turned against the map's, with "blocks" on it."""
    from affine import Affine

    transform = (
        Affine.translation(500_000, 5_700_000) * Affine.rotation(degrees) * Affine.scale(10, -10)
    )
    settings.setdefault("pattern", "blocks")
    return make_raster(path, transform=transform, **settings)


def gcp_only(
    path: Path, size: Tuple[int, int] = (64, 48), dtype: str = "uint8", bands: int = 1
) -> Path:
    """A raster placed by ground control points alone (WGS 84, sheared a little), showing "blocks".

    Pixel (col, row) lies at longitude 10 + 0.001 col + 0.0001 row, latitude 50 - 0.001 row.
    """
    from rasterio.control import GroundControlPoint

    width, height = size
    points = [
        GroundControlPoint(row=row, col=col, x=10 + 0.001 * col + 0.0001 * row, y=50 - 0.001 * row)
        for row in np.linspace(0, height, 4)
        for col in np.linspace(0, width, 4)
    ]
    pixels = pattern_pixels("blocks", bands, size, dtype)
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": bands,
        "dtype": dtype,
    }
    with writing(path, **profile) as dataset:
        dataset.gcps = (points, "EPSG:4326")
        dataset.write(pixels)
    return path


def complex_valued(path: Path, size: Tuple[int, int] = (64, 48), dtype: str = "complex64") -> Path:
    """A single-look complex image: amplitude 5 on the left half, 13 on the right."""
    width, height = size
    pixels = np.full((1, height, width), 3 + 4j, dtype=dtype)
    pixels[:, :, width // 2 :] = 5 - 12j
    return make_raster(path, pixels=pixels)


def one_pixel(path: Path, **settings: Any) -> Path:
    """A raster of a single pixel."""
    return make_raster(path, size=(1, 1), pattern="constant", **settings)


def stale_overviews(path: Path, size: Tuple[int, int] = (512, 512)) -> Path:
    """Overviews say 100, pixels say 200: tells from a coarse read which of the two was touched."""
    old = np.full((1, size[1], size[0]), 100, dtype="uint8")
    make_raster(path, pixels=old, overviews=(2, 4, 8), tiled=True, blockxsize=128, blockysize=128)
    rasterio = import_rasterio()
    with rasterio.open(path, "r+") as dataset:
        dataset.write(np.full((1, size[1], size[0]), 200, dtype="uint8"))
    return path


def with_collar(
    path: Path, colour: int = 0, size: Tuple[int, int] = (256, 192), **settings: Any
) -> Path:
    """RGB noise; an undeclared wedge of `colour` in the south-east, a patch of it inside."""
    width, height = size
    pixels = pattern_pixels("noise", 3, size, "uint8")
    rows, cols = np.mgrid[0:height, 0:width]
    wedge = cols / width + rows / height > 1.5
    pixels[:, wedge] = colour
    pixels[:, height // 4 : height // 4 + 20, width // 4 : width // 4 + 20] = colour
    return make_raster(path, pixels=pixels, **settings)


def huge_sparse(path: Path, side: int = 100_000, tile: int = 2048) -> Path:
    """`side` x `side` uint8 in a file of kilobytes: one written tile, nodata 0 everywhere else."""
    from affine import Affine
    from rasterio.windows import Window

    profile = {
        "driver": "GTiff",
        "width": side,
        "height": side,
        "count": 1,
        "dtype": "uint8",
        "crs": UTM,
        "nodata": 0,
        "transform": Affine(1, 0, 500_000, 0, -1, 5_700_000),
        "sparse_ok": True,
        "tiled": True,
        "blockxsize": tile,
        "blockysize": tile,
        "compress": "deflate",
    }
    corner = side // 2 // tile * tile
    with writing(path, **profile) as dataset:
        pixels = pattern_pixels("noise", 1, (tile, tile), "uint8")
        dataset.write(pixels, window=Window(corner, corner, tile, tile))
    return path


def truncated(path: Path) -> Path:
    """A GeoTIFF whose header is whole and whose pixels are cut off."""
    make_raster(path, size=(512, 512), pattern="noise", tiled=True, blockxsize=128, blockysize=128)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    return path


def without_bands(path: Path) -> Path:
    """A GeoPackage of two rasters: GDAL opens the whole as a dataset without a band of its own."""
    for name in ("first", "second"):
        make_raster(
            path,
            driver="GPKG",
            crs="EPSG:3857",
            raster_table=name,
            append_subdataset="NO" if name == "first" else "YES",
        )
    return path


def build_overviews(path: Path, factors: Sequence[int], resampling: str = "average") -> None:
    """Build overviews inside the file."""
    rasterio = import_rasterio()
    from rasterio.enums import Resampling

    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews(list(factors), Resampling[resampling])


@contextmanager
def writing(path: Path, **profile: Any) -> Iterator[Any]:
    """A rasterio dataset open for writing, without its warning about missing georeference."""
    rasterio = import_rasterio()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(path, "w", **profile) as dataset:
            yield dataset
