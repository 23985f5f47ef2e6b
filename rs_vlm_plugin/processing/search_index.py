"""`rsvlm:search`: places in an index that show what is asked for, as a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..spoken import spoken_all
from .algorithm import POLYGONS
from .feedback import ProcessingFeedback, processing_exceptions
from .index_algorithm import IndexAlgorithm

if TYPE_CHECKING:
    from ..engine.geometry import Region
    from ..engine.index.geopackage import GeoPackageIndex
    from ..engine.index.records import Filter
    from ..engine.search import SearchResult
    from ..engine.search.searching import Wanted

_DEFAULT_COUNT = 10


class SearchIndex(IndexAlgorithm):
    """Search an index by words or by a saved concept."""

    TEXT = "TEXT"
    CONCEPT = "CONCEPT"
    COUNT = "COUNT"
    EXTENT = "EXTENT"
    FINEST = "FINEST"
    COARSEST = "COARSEST"
    MIN_SCORE = "MIN_SCORE"
    CLOSER = "CLOSER"
    OUTPUT = "OUTPUT"
    FOUND = "FOUND"

    def __init__(self) -> None:
        super().__init__()
        self._region: Optional[Region] = None
        self._rasters: Tuple[str, ...] = ()

    def name(self) -> str:
        """Second half of the id; never to be changed."""
        return "search"

    def displayName(self) -> str:
        """What the toolbox shows."""
        return self.tr("Search by text")

    def shortDescription(self) -> str:
        """Tool tip."""
        return self.tr("Finds the places of indexed images that show what words say.")

    def shortHelpString(self) -> str:
        """The text beside the dialog."""
        return (
            self.tr(
                "<p>Finds places by words in an index made by <i>Build search index</i>.</p>"
                "<p><b>Index</b>: its GeoPackage.</p>"
                "<p><b>Text</b>: what to look for, in English, like <i>storage tanks not "
                "water</i>; <i>not</i> or a leading minus says what must not be there.</p>"
                "<p><b>Concept</b>: a concept saved from examples, in place of a text.</p>"
                "<p><b>Most places</b>: how many to find at most.</p>"
                "<p><b>Extent</b>: only places in it, in any coordinate system.</p>"
                "<p><b>Only these images</b>: raster layers or files that the index holds; none "
                "means all.</p>"
                "<p><b>Finest resolution</b>, <b>Coarsest resolution</b>: metres on the ground of "
                "a pixel as the model saw it; large values find wide landscapes, small values "
                "single things.</p>"
                "<p><b>Least relevance</b>: leaves out what is less relevant, 0 to 1.</p>"
                "<p><b>Look closer at what is found</b>: reads the images again to outline what "
                "was found in each tile; without it whole tiles are shown.</p>"
            )
            + self.bundle_help()
            + self.tr(
                "<p><b>Places</b>: polygons with rank and relevance, in the images' coordinate "
                "system where they share one, else in longitude and latitude. <b>Places "
                "found</b>: how many. Relevance compares the words with other things the model "
                "has a name for: check what matters.</p>"
            )
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterFile(self.INDEX, self.tr("Index"), extension="gpkg")
        )
        self.addParameter(QgsProcessingParameterString(self.TEXT, self.tr("Text"), optional=True))
        self.addParameter(
            QgsProcessingParameterFile(
                self.CONCEPT, self.tr("Concept"), extension="json", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                self.COUNT,
                self.tr("Most places"),
                QgsProcessingParameterNumber.Type.Integer,
                _DEFAULT_COUNT,
                minValue=1,
                maxValue=10_000,
            )
        )
        self.addParameter(
            QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                self.INPUT,
                self.tr("Only these images"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            )
        )
        for name, title in (
            (self.FINEST, self.tr("Finest resolution")),
            (self.COARSEST, self.tr("Coarsest resolution")),
        ):
            self.addParameter(
                QgsProcessingParameterNumber(
                    name,
                    title,
                    QgsProcessingParameterNumber.Type.Double,
                    optional=True,
                    minValue=0.0,
                )
            )
        self.addParameter(
            QgsProcessingParameterNumber(
                self.MIN_SCORE,
                self.tr("Least relevance"),
                QgsProcessingParameterNumber.Type.Double,
                0.0,
                minValue=0.0,
                maxValue=1.0,
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                self.CLOSER, self.tr("Look closer at what is found"), defaultValue=True
            )
        )
        self.add_bundle()
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Places"), POLYGONS)
        )
        self.addOutput(QgsProcessingOutputNumber(self.FOUND, self.tr("Places found")))

    def take_inputs(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        """The extent, in longitude and latitude, and the names of images."""
        from ..layers.raster_file_source import file_or
        from ..layers.raster_layer_source import raster_uri
        from ..layers.region import region_from_rectangle

        extent = self.parameterAsExtent(parameters, self.EXTENT, context)
        if parameters.get(self.EXTENT) and not extent.isNull():
            self._region = region_from_rectangle(
                extent,
                self.parameterAsExtentCrs(parameters, self.EXTENT, context),
                QgsCoordinateReferenceSystem("EPSG:4326"),
                context.transformContext(),
            )
        self._rasters = tuple(
            file_or(raster_uri(layer), layer)
            for layer in self.parameterAsLayerList(parameters, self.INPUT, context) or ()
        )

    def processAlgorithm(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """In the background: search, and look closer."""
        from ..engine.index.geopackage import open_index
        from ..engine.search import search
        from ..layers.raster_file_source import open_raster_file

        with processing_exceptions():
            wanted = self._wanted(parameters, context)
            with open_index(self.parameterAsFile(parameters, self.INDEX, context)) as index:
                feedback.setProgressText(self.tr("Loading the model"))
                closer = self.parameterAsBoolean(parameters, self.CLOSER, context)
                result = search(
                    [index],
                    wanted,
                    self.model(),
                    self.parameterAsInt(parameters, self.COUNT, context),
                    self._filter(index, parameters, context),
                    self.parameterAsDouble(parameters, self.MIN_SCORE, context),
                    open_raster_file if closer else None,
                    ProcessingFeedback(feedback),
                )
        for note in spoken_all(result.notes):
            feedback.pushInfo(note)
        return {
            self.OUTPUT: self._write(result, parameters, context),
            self.FOUND: len(result.hits),
        }

    def _filter(
        self, index: GeoPackageIndex, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Filter:
        from ..engine.errors import BadRequest
        from ..engine.index.records import Filter

        strangers = set(self._rasters) - {raster.entry.uri for raster in index.rasters()}
        if strangers:
            raise BadRequest(
                "{raster} is not in the index.",
                "Choose an image that was indexed.",
                raster=sorted(strangers)[0],
            )
        finest, coarsest = (
            self.parameterAsDouble(parameters, name, context) or None
            for name in (self.FINEST, self.COARSEST)
        )
        return Filter(
            region=self._region,
            region_is_lonlat=self._region is not None,
            rasters=self._rasters or None,
            finest_m=finest,
            coarsest_m=coarsest,
        )

    def _wanted(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> Wanted:
        from ..engine.search import parse_query, read_concept

        concept = self.parameterAsFile(parameters, self.CONCEPT, context)
        if concept:
            return read_concept(concept)
        return parse_query(self.parameterAsString(parameters, self.TEXT, context))

    def _write(
        self, result: SearchResult, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> str:
        from ..layers.hit_table import HITS, common_crs, hit_rows
        from ..layers.table_fields import table_fields
        from .result_sinks import style_when_loaded

        crs = common_crs(result)
        fields = table_fields(HITS)
        sink, destination = self.parameterAsSink(
            parameters, self.OUTPUT, context, fields, QgsWkbTypes.Type.MultiPolygon, crs
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        for geometry, values in hit_rows(result, crs, context.transformContext()):
            feature = QgsFeature(fields)
            feature.setGeometry(geometry)
            feature.setAttributes(values)
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.OUTPUT))
        del sink
        style_when_loaded(context, destination, HITS)
        return destination
