"""The knowledge base: concepts on three levels with their text embeddings, found by similarity.

`entries` says what a concept is, `base` finds the nearest, `caption_memory` chooses a caption by
those of similar images, `knowledge_file` reads and writes a bundle's file, `own_entries` adds an
organisation's.
"""

from .base import KnowledgeBase, UsedEntry
from .caption_memory import CaptionMemory
from .entries import LEVELS, KnowledgeEntry, Source
from .knowledge_file import load_caption_memory, load_knowledge
from .own_entries import OwnKnowledge, add_own_entries, own_entries_in, use_own_entries

__all__ = [
    "LEVELS",
    "CaptionMemory",
    "KnowledgeBase",
    "KnowledgeEntry",
    "OwnKnowledge",
    "Source",
    "UsedEntry",
    "add_own_entries",
    "load_caption_memory",
    "load_knowledge",
    "own_entries_in",
    "use_own_entries",
]
