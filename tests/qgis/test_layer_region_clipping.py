"""Sub-regions end where the drawn region ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rs_vlm_plugin.layers.geojson import geometry_from_geojson
from rs_vlm_plugin.layers.region_clipping import clipped_to_region
from tests.qgis.descriptions import ORIGIN, make_description, several, square


def described(region: dict):
    description = make_description()
    return replace(description, provenance=replace(description.provenance, region=region))


def polygon(*corners) -> dict:
    """A polygon from corners in squares right of and below the raster's corner."""
    ring = [[ORIGIN[0] + 100 * x, ORIGIN[1] - 100 * y] for x, y in (*corners, corners[0])]
    return {"type": "Polygon", "coordinates": [ring]}


def area(geometry: dict) -> float:
    return geometry_from_geojson(geometry).area()


def test_a_triangle_cuts_its_parts():
    result = clipped_to_region(described(polygon((0, 0), (1, 0), (0, 1))))
    assert area(result.regions[0].geometry) == pytest.approx(5_000)
    assert result.regions[0].text == "Boats at a pier; it's calm."


def test_a_hole_stays_a_hole():
    ring = polygon((0, 0), (2, 0), (2, 2), (0, 2))["coordinates"][0]
    hole = polygon((0.25, 0.25), (0.25, 0.75), (0.75, 0.75), (0.75, 0.25))["coordinates"][0]
    result = clipped_to_region(described({"type": "Polygon", "coordinates": [ring, hole]}))
    assert area(result.regions[0].geometry) == pytest.approx(7_500)


def test_two_drawn_parts_cut_one_place_in_two():
    region = several(
        polygon((0, 0), (0.25, 0), (0.25, 1), (0, 1)), polygon((0.75, 0), (1, 0), (1, 1), (0.75, 1))
    )
    geometry = clipped_to_region(described(region)).regions[0].geometry
    assert geometry["type"] == "MultiPolygon"
    assert area(geometry) == pytest.approx(5_000)


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(square(5, 5), id="elsewhere"),
        pytest.param(polygon((0, 0), (2, 2), (2, 0), (0, 2)), id="self-crossing"),
    ],
)
def test_what_cannot_be_cut_stays_whole_or_loses_no_part(region):
    result = clipped_to_region(described(region))
    assert len(result.regions) == 2
    assert all(area(part.geometry) > 0 for part in result.regions)


def test_evidence_stays_where_it_was_seen():
    before = described(polygon((0, 0), (1, 0), (0, 1)))
    after = clipped_to_region(before)
    assert after.objects == before.objects
    assert after.scene == before.scene
