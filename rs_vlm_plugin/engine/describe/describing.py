"""Describe a region: plan, read, look, write, and put together what was said where."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Callable, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..compass import Bounds, place_name
from ..dris.plan import Tile
from ..errors import Cancelled
from ..feedback import Feedback, Silent
from ..geometry import GeoJson, Region
from ..look import Look
from ..model.vlm import VisionLanguageModel
from ..outline import outline
from ..phrases import ObjectVocabulary, default_vocabulary
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..results import Description, RegionText, SceneText
from ..tile_images import TileImage
from .places import by_name, links, object_places, sightings
from .seen import SeenTile, seen_tile
from .sub_regions import mean_confidence, rectangle, speaker, sub_regions

POLICY = "content"
BUDGET = 32
PROMPT = "caption"
# A sub-region this large has no place of its own within the region.
_WIDE_PLACES = ((0.9, "throughout"), (0.6, "most of the region"))
ATTENTION_NOTE = (
    "Objects are counted as places the model looked at while writing their names, not as instances."
)


def describe(
    source: RasterSource,
    region: Optional[Region],
    model: VisionLanguageModel,
    policy: str = POLICY,
    budget: int = BUDGET,
    feedback: Optional[Feedback] = None,
    on_partial: Optional[Callable[[Description], None]] = None,
    stretch: Optional[Stretch] = None,
) -> Description:
    """Say what a region shows, on three levels, with evidence.

    The scene sentence comes from the coarsest tiles: the caption of the only one, or of the one
    whose embedding is nearest to their mean. Sub-regions come from the plan's leaves; see
    `sub_regions`. Image just outside the region is shown to the model as context but never counts
    as evidence.

    Args:
        source: raster to read, by one background thread at a time.
        region: area of interest in the raster's CRS; None for all of it.
        model: a bundle that can describe.
        policy: which cells are looked at closely; see `dris.policies`.
        budget: most tile evaluations, at least 1.
        feedback: hears of progress, and may cancel.
        on_partial: gets the description so far, after the scene sentence and after each batch of
            tiles.
        stretch: from `fit_stretch` on the same raster, for those who describe many regions of it;
            None fits one.

    Returns:
        The description; `partial` where it was cancelled after the scene sentence.

    Raises:
        EmptyRegion: nothing but nodata, or no overlap with the raster.
        ActionUnsupported: the bundle cannot describe.
        BadRequest: an unknown policy or a budget below 1.
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
        Cancelled: cancelled before the first sentence.

    Note:
        Costs at most `budget` tile evaluations. Holds two batches of tiles, whatever the raster's
        size.
    """
    model.bundle.require("describe")
    look = Look.begin(source, region, model, policy, budget, stretch)
    work = _Work(look, default_vocabulary())
    feedback = feedback or Silent()
    stopped = False
    for order in (look.roots, look.closer):
        with closing(look.batches(order)) as batches:
            stopped = stopped or _see(work, batches, feedback, on_partial)
    if stopped and not work.seen:
        raise Cancelled()
    return work.description(partial=stopped)


@dataclass
class _Work:
    """One description in the making: what is asked, and what was seen so far."""

    look: Look
    vocabulary: ObjectVocabulary
    seen: List[Tuple[int, SeenTile]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Tiles to look at; those between roots and leaves give nothing."""
        return len(self.look.roots) + len(self.look.closer)

    def description(self, partial: bool) -> Description:
        """Everything seen so far as a result."""
        transform = self.look.origin.source.info.transform
        leaves = set(self.look.plan.leaves)
        near = [tile for index, tile in self.seen if index in leaves]
        far = [tile for index, tile in self.seen if self.look.plan.tiles[index].level == 0]
        places = by_name(found for tile in near for found in sightings(tile, self.vocabulary))
        coarse = by_name(found for tile in far for found in sightings(tile, self.vocabulary))
        # What only the overview names is placed by the overview, coarsely.
        places = {**coarse, **places}
        chief = speaker(far)
        text = chief.caption.text
        scene = SceneText(
            text=text,
            confidence=chief.caption.confidence,
            geometry=self.look.origin.region.to_geojson(),
            links=links(text, self.vocabulary, places, transform),
        )
        notes = [ATTENTION_NOTE]
        if partial and len(self.seen) < self.total:
            notes.insert(0, f"Stopped after {len(self.seen)} of {self.total} tiles.")
        return Description(
            scene=scene,
            regions=tuple(self._region_text(group) for group in sub_regions(near, self.vocabulary)),
            objects=object_places(places, transform),
            provenance=self.look.provenance(
                looked_at=[tile.tile for _, tile in self.seen],
                prompt=PROMPT,
                notes=notes,
            ),
            partial=partial,
        )

    def _region_text(self, group: Sequence[SeenTile]) -> RegionText:
        info = self.look.origin.source.info
        text = speaker(group).caption.text
        places = by_name(found for tile in group for found in sightings(tile, self.vocabulary))
        leaves = [self.look.plan.tiles[index] for index in self.look.plan.leaves]
        share = min(1.0, sum(tile.area for tile in group) / sum(map(_area, leaves)))
        return RegionText(
            text=text,
            confidence=mean_confidence(group),
            geometry=outline([rectangle(tile) for tile in group], info.transform),
            place=self._place(group, share),
            share=share,
            links=links(text, self.vocabulary, places, info.transform),
        )

    def _place(self, group: Sequence[SeenTile], share: float) -> str:
        for least, name in _WIDE_PLACES:
            if share >= least:
                return name
        info = self.look.origin.source.info
        middles = [
            (window.col_off + window.width / 2, window.row_off + window.height / 2)
            for window in (tile.tile.window for tile in group)
        ]
        column, row = np.average(middles, axis=0, weights=[max(t.area, 1e-9) for t in group])
        x, y = info.transform.to_map(float(column), float(row))
        frame = _bounds(info.transform.window_polygon(self.look.origin.window))
        y_down = not info.crs_wkt and info.transform.e > 0
        return place_name(x, y, frame, y_down)


def _see(
    work: _Work,
    batches: Iterator[List[TileImage]],
    feedback: Feedback,
    on_partial: Optional[Callable[[Description], None]],
) -> bool:
    """Encode and caption batch after batch; True where the user stopped it."""
    model = work.look.origin.model
    for batch in batches:
        if feedback.is_cancelled():
            return True
        feedback.report(
            len(work.seen) / work.total, f"Looking at tile {len(work.seen) + 1} of {work.total}"
        )
        encoding = model.encode_images(np.stack([image.pixels for image in batch]))
        try:
            captions = model.caption(encoding.tokens, feedback.is_cancelled)
        except Cancelled:
            return True
        grid = model.bundle.manifest.vision.cells
        for image, embedding, caption in zip(batch, encoding.embedding, captions):
            work.seen.append((image.index, seen_tile(image, embedding, caption, grid)))
        feedback.report(len(work.seen) / work.total, f"{len(work.seen)} of {work.total} tiles seen")
        if on_partial is not None and len(work.seen) < work.total:
            on_partial(work.description(partial=True))
    return False


def _area(tile: Tile) -> float:
    return max(tile.window.area * tile.valid_fraction, 1e-9)


def _bounds(polygon: GeoJson) -> Bounds:
    points = polygon["coordinates"][0]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)
