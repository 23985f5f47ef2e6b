"""Comparing two images in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from ...engine.errors import RsVlmError
from ...tasks import RegionRequest, RegionTask, TaskFeedback, Wording

if TYPE_CHECKING:
    from ...engine.compare import Comparison
    from ...layers.raster_layer_source import QgsRasterLayerSource


class CompareTask(RegionTask):
    """Compares two images of a region; `result` may be partial, `names` are those of the images.

    `partial_found` is emitted from the background thread and so arrives queued.
    """

    partial_found = pyqtSignal(object)

    def __init__(
        self,
        layer: QgsRasterLayer,
        source: QgsRasterLayerSource,
        request: RegionRequest,
        after: QgsRasterLayerSource,
    ) -> None:
        """As `RegionTask`; `after` is the second image, read and closed in the background too. Its
        layer may be removed meanwhile: what is read is a copy."""
        name = layer.name()
        words = Wording(
            title=_tr("Compare {layer} with {after}").format(layer=name, after=after.info.name),
            layer_removed=_tr(
                "{layer} was removed while it was being compared, so the comparison ended early."
            ).format(layer=name),
            project_closed=_tr(
                "The project was closed while images were being compared, so the comparison ended "
                "early."
            ),
            unexpected=_tr("Comparing {layer} stopped unexpectedly.").format(layer=name),
        )
        super().__init__(layer, source, request, words)
        self.result: Optional[Comparison] = None
        self.names = (name, after.info.name)
        self._before = source
        self._after = after

    def work(self) -> None:
        """Compare, and write what changed."""
        from ...layers.change_layer import write_changes

        with self._after:
            self._compare()
        if self.result is not None and self.result.changes:
            path = self.free_path()
            write_changes(self.result, path)
            self.database = path

    def cancel(self) -> None:
        """Stop soon, whatever a server is taking."""
        super().cancel()
        self._after.interrupt()

    def _compare(self) -> None:
        from ...engine.compare import compare

        request = self._request
        model = self.load_model()
        try:
            self.result = compare(
                self._before,
                self._after,
                request.region,
                model,
                policy=request.policy,
                budget=request.budget,
                feedback=TaskFeedback(self),
                on_partial=self._take_partial,
            )
        except RsVlmError as error:
            # A file that breaks off half way leaves what was compared until then.
            if self.result is None:
                raise
            self.result = replace(self.result, partial=True)
            self.problem = self.worth_telling(error)

    def _take_partial(self, result: Comparison) -> None:
        self.result = result
        self.partial_found.emit(result)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareTask", text)
