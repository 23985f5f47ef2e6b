"""A rectangle drawn on the map as an example: what the model sees there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, List, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
)

from ...engine.errors import BadRequest, EmptyRegion, RsVlmError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...engine.raster.source import RasterSource

_LEAST_SIDE = 96
"""Pixels: in fewer a model recognises little; more of what is around is shown to it instead."""


def embed_drawn(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    files: Sequence[str],
    bundle_path: Path,
    device: str,
    context: QgsCoordinateTransformContext,
) -> NDArray[np.float32]:
    """What the model sees in a drawn rectangle, unit length `[D]`. Not for the main thread.

    Args:
        geometry: drawn in `crs`.
        crs: of the map.
        files: raster files to look in, the likeliest first; the first with pixels there counts.
        bundle_path: the model.
        device: what it runs on.
        context: the project's.

    Raises:
        EmptyRegion: none of the files shows anything there.
        RsVlmError: the model cannot be used.
    """
    from ...layers.raster_file_source import open_raster_file
    from ...layers.region import region_from_geometry
    from ...model_cache import shared_model

    model = shared_model(bundle_path, device)
    problems: List[RsVlmError] = []
    for file in files:
        try:
            with closing(open_raster_file(file)) as source:
                raster_crs = QgsCoordinateReferenceSystem.fromWkt(source.info.crs_wkt)
                region = region_from_geometry(geometry, crs, raster_crs, context)
                pixels = _pixels(source, region.polygons[0][0], model.input_size)
        except (BadRequest, EmptyRegion):
            continue
        except RsVlmError as error:
            problems.append(error)
            continue
        embedding: NDArray[np.float32] = model.encode_images(pixels[None]).embedding[0]
        return embedding
    if problems:
        raise problems[0]
    raise EmptyRegion(
        "None of the indexed images shows anything in this rectangle.",
        "Draw it where an indexed image lies.",
    )


def _pixels(source: RasterSource, ring: Sequence[Sequence[float]], size: int) -> NDArray[np.uint8]:
    import numpy as np

    from ...engine.dris.plan import Tile
    from ...engine.dris.quadtree import grown
    from ...engine.geometry import Window
    from ...engine.raster.normalise import fit_stretch
    from ...engine.tile_images import read_tile

    corners = np.array([source.info.transform.to_pixel(x, y) for x, y in ring])
    left, top = np.floor(corners.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
    drawn = Window(left, top, right - left, bottom - top).intersection(source.info.window)
    if not drawn.area:
        raise EmptyRegion("The rectangle lies outside the image.")
    shown = grown(drawn, source.info.window, _LEAST_SIDE)
    tile = Tile(
        window=drawn,
        read_window=shown,
        scale=max(shown.width, shown.height) / size,
        level=0,
        score=0.0,
        reason="drawn example",
        valid_fraction=1.0,
    )
    image = read_tile(source, 0, tile, None, size, fit_stretch(source))
    if not image.shown.any():
        raise EmptyRegion("The rectangle shows nodata only.")
    return image.pixels
