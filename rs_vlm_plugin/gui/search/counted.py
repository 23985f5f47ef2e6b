"""Numbers with their noun, as people write them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QLocale


def images_text(count: int) -> str:
    """In words: "1 image", "1,204 images"."""
    return _counted("1 image", "%Ln images", count)


def tiles_text(count: int) -> str:
    """In words: "1 tile", "1,204 tiles"."""
    return _counted("1 tile", "%Ln tiles", count)


def places_text(count: int) -> str:
    """In words: "1 place", "24 places"."""
    return _counted("1 place", "%Ln places", count)


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


def _counted(one: str, many: str, count: int) -> str:
    """The number with its noun in the form of the language; `one` is English for a single thing."""
    said = QCoreApplication.translate("Counted", many, None, count)
    untranslated = many.replace("%Ln", QLocale().toString(count))
    return one if count == 1 and said == untranslated else said
