"""`rsvlm:buildindex`: the tiles of many rasters in one searchable GeoPackage."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsRasterLayer,
)

from ..settings import POLICIES
from ..spoken import error_text, spoken, spoken_all
from .feedback import ProcessingFeedback, processing_exceptions
from .index_algorithm import IndexAlgorithm

if TYPE_CHECKING:
    from ..engine.index.outcome import BuildReport
    from ..engine.index.reading import RasterInput
    from ..layers.raster_layer_source import QgsRasterLayerSource

# Of one image; an archive's index takes far more tiles than a description.
_MOST_TILES = 1_000_000


class BuildIndex(IndexAlgorithm):
    """Build an index, or go on with one that is there."""

    FOLDER = "FOLDER"
    LIST = "LIST"
    EXTENT = "EXTENT"
    RESOLUTION = "RESOLUTION"
    TILES = "TILES"
    RASTERS = "RASTERS"

    def __init__(self) -> None:
        super().__init__()
        self._layers: Dict[str, QgsRasterLayerSource] = {}

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "buildindex"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Build search index")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Looks at rasters once, so that they can be searched by words ever after.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>A vision-language model looks at the tiles of rasters, coarse to fine, and "
                "keeps what it sees of each as numbers in one GeoPackage, which QGIS opens as a "
                "layer of footprints. <i>Search by text</i> then finds places by words.</p>"
                "<p>The model runs on this computer; nothing is uploaded.</p>"
                "<p><b>Images</b>: raster layers, in any coordinate systems.</p>"
                "<p><b>Folder of images</b>: every raster in it and in the folders below.</p>"
                "<p><b>List of images</b>: a STAC item, collection or catalogue (.json), or a text "
                "file with the path or address of an image in each line.</p>"
                "<p><b>Area of web layers</b> and <b>Resolution for web layers</b> (map units "
                "per pixel): what to take of layers that a server draws; empty takes all of such a "
                "layer, 4096 pixels wide. Servers are asked for 10,000 pictures at most, and for "
                "20 a second.</p>"
                "<p><b>Where to look closer</b>: <i>content</i> looks closer where there is most "
                "to see, <i>fixed</i> at all places alike, <i>random</i> anywhere.</p>"
                "<p><b>Budget (tiles per image)</b>: most tiles the model looks at; empty takes a "
                "quarter of those of all scales up to full resolution.</p>"
            )
            + self.bundle_help()
            + self.tr(
                "<p><b>Index</b>: the GeoPackage. One that is there is continued: images that "
                "have not changed cost nothing. <b>Tiles looked at</b> and <b>Images in the "
                "index</b>: how many.</p>"
                "<p>Cancelling keeps what was looked at by then; run it again to go on.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                self.INPUT, self.tr("Images"), QgsProcessing.SourceType.TypeRaster, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                self.FOLDER,
                self.tr("Folder of images"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                self.LIST,
                self.tr("List of images"),
                optional=True,
                fileFilter=self.tr("STAC or text (*.json *.geojson *.txt *.lst)"),
            )
        )
        extent = QgsProcessingParameterExtent(
            self.EXTENT, self.tr("Area of web layers"), optional=True
        )
        resolution = QgsProcessingParameterNumber(
            self.RESOLUTION,
            self.tr("Resolution for web layers"),
            QgsProcessingParameterNumber.Type.Double,
            optional=True,
            minValue=1e-12,
        )
        for parameter in (extent, resolution):
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced
            )
            self.addParameter(parameter)
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
                self.tr("Budget (tiles per image)"),
                QgsProcessingParameterNumber.Type.Integer,
                optional=True,
                minValue=1,
                maxValue=_MOST_TILES,
            )
        )
        self.add_bundle()
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.INDEX, self.tr("Index"), self.tr("GeoPackage (*.gpkg)")
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.TILES, self.tr("Tiles looked at")))
        self.addOutput(QgsProcessingOutputNumber(self.RASTERS, self.tr("Images in the index")))

    def take_inputs(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        """Clone what is read from the layers."""
        from ..layers.raster_file_source import file_or
        from ..layers.raster_layer_source import QgsRasterLayerSource
        from ..layers.web_area import WebArea, is_web_layer

        resolution = None
        if parameters.get(self.RESOLUTION) is not None:
            resolution = self.parameterAsDouble(parameters, self.RESOLUTION, context)
        for layer in self.parameterAsLayerList(parameters, self.INPUT, context) or ():
            if isinstance(layer, QgsRasterLayer) and is_web_layer(layer):
                extent = self.parameterAsExtent(parameters, self.EXTENT, context, layer.crs())
                area = WebArea.of(layer, None if extent.isNull() else extent, resolution)
                self._layers[area.uri] = area.opened(layer)
            else:
                source = QgsRasterLayerSource.from_layer(layer)
                self._layers[file_or(source.info.uri, layer)] = source

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: look at tile after tile."""
        from ..engine.index.building import build, estimate, identity
        from ..engine.index.geopackage import index_to_fill

        path = Path(self.parameterAsFileOutput(parameters, self.INDEX, context))
        policy = self.parameterAsEnumString(parameters, self.POLICY, context)
        budget = self.parameterAsInt(parameters, self.BUDGET, context) or None
        for source in self._layers.values():
            feedback.canceled.connect(source.interrupt)
        try:
            with processing_exceptions():
                chosen = [
                    self.parameterAsFile(parameters, name, context)
                    for name in (self.FOLDER, self.LIST)
                ]
                rasters = self._rasters([name for name in chosen if name], feedback)
                feedback.setProgressText(self.tr("Loading the model"))
                model = self.model()
                expected = estimate(rasters, model, path, budget, ProcessingFeedback(feedback))
                feedback.pushInfo(
                    self.tr("At most {tiles} tiles, some {seconds} s and {size} MB.").format(
                        tiles=expected.tiles,
                        seconds=round(expected.seconds),
                        size=round(expected.bytes / 1e6, 1),
                    )
                )
                for note in spoken_all(expected.notes):
                    feedback.pushInfo(note)
                with index_to_fill(path, identity(model)) as index:
                    report = build(
                        index,
                        rasters,
                        model,
                        policy,
                        budget,
                        ProcessingFeedback(feedback),
                        expected.tiles_by_uri,
                    )
                    count = len(index.rasters())
        finally:
            for source in self._layers.values():
                source.close()
        self._say(report, feedback)
        if not path.exists() and not report.cancelled:
            raise QgsProcessingException(
                self.tr("None of the images could be read, so no index was made.")
            )
        return {self.INDEX: str(path), self.TILES: report.tiles, self.RASTERS: count}

    def _rasters(self, chosen: List[str], feedback: QgsProcessingFeedback) -> List[RasterInput]:
        from ..engine.index.reading import RasterInput
        from ..engine.raster.raster_files import resolve_rasters
        from ..layers.raster_file_source import open_raster_file

        inputs = [
            RasterInput(uri, _given(source), lent=True) for uri, source in self._layers.items()
        ]
        found = resolve_rasters(chosen)
        inputs += [
            RasterInput(path, partial(open_raster_file, path))
            for path in found.rasters
            if path not in self._layers
        ]
        problems = [error for _, error in found.problems]
        if not inputs and problems:
            raise problems[0]
        if not inputs:
            raise QgsProcessingException(
                self.tr("Choose images, a folder of them, or a list of them.")
            )
        for error in problems:
            feedback.reportError(error_text(error))
        return inputs

    def _say(self, report: BuildReport, feedback: QgsProcessingFeedback) -> None:
        for outcome in report.outcomes:
            if outcome in report.failures:
                feedback.reportError(f"{outcome.uri}: {spoken(outcome.problem)}")
            else:
                feedback.pushInfo(
                    self.tr("{raster}: {what}, {now} tiles now, {before} before").format(
                        raster=outcome.uri,
                        what=outcome.what,
                        now=outcome.tiles,
                        before=outcome.kept,
                    )
                )
            for note in spoken_all(outcome.notes):
                feedback.pushInfo(f"{outcome.uri}: {note}")
        if report.cancelled:
            feedback.pushInfo(self.tr("Cancelled. Run it again to go on from here."))


def _given(source: QgsRasterLayerSource) -> Callable[[], QgsRasterLayerSource]:
    return lambda: source
