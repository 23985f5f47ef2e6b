"""Compare two images of a place: what each shows, what was gained and lost, and where."""

from .comparing import compare
from .results import Change, Comparison

__all__ = ["Change", "Comparison", "compare"]
