"""`rsvlm:describefeatures`: a description of every polygon of a layer, as attributes."""

from __future__ import annotations

from functools import partial
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QVariant

from ..engine.errors import BadRequest, Cancelled, RsVlmError
from ..spoken import error_text
from .algorithm import POLYGONS, RsVlmAlgorithm
from .feedback import ProcessingFeedback, processing_exceptions

if TYPE_CHECKING:
    from ..engine.geometry import Region
    from ..engine.results import Description

_DEFAULT_BUDGET = 8
# Pixels along the longer side of a typical feature on a layer without pixels of its own.
_WEB_LAYER_PIXELS = 512
_FEATURES_MEASURED = 100

Answer = Tuple[Optional[str], Optional[float], Optional[str], str]


class DescribeFeatures(RsVlmAlgorithm):
    """Describe each polygon on its own; one that fails says why and the run goes on."""

    FEATURES = "FEATURES"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "describefeatures"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Describe features")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Says in words what an image shows within each polygon of a layer.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>A vision-language model describes the image within each polygon, each on its "
                "own.</p>"
            )
            + self.raster_help()
            + self.tr("<p><b>Features</b>: polygons in any coordinate system.</p>")
            + self.effort_help()
            + self.tr(
                "<p><b>Described features</b>: the polygons with their attributes and "
                "<i>rsvlm_text</i> (the sentence), <i>rsvlm_confidence</i> (how sure the model is, "
                "0 to 1), <i>rsvlm_objects</i> (names with the number of places) and "
                "<i>rsvlm_note</i> (why there is no answer, or what limits it).</p>"
                "<p>Cancelling keeps the features done by then. A model answers: check what "
                "matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_raster()
        self.addParameter(
            QgsProcessingParameterFeatureSource(self.FEATURES, self.tr("Features"), [POLYGONS])
        )
        self.add_effort(_DEFAULT_BUDGET)
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Described features"), POLYGONS)
        )

    def take_area(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, layer: QgsRasterLayer
    ) -> Tuple[Optional[QgsRectangle], Optional[float]]:
        """The features stay with Processing until they are described."""
        return _typical_view(self._features(parameters, context), layer, context)

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: describe feature after feature."""
        from ..engine.describe import describe
        from ..engine.raster.normalise import fit_stretch

        features = self._features(parameters, context)
        policy = self.parameterAsEnumString(parameters, self.POLICY, context)
        budget = self.parameterAsInt(parameters, self.BUDGET, context)
        count = max(1, features.featureCount())
        with processing_exceptions(), self._source as source:
            feedback.setProgressText(self.tr("Loading the model"))
            model = self.model()
            model.bundle.require("describe")
            # One coarse look at all of the raster serves every feature.
            stretch = fit_stretch(source)
            sink, destination = self._sink(features, parameters, context)
            for index, feature in enumerate(features.getFeatures()):
                if feedback.isCanceled():
                    break
                part = ProcessingFeedback(
                    feedback, index / count, (index + 1) / count, f"{index + 1} / {count}: "
                )
                look = partial(
                    describe,
                    source,
                    model=model,
                    policy=policy,
                    budget=budget,
                    feedback=part,
                    stretch=stretch,
                )
                try:
                    answer = self._answer(feature, features.sourceCrs(), look, context)
                except Cancelled:
                    break
                if answer[0] is None:
                    feedback.reportError(
                        self.tr("Feature {id}: {reason}").format(id=feature.id(), reason=answer[3])
                    )
                described = QgsFeature(feature)
                described.setAttributes([*feature.attributes(), *answer])
                if not sink.addFeature(described, QgsFeatureSink.Flag.FastInsert):
                    raise QgsProcessingException(
                        self.writeFeatureError(sink, parameters, self.OUTPUT)
                    )
        return {self.OUTPUT: destination}

    def _features(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> QgsProcessingFeatureSource:
        features = self.parameterAsSource(parameters, self.FEATURES, context)
        if features is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, self.FEATURES))
        return features

    def _sink(
        self,
        features: QgsProcessingFeatureSource,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
    ) -> Tuple[QgsFeatureSink, str]:
        fields = QgsProcessingUtils.combineFields(features.fields(), _answer_fields())
        sink, destination = self.parameterAsSink(
            parameters, self.OUTPUT, context, fields, features.wkbType(), features.sourceCrs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        return sink, destination

    def _answer(
        self,
        feature: QgsFeature,
        crs: QgsCoordinateReferenceSystem,
        look: Callable[[Region], Description],
        context: QgsProcessingContext,
    ) -> Answer:
        from ..layers.region import region_from_geometry

        try:
            if not feature.hasGeometry():
                raise BadRequest("The feature has no geometry.")
            region = region_from_geometry(
                feature.geometry(), crs, self._crs, context.transformContext()
            )
            return _answer(look(region))
        except Cancelled:
            raise
        except RsVlmError as error:
            return None, None, None, error_text(error)


def _answer_fields() -> QgsFields:
    fields = QgsFields()
    for name, kind in (
        ("rsvlm_text", QVariant.String),
        ("rsvlm_confidence", QVariant.Double),
        ("rsvlm_objects", QVariant.String),
        ("rsvlm_note", QVariant.String),
    ):
        fields.append(QgsField(name, kind))
    return fields


def _answer(description: Description) -> Answer:
    objects = ", ".join(f"{item.name} ({item.count})" for item in description.objects)
    notes = " ".join(description.provenance.notes)
    return description.scene.text, description.scene.confidence, objects, notes


def _typical_view(
    features: QgsProcessingFeatureSource, layer: QgsRasterLayer, context: QgsProcessingContext
) -> Tuple[Optional[QgsRectangle], Optional[float]]:
    """The part of a layer that features cover, and map units per pixel that show one of median size
    well; None where none has a size."""
    transform = QgsCoordinateTransform(
        features.sourceCrs(), layer.crs(), context.transformContext()
    )
    sizes = []
    for feature in features.getFeatures(QgsFeatureRequest().setLimit(_FEATURES_MEASURED)):
        if not feature.hasGeometry():
            continue
        try:
            bounds = transform.transformBoundingBox(feature.geometry().boundingBox())
        except QgsCsException:
            continue
        sizes.append(max(bounds.width(), bounds.height()))
    typical = median(sizes) if sizes else 0.0
    if not (isfinite(typical) and typical > 0):
        return None, None
    try:
        extent = transform.transformBoundingBox(features.sourceExtent())
    except QgsCsException:
        return None, typical / _WEB_LAYER_PIXELS
    return extent, typical / _WEB_LAYER_PIXELS
