"""Text tower: a short BERT-like encoder, mean-pooled."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from .configuration import MsVlamConfig


class TextTower(nn.Module):
    """Mean of the last layer's tokens, as all-MiniLM-L6-v2 pools; projected only if sizes
    differ."""

    def __init__(self, config: MsVlamConfig) -> None:
        super().__init__()
        encoder = BertConfig(**config.text_config)
        # Attention written out: exporters turn the fused kernel's shapes static.
        encoder._attn_implementation = "eager"
        self.encoder = BertModel(encoder, add_pooling_layer=False)
        self.projection = (
            nn.Identity()
            if encoder.hidden_size == config.embedding_size
            else nn.Linear(encoder.hidden_size, config.embedding_size)
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Token ids and mask [B, T] to embeddings [B, D] of unit length."""
        return self.pool(self.states(input_ids, attention_mask), attention_mask)

    def states(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Token ids and mask [B, T] to each token's vector in the shared space [B, T, D]."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.projection(hidden)

    def pool(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        """Mean over the tokens of each text, of unit length: [B, D]."""
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * weights).sum(dim=1) / weights.sum(dim=1)
        return functional.normalize(pooled.float(), dim=-1)

    def freeze(self, layers: int) -> None:
        """Keep the token embeddings and the first `layers` layers as they were pretrained."""
        frozen = [self.encoder.embeddings, *self.encoder.encoder.layer[:layers]]
        for module in frozen:
            module.requires_grad_(False)
