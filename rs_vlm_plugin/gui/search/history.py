"""What was searched for before, newest first."""

from __future__ import annotations

from ..history import History

_SEARCHES = History("search_history")

past_queries = _SEARCHES.past
remember_query = _SEARCHES.remember
forget_queries = _SEARCHES.forget
