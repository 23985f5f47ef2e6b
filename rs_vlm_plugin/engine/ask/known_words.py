"""A question in words that the model knows: "lorry" is spelt in splinters, "truck" is a word."""

from __future__ import annotations

from typing import List, Tuple

from ..errors import BadRequest
from ..model.vlm import VisionLanguageModel
from ..phrases import default_vocabulary, plural
from ..search.query import Query, word_notes
from ..sentence import Sentence, say
from .question import Question, read_question


def in_known_words(asked: Question, model: VisionLanguageModel) -> Tuple[Question, List[Sentence]]:
    """The question with those of its things' words that the model does not know replaced by the
    object vocabulary's word for the same, and sentences that say so; as it is where there is none
    or the model does not know that either."""
    vocabulary = default_vocabulary()
    named = {phrase.name for thing in asked.things for phrase in vocabulary.find(thing)}
    text, notes = asked.text, []
    for phrase in reversed(vocabulary.find(text)):
        said = text[phrase.start : phrase.end]
        if phrase.name not in named or _knows(said, model) or not _knows(phrase.name, model):
            continue
        many = any(plural(one) == said.lower() for one in vocabulary.wordings(phrase.name))
        instead = plural(phrase.name) if many else phrase.name
        text = text[: phrase.start] + instead + text[phrase.end :]
        notes.append(
            say("The model does not know {word}: it was asked for {name}.", word=said, name=instead)
        )
    return (read_question(text), notes[::-1]) if notes else (asked, [])


def _knows(words: str, model: VisionLanguageModel) -> bool:
    try:
        word_notes(Query(words, words), model)
    except BadRequest:
        return False
    return True
