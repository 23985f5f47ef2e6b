"""`rsvlm:find`: every object that phrases name, as scored polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..engine.errors import Cancelled
from ..phrase_list import split_phrases
from ..settings import FIND_BUDGET, FIND_POLICIES
from ..spoken import spoken_all
from .algorithm import POLYGONS
from .feedback import ProcessingFeedback, processing_exceptions
from .region_algorithm import RegionAlgorithm

if TYPE_CHECKING:
    from ..engine.find import FindResult


class FindObjects(RegionAlgorithm):
    """Find the objects that phrases name in a region of any size."""

    ACTION = "find"
    PHRASES = "PHRASES"
    MIN_SCORE = "MIN_SCORE"
    OUTPUT = "OUTPUT"
    FOUND = "FOUND"

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "find"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Find objects")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Outlines every object that words name, each with a score.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>Looks for things by their names, coarse to fine, and outlines each object "
                "once, wherever the model's tiles meet.</p>"
                "<p><b>Phrases</b>: what to find, in English, one phrase a line or separated by "
                "commas, like <i>storage tank, ship</i>.</p>"
                "<p><b>Least score</b>: leaves out objects less sure, 0 to 1; empty takes the "
                "model's own threshold.</p>"
            )
            + self.raster_help()
            + self.region_help()
            + self.effort_help()
            + self.tr(
                "<p>Beside these, <i>query</i>, the default here, looks closer wherever what is "
                "looked for may be and is still in doubt: it finds most with few tiles.</p>"
                "<p><b>Objects found</b>: one polygon each, in the image's coordinate system, "
                "with phrase, score, and area and sides measured on the ellipsoid. Polygons are "
                "boxes along the image's rows and columns. Of what the model was not trained to "
                "find one by one, such as a forest, they are areas that look so, without sides. "
                "<b>Number found</b>: how many.</p>"
                "<p>Cancelling keeps what was found by then. A model answers: check what "
                "matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.addParameter(
            QgsProcessingParameterString(self.PHRASES, self.tr("Phrases"), multiLine=True)
        )
        self.add_region()
        self.addParameter(
            QgsProcessingParameterNumber(
                self.MIN_SCORE,
                self.tr("Least score"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.0,
                maxValue=1.0,
            )
        )
        self.add_effort(FIND_BUDGET, FIND_POLICIES)
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Objects found"), POLYGONS)
        )
        self.addOutput(QgsProcessingOutputNumber(self.FOUND, self.tr("Number found")))

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: find, and write what was found."""
        from ..engine.find import find

        least = None
        if parameters.get(self.MIN_SCORE) is not None:
            least = self.parameterAsDouble(parameters, self.MIN_SCORE, context)
        phrases = split_phrases(self.parameterAsString(parameters, self.PHRASES, context))
        with processing_exceptions(), self._source as source:
            feedback.setProgressText(self.tr("Loading the model"))
            try:
                result = find(
                    source,
                    self._region,
                    phrases,
                    self.model(),
                    policy=self.parameterAsEnumString(parameters, self.POLICY, context),
                    budget=self.parameterAsInt(parameters, self.BUDGET, context),
                    min_score=least,
                    feedback=ProcessingFeedback(feedback),
                )
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled before anything was found."))
                return {}
        return self._outputs(result, parameters, context, feedback)

    def _outputs(
        self,
        result: FindResult,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        from ..layers.found_table import FOUND, found_rows
        from .result_sinks import write_rows

        for phrase in result.phrases:
            feedback.pushInfo(f"{phrase}: {len(result.of(phrase))}")
        for note in spoken_all(result.provenance.notes):
            feedback.pushInfo(note)
        destination = write_rows(
            self, parameters, self.OUTPUT, context, FOUND, found_rows(result), self._crs
        )
        return {self.OUTPUT: destination, self.FOUND: len(result.objects)}
