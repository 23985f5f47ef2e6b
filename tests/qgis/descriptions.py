"""Descriptions built by hand, with text that HTML, SQL and JSON would each trip over."""

from __future__ import annotations

from typing import Any

from rs_vlm_plugin.engine.results import (
    Description,
    ObjectPlaces,
    PhraseLink,
    Provenance,
    RegionText,
    SceneText,
)

ORIGIN = (500_000.0, 5_700_000.0)


def square(column: float, row: float, side: float = 100.0) -> dict:
    """A square Polygon, `column` and `row` squares right of and below the raster's corner."""
    left, top = ORIGIN[0] + column * side, ORIGIN[1] - row * side
    right, bottom = left + side, top - side
    ring = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    return {"type": "Polygon", "coordinates": [ring]}


def several(*squares: dict) -> dict:
    """Squares as one MultiPolygon."""
    return {"type": "MultiPolygon", "coordinates": [each["coordinates"] for each in squares]}


def make_description(crs_wkt: str = "", raster: str = "harbour.tif", **changes: Any) -> Description:
    """A scene of two regions and two objects; `changes` replace fields of `Description`."""
    scene_text = 'Many boats <b> in a harbour & "two" tanks.'
    boats, tanks = scene_text.index("boats"), scene_text.index("tanks")
    parts = {
        "scene": SceneText(
            text=scene_text,
            confidence=0.734,
            geometry=square(0, 0, 200),
            links=(
                PhraseLink(boats, boats + 5, "boat", several(square(0, 0), square(1, 1))),
                PhraseLink(tanks, tanks + 5, "tank", None),
            ),
        ),
        "regions": (
            RegionText(
                text="Boats at a pier; it's calm.",
                confidence=0.9,
                geometry=square(0, 0),
                place="north-west",
                share=0.25,
                links=(PhraseLink(0, 5, "boat", square(0, 0)),),
            ),
            RegionText("Water – only water.", 0.31, square(1, 1), "south-east", 0.75),
        ),
        "objects": (
            ObjectPlaces("boat", 2, 0.8, several(square(0, 0), square(1, 1)), "caption attention"),
            ObjectPlaces("pier", 1, 0.4, square(0, 0), "caption attention"),
        ),
        "provenance": Provenance(
            model="tiny",
            model_version="0.0.1",
            model_licence="CC-BY-4.0 <of the model>",
            bundle_sha256="ab" * 32,
            plugin_version="0.1.0",
            providers=("CPUExecutionProvider",),
            raster=raster,
            crs_wkt=crs_wkt,
            region=square(0, 0, 200),
            ground_sample_distance_m=None if not crs_wkt else 10.0,
            bands=(1, 2, 3),
            stretch=((0.0, 255.0),) * 3,
            policy="content",
            budget=32,
            tile_evaluations=5,
            prompt="",
            started="2026-11-20T12:00:00+00:00",
            duration_s=1.25,
            notes=("The raster is <odd>.",),
        ),
    }
    return Description(**{**parts, **changes})
