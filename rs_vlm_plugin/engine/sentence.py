"""Sentences for people that can be said in another language later.

The engine speaks English and knows of no translator. What it says is a `str` like any other that
remembers the template and the values it was made of, so that whoever shows it (QGIS, at the rim)
can say the same in the language of the interface.
"""

from __future__ import annotations

import re
from typing import Mapping

_PLACE = re.compile(r"\{(\w+)\}")


class Sentence(str):
    """An English text; `template` and `values` are what `say` was given."""

    template: str
    values: Mapping[str, object]


def say(template: str, **values: object) -> Sentence:
    """A sentence from a template; a template without values is one as well.

    Args:
        template: English, with `{name}` where a value belongs; a literal, so that
            `scripts/translations.py` finds it.
        values: shown as `str` gives them; a `Sentence` among them is translated too.

    >>> say("{name} has no band {number}.", name="town.tif", number=4)
    'town.tif has no band 4.'
    """
    if isinstance(template, Sentence) and not values:
        return template
    said = Sentence(fill(template, values))
    said.template = str(template)
    said.values = values
    return said


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put values into a template. Places without a value stay as they are: a template may come from
    a translation, or from a file."""
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), template)
