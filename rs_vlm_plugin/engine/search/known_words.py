"""What somebody typed, in words that the model knows: "lorry" is spelt in splinters, "truck" is a
word."""

from __future__ import annotations

from dataclasses import replace
from typing import Container, List, Optional, Tuple

from ..errors import BadRequest
from ..model.vlm import VisionLanguageModel
from ..phrases import default_vocabulary, plural
from ..sentence import Sentence, say
from .query import Query, word_notes


def in_known_words(
    text: str, model: VisionLanguageModel, things: Optional[Container[str]] = None
) -> Tuple[str, List[Sentence]]:
    """A text with names of things that the model does not know replaced.

    Args:
        text: as typed.
        model: has to know the words.
        things: only these of the object vocabulary's names; None for all.

    Returns:
        The text with the vocabulary's own name for each such thing, where the model knows that, and
        a sentence for each that says so.
    """
    vocabulary = default_vocabulary()
    notes: List[Sentence] = []
    for phrase in reversed(vocabulary.find(text)):
        said = text[phrase.start : phrase.end]
        if things is not None and phrase.name not in things:
            continue
        if _knows(said, model) or not _knows(phrase.name, model):
            continue
        many = any(plural(one) == said.lower() for one in vocabulary.wordings(phrase.name))
        instead = plural(phrase.name) if many else phrase.name
        text = text[: phrase.start] + instead + text[phrase.end :]
        notes.append(
            say("The model does not know {word}: it was asked for {name}.", word=said, name=instead)
        )
    return text, notes[::-1]


def query_in_known_words(
    query: Query, model: VisionLanguageModel
) -> Tuple[Query, Tuple[Sentence, ...]]:
    """A query of which each part is in known words; its `text` stays as typed."""
    parts = [in_known_words(part, model) for part in (query.wanted, *query.unwanted)]
    (wanted, _), *unwanted = parts
    notes = tuple(note for _, own in parts for note in own)
    return replace(query, wanted=wanted, unwanted=tuple(text for text, _ in unwanted)), notes


def _knows(words: str, model: VisionLanguageModel) -> bool:
    try:
        word_notes(Query(words, words), model)
    except BadRequest:
        return False
    return True
