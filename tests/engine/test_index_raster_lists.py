"""Lists of rasters as the input of an index: text files, STAC items, collections, catalogues."""

from __future__ import annotations

import json
import shutil

import pytest

from rs_vlm_plugin.cli import main
from rs_vlm_plugin.engine.errors import RasterNotReadable
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.raster.raster_files import rasters_of, resolve_rasters
from tests import rasters

COG = "image/tiff; application=geotiff; profile=cloud-optimized"


def stored(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def item(name, **assets):
    return {"type": "Feature", "stac_version": "1.0.0", "id": name, "assets": assets}


def collection(*links):
    return {
        "type": "Collection",
        "stac_version": "1.0.0",
        "links": [{"rel": rel, "href": href} for rel, href in links],
    }


def test_text_list_names_files_folders_and_addresses(tmp_path):
    folder = tmp_path / "more"
    folder.mkdir()
    inside = rasters.make_raster(folder / "b.tif", size=(8, 8))
    listing = tmp_path / "all.txt"
    text = "\ufeff# archive\na.tif\n\nmore\nhttps://example.org/c.tif?x=1\ns3://bucket/d.tif\n"
    listing.write_text(text, encoding="utf-8")
    assert list(rasters_of(str(listing))) == [
        str(tmp_path / "a.tif"),
        str(inside),
        "/vsicurl/https://example.org/c.tif?x=1",
        "/vsis3/bucket/d.tif",
    ]


def test_item_gives_its_visual_asset_alone(tmp_path):
    content = item(
        "scene",
        B04={"href": "./B04.tif", "type": COG, "roles": ["data"]},
        visual={"href": "https://example.org/tci.tif", "type": COG, "roles": ["visual"]},
    )
    path = stored(tmp_path / "scene.json", content)
    assert list(rasters_of(str(path))) == ["/vsicurl/https://example.org/tci.tif"]


def test_item_without_visual_asset_gives_its_images_not_their_pictures(tmp_path):
    content = item(
        "scene",
        image={"href": "scene.tif", "type": COG},
        untyped={"href": "other.jp2"},
        thumbnail={"href": "small.png", "type": "image/png", "roles": ["thumbnail"]},
        clouds={"href": "clouds.tif", "type": COG, "roles": ["cloud"]},
        about={"href": "about.xml", "type": "application/xml"},
    )
    path = stored(tmp_path / "item" / "scene.json", content)
    expected = [str(path.parent / "scene.tif"), str(path.parent / "other.jp2")]
    assert list(rasters_of(str(path))) == expected


def test_catalogue_is_followed_down_and_not_round(tmp_path):
    root = stored(
        tmp_path / "catalog.json",
        {**collection(("child", "c/collection.json"), ("self", "catalog.json")), "type": "Catalog"},
    )
    links = (("item", "one.json"), ("item", "two.json"), ("child", "../catalog.json"))
    stored(tmp_path / "c" / "collection.json", collection(*links))
    for name in ("one", "two"):
        stored(tmp_path / "c" / f"{name}.json", item(name, data={"href": f"{name}.tif"}))
    # The link back up adds nothing and is no complaint.
    assert list(rasters_of(str(root))) == [str(tmp_path / "c" / f"{n}.tif") for n in ("one", "two")]


def test_one_bad_item_does_not_hide_the_others(tmp_path):
    links = [("item", f"{name}.json") for name in ("bad", "good", "absent")]
    path = stored(tmp_path / "collection.json", collection(*links))
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    stored(tmp_path / "good.json", item("good", data={"href": "good.tif"}))
    found = resolve_rasters([str(path)])
    assert found.rasters == (str(tmp_path / "good.tif"),)
    ((argument, problem),) = found.problems
    assert argument == str(path)
    assert "2 of the 3 entries" in str(problem)
    assert "bad.json is not valid JSON" in str(problem)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", "[1]", "no STAC item"),
        ("a.json", '{"type": "Feature", "geometry": null}', "no STAC item"),
        ("a.json", "[" * 100_000, "not valid JSON"),
        ("a.json", '{"type": "Feature", "id": "x", "assets": {"a": {"href": 3}}}', "no raster"),
        ("a.json", '{"type": "Collection", "links": "none"}', "links to no item"),
        ("a.txt", "# nothing\n\n", "names no raster"),
        ("a.txt", b"\xff\xfe\x00", "not text in UTF-8"),
        (
            "a.json",
            '{"type": "Collection", "links": [{"rel": "item", "href": "https://x.org/i.json"}]}',
            "on a server",
        ),
    ],
)
def test_what_is_no_list_is_one_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RasterNotReadable, match=sentence) as caught:
        list(rasters_of(str(path)))
    assert "\n" not in caught.value.sentence()


def test_what_is_wrong_with_a_list_can_be_said_in_another_language(tmp_path):
    """A name in the text of a template would need a translation for each file."""
    folder = tmp_path / "empty"
    folder.mkdir()
    texts = {
        "none.txt": b"# nothing\n",
        "latin.txt": b"\xe4.tif\n",
        "odd.txt": b"http://[broken/a.tif\n",
        "no.json": b"{",
        "other.json": b"{}",
        "links.json": b'{"type": "Catalog", "links": []}',
        "item.json": b'{"type": "Feature", "id": "scene-1", "assets": {}}',
        "far.json": b'{"type": "Catalog", "links": [{"rel": "item", "href": "https://e.org/i"}]}',
        "two.json": b'{"type": "FeatureCollection", "features": [1, 2]}',
    }
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    for path in (folder, *(tmp_path / name for name in texts)):
        with pytest.raises(RasterNotReadable) as caught:
            list(rasters_of(str(path)))
        error = caught.value
        assert error.message.values, error
        for value in error.message.values.values():
            assert str(value) not in error.message.template


def test_index_of_a_collection_a_list_and_a_mosaic(tiny_bundle, tmp_path, capsys):
    scene = rasters.make_raster(tmp_path / "scene.tif", size=(64, 64), pattern="noise")
    other = tmp_path / "other.tif"
    shutil.copy(scene, other)
    mosaic = tmp_path / "mosaic.vrt"
    mosaic.write_text(
        '<VRTDataset rasterXSize="64" rasterYSize="64">'
        + "".join(
            f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource><SourceFilename '
            f'relativeToVRT="1">scene.tif</SourceFilename><SourceBand>{band}</SourceBand>'
            "</SimpleSource></VRTRasterBand>"
            for band in (1, 2, 3)
        )
        + "</VRTDataset>"
    )
    stored(tmp_path / "item.json", item("scene", data={"href": "scene.tif"}))
    listed = stored(tmp_path / "collection.json", collection(("item", "item.json")))
    text = tmp_path / "list.txt"
    text.write_text("scene.tif\nother.tif\nmissing.tif\n")
    index = tmp_path / "i.gpkg"
    model = ["--bundle", str(tiny_bundle), "--device", "cpu"]
    arguments = [listed, text, mosaic, "-o", index, "--budget", 5]
    status = main(["index", "build", *map(str, arguments), *model])
    errors = capsys.readouterr().err
    assert status == 1
    assert errors.count("missing.tif") >= 1
    with open_index(index) as built:
        names = [raster.entry.uri for raster in built.rasters() if raster.complete]
    assert names == [str(scene), str(other), str(mosaic)]


@pytest.mark.parametrize("broken", ["http://[x/a.tif", "//nas[1]/a.tif"])
def test_what_is_no_address_does_not_hide_the_rest(tmp_path, broken):
    (tmp_path / "list.txt").write_text(f"{broken}\nb.tif\n", encoding="utf-8")
    found = rasters_of(str(tmp_path / "list.txt"))
    assert next(found) == str(tmp_path / "b.tif")
    with pytest.raises(RasterNotReadable, match="no address"):
        next(found)


def test_an_asset_at_no_address_is_no_raster(tmp_path):
    rasters.make_raster(tmp_path / "a.tif", size=(8, 8))
    assets = {"data": {"href": "a.tif"}, "broken": {"href": "http://[x/b.tif"}}
    stored(tmp_path / "item.json", item("one", **assets))
    assert list(rasters_of(str(tmp_path / "item.json"))) == [str(tmp_path / "a.tif")]
