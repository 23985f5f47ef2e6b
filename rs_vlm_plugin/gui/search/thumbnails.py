"""Pictures of hits, rendered in the background, the one looked at last first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Dict, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from ...engine.errors import RsVlmError
from .background import log_unforeseen
from .result_model import hit_key

if TYPE_CHECKING:
    from ...engine.raster.normalise import Stretch
    from ...engine.search import Hit

SIDE = 72
"""Points a side; pixels on a screen of high density are more."""
_MOST_WAITING = 64
_NOT_SHOWN = QColor(128, 128, 128)


class Thumbnails(QObject):
    """Renders tiles as the model saw them. `rendered` carries the hit's key and a `QImage`."""

    rendered = pyqtSignal(object, object)

    def __init__(self, pixel_ratio: float, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._ratio = max(1.0, pixel_ratio)
        self._lock = threading.Lock()
        self._waiting: OrderedDict[object, Hit] = OrderedDict()
        self._asked: Dict[object, bool] = {}
        self._stretches: Dict[str, Stretch] = {}
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rsvlm-thumbnail")

    def ask(self, hit: Hit) -> None:
        """Render a hit's picture some time soon; asking again costs nothing."""
        key = hit_key(hit)
        with self._lock:
            if key in self._asked:
                return
            self._asked[key] = True
            self._waiting[key] = hit
            while len(self._waiting) > _MOST_WAITING:
                dropped, _ = self._waiting.popitem(last=False)
                del self._asked[dropped]
        self._executor.submit(self._render_next).add_done_callback(log_unforeseen)

    def forget(self) -> None:
        """Render nothing that is waiting, and everything anew when asked again."""
        with self._lock:
            self._waiting.clear()
            self._asked.clear()
            self._stretches.clear()

    def dispose(self) -> None:
        """End the thread."""
        self.forget()
        self._executor.shutdown(wait=True)

    def _render_next(self) -> None:
        with self._lock:
            # What was dropped or forgotten leaves its turn over.
            if not self._waiting:
                return
            key, hit = self._waiting.popitem()
        try:
            picture = self._picture(hit)
        except RsVlmError:
            # The place is found all the same; the tool tip names the file.
            picture = _blank()
        self.rendered.emit(key, picture)

    def _picture(self, hit: Hit) -> QImage:
        from ...engine.raster.normalise import fit_stretch
        from ...engine.tile_images import read_tile
        from ...layers.raster_file_source import open_raster_file

        size = round(SIDE * self._ratio)
        with closing(open_raster_file(hit.raster)) as source:
            stretch = self._stretches.get(hit.raster)
            if stretch is None:
                stretch = fit_stretch(source, hit.match.raster.entry.bands)
                self._stretches[hit.raster] = stretch
            image = read_tile(source, 0, hit.match.row.tile, None, size, stretch)
        pixels = image.pixels[: image.height, : image.width].copy()
        pixels[~image.shown[: image.height, : image.width]] = _NOT_SHOWN.getRgb()[:3]
        picture = QImage(
            pixels.tobytes(),
            image.width,
            image.height,
            3 * image.width,
            QImage.Format.Format_RGB888,
        )
        # A copy: the first one does not own its bytes.
        owned = picture.copy()
        owned.setDevicePixelRatio(self._ratio)
        return owned


def _blank() -> QImage:
    picture = QImage(1, 1, QImage.Format.Format_RGB888)
    picture.fill(_NOT_SHOWN)
    return picture
