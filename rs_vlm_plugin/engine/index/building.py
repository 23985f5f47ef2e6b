"""Filling an index, keeping it up to date, and saying beforehand what that costs."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..dris.policies import POLICIES
from ..errors import BadRequest, IndexOfAnotherModel
from ..feedback import Feedback, Silent
from ..model.embedder import Embedder
from ..model.manifest import BundleManifest
from ..model.vlm import VisionLanguageModel
from ..raster.source import RasterSource
from ..sentence import say
from ..tile_images import BATCH
from .expected import expected_tiles
from .filling import Filling
from .fingerprint import is_unchanged
from .geopackage import GeoPackageIndex
from .outcome import GONE, MOVED, UNCHANGED, UNREACHABLE, BuildReport, RasterOutcome
from .part_vectors import PartMaker
from .reading import Choice, RasterInput, TileReader
from .records import IndexedRaster, ModelIdentity, RasterEntry
from .workload import Workload

POLICY = "content"
# Footprint, attributes and their keys, measured; the embedding comes on top.
_BYTES_A_TILE = 420
# Of a part, beside its vector, measured too; a tile has four at most.
_BYTES_A_PART = 95
_PARTS = 4
_TIMED_BATCHES = 2
_MOST_NAMED = 3

OpenRaster = Callable[[str], RasterSource]
# Policy, and most tile evaluations a raster; 0 for `auto_budget`.
_How = Tuple[str, int]


@dataclass(frozen=True)
class BuildEstimate:
    """What a build will cost at most.

    `free_bytes` is the room where the index is to lie, `notes` are sentences on what would make
    reading quicker, `tiles_by_uri` are those of each raster.
    """

    rasters: int
    unreadable: int
    tiles: int
    bytes: int
    seconds: float
    free_bytes: int
    notes: Tuple[str, ...] = ()
    tiles_by_uri: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class NewRasters:
    """What is to be in an index; `policy` and `budget` as for `build`."""

    rasters: Sequence[RasterInput]
    policy: str = POLICY
    budget: Optional[int] = None


def identity(model: VisionLanguageModel) -> ModelIdentity:
    """Who makes, or may search, an index."""
    bundle = model.bundle
    size = bundle.manifest.embedding_size["global"]
    return ModelIdentity(bundle.manifest.name, bundle.manifest.version, bundle.sha256, size)


def check_model(index: GeoPackageIndex, model: VisionLanguageModel) -> None:
    """Raise `IndexOfAnotherModel` unless index and model belong together."""
    theirs, ours = index.model, identity(model)
    if theirs.bundle_sha256 == ours.bundle_sha256:
        return
    raise IndexOfAnotherModel(
        "The index {index} was made with {theirs}, another model than {ours} at hand, so its "
        "vectors cannot be compared.",
        "Choose that model, or build a new index with this one.",
        index=index.path.name,
        theirs=theirs.beside(ours),
        ours=ours.beside(theirs),
    )


def build(
    index: GeoPackageIndex,
    rasters: Sequence[RasterInput],
    model: VisionLanguageModel,
    policy: str = POLICY,
    budget: Optional[int] = None,
    feedback: Optional[Feedback] = None,
    expected: Optional[Mapping[str, int]] = None,
) -> BuildReport:
    """Look at the tiles of rasters and store them; rasters that are there unchanged cost nothing.

    Args:
        index: open for writing.
        rasters: what to index; one of the same uri counts once.
        model: that of the index.
        policy: which cells are looked at closely; see `dris.policies`.
        budget: most tile evaluations a raster; None takes `auto_budget`.
        feedback: hears of progress, and may cancel: what is stored stays, and the next build with
            the same rasters goes on from there without looking at a tile twice.
        expected: `tiles_by_uri` of an `estimate` for the same budget; without it rasters are
            opened once more beforehand, for progress to be told in tiles.

    Returns:
        What became of each raster. One that cannot be read does not end the build.

    Raises:
        IndexOfAnotherModel: the index was made with another bundle.
        IndexNotWritable: the disk is full; what is stored stays.
        BadRequest: an unknown policy, or a budget below 1.
        InferenceFailed: onnxruntime failed on every provider.

    Note:
        Reads, in a thread of its own, while the model works on a batch on each core; batches are
        filled across rasters. Memory is that of six batches and one more for each core, and of two
        rasters' plans.
    """
    check_model(index, model)
    _check_request(policy, budget)
    return _fill(
        index, {(policy, budget or 0): list(rasters)}, model, feedback or Silent(), expected
    )


def update(
    index: GeoPackageIndex,
    open_raster: OpenRaster,
    model: VisionLanguageModel,
    feedback: Optional[Feedback] = None,
    drop_unreachable: bool = False,
    add_regions: bool = False,
    new: Optional[NewRasters] = None,
) -> BuildReport:
    """Bring an index in line with its rasters: read what changed or was left half-way, drop what is
    gone.

    A raster whose file is no longer there is looked for beside the index, at the same relative
    place; found there unchanged it is kept under its new name. Where a whole folder is missing its
    rasters are kept, because a drive that is not plugged in is no reason to lose an index.

    Args:
        index: open for writing.
        open_raster: opens a raster by its uri.
        model: that of the index.
        feedback: hears of progress, and may cancel.
        drop_unreachable: take out rasters of missing folders too.
        add_regions: read rasters of `lacking_regions` again too. Their tiles stay until then.
        new: what is to be in the index beside what is there, or as chosen here; comes first.

    Returns:
        What became of each raster.

    Raises:
        As `build`.
    """
    check_model(index, model)
    started = time.perf_counter()
    outcomes: List[RasterOutcome] = []
    wanted: Dict[_How, List[RasterInput]] = {}
    chosen = set()
    if new is not None:
        _check_request(new.policy, new.budget)
        wanted[new.policy, new.budget or 0] = list(new.rasters)
        chosen = {raster.uri for raster in new.rasters}
    folder = index.path.resolve().parent
    if add_regions:
        for raster in lacking_regions(index, model.bundle.manifest):
            index.renew(raster)
    for raster in index.rasters():
        entry = raster.entry
        uri = entry.uri
        if entry.state.size_bytes is not None and not os.path.exists(uri):
            found = located(entry, folder)
            if found:
                index.rename(raster, found)
                outcomes.append(
                    RasterOutcome(uri, MOVED, problem=say("Found at {path}.", path=found))
                )
                uri = found
            elif not drop_unreachable and not os.path.isdir(os.path.dirname(uri)):
                problem = say("Its folder cannot be reached, so it is kept as it is.")
                outcomes.append(RasterOutcome(uri, UNREACHABLE, problem=problem))
                continue
            else:
                index.delete(raster)
                problem = say("The file is no longer there, so its tiles were taken out.")
                outcomes.append(RasterOutcome(uri, GONE, problem=problem))
                continue
        if uri not in chosen:
            how = (entry.policy, entry.budget)
            wanted.setdefault(how, []).append(RasterInput(uri, _opener(open_raster, uri)))
    filled = _fill(index, wanted, model, feedback or Silent())
    return replace(
        filled, outcomes=(*outcomes, *filled.outcomes), seconds=time.perf_counter() - started
    )


def lacking_regions(index: GeoPackageIndex, manifest: BundleManifest) -> Tuple[IndexedRaster, ...]:
    """Rasters indexed without the vectors of parts of tiles that the index's model gives, as every
    raster was before there were such vectors: places smaller than a tile are harder to find in
    them."""
    maker = PartMaker(manifest)
    return tuple(raster for raster, leaf in index.without_regions() if maker.has_parts(leaf))


def estimate(
    rasters: Sequence[RasterInput],
    model: VisionLanguageModel,
    path: Path,
    budget: Optional[int] = None,
    feedback: Optional[Feedback] = None,
) -> BuildEstimate:
    """What a build would cost at most; opens each raster, reads none.

    Args:
        rasters: what is to be indexed.
        model: what will look; two batches on each core are timed.
        path: where the index is to lie.
        budget: as for `build`.
        feedback: may end it early; then the figures are those of the rasters looked at.
    """
    spec = model.bundle.manifest
    choice = Choice(POLICY, budget, model.input_size, spec.gsd_range_m[0])
    expected = expected_tiles([(raster, choice) for raster in rasters], feedback or Silent())
    tiles = sum(expected.tiles.values())
    size = spec.embedding_size["global"]
    bytes_a_tile = size + _BYTES_A_TILE
    if spec.levels is not None:
        bytes_a_tile += _PARTS * (size + _BYTES_A_PART)
    return BuildEstimate(
        rasters=len({raster.uri for raster in rasters}),
        unreadable=expected.unreadable,
        tiles=tiles,
        bytes=tiles * bytes_a_tile,
        seconds=tiles * _seconds_a_tile(model),
        free_bytes=shutil.disk_usage(_existing_folder(path)).free,
        notes=(_slowly_read(expected.slow),) if expected.slow else (),
        tiles_by_uri=expected.tiles,
    )


def located(entry: RasterEntry, folder: Path) -> str:
    """The path of an indexed raster today: as indexed, or at the same place relative to the index;
    empty where it is at neither."""
    if os.path.exists(entry.uri):
        return entry.uri
    beside = os.path.normpath(folder / entry.relative) if entry.relative else ""
    return beside if beside and is_unchanged(beside, entry.state) else ""


def _check_request(policy: str, budget: Optional[int]) -> None:
    if policy not in POLICIES:
        raise BadRequest(
            "There is no policy {policy}.",
            "Choose one of: {policies}.",
            policy=repr(policy),
            policies=", ".join(POLICIES),
        )
    if budget is not None and budget < 1:
        raise BadRequest("The budget must be at least one tile.")


def _fill(
    index: GeoPackageIndex,
    wanted: Mapping[_How, Sequence[RasterInput]],
    model: VisionLanguageModel,
    feedback: Feedback,
    expected: Optional[Mapping[str, int]] = None,
) -> BuildReport:
    """`build`, for rasters that are to be looked at in different ways."""
    started = time.perf_counter()
    known = {raster.entry.uri: raster for raster in index.rasters()}
    outcomes: List[RasterOutcome] = []
    spec = model.bundle.manifest
    waiting: List[Tuple[Choice, List[RasterInput]]] = []
    for (policy, most), rasters in wanted.items():
        budget = most or None
        _check_request(policy, budget)
        choice = Choice(policy, budget, model.input_size, spec.gsd_range_m[0])
        waiting.append((choice, []))
        for raster in {raster.uri: raster for raster in rasters}.values():
            there = known.get(raster.uri)
            if there is not None and _is_done(there, policy, budget):
                outcomes.append(RasterOutcome(raster.uri, UNCHANGED, kept=there.stored_tiles))
            else:
                waiting[-1][1].append(raster)
    to_read = [(raster, choice) for choice, rasters in waiting for raster in rasters]
    if not to_read:
        return BuildReport(tuple(outcomes), 0, time.perf_counter() - started, cancelled=False)
    if expected is None:
        expected = expected_tiles(to_read, feedback).tiles
    workload = Workload({raster.uri: expected.get(raster.uri, 0) for raster, _ in to_read})
    cancelled = False
    with closing(Embedder(model, parts=True)) as embedder:
        filling = Filling(index, embedder, PartMaker(spec), feedback, workload)
        for choice, rasters in waiting:
            reader = TileReader(rasters, index, choice, index.path.resolve().parent)
            with closing(reader):
                cancelled = filling.run(reader)
            if cancelled:
                break
        else:
            feedback.report(1.0, say("{tiles} tiles looked at", tiles=workload.seen))
    return BuildReport(
        outcomes=(*outcomes, *filling.outcomes),
        tiles=workload.seen,
        seconds=time.perf_counter() - started,
        cancelled=cancelled,
    )


def _slowly_read(names: Sequence[str]) -> str:
    return say(
        "Without overviews, reading takes much longer than that ({names}): build them once with "
        "gdaladdo or in QGIS under Layer Properties > Pyramids.",
        names=", ".join(names[:_MOST_NAMED]) + (", ..." if len(names) > _MOST_NAMED else ""),
    )


def _opener(open_raster: OpenRaster, uri: str) -> Callable[[], RasterSource]:
    return lambda: open_raster(uri)


def _is_done(raster: IndexedRaster, policy: str, budget: Optional[int]) -> bool:
    entry = raster.entry
    return (
        raster.complete
        and entry.policy == policy
        and entry.budget == (budget or 0)
        and is_unchanged(entry.uri, entry.state)
    )


def _existing_folder(path: Path) -> Path:
    return next(parent for parent in path.resolve().parents if parent.is_dir())


def _seconds_a_tile(model: VisionLanguageModel) -> float:
    images = np.zeros((BATCH, model.input_size, model.input_size, 3), dtype=np.uint8)
    with closing(Embedder(model, parts=True)) as embedder:
        batches = _TIMED_BATCHES * embedder.workers
        embedder.submit(images).result()
        started = time.perf_counter()
        for batch in [embedder.submit(images) for _ in range(batches)]:
            batch.result()
        return (time.perf_counter() - started) / (batches * BATCH)
