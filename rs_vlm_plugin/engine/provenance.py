"""What every result says of how it was made, collected while it is being made."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Iterable, Sequence

from .dris.plan import Tile
from .familiarity import gsd_notes
from .geometry import Region, Window
from .model.vlm import VisionLanguageModel
from .raster.normalise import Stretch
from .raster.source import RasterSource
from .results import Provenance
from .version import plugin_version


@dataclass(frozen=True)
class Origin:
    """A run's beginning: when it started, on what, with which model."""

    source: RasterSource
    region: Region
    window: Window
    model: VisionLanguageModel
    started: datetime
    clock: float

    @classmethod
    def now(
        cls, source: RasterSource, region: Region, window: Window, model: VisionLanguageModel
    ) -> Origin:
        """Start the clock."""
        return cls(source, region, window, model, datetime.now(timezone.utc), time.perf_counter())

    def provenance(
        self,
        stretch: Stretch,
        policy: str,
        budget: int,
        looked_at: Sequence[Tile],
        prompt: str,
        notes: Iterable[str] = (),
        looks: int = 1,
    ) -> Provenance:
        """Everything needed to make the result again, with what its reader must know.

        Args:
            stretch: how values became colours.
            policy: name of the policy that chose the tiles.
            budget: tile evaluations allowed.
            looked_at: the tiles the model saw.
            prompt: what the model was asked.
            notes: sentences particular to this kind of result; those on raster and device are
                added.
            looks: how often the vision model was run for each tile.
        """
        manifest = self.model.bundle.manifest
        info = self.source.info
        gsd = self.source.ground_sample_distance(self.window)
        return Provenance(
            model=manifest.name,
            model_version=manifest.version,
            model_licence=manifest.licence,
            bundle_sha256=self.model.bundle.sha256,
            plugin_version=plugin_version(),
            providers=tuple(self.model.providers),
            raster=info.uri,
            crs_wkt=info.crs_wkt,
            region=self.region.to_geojson(),
            ground_sample_distance_m=gsd,
            bands=stretch.bands,
            stretch=stretch.limits,
            policy=policy,
            budget=budget,
            tile_evaluations=len(looked_at),
            evaluations=looks * len(looked_at),
            prompt=prompt,
            started=self.started.isoformat(timespec="seconds"),
            duration_s=round(time.perf_counter() - self.clock, 3),
            notes=tuple(
                dict.fromkeys(
                    (
                        *notes,
                        *gsd_notes(gsd, looked_at, manifest.gsd_range_m),
                        *stretch.notes,
                        *info.notes,
                        *self.model.notes,
                    )
                )
            ),
        )
