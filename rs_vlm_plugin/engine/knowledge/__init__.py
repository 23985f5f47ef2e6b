"""The knowledge base: concepts on three levels with their text embeddings, found by similarity.

`entries` says what a concept is, `base` finds the nearest, `knowledge_file` reads and writes a
bundle's file, `own_entries` adds an organisation's.
"""

from .base import KnowledgeBase, UsedEntry
from .entries import LEVELS, KnowledgeEntry, Source
from .knowledge_file import load_knowledge
from .own_entries import OwnKnowledge, add_own_entries

__all__ = [
    "LEVELS",
    "KnowledgeBase",
    "KnowledgeEntry",
    "OwnKnowledge",
    "Source",
    "UsedEntry",
    "add_own_entries",
    "load_knowledge",
]
