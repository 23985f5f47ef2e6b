"""The knowledge base while training: kept up with the text tower, and no image sees its own
captions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer

from .checkpoint import Checkpoint
from .config import KnowledgeSettings
from .data.tokens import tokenise
from .knowledge.building import BuiltKnowledge
from .model.knowledge import KnowledgeBank
from .model.modelling import MsVlamModel

LEVEL_OF = {"scene": "global", "region": "region", "object": "object"}
"""The model's level that looks at the knowledge base's."""

SHARED_KEPT = 0.5
"""Chance that an image may retrieve a caption of its own which other images share. Never, and the
decoder would learn that what is retrieved is never what is said; always, and it would trust it more
than an unseen image's retrieval deserves."""


class TrainingKnowledge:
    """Gives a model its bank and keeps its vectors fresh.

    Args:
        model: retrieves from the bank that this makes.
        tokenizer: of the model's text tower.
        built: entries, and the images they came from.
        image_ids: of the training records, in their order.
        max_tokens: entries are cut to this.
        settings: how many entries are retrieved, and when they are embedded anew.
    """

    def __init__(
        self,
        model: MsVlamModel,
        tokenizer: Tokenizer,
        built: BuiltKnowledge,
        image_ids: Sequence[str],
        max_tokens: int,
        settings: KnowledgeSettings,
    ) -> None:
        texts = [entry.statement for entry in built.entries]
        self._ids, self._mask = tokenise(tokenizer, texts, max_tokens)
        self._image_ids = list(image_ids)
        self._built = built
        self._shared = torch.tensor([len(images) > 1 for images in built.images])
        self._refresh_steps = settings.refresh_steps
        self._refreshed = -1
        levels = [LEVEL_OF[entry.level] for entry in built.entries]
        self._bank = KnowledgeBank(levels, model.config.embedding_size, settings.entries)
        model.knowledge = self._bank.to(model.device)

    def excluded(self, records: torch.Tensor | None) -> torch.Tensor | None:
        """Bool [B, E]: what each image may not retrieve: entries that only its own captions gave,
        and half of its shared ones at random; nothing for record -1."""
        if records is None:
            return None
        ids = [self._image_ids[i] if i >= 0 else "" for i in records.tolist()]
        own = torch.from_numpy(self._built.excluded(ids))
        spared = self._shared & (torch.rand(own.shape) < SHARED_KEPT)
        return (own & ~spared).to(records.device)

    def keep_fresh(self, model: MsVlamModel, step: int) -> None:
        """Embed all entries anew where `refresh_steps` have passed since the last time."""
        due = step // self._refresh_steps
        if due == self._refreshed:
            return
        self._refreshed = due
        self.refresh(model)

    @torch.no_grad()
    def refresh(self, model: MsVlamModel) -> None:
        """Embed all entries with the text tower as it is."""
        training = model.training
        model.eval()
        device = model.device

        def embed(part: slice) -> torch.Tensor:
            mask = self._mask[part]
            longest = int(mask.sum(dim=1).max())
            return model.text(self._ids[part, :longest].to(device), mask[:, :longest].to(device))

        self._bank.refresh(embed)
        model.train(training)


def remember(checkpoint: Checkpoint, built: BuiltKnowledge) -> None:
    """Let a loaded model retrieve from entries embedded by its own text tower."""
    experiment = checkpoint.experiment
    TrainingKnowledge(
        checkpoint.model,
        checkpoint.tokenizer,
        built,
        (),
        experiment.text.max_tokens,
        experiment.knowledge,
    ).refresh(checkpoint.model)
