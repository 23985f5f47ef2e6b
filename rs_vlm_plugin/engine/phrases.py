"""Which words of a caption name things to be seen, by a vocabulary kept as data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Collection, Dict, List, Mapping, Optional, Tuple

from ..resource_paths import resource
from .errors import BadRequest

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_FORMAT = "rsvlm-objects"
_HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Phrase:
    """Characters `start:end` of a text that name an object, and the vocabulary's word for it."""

    start: int
    end: int
    name: str


class ObjectVocabulary:
    """Object names with their plurals and synonyms, each a sequence of lower-case words.

    >>> vocabulary = ObjectVocabulary({("storage", "tank"): "storage tank"})
    >>> vocabulary.find("A white storage tank.")
    (Phrase(start=8, end=20, name='storage tank'),)
    """

    def __init__(
        self, forms: Mapping[Tuple[str, ...], str], kinds: Optional[Mapping[str, str]] = None
    ) -> None:
        self._forms = dict(forms)
        self._kinds = dict(kinds or {})
        self._longest = max((len(form) for form in self._forms), default=0)

    @property
    def names(self) -> Tuple[str, ...]:
        """The canonical names, sorted."""
        return tuple(sorted(set(self._forms.values())))

    def wordings(self, name: str) -> Tuple[str, ...]:
        """All forms that mean the object `name`, itself, plurals and synonyms, sorted; none for a
        name that the vocabulary lacks."""
        return tuple(sorted(" ".join(form) for form, own in self._forms.items() if own == name))

    def kind_of(self, name: str) -> str:
        """The name of the broader kind that an object is of: a car is a vehicle; empty for none."""
        return self._kinds.get(name, "")

    def as_one_of(self, name: str, names: Collection[str]) -> str:
        """Which of several names an object goes by: its own, or that of its kind; empty for none.

        >>> vocabulary = ObjectVocabulary({("car",): "car"}, {"car": "vehicle"})
        >>> vocabulary.as_one_of("car", ["ship", "vehicle"])
        'vehicle'
        """
        kind = self.kind_of(name)
        return name if name in names else kind if kind in names else ""

    def find(self, text: str) -> Tuple[Phrase, ...]:
        """The phrases of a text from left to right; of overlapping ones the longest wins."""
        words = spoken_words(text)
        found: List[Phrase] = []
        position = 0
        while position < len(words):
            for length in range(min(self._longest, len(words) - position), 0, -1):
                part = words[position : position + length]
                name = self._forms.get(tuple(word for word, _, _ in part))
                if name is not None:
                    found.append(Phrase(part[0][1], part[-1][2], name))
                    position += length
                    break
            else:
                position += 1
        return tuple(found)


def read_vocabulary(path: Path) -> ObjectVocabulary:
    """Read and check a vocabulary file; `resources/knowledge/objects.json` shows the format.

    Raises:
        BadRequest: unreadable, malformed, or one form given to two names.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadRequest(f"The object vocabulary {path.name} cannot be read ({error}).") from error
    objects = content.get("objects") if isinstance(content, dict) else None
    if not isinstance(objects, list) or content.get("format") != _FORMAT:
        raise BadRequest(f"{path.name} is not an object vocabulary.")
    forms: Dict[Tuple[str, ...], str] = {}
    kinds: Dict[str, str] = {}
    for entry in objects:
        name, spellings = _spellings(entry, path.name)
        if "kind" in entry:
            kinds[name] = entry["kind"]
        for spelling in spellings:
            form = tuple(word.lower() for word in _WORD.findall(spelling))
            if not form or forms.get(form, name) != name:
                raise BadRequest(f"{path.name}: {spelling!r} is empty or names two objects.")
            forms[form] = name
    if not set(kinds.values()) <= set(forms.values()):
        raise BadRequest(f"{path.name}: a kind is none of the objects.")
    return ObjectVocabulary(forms, kinds)


@lru_cache(maxsize=1)
def default_vocabulary() -> ObjectVocabulary:
    """The vocabulary that comes with the plugin."""
    return read_vocabulary(resource("knowledge", "objects.json"))


def spoken_words(text: str) -> List[Tuple[str, int, int]]:
    """The words of a text in lower case with their characters `start, end`; no punctuation.

    >>> spoken_words("A high-rise.")
    [('a', 0, 1), ('high-rise', 2, 11)]
    """
    return [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]


def plural(noun: str) -> str:
    """The regular English plural of a noun's last word.

    >>> plural("bush"), plural("city"), plural("railway")
    ('bushes', 'cities', 'railways')
    """
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_HISSING) else "s")


def _spellings(entry: Any, file_name: str) -> Tuple[str, List[str]]:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise BadRequest(f"{file_name}: every object needs a name.")
    name = entry["name"]
    synonyms = entry.get("synonyms", [])
    if not isinstance(synonyms, list) or not all(isinstance(item, str) for item in synonyms):
        raise BadRequest(f"{file_name}: the synonyms of {name!r} are not a list of words.")
    many = entry["plural"] if "plural" in entry else plural(name)
    if many is not None and not isinstance(many, str):
        raise BadRequest(f"{file_name}: the plural of {name!r} is not a word.")
    spellings = [name, *([many] if many else [])]
    for synonym in synonyms:
        spellings += [synonym, plural(synonym)]
    return name, spellings
