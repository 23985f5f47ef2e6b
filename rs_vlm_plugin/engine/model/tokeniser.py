"""Words to numbers and back, as the bundle's WordPiece vocabulary has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BundleInvalid
from .manifest_fields import REINSTALL
from .runtime import import_runtime

CONTINUES = "##"
_ATTACHED = frozenset(".,;:!?)'%")


@dataclass(frozen=True)
class SpelledWord:
    """A word of a written text: characters `start:end`, and which of the tokens spell it."""

    text: str
    start: int
    end: int
    tokens: Tuple[int, ...]


class Tokeniser:
    """The bundle's `tokenizer.json`.

    Raises:
        RuntimeMissing: the package `tokenizers` does not load.
        BundleInvalid: the file is not a tokenizer.
    """

    def __init__(self, data: bytes, max_tokens: int) -> None:
        tokenizers = import_runtime("tokenizers")
        try:
            self._tokenizer = tokenizers.Tokenizer.from_str(data.decode("utf-8"))
        except Exception as error:  # the Rust binding raises nothing narrower
            raise BundleInvalid("The model bundle's tokenizer is malformed.", REINSTALL) from error
        self._unknown = _unknown_id(self._tokenizer, data)
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Token ids and mask, `[N, T]` each; T is the longest text's, at most `max_tokens`."""
        encodings = self._tokenizer.encode_batch(list(texts))
        length = max((len(encoding.ids) for encoding in encodings), default=0)
        ids = np.zeros((len(encodings), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        return ids, mask

    def written(self, texts: Sequence[str], vocabulary_size: int) -> List[NDArray[np.int64]]:
        """Token ids of each text as a decoder of the vocabulary's first `vocabulary_size` pieces
        would write it, without begin and end; a piece beyond is one it does not know."""
        unknown = 0 if self._unknown is None else self._unknown
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ids = [np.asarray(encoding.ids, dtype=np.int64) for encoding in encodings]
        return [np.where(row < vocabulary_size, row, unknown) for row in ids]

    def has_written(self, text: str, vocabulary_size: int) -> bool:
        """Whether all of a text is spelt by the vocabulary's first `vocabulary_size` pieces."""
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return all(number < vocabulary_size and number != self._unknown for number in ids)

    def knows(self, text: str) -> bool:
        """Whether every piece of a text is in the vocabulary; another script's words are not."""
        # Without the tokens put around a text: CLIP's unknown token is its end token.
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return self._unknown is None or self._unknown not in encoding.ids

    def pieces(self, word: str) -> Tuple[str, ...]:
        """The vocabulary's pieces of a word: `("storage", "##s")`; "[UNK]" where it has none."""
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).tokens)

    def is_cut(self, text: str) -> bool:
        """Whether a text is longer than the model reads."""
        return bool(self._tokenizer.encode(text).overflowing)

    def special_ids(self) -> Tuple[int, ...]:
        """Ids that stand for no text: `[PAD]`, `[UNK]`, `[CLS]`, `[SEP]`, `[MASK]`."""
        names = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
        found = (self._tokenizer.token_to_id(name) for name in names)
        return tuple(number for number in found if number is not None)

    def spell(self, ids: Sequence[int]) -> Tuple[str, Tuple[SpelledWord, ...]]:
        """A sentence from token ids, and its words with their places in it.

        Pieces (`##s`) are joined to their word, punctuation to the word before it; the sentence
        starts with a capital. Punctuation is not a word.
        """
        text = ""
        spans: List[Tuple[int, int, List[int]]] = []
        for position, number in enumerate(ids):
            piece = self._tokenizer.id_to_token(int(number)) or ""
            if piece.startswith(CONTINUES) and spans and spans[-1][1] == len(text):
                text += piece[len(CONTINUES) :]
                start, _, tokens = spans[-1]
                spans[-1] = (start, len(text), [*tokens, position])
            elif piece in _ATTACHED:
                # Training captions that end with two full stops teach the decoder to do so too.
                text += "" if piece in ".,;:" and text.endswith(piece) else piece
            else:
                text += " " if text else ""
                start = len(text)
                text += piece[len(CONTINUES) :] if piece.startswith(CONTINUES) else piece
                spans.append((start, len(text), [position]))
        text = text[:1].upper() + text[1:]
        words = tuple(
            SpelledWord(text[start:end], start, end, tuple(tokens))
            for start, end, tokens in spans
            if any(character.isalnum() for character in text[start:end])
        )
        return text, words


def _unknown_id(tokenizer: Any, data: bytes) -> Optional[int]:
    """The id that stands for what a vocabulary lacks: unigram models number it, others name it."""
    model = json.loads(data)["model"]
    number = model.get("unk_id")
    if number is None and model.get("unk_token"):
        number = tokenizer.token_to_id(model["unk_token"])
    return number
