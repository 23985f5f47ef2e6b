"""What every result says of how it was made, collected while it is being made."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Iterable, Optional, Sequence, Tuple

from .dris.plan import Tile
from .geometry import Region, Window
from .model.vlm import VisionLanguageModel
from .raster.normalise import Stretch
from .raster.source import RasterSource
from .results import Provenance
from .version import plugin_version

# How far outside the trained range of ground sample distances a reader is warned.
_GSD_TOLERANCE = 2.0


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
            prompt=prompt,
            started=self.started.isoformat(timespec="seconds"),
            duration_s=round(time.perf_counter() - self.clock, 3),
            notes=tuple(
                dict.fromkeys(
                    (
                        *notes,
                        *gsd_notes(gsd, looked_at, manifest.gsd_range_m),
                        *info.notes,
                        *self.model.notes,
                    )
                )
            ),
        )


def gsd_notes(
    gsd: Optional[float], tiles: Sequence[Tile], trained: Tuple[float, float]
) -> Tuple[str, ...]:
    """A warning where tiles were seen much finer or coarser than any picture the model learnt from.

    Args:
        gsd: metres per raster pixel, or None.
        tiles: what was looked at.
        trained: finest and coarsest metres per model pixel in training.
    """
    if gsd is None or not tiles:
        return ()
    seen = [gsd * tile.scale for tile in tiles]
    finest, coarsest = min(seen), max(seen)
    if finest >= trained[0] / _GSD_TOLERANCE and coarsest <= trained[1] * _GSD_TOLERANCE:
        return ()
    span = _short(finest)
    if _short(coarsest) != span:
        span += f" to {_short(coarsest)}"
    return (
        f"The image was looked at with {span} m per model pixel; the model learnt from "
        f"{_short(trained[0])} to {_short(trained[1])} m, so its words are less reliable here.",
    )


def _short(metres: float) -> str:
    """Three significant digits without an exponent."""
    rounded = float(f"{metres:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
