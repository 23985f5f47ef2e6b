"""A place shown as an example of what is wanted: what the model sees there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..dris.plan import Tile
from ..dris.planner import LEAST_READ_SIDE
from ..dris.quadtree import grown
from ..errors import EmptyRegion
from ..geometry import Region
from ..model.vlm import VisionLanguageModel
from ..raster.normalise import fit_stretch
from ..raster.source import RasterSource
from ..region import region_window
from ..tile_images import read_tile


def embed_place(
    source: RasterSource, region: Region, model: VisionLanguageModel
) -> NDArray[np.float32]:
    """What the model sees in a region's bounding box, with surroundings where that is small.

    Args:
        source: raster to read.
        region: in the raster's CRS.
        model: looks.

    Returns:
        The global embedding `[D]`, of unit length.

    Raises:
        EmptyRegion: beside the raster, or nothing but nodata there.
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
    """
    window = region_window(source.info, region)
    shown = grown(window, source.info.window, LEAST_READ_SIDE)
    tile = Tile(
        window=window,
        read_window=shown,
        scale=max(shown.width, shown.height) / model.input_size,
        level=0,
        score=0.0,
        reason="shown as an example",
        valid_fraction=1.0,
    )
    image = read_tile(source, 0, tile, None, model.input_size, fit_stretch(source))
    if not image.shown.any():
        raise EmptyRegion("The place shows nodata only.")
    embedding: NDArray[np.float32] = model.encode_images(image.pixels[None]).embedding[0]
    return embedding
