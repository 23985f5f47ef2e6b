"""Tile after tile: what a model sees of the things it looks for, put together over the seams."""

from __future__ import annotations

from dataclasses import replace
from typing import Generator, List, Optional, Sequence, Tuple

import numpy as np

from ..dris.plan import DrisPlan, Tile
from ..errors import BundleInvalid
from ..familiarity import familiarity
from ..look import Look
from ..model.encoding import Encoding
from ..outline import Rectangle
from ..raster.source import RasterSource
from ..sentence import say
from ..tile_images import TileImage, read_batches, stacked
from .measure import area_m2, side_lengths_m
from .overlap import least_side, with_margins
from .results import ObjectFound
from .sightings import Sighting, distinct, sighting

_NOTICED = 0.01


class Seeker:
    """Looks for phrases on the tiles of a look.

    Every tile of the plan is looked at, with a margin. Its ground decides what is a tile's: an
    object belongs to the tile on whose ground its centre lies. Where others refine a tile it is
    there for what is too large for those.

    Args:
        look: region, plan and model.
        phrases: what to look for; none makes it a reader of tiles only.
        min_score: objects less sure are left out.
        asked: what the model is asked for in place of each phrase; None for the phrases.
    """

    def __init__(
        self,
        look: Look,
        phrases: Sequence[str],
        min_score: float,
        asked: Optional[Sequence[str]] = None,
    ) -> None:
        self._look = look
        self._phrases = tuple(phrases)
        self._asked = self._phrases if asked is None else tuple(asked)
        self._min_score = min_score
        origin = look.origin
        self.planned(look.plan)
        self._gsd = origin.source.ground_sample_distance(origin.window)
        self._sightings: List[Sighting] = []

    def planned(self, plan: DrisPlan) -> None:
        """Tell the plan, where it was made of what was seen: tiles numbered as in it."""
        self._look = replace(self._look, plan=plan)
        origin = self._look.origin
        self.tiles = with_margins(plan, origin.source.info.window, origin.model.input_size)

    def batches(self) -> Generator[List[TileImage], None, None]:
        """All tiles as model inputs, coarse ones first; see `read_batches`."""
        origin = self._look.origin
        return read_batches(
            origin.source,
            self.tiles,
            range(len(self.tiles)),
            origin.region,
            origin.model.input_size,
            self._look.stretch,
        )

    def encode(self, batch: Sequence[TileImage]) -> Encoding:
        """A batch as the model sees it, at the metres per pixel it is shown with."""
        gsd = self._gsd or 0.0
        metres = np.array([gsd * image.tile.scale for image in batch], dtype=np.float32)
        pixels = stacked(batch)
        return self._look.origin.model.encode_images(pixels, metres)

    def trust(self, tile: Tile) -> float:
        """What a confidence for a tile is multiplied by; see `familiarity`."""
        trained = self._look.origin.model.bundle.manifest.gsd_range_m
        return familiarity(self._gsd, tile, trained)

    def seek(
        self,
        batch: Sequence[TileImage],
        encoding: Encoding,
        only: Optional[Sequence[int]] = None,
    ) -> None:
        """Remember what the encoded batch shows of the phrases, or of those with numbers `only`."""
        numbers = range(len(self._phrases)) if only is None else only
        phrases = [self._asked[number] for number in numbers]
        if not phrases:
            return
        model = self._look.origin.model
        levels = model.bundle.manifest.levels
        if levels is None:
            raise BundleInvalid("The model bundle cannot find objects.")
        raster = self._look.origin.source.info.window
        for row, image in enumerate(batch):
            trust = self.trust(image.tile)
            for found in model.find(phrases, encoding, row, self._min_score):
                found = replace(found, phrase=numbers[found.phrase])
                seen = sighting(found, image, levels.fine, raster, trust)
                if seen is not None and seen.score >= self._min_score:
                    self._sightings.append(seen)

    def distinct(self) -> List[Sighting]:
        """Every object seen so far, once, surest first, in pixels of the raster."""
        plan = self._look.plan
        own = [
            item
            for item in self._sightings
            if item.large_enough(least_side(plan, item.tile, item.centre))
        ]
        return distinct(own)

    def found(self) -> Tuple[ObjectFound, ...]:
        """The same with polygon and size on the ground."""
        source = self._look.origin.source
        return tuple(_object(item, self._phrases[item.phrase], source) for item in self.distinct())

    def notes(self) -> Tuple[str, ...]:
        """A sentence where much of the region was looked at from afar only."""
        model = self._look.origin.model
        closest = 1.0
        if self._gsd:
            closest = max(closest, model.bundle.manifest.gsd_range_m[0] / self._gsd)
        plan = self._look.plan
        leaves = [plan.tiles[index] for index in plan.leaves]
        areas = np.array([plan.ground_area(index) for index in plan.leaves])
        sides = np.array([max(tile.window.width, tile.window.height) for tile in leaves])
        # As the planner: what is a quarter larger than the model's input is not cut any more.
        far = sides > 1.25 * closest * model.input_size + 1
        share = float(areas[far].sum() / max(areas.sum(), 1e-9))
        if share < _NOTICED:
            return ()
        part = (
            say("The region")
            if share > 1 - _NOTICED
            else say("{share} % of the region", share=round(100 * share))
        )
        return (
            say(
                "{part} was not looked at as closely as the model can: small objects may be "
                "missing there. A larger budget looks closer.",
                part=part,
            ),
        )


def _object(item: Sighting, phrase: str, source: RasterSource) -> ObjectFound:
    transform = source.info.transform
    corners = [transform.to_map(*corner) for corner in _corners(item.rectangle)]
    if (transform.a * transform.e - transform.b * transform.d) < 0:
        # Rows run against the map's y: turned around, the ring is counter-clockwise.
        corners.reverse()
    ring = [[x, y] for x, y in (*corners, corners[0])]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    sides = side_lengths_m(source, corners)
    return ObjectFound(
        phrase=phrase,
        score=item.score,
        geometry=geometry,
        area_m2=area_m2(source, geometry),
        length_m=None if sides is None else sides[0],
        width_m=None if sides is None else sides[1],
    )


def _corners(rectangle: Rectangle) -> List[Tuple[float, float]]:
    left, top, right, bottom = rectangle
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
