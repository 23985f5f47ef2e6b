"""A cloned data provider, kept and let go of in whatever thread."""

from __future__ import annotations

from typing import Callable, Optional, TypeVar

from qgis.core import QgsRasterDataProvider, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QThread

Result = TypeVar("Result")


class OwnProvider:
    """Owns a clone: `QgsRasterDataProvider.clone` leaves it to nobody, with its file open.

    When a thread destroys a QObject that Python has seen, PyQt hears of it at the main thread's
    next turn, by address alone. A provider that lies at that address by then is declared dead,
    though it is not; only we can end it. Then it is wrapped anew.
    """

    def __init__(self, clone: QgsRasterDataProvider) -> None:
        self._wrapper = clone
        self._kind = type(clone)
        self._address = sip.unwrapinstance(clone)

    @classmethod
    def of_layer(cls, layer: QgsRasterLayer) -> Optional[OwnProvider]:
        """A clone of a layer's provider, in the layer's thread; None where none is to be had."""
        while True:
            try:
                live = layer.dataProvider()
                clone = live.clone() if live is not None and live.isValid() else None
                return cls(clone) if clone is not None else None
            except RuntimeError:
                # Declared dead, as in `ask`, one of the two providers before we had an address.
                if sip.isdeleted(layer):
                    raise

    def ask(self, question: Callable[[QgsRasterDataProvider], Result]) -> Result:
        """What a function makes of the provider; it may be called more than once."""
        while True:
            provider = self._living()
            try:
                return question(provider)
            except RuntimeError:
                # PyQt's word for an object declared dead, perhaps since the line above.
                if not sip.isdeleted(provider):
                    raise

    def let_go(self) -> None:
        """Delete the clone and close its file: at once in the thread that made it, else soon, when
        that thread handles events. Not to be used any more after this."""
        self.ask(_end)

    def _living(self) -> QgsRasterDataProvider:
        if sip.isdeleted(self._wrapper):
            self._wrapper = sip.wrapinstance(self._address, self._kind)
        return self._wrapper


def _end(provider: QgsRasterDataProvider) -> None:
    if provider.thread() == QThread.currentThread():
        sip.delete(provider)
    else:
        provider.deleteLater()
