"""Texts as a language model's own tokens, where one writes the captions.

The small decoder shares the text tower's vocabulary and is told by a reserved token what to write
(see `vocabulary`); a published language model has its own tokenizer and is told in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transformers import AutoTokenizer, PreTrainedTokenizerBase

from .vocabulary import BOS_ID, OBJECTS_PROMPT_ID, QUESTION_PROMPT_ID, REGION_PROMPT_ID

PROMPTS = {
    BOS_ID: "",
    REGION_PROMPT_ID: "In this part:",
    OBJECTS_PROMPT_ID: "Objects:",
    QUESTION_PROMPT_ID: "Question: {} Answer:",
}
"""The words for each of the small decoder's prompts."""


class NoEndOfText(ValueError):
    """A language model's tokenizer has no token that ends a text."""


@dataclass(frozen=True)
class LanguageTokens:
    """A tokenizer with the ids that a text starts from and ends with."""

    tokenizer: PreTrainedTokenizerBase
    start_id: int
    end_id: int

    def prompted(self, prompt_id: int, about: str, text: str) -> tuple[list[int], int]:
        """Ids of prompt and text, and how many of them are the prompt's.

        Args:
            prompt_id: a key of `PROMPTS`.
            about: the question, where the prompt takes one.
            text: what is to be written.
        """
        prompt = PROMPTS[prompt_id].format(about)
        before = [self.start_id, *self._bare(prompt)]
        # Most vocabularies have other tokens for a word after a blank.
        after = self._bare(f" {text}" if prompt else text)
        return [*before, *after, self.end_id], len(before)

    def text(self, ids: Sequence[int]) -> str:
        """What ids say up to the first end."""
        said = list(ids)
        if self.end_id in said:
            said = said[: said.index(self.end_id)]
        text = self.tokenizer.decode(
            said, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return str(text).strip()

    def _bare(self, text: str) -> list[int]:
        return list(self.tokenizer.encode(text, add_special_tokens=False)) if text else []


def language_tokens(source: str) -> LanguageTokens:
    """The tokenizer of a language model's folder or hub name.

    Raises:
        OSError: there is none.
        NoEndOfText: none that can end a text.
    """
    tokenizer = AutoTokenizer.from_pretrained(source)
    end = tokenizer.eos_token_id
    if end is None:
        raise NoEndOfText(f"The tokenizer of {source} has no token that ends a text.")
    start = tokenizer.bos_token_id
    return LanguageTokens(tokenizer, end if start is None else start, end)
