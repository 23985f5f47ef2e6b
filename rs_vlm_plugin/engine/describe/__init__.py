"""Describe a region: scene sentence, a line per sub-region, objects named, all with evidence."""

from .describing import describe

__all__ = ["describe"]
