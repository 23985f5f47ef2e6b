"""Other words for the categories of boxed sets, so that a phrase need not be the label's."""

from __future__ import annotations

from functools import cache

from rs_vlm_plugin.engine.phrases import default_vocabulary

_NARROWER = {
    "plane": {"jet", "jets", "airliner", "airliners"},
    "ship": {"tanker", "tankers", "ferry", "ferries", "freighter", "freighters"},
}
"""Synonyms of the vocabulary that name only some of a category's objects."""


@cache
def wordings(category: str) -> tuple[str, ...]:
    """The category's own name first, then what the object vocabulary calls it."""
    vocabulary = default_vocabulary()
    found = [
        phrase for phrase in vocabulary.find(category) if phrase.end - phrase.start == len(category)
    ]
    if not found:
        return (category,)
    name = found[0].name
    others = set(vocabulary.wordings(name)) - _NARROWER.get(name, set()) - {category}
    return (category, *sorted(others))
