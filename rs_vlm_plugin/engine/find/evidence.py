"""What a tile tells of where a closer look at things that phrases name pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window
from ..model.encoding import Floats, LevelEncoding
from ..model.grounding import centre_scores
from ..model.level_spec import LevelSpec
from ..tile_images import TileImage
from .overlap import MARGIN

# Model pixels of an object's length at which half of what can be recognised of it is; of VHR-10's
# validation images 6 and 24 found as much.
_HALF_LEGIBLE_PX = 12.0


@dataclass(frozen=True)
class Evidence:
    """The fine cells of a tile that show its share of the region.

    `centres` [N, 2] are column and row in raster pixels. `doubt` [N] is the variance p (1 - p) of
    whether the cell is an object's centre, summed over the phrases. `lengths` [N] are the longer
    sides, in raster pixels, of the boxes that the cells foretell. The tile was read at `scale`
    raster pixels per model pixel, of which the model takes in `input_size` a side.
    """

    centres: NDArray[np.float64]
    doubt: NDArray[np.float64]
    lengths: NDArray[np.float64]
    scale: float
    input_size: int

    def gains(self, windows: Sequence[Window]) -> NDArray[np.float64]:
        """What a closer look at each window would clear up [K], in 0..1.

        That is the doubt about the cells in it, times how much more legible it makes what may be
        there: of an object b model pixels long b / (b + 12) is. So a small window pays where one
        small thing is in doubt, a large one where several are, and none where all is large or sure.
        """
        sides = np.array(
            [(each.col_off, each.row_off, each.col_end, each.row_end) for each in windows],
            dtype=np.float64,
        )
        x, y = self.centres.T
        inside = (
            (x >= sides[:, :1]) & (x < sides[:, 2:3]) & (y >= sides[:, 1:2]) & (y < sides[:, 3:])
        )
        longer = np.maximum(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1])
        closer = longer * (1 + 2 * MARGIN) / self.input_size
        more = _legible(self.lengths / closer[:, None]) - _legible(self.lengths / self.scale)
        cleared = (inside * self.doubt * np.clip(more, 0.0, None)).sum(axis=1)
        gains: NDArray[np.float64] = cleared / (1 + cleared)
        return gains


def evidence(
    image: TileImage, levels: LevelEncoding, row: int, phrases: Floats, spec: LevelSpec
) -> Evidence:
    """What an encoded tile tells.

    Args:
        image: the tile as it was read.
        levels: of a batch of images, in which it is number `row`.
        phrases: [P, D], unit length.
        spec: of the model.
    """
    size = len(image.pixels)
    read, own = image.tile.read_window, image.tile.window
    across, down = read.width / image.width, read.height / image.height
    rows, columns = spec.fine
    y, x = (
        part.ravel()
        for part in np.meshgrid(
            (np.arange(rows) + 0.5) * size / rows,
            (np.arange(columns) + 0.5) * size / columns,
            indexing="ij",
        )
    )
    column, line = read.col_off + x * across, read.row_off + y * down
    counts = image.shown[y.astype(int), x.astype(int)]
    counts &= (column >= own.col_off) & (column < own.col_end)
    counts &= (line >= own.row_off) & (line < own.row_end)
    chance = centre_scores(levels.fine_cells[row], phrases, spec).reshape(len(phrases), -1)
    doubt = (chance * (1.0 - chance)).sum(axis=0)
    boxes = levels.boxes[row]
    lengths = size * np.maximum(boxes[:, 2] * across, boxes[:, 3] * down)
    return Evidence(
        np.stack([column, line], axis=1)[counts],
        doubt[counts].astype(np.float64),
        lengths[counts].astype(np.float64),
        max(across, down),
        size,
    )


def _legible(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    return lengths / (lengths + _HALF_LEGIBLE_PX)
