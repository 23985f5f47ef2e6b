"""Find: phrases become scored polygons, one for each object, on a region of any size."""

from .finding import find
from .results import FindResult, ObjectFound

__all__ = ["FindResult", "ObjectFound", "find"]
