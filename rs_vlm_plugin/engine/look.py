"""A region put before a model: how it is shown, which tiles are looked at, and since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generator, Iterable, List, Optional, Sequence

from .dris.plan import DrisPlan, Tile
from .dris.planner import plan as plan_tiles
from .geometry import Region, Window
from .model.vlm import VisionLanguageModel
from .provenance import Origin
from .raster.normalise import Stretch, fit_stretch
from .raster.source import RasterSource
from .region import region_window
from .results import Provenance
from .tile_images import TileImage, read_batches


@dataclass(frozen=True)
class Look:
    """What every question about a region begins with."""

    origin: Origin
    stretch: Stretch
    plan: DrisPlan

    @classmethod
    def begin(
        cls,
        source: RasterSource,
        region: Optional[Region],
        model: VisionLanguageModel,
        policy: str,
        budget: int,
        stretch: Optional[Stretch] = None,
        in_parts: bool = False,
    ) -> Look:
        """Find the region on the raster and plan the tiles.

        Args:
            source: raster to read.
            region: area of interest in the raster's CRS; None for all of it.
            model: what will look; its input size and finest trained resolution bound the plan.
            policy: which cells are looked at closely; see `dris.policies`.
            budget: most tile evaluations, at least 1.
            stretch: from `fit_stretch` on the same raster; None fits one.
            in_parts: whether a tile may be refined in parts, see `dris.planner.plan`.

        Raises:
            EmptyRegion: nothing but nodata, or no overlap with the raster.
            BadRequest: an unknown policy or a budget below 1.
            RasterNotReadable: the file refuses.
        """
        look = cls.unplanned(source, region, model, policy, budget, stretch)
        plan = plan_tiles(
            source,
            look.origin.region,
            policy,
            budget,
            model.input_size,
            look.finest,
            look.stretch,
            in_parts,
        )
        return replace(look, plan=plan)

    @classmethod
    def unplanned(
        cls,
        source: RasterSource,
        region: Optional[Region],
        model: VisionLanguageModel,
        policy: str,
        budget: int,
        stretch: Optional[Stretch] = None,
    ) -> Look:
        """The same with a plan of no tiles, for those who plan while they look."""
        if region is None:
            region = Region.from_window(source.info.transform, source.info.window)
        origin = Origin.now(source, region, region_window(source.info, region), model)
        if stretch is None:
            stretch = fit_stretch(source)
        return cls(origin, stretch, DrisPlan((), (), policy, budget))

    @property
    def finest(self) -> float:
        """Finest ground sample distance the model knows, in metres per model pixel."""
        return self.origin.model.bundle.manifest.gsd_range_m[0]

    @property
    def shown(self) -> Window:
        """The pixels that places in the region are named within: what lies around them in nodata,
        nobody sees."""
        return self.plan.shown or self.origin.window

    @property
    def roots(self) -> List[int]:
        """The coarsest tiles, which cover the region."""
        return [index for index, tile in enumerate(self.plan.tiles) if tile.level == 0]

    @property
    def closer(self) -> List[int]:
        """The leaves that are not roots, most promising first."""
        return sorted(set(self.plan.leaves) - set(self.roots))

    def batches(self, order: Sequence[int]) -> Generator[List[TileImage], None, None]:
        """The tiles of these numbers as model inputs; see `read_batches`."""
        return read_batches(
            self.origin.source,
            self.plan.tiles,
            order,
            self.origin.region,
            self.origin.model.input_size,
            self.stretch,
        )

    def provenance(
        self, looked_at: Sequence[Tile], prompt: str, notes: Iterable[str] = (), looks: int = 1
    ) -> Provenance:
        """How a result of this look was made; see `Origin.provenance`."""
        return self.origin.provenance(
            stretch=self.stretch,
            policy=self.plan.policy,
            budget=self.plan.budget,
            looked_at=looked_at,
            prompt=prompt,
            notes=notes,
            looks=looks,
        )
