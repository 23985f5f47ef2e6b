"""Between QGIS and the engine: layers as `RasterSource`, geometries as `Region`, results as layers.

Everything here may import `qgis`; nothing here shows a widget.
"""
