"""The model's side of a build: batches from the reader, embeddings to the index."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from typing import Deque, Dict, List, Tuple, Union

from ..feedback import Feedback
from ..model.embedder import Embedded, Embedder
from ..sentence import say
from ..tile_images import BATCH, stacked
from .outcome import FAILED, INDEXED, INTERRUPTED, RasterOutcome
from .part_vectors import PartMaker
from .reading import RasterRead, RasterUnreadable, TileRead, TileReader
from .records import IndexedRaster
from .tile_index import TileIndex
from .workload import Workload

# Batches that wait for a core: one is enough for a core never to wait for a batch.
_WAITING = 1

_End = Union[RasterRead, RasterUnreadable]
# Tiles, the rasters that end with them, and their embeddings in time.
_Batch = Tuple[List[TileRead], List[_End], "Future[Embedded]"]


class Filling:
    """Takes tiles as they are read, has them embedded, and stores them in that order.

    `outcomes` says what became of each raster so far.

    Args:
        index: open for writing.
        embedder: of the index's model.
        parts: of the same model.
        feedback: hears of progress, and may cancel.
        workload: what is expected of each raster; hears of every tile stored.
    """

    def __init__(
        self,
        index: TileIndex,
        embedder: Embedder,
        parts: PartMaker,
        feedback: Feedback,
        workload: Workload,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._parts = parts
        self._feedback = feedback
        self._workload = workload
        self._batch: List[TileRead] = []
        self._ended: List[_End] = []
        self._under_way: Deque[_Batch] = deque()
        self._begun: Dict[str, int] = {}
        self.outcomes: List[RasterOutcome] = []

    def run(self, reader: TileReader) -> bool:
        """Work until the reader is done; True where the user stopped it, with all stored that was
        handed to the model."""
        cancelled = False
        self._report(say("Choosing where to look…"))
        for event in reader:
            # Before a raster is called unreadable whose reading was merely cut short.
            cancelled = self._feedback.is_cancelled()
            if cancelled:
                break
            if isinstance(event, TileRead):
                self._batch.append(event)
                if len(self._batch) == BATCH:
                    self._embed()
            else:
                self._ended.append(event)
                if not self._batch:
                    self._embed()
        if not cancelled:
            self._embed()
        while self._under_way:
            self._store()
        if cancelled:
            for uri, tiles in self._begun.items():
                self.outcomes.append(RasterOutcome(uri, INTERRUPTED, tiles=tiles))
        return cancelled

    def _embed(self) -> None:
        """Hand the batch on, and store those that are done, or that are more than may be under
        way."""
        if self._batch:
            pixels = stacked([read.image for read in self._batch])
            self._under_way.append((self._batch, self._ended, self._embedder.submit(pixels)))
        elif self._under_way:
            self._under_way[-1][1].extend(self._ended)
        else:
            self._settle(self._ended)
        self._batch, self._ended = [], []
        while self._under_way and (
            len(self._under_way) > self._embedder.workers + _WAITING or self._under_way[0][2].done()
        ):
            self._store()

    def _store(self) -> None:
        """Commit the oldest batch, raster by raster."""
        batch, ended, embedding = self._under_way.popleft()
        seen = embedding.result()
        by_raster: Dict[int, List[int]] = {}
        for position, read in enumerate(batch):
            by_raster.setdefault(read.raster.id, []).append(position)
        for positions in by_raster.values():
            raster = batch[positions[0]].raster
            rows = [batch[position].row for position in positions]
            images = [batch[position].image for position in positions]
            own = seen.of(positions)
            regions = self._parts.of(rows, images, own)
            self._index.append(raster, rows, own.whole, regions)
            self._count(raster, len(rows))
        self._settle(ended)
        self._report(
            say(
                "{tiles} of about {total} tiles looked at; {name}",
                tiles=self._workload.seen,
                total=self._workload.total,
                name=batch[-1].raster.entry.name,
            )
        )

    def _settle(self, ended: List[_End]) -> None:
        """Say what became of rasters once their last tile is stored."""
        for event in ended:
            if isinstance(event, RasterUnreadable):
                uri = event.uri
                tiles = self._begun.pop(uri, 0)
                problem = event.error.sentence()
                self.outcomes.append(RasterOutcome(uri, FAILED, tiles, problem=problem))
            else:
                self._index.complete(event.raster)
                uri = event.raster.entry.uri
                self._begun.pop(uri, None)
                self.outcomes.append(
                    RasterOutcome(uri, INDEXED, event.tiles, event.kept, notes=event.notes)
                )
            self._workload.end(uri)

    def _count(self, raster: IndexedRaster, tiles: int) -> None:
        uri = raster.entry.uri
        if uri not in self._begun:
            self._workload.plan(uri, raster.entry.planned_tiles - raster.stored_tiles)
        self._begun[uri] = self._begun.get(uri, 0) + tiles
        self._workload.look(uri, tiles)

    def _report(self, message: str) -> None:
        self._feedback.report(self._workload.share, message)
