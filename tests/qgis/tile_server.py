"""A tile server on the loopback interface, so that XYZ layers are tested against a real one."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Iterator, List, Tuple
from uuid import uuid4

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

WEST_COLOUR = (40, 100, 200)


def _tile(opaque: bool) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_ARGB32)
    image.fill(QColor(*WEST_COLOUR, 255 if opaque else 0))
    encoded = QByteArray()
    buffer = QBuffer(encoded)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(encoded)


@contextmanager
def serving_tiles(
    status: int = 200,
    only: str = "",
    least_zoom: int = 0,
    kind: str = "image/png",
    seconds: float = 0,
) -> Iterator[Tuple[str, List[str]]]:
    """The URI of an XYZ layer, west `WEST_COLOUR`, east transparent; and the paths asked for. With
    another `status` each request is answered by that and nothing else, or those to
    paths that hold `only`; below `least_zoom` all is
    transparent, as on a server whose images fill a small part of the world. With another `kind` the
    answer is a text that says it is of that kind; each answer takes some `seconds`."""
    closing = threading.Event()
    asked: List[str] = []
    tiles = {opaque: _tile(opaque) for opaque in (True, False)}

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            closing.wait(seconds)
            if status != 200 and only in self.path:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            zoom, column = (int(part) for part in self.path.split("/")[2:4])
            body = tiles[column < 2**zoom / 2 and zoom >= least_zoom]
            if kind != "image/png":
                body = b"<p>This is no picture.</p>"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def log_message(self, *details: object) -> None:
            """Quiet."""

    # QGIS keeps tiles by address, and a later server may be given an earlier one's port.
    own_path = uuid4().hex
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/{own_path}/{{z}}/{{x}}/{{y}}.png"
        yield f"type=xyz&url={address}&zmin=1&zmax=8", asked
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
