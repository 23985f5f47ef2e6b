"""Two images of a region put before a model: the same windows of the ground, in the same tone."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import Generator, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.plan import DrisPlan
from ..dris.planner import plan_together
from ..find.overlap import with_margins
from ..geometry import Region
from ..look import Look
from ..model.vlm import VisionLanguageModel
from ..provenance import Origin
from ..raster.normalise import Stretch, coarse_shape, fit_stretch, read_rgb
from ..region import coverage_mask, region_window
from ..sentence import say
from ..tile_images import TileImage, read_batches
from .common_grid import GridView, PlacedSource, lay_over
from .tone import match_tone

# Enough pixels to see in which tone a region is shown.
_TONE_SIDE = 512


@dataclass(frozen=True)
class Pair:
    """The looks at a region before and after, of one plan; `notes` say what was done to make the
    images comparable."""

    before: Look
    after: Look
    notes: Tuple[str, ...]

    @classmethod
    def begin(
        cls,
        before: PlacedSource,
        after: PlacedSource,
        region: Optional[Region],
        model: VisionLanguageModel,
        policy: str,
        budget: int,
    ) -> Pair:
        """Lay the rasters over each other and plan the tiles, by what either shows.

        Args:
            before: raster to read; the region, the plan and the results are in its CRS.
            after: the other one.
            region: area of interest; None for all that both cover.
            model: what will look.
            policy: which cells are looked at closely; see `dris.policies`.
            budget: most tiles, each of which is looked at in both.

        Raises:
            EmptyRegion: no overlap, or nothing in the region that both show.
            BadRequest: only one raster has a CRS; an unknown policy or a budget below 1.
            RasterNotReadable: a file refuses.
        """
        earlier, later = lay_over(before, after)
        if region is None:
            region = Region.from_window(earlier.info.transform, earlier.info.window)
        else:
            region_window(before.info, region)
            _check_within(earlier, later, region)
        window = region_window(earlier.info, region)
        stretch = fit_stretch(earlier)
        shape = coarse_shape(window, _TONE_SIDE)
        own = fit_stretch(later)
        first, valid = read_rgb(earlier, window, shape, stretch)
        second, also_valid = read_rgb(later, window, shape, own)
        shown = valid & also_valid & coverage_mask(region, earlier.info.transform, window, shape)
        matched = match_tone(first, second, shown, own)
        views = ((earlier, stretch), (later, matched))
        finest = model.bundle.manifest.gsd_range_m[0]
        plan = plan_together(views, region, policy, budget, model.input_size, finest)
        first_look, second_look = (
            Look(Origin.now(view, region, window, model), shown_as, plan)
            for view, shown_as in views
        )
        return cls(first_look, second_look, _notes(before, earlier, own, matched))

    @property
    def plan(self) -> DrisPlan:
        """The tiles of both."""
        return self.before.plan

    @property
    def order(self) -> List[int]:
        """The tiles that are looked at: the coarsest, then the leaves."""
        return [*self.before.roots, *self.before.closer]

    def batches(
        self, order: Sequence[int], margins: bool
    ) -> Generator[List[Tuple[TileImage, TileImage]], None, None]:
        """Tiles as model inputs, before and after, in batches; both read one step ahead.

        `shown` says where both are image in the region; where only one is, the other is blanked
        too. Close the iterator when leaving early.

        Args:
            order: numbers of tiles in the plan.
            margins: whether tiles are read with a margin, so that an object on a seam is seen
                whole.
        """
        with (
            closing(self._read(self.before, order, margins)) as earlier,
            closing(self._read(self.after, order, margins)) as later,
        ):
            for first, second in zip(earlier, later):
                yield [_alike(*images) for images in zip(first, second)]

    def _read(
        self, look: Look, order: Sequence[int], margins: bool
    ) -> Generator[List[TileImage], None, None]:
        if not margins:
            return look.batches(order)
        origin = look.origin
        size = origin.model.input_size
        tiles = with_margins(look.plan, origin.source.info.window, size)
        return read_batches(origin.source, tiles, order, origin.region, size, look.stretch)


def _notes(before: PlacedSource, grid: GridView, own: Stretch, matched: Stretch) -> Tuple[str, ...]:
    notes = []
    if abs(grid.info.transform.a) + abs(grid.info.transform.b) > (
        abs(before.info.transform.a) + abs(before.info.transform.b)
    ):
        notes.append("The first image was coarsened to the resolution of the second.")
    if matched != own:
        notes.append("The second image was shown in the tone of the first.")
    return tuple(notes)


def _check_within(before: GridView, after: GridView, region: Region) -> None:
    """Raise `EmptyRegion`, in words of both rasters, for a region outside what both cover."""
    both = say(
        "what {before} and {after} have in common",
        before=before.info.name,
        after=after.info.name,
    )
    region_window(replace(before.info, name=both), region)


def _alike(before: TileImage, after: TileImage) -> Tuple[TileImage, TileImage]:
    """Both with what only one of them shows taken out of either."""
    shown = before.shown & after.shown
    gap = before.shown ^ after.shown
    return _blanked(before, shown, gap), _blanked(after, shown, gap)


def _blanked(image: TileImage, shown: NDArray[np.bool_], gap: NDArray[np.bool_]) -> TileImage:
    pixels = image.pixels
    if gap.any() and shown.any():
        pixels = pixels.copy()
        # The mean colour, as where there is no image at all: no edge is seen that is not there.
        pixels[gap] = np.round(pixels[shown].mean(axis=0)).astype(np.uint8)
    return replace(image, pixels=pixels, shown=shown)
