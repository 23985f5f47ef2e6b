"""The plugin's version, from the one file that states it."""

from __future__ import annotations

import configparser
from functools import lru_cache

from ..resource_paths import metadata_file


@lru_cache(maxsize=1)
def plugin_version() -> str:
    """The version in `metadata.txt`; "unknown" where the engine was copied without that file."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(metadata_file(), encoding="utf-8")
    return parser.get("general", "version", fallback="unknown")
