"""Tokens on three levels from one pass of the backbone: global, local region, object.

After the multi-scale alignment of MS-VLAM (arXiv 2512.23243), which gives no equations; the design
is ours. Fine features (stride 16) carry detail, coarse ones (stride 32) meaning; both meet in one
fine map, from which regions are pooled and objects are read by learned queries.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from .decoder import Attention
from .position import GroundSampleDistance, grid_encoding

LEVELS = ("global", "region", "object")


class LevelTokens(NamedTuple):
    """Tokens of one batch, all of the decoder's width.

    `whole` [B, 1 + N, W] is the image and its coarse cells, `regions` [B, G * G, W] a grid of
    cells in row order, `objects` [B, Q, W] what the queries found, `fine` [B, R * C, W] the fine
    map in row order with `fine_shape` (R, C).
    """

    whole: Tensor
    regions: Tensor
    objects: Tensor
    fine: Tensor
    fine_shape: tuple[int, int]


class LevelTokeniser(nn.Module):
    """Feature maps to tokens on the three levels.

    Args:
        fine_channels: channels of the stride-16 map.
        coarse_channels: channels of the stride-32 map.
        width: of every token.
        region_grid: regions a side.
        object_queries: learned queries.
        heads: of the queries' attention.
        dropout: in the queries' attention and feed-forward.
    """

    def __init__(
        self,
        fine_channels: int,
        coarse_channels: int,
        width: int,
        region_grid: int,
        object_queries: int,
        heads: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.region_grid = region_grid
        self.from_fine = nn.Linear(fine_channels, width)
        self.from_coarse = nn.Linear(coarse_channels, width)
        self.fine_norm = nn.LayerNorm(width)
        self.blend = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, groups=width),
            nn.Conv2d(width, width, 1),
            nn.GELU(),
            nn.Conv2d(width, width, 1),
        )
        self.blend_norm = nn.LayerNorm(width)
        self.ground = GroundSampleDistance(width)
        self.queries = nn.Parameter(torch.randn(object_queries, width) * 0.02)
        self.query_norm = nn.LayerNorm(width)
        self.query_attention = Attention(width, heads, dropout)
        self.query_feed = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )
        self.region_norm = nn.LayerNorm(width)
        self.object_norm = nn.LayerNorm(width)
        self.whole_norm = nn.LayerNorm(width)

    def forward(
        self, fine: Tensor, coarse: Tensor, coarse_tokens: Tensor, metres: Tensor
    ) -> LevelTokens:
        """Maps [B, Cf, R, C] and [B, Cc, r, c], the coarse map's tokens [B, r * c, W] and metres
        per pixel [B] (0 unknown) to tokens."""
        # Plain numbers, so that an exporter takes what depends on them for constants.
        shape = (int(fine.shape[2]), int(fine.shape[3]))
        merged = self._merge(fine, coarse, shape)
        ground = self.ground(metres)[:, None]
        place = grid_encoding(*shape, merged.shape[1]).to(merged)
        cells = self.blend_norm(merged.flatten(2).transpose(1, 2)) + place + ground
        pooling = pooling_matrix(*shape, self.region_grid).to(merged)
        region_place = grid_encoding(self.region_grid, self.region_grid, merged.shape[1])
        regions = pooling @ merged.flatten(2).transpose(1, 2)
        regions = self.region_norm(regions) + region_place.to(merged) + ground
        whole = torch.cat([coarse_tokens.mean(dim=1, keepdim=True), coarse_tokens], dim=1)
        return LevelTokens(
            self.whole_norm(whole) + ground, regions, self._objects(cells), cells, shape
        )

    def _merge(self, fine: Tensor, coarse: Tensor, shape: tuple[int, int]) -> Tensor:
        """One fine map [B, W, R, C]: each level projected, the coarse one enlarged, then mixed."""
        near = self.from_fine(fine.permute(0, 2, 3, 1))
        far = self.from_coarse(coarse.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        far = functional.interpolate(far, size=shape, mode="bilinear", align_corners=False)
        merged = self.fine_norm(near + far.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return merged + self.blend(merged)

    def _objects(self, cells: Tensor) -> Tensor:
        # `shape`, not `len`: an exporter would take the latter for a constant.
        queries = self.queries.unsqueeze(0).expand(cells.shape[0], -1, -1)
        found, _ = self.query_attention(
            self.query_norm(queries), *self.query_attention.keys_values(cells)
        )
        found = queries + found
        return self.object_norm(found + self.query_feed(found))


def pooling_matrix(rows: int, columns: int, grid: int) -> Tensor:
    """Weights [grid * grid, rows * columns] that average a map's cells into a coarser grid.

    As adaptive average pooling, whose ONNX form exists for whole multiples only.
    """
    cells = torch.eye(rows * columns).view(1, rows * columns, rows, columns)
    return functional.adaptive_avg_pool2d(cells, grid).flatten(2)[0].T
