"""`rsvlm:classify`: labels of one's own, scored for a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..engine.errors import Cancelled
from ..spoken import spoken_all
from .feedback import ProcessingFeedback, processing_exceptions
from .region_algorithm import RegionAlgorithm

if TYPE_CHECKING:
    from ..engine.results import Classification


class ClassifyRegion(RegionAlgorithm):
    """Share out a probability of one among labels."""

    ACTION = "classify"
    LABELS = "LABELS"
    OUTPUT = "OUTPUT"
    LABEL = "LABEL"
    SCORE = "SCORE"

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "classify"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Classify region")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Says which of your own labels fits a part of an image best.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>Compares a part of an image with labels of your own. Scores add up to 1: they "
                "compare the labels with each other and say nothing of what is missing from the "
                "list.</p>"
                "<p><b>Labels</b>: in English, one a line or separated by commas, like "
                "<i>forest, farmland, city</i>.</p>"
            )
            + self.raster_help()
            + self.region_help()
            + self.resolution_and_bundle_help()
            + self.tr(
                "<p><b>Scores</b>: a table of labels, best first. <b>Label</b> and <b>Score</b>: "
                "the best one.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.addParameter(
            QgsProcessingParameterString(self.LABELS, self.tr("Labels"), multiLine=True)
        )
        self.add_region()
        self.add_resolution_and_bundle()
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                self.tr("Scores"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
            )
        )
        self.addOutput(QgsProcessingOutputString(self.LABEL, self.tr("Label")))
        self.addOutput(QgsProcessingOutputNumber(self.SCORE, self.tr("Score")))

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: classify, and write the scores."""
        from ..engine.classify import classify

        text = self.parameterAsString(parameters, self.LABELS, context)
        labels = [part for part in text.replace("\n", ",").split(",") if part.strip()]
        with processing_exceptions(), self._source as source:
            feedback.setProgressText(self.tr("Loading the model"))
            try:
                result = classify(
                    source, self._region, labels, self.model(), ProcessingFeedback(feedback)
                )
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled before anything was seen."))
                return {}
        for item in result.labels:
            feedback.pushInfo(f"{item.label}: {item.score:.1%}")
        for note in spoken_all(result.provenance.notes):
            feedback.pushInfo(note)
        outputs: Dict[str, Any] = {
            self.LABEL: result.labels[0].label,
            self.SCORE: result.labels[0].score,
        }
        if parameters.get(self.OUTPUT) is not None:
            outputs[self.OUTPUT] = self._table(result, parameters, context)
        return outputs

    def _table(
        self, result: Classification, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> str:
        from ..layers.label_table import LABELS, label_values
        from ..layers.table_fields import table_fields

        sink, destination = self.parameterAsSink(
            parameters, self.OUTPUT, context, table_fields(LABELS), QgsWkbTypes.Type.NoGeometry
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        for values in label_values(result):
            feature = QgsFeature()
            feature.setAttributes(list(values))
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.OUTPUT))
        return str(destination)
