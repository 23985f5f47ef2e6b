"""The joined model: shared embedding space for images and text, and captions from image tokens."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from .configuration import MsVlamConfig
from .decoder import CaptionDecoder
from .lengths import length_groups, trimmed
from .losses import caption_loss, contrastive_loss, same_caption, scene_loss
from .text import TextTower
from .vision import VisionOutput, VisionTower

PIXEL_MEAN = 127.5
PIXEL_STD = 127.5
"""What the ImageNet weights were trained with: RGB 0..255 to -1..1."""

LARGEST_LOGIT_SCALE = 100.0


CAPTION_GROUPS = 4
"""A batch's captions run in this many groups of similar length: one long caption would else pad all
to its length."""


class MsVlamModel(PreTrainedModel):
    """Image and text towers with a caption decoder; the conventional reference uses the global
    level only."""

    config_class = MsVlamConfig
    config: MsVlamConfig

    def __init__(self, config: MsVlamConfig) -> None:
        super().__init__(config)
        self.vision = VisionTower(config)
        self.text = TextTower(config)
        self.decoder = CaptionDecoder(config)
        self.scene_head = (
            nn.Linear(config.embedding_size, len(config.scene_names))
            if config.scene_names
            else None
        )
        self.log_logit_scale = nn.Parameter(torch.tensor(math.log(config.initial_logit_scale)))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Keep each part's own initialisation; PreTrainedModel would ask for one rule for all."""

    @property
    def logit_scale(self) -> Tensor:
        """Inverse temperature of the contrastive logits, capped as in CLIP (Radford et al.
        2021)."""
        return self.log_logit_scale.exp().clamp(max=LARGEST_LOGIT_SCALE)

    def encode_images(self, rgb: Tensor) -> VisionOutput:
        """RGB 0..255, float [B, 3, S, S], to tokens, embedding and cells."""
        pixels = (rgb - PIXEL_MEAN) / PIXEL_STD
        return self.vision(pixels.contiguous(memory_format=torch.channels_last))

    def forward(
        self,
        images: Tensor,
        input_ids: Tensor,
        attention_mask: Tensor,
        caption_image: Tensor,
        label_smoothing: float = 0.0,
        contrastive_weight: float = 1.0,
        caption_weight: float = 1.0,
        scene: Tensor | None = None,
        scene_weight: float = 0.0,
    ) -> dict[str, Tensor]:
        """Losses of a batch.

        Args:
            images: RGB 0..255, float [B, 3, S, S].
            input_ids: [N, T], `[CLS]` ... `[SEP]`, padded.
            attention_mask: [N, T].
            caption_image: [N], the image each caption belongs to.
            label_smoothing: of the caption loss.
            contrastive_weight: weight of the alignment loss.
            caption_weight: weight of the caption loss.
            scene: [B], index of each image's scene class, -1 where it has none.
            scene_weight: weight of the scene loss; it needs `scene` and a scene head.

        Returns:
            `loss` and its unweighted parts `contrastive`, `caption` and, where it counts, `scene`;
            scalars.
        """
        seen = self.encode_images(images)
        groups = length_groups(attention_mask, CAPTION_GROUPS)
        texts = self._encode_texts(input_ids, attention_mask, groups)
        owned = caption_image[None, :] == torch.arange(len(images), device=images.device)[:, None]
        positives = (owned.float() @ same_caption(input_ids).float()) > 0
        contrastive = contrastive_loss(seen.embedding, texts, positives, self.logit_scale)
        caption = self._caption_loss(
            seen.tokens[caption_image], input_ids, attention_mask, groups, label_smoothing
        )
        loss = contrastive_weight * contrastive + caption_weight * caption
        parts = {"contrastive": contrastive.detach(), "caption": caption.detach()}
        if scene_weight and scene is not None and self.scene_head is not None:
            logits = self.scene_head(seen.cells.mean(dim=1))
            by_scene = scene_loss(logits, scene, label_smoothing)
            loss = loss + scene_weight * by_scene
            parts["scene"] = by_scene.detach()
        return {"loss": loss, **parts}

    def _encode_texts(
        self, input_ids: Tensor, attention_mask: Tensor, groups: list[Tensor]
    ) -> Tensor:
        encoded = []
        for rows in groups:
            ids, mask = trimmed(input_ids, attention_mask, rows)
            encoded.append(self.text(ids, mask))
        return torch.cat(encoded)[torch.argsort(torch.cat(groups))]

    def _caption_loss(
        self,
        tokens: Tensor,
        input_ids: Tensor,
        attention_mask: Tensor,
        groups: list[Tensor],
        smoothing: float,
    ) -> Tensor:
        """Mean over all next tokens of all captions; `tokens` [N, P, width] are each caption's
        image."""
        total = torch.zeros((), device=tokens.device)
        for rows in groups:
            ids, mask = trimmed(input_ids, attention_mask, rows)
            total = total + caption_loss(
                self.decoder(ids[:, :-1], tokens[rows]), ids, mask, smoothing
            )
        return total / attention_mask[:, 1:].sum()
