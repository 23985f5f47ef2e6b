"""The two towers of a CLIP or SigLIP as a bundle's graphs want them."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import CLIPModel, SiglipModel


class PaddedText(nn.Module):
    """Token ids and mask [B, T] to unit embeddings [B, D].

    Texts are padded to the length the tower was trained with: SigLIP reads its embedding off the
    last position, and to CLIP, which is causal, what follows the end makes no difference.
    """

    def __init__(self, model: CLIPModel | SiglipModel, length: int, pad_id: int) -> None:
        super().__init__()
        self.model = model
        self.register_buffer("padding", torch.full((1, length), pad_id), persistent=False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Unit embeddings [B, D]."""
        padding = self.get_buffer("padding")
        ids = torch.where(attention_mask > 0, input_ids, padding[:, :1])
        ids = torch.cat([ids, padding.expand(ids.shape[0], -1)], dim=1)[:, : padding.shape[1]]
        features = self.model.get_text_features(input_ids=ids).pooler_output
        return functional.normalize(features, dim=-1)


class ClipVision(nn.Module):
    """Pixels [B, 3, S, S] to a unit embedding [B, D] and the patches in its space [B, N, D].

    In a patch's vector the last layer lets the patch attend to itself alone, which keeps it about
    its place (MaskCLIP, Zhou et al. 2022); with full attention patches speak for the whole image.
    """

    def __init__(self, model: CLIPModel) -> None:
        super().__init__()
        self.tower = model.vision_model
        self.projection = model.visual_projection

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """`embedding` and `cells`."""
        tower = self.tower
        hidden = tower.pre_layrnorm(tower.embeddings(pixels))
        *layers, last = tower.encoder.layers
        for layer in layers:
            hidden = layer(hidden, None)
        whole = last(hidden, None)[:, 0]
        patches = hidden[:, 1:]
        own = last.self_attn.out_proj(last.self_attn.v_proj(last.layer_norm1(patches)))
        patches = patches + own
        patches = patches + last.mlp(last.layer_norm2(patches))
        embedding = self.projection(tower.post_layernorm(whole))
        return (
            functional.normalize(embedding, dim=-1),
            self.projection(tower.post_layernorm(patches)),
        )


class SiglipVision(nn.Module):
    """Pixels [B, 3, S, S] to a unit embedding [B, D] and the patches in its space [B, N, D].

    SigLIP pools its patches by attention; a patch's vector is what the pooling makes of that patch
    alone.
    """

    def __init__(self, model: SiglipModel) -> None:
        super().__init__()
        self.tower = model.vision_model

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """`embedding` and `cells`."""
        patches = self.tower(pixel_values=pixels).last_hidden_state
        batch, count, width = patches.shape
        alone = self.tower.head(patches.reshape(batch * count, 1, width))
        embedding = self.tower.head(patches)
        return functional.normalize(embedding, dim=-1), alone.view(batch, count, width)
