"""Problems go to QGIS's message bar, one sentence each, and never into a box that blocks.

The bar shows rich text, so sentences, which name files and layers, are escaped.
"""

from __future__ import annotations

import html
from typing import Callable, Sequence

from qgis.core import Qgis
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QPushButton

TITLE = "RS-VLM"
SECONDS = 12


def show_problem(iface: QgisInterface, sentence: str) -> None:
    """Say what went wrong; the message stays until it is closed."""
    iface.messageBar().pushMessage(TITLE, escaped(sentence), Qgis.MessageLevel.Warning, 0)


def show_note(iface: QgisInterface, sentence: str) -> None:
    """Say something worth knowing that asks for nothing; goes away by itself."""
    iface.messageBar().pushMessage(TITLE, escaped(sentence), Qgis.MessageLevel.Info, SECONDS)


def offer_install(iface: QgisInterface, missing: Sequence[str], install: Callable[[], None]) -> str:
    """Say which packages are missing, with a button that opens the installing dialog.

    Returns:
        The sentence shown.
    """
    bar = iface.messageBar()
    packages = _tr(" and ").join(missing)
    sentence = _tr("To describe images, {packages} must be installed first.").format(
        packages=packages
    )
    item = bar.createMessage(TITLE, sentence)
    button = QPushButton(_tr("Install…"), item)
    button.clicked.connect(lambda: (bar.popWidget(item), install()))
    item.layout().addWidget(button)
    bar.pushWidget(item, Qgis.MessageLevel.Warning)
    return sentence


def escaped(sentence: str) -> str:
    """A sentence for the bar, which shows rich text."""
    return html.escape(sentence, quote=False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Messages", text)
