"""Noun chunks of English captions: where a sentence names something, by word lists alone.

No parser and no model: a chunk is the longest run

    determiner? (number | adjective | noun)* noun

where the words that are none of these are listed (`resources/knowledge/english.json`) and any
unlisted word counts as a noun, so that new names of things are found without being known. Rules, in
this order:

1. Names of several words from the object vocabulary ("swimming pool", "open pit mine") are nouns
   throughout.
2. Quantities ("a lot of", "two rows of", "a piece of") act as determiners, so a chunk keeps its
   amount: "a piece of green meadow" is one chunk.
3. Words in -ly are adverbs. Words in -ed and -ing are adjectives where a noun follows and neither a
   noun nor a form of "to be" comes before ("parked cars", "a winding river"), else verbs ("cars
   parked", "is surrounded"); exceptions such as "building" are listed.
4. Words that are verbs or nouns ("park", "cross", "stand") are nouns after a determiner, number,
   adjective or preposition, or where nothing comes before, else verbs.
5. Words of place and shape ("side", "front", "corner", "picture") are adjectives: they may stand
   inside a chunk ("a side road") but no chunk ends with one, since they name nothing to be seen.
6. A determiner begins a new chunk; punctuation and every other listed word end one.

Limits: English only; one level ("the roof of the house" is two chunks); two nouns that meet without
a word between ("beside the road cars are parked") become one chunk; a misspelt verb is taken for a
noun, and so is an unlisted adjective at a chunk's end.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, FrozenSet, List, Mapping, Sequence, Tuple

from ..resource_paths import resource
from .phrases import ObjectVocabulary, default_vocabulary, spoken_words

Word = Tuple[str, int, int]

_TO_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_PARTICIPLE = re.compile(r".{2,}(?:ed|ing)")
_ADJECTIVE = re.compile(r".{3,}(?:ous|ful|ish|ive|less|able|like)|.+-shaped|.+-sized")
_DETERMINER, _MODIFIER, _NOUN, _BREAK = "DANX"


@dataclass(frozen=True)
class ClosedWords:
    """The lists the rules speak of.

    `quantities` are sequences of words by their first word, longest first.
    """

    determiners: FrozenSet[str]
    quantities: Mapping[str, Tuple[Tuple[str, ...], ...]]
    numbers: FrozenSet[str]
    adjectives: FrozenSet[str]
    prepositions: FrozenSet[str]
    function_words: FrozenSet[str]
    verbs: FrozenSet[str]
    either: FrozenSet[str]
    nouns: FrozenSet[str]
    adverbs: FrozenSet[str]

    def quantity_at(self, words: Sequence[str], position: int) -> int:
        """How many words from a position on are a quantity; it needs something to be one of."""
        for quantity in self.quantities.get(words[position], ()):
            end = position + len(quantity)
            if end < len(words) and tuple(words[position:end]) == quantity:
                return len(quantity)
        return 0


@lru_cache(maxsize=1)
def closed_words() -> ClosedWords:
    """The lists that come with the plugin."""
    lists = json.loads(resource("knowledge", "english.json").read_text(encoding="utf-8"))

    def words(name: str) -> FrozenSet[str]:
        return frozenset(lists[name].split())

    quantities: Dict[str, Tuple[Tuple[str, ...], ...]] = {}
    for quantity in sorted(lists["quantities"], key=len, reverse=True):
        first = quantity.split()[0]
        quantities[first] = (*quantities.get(first, ()), tuple(quantity.split()))
    return ClosedWords(
        determiners=words("determiners"),
        quantities=quantities,
        numbers=words("numbers"),
        adjectives=words("adjectives"),
        prepositions=words("prepositions"),
        function_words=words("prepositions") | words("function_words"),
        verbs=words("verbs"),
        either=words("either"),
        nouns=words("nouns_like_participles") | words("nouns_like_adverbs"),
        adverbs=words("adverbs"),
    )


def noun_chunks(caption: str) -> List[Tuple[int, int]]:
    """Character spans `(start, end)` of the chunks of a caption, from left to right.

    The rules and their limits are those of this module. Spans do not overlap, start at a word's
    first character and end at a noun's last.

    >>> caption = "Many parked cars are near a piece of green meadow ."
    >>> [caption[start:end] for start, end in noun_chunks(caption)]
    ['Many parked cars', 'a piece of green meadow']
    """
    words = list(spoken_words(caption))
    tags = _tags(caption, words, closed_words(), default_vocabulary())
    chunks: List[Tuple[int, int]] = []
    position = 0
    while position < len(words):
        end = _chunk_end(caption, words, tags, position)
        if end > position:
            chunks.append((words[position][1], words[end - 1][2]))
        position = max(end, position + 1)
    return chunks


def distinct_chunks(text: str) -> Tuple[str, ...]:
    """The noun chunks themselves, each once, in their order.

    >>> distinct_chunks("storage tanks near storage tanks and a river")
    ('storage tanks', 'a river')
    """
    return tuple(dict.fromkeys(text[start:end] for start, end in noun_chunks(text)))


def _chunk_end(caption: str, words: Sequence[Word], tags: Sequence[str], start: int) -> int:
    """One past the last word of the chunk that starts at a word; `start` where there is none."""
    if tags[start] == _BREAK:
        return start
    position, end = start, start
    while position < len(words) and tags[position] != _BREAK:
        if position > start:
            gap = caption[words[position - 1][2] : words[position][1]]
            starts_anew = tags[position] == _DETERMINER and tags[position - 1] != _DETERMINER
            if gap.strip() or starts_anew:
                break
        position += 1
        if tags[position - 1] == _NOUN:
            end = position
    return end


def _tags(
    caption: str, words: Sequence[Word], lists: ClosedWords, vocabulary: ObjectVocabulary
) -> List[str]:
    texts = [word for word, _, _ in words]
    named = _named(caption, words, vocabulary)
    tags: List[str] = []
    while len(tags) < len(words):
        position = len(tags)
        quantity = lists.quantity_at(texts, position)
        if quantity:
            tags += [_DETERMINER] * quantity
        elif position in named:
            tags.append(_NOUN)
        else:
            tags.append(_tag(texts, position, tags, named, lists))
    return tags


def _named(caption: str, words: Sequence[Word], vocabulary: ObjectVocabulary) -> FrozenSet[int]:
    """Positions of the words that belong to a name of several words."""
    spans = [p for p in vocabulary.find(caption) if " " in caption[p.start : p.end]]
    return frozenset(
        position
        for position, (_, start, end) in enumerate(words)
        if any(span.start <= start and end <= span.end for span in spans)
    )


def _tag(
    texts: Sequence[str],
    position: int,
    before: Sequence[str],
    named: FrozenSet[int],
    lists: ClosedWords,
) -> str:
    word = texts[position]
    last = before[-1] if before else ""
    if word in lists.nouns:
        return _NOUN
    if word in lists.determiners:
        return _DETERMINER
    if word in lists.numbers:
        return _MODIFIER
    if word in lists.either:
        opens = not before or last in (_DETERMINER, _MODIFIER)
        return _NOUN if opens or texts[position - 1] in lists.prepositions else _BREAK
    if _PARTICIPLE.fullmatch(word):
        after_thing = last == _NOUN or (position > 0 and texts[position - 1] in _TO_BE)
        followed = position + 1 < len(texts) and (
            position + 1 in named or _may_be_named(texts[position + 1], lists)
        )
        return _MODIFIER if followed and not after_thing else _BREAK
    if word in lists.adjectives and not (word in lists.function_words and last == _NOUN):
        return _MODIFIER
    if word in lists.function_words or word in lists.verbs or word in lists.adverbs:
        return _BREAK
    if word.endswith("ly"):
        return _BREAK
    if word.isdigit() or _ADJECTIVE.fullmatch(word):
        return _MODIFIER
    return _NOUN


def _may_be_named(word: str, lists: ClosedWords) -> bool:
    """Whether a word may stand inside a chunk behind its beginning."""
    if word in lists.nouns or word in lists.adjectives or word in lists.either:
        return word not in lists.function_words
    closed = lists.function_words | lists.verbs | lists.determiners | lists.adverbs
    return word not in closed and not word.endswith("ly")
