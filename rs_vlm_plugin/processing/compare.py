"""`rsvlm:compare`: what changed from one image of a place to another, as a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..engine.errors import Cancelled
from ..spoken import spoken_all
from .algorithm import POLYGONS
from .feedback import ProcessingFeedback, processing_exceptions
from .region_algorithm import RegionAlgorithm

if TYPE_CHECKING:
    from ..engine.compare import Comparison
    from ..layers.raster_layer_source import QgsRasterLayerSource

# Those of `engine.compare`, which is not imported before it is needed.
_DEFAULT_BUDGET = 64
_DEFAULT_CHANGE = 0.2


class CompareImages(RegionAlgorithm):
    """Compare two images of a region."""

    AFTER = "AFTER"
    MIN_CHANGE = "MIN_CHANGE"
    OUTPUT = "OUTPUT"
    SUMMARY = "SUMMARY"
    CHANGED = "CHANGED"

    def __init__(self) -> None:
        super().__init__()
        self._after: Optional[QgsRasterLayerSource] = None

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "compare"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Compare two images")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Outlines what changed between two images of a place, and says what.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>Looks at the same places in two images, says what each shows, and outlines "
                "where they differ and which objects were gained or lost.</p>"
                "<p><b>Image</b> is the one before; <b>Image after</b> may have another "
                "coordinate system, resolution and extent: what both cover is compared, at the "
                "coarser resolution. Light, haze and the like are evened out and count as no "
                "change.</p>"
                "<p><b>Least change</b>: leaves out what changed less, 0 to 1. 0 is as alike as "
                "one place seen twice, 1 as unlike as two places of the region.</p>"
            )
            + self.raster_help()
            + self.region_help()
            + self.effort_help()
            + self.tr(
                "<p>The budget is that of both images together, 3 tiles at least.</p>"
                "<p><b>Changes</b>: one polygon for each window that changed, in the coordinate "
                "system of the image before, with change, what it showed and shows, and what was "
                "gained and lost. <b>Summary</b>: the same in a few sentences. <b>Changed "
                "windows</b>: how many.</p>"
                "<p>Cancelling keeps what was found by then. A model answers: check what "
                "matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.addParameter(QgsProcessingParameterRasterLayer(self.AFTER, self.tr("Image after")))
        self.add_region()
        self.addParameter(
            QgsProcessingParameterNumber(
                self.MIN_CHANGE,
                self.tr("Least change"),
                QgsProcessingParameterNumber.Type.Double,
                _DEFAULT_CHANGE,
                minValue=0.0,
                maxValue=1.0,
            )
        )
        self.add_effort(_DEFAULT_BUDGET)
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Changes"), POLYGONS)
        )
        self.addOutput(QgsProcessingOutputString(self.SUMMARY, self.tr("Summary")))
        self.addOutput(QgsProcessingOutputNumber(self.CHANGED, self.tr("Changed windows")))

    def prepareAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """On the main thread: clone what is read from both layers."""
        from ..layers.matching_view import matching_view
        from ..layers.raster_layer_source import QgsRasterLayerSource

        if not super().prepareAlgorithm(parameters, context, feedback):
            return False
        layer = self.parameterAsRasterLayer(parameters, self.AFTER, context)
        if layer is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, self.AFTER))
        with processing_exceptions():
            extent, resolution = matching_view(
                layer, self._source.info, self._crs, context.transformContext()
            )
            self._after = QgsRasterLayerSource.from_layer(layer, resolution, extent)
            feedback.canceled.connect(self._after.interrupt)
        return True

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: compare, and write what changed."""
        from ..engine.compare import compare

        with processing_exceptions(), self._source as before, self._after as after:
            feedback.setProgressText(self.tr("Loading the model"))
            try:
                result = compare(
                    before,
                    after,
                    self._region,
                    self.model(),
                    policy=self.parameterAsEnumString(parameters, self.POLICY, context),
                    budget=self.parameterAsInt(parameters, self.BUDGET, context),
                    min_change=self.parameterAsDouble(parameters, self.MIN_CHANGE, context),
                    feedback=ProcessingFeedback(feedback),
                )
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled before anything was compared."))
                return {}
        return self._outputs(result, parameters, context, feedback)

    def _outputs(
        self,
        result: Comparison,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        from ..layers.change_table import CHANGES, change_rows
        from .result_sinks import write_rows

        feedback.pushInfo(result.summary())
        for note in spoken_all(result.provenance.notes):
            feedback.pushInfo(note)
        destination = write_rows(
            self, parameters, self.OUTPUT, context, CHANGES, change_rows(result), self._crs
        )
        return {
            self.OUTPUT: destination,
            self.SUMMARY: result.summary(),
            self.CHANGED: len(result.changes),
        }
