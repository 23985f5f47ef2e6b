"""`rsvlm:ask`: a question about a region, answered with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from ..engine.errors import Cancelled
from ..spoken import spoken_all
from .algorithm import POLYGONS
from .feedback import ProcessingFeedback, processing_exceptions
from .region_algorithm import RegionAlgorithm

if TYPE_CHECKING:
    from ..engine.ask import Reply

_DEFAULT_BUDGET = 32


class AskQuestion(RegionAlgorithm):
    """Answer a question about a region, or say why nobody can tell."""

    ACTION = "ask"
    QUESTION = "QUESTION"
    EVIDENCE = "EVIDENCE"
    ANSWER = "ANSWER"
    CONFIDENCE = "CONFIDENCE"
    ABSTAINED = "ABSTAINED"
    REASON = "REASON"

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "ask"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Ask a question")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Answers a question about a part of an image, with evidence.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>Answers a question about a part of an image: whether something is there, how "
                "many, which is more, where, how large or long, what the scene or land cover is, "
                "whether it is rural or urban. What the model cannot support is answered with "
                "<i>cannot tell</i> and the reason.</p>"
                "<p><b>Question</b>: in English, like <i>how many planes are there?</i></p>"
            )
            + self.raster_help()
            + self.region_help()
            + self.effort_help()
            + self.tr(
                "<p><b>Evidence</b>: polygons that the answer rests on, in the image's "
                "coordinate system. <b>Answer</b>, <b>Confidence</b> (0 to 1), <b>Abstained</b> "
                "and <b>Reason</b>: what is answered, how sure, whether it is withheld, and "
                "why.</p><p>A model answers: check what matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.addParameter(QgsProcessingParameterString(self.QUESTION, self.tr("Question")))
        self.add_region()
        self.add_effort(_DEFAULT_BUDGET)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                self.EVIDENCE, self.tr("Evidence"), POLYGONS, optional=True
            )
        )
        self.addOutput(QgsProcessingOutputString(self.ANSWER, self.tr("Answer")))
        self.addOutput(QgsProcessingOutputNumber(self.CONFIDENCE, self.tr("Confidence")))
        self.addOutput(QgsProcessingOutputBoolean(self.ABSTAINED, self.tr("Abstained")))
        self.addOutput(QgsProcessingOutputString(self.REASON, self.tr("Reason")))

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: ask, and write what the answer rests on."""
        from ..engine.ask import ask

        with processing_exceptions(), self._source as source:
            feedback.setProgressText(self.tr("Loading the model"))
            try:
                reply = ask(
                    source,
                    self._region,
                    self.parameterAsString(parameters, self.QUESTION, context),
                    self.model(),
                    policy=self.parameterAsEnumString(parameters, self.POLICY, context),
                    budget=self.parameterAsInt(parameters, self.BUDGET, context),
                    feedback=ProcessingFeedback(feedback),
                )
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled before anything was seen."))
                return {}
        return self._outputs(reply, parameters, context, feedback)

    def _outputs(
        self,
        reply: Reply,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        from ..layers.found_table import EVIDENCE, found_rows
        from .result_sinks import write_rows

        for line in spoken_all((reply.text, reply.detail, *reply.provenance.notes)):
            if line:
                feedback.pushInfo(line)
        outputs: Dict[str, Any] = {
            self.ANSWER: reply.text,
            self.CONFIDENCE: reply.confidence,
            self.ABSTAINED: reply.abstained,
            self.REASON: reply.reason,
        }
        if parameters.get(self.EVIDENCE) is not None:
            outputs[self.EVIDENCE] = write_rows(
                self, parameters, self.EVIDENCE, context, EVIDENCE, found_rows(reply), self._crs
            )
        return outputs
