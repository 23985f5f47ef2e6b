"""Which things boxes taught a model to find, and what it is asked for in place of others."""

from __future__ import annotations

from typing import List, Sequence, Set

from .model.vlm import VisionLanguageModel
from .phrases import default_vocabulary
from .sentence import Sentence, say


def untaught(phrases: Sequence[str], model: VisionLanguageModel) -> List[str]:
    """Those phrases that name none of the kinds of objects whose boxes taught the model; none for
    a bundle that does not say what boxes did."""
    taught = _taught(model)
    return [phrase for phrase in phrases if taught and not _meant(phrase) & taught]


def is_taught(name: str, model: VisionLanguageModel) -> bool:
    """Whether boxes taught the model a kind of object; false where none taught it anything."""
    return bool(_meant(name) & _taught(model))


def asked_for(phrase: str, model: VisionLanguageModel) -> str:
    """What the model is asked for when a phrase is looked for: the kind that boxes taught it, where
    the phrase is no more than the name of something of that kind, else the phrase."""
    found = default_vocabulary().find(phrase)
    whole = len(found) == 1 and found[0].end - found[0].start == len(phrase.strip())
    if not whole or phrase not in untaught([phrase], model):
        return phrase
    kind = default_vocabulary().kind_of(found[0].name)
    return kind if kind and kind in _taught(model) else phrase


def taught_notes(phrases: Sequence[str], model: VisionLanguageModel) -> List[Sentence]:
    """Sentences on what no box taught the model."""
    notes = []
    strange = []
    for phrase in untaught(phrases, model):
        kind = asked_for(phrase, model)
        if kind == phrase:
            strange.append(phrase)
            continue
        notes.append(
            say(
                "The model was taught nothing finer than {kind}: for {phrase} it finds all of that "
                "kind.",
                kind=kind,
                phrase=phrase,
            )
        )
    if strange:
        notes.append(
            say(
                "The model was not trained to find {phrases} one by one: it outlines areas that "
                "look so, in squares of its grid.",
                phrases=", ".join(strange),
            )
        )
    return notes


def _taught(model: VisionLanguageModel) -> Set[str]:
    """The kinds that boxes taught, in the bundle's words and the vocabulary's."""
    levels = model.bundle.manifest.levels
    names = () if levels is None else levels.names
    return set().union(*map(_meant, names))


def _meant(phrase: str) -> Set[str]:
    return {phrase.lower(), *(part.name for part in default_vocabulary().find(phrase))}
