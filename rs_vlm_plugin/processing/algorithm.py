"""What the algorithms have in common: group, help, and parameters that choose model and effort."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..model_actions import why_not
from ..resource_paths import resource
from ..settings import LARGEST_BUDGET, POLICIES, SMALLEST_BUDGET, load_settings
from .feedback import processing_exceptions

if TYPE_CHECKING:
    from ..engine.model.vlm import VisionLanguageModel
    from ..layers.raster_layer_source import QgsRasterLayerSource

HELP_URL = "https://github.com/rs-vlm/rs-vlm#processing"
POLYGONS = QgsProcessing.SourceType.TypeVectorPolygon


class RsVlmAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms: reads one raster with one model.

    `_source` and `_crs`, the raster's, are there from `prepareAlgorithm` on.
    """

    INPUT = "INPUT"
    POLICY = "POLICY"
    BUDGET = "BUDGET"
    RESOLUTION = "RESOLUTION"
    BUNDLE = "BUNDLE"
    ACTION = "describe"
    """What the model must be able to do."""

    def __init__(self) -> None:
        super().__init__()
        self._source: Optional[QgsRasterLayerSource] = None
        self._crs = QgsCoordinateReferenceSystem()
        self._bundle = Path()
        self._device = ""

    def createInstance(self) -> RsVlmAlgorithm:
        """A fresh one for each run."""
        return type(self)()

    def group(self) -> str:
        """Group in the toolbox."""
        return self.tr("Describe")

    def groupId(self) -> str:
        """Stable id of the group."""
        return "describe"

    def tags(self) -> List[str]:
        """Words to find it by."""
        words = "caption,describe,image,satellite,aerial,vision,language,model,AI,text"
        return [*words.split(","), *self.tr("caption,description,imagery").split(",")]

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(str(resource("icons", "describe.svg")))

    def helpUrl(self) -> str:
        """The manual."""
        return HELP_URL

    def tr(self, text: str) -> str:
        """Translate in the context of the class that the text stands in: this one or a base."""
        for origin in type(self).__mro__:
            translated = QCoreApplication.translate(origin.__name__, text)
            if translated != text:
                return translated
        return text

    def add_raster(self) -> None:
        """Declare the raster."""
        self.addParameter(QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Image")))

    def add_effort(self, budget: int, policies: Sequence[str] = POLICIES) -> None:
        """Declare policy, the first being the default, budget (with its default), resolution of web
        layers and bundle."""
        self.addParameter(
            QgsProcessingParameterEnum(
                self.POLICY,
                self.tr("Where to look closer"),
                options=list(policies),
                defaultValue=policies[0],
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                self.BUDGET,
                self.tr("Budget (tiles)"),
                QgsProcessingParameterNumber.Type.Integer,
                budget,
                minValue=SMALLEST_BUDGET,
                maxValue=LARGEST_BUDGET,
            )
        )
        self.add_resolution_and_bundle()

    def add_resolution_and_bundle(self) -> None:
        """Declare resolution of web layers and bundle."""
        resolution = QgsProcessingParameterNumber(
            self.RESOLUTION,
            self.tr("Resolution for web layers"),
            QgsProcessingParameterNumber.Type.Double,
            optional=True,
            minValue=1e-12,
        )
        bundle = QgsProcessingParameterFile(
            self.BUNDLE,
            self.tr("Model bundle"),
            optional=True,
            fileFilter=self.tr("Model bundle (*.zip bundle.json)"),
        )
        for parameter in (resolution, bundle):
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced
            )
            self.addParameter(parameter)

    def raster_help(self) -> str:
        """Help on what `add_raster` declares, and on where the model runs."""
        return self.tr(
            "<p>The model runs on this computer; nothing is uploaded.</p>"
            "<p><b>Image</b>: a raster layer of 1 to many bands, with or without "
            "a coordinate system; web layers too.</p>"
        )

    def effort_help(self) -> str:
        """Help on what `add_effort` declares, as paragraphs of HTML."""
        return (
            self.tr(
                "<p><b>Where to look closer</b>: <i>content</i> looks closer where there is most "
                "to see, <i>fixed</i> at all places alike, <i>random</i> anywhere.</p>"
                "<p><b>Budget (tiles)</b>: most tiles the model looks at; time grows with it.</p>"
            )
            + self.resolution_and_bundle_help()
        )

    def resolution_and_bundle_help(self) -> str:
        """Help on what `add_resolution_and_bundle` declares."""
        return self.tr(
            "<p><b>Resolution for web layers</b>: map units per pixel, because XYZ, WMS "
            "and WMTS layers have no pixels of their own; empty chooses one that suits the area. "
            "Ignored for other layers.</p>"
            "<p><b>Model bundle</b>: a zip, or the bundle.json of a folder; empty takes the model "
            "chosen in the options.</p>"
        )

    def checkParameterValues(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Before anything runs: refuse a model that cannot do this, in its own words."""
        valid, reason = super().checkParameterValues(parameters, context)
        if valid:
            self._take_model_choice(parameters, context)
            reason = why_not(self._bundle, self.ACTION)
        return not reason, reason

    def prepareAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """On the main thread: clone what is read from the raster layer."""
        from ..layers.raster_layer_source import QgsRasterLayerSource

        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if layer is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, self.INPUT))
        self._crs = layer.crs()
        with processing_exceptions():
            self._take_model_choice(parameters, context)
            extent, resolution = self.take_area(parameters, context, layer)
            if parameters.get(self.RESOLUTION) is not None:
                resolution = self.parameterAsDouble(parameters, self.RESOLUTION, context)
            self._source = QgsRasterLayerSource.from_layer(layer, resolution, extent)
            feedback.canceled.connect(self._source.interrupt)
        return True

    def take_area(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, layer: QgsRasterLayer
    ) -> Tuple[Optional[QgsRectangle], Optional[float]]:
        """Remember what to look at, on the main thread.

        Returns:
            The smallest rectangle around it in the layer's CRS, and map units per pixel that show
            it well on a layer without pixels of its own; None where that is not known.
        """
        raise NotImplementedError

    def model(self) -> VisionLanguageModel:
        """The chosen model, loaded once a session. Takes a second: not on the main thread."""
        from ..model_cache import shared_model

        return shared_model(self._bundle, self._device)

    def _take_model_choice(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        # Settings are read on the main thread.
        settings = load_settings()
        named = self.parameterAsFile(parameters, self.BUNDLE, context)
        bundle = Path(named) if named else settings.bundle()
        self._bundle = bundle.parent if bundle.name == "bundle.json" else bundle
        self._device = settings.device
