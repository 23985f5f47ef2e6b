"""RS-VLM: talk to imagery in QGIS. Nothing heavy is imported here; see `plugin` and `engine`."""


def classFactory(iface):  # noqa: N802 (QGIS asks for this name)
    """Called by QGIS once, with its `QgisInterface`; returns the plugin."""
    from .plugin import RsVlmPlugin

    return RsVlmPlugin(iface)
