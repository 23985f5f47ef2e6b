"""The plugin in a real QGIS Desktop on an X server of its own."""
