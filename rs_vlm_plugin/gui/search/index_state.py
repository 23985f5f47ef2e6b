"""What is to be said about the project's indexes: whole, unfinished, out of date, unusable."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence, Tuple

from ...engine.errors import RsVlmError
from .open_indexes import OpenIndexes
from .project_index import IndexPlan

if TYPE_CHECKING:
    from ...engine.feedback import Feedback
    from ...engine.index.records import IndexInfo

CURRENT, UNFINISHED, OUTDATED, WITHOUT_PARTS, OTHER_MODEL, UNUSABLE = (
    "current",
    "unfinished",
    "outdated",
    "without parts",
    "other model",
    "unusable",
)


@dataclass(frozen=True)
class IndexState:
    """What a look at the indexes found.

    `what` is one of current, unfinished (images or tiles are missing), outdated (an image changed
    or is gone), without parts (an image was indexed before parts of tiles had vectors), other
    model, unusable (`problem` says why). `rasters` are (uri, name) of all that can be searched,
    `gsd_m` the finest and the coarsest metres per pixel among them.
    """

    what: str
    rasters: Tuple[Tuple[str, str], ...] = ()
    tiles: int = 0
    bytes: int = 0
    changed: Tuple[str, ...] = ()
    missing: int = 0
    problem: Optional[RsVlmError] = None


def look_at_indexes(
    paths: Sequence[Path],
    plan: Optional[IndexPlan],
    bundle_path: Path,
    indexes: OpenIndexes,
    feedback: Feedback,
) -> IndexState:
    """Compare indexes with the files they were made of and with the chosen model.

    Reads no pixels and loads no model, yet asks every file for its state: not for the main thread.
    """
    from ...engine.index.building import lacking_regions
    from ...engine.index.fingerprint import is_unchanged
    from ...engine.model.bundle import load_bundle

    try:
        opened = indexes.get(paths)
        infos = [index.info() for index in opened]
        bundle = load_bundle(bundle_path)
        # Only the project's own index can be read again here.
        own = [index for index in opened if plan is not None and index.path == plan.path]
        lacking = any(lacking_regions(index, bundle.manifest) for index in own)
    except RsVlmError as error:
        return IndexState(UNUSABLE, problem=error)
    rasters = [raster for info in infos for raster in info.rasters]
    changed = []
    unfinished = 0
    for raster in rasters:
        if feedback.is_cancelled():
            break
        if not raster.complete:
            unfinished += 1
        elif not is_unchanged(raster.entry.uri, raster.entry.state):
            changed.append(raster.entry.name)
    missing = unfinished + _not_begun(plan, infos)
    if any(info.model.bundle_sha256 != bundle.sha256 for info in infos):
        what = OTHER_MODEL
    elif missing:
        what = UNFINISHED
    elif changed:
        what = OUTDATED
    elif lacking:
        what = WITHOUT_PARTS
    else:
        what = CURRENT
    return IndexState(
        what=what,
        rasters=tuple((raster.entry.uri, raster.entry.name) for raster in rasters),
        tiles=sum(info.tiles for info in infos),
        bytes=sum(info.bytes for info in infos),
        changed=tuple(changed),
        missing=missing,
    )


def _not_begun(plan: Optional[IndexPlan], infos: Sequence[IndexInfo]) -> int:
    from ...engine.raster.raster_files import resolve_rasters

    if plan is None or not infos:
        return 0
    # A folder or list that cannot be reached now counts for nothing; searching works all the same.
    wanted = resolve_rasters(plan.sources).rasters
    return len(set(wanted) - {raster.entry.uri for raster in infos[0].rasters})
