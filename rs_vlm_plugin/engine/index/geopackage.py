"""A tile index in one GeoPackage, written through `sqlite3` alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import (
    Any,
    FrozenSet,
    Iterator,
    List,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    Type,
    Union,
)

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexNotWritable
from .about import check_format, facts, model_of
from .database import IndexDatabase
from .database_file import check_file, connect, has_table, readable
from .faults import damage, index_errors, not_an_index, read_only
from .nearest import VectorMatrix
from .quantise import quantised
from .records import (
    EVERYTHING,
    GLOBAL,
    REGION,
    Filter,
    IndexedRaster,
    IndexInfo,
    Match,
    ModelIdentity,
    RasterEntry,
    RegionRows,
    TileRow,
)
from .schema import FORMAT_VERSION, create_tables
from .stored_rows import (
    HAS_LEVEL,
    INSERT_EMBEDDING,
    INSERT_RASTER,
    INSERT_TILE,
    SELECT_LARGEST_LEAF,
    SELECT_RASTERS,
    delete_raster,
    raster_of,
    raster_values,
    tile_of,
    tile_values,
)
from .tile_places import TilePlaces
from .vector_search import VectorSearch
from .writer_lock import WriterLock


class GeoPackageIndex:
    """A `TileIndex` in a file. Made by `create_index` and `open_index`; a context manager."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: Optional[WriterLock]
    ) -> None:
        self._database = IndexDatabase(path, connection, lock)
        with index_errors(path):
            self._about = dict(connection.execute("SELECT key, value FROM rsvlm_index").fetchall())
        check_format(path, self._about)
        self.model = model_of(path, self._about)
        self._search = VectorSearch(self._database, self.model.embedding_size, self.rasters)

    @property
    def path(self) -> Path:
        """The index's file."""
        return self._database.path

    def info(self) -> IndexInfo:
        """See `TileIndex.info`."""
        rasters = tuple(self.rasters())
        with self._database.reading() as connection:
            embeddings = connection.execute(
                "SELECT level, COUNT(*) FROM rsvlm_embeddings GROUP BY level ORDER BY level"
            ).fetchall()
        return IndexInfo(
            path=str(self.path),
            format_version=FORMAT_VERSION,
            model=self.model,
            created=self._about.get("created", ""),
            rasters=rasters,
            tiles=sum(raster.stored_tiles for raster in rasters),
            embeddings=tuple((str(level), int(count)) for level, count in embeddings),
            bytes=self.path.stat().st_size,
        )

    def rasters(self) -> List[IndexedRaster]:
        """See `TileIndex.rasters`."""
        with self._database.reading() as connection:
            found = connection.execute(SELECT_RASTERS + "ORDER BY r.id").fetchall()
        return [self._raster(row) for row in found]

    def begin(self, entry: RasterEntry) -> IndexedRaster:
        """See `TileIndex.begin`."""
        with self._database.writing() as connection:
            known = connection.execute(SELECT_RASTERS + "WHERE r.uri = ?", (entry.uri,)).fetchone()
            if known is not None:
                raster = self._raster(known)
                if _same_tiles(raster.entry, entry):
                    connection.execute(
                        "UPDATE rsvlm_rasters SET modified_ns = ?, relative = ?, budget = ? "
                        "WHERE id = ?",
                        (entry.state.modified_ns, entry.relative, entry.budget, raster.id),
                    )
                    return IndexedRaster(raster.id, entry, raster.stored_tiles, raster.complete)
                delete_raster(connection, raster.id)
            number = connection.execute(INSERT_RASTER, raster_values(entry)).lastrowid
            return IndexedRaster(int(number or 0), entry, 0, False)

    def resume(self, raster: IndexedRaster) -> FrozenSet[int]:
        """See `TileIndex.resume`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT number FROM tiles WHERE raster_id = ?", (raster.id,)
            ).fetchall()
        return frozenset(int(number) for (number,) in rows)

    def append(
        self,
        raster: IndexedRaster,
        rows: Sequence[TileRow],
        embeddings: NDArray[np.float32],
        regions: Optional[RegionRows] = None,
    ) -> None:
        """See `TileIndex.append`."""
        integers, scales = quantised(embeddings)
        with self._database.writing() as connection:
            fids = []
            for row, vector, scale in zip(rows, integers, scales):
                fid = connection.execute(INSERT_TILE, tile_values(raster, row)).lastrowid
                fids.append(fid)
                connection.execute(
                    INSERT_EMBEDDING, (fid, GLOBAL, 0, float(scale), vector.tobytes())
                )
            if regions is not None:
                integers, scales = quantised(regions.vectors)
                connection.executemany(
                    INSERT_EMBEDDING,
                    (
                        (fids[position], REGION, part, float(scale), vector.tobytes())
                        for (position, part), vector, scale in zip(regions.keys, integers, scales)
                    ),
                )

    def complete(self, raster: IndexedRaster) -> None:
        """See `TileIndex.complete`."""
        with self._database.writing() as connection:
            connection.execute("UPDATE rsvlm_rasters SET complete = 1 WHERE id = ?", (raster.id,))

    def renew(self, raster: IndexedRaster) -> None:
        """See `TileIndex.renew`."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE rsvlm_rasters SET complete = 0, plan_digest = '' WHERE id = ?",
                (raster.id,),
            )

    def without_regions(self) -> List[Tuple[IndexedRaster, TileRow]]:
        """Rasters none of whose tiles has vectors of parts, each with its largest leaf."""
        found = []
        for raster in self.rasters():
            with self._database.reading() as connection:
                if connection.execute(HAS_LEVEL, (raster.id, REGION)).fetchone()[0]:
                    continue
                leaf = connection.execute(SELECT_LARGEST_LEAF, (raster.id,)).fetchone()
            if leaf is not None:
                with damage(self.path):
                    found.append((raster, tile_of(leaf)))
        return found

    def rename(self, raster: IndexedRaster, uri: str) -> None:
        """See `TileIndex.rename`."""
        with self._database.writing() as connection:
            connection.execute("UPDATE rsvlm_rasters SET uri = ? WHERE id = ?", (uri, raster.id))

    def delete(self, raster: IndexedRaster) -> None:
        """See `TileIndex.delete`."""
        with self._database.writing() as connection:
            delete_raster(connection, raster.id)

    def search(self, vector: NDArray[np.float32], k: int, rows: Filter = EVERYTHING) -> List[Match]:
        """See `TileIndex.search`.

        Note:
            The first search reads all vectors of its levels into memory (see `VectorMatrix`); the
            first with a filter that leaves little the tiles' places too.
        """
        return self._search.nearest(vector, k, rows)

    def stored(self, level: str = GLOBAL) -> Tuple[VectorMatrix, TilePlaces]:
        """All vectors of a level and where their tiles are, row by row; what is written afterwards
        is not in them.

        Raises:
            IndexInvalid, IndexBusy: see `TileIndex`.
        """
        return self._search.stored(level)

    def has_tiles(self) -> bool:
        """Whether anything was stored."""
        with self._database.reading() as connection:
            return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM tiles)").fetchone()[0])

    def close(self) -> None:
        """See `TileIndex.close`. Closing twice is allowed."""
        self._search.forget()
        self._database.close()

    def discard(self) -> None:
        """Close, and take the file away; see `IndexDatabase.discard`."""
        self._search.forget()
        self._database.discard()

    def __enter__(self) -> GeoPackageIndex:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _raster(self, row: Sequence[Any]) -> IndexedRaster:
        with damage(self.path):
            return raster_of(row)


def open_index(path: Union[str, Path], writable: bool = False) -> GeoPackageIndex:
    """Open an index; for reading any number of processes may.

    Raises:
        IndexNotFound: nothing is there.
        IndexInvalid: another kind of file, or a damaged one.
        IndexFormatUnsupported: of a format version this plugin does not read.
        IndexBusy: another process writes to it (where `writable`), or has locked it.
        IndexNotWritable: read-only (where `writable`).
    """
    path = Path(path)
    check_file(path)
    if writable:
        lock = WriterLock(path)
        try:
            connection = connect(path, "mode=rw")
            return _opened(path, connection, lock)
        except BaseException:
            lock.release()
            raise
    return _opened(path, readable(path), None)


def create_index(path: Union[str, Path], model: ModelIdentity) -> GeoPackageIndex:
    """Make an empty index, open for writing.

    Raises:
        IndexNotWritable: a file is there already, or the folder is missing or read-only.
        IndexBusy: another process is making it.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise IndexNotWritable(
            "There is no folder {folder}.", "Make it, or choose another.", folder=path.parent
        )
    lock = WriterLock(path)
    try:
        if path.exists():
            raise IndexNotWritable("{path} exists already.", "Choose another name.", path=path)
        _write_empty(path, facts(model))
        return _opened(path, connect(path, "mode=rw"), lock)
    except BaseException:
        lock.release()
        raise


@contextmanager
def index_to_fill(path: Union[str, Path], model: ModelIdentity) -> Iterator[GeoPackageIndex]:
    """An index open for writing: the one that is there, or a new one.

    A new one into which no tile was stored is taken away again on leaving, so that a build that
    could read nothing leaves nothing; one that was there is then unchanged to the byte.

    Raises:
        As `open_index` and `create_index`.
    """
    path = Path(path)
    if path.exists():
        with open_index(path, writable=True) as index:
            yield index
        return
    with create_index(path, model) as index:
        try:
            yield index
        finally:
            if not index.has_tiles():
                index.discard()


def _write_empty(path: Path, about: Mapping[str, str]) -> None:
    """An index without tiles, there whole or not at all: others may look for it meanwhile."""
    draft = path.with_name(path.name + "-new")
    try:
        # What a process left that died here.
        draft.unlink(missing_ok=True)
        with index_errors(path), closing(connect(draft, "mode=rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            create_tables(connection)
            connection.executemany("INSERT INTO rsvlm_index VALUES (?, ?)", sorted(about.items()))
            connection.execute("COMMIT")
        draft.rename(path)
    except OSError as error:
        raise IndexNotWritable(
            "The index {name} cannot be made: {reason}.",
            "Choose another folder.",
            name=path.name,
            reason=error.strerror,
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _opened(
    path: Path, connection: sqlite3.Connection, lock: Optional[WriterLock]
) -> GeoPackageIndex:
    try:
        with index_errors(path):
            if not has_table(connection, "rsvlm_index"):
                raise not_an_index(path)
            if lock is not None:
                # Whether it can be written must be known before the model has looked at anything,
                # and without a change. SQLite begins a transaction on a read-only file as well.
                if not os.access(path, os.W_OK):
                    raise read_only(path)
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        return GeoPackageIndex(path, connection, lock)
    except BaseException:
        connection.close()
        raise


def _same_tiles(known: RasterEntry, entry: RasterEntry) -> bool:
    return (
        known.plan_digest == entry.plan_digest
        and known.policy == entry.policy
        and known.state.size_bytes == entry.state.size_bytes
        and known.state.fingerprint == entry.state.fingerprint
        and (
            known.state.modified_ns == entry.state.modified_ns
            or entry.state.fingerprint.startswith("whole:")
        )
    )
