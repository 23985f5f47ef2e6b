"""Lists of rasters: text files with a raster a line, and STAC items, collections and catalogues.

STAC files (SpatioTemporal Asset Catalog 1.0, github.com/radiantearth/stac-spec) are read from disk;
the rasters they name may lie anywhere GDAL reads.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any, Dict, Iterator, List, Mapping, Optional, Set
from urllib.parse import unquote, urlsplit

from ..errors import RasterNotReadable

SUFFIXES = (".txt", ".lst", ".json", ".geojson")
_STAC_SUFFIXES = (".json", ".geojson")
_MOST_BYTES = 64 << 20
# A catalogue of catalogues of collections is deep enough; links that go round end here too.
_DEEPEST = 8
_RASTER_TYPES = ("image/tiff", "image/jp2", "image/jpeg2000", "image/png", "image/jpeg")
_RASTER_ENDINGS = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".ntf")
# Roles of pictures of a scene that are not the scene, after STAC's best practices.
_NOT_THE_IMAGE = {
    "thumbnail",
    "overview",
    "metadata",
    "cloud",
    "cloud-shadow",
    "snow-ice",
    "data-mask",
}
_VISUAL = "visual"
_SCHEMES = {"http": "/vsicurl/", "https": "/vsicurl/", "s3": "/vsis3/", "gs": "/vsigs/"}


def is_list(argument: str) -> bool:
    """Whether a file name is that of a list, by its suffix."""
    return argument.lower().endswith(SUFFIXES) and os.path.isfile(argument)


def listed_rasters(path: str) -> Iterator[str]:
    """The rasters that a list names, in its order, as GDAL opens them.

    A text file names a raster, folder or address a line, relative to the file itself; empty lines
    and those that begin with # do not count. Of a STAC item its visual asset is taken where it has
    one, else every raster of it that is no thumbnail, overview or mask; a collection or catalogue
    stands for the items in files that it links to, an item collection for its features. Addresses
    of http(s), s3 and gs become those that GDAL reads piece by piece; nothing is opened here.

    Raises:
        RasterNotReadable: not such a list, or one that names no raster; or, after all others, an
            item that cannot be used.
    """
    if path.lower().endswith(_STAC_SUFFIXES):
        yield from _Stac().rasters(path, 0)
    else:
        yield from _lines(path)


def _lines(path: str) -> Iterator[str]:
    lines = [line.strip() for line in _text(path).splitlines()]
    entries = [line for line in lines if line and not line.startswith("#")]
    folder = os.path.dirname(os.path.abspath(path))
    problem: Optional[RasterNotReadable] = None
    for entry in entries:
        try:
            yield address(entry, folder)
        except RasterNotReadable as error:
            problem = problem or error
    if problem is not None:
        raise problem
    if not entries:
        raise RasterNotReadable(
            "The list {name} names no raster.",
            "Write one path in each line.",
            name=os.path.basename(path),
        )


def address(href: str, folder: str) -> str:
    """Where GDAL finds what a list in a folder names: a path, or /vsicurl/ and its like.

    Raises:
        RasterNotReadable: it begins as a web address does, and is none.
    """
    try:
        parts = urlsplit(href)
    except ValueError as error:
        raise RasterNotReadable(
            "The list names {address}, which is no address.", address=href
        ) from error
    if parts.scheme in _SCHEMES:
        prefix = _SCHEMES[parts.scheme]
        return prefix + (href if prefix == "/vsicurl/" else f"{parts.netloc}{parts.path}")
    if parts.scheme == "file":
        path = unquote(parts.path)
        # file:///C:/a.tif is C:/a.tif.
        return path[1:] if re.match(r"/[A-Za-z]:/", path) else path
    if href.startswith("/vsi"):
        return href
    return os.path.normpath(os.path.join(folder, href))


class _Stac:
    """One reading of a STAC file and the files that it links to."""

    def __init__(self) -> None:
        self._seen: Set[str] = set()

    def rasters(self, path: str, depth: int) -> Iterator[str]:
        path = os.path.abspath(path)
        if path in self._seen or depth > _DEEPEST:
            return
        self._seen.add(path)
        try:
            content = json.loads(_text(path))
        except (ValueError, RecursionError) as error:
            raise RasterNotReadable(
                "{name} is not valid JSON.",
                "Give a STAC item, collection or catalogue, or a text file with a raster a line.",
                name=os.path.basename(path),
            ) from error
        yield from self._in(content, path, depth)

    def _in(self, content: Any, path: str, depth: int) -> Iterator[str]:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "Feature" and isinstance(content.get("assets"), dict):
            yield from _of_item(content, path)
        elif kind == "FeatureCollection" and isinstance(content.get("features"), list):
            yield from _each(
                [lambda item=item: self._in(item, path, depth) for item in content["features"]],
                path,
            )
        elif kind in ("Collection", "Catalog"):
            yield from _each(
                [lambda link=link: self._linked(link, path, depth) for link in _links(content)],
                path,
            )
        else:
            raise RasterNotReadable(
                "{name} is no STAC item, collection or catalogue.",
                "A list of rasters may also be a text file with a path in each line.",
                name=os.path.basename(path),
            )

    def _linked(self, href: str, path: str, depth: int) -> Iterator[str]:
        there = address(href, os.path.dirname(path))
        if there.startswith("/vsi"):
            raise RasterNotReadable(
                "The STAC file {address} is on a server; only rasters are read from there.",
                "Download the STAC files, and keep their folders as they are.",
                address=href,
            )
        return self.rasters(there, depth + 1)


def _links(content: Mapping[str, Any]) -> List[str]:
    links = content.get("links")
    return [
        link["href"]
        for link in (links if isinstance(links, list) else ())
        if isinstance(link, dict)
        and link.get("rel") in ("item", "child")
        and isinstance(link.get("href"), str)
    ]


def _each(parts: List[Any], path: str) -> Iterator[str]:
    """What each part gives; what is wrong with some is told when the others are done."""
    problems: List[RasterNotReadable] = []
    for part in parts:
        try:
            yield from part()
        except RasterNotReadable as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise RasterNotReadable(
            "{count} of the {total} entries of {name} cannot be used. The first: {first}",
            "{advice}",
            count=len(problems),
            total=len(parts),
            name=os.path.basename(path),
            first=problems[0].message,
            advice=problems[0].hint,
        )
    if not parts:
        raise RasterNotReadable(
            "The STAC file {name} links to no item.",
            "Save its items beside it, or give the items themselves.",
            name=os.path.basename(path),
        )


def _of_item(item: Mapping[str, Any], path: str) -> Iterator[str]:
    rasters: Dict[str, Mapping[str, Any]] = {
        key: asset for key, asset in item["assets"].items() if _is_raster(asset)
    }
    visual = [key for key, asset in rasters.items() if key == _VISUAL or _VISUAL in _roles(asset)]
    chosen = visual[:1] or list(rasters)
    if not chosen:
        raise RasterNotReadable(
            "The STAC item {name} has no raster among its assets.",
            "An asset needs the type of an image, such as image/tiff.",
            name=item.get("id", os.path.basename(path)),
        )
    for key in chosen:
        yield address(rasters[key]["href"], os.path.dirname(path))


def _is_raster(asset: Any) -> bool:
    if not isinstance(asset, dict) or not isinstance(asset.get("href"), str):
        return False
    if _roles(asset) & _NOT_THE_IMAGE:
        return False
    kind = asset.get("type")
    if isinstance(kind, str):
        return kind.lower().startswith(_RASTER_TYPES)
    try:
        return urlsplit(asset["href"]).path.lower().endswith(_RASTER_ENDINGS)
    except ValueError:
        return False


def _roles(asset: Mapping[str, Any]) -> Set[str]:
    roles = asset.get("roles")
    return {role for role in roles if isinstance(role, str)} if isinstance(roles, list) else set()


def _text(path: str) -> str:
    name = os.path.basename(path)
    try:
        if os.path.getsize(path) > _MOST_BYTES:
            raise RasterNotReadable(
                "The list {name} is larger than 64 MiB.", "Split it.", name=name
            )
        with open(path, encoding="utf-8-sig") as stream:
            return stream.read()
    except OSError as error:
        raise RasterNotReadable(
            "The list {name} cannot be read: {reason}.", name=name, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        raise RasterNotReadable(
            "The list {name} is not text in UTF-8.",
            "Save it as UTF-8, or give a raster.",
            name=name,
        ) from error
