"""Learnt concepts by name, one JSON file each in the user profile, to be used in any project."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, List

from qgis.core import QgsApplication

from ...engine.errors import OutputNotWritable, RsVlmError

if TYPE_CHECKING:
    from ...engine.search import Concept


def concepts_folder() -> Path:
    """Where concepts are kept; it may not exist yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "rs_vlm" / "concepts"


def saved_concepts() -> List[Concept]:
    """All that can be read, by name; a damaged file is left out."""
    from ...engine.search import read_concept

    found = []
    folder = concepts_folder()
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            found.append(read_concept(path))
        except RsVlmError:
            continue
    return sorted(found, key=lambda concept: concept.name.lower())


def save_concept(concept: Concept) -> Path:
    """Keep a concept; one of the same name is replaced.

    Raises:
        OutputNotWritable: the profile cannot be written to.
    """
    from ...engine.search import write_concept

    path = _path(concept.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            "The concept cannot be kept in {folder}: {reason}.",
            folder=path.parent,
            reason=error.strerror,
        ) from error
    write_concept(concept, path)
    return path


def import_concept(path: Path) -> Concept:
    """Take over a concept from a file.

    Raises:
        ConceptInvalid: the file is no concept.
        OutputNotWritable: the profile cannot be written to.
    """
    from ...engine.search import read_concept

    concept = read_concept(path)
    save_concept(concept)
    return concept


def delete_concept(concept: Concept) -> None:
    """Forget a concept. Raises `OutputNotWritable` where its file cannot be removed."""
    path = _path(concept.name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            "The concept {concept} cannot be removed: {reason}.",
            concept=concept.name,
            reason=error.strerror,
        ) from error


def _path(name: str) -> Path:
    # A name is the user's, or comes from a file of anybody's: it must not choose the path.
    stem = "".join(letter if letter.isalnum() else "_" for letter in name)[:40]
    digest = hashlib.sha256(name.lower().encode("utf-8")).hexdigest()[:10]
    return concepts_folder() / f"{stem}_{digest}.json"
