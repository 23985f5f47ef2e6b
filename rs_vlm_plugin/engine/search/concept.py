"""A learnt concept: a direction in the embedding space, made of words and examples, with a name."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, Optional, Union

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest, ConceptInvalid, IndexOfAnotherModel, OutputNotWritable
from ..index.building import identity
from ..index.records import ModelIdentity
from ..model.vlm import VisionLanguageModel

FORMAT = "rsvlm-concept"
FORMAT_VERSION = 1
# Rocchio's weights as in Manning, Raghavan and Schuetze, Introduction to Information Retrieval,
# 2008, section 9.1.1.
_START, _LIKE, _UNLIKE = 1.0, 0.75, 0.15
_MOST_CHARACTERS = 200
_MOST_BYTES = 4 << 20
_AGAIN = "Save the concept again from examples."


@dataclass(frozen=True)
class Concept:
    """Something to look for that was shown rather than said.

    `vector` [D] has unit length; `text` is the query it started from, empty for none; `likes` and
    `unlikes` say how many examples it was learnt from.
    """

    name: str
    text: str
    vector: NDArray[np.float32]
    model: ModelIdentity
    likes: int
    unlikes: int
    created: str

    def check_model(self, model: VisionLanguageModel) -> None:
        """Raise `IndexOfAnotherModel` unless it was learnt with this model."""
        ours = identity(model)
        if self.model.bundle_sha256 != ours.bundle_sha256:
            raise IndexOfAnotherModel(
                "The concept {name} was learnt with {theirs}, another model than {ours} at hand.",
                "Choose that model, or learn the concept again with this one.",
                name=self.name,
                theirs=self.model.beside(ours),
                ours=ours.beside(self.model),
            )


def learn_concept(
    name: str,
    likes: NDArray[np.float32],
    unlikes: NDArray[np.float32],
    model: VisionLanguageModel,
    start: Optional[NDArray[np.float32]] = None,
    text: str = "",
) -> Concept:
    """A concept from examples: Rocchio's relevance feedback.

    The vector is `start + 0.75 mean(likes) - 0.15 mean(unlikes)`, made unit length (Rocchio,
    Relevance feedback in information retrieval, 1971; the weights are those of Manning et al.).

    Args:
        name: what to call it, 1 to 200 characters.
        likes: `[N, D]` embeddings of tiles that show it.
        unlikes: `[M, D]` embeddings of tiles that do not.
        model: whose embeddings they are.
        start: `[D]`, the query's vector where it began as one.
        text: that query.

    Raises:
        BadRequest: no name, neither start nor likes, or examples that cancel out.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= _MOST_CHARACTERS:
        raise BadRequest(
            "A concept's name has 1 to {most} characters.",
            most=_MOST_CHARACTERS,
        )
    if start is None and not len(likes):
        raise BadRequest("A concept needs a text or an example of what is wanted.")
    who = identity(model)
    total = np.zeros(who.embedding_size)
    if start is not None:
        total += _START * start
    if len(likes):
        total += _LIKE * likes.mean(axis=0)
    if len(unlikes):
        total -= _UNLIKE * unlikes.mean(axis=0)
    length = float(np.linalg.norm(total))
    if not length > 1e-6:
        raise BadRequest("What is wanted and what is not are the same examples.")
    return Concept(
        name=name,
        text=text,
        vector=(total / length).astype(np.float32),
        model=who,
        likes=len(likes),
        unlikes=len(unlikes),
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )


def write_concept(concept: Concept, path: Union[str, Path]) -> None:
    """Save as JSON, whole or not at all. Raises `OutputNotWritable`."""
    path = Path(path)
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": concept.name,
        "text": concept.text,
        "model": concept.model.name,
        "model_version": concept.model.version,
        "bundle": f"sha256:{concept.model.bundle_sha256}",
        "likes": concept.likes,
        "unlikes": concept.unlikes,
        "created": concept.created,
        "vector": [float(value) for value in concept.vector],
    }
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        raise OutputNotWritable(
            "The concept cannot be written to {path}: {reason}.",
            "Choose another folder.",
            path=path,
            reason=error.strerror,
        ) from error


def read_concept(path: Union[str, Path]) -> Concept:
    """Read a saved concept; every field is checked, nothing is executed.

    Raises:
        ConceptInvalid: unreadable, something else, damaged, or of a later format version.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConceptInvalid(
                "{name} is too large for a concept.",
                name=path.name,
            )
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConceptInvalid(
            "{name} cannot be read: {reason}.",
            name=path.name,
            reason=error.strerror,
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConceptInvalid(
            "{name} is not a saved concept.",
            _AGAIN,
            name=path.name,
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ConceptInvalid(
            "{name} is not a saved concept.",
            _AGAIN,
            name=path.name,
        )
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise ConceptInvalid(
            "{name} has format version {version}; this plugin reads {own}.",
            "Update the plugin.",
            name=path.name,
            version=str(version)[:20],
            own=FORMAT_VERSION,
        )
    return _concept(content, path.name)


def _concept(content: Dict[str, Any], file_name: str) -> Concept:
    texts = {}
    for key in ("name", "text", "model", "model_version", "bundle", "created"):
        value = content.get(key)
        if not isinstance(value, str) or len(value) > 10 * _MOST_CHARACTERS:
            raise ConceptInvalid(f"{file_name}: {key} is not a text.", _AGAIN)
        texts[key] = value
    counts = {}
    for key in ("likes", "unlikes"):
        value = content.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ConceptInvalid(f"{file_name}: {key} is not a number of examples.", _AGAIN)
        counts[key] = value
    values = content.get("vector")
    if (
        not isinstance(values, list)
        or not 1 <= len(values) <= 65536
        or not all(
            isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
            for value in values
        )
    ):
        raise ConceptInvalid(f"{file_name}: vector is not a list of numbers.", _AGAIN)
    vector = np.array(values, dtype=np.float64)
    length = float(np.linalg.norm(vector))
    if not (0 < length < math.inf and texts["bundle"].startswith("sha256:")):
        raise ConceptInvalid(f"{file_name} does not hold a vector of a model.", _AGAIN)
    who = ModelIdentity(
        texts["model"], texts["model_version"], texts["bundle"][len("sha256:") :], len(values)
    )
    return Concept(
        name=texts["name"],
        text=texts["text"],
        vector=(vector / length).astype(np.float32),
        model=who,
        likes=counts["likes"],
        unlikes=counts["unlikes"],
        created=texts["created"],
    )
