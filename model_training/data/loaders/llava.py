"""Conversations about images, as LLaVA, RS-GPT4V, GeoChat and others write them.

`[{"id": ..., "image": "a/b.png", "conversations": [{"from": "human", "value": "<image>\\n..."},
{"from": "gpt", "value": "..."}, ...]}, ...]`, or one such object on each line of a `.jsonl` file.
A file often has many entries for one image: they become one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...synthetic import Question
from ..captions import clean_captions
from ..image_text import ImageText
from .fields import mapping, text
from .images import find_image, image_id
from .located_json import json_list
from .malformed import Malformed, Unusable

ASKERS = ("human", "user")
ANSWERERS = ("gpt", "assistant")

TAG = re.compile(r"^\[([\w ]+)\]")
CAPTION_TAGS = ("caption", "captioning", "detailed caption", "img_cap")
PLACE_TAGS = ("refer", "grounding", "identify", "detection", "region_cap", "reg", "vg", "det")
COORDINATES = re.compile(r"\{<.*?>|<box>|<bbox>|<p>|\[\s*-?\d[\d.]*\s*(,\s*-?\d[\d.]*\s*){3,}\]")
HOW_TO_ANSWER = re.compile(
    r"\s*(please )?(answer|reply|respond|provide|give)\b[^.?!]*\b"
    r"(single word|one word|word or phrase|short phrase|short answer|yes or no)\b[^.?!]*[.!]?\s*$",
    re.IGNORECASE,
)
ASKS_FOR_CAPTION = re.compile(
    r"\b(describe|description|caption|captions|depict|depicts|summari[sz]e|summary)\b"
    r"|\bwhat (can you see|do you see|is shown|does (this|the) (image|picture|photo) show)\b",
    re.IGNORECASE,
)
KINDS = (
    ("count", re.compile(r"\b(how many|number of|count)\b", re.IGNORECASE)),
    ("location", re.compile(r"\b(where|location|position|which (side|part|corner))\b", re.I)),
    ("theme", re.compile(r"\b(theme|category|class|type of scene|scene type|land use)\b", re.I)),
)


@dataclass
class _Gathered:
    """What the entries of one image say together, each thing once and in order."""

    file: Path
    captions: dict[str, None] = field(default_factory=dict)
    questions: dict[Question, None] = field(default_factory=dict)


def load_llava(path: Path, images: Path, malformed: Malformed) -> Iterator[ImageText]:
    """Every image that a usable entry speaks of, in the order of the first."""
    gathered: dict[str, _Gathered] = {}
    entries = malformed.usable(
        json_list(path, malformed), lambda value: _entry(images, mapping(value))
    )
    for name, file, captions, questions in entries:
        known = gathered.setdefault(name, _Gathered(file))
        known.captions.update(dict.fromkeys(captions))
        known.questions.update(dict.fromkeys(questions))
    for name, known in gathered.items():
        yield ImageText(
            image_id(path, name),
            "",
            tuple(known.captions),
            b"",
            questions=tuple(known.questions),
            file=known.file,
        )


def _entry(images: Path, entry: dict[str, Any]) -> tuple[str, Path, list[str], list[Question]]:
    turns = entry.get("conversations")
    if not isinstance(turns, list) or len(turns) < 2:
        raise Unusable("it has no conversations")
    said = [_turn(turn) for turn in turns]
    said = said[1:] if said[0][0] == "system" else said
    if len(said) % 2 or any(
        asker not in ASKERS or answerer not in ANSWERERS
        for (asker, _), (answerer, _) in zip(said[::2], said[1::2])
    ):
        raise Unusable("its conversation does not go human, gpt, human, gpt")
    captions: list[str] = []
    questions: list[Question] = []
    for (_, prompt), (_, answer) in zip(said[::2], said[1::2]):
        asked = turn_question(prompt, answer)
        if asked is None:
            continue
        if asked.kind == "caption":
            captions.append(asked.answer)
        else:
            questions.append(asked)
    file, _ = find_image(images, entry.get("image"))
    return entry["image"], file, clean_captions(captions), questions


def _turn(turn: Any) -> tuple[str, str]:
    spoken = mapping(turn)
    return text(spoken, "from").lower(), text(spoken, "value")


def turn_question(prompt: str, answer: str) -> Question | None:
    """What one pair of turns teaches: kind "caption", a kind of question, or nothing.

    The prompt loses `<image>`, its task tag (`[vqa]`) and its advice how to answer ("Answer with a
    single word."). In this order:

    1. a tag of grounding, or coordinates in prompt or answer: nothing, for they are text in each
       model's own frame;
    2. a tag of captioning, or a prompt that asks to describe, summarise or caption: a caption;
    3. anything else: a question, of kind presence (answered with yes or no), count, location,
       theme or other, by its words.
    """
    plain = prompt.replace("<image>", " ").strip()
    match = TAG.match(plain)
    tag = match.group(1).lower() if match else ""
    plain = HOW_TO_ANSWER.sub("", plain[match.end() :] if match else plain).strip()
    answer = re.sub(r"\s+", " ", answer).strip()
    if tag in PLACE_TAGS or COORDINATES.search(plain) or COORDINATES.search(answer):
        return None
    if tag in CAPTION_TAGS or (tag != "vqa" and ASKS_FOR_CAPTION.search(plain)):
        return Question(plain, answer, "caption")
    if not plain:
        return None
    return Question(plain, answer, _kind(plain, answer))


def _kind(question: str, answer: str) -> str:
    if re.match(r"(yes|no)\b", answer, re.IGNORECASE):
        return "presence"
    return next((kind for kind, words in KINDS if words.search(question)), "other")
