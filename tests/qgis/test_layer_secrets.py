"""Addresses of web layers are shown and kept without what opens them."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.layers.raster_layer_source import without_secrets
from rs_vlm_plugin.layers.web_area import WebArea

SECRETS = (
    "type=xyz&url=https://example.org/{z}?api_key=S3CRET",
    "type=xyz&url=https://example.org/{z}?tk=S3CRET",
    "type=xyz&url=https%3A%2F%2Fexample.org%2F%7Bz%7D?subscription-key%3DS3CRET",
    "type=xyz&url=https://ada:S3CRET@example.org/{z}",
    "type=xyz&url=https%3A%2F%2Fada:S3CRET%40example.org%2F%7Bz%7D",
    "http-header:authorization=Basic%20S3CRET&type=xyz&url=https://example.org/{z}",
)


@pytest.mark.parametrize("source", SECRETS)
def test_keys_and_passwords_are_left_out(source: str) -> None:
    assert "S3CRET" not in without_secrets(source)
    assert "example.org" in without_secrets(source)
    area = WebArea("wms", source, "tiles", (0, 0, 10, 10), 1.0)
    assert area.has_secret
    assert "S3CRET" not in area.uri


@pytest.mark.parametrize(
    "source",
    [
        "type=xyz&url=https://example.org/{z}/{x}/{y}.png&zmax=19&zmin=0",
        "type=xyz&http-header:referer=https://example.org&url=https://example.org/{z}@2x.png",
        "crs=EPSG:3857&layers=keys&styles=&url=https://example.org/wms",
    ],
)
def test_other_addresses_are_kept_as_they_are(source: str) -> None:
    assert without_secrets(source) == source


def test_the_area_of_a_nameless_layer_is_read_back() -> None:
    area = WebArea("wms", "type=xyz&url=https://example.org/{z}", "", (0, 0, 10, 10), 1.0)
    assert WebArea.parse(area.uri) == area
