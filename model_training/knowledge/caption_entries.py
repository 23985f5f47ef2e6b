"""Entries from training captions: whole sentences, relations between two things, named things.

Sentences become entries of the scene level, relations ("green trees around a pond") of the region
level, noun chunks ("several white tanks") of the object level. Near-duplicates are merged: wordings
that differ only in case, punctuation, amount, article, plural or an opening such as "there are" are
one entry, in the words most images have.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rs_vlm_plugin.engine.knowledge import KnowledgeEntry, Source
from rs_vlm_plugin.engine.knowledge.entries import MAX_TEXT, sameness
from rs_vlm_plugin.engine.noun_chunks import closed_words, noun_chunks
from rs_vlm_plugin.engine.phrases import spoken_words

_OPENINGS = frozenset(("it", "is", "are", "there", "here", "this", "these", "was", "were", "s"))
_JOINING = frozenset(("and", "or"))
_LONGEST_GAP = 6
_FEWEST_IMAGES = 2
"""What one image says alone is an accident of its describer more often than a concept."""


@dataclass(frozen=True)
class CaptionedImage:
    """An image's captions and the set and split they come from."""

    image_id: str
    captions: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class FoundEntry:
    """An entry and the images whose captions hold it."""

    entry: KnowledgeEntry
    images: frozenset[str]


def sentence_entries(images: Iterable[CaptionedImage], most: int) -> list[FoundEntry]:
    """The captions that most images share, near-duplicates merged."""
    return _ranked(images, lambda caption: [caption], "scene", "caption", most)


def remembered_entries(images: Iterable[CaptionedImage], most: int) -> list[FoundEntry]:
    """The captions that most images share word by word, to be remembered with what the images look
    like: here "many ponds" and "some ponds" are two, because one of them is to be chosen."""
    return _ranked(images, lambda caption: [caption], "scene", "memory", most, sameness)


def relation_entries(images: Iterable[CaptionedImage], most: int) -> list[FoundEntry]:
    """The most frequent phrases of two things and a relation of place between them."""
    return _ranked(images, lambda caption: list(relations(caption)), "region", "relation", most)


def thing_entries(images: Iterable[CaptionedImage], most: int) -> list[FoundEntry]:
    """The most frequent noun chunks of two words or more, without counting the article."""
    return _ranked(images, lambda caption: list(things(caption)), "object", "thing", most)


def relations(caption: str) -> Iterator[str]:
    """Phrases from one noun chunk to the next, where words of place stand between them.

    >>> list(relations("many buildings are around a park with a pond."))
    ['many buildings are around a park', 'a park with a pond']
    """
    lists = closed_words()
    places = lists.prepositions - _JOINING - {"of"}
    chunks = noun_chunks(caption)
    for (start, end), (following, last) in zip(chunks, chunks[1:], strict=False):
        gap = caption[end:following]
        words = [word for word, _, _ in spoken_words(gap)]
        broken = any(mark in gap for mark in ",.;:!?") or _JOINING.intersection(words)
        if not broken and len(words) <= _LONGEST_GAP and places.intersection(words):
            yield caption[start:last]


def things(caption: str) -> Iterator[str]:
    """Noun chunks that say more than one word about a thing."""
    for start, end in noun_chunks(caption):
        if len(content_key(caption[start:end]).split()) > 1:
            yield caption[start:end]


def content_key(text: str) -> str:
    """What wordings of the same content share.

    >>> content_key("There are many white tanks .") == content_key("It is a white tank")
    True
    """
    lists = closed_words()
    words = [word for word, _, _ in spoken_words(text)]
    while words and words[0] in _OPENINGS:
        words.pop(0)
    kept, position = [], 0
    while position < len(words):
        amount = lists.quantity_at(words, position)
        position += amount
        if words[position] not in lists.determiners:
            kept.append(_singular(words[position]))
        position += 1
    return " ".join(kept)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _ranked(
    images: Iterable[CaptionedImage],
    phrases: Callable[[str], list[str]],
    level: str,
    prefix: str,
    most: int,
    key_of: Callable[[str], str] = content_key,
) -> list[FoundEntry]:
    holders: dict[str, set[str]] = defaultdict(set)
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, Counter[Source]] = defaultdict(Counter)
    for image in images:
        for phrase in dict.fromkeys(p for caption in image.captions for p in phrases(caption)):
            key, text = key_of(phrase), _tidy(phrase)
            if not key or not text or len(text) > MAX_TEXT:
                continue
            if image.image_id not in holders[key]:
                holders[key].add(image.image_id)
                sources[key][image.source] += 1
            wordings[key][text] += 1
    frequent = [key for key, owners in holders.items() if len(owners) >= _FEWEST_IMAGES]
    frequent.sort(key=lambda key: (-len(holders[key]), key))
    return [
        _found(key, prefix, level, wordings[key], sources[key], holders[key])
        for key in frequent[:most]
    ]


def _found(
    key: str,
    prefix: str,
    level: str,
    wordings: Counter[str],
    sources: Counter[Source],
    holders: set[str],
) -> FoundEntry:
    """The entry in its most frequent wording; it names the set that most of its images are of, and
    counts these."""
    text = min(wordings.items(), key=lambda item: (-item[1], item[0]))[0]
    source, count = min(sources.items(), key=lambda item: (-item[1], item[0].name))
    digest = hashlib.sha256(key.encode("utf-8")).hexdigest()
    entry = KnowledgeEntry(f"{prefix}:{digest[:12]}", level, text, source, (), count)
    return FoundEntry(entry, frozenset(holders))


def _tidy(phrase: str) -> str:
    return " ".join(phrase.split()).rstrip(" .").lower()
