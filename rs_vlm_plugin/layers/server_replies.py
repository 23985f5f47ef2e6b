"""What servers answer while a layer is drawn: refusals become sentences, and requests are paced."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Dict, Optional, Type

from qgis.core import (
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsNetworkRequestParameters,
)
from qgis.PyQt.QtCore import QEventLoop
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..engine.errors import RasterNotReadable
from ..engine.sentence import Sentence, say

MOST_A_SECOND = 20
"""Pictures asked of servers in a second, at most: what browsing a map asks for."""

_REFUSALS = {
    401: say("wants a password or key"),
    403: say("does not allow it"),
    429: say("was asked too often"),
}


class ServerReplies:
    """Listens to the requests of one thread while a layer is drawn in it; a context manager.

    Drawing itself never fails: QGIS draws nothing where a server gives nothing. On leaving it waits
    where more was asked for than `MOST_A_SECOND` allows; pictures from QGIS's cache cost nothing.
    """

    def __init__(self) -> None:
        self._asked = 0
        self._refused: Dict[int, int] = {}
        self._failed: Dict[str, str] = {}
        self._started = 0.0
        self._manager: Optional[QgsNetworkAccessManager] = None

    def __enter__(self) -> ServerReplies:
        self._started = time.monotonic()
        # In a thread of Python's own the timers of requests run only once it has an event loop.
        QEventLoop()
        # The manager of this thread, which the layer's provider uses too.
        self._manager = QgsNetworkAccessManager.instance()
        self._manager.finished[QgsNetworkReplyContent].connect(self._take)
        self._manager.requestTimedOut[QgsNetworkRequestParameters].connect(self._give_up)
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        if self._manager is not None:
            self._manager.finished[QgsNetworkReplyContent].disconnect(self._take)
            self._manager.requestTimedOut[QgsNetworkRequestParameters].disconnect(self._give_up)
            self._manager = None
        due = self._asked / MOST_A_SECOND - (time.monotonic() - self._started)
        if due > 0:
            time.sleep(due)

    def check(self, name: str, anything: bool) -> None:
        """Raise `RasterNotReadable` where a server refused, or failed and nothing was drawn.

        Args:
            name: the layer's.
            anything: whether any pixel was drawn.
        """
        for status, meaning in _REFUSALS.items():
            if status in self._refused:
                raise RasterNotReadable(
                    "The server of {name} {refused} (HTTP {status}).",
                    "Wait and try a smaller area, check the layer's login, or ask its provider.",
                    name=name,
                    refused=meaning,
                    status=status,
                )
        if self._failed and not anything:
            raise RasterNotReadable(
                "The server of {name} cannot be reached or fails ({reason}).",
                "Check the connection and the layer's address.",
                name=name,
                reason=self._reason(),
            )

    def gap(self) -> Optional[Sentence]:
        """What to say where some of the pictures drawn from were not to be had, None where all
        were."""
        if not self._failed:
            return None
        return say(
            "The server did not send every picture ({reason}): the gaps count as no data.",
            reason=self._reason(),
        )

    def _reason(self) -> str:
        return next(iter(self._failed.values()))

    def _give_up(self, asked: QgsNetworkRequestParameters) -> None:
        self._failed[asked.request().url().toString()] = say("no answer in time")

    def _take(self, reply: QgsNetworkReplyContent) -> None:
        if reply.attribute(QNetworkRequest.Attribute.SourceIsFromCacheAttribute):
            return
        self._asked += 1
        address = reply.request().url().toString()
        # QGIS asks again for what a server failed to give.
        self._failed.pop(address, None)
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status in _REFUSALS:
            self._refused[status] = self._refused.get(status, 0) + 1
        elif status is None and reply.error() not in (
            QNetworkReply.NetworkError.NoError,
            QNetworkReply.NetworkError.OperationCanceledError,
        ):
            # The text of the error may hold the address, and that a key.
            self._failed[address] = say("no answer")
        elif isinstance(status, int) and status >= 500:
            self._failed[address] = f"HTTP {status}"
        elif status == 200 and not _is_picture(reply):
            # A service exception of a WMS, or the page of a login.
            self._failed[address] = say("its answer is no picture")


def _is_picture(reply: QgsNetworkReplyContent) -> bool:
    kind = bytes(reply.rawHeader(b"Content-Type")).strip().lower()
    # Servers of files may not say what they send.
    return not kind.startswith((b"text/", b"application/vnd.ogc.se", b"application/xml"))
