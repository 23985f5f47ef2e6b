"""Search by text and by example over tile indexes: what is meant, where it is, how sure that is."""

from .concept import Concept, learn_concept, read_concept, write_concept
from .hits import Hit, SearchResult
from .query import Query, parse_query
from .searching import find_places, search
from .shown_example import embed_place

__all__ = [
    "Concept",
    "Hit",
    "Query",
    "SearchResult",
    "embed_place",
    "find_places",
    "learn_concept",
    "parse_query",
    "read_concept",
    "search",
    "write_concept",
]
