"""Aerial-looking scenes the project draws itself, with exact boxes, captions and questions.

They make tests, the offline demo and extra supervision possible without anybody's images. Needs
numpy only; `write_geotiff` also rasterio or GDAL.
"""

from .geotiff import write_geotiff
from .mosaic import draw_mosaic
from .scene import Question, Scene, SceneObject
from .scenes import SCENE_CLASSES, draw_scene

__all__ = [
    "SCENE_CLASSES",
    "Question",
    "Scene",
    "SceneObject",
    "draw_mosaic",
    "draw_scene",
    "write_geotiff",
]
