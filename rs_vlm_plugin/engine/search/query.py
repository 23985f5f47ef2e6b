"""A typed query: what is wanted, what is not, and whether the model has words for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest
from ..model.vlm import VisionLanguageModel
from ..sentence import say

MOST_CHARACTERS = 1000
_MOST_NAMED = 5
_UNWANTED = re.compile(
    r"""(?:(?<=\s)|^)[-\u2212\u2013](?:"([^"]+)"|([^\s,;"]+))   # -word, -"some words"
      | \bnot\b\s*(?:"([^"]+)"|([^,;]*?)(?=\s+not\b|\s+[-\u2212\u2013]\S|[,;]|\s*$))""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE_ENDS = re.compile(r"^(?:\s|[,;\"]|(?:and|but|or)\b)+|(?:\s|[,;\"]|\b(?:and|but|or))+$", re.I)
# How tokenisers mark that a piece begins, continues or ends a word.
_MARKS = re.compile(r"^(?:##|\u2581|\u0120)|</w>$")
_INFLECTIONS = frozenset(("s", "es", "d", "ed", "ing"))
_LEAST_LETTERS = 3
_MOST_PIECES = 2
# What is left of a wish when what is not wanted is taken away; below this, nothing.
_LEAST_LEFT = 0.05


@dataclass(frozen=True)
class Query:
    """A parsed query: `text` as typed, `wanted` and `unwanted` what its parts say."""

    text: str
    wanted: str
    unwanted: Tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Take a query apart.

    `not` and a leading `-` negate: `not` as far as the next comma, semicolon or negation, `-` one
    word or one phrase in quotes.

    >>> parse_query("storage tanks not water")
    Query(text='storage tanks not water', wanted='storage tanks', unwanted=('water',))
    >>> parse_query('houses -"parking lot" -cars, near a river').unwanted
    ('parking lot', 'cars')

    Raises:
        BadRequest: empty, too long, or only of what is not wanted.
    """
    text = " ".join(text.split())
    if not text:
        raise BadRequest("The query is empty.", "Type what to look for, like: planes on a runway")
    if len(text) > MOST_CHARACTERS:
        raise BadRequest(
            "The query is {length} characters long; at most {most} are read.",
            "Say it in a sentence.",
            length=f"{len(text):,}",
            most=f"{MOST_CHARACTERS:,}",
        )
    unwanted = []
    for match in _UNWANTED.finditer(text):
        term = _trimmed(next((group for group in match.groups() if group), ""))
        if term:
            unwanted.append(term)
    left = " ".join(_UNWANTED.sub(" ", text).split())
    wanted = _trimmed(left.replace(" ,", ",").replace(" ;", ";"))
    if not _WORD.search(wanted):
        if unwanted:
            raise BadRequest(
                "The query says only what is not wanted.", "Say what to look for as well."
            )
        raise BadRequest("The query holds no word.", "Type what to look for in words.")
    return Query(text, wanted, tuple(dict.fromkeys(unwanted)))


def word_notes(query: Query, model: VisionLanguageModel) -> Tuple[str, ...]:
    """Warnings on words the model did not learn, and on length.

    A word counts as known where the vocabulary spells it in at most two pieces of three letters or
    more, endings apart; one that falls apart into splinters was hardly ever seen in training.

    Raises:
        BadRequest: there is no word in what is wanted, or none that is known.
    """
    texts = (query.wanted, *query.unwanted)
    unknown = unknown_words(" ".join(texts), model)
    wanted = _WORD.findall(query.wanted)
    if not wanted:
        raise BadRequest(f"{query.wanted!r} holds no word.", "Say in words what is meant.")
    if all(word in unknown for word in wanted):
        raise BadRequest(
            "The model knows no word of {words}.",
            "It learnt from English captions: use English words for things seen from above.",
            words=listed(wanted),
        )
    notes: List[str] = []
    if unknown:
        notes.append(
            say(
                "The model does not know {words}; the query may be in a language it did not learn "
                "(it learnt English): results may not mean what was asked.",
                words=listed(unknown),
            )
            if may_be_foreign(" ".join(texts), unknown)
            else say(
                "The model does not know {words}: results may not mean what was asked.",
                words=listed(unknown),
            )
        )
    if any(model.is_cut(text) for text in texts):
        most = model.bundle.manifest.text.max_tokens
        notes.append(
            say(
                "Only the first words of the query count: the model reads {most} pieces.", most=most
            )
        )
    return tuple(notes)


def unknown_words(text: str, model: VisionLanguageModel) -> List[str]:
    """Words of a text that the model did not learn, each once; see `word_notes`."""
    return [word for word in dict.fromkeys(_WORD.findall(text)) if not _is_known(word, model)]


def may_be_foreign(text: str, unknown: Sequence[str]) -> bool:
    """Whether so many words of a text are unknown that it may be in another language."""
    return 0 < len(set(_WORD.findall(text))) <= 2 * len(unknown)


def listed(words: Sequence[str]) -> str:
    """The first few words, for a sentence."""
    return ", ".join(words[:_MOST_NAMED]) + (", ..." if len(words) > _MOST_NAMED else "")


def query_vector(wanted: NDArray[np.float32], unwanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector to search with: what is wanted less what it shares with what is not.

    "a not b" is the part of a that is orthogonal to b, and to each b where there are several, so
    that the unwanted alone scores nothing (Widdows, Orthogonal negation in vector spaces for
    modelling word-meanings and document retrieval, ACL 2003).

    Args:
        wanted: `[D]` of unit length.
        unwanted: `[M, D]`, M may be 0.

    Returns:
        `[D]` of unit length.

    Raises:
        BadRequest: nothing is left: both mean the same to the model.
    """
    left = wanted.astype(np.float64)
    if len(unwanted):
        # An orthonormal basis of what is not wanted, of full rank even for repeated terms.
        _, sizes, basis = np.linalg.svd(unwanted.astype(np.float64), full_matrices=False)
        basis = basis[sizes > 1e-6 * sizes[0]]
        left = left - basis.T @ (basis @ left)
    length = float(np.linalg.norm(left))
    if length < _LEAST_LEFT:
        raise BadRequest(
            "To the model, what is wanted and what is not mean the same.", "Use other words."
        )
    vector: NDArray[np.float32] = (left / length).astype(np.float32)
    return vector


def embed(query: Query, model: VisionLanguageModel) -> Tuple[NDArray[np.float32], ...]:
    """Unit vectors of what is wanted `[D]` and of what is not `[M, D]`, as typed.

    Without the bundle's prompts: the text encoder learnt from whole captions, and a query is rather
    one of those than a label.
    """
    vectors = model.encode_texts((query.wanted, *query.unwanted))
    return vectors[0], vectors[1:]


def _is_known(word: str, model: VisionLanguageModel) -> bool:
    if not model.knows(word):
        return False
    pieces = [_MARKS.sub("", piece) for piece in model.pieces(word)]
    while len(pieces) > 1 and pieces[-1] in _INFLECTIONS:
        pieces.pop()
    return len(pieces) == 1 or (
        len(pieces) <= _MOST_PIECES and min(map(len, pieces)) >= _LEAST_LETTERS
    )


def _trimmed(text: str) -> str:
    return _LOOSE_ENDS.sub("", text).replace('"', "")
