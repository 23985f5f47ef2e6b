"""A model bundle from a folder or a zip: found, checked file by file, read with the check repeated.

Nothing is unpacked to disk and nothing is unpickled: a zip's files are read in memory, so no entry
can be written anywhere, and the bytes that run are the bytes whose hash was compared.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ContextManager, Dict, Iterator, List, Protocol, Tuple, Union

from ..errors import BundleInvalid, BundleNotFound
from .manifest import MAX_FILE_BYTES, BundleManifest, FileEntry, parse_manifest
from .manifest_fields import REINSTALL, UNTRUSTED

MANIFEST_NAME = "bundle.json"
MAX_MANIFEST_BYTES = 4 << 20
MAX_ZIP_ENTRIES = 1000
_CHUNK = 1 << 20


class _Files(Protocol):
    """Where a bundle's files come from."""

    def open(self, name: str) -> ContextManager[IO[bytes]]:
        """A file to read from, closed on leaving. Raises `BundleInvalid` where it is missing."""


@dataclass(frozen=True)
class ModelBundle:
    """A bundle whose files all had the listed hashes when it was loaded.

    `sha256` is that of `bundle.json`, which lists the others' and so names the whole bundle.
    """

    path: Path
    manifest: BundleManifest
    sha256: str
    _files: _Files

    def require(self, action: str) -> None:
        """Raise `ActionUnsupported` unless the bundle can do one of `manifest.ACTIONS`."""
        self.manifest.require(action)

    def read(self, name: str) -> bytes:
        """A listed file's bytes, checked again. Raises `BundleInvalid` where they changed."""
        return b"".join(_verified(self._files, name, self.manifest.files[name]))


def load_bundle(path: Union[str, Path]) -> ModelBundle:
    """Open a bundle and compare the hash of each file it lists.

    Args:
        path: folder with a `bundle.json`, that `bundle.json` itself, or a zip of such a folder.

    Raises:
        BundleNotFound: nothing is there.
        BundleFormatUnsupported: written in a format version this plugin does not read.
        BundleInvalid: damaged, incomplete, tampered with or hostile; the sentence names the fault.

    Note:
        Reads every file once, a mebibyte at a time: some 0.1 s for 25 MB.
    """
    path, files, data = _opened(path)
    manifest = parse_manifest(data)
    for name, entry in manifest.files.items():
        for _ in _verified(files, name, entry):
            pass
    return ModelBundle(path, manifest, hashlib.sha256(data).hexdigest(), files)


def read_manifest(path: Union[str, Path]) -> BundleManifest:
    """Only what a bundle says of itself, its files unread; errors as of `load_bundle`.

    Note:
        Under a millisecond, so a form can ask while it is being shown.
    """
    return parse_manifest(_opened(path)[2])


def _opened(path: Union[str, Path]) -> Tuple[Path, _Files, bytes]:
    """Where a bundle lies, its files, and the bytes of its manifest."""
    path = Path(path)
    if path.name == MANIFEST_NAME:
        path = path.parent
    try:
        files = _files_at(path)
    except OSError as error:
        raise BundleInvalid(
            "The model bundle {name} cannot be opened: {reason}.",
            "Choose another, or ask for access to it.",
            name=path.name,
            reason=error.strerror,
        ) from error
    with files.open(MANIFEST_NAME) as stream:
        return path, files, _read_at_most(stream, MAX_MANIFEST_BYTES)


def _files_at(path: Path) -> _Files:
    if not path.exists():
        raise BundleNotFound(
            "There is no model bundle at {path}.",
            "Choose a bundle folder or zip file.",
            path=path,
        )
    if not path.is_dir():
        return _Zip(path)
    if not (path / MANIFEST_NAME).is_file():
        raise BundleNotFound(
            "The folder {path} holds no {file}.",
            "Choose the folder a model was exported to.",
            path=path,
            file=MANIFEST_NAME,
        )
    return _Folder(path)


def _verified(files: _Files, name: str, entry: FileEntry) -> Iterator[bytes]:
    """The file's chunks; the last comes only after size and hash were found right."""
    digest = hashlib.sha256()
    size = 0
    held = b""
    with files.open(name) as stream:
        for chunk in _chunks(stream, name):
            size += len(chunk)
            if size > entry.size:
                break
            digest.update(chunk)
            yield held
            held = chunk
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise BundleInvalid(
            "The model bundle's file {name} is not the one that was published (wrong hash).",
            REINSTALL,
            name=name,
        )
    yield held


def _chunks(stream: IO[bytes], name: str) -> Iterator[bytes]:
    try:
        while True:
            chunk = stream.read(_CHUNK)
            if not chunk:
                return
            yield chunk
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise _damaged(name) from error


def _read_at_most(stream: IO[bytes], limit: int) -> bytes:
    parts = []
    size = 0
    for chunk in _chunks(stream, MANIFEST_NAME):
        size += len(chunk)
        if size > limit:
            raise BundleInvalid(f"{MANIFEST_NAME} is larger than {limit >> 20} MiB.", UNTRUSTED)
        parts.append(chunk)
    return b"".join(parts)


class _Folder:
    """Files of a folder. A link is followed: it must lead to the listed hash all the same."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        file = self.path / name
        if not file.is_file():
            raise _missing(name)
        try:
            stream = file.open("rb")
        except OSError as error:
            raise BundleInvalid(f"The model bundle's file {name} cannot be opened.") from error
        with stream:
            yield stream


class _Zip:
    """Files of a zip, at its root or in its only folder, after every entry was found harmless."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._archive() as archive:
            self.entries = _checked_entries(archive)
        if MANIFEST_NAME not in self.entries:
            raise BundleNotFound(
                "The zip {name} holds no {file}.",
                "Choose a zipped model bundle.",
                name=path.name,
                file=MANIFEST_NAME,
            )

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self.entries:
            raise _missing(name)
        with self._archive() as archive:
            try:
                stream = archive.open(self.entries[name])
            except (OSError, zipfile.BadZipFile, RuntimeError) as error:
                raise _damaged(name) from error
            with stream:
                yield stream

    def _archive(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path)
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
            raise BundleInvalid(
                "The model bundle {name} is not a readable zip file.",
                REINSTALL,
                name=self.path.name,
            ) from error


def _checked_entries(archive: zipfile.ZipFile) -> Dict[str, zipfile.ZipInfo]:
    """The archive's files by name in the bundle. Raises `BundleInvalid` for a hostile entry."""
    infos = archive.infolist()
    if len(infos) > MAX_ZIP_ENTRIES:
        raise BundleInvalid(f"The zip has more than {MAX_ZIP_ENTRIES} entries.", UNTRUSTED)
    for info in infos:
        fault = _entry_fault(info)
        if fault:
            raise BundleInvalid(f"The zip's entry {info.orig_filename!r} {fault}.", UNTRUSTED)
    files = [info for info in infos if not info.is_dir()]
    prefix = _top_folder(files)
    entries: Dict[str, zipfile.ZipInfo] = {}
    for info in files:
        name = info.filename[len(prefix) :]
        if name in entries:
            raise BundleInvalid(f"The zip holds {name} more than once.", UNTRUSTED)
        entries[name] = info
    return entries


def _entry_fault(info: zipfile.ZipInfo) -> str:
    # `filename` has backslashes and NUL already interpreted by the platform; the original has not.
    name = info.orig_filename
    if "\\" in name or "\0" in name:
        return "has a forbidden character in its name"
    if name.startswith("/") or name[1:2] == ":":
        return "has an absolute path"
    if ".." in name.split("/"):
        return "points outside the bundle"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, not a file"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is compressed in an unusual way"
    if info.file_size > MAX_FILE_BYTES:
        return f"is larger than {MAX_FILE_BYTES >> 30} GiB"
    return ""


def _top_folder(files: List[zipfile.ZipInfo]) -> str:
    """The folder, with its slash, that all files share; empty where they lie at the root."""
    tops = {info.filename.partition("/")[0] for info in files if "/" in info.filename}
    if len(tops) == 1 and all("/" in info.filename for info in files):
        return tops.pop() + "/"
    return ""


def _missing(name: str) -> BundleInvalid:
    return BundleInvalid(f"The model bundle lacks its file {name}.", REINSTALL)


def _damaged(name: str) -> BundleInvalid:
    return BundleInvalid(
        f"The model bundle's file {name} cannot be read: it is damaged.", REINSTALL
    )
