"""Things of one kind are listed once, whatever the captions and the boxes call them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.describe.places import Sighting, by_name, links, one_kind_each
from rs_vlm_plugin.engine.geometry import GeoTransform
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.captions import Caption, Word
from rs_vlm_plugin.engine.model.grounding import FoundObject
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.phrases import default_vocabulary
from rs_vlm_plugin.engine.results import GROUNDING, ObjectPlaces
from tests.engine.array_source import ArraySource

PIXELS = np.random.default_rng(6).integers(0, 255, (3, 64, 64), dtype=np.uint8)


class _SaysCars(VisionLanguageModel):
    """A model that finds one vehicle on every tile, whatever it sees, and writes of cars."""

    def find(self, phrases, encoding, image, least_score):
        return [FoundObject(phrases.index("vehicle"), 0.9, (0.4, 0.4, 0.6, 0.6))]

    def caption(self, tokens, should_stop=lambda: False, embeddings=None):
        attention = np.full(self.bundle.manifest.vision.cells, 1 / 16, dtype=np.float32)
        word = Word("Cars", 0, 4, 0.9, attention)
        return [Caption("Cars", 0.9, (word,)) for _ in tokens]


@pytest.fixture
def model(level_bundle: Path, tmp_path: Path) -> VisionLanguageModel:
    """One that boxes taught vehicles."""
    folder = tmp_path / "bundle"
    shutil.copytree(level_bundle, folder)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["levels"]["grounding"]["names"] = ["plane", "vehicle"]
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    return _SaysCars(load_bundle(folder), device="cpu", threads=1)


def test_cars_that_were_found_as_vehicles_are_listed_as_these(model: VisionLanguageModel) -> None:
    result = describe(ArraySource(PIXELS), None, model, "fixed", 2)
    listed = {item.name: item.method for item in result.objects}
    assert listed["vehicle"] == GROUNDING
    assert "car" not in listed
    (link,) = result.scene.links
    (vehicles,) = [item for item in result.objects if item.name == "vehicle"]
    assert link.geometry == vehicles.geometry


def _sighting(name: str, left: float) -> Sighting:
    return Sighting(name, 0.5, 1.0, ((left, 0, left + 10, 10),))


def test_finer_names_join_the_kind_that_another_caption_names() -> None:
    groups = by_name([_sighting("car", 0), _sighting("vehicle", 50), _sighting("boat", 90)])
    kinds = one_kind_each(groups, default_vocabulary())
    assert {name: len(found) for name, found in kinds.items()} == {"vehicle": 2, "boat": 1}


def test_kinds_that_nobody_names_join_nothing() -> None:
    groups = by_name([_sighting("car", 0), _sighting("truck", 50)])
    assert set(one_kind_each(groups, default_vocabulary())) == {"car", "truck"}


def test_spellings_are_one_name() -> None:
    for one, other in (("airplanes", "planes"), ("a harbour", "harbors"), ("lorries", "trucks")):
        (first,), (second,) = (default_vocabulary().find(text) for text in (one, other))
        assert first.name == second.name


def test_a_boat_is_linked_to_the_ships_that_were_found() -> None:
    ships = ObjectPlaces("ship", 1, 0.9, {"type": "Polygon", "coordinates": []}, GROUNDING)
    (link,) = links("a boat", default_vocabulary(), {}, GeoTransform.identity(), {"ship": ships})
    assert link.geometry == ships.geometry
