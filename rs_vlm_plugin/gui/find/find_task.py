"""Finding objects in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional, Tuple

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from ...engine.errors import RsVlmError
from ...tasks import RegionRequest, RegionTask, TaskFeedback, Wording

if TYPE_CHECKING:
    from ...engine.find import FindResult
    from ...layers.raster_layer_source import QgsRasterLayerSource

WEAKER = 0.5
"""Objects down to this part of the model's threshold are kept, for the slider to go there too."""
_LARGEST_LIVE_BUDGET = 256
"""Putting together what so many tiles have seen, again after each batch, would take its time."""


class FindTask(RegionTask):
    """Finds what phrases name; `result` may be partial, `threshold` is the model's own.

    `partial_found` is emitted from the background thread and so arrives queued.
    """

    partial_found = pyqtSignal(object)

    def __init__(
        self,
        layer: QgsRasterLayer,
        source: QgsRasterLayerSource,
        request: RegionRequest,
        phrases: Tuple[str, ...],
    ) -> None:
        """As `RegionTask`; `phrases` are what to find."""
        name = layer.name()
        words = Wording(
            title=_tr("Find on {layer}").format(layer=name),
            layer_removed=_tr(
                "{layer} was removed while objects were being looked for, so finding ended early."
            ).format(layer=name),
            project_closed=_tr(
                "The project was closed while objects were being looked for, so finding ended "
                "early."
            ),
            unexpected=_tr("Finding on {layer} stopped unexpectedly.").format(layer=name),
        )
        super().__init__(layer, source, request, words)
        self.phrases = phrases
        self.result: Optional[FindResult] = None
        self.threshold = 0.0

    def work(self) -> None:
        """Find, and write what was found."""
        from ...layers.found_layers import write_found

        self._find()
        if self.result is not None and self.result.objects:
            path = self.free_path()
            write_found(self.result, path)
            self.database = path

    def _find(self) -> None:
        from ...engine.find import find
        from ...engine.find.finding import least_score

        request = self._request
        model = self.load_model()
        model.bundle.require("find")
        self.threshold = least_score(model, None)
        live = request.budget <= _LARGEST_LIVE_BUDGET
        try:
            self.result = find(
                self._source,
                request.region,
                self.phrases,
                model,
                policy=request.policy,
                budget=request.budget,
                min_score=WEAKER * self.threshold,
                feedback=TaskFeedback(self),
                on_partial=self._take_partial if live else None,
            )
        except RsVlmError as error:
            # A file that breaks off half way leaves what was found until then.
            if self.result is None:
                raise
            self.result = replace(self.result, partial=True)
            self.problem = self.worth_telling(error)

    def _take_partial(self, result: FindResult) -> None:
        self.result = result
        self.partial_found.emit(result)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FindTask", text)
