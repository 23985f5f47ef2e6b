"""Tiles of a plan as model inputs, read one step ahead of the model by a thread of their own."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Deque, Generator, List, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from .dris.plan import Tile
from .geometry import Region
from .raster.normalise import Stretch, read_rgb
from .raster.source import RasterSource
from .region import coverage_mask

BATCH = 8


@dataclass(frozen=True)
class TileImage:
    """A tile as the model sees it.

    `pixels` [S, S, 3] hold the tile's read window in their top left `height` x `width` pixels,
    mirrored beyond; `shown` [S, S] says which pixels belong to the region and are image, not nodata
    or mirror.
    """

    index: int
    tile: Tile
    pixels: NDArray[np.uint8]
    shown: NDArray[np.bool_]
    height: int
    width: int


def read_tile(
    source: RasterSource,
    index: int,
    tile: Tile,
    region: Optional[Region],
    size: int,
    stretch: Stretch,
) -> TileImage:
    """Read one tile, its longer side filling the model's input, its aspect kept.

    Args:
        source: raster to read.
        index: the tile's number in its plan.
        tile: what to read.
        region: area of interest in the raster's CRS. Image around it is left to the model as
            context. None for all of the raster.
        size: the model's input size in pixels.
        stretch: from `fit_stretch` on the same raster.

    Raises:
        RasterNotReadable: the file refuses.
    """
    window = tile.read_window
    longest = max(window.width, window.height)
    height = max(1, round(window.height * size / longest))
    width = max(1, round(window.width * size / longest))
    rgb, valid = read_rgb(source, window, (height, width), stretch)
    if region is not None:
        valid = valid & coverage_mask(region, source.info.transform, window, (height, width))
    if (height, width) != (size, size):
        beyond = ((0, size - height), (0, size - width))
        valid = np.pad(valid, beyond)
        # Mirroring adds no edge that is not in the picture; "symmetric" works for one row too.
        rgb = np.pad(rgb, (*beyond, (0, 0)), mode="symmetric")
    return TileImage(index, tile, rgb, valid, height, width)


def stacked(images: Sequence[TileImage]) -> NDArray[np.uint8]:
    """The pixels of some tiles, `[B, S, S, 3]`; plane by plane in memory, as they are read and as a
    model takes them in, so that no colour is picked out of the others on the way."""
    size = len(images[0].pixels)
    planes = np.empty((len(images), 3, size, size), dtype=np.uint8)
    pixels = planes.transpose(0, 2, 3, 1)
    for place, image in zip(pixels, images):
        place[...] = image.pixels
    return pixels


def read_batches(
    source: RasterSource,
    tiles: Sequence[Tile],
    order: Sequence[int],
    region: Region,
    size: int,
    stretch: Stretch,
) -> Generator[List[TileImage], None, None]:
    """Read tiles in the order given, in batches of at most `BATCH`, while the caller works on them.

    Close the iterator (`contextlib.closing`) when leaving early; that waits for the read in
    progress.

    Raises:
        RasterNotReadable: the file refuses; raised where the batch would have come.

    Note:
        Holds two batches of images at most, whatever the plan's length.
    """
    pending: Deque[Future[TileImage]] = deque()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="rsvlm-read") as reader:
        try:
            queue = list(order)
            while queue or pending:
                while queue and len(pending) < 2 * BATCH:
                    index = queue.pop(0)
                    pending.append(
                        reader.submit(read_tile, source, index, tiles[index], region, size, stretch)
                    )
                yield [pending.popleft().result() for _ in range(min(BATCH, len(pending)))]
        finally:
            for future in pending:
                future.cancel()
