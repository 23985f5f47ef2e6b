"""What a question asks for, read by fixed rules: no language model, English only.

The rules, in this order; the first that fits decides:

1. area, length: "how large|big|wide|long is ...", "what is the area|size|length of ...", "what area
   does ... cover".
2. comparison: "more|fewer|less X than Y".
3. count: "how many ...", "what is the number of ...", "count ...".
4. location: "where ...", "what is the location|position of ...".
5. rural or urban: names both words, or begins "is it|this (a) rural|urban".
6. theme: "theme", "what kind|type of scene|place|area", "what does this show".
7. land cover: "land cover", "land use", "what covers".
8. presence: "is|are there ...", "does|do ... contain|show|have|include ...", "can|do you see ...",
   unless an amount is asked about ("are there more than three ...").

What is asked about are the noun chunks that follow (see `noun_chunks`), without articles, amounts
and words for the picture itself ("image", "region", "here"). A rule that needs a thing and finds
none does not fit, nor one that would answer another question than was asked: of the smallest of
several, of two things at once ("a bridge or a ship"), or whether a number is less than another.
Everything else is a question of no known kind, which nobody answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Tuple

from ..errors import BadRequest
from ..noun_chunks import closed_words, noun_chunks
from ..phrases import default_vocabulary, plural, spoken_words
from ..search.query import MOST_CHARACTERS

PRESENCE, COUNT, COMPARISON, LOCATION = "presence", "count", "comparison", "location"
AREA, LENGTH = "area", "length"
THEME, LAND_COVER, RURAL_URBAN = "theme", "land cover", "rural or urban"
UNKNOWN = "unknown"

_SIZE = (
    r"how (?:large|big|extensive|wide)\b|\b(?:area|size|extent) of\b|what area\b|how much area\b"
)
_RULES: Tuple[Tuple[str, re.Pattern[str], int], ...] = tuple(
    (kind, re.compile(pattern), things)
    for kind, pattern, things in (
        (AREA, _SIZE, 1),
        (LENGTH, r"how long\b|\blength of\b", 1),
        (COMPARISON, r"\b(?:more|fewer|less)\b.*\bthan\b", 2),
        (COUNT, r"how many\b|\bnumber of\b|^count\b", 1),
        (LOCATION, r"^where\b|\b(?:location|position) of\b|^in which (?:part|corner)\b", 1),
        (RURAL_URBAN, r"\brural\b.*\burban\b|\burban\b.*\brural\b|^is (?:it|this)\b.*"
                      r"\b(?:rural|urban)\b", 0),
        (THEME, r"\btheme\b|what (?:kind|type|sort) of (?:scene|place|area)\b|"
                r"what (?:does|do) .*\bshow\b|what is (?:this|shown)\b", 0),
        (LAND_COVER, r"\bland[ -]?(?:cover|use)\b|what covers\b", 0),
        (PRESENCE, r"^(?:is|are|was|were) there\b|^(?:does|do)\b.*\b(?:contain|show|have|has|"
                   r"include|hold)\b|^(?:can|do) (?:you|i|we|one) see\b|^(?:any|has|have)\b", 1),
    )
)  # fmt: skip
_NOT_MORE = re.compile(r"\bmore than\b|\bfewer than\b|\bless than\b")
_AMOUNT_ASKED = re.compile(r"\b(?:more|fewer|less|most|only|exactly|at least|many|few|no|\d+)\b")
_YES_OR_NO = re.compile(r"^(?:is|are|was|were|do|does|did)\b")
_JOINED = re.compile(r"\b(?:and|or)\b|&")
_FEWER = re.compile(r"\b(?:fewer|less)\b")
_PICTURE_WORDS = (
    "picture image photo photograph scene map region area view layer raster tile here there "
    "location position theme number size extent length how what where which count total"
)
_PICTURE = frozenset(_PICTURE_WORDS.split())
_AMOUNTS = frozenset(("more", "fewer", "less", "most"))
# What an area and a length are taken of anyway.
_GRANTED = {
    AREA: re.compile(r"\b(?:total|whole|entire|overall|combined)\b"),
    LENGTH: re.compile(r"\blongest\b"),
}
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:(?:small|larg|bigg|long|short|wid|narrow|great|tini|high|tall)est|average|mean)\b"
)
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Question:
    """A question read: `kind` is one of this module's names, `things` what it asks about, in order.

    Of a comparison `fewer` says that it asks whether the first is fewer.
    """

    text: str
    kind: str
    things: Tuple[str, ...] = ()
    fewer: bool = False


def read_question(text: str) -> Question:
    """Read a question.

    >>> read_question("How many red cars are in the picture?").things
    ('red car',)
    >>> read_question("Are there fewer ships than planes?").things
    ('ship', 'plane')

    Raises:
        BadRequest: empty, without a word, or too long.
    """
    text = " ".join(text.split())
    if not _WORD.search(text):
        fault = "holds no word" if text.strip("?!. ") else "is empty"
        raise BadRequest(f"The question {fault}.", "Type one, like: how many planes are there?")
    if len(text) > MOST_CHARACTERS:
        raise BadRequest(
            "The question is {length} characters long; at most {most} are read.",
            "Ask in a sentence.",
            length=f"{len(text):,}",
            most=f"{MOST_CHARACTERS:,}",
        )
    plain = text.lower().rstrip("?!. ")
    for kind, pattern, wanted in _RULES:
        match = pattern.search(plain)
        if match is None or (kind == COMPARISON and _NOT_MORE.search(plain)):
            continue
        if kind == PRESENCE and _asks_amount(plain):
            continue
        if kind == COUNT and _YES_OR_NO.match(plain):
            continue
        about = _GRANTED[kind].sub(" ", text.lower()) if kind in _GRANTED else text
        if kind in _GRANTED and _ONE_OF_SEVERAL.search(about):
            continue
        things, joined = _things(about) if wanted else ([], False)
        if len(things) < wanted or (joined and wanted == 1):
            continue
        fewer = kind == COMPARISON and _FEWER.search(plain) is not None
        return Question(text, kind, tuple(things[:wanted]), fewer)
    return Question(text, UNKNOWN)


def _asks_amount(plain: str) -> bool:
    numbers = closed_words().numbers
    spoken = {word for word, _, _ in spoken_words(plain)}
    return bool(spoken & numbers) or _AMOUNT_ASKED.search(plain) is not None


def _things(text: str) -> Tuple[List[str], bool]:
    """Noun chunks without their determiners, and without those that only name the picture; and
    whether "and" or "or" joins the first two."""
    things: List[str] = []
    ends: List[int] = []
    joined = False
    for start, end in noun_chunks(text):
        words = _without_lead(text[start:end])
        thing = " ".join(words)
        if thing and thing not in _PICTURE:
            if len(things) == 1:
                joined = _JOINED.search(text[ends[0] : start].lower()) is not None
            things.append(_singular(thing))
            ends.append(end)
    return things, joined


def _without_lead(chunk: str) -> List[str]:
    lists = closed_words()
    words = [word for word, _, _ in spoken_words(chunk)]
    position = 0
    while position < len(words):
        quantity = lists.quantity_at(words, position)
        word = words[position]
        if quantity:
            position += quantity
        elif word in lists.determiners or word in _AMOUNTS or word in _PICTURE:
            position += 1
        else:
            break
    return words[position:]


def _singular(thing: str) -> str:
    """A thing the vocabulary knows as one of its kind, as boxes are labelled; others as they are.

    >>> _singular("red cars"), _singular("houses"), _singular("gizmos")
    ('red car', 'house', 'gizmos')
    """
    vocabulary = default_vocabulary()
    for phrase in vocabulary.find(thing):
        many = thing[phrase.start : phrase.end]
        if phrase.end == len(thing):
            for wording in vocabulary.wordings(phrase.name):
                if plural(wording) == many:
                    return thing[: phrase.start] + wording
    return thing
