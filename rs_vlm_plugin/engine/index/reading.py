"""Rasters to tile images, one raster after the other, ahead of the model in a thread of its own."""

from __future__ import annotations

import hashlib
import os
import queue
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Deque, Iterator, List, Optional, Sequence, Tuple, Union

from ..dris.plan import DrisPlan
from ..dris.planner import plan as plan_tiles
from ..dris.quadtree import least_cut_side, tiles_of_all_scales
from ..errors import RsVlmError
from ..geometry import Region
from ..raster.normalise import Stretch, fit_stretch
from ..raster.source import RasterInfo, RasterSource
from ..tile_images import BATCH, TileImage, read_tile
from .fingerprint import file_state
from .footprints import lonlat_outlines
from .records import IndexedRaster, RasterEntry, TileRow
from .tile_index import TileIndex

SHARE_OF_ALL_TILES = 0.25
_SMALL_RASTER_TILES = 32
LARGEST_BUDGET = 1_000_000
# Read ahead of the model; with what the model holds, all the pixels in memory.
_AHEAD = 4 * BATCH
_WAIT_S = 0.1
_RASTERS_AHEAD = 2


@dataclass(frozen=True)
class RasterInput:
    """A raster to index: the name it is found under again, and how it is opened.

    A `lent` source stays open: whoever gave it closes it.
    """

    uri: str
    open: Callable[[], RasterSource]
    lent: bool = False

    @contextmanager
    def opened(self) -> Iterator[RasterSource]:
        """The source, closed on leaving unless it is lent. Raises what `open` raises."""
        source = self.open()
        try:
            yield source
        finally:
            if not self.lent:
                source.close()


@dataclass(frozen=True)
class Choice:
    """How tiles are chosen: policy, most tile evaluations a raster (None: `auto_budget`), and what
    the model needs: input size in pixels, finest metres per model pixel."""

    policy: str
    budget: Optional[int]
    input_size: int
    finest_gsd_m: float


@dataclass(frozen=True)
class TileRead:
    """A tile ready for the model."""

    raster: IndexedRaster
    row: TileRow
    image: TileImage


@dataclass(frozen=True)
class RasterRead:
    """All tiles of a raster have been read: `tiles` now, `kept` were there before; `notes` as of
    its `Stretch`."""

    raster: IndexedRaster
    tiles: int
    kept: int
    notes: Tuple[str, ...]


@dataclass(frozen=True)
class RasterUnreadable:
    """A raster that cannot be read (on), and why."""

    uri: str
    error: RsVlmError


Reading = Union[TileRead, RasterRead, RasterUnreadable]


_Plan = Tuple[Stretch, DrisPlan, RasterEntry, List[TileRow]]


@dataclass(frozen=True)
class _Prepared:
    """A raster open and planned, with the notes it was opened with, or why it is not."""

    given: RasterInput
    opened: ExitStack
    source: Optional[RasterSource] = None
    planned: Optional[_Plan] = None
    notes: Tuple[str, ...] = ()
    error: Optional[RsVlmError] = None

    def close(self) -> None:
        """Close the raster."""
        self.opened.close()


def auto_budget(info: RasterInfo, gsd_m: Optional[float], choice: Choice) -> int:
    """A quarter of the tiles of all scales, up to the finest that brings more pixels.

    Where every cut quarters, that is all scales but the finest: each place is seen half as closely
    as it could be, and its parts' vectors stand for the rest. What a quarter is worth against all
    is measured by the benchmark `search_recall`. Small rasters are shown whole.
    """
    least = least_cut_side(choice.input_size, choice.finest_gsd_m, gsd_m)
    tiles = tiles_of_all_scales(info.window, choice.input_size, least)
    small = min(tiles, _SMALL_RASTER_TILES)
    return min(LARGEST_BUDGET, max(1, small, round(SHARE_OF_ALL_TILES * tiles)))


class TileReader:
    """Reads rasters in the background, `_AHEAD` tiles at most ahead of whoever iterates.

    Args:
        rasters: what to read, in this order.
        index: where they go; asked which tiles are there already.
        choice: how tiles are chosen.

    Note:
        Close it when leaving early; that waits for the read in progress. Errors of a raster
        are events, those of the index are raised from the iteration.
    """

    def __init__(
        self, rasters: Sequence[RasterInput], index: TileIndex, choice: Choice, folder: Path
    ) -> None:
        self._rasters = rasters
        self._index = index
        self._choice = choice
        self._folder = folder
        self._queue: queue.Queue[Optional[Reading]] = queue.Queue(_AHEAD)
        self._stop = threading.Event()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rsvlm-index-read")
        self._done = self._executor.submit(self._run)

    def __iter__(self) -> Iterator[Reading]:
        while True:
            event = self._queue.get()
            if event is None:
                # Raises what ended the reading, if anything did.
                self._done.result()
                return
            yield event

    def close(self) -> None:
        """Stop reading and wait for it."""
        self._stop.set()
        self._executor.shutdown()

    def _run(self) -> None:
        try:
            # Planning a small raster takes as long as looking at it: it is done one raster ahead.
            with ThreadPoolExecutor(1, thread_name_prefix="rsvlm-index-plan") as planner:
                coming: Deque[Future[_Prepared]] = deque()
                waiting = iter(self._rasters)
                try:
                    while True:
                        while len(coming) < _RASTERS_AHEAD and not self._stop.is_set():
                            given = next(waiting, None)
                            if given is None:
                                break
                            coming.append(planner.submit(self._prepare, given))
                        if not coming or self._stop.is_set():
                            return
                        prepared = coming.popleft().result()
                        try:
                            self._read(prepared)
                        finally:
                            # rasterio wants a file closed in the thread that opened it.
                            planner.submit(prepared.close)
                finally:
                    for future in coming:
                        if not future.cancel():
                            planner.submit(future.result().close)
        finally:
            self._put(None)

    def _put(self, event: Optional[Reading]) -> None:
        while not self._stop.is_set():
            try:
                self._queue.put(event, timeout=_WAIT_S)
            except queue.Full:
                continue
            return

    def _prepare(self, given: RasterInput) -> _Prepared:
        """Open and plan; what is wrong with the raster is told in its turn."""
        opened = ExitStack()
        try:
            source = opened.enter_context(given.opened())
            notes = source.info.notes
            planned = self._planned(given, source)
        except RsVlmError as error:
            opened.close()
            return _Prepared(given, opened, error=error)
        except BaseException:
            opened.close()
            raise
        return _Prepared(given, opened, source, planned, notes)

    def _read(self, prepared: _Prepared) -> None:
        uri = prepared.given.uri
        if prepared.error is not None:
            self._put(RasterUnreadable(uri, prepared.error))
        if prepared.source is None or prepared.planned is None:
            return
        stretch, plan, entry, rows = prepared.planned
        raster = self._index.begin(entry)
        kept = self._index.resume(raster)
        wanted = [row for row in rows if row.number not in kept]
        # Neighbours after each other: they share blocks of the file.
        wanted.sort(key=lambda row: _reading_order(row, plan))
        size = self._choice.input_size
        for row in wanted:
            if self._stop.is_set():
                return
            try:
                image = read_tile(prepared.source, row.number, row.tile, None, size, stretch)
            except RsVlmError as error:
                self._put(RasterUnreadable(uri, error))
                return
            self._put(TileRead(raster, row, image))
        # A server's gaps are known only now.
        gaps = [note for note in prepared.source.info.notes if note not in prepared.notes]
        self._put(RasterRead(raster, len(wanted), len(kept), (*stretch.notes, *gaps)))

    def _planned(self, given: RasterInput, source: RasterSource) -> _Plan:
        info, choice = source.info, self._choice
        state = file_state(given.uri)
        stretch = fit_stretch(source)
        gsd_m = source.ground_sample_distance(info.window)
        budget = choice.budget or auto_budget(info, gsd_m, choice)
        region = Region.from_window(info.transform, info.window)
        plan = plan_tiles(
            source, region, choice.policy, budget, choice.input_size, choice.finest_gsd_m, stretch
        )
        leaves = set(plan.leaves)
        outlines = lonlat_outlines(source, [tile.window for tile in plan.tiles])
        rows = [
            TileRow(
                number=number,
                tile=tile,
                leaf=number in leaves,
                outline=outline,
                gsd_m=None if gsd_m is None else gsd_m * tile.scale,
            )
            for number, (tile, outline) in enumerate(zip(plan.tiles, outlines))
        ]
        entry = RasterEntry(
            uri=given.uri,
            relative=_relative(given.uri, self._folder),
            name=info.name,
            state=state,
            width=info.width,
            height=info.height,
            transform=info.transform,
            crs_wkt=info.crs_wkt,
            gsd_m=gsd_m,
            bands=stretch.bands,
            policy=choice.policy,
            budget=choice.budget or 0,
            plan_digest=_digest(plan, stretch),
            planned_tiles=len(rows),
        )
        return stretch, plan, entry, rows


def _reading_order(row: TileRow, plan: DrisPlan) -> Tuple[int, int, int]:
    window = plan.tiles[row.number].read_window
    return row.tile.level, window.row_off, window.col_off


def _relative(uri: str, folder: Path) -> str:
    if not os.path.isfile(uri):
        return ""
    try:
        return os.path.relpath(uri, folder)
    except ValueError:
        # Another drive of a Windows machine.
        return ""


def _digest(plan: DrisPlan, stretch: Stretch) -> str:
    """What the model is shown, in short: another tile, band or stretch is another digest."""
    shown = (
        stretch.bands,
        stretch.limits,
        [(tile.window, tile.read_window, tile.level, tile.parent) for tile in plan.tiles],
    )
    return hashlib.sha256(repr(shown).encode("utf-8")).hexdigest()
