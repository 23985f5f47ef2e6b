"""`rsvlm:describeregion`: a region of a raster in words, with evidence, as three layers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ..engine.errors import Cancelled
from ..spoken import spoken_all
from .algorithm import POLYGONS
from .feedback import ProcessingFeedback, processing_exceptions
from .region_algorithm import RegionAlgorithm

if TYPE_CHECKING:
    from ..engine.results import Description

_DEFAULT_BUDGET = 32


class DescribeRegion(RegionAlgorithm):
    """Describe one region: the whole raster, an extent, polygons, or where the latter two meet."""

    SCENE = "SCENE"
    REGIONS = "REGIONS"
    OBJECTS = "OBJECTS"
    REPORT = "REPORT"
    TEXT = "TEXT"
    CONFIDENCE = "CONFIDENCE"

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "describeregion"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Describe region")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Says in words what a part of an image shows, and where.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>A vision-language model looks at the image, coarse to fine, and answers in "
                "words: a sentence for the scene, a line for each part of it, and the objects it "
                "names with the places it saw them.</p>"
            )
            + self.raster_help()
            + self.region_help()
            + self.effort_help()
            + self.tr(
                "<p><b>Scene</b>, <b>Regions</b>, <b>Objects</b>: layers in the image's "
                "coordinate system; the scene carries how it was made as JSON. <b>Report</b>: a "
                "web page of it all. <b>Text</b> and <b>Confidence</b>: the scene sentence and "
                "how sure the model is, 0 to 1.</p>"
                "<p>Cancelling keeps what was found by then. A model answers: check what "
                "matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.add_region()
        self.add_effort(_DEFAULT_BUDGET)
        for name, title in (
            (self.SCENE, self.tr("Scene")),
            (self.REGIONS, self.tr("Regions")),
            (self.OBJECTS, self.tr("Objects")),
        ):
            self.addParameter(
                QgsProcessingParameterFeatureSink(name, title, POLYGONS, optional=True)
            )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.REPORT,
                self.tr("Report"),
                self.tr("HTML files (*.html)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputString(self.TEXT, self.tr("Text")))
        self.addOutput(QgsProcessingOutputNumber(self.CONFIDENCE, self.tr("Confidence")))

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: describe, and write what is asked for."""
        from ..engine.describe import describe
        from ..layers.region_clipping import clipped_to_region

        with processing_exceptions(), self._source as source:
            feedback.setProgressText(self.tr("Loading the model"))
            try:
                description = describe(
                    source,
                    self._region,
                    self.model(),
                    policy=self.parameterAsEnumString(parameters, self.POLICY, context),
                    budget=self.parameterAsInt(parameters, self.BUDGET, context),
                    feedback=ProcessingFeedback(feedback),
                )
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled before anything was found."))
                return {}
            description = clipped_to_region(description)
            self._say(description, feedback)
            return self._outputs(description, parameters, context)

    def _say(self, description: Description, feedback: QgsProcessingFeedback) -> None:
        feedback.pushInfo(description.scene.text)
        for region in description.regions:
            feedback.pushInfo(f"  {region.place}: {region.text}")
        for item in description.objects:
            feedback.pushInfo(f"  {item.name}: {item.count}")
        for note in spoken_all(description.provenance.notes):
            feedback.pushInfo(note)

    def _outputs(
        self, description: Description, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Dict[str, Any]:
        from ..layers import result_tables
        from ..layers.table_fields import table_fields
        from ..report import save_report
        from .result_sinks import fill, style_when_loaded

        outputs: Dict[str, Any] = {
            self.TEXT: description.scene.text,
            self.CONFIDENCE: description.scene.confidence,
        }
        for name, table in (
            (self.SCENE, result_tables.SCENE),
            (self.REGIONS, result_tables.REGIONS),
            (self.OBJECTS, result_tables.OBJECTS),
        ):
            sink, destination = self.parameterAsSink(
                parameters,
                name,
                context,
                table_fields(table),
                QgsWkbTypes.Type.MultiPolygon,
                self._crs,
            )
            if sink is None:
                continue
            if not fill(sink, description, table):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, name))
            del sink
            style_when_loaded(context, destination, table)
            outputs[name] = destination
        report = self.parameterAsFileOutput(parameters, self.REPORT, context)
        if report:
            save_report(Path(report), description)
            outputs[self.REPORT] = report
        return outputs
