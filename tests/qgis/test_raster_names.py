"""What rasters are called in lists and reports: files by name, web layers by the layer's name."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.layers.web_area import WebArea
from rs_vlm_plugin.layers.web_area_name import raster_name

WEB = WebArea("wms", "type=xyz&url=https://example.org/{z}.png", "City 2.0", (0, 0, 9, 9), 1.0)


@pytest.mark.parametrize(
    ("raster", "whole", "short"),
    [
        ("/data/scene.tif", "scene.tif", "scene"),
        (WEB.uri, "City 2.0", "City 2.0"),
        ("type=xyz&url=https://example.org", "type=xyz&url=https://example.org", None),
    ],
)
def test_names(raster: str, whole: str, short: str) -> None:
    assert raster_name(raster) == whole
    assert raster_name(raster, suffix=False) == (short or whole)
