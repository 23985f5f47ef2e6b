"""What a bundle knows besides its weights, read at first use."""

from __future__ import annotations

from typing import Optional

from ..model.bundle import ModelBundle
from .base import KnowledgeBase
from .caption_memory import CaptionMemory
from .knowledge_file import load_caption_memory, load_knowledge
from .named_things import NamedThings


class BundleKnowledge:
    """The entries that a model retrieves, the captions it remembers, and what these name.

    Args:
        bundle: may lack any of them.
    """

    def __init__(self, bundle: ModelBundle) -> None:
        self._bundle = bundle
        self._base: Optional[KnowledgeBase] = None
        self._memory: Optional[CaptionMemory] = None
        self._named: Optional[NamedThings] = None
        self._named_in_memory: Optional[NamedThings] = None

    @property
    def base(self) -> Optional[KnowledgeBase]:
        """The entries that the model retrieves from; None where it retrieves nothing. Raises
        `BundleInvalid` where they are malformed."""
        if self._base is None and self._bundle.manifest.knowledge is not None:
            self._base = load_knowledge(self._bundle)
        return self._base

    @base.setter
    def base(self, base: KnowledgeBase) -> None:
        self._base = base
        self._named = None

    @property
    def memory(self) -> Optional[CaptionMemory]:
        """The remembered captions; None where there are none. Raises as `base`."""
        if self._memory is None:
            self._memory = load_caption_memory(self._bundle)
        return self._memory

    def images_said_to_show(self, noun: str, enough: int) -> Optional[int]:
        """How many training images captions that the bundle remembers name a noun of: a lower
        bound, see `NamedThings`. None where it remembers no captions.

        Args:
            noun: the object vocabulary's name for a thing, or one that it lacks.
            enough: from so many on the number need not be exact, which saves time.

        Raises:
            BundleInvalid: the knowledge base is malformed.

        Note:
            Some 100 ms at the first call, 200 ms at the first for a thing that is hardly named.
        """
        if self._named is None:
            base = self.base
            self._named = NamedThings(() if base is None else base.entries)
        images = self._named.images(noun)
        if images >= enough:
            return images
        if self._named_in_memory is None:
            memory = self.memory
            self._named_in_memory = NamedThings(() if memory is None else memory.entries)
        if not self._named and not self._named_in_memory:
            return None
        return max(images, self._named_in_memory.images(noun))
