"""The tables of an index file: those every GeoPackage has, and ours. See docs/index-format.md."""

from __future__ import annotations

import sqlite3

from ...resource_paths import resource
from .footprints import WGS84

FORMAT = "rsvlm-index"
FORMAT_VERSION = 1
_APPLICATION_ID = 0x47504B47  # "GPKG"
_GEOPACKAGE_1_3 = 10300
_WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)

_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
CREATE TABLE rsvlm_index (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rsvlm_rasters (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, uri TEXT NOT NULL UNIQUE, relative TEXT NOT NULL,
  name TEXT NOT NULL, size_bytes INTEGER, modified_ns INTEGER, fingerprint TEXT NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, transform TEXT NOT NULL, crs_wkt TEXT NOT NULL,
  gsd_m DOUBLE, bands TEXT NOT NULL, policy TEXT NOT NULL, budget INTEGER NOT NULL,
  plan_digest TEXT NOT NULL, planned_tiles INTEGER NOT NULL, complete BOOLEAN NOT NULL);
CREATE TABLE tiles (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POLYGON, raster TEXT NOT NULL,
  raster_id INTEGER NOT NULL, number INTEGER NOT NULL, depth INTEGER NOT NULL,
  scale DOUBLE NOT NULL, gsd_m DOUBLE,
  col_off INTEGER NOT NULL, row_off INTEGER NOT NULL, width INTEGER NOT NULL,
  height INTEGER NOT NULL, read_col_off INTEGER NOT NULL, read_row_off INTEGER NOT NULL,
  read_width INTEGER NOT NULL, read_height INTEGER NOT NULL, valid_fraction DOUBLE NOT NULL,
  expected_gain DOUBLE NOT NULL, reason TEXT NOT NULL, parent INTEGER, leaf BOOLEAN NOT NULL,
  UNIQUE (raster_id, number));
CREATE TABLE rsvlm_embeddings (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, tile_fid INTEGER NOT NULL, level TEXT NOT NULL,
  part INTEGER NOT NULL, scale DOUBLE NOT NULL, vector BLOB NOT NULL,
  UNIQUE (tile_fid, level, part));
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty database, within the transaction that is open."""
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID:d}")
    connection.execute(f"PRAGMA user_version = {_GEOPACKAGE_1_3:d}")
    for statement in _TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
        (
            ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic", 0, "NONE", 0, "undefined", None),
            ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WGS84_WKT, "longitude and latitude"),
        ),
    )
    connection.executemany(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
        "VALUES (?, ?, ?, ?, ?)",
        (
            ("tiles", "features", "Indexed tiles", "Footprints of the tiles looked at", WGS84),
            # OGR hides tables that are not listed here once one of attributes is.
            ("layer_styles", "attributes", "layer_styles", "", None),
            ("rsvlm_rasters", "attributes", "Indexed rasters", "What was indexed, and how", None),
        ),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES ('tiles', 'geom', 'POLYGON', ?, 0, 0)", (WGS84,)
    )
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, useAsDefault, description) "
        "VALUES ('', '', 'tiles', 'geom', 'rsvlm tiles', ?, 1, '')",
        (resource("styles", "tiles.qml").read_text(encoding="utf-8"),),
    )
