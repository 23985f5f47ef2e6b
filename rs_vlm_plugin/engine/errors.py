"""Every error a user may see, in one place.

Raise at the place that knows, let it travel, catch `RsVlmError` once at the rim (task, algorithm,
command).
"""

from __future__ import annotations

from .sentence import Sentence, say


class RsVlmError(Exception):
    """Base of every error a user may see. `str(err)` is one sentence; `hint` says what to do
    next. `message` is that sentence too, as one that can be translated."""

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        """Make the error.

        Args:
            message: one sentence, or its template; see `say`.
            hint: what to do next, or its template.
            values: for both templates.
        """
        self.message: Sentence = say(message, **values)
        super().__init__(str(self.message))
        self.hint: Sentence = say(hint, **values)

    def sentence(self) -> Sentence:
        """Message and hint on one line, for a message bar, a log or stderr."""
        if not self.hint:
            return self.message
        return say("{what} {hint}", what=self.message, hint=self.hint)


class RasterNotReadable(RsVlmError):
    """The raster cannot be opened or a window of it cannot be read."""


class RasterNotSupported(RsVlmError):
    """The raster opens, but holds nothing this tool can look at (no bands, a type without a meaning
    as image)."""


class EmptyRegion(RsVlmError):
    """The region holds no valid pixel: it lies outside the raster or in nodata only."""


class BadRequest(RsVlmError):
    """What was asked for cannot be meant: no labels, a budget of zero, a malformed geometry."""


class BundleNotFound(RsVlmError):
    """No model bundle is where one was looked for."""


class BundleInvalid(RsVlmError):
    """The model bundle is damaged, incomplete, tampered with or hostile."""


class BundleFormatUnsupported(RsVlmError):
    """The model bundle was written in a format version this plugin does not know."""


class ActionUnsupported(RsVlmError):
    """The model bundle cannot do what was asked (a search-only bundle asked to describe)."""


class RuntimeMissing(RsVlmError):
    """onnxruntime or tokenizers is not installed, or cannot be loaded."""


class InferenceFailed(RsVlmError):
    """onnxruntime refused or failed to run the model on every provider tried."""


class OutputNotWritable(RsVlmError):
    """A result cannot be written where the user asked for it."""


class Cancelled(RsVlmError):
    """The user cancelled before anything worth keeping was there."""

    def __init__(self, message: str = "Cancelled.", hint: str = "") -> None:
        super().__init__(message, hint)


class IndexNotFound(RsVlmError):
    """No tile index is where one was looked for."""


class IndexInvalid(RsVlmError):
    """The file is no tile index, or a damaged or truncated one."""


class IndexFormatUnsupported(RsVlmError):
    """The tile index was written in a format version this plugin does not know."""


class IndexBusy(RsVlmError):
    """Another program holds the tile index."""


class IndexNotWritable(RsVlmError):
    """The tile index cannot be written: read-only, or the disk is full."""


class IndexOfAnotherModel(RsVlmError):
    """Tile index or concept and the model at hand do not belong together: their vectors cannot be
    compared."""


class ConceptInvalid(RsVlmError):
    """The file is no saved concept, or a damaged one."""
