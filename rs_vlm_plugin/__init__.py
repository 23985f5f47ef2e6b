"""RS-VLM: talk to imagery in QGIS. Nothing heavy is imported here; see `plugin` and `engine`."""


def classFactory(iface):  # type: ignore[no-untyped-def]  # QGIS asks for this name
    """Called by QGIS once, with its `QgisInterface`; returns the plugin."""
    from .plugin import RsVlmPlugin

    return RsVlmPlugin(iface)
