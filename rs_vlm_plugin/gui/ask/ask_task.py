"""Answering one question in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...tasks import RegionRequest, RegionTask, TaskFeedback, Wording

if TYPE_CHECKING:
    from ...engine.ask import Reply
    from ...engine.raster.normalise import Stretch
    from ...engine.raster.source import RasterInfo
    from ...layers.raster_layer_source import QgsRasterLayerSource


class AskTask(RegionTask):
    """Asks about a region; `reply` may be partial, and its evidence is what `database` holds.

    `stretch` is how the raster of `info` was shown, to be handed to the next question on it.
    """

    def __init__(
        self,
        layer: QgsRasterLayer,
        source: QgsRasterLayerSource,
        request: RegionRequest,
        question: str,
        earlier: Optional[AskTask] = None,
    ) -> None:
        """As `RegionTask`.

        Args:
            layer: watched only.
            source: read and closed in the background.
            request: what to look at and how.
            question: as typed.
            earlier: the task before, whose stretch is used again where it was on the same raster.
        """
        name = layer.name()
        words = Wording(
            title=_tr("Ask about {layer}").format(layer=name),
            layer_removed=_tr(
                "{layer} was removed while the question was being answered, so the answer ended "
                "early."
            ).format(layer=name),
            project_closed=_tr(
                "The project was closed while the question was being answered, so the answer "
                "ended early."
            ),
            unexpected=_tr("Asking about {layer} stopped unexpectedly.").format(layer=name),
        )
        super().__init__(layer, source, request, words)
        self.question = question
        self.reply: Optional[Reply] = None
        self.info: RasterInfo = source.info
        self.stretch: Optional[Stretch] = None
        if earlier is not None and earlier.info == self.info:
            self.stretch = earlier.stretch

    def work(self) -> None:
        """Ask, and write what the answer rests on."""
        from ...engine.ask import ask
        from ...engine.raster.normalise import fit_stretch
        from ...layers.found_layers import write_found

        request = self._request
        model = self.load_model()
        # Before the raster is looked at: a model that cannot ask need not make anybody wait.
        model.bundle.require("ask")
        if self.stretch is None:
            self.stretch = fit_stretch(self._source)
        self.reply = ask(
            self._source,
            request.region,
            self.question,
            model,
            policy=request.policy,
            budget=request.budget,
            feedback=TaskFeedback(self),
            stretch=self.stretch,
        )
        if self.reply.evidence:
            path = self.free_path()
            write_found(self.reply, path)
            self.database = path


def _tr(text: str) -> str:
    return QCoreApplication.translate("AskTask", text)
