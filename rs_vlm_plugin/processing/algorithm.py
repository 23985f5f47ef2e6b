"""What the algorithms have in common: group, help, and parameters that choose model and effort."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..resource_paths import resource
from ..settings import LARGEST_BUDGET, POLICIES, SMALLEST_BUDGET, load_settings

if TYPE_CHECKING:
    from ..engine.model.vlm import VisionLanguageModel

HELP_URL = "https://github.com/rs-vlm/rs-vlm#processing"
POLYGONS = QgsProcessing.SourceType.TypeVectorPolygon


class RsVlmAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms: reads one raster with one model."""

    INPUT = "INPUT"
    POLICY = "POLICY"
    BUDGET = "BUDGET"
    RESOLUTION = "RESOLUTION"
    BUNDLE = "BUNDLE"

    def __init__(self) -> None:
        super().__init__()
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

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(str(resource("icons", "describe.svg")))

    def helpUrl(self) -> str:
        """The manual."""
        return HELP_URL

    def tr(self, text: str) -> str:
        """Translate in the context of this algorithm's class."""
        return QCoreApplication.translate(type(self).__name__, text)

    def add_raster(self) -> None:
        """Declare the raster."""
        self.addParameter(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Image to describe"))
        )

    def add_effort(self, budget: int) -> None:
        """Declare policy, budget (with its default), resolution of web layers and bundle."""
        self.addParameter(
            QgsProcessingParameterEnum(
                self.POLICY,
                self.tr("Where to look closer"),
                options=list(POLICIES),
                defaultValue=POLICIES[0],
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

    def effort_help(self) -> str:
        """Help on what `add_effort` declares, as paragraphs of HTML."""
        return self.tr(
            "<p><b>Where to look closer</b>: <i>content</i> looks closer where there is most to "
            "see, <i>fixed</i> at all places alike, <i>random</i> anywhere.</p>"
            "<p><b>Budget (tiles)</b>: most tiles the model looks at; time grows with it.</p>"
            "<p><b>Resolution for web layers</b>: map units per pixel, because XYZ, WMS "
            "and WMTS layers have no pixels of their own; empty chooses one that suits the area. "
            "Ignored for other layers.</p>"
            "<p><b>Model bundle</b>: a zip, or the bundle.json of a folder; empty takes the model "
            "chosen in the options.</p>"
        )

    def raster_layer(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> QgsRasterLayer:
        """The input layer. Main thread only."""
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if layer is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, self.INPUT))
        return layer

    def take_model_choice(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        """Remember which bundle to run on what; settings are read on the main thread."""
        settings = load_settings()
        named = self.parameterAsFile(parameters, self.BUNDLE, context)
        bundle = Path(named) if named else settings.bundle()
        self._bundle = bundle.parent if bundle.name == "bundle.json" else bundle
        self._device = settings.device

    def model(self) -> VisionLanguageModel:
        """The chosen model, loaded once a session. Takes a second: not on the main thread."""
        from ..model_cache import shared_model

        return shared_model(self._bundle, self._device)

    def resolution(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Optional[float]:
        """The resolution asked for, or None."""
        if parameters.get(self.RESOLUTION) is None:
            return None
        return self.parameterAsDouble(parameters, self.RESOLUTION, context)
