"""`rsvlm_relevance` and `rsvlm_description`, as QGIS's expression engine calls them."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsExpressionNodeFunction,
    QgsGeometry,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.errors import RsVlmError
from ..session import session
from ..spoken import error_text
from .described import description_at
from .lookup import ProjectRelevance

GROUP = "RS-VLM"


class _PlaceFunction(QgsExpressionFunction):
    """A function of a geometry; the last argument, the geometry's CRS, may be left out."""

    def __init__(self, name: str, parameters: List[Any], help_text: str) -> None:
        parameters = [
            *parameters,
            QgsExpressionFunction.Parameter("geometry"),
            QgsExpressionFunction.Parameter("crs", True, ""),
        ]
        super().__init__(name, parameters, GROUP, help_text)

    def func(
        self,
        values: List[Any],
        context: Optional[QgsExpressionContext],
        parent: QgsExpression,
        _node: Optional[QgsExpressionNodeFunction] = None,
    ) -> Any:
        """Called by QGIS in any thread; `parent` is told of what is wrong."""
        *others, geometry, crs_name = values
        if geometry is None or geometry == NULL:
            return NULL
        if not isinstance(geometry, QgsGeometry):
            parent.setEvalErrorString(
                _tr("{name} needs a geometry as argument {number}, like $geometry.").format(
                    name=self.name(), number=len(others) + 1
                )
            )
            return NULL
        if geometry.isEmpty():
            return NULL
        crs_name = crs_name or (context.variable("layer_crs") if context else "")
        crs = QgsCoordinateReferenceSystem(str(crs_name or ""))
        if not crs.isValid():
            parent.setEvalErrorString(
                _tr("{name} must be told the geometry's CRS, like 'EPSG:4326'.").format(
                    name=self.name()
                )
            )
            return NULL
        try:
            found = self.look_up(others, geometry, crs)
        except RsVlmError as error:
            parent.setEvalErrorString(error_text(error))
            return NULL
        except QgsCsException:
            # A geometry beyond where its CRS is defined lies nowhere.
            return NULL
        return NULL if found is None else found

    def look_up(
        self, others: List[Any], geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
    ) -> Any:
        """The value for a geometry that is not empty; None where there is none."""
        raise NotImplementedError


class _Relevance(_PlaceFunction):
    def __init__(self, project: ProjectRelevance) -> None:
        words = QgsExpressionFunction.Parameter("words")
        super().__init__("rsvlm_relevance", [words], _relevance_help())
        self._project = project

    def look_up(
        self, others: List[Any], geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
    ) -> Optional[float]:
        """See `ProjectRelevance.at`."""
        return self._project.at(str(others[0]), geometry, crs)


class _Description(_PlaceFunction):
    def __init__(self) -> None:
        super().__init__("rsvlm_description", [], _description_help())

    def look_up(
        self, others: List[Any], geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
    ) -> Optional[str]:
        """See `description_at`."""
        return description_at(geometry, crs)


_registered: List[_PlaceFunction] = []
_project: Optional[ProjectRelevance] = None


def register() -> None:
    """Make the functions known to QGIS, on the main thread. Doing it twice changes nothing."""
    global _project
    if _registered:
        return
    # Both are objects of the main thread.
    _project = ProjectRelevance()
    session()
    for function in (_Relevance(_project), _Description()):
        # QGIS does not take ownership: the list keeps them.
        if QgsExpression.registerFunction(function):
            _registered.append(function)


def unregister() -> None:
    """Take the functions out again, on the main thread."""
    global _project
    for function in _registered:
        # QGIS looks at each of its functions to find one: none may be gone before it is out.
        QgsExpression.unregisterFunction(function.name())
    _registered.clear()
    if _project is not None:
        _project.dispose()
        _project = None


def _relevance_help() -> str:
    return _tr(
        "<h3>rsvlm_relevance</h3>"
        "<p>How relevant the images are to some words at a place, from 0 to 1, as the search of "
        "the RS-VLM panel says it. NULL where no image was indexed.</p>"
        "<h4>Syntax</h4><code>rsvlm_relevance(words, geometry[, crs])</code>"
        "<h4>Arguments</h4><ul>"
        "<li><b>words</b>: in English, like 'storage tanks not water'</li>"
        "<li><b>geometry</b>: the place; the best tile that meets it counts</li>"
        "<li><b>crs</b>: of the geometry; that of the layer where left out</li></ul>"
        "<h4>Example</h4><code>rsvlm_relevance('planes on a runway', $geometry)</code>"
        "<p>The project's search index is read; no image is looked at. The first use of some "
        "words loads the model, which takes a second or two.</p>"
    )


def _description_help() -> str:
    return _tr(
        "<h3>rsvlm_description</h3>"
        "<p>What the newest description of this session says of the place where the middle of a "
        "geometry lies: the sentence of that part of the region. NULL where nothing was described; "
        "nothing is looked at anew.</p>"
        "<h4>Syntax</h4><code>rsvlm_description(geometry[, crs])</code>"
        "<h4>Arguments</h4><ul>"
        "<li><b>geometry</b>: the place</li>"
        "<li><b>crs</b>: of the geometry; that of the layer where left out</li></ul>"
        "<h4>Example</h4><code>rsvlm_description($geometry)</code>"
        "<p>For sentences of earlier sessions use overlay_intersects() with their layer; to "
        "describe every polygon of a layer, the algorithm Describe features.</p>"
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Expressions", text)
