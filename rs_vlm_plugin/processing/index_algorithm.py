"""What the algorithms around tile indexes have in common."""

from __future__ import annotations

from typing import Any, Dict, List

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
)

from .algorithm import RsVlmAlgorithm
from .feedback import processing_exceptions


class IndexAlgorithm(RsVlmAlgorithm):
    """Base of the algorithms that build or search an index."""

    INDEX = "INDEX"
    ACTION = "search"

    def group(self) -> str:
        """Group in the toolbox."""
        return self.tr("Search")

    def groupId(self) -> str:
        """Stable id of the group."""
        return "search"

    def tags(self) -> List[str]:
        """Words to find it by."""
        words = "search,find,index,image,satellite,aerial,vision,language,model,AI,text,retrieval"
        return [*words.split(","), *self.tr("search,imagery").split(",")]

    def add_bundle(self) -> None:
        """Declare the model."""
        bundle = QgsProcessingParameterFile(
            self.BUNDLE,
            self.tr("Model bundle"),
            optional=True,
            fileFilter=self.tr("Model bundle (*.zip bundle.json)"),
        )
        bundle.setFlags(bundle.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(bundle)

    def bundle_help(self) -> str:
        """Help on what `add_bundle` declares."""
        return self.tr(
            "<p><b>Model bundle</b>: a zip, or the bundle.json of a folder; empty takes the model "
            "chosen in the options. An index belongs to the model it was built with.</p>"
        )

    def prepareAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """On the main thread: settings and layers."""
        with processing_exceptions():
            self._take_model_choice(parameters, context)
            self.take_inputs(parameters, context)
        return True

    def take_inputs(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        """Remember what only the main thread may read."""
