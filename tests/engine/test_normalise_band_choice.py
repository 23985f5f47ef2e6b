"""Which bands become red, green and blue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rs_vlm_plugin.engine.errors import RasterNotSupported
from rs_vlm_plugin.engine.geometry import GeoTransform
from rs_vlm_plugin.engine.raster.normalise import choose_bands
from rs_vlm_plugin.engine.raster.source import BandInfo, RasterInfo


def info(*names: str, colours: tuple = (), raster: str = "scene.tif") -> RasterInfo:
    colours = colours or ("undefined",) * len(names)
    bands = tuple(
        BandInfo(number, name, "uint8", colour)
        for number, (name, colour) in enumerate(zip(names, colours), start=1)
    )
    return RasterInfo(raster, "", 8, 8, GeoTransform.identity(), "", bands, has_mask=False)


SENTINEL = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")


@pytest.mark.parametrize(
    ("raster", "expected"),
    [
        (info("Band 1", "Band 2", "Band 3"), (1, 2, 3)),
        (info("Band 1", "Band 2", "Band 3", "Band 4"), (1, 2, 3)),
        (info("Band 1"), (1, 1, 1)),
        (info("Band 1", "Band 2"), (1, 1, 1)),
        (info("B02", "B03", "B04", "B08"), (3, 2, 1)),
        (info("Band 1: B02", "Band 2: B03", "Band 3: B04"), (3, 2, 1)),
        (info(*SENTINEL), (4, 3, 2)),
        (info("SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5"), (4, 3, 2)),
        (info("B1", "B2", "B3", raster="LT05_L2SP_001.tif"), (3, 2, 1)),
        (info("B1", "B2", "B3", "B4", raster="LE07_L2SP_001.tif"), (3, 2, 1)),
        (info("B1", "B2", "B3", "B4", raster="LC08_L2SP_001.tif"), (4, 3, 2)),
        (info("B1", "B2", "B3"), (3, 2, 1)),
        (info("Blue", "Green", "Red", "NIR"), (3, 2, 1)),
        (info("coastal", "blue", "green", "Red Edge 1", "red"), (5, 3, 2)),
        (info("a", "b", "c", colours=("blue", "green", "red")), (3, 2, 1)),
        (info("x", "y", "z", "w", colours=("alpha", "red", "green", "blue")), (2, 3, 4)),
        (info("x", "y", "z", "w", colours=("alpha", *["undefined"] * 3)), (2, 3, 4)),
        (info("grey", "alpha", colours=("gray", "alpha")), (1, 1, 1)),
        # GDAL calls the first three bands of any four-band file red, green and blue; names know
        # better.
        (info("B02", "B03", "B04", colours=("red", "green", "blue")), (3, 2, 1)),
    ],
)
def test_bands(raster, expected):
    assert choose_bands(raster) == expected


def test_the_renderer_decides_first():
    raster = info(*SENTINEL)
    assert choose_bands(replace(raster, render_bands=(8, 4, 3))) == (8, 4, 3)
    assert choose_bands(replace(raster, render_bands=(5,))) == (5, 5, 5)


def test_a_paletted_band_stands_alone():
    raster = info("classes", "quality", "quality", colours=("palette", "gray", "gray"))
    coloured = replace(raster.bands[0], palette=((0, 0, 0, 255), (255, 0, 0, 255)))
    assert choose_bands(replace(raster, bands=(coloured, *raster.bands[1:]))) == (1, 1, 1)


def test_nothing_but_alpha_is_no_image():
    with pytest.raises(RasterNotSupported):
        choose_bands(info("a", colours=("alpha",)))
