"""A tile index in one GeoPackage, written through `sqlite3` alone.

Rows are committed batch by batch into a write-ahead log, so a process may die at any moment without
losing or repeating a batch, and others may read meanwhile. At the end the log is folded into the
file, which then needs neither log nor lock to be read.
"""

from __future__ import annotations

import sqlite3
import struct
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import (
    Any,
    Callable,
    Dict,
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
from .database_file import begin_log, check_file, connect, has_table, readable
from .faults import damaged, index_errors, not_an_index
from .footprints import HEADER_BYTES, header_bounds
from .nearest import VectorMatrix
from .parts import part_row
from .quantise import quantised
from .records import (
    EVERYTHING,
    GLOBAL,
    LEVELS,
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
from .stored_level import StoredLevel
from .stored_rows import (
    HAS_LEVEL,
    INSERT_EMBEDDING,
    INSERT_RASTER,
    INSERT_TILE,
    SELECT_LARGEST_LEAF,
    SELECT_RASTERS,
    SELECT_TILE,
    delete_raster,
    raster_of,
    raster_values,
    tile_of,
    tile_values,
)
from .tile_places import TilePlaces
from .writer_lock import WriterLock

# Of more rows than this the nearest few are tried before the places of all tiles are read.
_MANY, _FEW = 100_000, 4096


class GeoPackageIndex:
    """A `TileIndex` in a file. Made by `create_index` and `open_index`; a context manager."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: Optional[WriterLock]
    ) -> None:
        self._path = path
        self._connection = connection
        self._writer_lock = lock
        self._mutex = threading.RLock()
        self._levels: Dict[str, StoredLevel] = {}
        self._known: Dict[int, IndexedRaster] = {}
        self._seen_version = -1
        self._written = False
        with index_errors(path):
            self._about = dict(connection.execute("SELECT key, value FROM rsvlm_index").fetchall())
        check_format(path, self._about)
        self.model = model_of(path, self._about)

    @property
    def path(self) -> Path:
        """The index's file."""
        return self._path

    def info(self) -> IndexInfo:
        """See `TileIndex.info`."""
        rasters = tuple(self.rasters())
        with self._reading() as connection:
            embeddings = connection.execute(
                "SELECT level, COUNT(*) FROM rsvlm_embeddings GROUP BY level ORDER BY level"
            ).fetchall()
        return IndexInfo(
            path=str(self._path),
            format_version=FORMAT_VERSION,
            model=self.model,
            created=self._about.get("created", ""),
            rasters=rasters,
            tiles=sum(raster.stored_tiles for raster in rasters),
            embeddings=tuple((str(level), int(count)) for level, count in embeddings),
            bytes=self._path.stat().st_size,
        )

    def rasters(self) -> List[IndexedRaster]:
        """See `TileIndex.rasters`."""
        with self._reading() as connection:
            found = connection.execute(SELECT_RASTERS + "ORDER BY r.id").fetchall()
        return [self._raster(row) for row in found]

    def begin(self, entry: RasterEntry) -> IndexedRaster:
        """See `TileIndex.begin`."""
        with self._writing() as connection:
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
        with self._reading() as connection:
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
        with self._writing() as connection:
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
        with self._writing() as connection:
            connection.execute("UPDATE rsvlm_rasters SET complete = 1 WHERE id = ?", (raster.id,))

    def renew(self, raster: IndexedRaster) -> None:
        """See `TileIndex.renew`."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE rsvlm_rasters SET complete = 0, plan_digest = '' WHERE id = ?",
                (raster.id,),
            )

    def without_regions(self) -> List[Tuple[IndexedRaster, TileRow]]:
        """Rasters none of whose tiles has vectors of parts, each with its largest leaf."""
        found = []
        for raster in self.rasters():
            with self._reading() as connection:
                if connection.execute(HAS_LEVEL, (raster.id, REGION)).fetchone()[0]:
                    continue
                leaf = connection.execute(SELECT_LARGEST_LEAF, (raster.id,)).fetchone()
            if leaf is not None:
                found.append((raster, self._tile(leaf)))
        return found

    def rename(self, raster: IndexedRaster, uri: str) -> None:
        """See `TileIndex.rename`."""
        with self._writing() as connection:
            connection.execute("UPDATE rsvlm_rasters SET uri = ? WHERE id = ?", (uri, raster.id))

    def delete(self, raster: IndexedRaster) -> None:
        """See `TileIndex.delete`."""
        with self._writing() as connection:
            delete_raster(connection, raster.id)

    def search(self, vector: NDArray[np.float32], k: int, rows: Filter = EVERYTHING) -> List[Match]:
        """See `TileIndex.search`.

        Note:
            The first search reads all vectors of its levels into memory (see `VectorMatrix`); the
            first with a filter the tiles' places too.
        """
        with self._mutex:
            names = LEVELS if rows.level is None else (rows.level,)
            nearest = [
                (level, number, similarity)
                for level in map(self._level, names)
                for number, similarity in self._nearest(level, vector, k, rows)
            ]
            # sorted() is stable: of equals in two levels the whole tile comes first.
            nearest = sorted(nearest, key=lambda row: -row[2])[:k]
            return [self._match(*row) for row in nearest]

    def _nearest(
        self, level: StoredLevel, vector: NDArray[np.float32], k: int, rows: Filter
    ) -> List[Tuple[int, float]]:
        """The best rows of one level, and their similarities."""
        if not len(level.matrix):
            return []
        if replace(rows, level=None) == EVERYTHING:
            return _paired(*level.matrix.nearest(vector, k))
        entries = {number: raster.entry for number, raster in self._known.items()}
        if level.places is None and len(level.matrix) > _MANY:
            # Where the filter keeps many rows, k of them are among the nearest few of all, and
            # the places of a million tiles need not be read.
            few = max(k, _FEW)
            numbers, similarities = level.matrix.nearest(vector, few)
            kept = self._read_places(level, numbers).kept(rows, entries)
            if kept.sum() >= k or len(numbers) < few:
                return _paired(numbers[kept][:k], similarities[kept][:k])
        keep = self._places(level).kept(rows, entries)
        return _paired(*level.matrix.nearest(vector, k, keep))

    def _match(self, level: StoredLevel, number: int, similarity: float) -> Match:
        part = int(level.parts[number])
        with self._reading() as connection:
            found = connection.execute(SELECT_TILE, (int(level.tile_fids[number]),)).fetchone()
        if found is None or found[1] not in self._known:
            raise damaged(self._path)
        row = self._tile(found)
        if level.name == REGION:
            try:
                row = part_row(row, part)
            except ValueError as error:
                raise damaged(self._path) from error
        return Match(
            raster=self._known[found[1]],
            row=row,
            level=level.name,
            part=part,
            similarity=similarity,
            embedding=level.matrix.vectors(np.array([number]))[0],
        )

    def stored(self, level: str = GLOBAL) -> Tuple[VectorMatrix, TilePlaces]:
        """All vectors of a level and where their tiles are, row by row; what is written afterwards
        is not in them.

        Raises:
            IndexInvalid, IndexBusy: see `TileIndex`.
        """
        with self._mutex:
            found = self._level(level)
            return found.matrix, self._places(found)

    def has_tiles(self) -> bool:
        """Whether anything was stored."""
        with self._reading() as connection:
            return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM tiles)").fetchone()[0])

    def close(self) -> None:
        """See `TileIndex.close`. Closing twice is allowed."""
        self._close()

    def discard(self) -> None:
        """Close, and take the file away before anybody else can write to it.

        Raises:
            IndexNotWritable: it was opened for reading only, or the system does not let go of it.
        """
        if self._writer_lock is None:
            raise self._not_writable()
        try:
            self._close(self._path.unlink)
        except OSError as error:
            raise IndexNotWritable(
                "The empty index {name} cannot be taken away: {reason}.",
                "Delete it yourself.",
                name=self._path.name,
                reason=error.strerror,
            ) from error

    def _close(self, then: Callable[[], None] = lambda: None) -> None:
        """Close, and do something before the lock is released."""
        with self._mutex:
            if self._writer_lock is not None:
                self._fold_log()
            self._connection.close()
            self._levels = {}
            if self._writer_lock is not None:
                try:
                    then()
                finally:
                    self._writer_lock.release()
                    self._writer_lock = None

    def __enter__(self) -> GeoPackageIndex:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _fold_log(self) -> None:
        """One file without a log, so that it can be read from a read-only place.

        Where a reader holds the log, or the disk is full, the log stays: nothing is lost, and the
        next writer folds it.
        """
        try:
            if self._written:
                west, south, east, north = self._extent()
                self._connection.execute(
                    "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
                    "last_change = ? WHERE table_name = 'tiles'",
                    (west, south, east, north, _now()),
                )
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            return

    def _extent(self) -> Tuple[Optional[float], ...]:
        # The coarsest tiles cover what the finer ones do.
        found = self._connection.execute(
            "SELECT substr(geom, 1, ?) FROM tiles WHERE depth = 0 AND length(geom) >= ?",
            (HEADER_BYTES, HEADER_BYTES),
        )
        headers = np.frombuffer(b"".join(blob for (blob,) in found), dtype=np.uint8)
        if not len(headers):
            return (None,) * 4
        west, south, east, north = header_bounds(headers.reshape(-1, HEADER_BYTES)).T
        return float(west.min()), float(south.min()), float(east.max()), float(north.max())

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._mutex, index_errors(self._path):
            yield self._connection

    def _not_writable(self) -> IndexNotWritable:
        return IndexNotWritable(
            "The index {name} was opened for reading only.", name=self._path.name
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; all of it or nothing."""
        with self._mutex, index_errors(self._path):
            if self._writer_lock is None:
                raise self._not_writable()
            if not self._written:
                begin_log(self._connection)
                self._written = True
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._levels = {}

    def _raster(self, row: Sequence[Any]) -> IndexedRaster:
        try:
            return raster_of(row)
        except (ValueError, TypeError) as error:
            raise damaged(self._path) from error

    def _tile(self, row: Sequence[Any]) -> TileRow:
        try:
            return tile_of(row)
        except (ValueError, TypeError, struct.error) as error:
            raise damaged(self._path) from error

    def _level(self, name: str) -> StoredLevel:
        """The vectors of a level, read anew where another connection has written since."""
        with self._reading() as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version != self._seen_version:
                self._levels = {}
                self._seen_version = version
            if not self._levels:
                # Counting each raster's tiles takes long enough to be done once.
                self._known = {raster.id: raster for raster in self.rasters()}
            if name not in self._levels:
                count = connection.execute(
                    "SELECT COUNT(*) FROM rsvlm_embeddings WHERE level = ?", (name,)
                ).fetchone()[0]
                rows = connection.execute(
                    "SELECT tile_fid, part, scale, vector FROM rsvlm_embeddings "
                    "WHERE level = ? ORDER BY id LIMIT ?",
                    (name, count),
                )
                try:
                    self._levels[name] = StoredLevel.read(
                        name, rows, int(count), self.model.embedding_size
                    )
                except ValueError as error:
                    raise damaged(self._path) from error
        return self._levels[name]

    def _places(self, level: StoredLevel) -> TilePlaces:
        if level.places is None:
            level.places = self._read_places(level)
        return level.places

    def _read_places(
        self, level: StoredLevel, rows: Optional[NDArray[np.int64]] = None
    ) -> TilePlaces:
        with self._reading() as connection:
            try:
                return level.read_places(connection, rows)
            except (ValueError, TypeError) as error:
                raise damaged(self._path) from error


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
                # Finds out whether the file can be written, and changes nothing in it.
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        return GeoPackageIndex(path, connection, lock)
    except BaseException:
        connection.close()
        raise


def _paired(
    numbers: NDArray[np.int64], similarities: NDArray[np.float64]
) -> List[Tuple[int, float]]:
    return list(zip(numbers.tolist(), similarities.tolist()))


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


def _now() -> str:
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    return now.replace("+00:00", "Z")
