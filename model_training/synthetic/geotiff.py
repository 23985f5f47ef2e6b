"""Writes a scene as a georeferenced GeoTIFF with overviews."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .scene import Scene

EPSG = 32632
ORIGIN = (500_000.0, 5_300_000.0)
"""Upper left corner in UTM zone 32N; the place is made up."""


def write_geotiff(scene: Scene, path: Path | str) -> Path:
    """Write the scene's image as tiled RGB GeoTIFF in UTM, at the scene's own metres per pixel.

    Args:
        scene: what `draw_scene` or `draw_mosaic` returned.
        path: file to write; its folder is made.

    Returns:
        The path written.

    Note:
        Uses GDAL's own Python module where there is one (in QGIS's Python a pip rasterio must not
        be loaded beside it), else rasterio.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    height, width = scene.image.shape[:2]
    levels = [level for level in (2, 4, 8, 16) if min(height, width) // level >= 128]
    try:
        from osgeo import gdal  # noqa: F401
    except ImportError:
        _write_with_rasterio(scene.image, scene.gsd_m, target, levels)
    else:
        _write_with_gdal(scene.image, scene.gsd_m, target, levels)
    return target


def _write_with_gdal(
    image: NDArray[np.uint8], gsd_m: float, target: Path, levels: list[int]
) -> None:
    from osgeo import gdal, osr

    gdal.UseExceptions()
    height, width = image.shape[:2]
    options = ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "PREDICTOR=2"]
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(target), width, height, 3, gdal.GDT_Byte, [*options, "PHOTOMETRIC=RGB"]
    )
    dataset.SetGeoTransform((ORIGIN[0], gsd_m, 0.0, ORIGIN[1], 0.0, -gsd_m))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    dataset.SetProjection(reference.ExportToWkt())
    for band in range(3):
        plane = np.ascontiguousarray(image[..., band])
        dataset.GetRasterBand(band + 1).WriteRaster(0, 0, width, height, plane.tobytes())
    dataset.FlushCache()
    if levels:
        dataset.BuildOverviews("AVERAGE", levels)
    dataset.FlushCache()


def _write_with_rasterio(
    image: NDArray[np.uint8], gsd_m: float, target: Path, levels: list[int]
) -> None:
    import rasterio
    from rasterio.crs import CRS
    from rasterio.enums import Resampling
    from rasterio.transform import from_origin

    height, width = image.shape[:2]
    with rasterio.open(
        target,
        "w",
        driver="GTiff",
        width=width,
        height=height,
        count=3,
        dtype="uint8",
        crs=CRS.from_epsg(EPSG),
        transform=from_origin(ORIGIN[0], ORIGIN[1], gsd_m, gsd_m),
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
        predictor=2,
        photometric="rgb",
    ) as dataset:
        dataset.write(np.moveaxis(image, -1, 0))
        if levels:
            dataset.build_overviews(levels, Resampling.average)
