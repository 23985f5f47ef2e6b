"""Numbers with their noun, as people write them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QLocale


def images_text(count: int) -> str:
    """In words: "1 image", "1,204 images"."""
    return _tr("1 image") if count == 1 else _tr("{count} images").format(count=_number(count))


def tiles_text(count: int) -> str:
    """In words: "1 tile", "1,204 tiles"."""
    return _tr("1 tile") if count == 1 else _tr("{count} tiles").format(count=_number(count))


def places_text(count: int) -> str:
    """In words: "1 place", "24 places"."""
    return _tr("1 place") if count == 1 else _tr("{count} places").format(count=_number(count))


def size_text(count: int) -> str:
    """A file's size: "116 KiB", "1.2 GiB"."""
    return QLocale().formattedDataSize(count, 0 if count < 10 << 20 else 1)


def duration_text(seconds: float) -> str:
    """A duration as people say it: "20 s", "3 min", "2 h 10 min"."""
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def _number(count: int) -> str:
    return QLocale().toString(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Counted", text)
