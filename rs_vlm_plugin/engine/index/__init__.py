"""The searchable tile index: embeddings of tiles of many rasters in one GeoPackage.

docs/index-format.md describes the file.
"""
