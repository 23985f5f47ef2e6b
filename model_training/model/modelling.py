"""The joined model: shared embedding space for images and text, captions, answers and places from
image tokens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedModel

from ..vocabulary import REGION_PROMPT_ID, UNK_ID
from .alignment import PhraseSpans, late_interaction, phrase_embeddings
from .answers import AnswerHead
from .configuration import MsVlamConfig
from .decoder import CaptionDecoder
from .gather import gathered, gathered_ids, gathered_owners, summed
from .grounding import GroundingHead, box_loss, centre_loss, centre_targets
from .knowledge import KnowledgeBank
from .lengths import length_groups, trimmed
from .losses import (
    answer_loss,
    caption_loss,
    classification_loss,
    contrastive_loss,
    multi_positive_loss,
    same_caption,
)
from .multilevel import LevelOutput, MultiLevel
from .objectives import WHOLE, Batch, Boxes, Captions, LossWeights, Written, quadrants
from .text import TextTower
from .vision import VisionOutput, VisionTower

if TYPE_CHECKING:
    from .adapters.language_decoder import LanguageDecoder

LARGEST_LOGIT_SCALE = 100.0

CAPTION_GROUPS = 4
"""A batch's captions run in this many groups of similar length: one long caption would else pad all
to its length."""


class NoSmallDecoder(ValueError):
    """What only the small decoder can do is asked of a model whose captions a language model
    writes."""


class MsVlamModel(PreTrainedModel):
    """Image and text towers with a caption decoder and, where configured, three levels of
    alignment, knowledge and answers. The conventional reference has the global level only.

    `knowledge` is the bank that training retrieves from; set it before the first step.

    Args:
        config: of the architecture.
        language: the language model that `config.language_model` names, loaded; without it, one
            with random weights.
    """

    config_class = MsVlamConfig
    config: MsVlamConfig

    def __init__(self, config: MsVlamConfig, language: PreTrainedModel | None = None) -> None:
        super().__init__(config)
        self.vision = VisionTower(config)
        self.text = TextTower(config)
        self.decoder: CaptionDecoder | LanguageDecoder
        if config.language_model is None:
            self.decoder = CaptionDecoder(config)
        self.scene_head = (
            nn.Linear(config.embedding_size, len(config.scene_names))
            if config.scene_names
            else None
        )
        self.levels = (
            MultiLevel(config, self.vision.fine_channels, self.vision.coarse_channels)
            if config.multi_level
            else None
        )
        self.answer_head = (
            AnswerHead(
                config.decoder_width,
                config.embedding_size,
                len(config.answers),
                config.decoder_heads,
                config.decoder_dropout,
            )
            if config.multi_level and config.answers
            else None
        )
        self.knowledge: KnowledgeBank | None = None
        self.log_logit_scale = nn.Parameter(torch.tensor(math.log(config.initial_logit_scale)))
        self.post_init()
        if config.language_model is not None:
            # After `post_init`, which would give LoRA's matrices the language model's random start.
            self.decoder = self._on_language_model(language)
            frozen = {f"decoder.{name}" for name in self.decoder.frozen_names()}
            self._keys_to_ignore_on_save = {*(self._keys_to_ignore_on_save or ()), *frozen}
            # Not in a checkpoint on purpose: nothing to warn of.
            self._keys_to_ignore_on_load_missing = {
                *(self._keys_to_ignore_on_load_missing or ()),
                r"^decoder\.language\.(?!.*\.lora_)",
            }

    @classmethod
    def from_pretrained(
        cls,
        pretrained_model_name_or_path: Any,
        *model_args: Any,
        language: str | None = None,
        **kwargs: Any,
    ) -> MsVlamModel:
        """As of any model. Where a language model writes, a checkpoint holds only what was learnt
        on top of it, and it is read from `language`, a folder or hub name (default: where it was
        in training).

        Raises:
            OSError: there is no such checkpoint or language model.
        """
        model: MsVlamModel = super().from_pretrained(
            pretrained_model_name_or_path, *model_args, **kwargs
        )
        described = model.config.language_model
        if described is not None:
            from .adapters.language_decoder import load_language_model

            loaded = load_language_model(language or described["weights"])
            decoder = model._on_language_model(loaded).to(model.dtype).eval()
            decoder.take_learnt(model.language_decoder)
            model.decoder = decoder
        return model

    @property
    def small_decoder(self) -> CaptionDecoder:
        """The decoder that a bundle holds. Raises `NoSmallDecoder` where a language model
        writes."""
        if not isinstance(self.decoder, CaptionDecoder):
            raise NoSmallDecoder("A language model writes this model's captions.")
        return self.decoder

    @property
    def language_decoder(self) -> LanguageDecoder:
        """The language model that writes. Raises `ValueError` where the small decoder does."""
        if isinstance(self.decoder, CaptionDecoder):
            raise ValueError("No language model writes this model's captions.")
        return self.decoder

    def _on_language_model(self, language: PreTrainedModel | None) -> LanguageDecoder:
        # peft takes a while to import, and the small decoder does not need it.
        from .adapters.language_decoder import (
            LanguageDecoder,
            LoraSettings,
            empty_language_model,
        )

        described = self.config.language_model
        if described is None:
            raise ValueError("The configuration names no language model.")
        if language is None:
            language = empty_language_model(described["config"])
        return LanguageDecoder(
            language, self.config.decoder_width, LoraSettings(**described["lora"])
        )

    def _init_weights(self, module: nn.Module) -> None:
        """Keep each part's own initialisation; PreTrainedModel would ask for one rule for all."""

    @property
    def logit_scale(self) -> Tensor:
        """Inverse temperature of the contrastive logits, capped as in CLIP (Radford et al.
        2021)."""
        return self.log_logit_scale.exp().clamp(max=LARGEST_LOGIT_SCALE)

    @property
    def memory_tokens(self) -> int:
        """Tokens that the decoder reads of an image."""
        cells = self.vision.grid**2
        if self.levels is None:
            return cells
        return 1 + cells + self.config.region_grid**2 + self.config.object_queries

    def encode_images(self, rgb: Tensor) -> VisionOutput:
        """RGB 0..255, float [B, 3, S, S], to tokens, embedding, cells and maps."""
        pixels = self.normalise(rgb)
        return self.vision(pixels.contiguous(memory_format=torch.channels_last))

    def normalise(self, rgb: Tensor) -> Tensor:
        """RGB 0..255 [B, 3, S, S] as the backbone wants it."""
        statistics = self.vision.backbone.statistics
        mean = torch.tensor(statistics.mean, device=rgb.device).view(3, 1, 1)
        std = torch.tensor(statistics.std, device=rgb.device).view(3, 1, 1)
        return (rgb - mean) / std

    def read_levels(self, seen: VisionOutput, metres: Tensor | None = None) -> LevelOutput | None:
        """The three levels of encoded images; None for a model of the global level only.

        `metres` per input pixel [B]; 0, or None for all, where unknown.
        """
        if self.levels is None:
            return None
        if metres is None:
            metres = torch.zeros(len(seen.embedding), device=seen.embedding.device)
        return self.levels(seen, metres)

    def memory(
        self, seen: VisionOutput, levels: LevelOutput | None, excluded: Tensor | None = None
    ) -> Tensor:
        """What the decoder reads of each image, [B, N, W]: the tokens of all levels with retrieved
        knowledge, or the coarse cells of the conventional model."""
        if levels is None or self.levels is None:
            return seen.tokens
        if self.knowledge is None:
            return levels.tokens
        retrieved = self.knowledge.retrieve(seen.embedding, levels, excluded)
        return self.levels.fuse(levels.tokens, levels.counts, retrieved)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """`loss` of a batch and its unweighted parts by name, scalars; see `LossWeights`."""
        weights, captions = batch.weights, batch.captions
        seen = self.encode_images(batch.images)
        levels = self.read_levels(seen, batch.metres)
        memory = self.memory(seen, levels, batch.excluded)
        groups = length_groups(captions.mask, CAPTION_GROUPS)
        states = self._token_states(captions, groups)
        texts = self.text.pool(states, captions.mask)
        whole = captions.cell == WHOLE
        parts = {
            "contrastive": self._global_loss(seen.embedding, texts, captions, whole),
            "caption": self._caption_loss(memory, captions, groups, whole, weights),
        }
        if weights.scene and batch.scene is not None and self.scene_head is not None:
            logits = self.scene_head(seen.cells.mean(dim=1))
            parts["scene"] = classification_loss(logits, batch.scene, weights.label_smoothing)
        if levels is not None:
            parts |= self._level_losses(batch, levels, memory, states, texts, whole)
        loss = sum(getattr(weights, part) * value for part, value in parts.items())
        return {"loss": loss, **{part: value.detach() for part, value in parts.items()}}

    def _token_states(self, captions: Captions, groups: list[Tensor]) -> Tensor:
        """Text tower's states of all captions, [N, T, D], zero where padded."""
        length = captions.ids.shape[1]
        encoded = []
        for rows in groups:
            ids, mask = trimmed(captions.ids, captions.mask, rows)
            encoded.append(
                functional.pad(self.text.states(ids, mask), (0, 0, 0, length - ids.shape[1]))
            )
        return torch.cat(encoded)[torch.argsort(torch.cat(groups))]

    def _global_loss(
        self, embedding: Tensor, texts: Tensor, captions: Captions, whole: Tensor
    ) -> Tensor:
        """Over the images and captions of all processes that train together."""
        owners = gathered_owners(captions.image[whole], len(embedding))
        ids = gathered_ids(captions.ids[whole])
        embedding, texts = gathered(embedding), gathered(texts[whole])
        positives = _positives(ids, owners, len(embedding))
        described = positives.any(dim=1)
        return contrastive_loss(embedding[described], texts, positives[described], self.logit_scale)

    def _caption_loss(
        self,
        memory: Tensor,
        captions: Captions,
        groups: list[Tensor],
        whole: Tensor,
        weights: LossWeights,
    ) -> Tensor:
        """Mean over all next tokens of the captions of whole images."""
        memory = self._drop_tokens(memory)
        total = torch.zeros((), device=memory.device)
        said = captions.said or Written(
            captions.ids, captions.mask, captions.mask.bool(), captions.image
        )
        for group in groups:
            rows = group[whole[group]]
            if not len(rows):
                continue
            ids, _ = trimmed(said.ids, said.mask, rows)
            logits = self.decoder(ids[:, :-1], memory[said.image[rows]])
            target = said.target[rows, : ids.shape[1]]
            total = total + caption_loss(logits, ids, target, weights.label_smoothing)
        return summed(total) / summed(said.target[whole, 1:].sum()).clamp(min=1)

    def _drop_tokens(self, memory: Tensor) -> Tensor:
        """In training a random subset of the tokens, the same for the whole batch, so that the
        decoder can do with any subset of what was looked at."""
        share = self.config.token_dropout
        if not self.training or share == 0:
            return memory
        count = memory.shape[1]
        kept = torch.randperm(count, device=memory.device)[: max(1, round(count * (1 - share)))]
        return memory[:, kept.sort().values]

    def _level_losses(
        self,
        batch: Batch,
        levels: LevelOutput,
        memory: Tensor,
        states: Tensor,
        texts: Tensor,
        whole: Tensor,
    ) -> dict[str, Tensor]:
        weights = batch.weights
        parts = {}
        if weights.local:
            parts["local"] = self._local_loss(batch.captions, levels, states, whole)
        if weights.mosaic and not whole.all():
            parts["mosaic"] = self._mosaic_loss(
                batch.captions, levels, memory, texts, ~whole, weights
            )
        if weights.centre and batch.boxes is not None and self.levels is not None:
            parts |= self._box_losses(self.levels.grounding, batch.boxes, levels)
        if weights.closed_answer and batch.questions is not None and self.answer_head is not None:
            asked = batch.questions
            logits, _ = self.answer_head(
                self.text(asked.ids, asked.mask), memory[asked.image], levels.fine[asked.image]
            )
            parts["closed_answer"] = answer_loss(logits, asked.answer, weights.label_smoothing)
        if weights.written and batch.written is not None:
            parts["written"] = self._written_loss(memory, batch.written, weights.label_smoothing)
        return parts

    def _local_loss(
        self, captions: Captions, levels: LevelOutput, states: Tensor, whole: Tensor
    ) -> Tensor:
        """Captions against the regions and objects of whole images, by late interaction."""
        spans = captions.spans
        number = torch.cumsum(whole, dim=0) - 1
        used = whole[spans.caption]
        spans = PhraseSpans(spans.caption[used], spans.start[used], spans.end[used])
        phrases = phrase_embeddings(states, spans)
        spans = spans._replace(caption=number[spans.caption])
        positives = _positives(captions.ids[whole], captions.image[whole], len(levels.regions))
        described = positives.any(dim=1)
        tokens = torch.cat([levels.regions, levels.objects], dim=1)[described]
        similarity = late_interaction(phrases, spans, tokens, int(whole.sum()))
        has_chunks = torch.bincount(spans.caption, minlength=similarity.shape[1]) > 0
        target = positives[described][:, has_chunks]
        usable = target.any(dim=1)
        return multi_positive_loss(
            self.logit_scale * similarity[usable][:, has_chunks], target[usable]
        )

    def _mosaic_loss(
        self,
        captions: Captions,
        levels: LevelOutput,
        memory: Tensor,
        texts: Tensor,
        inside: Tensor,
        weights: LossWeights,
    ) -> Tensor:
        """Cells of mosaics against the captions of what lies in them, and those captions written
        from the cell's regions alone."""
        regions = quadrants(self.config.region_grid, texts.device)
        image, cell = captions.image[inside], captions.cell[inside]
        own = functional.normalize(
            levels.regions[image[:, None], regions[cell]].mean(dim=1), dim=-1
        )
        ids, mask = captions.ids[inside], captions.mask[inside]
        aligned = contrastive_loss(own, texts[inside], same_caption(ids), self.logit_scale)
        offset = levels.counts[0]
        local = memory[image[:, None], offset + regions[cell]]
        if captions.said is None:
            prompt = torch.full_like(ids[:, :1], REGION_PROMPT_ID)
            prompted, target = torch.cat([prompt, ids[:, 1:]], dim=1), mask
        else:
            prompted, target = captions.said.ids[inside], captions.said.target[inside]
        written = caption_loss(
            self.decoder(prompted[:, :-1], local), prompted, target, weights.label_smoothing
        )
        return aligned + written / target[:, 1:].sum()

    def _written_loss(self, memory: Tensor, said: Written, smoothing: float) -> Tensor:
        # A user's question may hold words that the decoder has no token for; it reads "unknown".
        ids = torch.where(said.ids < self.config.decoder_vocabulary_size, said.ids, UNK_ID)
        logits = self.decoder(ids[:, :-1], memory[said.image])
        target = said.target.long()
        return caption_loss(logits, ids, target, smoothing) / target[:, 1:].sum().clamp(min=1)

    def _box_losses(
        self, head: GroundingHead, boxes: Boxes, levels: LevelOutput
    ) -> dict[str, Tensor]:
        targets, found = boxes.targets, levels.grounding
        rows = targets.labelled.any(dim=1)
        phrases = self.text(boxes.ids, boxes.mask)
        logits = head.logits(found.cells[rows], phrases)
        heat = centre_targets(targets, levels.fine_shape)
        return {
            "centre": centre_loss(logits, heat[rows], targets.labelled[rows]),
            "box": box_loss(found.boxes, targets, levels.fine_shape),
        }


def _positives(ids: Tensor, image: Tensor, images: int) -> Tensor:
    """Bool [B, n]: which of n captions, ids [n, T] of images [n], are true of which image: its own,
    and those equal to one of its own."""
    owned = image[None, :] == torch.arange(images, device=ids.device)[:, None]
    return (owned.float() @ same_caption(ids).float()) > 0
