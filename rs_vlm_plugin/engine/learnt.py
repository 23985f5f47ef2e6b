"""Whether a model ever learnt what a thing looks like: a word it can read need not be one."""

from __future__ import annotations

from .model.vlm import VisionLanguageModel
from .phrases import default_vocabulary, plural, spoken_words
from .taught import is_taught

LEAST_IMAGES = 3
"""What the decoder can write includes pieces of misspelt words ("cat") and what was said of one
image or two ("sheep"). Of the bundled model's training images, whatever the bundle remembers of
three was said of eight or more."""


def has_learnt(thing: str, model: VisionLanguageModel) -> bool:
    """Whether boxes or the captions of several training images taught a thing, by this or another
    word for it, or things of the broader kind it is of.

    What counts is the noun: a red lorry is a lorry. A bundle that remembers no captions is taken at
    its decoder's word: learnt is what it can write.
    """
    vocabulary = default_vocabulary()
    words, named = spoken_words(thing), vocabulary.find(thing)
    if not words:
        return False
    if not named or named[-1].end < words[-1][2]:
        return _was_shown(words[-1][0], model)
    name = named[-1].name
    kind = vocabulary.kind_of(name)
    return _was_shown(name, model) or bool(kind and _was_shown(kind, model))


def _was_shown(noun: str, model: VisionLanguageModel) -> bool:
    if is_taught(noun, model):
        return True
    images = model.images_said_to_show(noun, enough=LEAST_IMAGES)
    if images is not None:
        return images >= LEAST_IMAGES
    return any(model.can_write(word) for word in (noun, plural(noun)))
