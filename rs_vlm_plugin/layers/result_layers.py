"""Results as layers: `write_description` in any thread, `add_to_project` on the main thread."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterator, Optional, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsLayerTreeGroup,
    QgsProject,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..engine.errors import OutputNotWritable
from ..engine.results import Description
from .result_geopackage import Sheet, layer_uri, write_geopackage
from .result_metadata import layer_metadata
from .result_tables import OBJECTS, SCENE, TABLES, Table, rows

# Distinct on imagery, for colour-blind eyes too (after Okabe and Ito), lightened for dark water.
_OBJECT_COLOURS = (
    "#e69f00", "#56b4e9", "#29c79a", "#f0e442", "#4a9be0", "#ff7a33", "#e58fc0", "#c8c8c8",
)  # fmt: skip
MOST_COLOURS = len(_OBJECT_COLOURS)
"""From one more name on, colours come again."""


def write_description(description: Description, path: Path) -> Path:
    """Write a description's three tables to a new GeoPackage, styled and documented.

    Args:
        description: what to write, whole or partial.
        path: file to make; its folder is made where it is missing.

    Returns:
        The path.

    Raises:
        OutputNotWritable: the file exists, the folder is read-only, the disk is full.

    Note:
        Touches no layer and no project, so it may run in a background thread.
    """
    path = Path(path)
    sheets = [
        Sheet(
            table, rows(description, table), description.scene.text,
            layer_metadata(description, table),
        )
        for table in TABLES
    ]  # fmt: skip
    write_geopackage(sheets, description.provenance.crs_wkt, path)
    return path


def add_to_project(path: Path, project: Optional[QgsProject] = None) -> QgsLayerTreeGroup:
    """Add the layers of a written description in a group of their own. Main thread only.

    Args:
        path: a GeoPackage `write_description` has made.
        project: where to; the current one where None.

    Returns:
        The new group at the top of the layer tree, objects above regions above the scene.

    Raises:
        OutputNotWritable: the file cannot be opened (any more) as a description.
    """
    return insert_layers(list(open_layers(Path(path))), project or QgsProject.instance())


def open_layers(path: Path) -> Iterator[QgsVectorLayer]:
    """Open the layers of a written description, from the scene up. Main thread only.

    A generator, so that whoever must stay responsive can do something else between two layers.

    Raises:
        OutputNotWritable: the file cannot be opened (any more) as a description.
    """
    for table in TABLES:
        layer = open_table(path, table)
        if table is OBJECTS:
            names = {str(feature["name"]) for feature in layer.getFeatures()}
            colour_by(layer, "name", sorted(names))
        yield layer


def insert_layers(layers: Sequence[QgsVectorLayer], project: QgsProject) -> QgsLayerTreeGroup:
    """Put all of `open_layers` into a project, in a group of their own at the top."""
    has_crs = _has_crs(layers[0])
    name = free_group_name(project, _group_name(layers[0]))
    group = project.layerTreeRoot().insertGroup(0, name)
    for layer in layers:
        if not has_crs:
            # GeoPackage says "undefined Cartesian", which QGIS takes for a CRS that fits nothing.
            layer.setCrs(QgsCoordinateReferenceSystem())
        project.addMapLayer(layer, False)
        group.insertLayer(0, layer)
    return group


def free_group_name(project: QgsProject, name: str) -> str:
    """The name, with a number where a group of the project has it already."""
    taken = {group.name() for group in project.layerTreeRoot().findGroups(True)}
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def open_table(path: Path, table: Table) -> QgsVectorLayer:
    """Open one table of results as a layer; the file brings its style, aliases included.

    Raises:
        OutputNotWritable: the file cannot be opened (any more) as that table.
    """
    layer = QgsVectorLayer(layer_uri(path, table), table.title, "ogr")
    if not layer.isValid():
        raise OutputNotWritable(
            "The results in {path} cannot be opened as a layer.",
            "Was the file moved or removed?",
            path=path,
        )
    return layer


def class_colours(names: Sequence[str]) -> Dict[str, str]:
    """A colour for each of some names, as "#rrggbb"; from the ninth on they come again."""
    return {name: _OBJECT_COLOURS[index % MOST_COLOURS] for index, name in enumerate(names)}


def colour_by(layer: QgsVectorLayer, field: str, names: Sequence[str]) -> None:
    """One colour for each value of a field, in the look of the layer's own symbol; a layer that the
    user has given a style of another kind, and kept that in the file, stays as it is."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsSingleSymbolRenderer):
        return
    template = renderer.symbol()
    categories = []
    for name, colour in class_colours(names).items():
        symbol = template.clone()
        # Colours every symbol layer but the dark halo, which the style has locked.
        symbol.setColor(QColor(colour))
        categories.append(QgsRendererCategory(name, symbol, name))
    if categories:
        layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))


def _has_crs(scene: QgsVectorLayer) -> bool:
    for feature in scene.getFeatures():
        return '"crs_wkt": ""' not in str(feature["provenance"])
    return True


def _group_name(scene: QgsVectorLayer) -> str:
    raster = next((str(feature["raster"]) for feature in scene.getFeatures()), SCENE.title)
    return f"RS-VLM: {Path(raster).stem if _is_path(raster) else raster[:60]}"


def _is_path(raster: str) -> bool:
    return "=" not in raster
