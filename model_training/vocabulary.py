"""The tokenizer of a model: a WordPiece vocabulary trimmed from a pretrained one.

Order matters: special tokens, then every token that training captions use (the decoder writes only
these, so its output layer is the vocabulary's head), then single characters so that any lower-case
word can be spelt, then the pretrained vocabulary's own words in its order, roughly by frequency.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.decoders import WordPiece as WordPieceDecoder
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
RESERVED_TOKENS = tuple(f"[reserved{i}]" for i in range(11))
"""Room for prompts that later models may add without moving every other id."""

PAD_ID, UNK_ID, BOS_ID, EOS_ID = range(4)
REGION_PROMPT_ID, OBJECTS_PROMPT_ID, QUESTION_PROMPT_ID = range(5, 8)
"""Of the reserved tokens: what the decoder starts from in place of `[CLS]`, which asks for the
scene. After `[reserved2]` comes the question and a `[SEP]`."""


@dataclass(frozen=True)
class Vocabulary:
    """`tokenizer` with its trimmed vocabulary; `decoder_size` tokens from the front are what
    captions use.

    `source_ids[i]` is the pretrained id of token i, -1 for tokens the pretrained vocabulary lacks.
    """

    tokenizer: Tokenizer
    decoder_size: int
    source_ids: tuple[int, ...]


def build_vocabulary(
    pretrained: Path | None, captions: Iterable[str], extra_text: Iterable[str], size: int
) -> Vocabulary:
    """Trim the pretrained `tokenizer.json` to `size` tokens, or learn words from captions where it
    is None.

    Args:
        pretrained: Hugging Face `tokenizer.json` of a lower-casing WordPiece model.
        captions: what the decoder must be able to write.
        extra_text: sentences whose tokens must be readable, not written.
        size: upper bound; caption tokens and characters are kept even beyond it.
    """
    if pretrained is None:
        source = dict.fromkeys(SPECIAL_TOKENS, -1)
        split = _words
    else:
        source = json.loads(pretrained.read_text(encoding="utf-8"))["model"]["vocab"]
        split = _pretrained_pieces(pretrained)
    written = Counter(token for caption in captions for token in split(caption))
    read = Counter(token for sentence in extra_text for token in split(sentence))
    for counts in (written, read):
        for token in SPECIAL_TOKENS:
            counts.pop(token, None)

    ordered = [*SPECIAL_TOKENS, *RESERVED_TOKENS]
    ordered += [token for token, _ in sorted(written.items(), key=lambda item: (-item[1], item[0]))]
    decoder_size = len(ordered)
    characters = string.ascii_lowercase + string.digits + ".,-'?!:;/()&%+"
    spelling = [*characters, *("##" + character for character in characters)]
    by_frequency = [
        token for token, _ in sorted(read.items(), key=lambda item: (-item[1], item[0]))
    ]
    words = [
        t for t in sorted(source, key=source.__getitem__) if re.fullmatch(r"(##)?[a-z]{2,}", t)
    ]
    seen = set(ordered)
    for token in [*spelling, *by_frequency, *words]:
        if token not in seen and (len(ordered) < size or token in spelling):
            seen.add(token)
            ordered.append(token)
    ids = {token: index for index, token in enumerate(ordered)}
    return Vocabulary(
        tokenizer=_tokenizer(ids),
        decoder_size=decoder_size,
        source_ids=tuple(source.get(token, -1) for token in ordered),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+|[0-9]+|[.,'?!-]", text.lower())


def _pretrained_pieces(path: Path):  # type: ignore[no-untyped-def]
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return lambda text: tokenizer.encode(text, add_special_tokens=False).tokens


def _tokenizer(ids: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]"))  # noqa: S106 (no password)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.decoder = WordPieceDecoder(prefix="##", cleanup=True)
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", BOS_ID), ("[SEP]", EOS_ID)]
    )
    tokenizer.add_special_tokens([*SPECIAL_TOKENS, *RESERVED_TOKENS])
    return tokenizer
