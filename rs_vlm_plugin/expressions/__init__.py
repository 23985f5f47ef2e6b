"""Expression functions: `register` and `unregister` them with QGIS.

They read what is there already, the project's search index and this session's descriptions: QGIS
evaluates expressions for every feature and while it draws the map, where no image can be looked at.
"""

from __future__ import annotations

from .functions import register, unregister

__all__ = ["register", "unregister"]
