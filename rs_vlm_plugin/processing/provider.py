"""The Processing provider `rsvlm`. Importing it imports nothing heavy."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..engine.version import plugin_version
from ..resource_paths import resource
from .ask import AskQuestion
from .build_index import BuildIndex
from .classify import ClassifyRegion
from .compare import CompareImages
from .describe_features import DescribeFeatures
from .describe_region import DescribeRegion
from .find import FindObjects
from .search_index import SearchIndex


class RsVlmProvider(QgsProcessingProvider):
    """All algorithms of the plugin."""

    def loadAlgorithms(self) -> None:
        """Add one of each."""
        for algorithm in (
            DescribeRegion(),
            DescribeFeatures(),
            AskQuestion(),
            FindObjects(),
            CompareImages(),
            ClassifyRegion(),
            BuildIndex(),
            SearchIndex(),
        ):
            self.addAlgorithm(algorithm)

    def id(self) -> str:
        """First half of every algorithm's id; never to be changed."""
        return "rsvlm"

    def name(self) -> str:
        """What the toolbox shows."""
        return "RS-VLM"

    def longName(self) -> str:
        """What the toolbox shows where there is room."""
        return self.tr("RS-VLM: talk to imagery")

    def versionInfo(self) -> str:
        """The plugin's version."""
        return plugin_version()

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(str(resource("icons", "rs_vlm.svg")))
