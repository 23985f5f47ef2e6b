"""Everyday words that the text encoder only has in splinters are looked for by a word it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.search import parse_query, search
from rs_vlm_plugin.engine.search.known_words import in_known_words, query_in_known_words
from rs_vlm_plugin.resource_paths import default_bundle
from tests import rasters

LORRIES = "The model does not know lorries: it was asked for trucks."


@pytest.fixture(scope="module")
def bundled() -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


def test_every_part_of_a_query_is_put_in_known_words(bundled: VisionLanguageModel) -> None:
    typed = parse_query("lorries near a river not airliners")
    query, notes = query_in_known_words(typed, bundled)
    assert (query.wanted, query.unwanted) == ("trucks near a river", ("planes",))
    assert query.text == typed.text
    assert [str(note) for note in notes] == [
        LORRIES,
        "The model does not know airliners: it was asked for planes.",
    ]


@pytest.mark.parametrize("text", ["trucks on a road", "xylophones", "green fields"])
def test_other_texts_stay_as_they_are(bundled: VisionLanguageModel, text: str) -> None:
    assert in_known_words(text, bundled) == (text, [])


def test_search_finds_the_same_for_both_words(bundled: VisionLanguageModel, tmp_path: Path) -> None:
    path = str(rasters.make_raster(tmp_path / "scene.tif", size=(256, 256)))
    with create_index(tmp_path / "i.gpkg", identity(bundled)) as index:
        build(index, [RasterInput(path, lambda: open_raster(path))], bundled, "fixed", 5)
        lorries, trucks = (
            search([index], parse_query(text), bundled) for text in ("lorries", "trucks")
        )
    assert lorries.query == "lorries"
    assert LORRIES in lorries.notes
    assert LORRIES not in trucks.notes
    assert [hit.similarity for hit in lorries.hits] == [hit.similarity for hit in trucks.hits]


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("a dog near a river", "a dog"),
        ("storage tanks next to water", ""),
        ("many planes parked at an airport", ""),
        ("dense forest not houses", ""),
    ],
)
def test_search_says_what_the_model_was_hardly_shown(
    bundled: VisionLanguageModel, tmp_path: Path, text: str, strange: str
) -> None:
    with create_index(tmp_path / "i.gpkg", identity(bundled)) as index:
        notes = search([index], parse_query(text), bundled).notes
    said = [note for note in notes if note.startswith("Hardly anything")]
    assert said == (
        [
            "Hardly anything that the model learnt from was called "
            f"{strange}: results may mean little."
        ]
        if strange
        else []
    )


def test_find_looks_for_the_kind_and_keeps_the_word(
    bundled: VisionLanguageModel, tmp_path: Path
) -> None:
    path = rasters.make_raster(tmp_path / "scene.tif", size=(256, 256))
    with open_raster(str(path)) as source:
        lorry, vehicle = (
            find(source, None, [phrase], bundled, "fixed", 4, 0.0)
            for phrase in ("lorry", "vehicle")
        )
        with pytest.raises(BadRequest, match="knows no word of xylophone"):
            find(source, None, ["xylophone"], bundled, "fixed", 4)
    assert "The model does not know lorry: it was asked for truck." in lorry.provenance.notes
    assert {item.phrase for item in lorry.objects} == {"lorry"}
    assert [item.score for item in lorry.objects] == [item.score for item in vehicle.objects]
