from __future__ import annotations

from typing import List

import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.errors import Cancelled, RasterNotReadable
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource
from rs_vlm_plugin.engine.results import Description
from rs_vlm_plugin.engine.tile_images import BATCH


class Listener(Silent):
    """Cancels once `is_cancelled` was asked often enough, or when told."""

    def __init__(self) -> None:
        self.fractions: List[float] = []
        self.stop = False

    def report(self, fraction: float, message: str) -> None:
        assert message
        self.fractions.append(fraction)

    def is_cancelled(self) -> bool:
        return self.stop


def test_first_words_come_before_the_rest(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    partial: List[Description] = []
    final = describe(source, None, tiny_model, budget=32, on_partial=partial.append)
    assert partial[0].scene.text == final.scene.text
    assert partial[0].provenance.tile_evaluations == 1
    assert len(partial) >= 2
    assert all(description.partial for description in partial)
    seen = [description.provenance.tile_evaluations for description in partial]
    assert seen == sorted(seen)
    assert max(later - earlier for earlier, later in zip(seen, seen[1:])) <= BATCH


def test_partial_descriptions_get_rarer_as_they_get_longer(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    partial: List[Description] = []
    describe(source, None, tiny_model, "fixed", 400, on_partial=partial.append)
    seen = [description.provenance.tile_evaluations for description in partial]
    assert len(seen) > 4
    assert all(more >= 1.2 * less for less, more in zip(seen, seen[1:]))


def test_progress_only_grows_and_ends_at_one(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    listener = Listener()
    describe(source, None, tiny_model, feedback=listener)
    assert listener.fractions == sorted(listener.fractions)
    assert listener.fractions[-1] == 1


def test_cancel_before_the_first_sentence(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    listener = Listener()
    listener.stop = True
    with pytest.raises(Cancelled):
        describe(source, None, tiny_model, feedback=listener)


def test_cancel_later_keeps_what_was_seen(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    listener = Listener()

    def cancel_at_second(description: Description) -> None:
        listener.stop = description.provenance.tile_evaluations > 1

    result = describe(source, None, tiny_model, feedback=listener, on_partial=cancel_at_second)
    assert result.partial
    assert result.regions
    assert 1 < result.provenance.tile_evaluations < 32
    assert result.provenance.notes[0].startswith("Stopped after")
    assert sum(region.share for region in result.regions) < 1


class FailsLater:
    """A source whose file goes away after some reads."""

    def __init__(self, source: RasterioSource, reads: int) -> None:
        self._source = source
        self._left = reads
        self.info = source.info
        self.ground_sample_distance = source.ground_sample_distance

    def read(self, window, out_shape, bands):
        self._left -= 1
        if self._left < 0:
            raise RasterNotReadable("The drive was unplugged.")
        return self._source.read(window, out_shape, bands)

    def close(self) -> None:
        self._source.close()


def test_failure_of_the_reading_thread_reaches_the_caller(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    partial: List[Description] = []
    with pytest.raises(RasterNotReadable, match="unplugged"):
        describe(FailsLater(source, 12), None, tiny_model, on_partial=partial.append)
    assert partial
