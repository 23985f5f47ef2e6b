"""A description becomes a GeoPackage and a group of styled, documented layers."""

from __future__ import annotations

import json
import os
import threading

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
    QgsWkbTypes,
)

from rs_vlm_plugin.engine.errors import OutputNotWritable
from rs_vlm_plugin.layers.result_layers import add_to_project, write_description
from tests import rasters
from tests.qgis.descriptions import make_description, square

UTM_WKT = QgsCoordinateReferenceSystem("EPSG:32633").toWkt()


def _layer(path, table):
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    assert layer.isValid()
    return layer


@pytest.fixture
def project():
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


def test_the_three_tables_hold_the_description(tmp_path):
    path = write_description(make_description(UTM_WKT), tmp_path / "new" / "result.gpkg")
    scene = next(_layer(path, "scene").getFeatures())
    assert scene["text"] == 'Many boats <b> in a harbour & "two" tanks.'
    assert scene["confidence"] == pytest.approx(0.734)
    assert scene["partial"] is False
    assert scene["gsd_m"] == 10
    assert json.loads(scene["provenance"])["bundle_sha256"] == "ab" * 32
    regions = list(_layer(path, "regions").getFeatures())
    assert [feature["place"] for feature in regions] == ["north-west", "south-east"]
    assert [feature["number"] for feature in regions] == [1, 2]
    assert regions[1]["share"] == 0.75
    objects = list(_layer(path, "objects").getFeatures())
    assert [(feature["name"], feature["count"]) for feature in objects] == [
        ("boat", 2),
        ("pier", 1),
    ]
    assert objects[0]["method"] == "caption attention"


def test_geometries_are_multipolygons_in_the_crs_of_the_raster(tmp_path):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    layer = _layer(path, "objects")
    assert layer.wkbType() == QgsWkbTypes.Type.MultiPolygon
    assert layer.crs().authid() == "EPSG:32633"
    boats = next(layer.getFeatures()).geometry()
    assert boats.area() == pytest.approx(20_000)
    assert boats.contains(QgsGeometry.fromWkt("POINT(500050 5699950)"))


def test_a_crs_without_authority_id_is_kept(tmp_path, project):
    custom = QgsCoordinateReferenceSystem.fromProj(rasters.CUSTOM_CRS)
    path = write_description(make_description(custom.toWkt()), tmp_path / "result.gpkg")
    group = add_to_project(path, project)
    crs = group.findLayers()[0].layer().crs()
    assert crs.isValid()
    assert "+lat_0=51.5" in crs.toProj()


def test_without_a_crs_the_layers_have_none(tmp_path, project):
    path = write_description(make_description(""), tmp_path / "result.gpkg")
    group = add_to_project(path, project)
    assert not any(node.layer().crs().isValid() for node in group.findLayers())


def test_project_gets_a_group_in_a_fixed_order(tmp_path, project):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    group = add_to_project(path, project)
    assert group.name() == "RS-VLM: harbour"
    assert project.layerTreeRoot().children()[0].name() == group.name()
    assert [node.name() for node in group.findLayers()] == ["Objects", "Regions", "Scene"]
    assert len(project.mapLayers()) == 3


def test_two_runs_stand_side_by_side(tmp_path, project):
    for name in ("a.gpkg", "b.gpkg"):
        write_description(make_description(UTM_WKT), tmp_path / name)
        add_to_project(tmp_path / name, project)
    names = [group.name() for group in project.layerTreeRoot().findGroups()]
    assert names == ["RS-VLM: harbour (2)", "RS-VLM: harbour"]
    assert len(project.mapLayers()) == 6


def test_fields_have_aliases_in_the_file_and_in_the_project(tmp_path, project):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    alone = _layer(path, "regions")
    alone.loadDefaultStyle()
    assert "Share of the area (0 to 1)" in _aliases(alone)
    group = add_to_project(path, project)
    assert "How the places were found" in _aliases(group.findLayers()[0].layer())


def _aliases(layer):
    return [layer.attributeDisplayName(i) for i in range(layer.fields().count())]


def test_objects_are_coloured_by_name(tmp_path, project):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    objects = add_to_project(path, project).findLayers()[0].layer()
    categories = objects.renderer().categories()
    assert [category.value() for category in categories] == ["boat", "pier"]
    colours = {category.symbol().color().name() for category in categories}
    assert len(colours) == 2
    assert objects.labelsEnabled()


def test_the_file_alone_opens_styled(tmp_path):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    layer = _layer(path, "regions")
    layer.loadDefaultStyle()
    assert layer.renderer().type() == "singleSymbol"
    assert "number" in layer.labeling().settings().fieldName


def test_nothing_is_filled_so_that_the_image_stays_visible(tmp_path, project):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    for node in add_to_project(path, project).findLayers():
        for symbol in node.layer().renderer().symbols(QgsRenderContext()):
            assert {part.layerType() for part in symbol.symbolLayers()} == {"SimpleLine"}


def test_layers_carry_their_provenance(tmp_path, project):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    for node in add_to_project(path, project).findLayers():
        metadata = node.layer().metadata()
        assert "harbour.tif" in metadata.title()
        assert "The raster is <odd>." in metadata.abstract()
        assert metadata.licenses() == ["Made with a model under CC-BY-4.0 <of the model>"]
        history = metadata.history()
        assert any("policy content, 5 of 32" in line for line in history)
        assert json.loads(history[-1])["bundle_sha256"] == "ab" * 32


def test_a_partial_description_says_so(tmp_path, project):
    description = make_description(UTM_WKT, partial=True, regions=(), objects=())
    path = write_description(description, tmp_path / "result.gpkg")
    assert next(_layer(path, "scene").getFeatures())["partial"] is True
    group = add_to_project(path, project)
    assert "stopped early" in group.findLayers()[2].layer().metadata().abstract()


def test_writing_works_in_a_background_thread(tmp_path):
    path = tmp_path / "result.gpkg"
    worker = threading.Thread(target=write_description, args=(make_description(UTM_WKT), path))
    worker.start()
    worker.join(30)
    assert _layer(path, "scene").featureCount() == 1


def test_nothing_is_ever_overwritten(tmp_path):
    path = tmp_path / "result.gpkg"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(OutputNotWritable, match="exists already"):
        write_description(make_description(), path)
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputNotWritable) as error:
        write_description(make_description(), blocked / "result.gpkg")
    assert "\n" not in error.value.sentence()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to read-only folders")
def test_a_read_only_folder_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputNotWritable, match=r"result\.gpkg"):
        write_description(make_description(), tmp_path / "result.gpkg")
    tmp_path.chmod(0o700)


def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path):
    resource = pytest.importorskip("resource", reason="needs POSIX file size limits")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # To SQLite a file that may not grow is a disk without room.
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, limits[1]))
    try:
        with pytest.raises(OutputNotWritable) as error:
            write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "room" in error.value.sentence()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_no_half_file_behind(tmp_path):
    broken = make_description(scene=make_description().scene.__class__("x", 0.5, {"type": "?"}))
    with pytest.raises(OutputNotWritable):
        write_description(broken, tmp_path / "result.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_said(tmp_path, project):
    with pytest.raises(OutputNotWritable, match=r"gone\.gpkg"):
        add_to_project(tmp_path / "gone.gpkg", project)
    assert project.layerTreeRoot().children() == []


def test_no_data_server_names_a_group_after_its_query(tmp_path, project):
    description = make_description(UTM_WKT, raster="type=xyz&url=http://127.0.0.1/{z}/{x}/{y}.png")
    path = write_description(description, tmp_path / "result.gpkg")
    assert add_to_project(path, project).name().startswith("RS-VLM: type=xyz")


def test_regions_are_where_they_were_described(tmp_path):
    path = write_description(make_description(UTM_WKT), tmp_path / "result.gpkg")
    first = next(_layer(path, "regions").getFeatures()).geometry()
    ring = square(0, 0)["coordinates"][0]
    assert [first.vertexAt(i).x() for i in range(5)] == [corner[0] for corner in ring]
