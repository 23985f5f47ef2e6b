"""Results as lines of JSON or as text for a person."""

from __future__ import annotations

import json
import math
from typing import Any, List, Tuple, Union

from ..engine.results import (
    CAPTION_ATTENTION,
    GROUNDING,
    Classification,
    Description,
    RegionText,
)


def json_line(result: Union[Description, Classification]) -> str:
    """The documented JSON object on one line; NaN and infinity, unknown to JSON, become null."""
    return json_text(result.to_json())


def json_text(value: Any) -> str:
    """A value as JSON on one line, as `json_line`."""
    return json.dumps(_strict(value), allow_nan=False)


def as_text(result: Union[Description, Classification]) -> str:
    """A few lines for a person, ending with a blank one."""
    if isinstance(result, Description):
        return _description(result)
    labels = [printable(item.label) for item in result.labels]
    width = max(map(len, labels))
    lines = [printable(result.provenance.raster)]
    lines += [f"  {name:<{width}}  {i.score:6.1%}" for name, i in zip(labels, result.labels)]
    return "\n".join([*lines, *note_lines(result.provenance.notes)]) + "\n"


def _description(result: Description) -> str:
    scene = result.scene
    lines = [
        printable(result.provenance.raster),
        f"  {scene.text} (confidence {scene.confidence:.2f})",
    ]
    if result.regions:
        lines.append("  Parts:")
        lines += [f"    {_region(region)}" for region in result.regions]
    if result.objects:
        for said, method in (
            ("Found", GROUNDING), ("Named, with the places looked at", CAPTION_ATTENTION),
        ):  # fmt: skip
            named = [f"{i.name} ({i.count})" for i in result.objects if i.method == method]
            lines += [f"  {said}: {', '.join(named)}"] if named else []
    return "\n".join([*lines, *note_lines(result.provenance.notes)]) + "\n"


def _region(region: RegionText) -> str:
    return f"{region.place}, {region.share:.0%}: {region.text} ({region.confidence:.2f})"


def note_lines(notes: Tuple[str, ...]) -> List[str]:
    """The notes of a result, for a person."""
    return [f"  Note: {printable(note)}" for note in notes]


def printable(text: str) -> str:
    """Text with control characters spelt out: names from an archive must not steer a terminal."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _strict(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _strict(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_strict(item) for item in value]
    return value
