"""Describe a region: plan, read, look, write, and put together what was said where."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from ..dris.plan import Tile
from ..errors import Cancelled
from ..familiarity import familiarity
from ..feedback import Feedback, Silent
from ..geometry import Region
from ..knowledge.base import UsedEntry
from ..look import Look
from ..model.captions import Caption
from ..model.vlm import VisionLanguageModel
from ..outline import outline
from ..phrases import ObjectVocabulary, default_vocabulary
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..results import Description, ObjectPlaces, RegionText, SceneText
from ..sentence import say
from ..tile_images import TileImage, stacked
from .grounded import GroundedObjects
from .place_names import place_names
from .places import by_name, links, most_first, object_places, one_kind_each, sightings
from .seen import SeenTile, seen_tile
from .sub_regions import mean_confidence, rectangle, speaker, sub_regions

POLICY = "content"
BUDGET = 32
PROMPT = "caption"
ATTENTION_NOTE = (
    "Objects are counted as places the model looked at while writing their names, not as instances."
)
GROUNDING_NOTE = (
    "Objects of the kinds that the model was trained to find are counted one by one; all others as "
    "places it looked at while writing their names."
)

_MORE = 1.2
"""A partial result is made once so many times as many tiles were seen as for the last one."""

_NAMED_A_LEVEL = 3
"""A tile retrieves over a hundred entries; a result names so many a level."""


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
    whose embedding is nearest to their mean. Where that says nothing, mostly because the region is
    far larger than any picture the model learnt from, it is that of the largest sub-region which
    says something, with its confidence times its share. Sub-regions come from the plan's leaves;
    see `sub_regions`. Image just outside the region is shown to the model as context but never
    counts as evidence.

    Args:
        source: raster to read, by one background thread at a time.
        region: area of interest in the raster's CRS; None for all of it.
        model: a bundle that can describe.
        policy: which cells are looked at closely; see `dris.policies`.
        budget: most tile evaluations, at least 1.
        feedback: hears of progress, and may cancel.
        on_partial: gets the description so far, after the scene sentence and then whenever a fifth
            more has been seen: making one takes the longer the more was.
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
    work = _Work(look, default_vocabulary(), GroundedObjects.begin(look))
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
    objects: Optional[GroundedObjects] = None
    seen: List[Tuple[int, SeenTile]] = field(default_factory=list)
    shown: int = 0
    """How many tiles the last partial description told of."""

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
        grounded = {} if self.objects is None else self.objects.places(self.vocabulary)
        unfound = {
            name: found
            for name, found in places.items()
            if not self.vocabulary.as_one_of(name, grounded)
        }
        groups = sub_regions(near, self.vocabulary)
        shares = [self._share(group) for group in groups]
        caption, confidence, notes = _scene(far, groups, shares)
        scene = SceneText(
            text=caption.text,
            confidence=confidence,
            geometry=self.look.origin.region.to_geojson(),
            links=links(caption.text, self.vocabulary, places, transform, grounded),
            used=caption.used,
        )
        objects = most_first(
            (*grounded.values(), *object_places(one_kind_each(unfound, self.vocabulary), transform))
        )
        if objects:
            notes.append(ATTENTION_NOTE if self.objects is None else GROUNDING_NOTE)
        if partial and len(self.seen) < self.total:
            stopped = say(
                "Stopped after {done} of {total} tiles.", done=len(self.seen), total=self.total
            )
            notes.insert(0, stopped)
        return Description(
            scene=scene,
            regions=self._regions(groups, shares, grounded),
            objects=objects,
            provenance=self.look.provenance(
                looked_at=[tile.tile for _, tile in self.seen],
                prompt=PROMPT,
                notes=notes,
            ),
            partial=partial,
        )

    def _share(self, group: Sequence[SeenTile]) -> float:
        leaves = [self.look.plan.tiles[index] for index in self.look.plan.leaves]
        return min(1.0, sum(tile.area for tile in group) / sum(map(_area, leaves)))

    def _regions(
        self,
        groups: Sequence[Sequence[SeenTile]],
        shares: Sequence[float],
        grounded: Mapping[str, ObjectPlaces],
    ) -> Tuple[RegionText, ...]:
        origin = self.look.origin
        info = origin.source.info
        names = place_names(groups, shares, self.look.shown, info)
        regions = []
        for group, share, name in zip(groups, shares, names):
            caption = speaker(group).caption
            places = by_name(found for tile in group for found in sightings(tile, self.vocabulary))
            regions.append(
                RegionText(
                    text=caption.text,
                    confidence=mean_confidence(group),
                    geometry=outline([rectangle(tile) for tile in group], info.transform),
                    place=name,
                    share=share,
                    links=links(caption.text, self.vocabulary, places, info.transform, grounded),
                    used=caption.used,
                )
            )
        return tuple(regions)


def _scene(
    far: Sequence[SeenTile], groups: Sequence[Sequence[SeenTile]], shares: Sequence[float]
) -> Tuple[Caption, float, List[str]]:
    """The scene's caption, the confidence in it, and notes on where it comes from."""
    overview = speaker(far).caption
    if not overview.words:
        for group, share in zip(groups, shares):
            caption = speaker(group).caption
            if caption.words:
                note = say(
                    "The first sentence is that of the largest part ({share} %): from the overview "
                    "the model could name nothing.",
                    share=round(100 * share),
                )
                return caption, mean_confidence(group) * share, [note]
    return overview, overview.confidence, []


def _see(
    work: _Work,
    batches: Iterator[List[TileImage]],
    feedback: Feedback,
    on_partial: Optional[Callable[[Description], None]],
) -> bool:
    """Encode and caption batch after batch; True where the user stopped it."""
    origin = work.look.origin
    model = origin.model
    gsd = origin.source.ground_sample_distance(origin.window)
    trained = model.bundle.manifest.gsd_range_m
    for batch in batches:
        if feedback.is_cancelled():
            return True
        feedback.report(
            len(work.seen) / work.total,
            say("Looking at tile {number} of {total}", number=len(work.seen) + 1, total=work.total),
        )
        encoding = model.encode_images(stacked(batch))
        if work.objects is not None:
            work.objects.see(batch, encoding)
        try:
            captions = model.caption(encoding.tokens, feedback.is_cancelled, encoding.embedding)
        except Cancelled:
            return True
        grid = model.bundle.manifest.vision.cells
        for row, (image, caption) in enumerate(zip(batch, captions)):
            trust = familiarity(gsd, image.tile, trained)
            if encoding.used:
                caption = replace(caption, used=(*caption.used, *_nearest(encoding.used[row])))
            seen = seen_tile(image, encoding.embedding[row], caption, grid, trust)
            work.seen.append((image.index, seen))
        feedback.report(
            len(work.seen) / work.total,
            say("{done} of {total} tiles seen", done=len(work.seen), total=work.total),
        )
        more = len(work.seen) >= _MORE * work.shown
        if on_partial is not None and more and len(work.seen) < work.total:
            work.shown = len(work.seen)
            on_partial(work.description(partial=True))
    return False


def _nearest(used: Sequence[UsedEntry]) -> List[UsedEntry]:
    """Of the entries that joined a tile's tokens the nearest of each level."""
    named: Dict[str, List[UsedEntry]] = {}
    for entry in sorted(used, key=lambda item: -item.similarity):
        named.setdefault(entry.level, []).append(entry)
    return [entry for own in named.values() for entry in own[:_NAMED_A_LEVEL]]


def _area(tile: Tile) -> float:
    return max(tile.window.area * tile.valid_fraction, 1e-9)
