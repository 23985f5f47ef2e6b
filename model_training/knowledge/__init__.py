"""Makes the knowledge base: entries from taxonomies and training captions, embedded for a bundle.

The format, retrieval and a user's own entries are the engine's (`rs_vlm_plugin.engine.knowledge`).
"""

from .building import BuiltKnowledge, KnowledgeCounts, build_entries

__all__ = ["BuiltKnowledge", "KnowledgeCounts", "build_entries"]
