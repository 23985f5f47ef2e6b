"""What `bundle.json` says of a model that reads images on three levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional, Tuple

from .manifest_fields import Fields, wrong

MOST_TOKENS = 65536


@dataclass(frozen=True)
class LevelSpec:
    """How an image's decoder tokens lie: `whole` (the image, then its coarse cells), `regions`
    (rows, columns), `objects`; the fine map (rows, columns); and how a cosine between a fine cell
    and a phrase becomes a score: `sigmoid(scale * cosine + bias)`, found from `threshold`. `names`
    are the kinds of objects that boxes taught it; it is asked for others as words like them.
    `metres`: whether it learnt from images of known metres per pixel, and may be told them."""

    whole: int
    regions: Tuple[int, int]
    objects: int
    fine: Tuple[int, int]
    scale: float
    bias: float
    threshold: float
    names: Tuple[str, ...] = ()
    metres: bool = False

    @property
    def tokens(self) -> int:
        """Decoder tokens of one image."""
        return self.whole + self.regions[0] * self.regions[1] + self.objects


@dataclass(frozen=True)
class PromptSpec:
    """Tokens that the decoder starts from, by what it shall write; None where it was not taught
    to."""

    scene: int
    region: Optional[int] = None
    objects: Optional[int] = None
    question: Optional[int] = None


@dataclass(frozen=True)
class KnowledgeSpec:
    """The fusion graph, the file of entries, and how many are retrieved for each level."""

    fusion: str
    file: str
    entries: int


@dataclass(frozen=True)
class CaptionMemorySpec:
    """The file of remembered captions, and how one of the decoder's is chosen by them.

    `beams` captions are written and the `neighbours` nearest in the memory asked: one whose image
    side is `1 / sharpness` less like the image than the nearest's counts 1/e as much. `weight` is
    that of the decoder's own opinion, see `knowledge.caption_memory`.
    """

    file: str
    neighbours: int
    weight: float
    sharpness: float
    beams: int


@dataclass(frozen=True)
class AnswerSpec:
    """The answer graph and its closed answers; `temperature` divides the logits, an answer less
    sure than `abstain_below` is held back. Kinds of questions (see `ask.question`) differ in how
    sure one can be: those in `temperature_by_kind` and `abstain_below_by_kind` have values of their
    own. To those in
    `written_by_kind` the decoder's written answer is a second opinion, of that weight beside the
    closed one (see `ask.written`)."""

    file: str
    texts: Tuple[str, ...]
    temperature: float
    abstain_below: float
    abstain_below_by_kind: Mapping[str, float] = field(default_factory=dict)
    written_by_kind: Mapping[str, float] = field(default_factory=dict)
    temperature_by_kind: Mapping[str, float] = field(default_factory=dict)

    def temperature_of(self, kind: str) -> float:
        """What divides the logits of answers to a question of that kind."""
        return self.temperature_by_kind.get(kind, self.temperature)

    def least(self, kind: str) -> float:
        """How sure an answer to a question of that kind must be to be given."""
        return self.abstain_below_by_kind.get(kind, self.abstain_below)


@dataclass(frozen=True)
class DetailSpec:
    """The detail graph; `reads` are the embeddings it takes, "cells" or "regions", and `full` is
    the loss reduction in nats that counts as 1."""

    file: str
    reads: str
    full: float


@dataclass(frozen=True)
class LevelSections:
    """All of it; for a model of the global level only everything is None, but it may remember
    captions."""

    levels: Optional[LevelSpec]
    prompts: PromptSpec
    knowledge: Optional[KnowledgeSpec]
    caption_memory: Optional[CaptionMemorySpec]
    answers: Optional[AnswerSpec]
    detail: Optional[DetailSpec]


def read_levels(top: Fields, bos_id: int) -> LevelSections:
    """Read the sections where they are there. Raises `BundleInvalid` naming a faulty field."""
    return LevelSections(
        _levels(top.section("levels")) if top.has("levels") else None,
        _prompts(top.section("prompts")) if top.has("prompts") else PromptSpec(bos_id),
        _knowledge(top.section("knowledge")) if top.has("knowledge") else None,
        _caption_memory(top.section("caption_memory")) if top.has("caption_memory") else None,
        _answers(top.section("answers")) if top.has("answers") else None,
        _detail(top.section("detail"), top.has("levels")) if top.has("detail") else None,
    )


def _levels(fields: Fields) -> LevelSpec:
    grounding = fields.section("grounding")
    region_rows, region_columns = fields.numbers("regions", 2, 1, 256)
    rows, columns = fields.numbers("fine", 2, 1, 256)
    return LevelSpec(
        whole=fields.integer("whole", 1, MOST_TOKENS),
        regions=(int(region_rows), int(region_columns)),
        objects=fields.integer("objects", 0, MOST_TOKENS),
        fine=(int(rows), int(columns)),
        scale=grounding.number("scale", 1e-3, 1e4),
        bias=grounding.number("bias", -1e3, 1e3),
        threshold=grounding.number("threshold", 0.0, 1.0),
        names=tuple(grounding.texts("names")) if grounding.has("names") else (),
        metres=fields.flag("metres") if fields.has("metres") else False,
    )


def _prompts(fields: Fields) -> PromptSpec:
    def optional(key: str) -> Optional[int]:
        return fields.integer(key, 0, 1_000_000) if fields.has(key) else None

    return PromptSpec(
        fields.integer("scene", 0, 1_000_000),
        optional("region"),
        optional("objects"),
        optional("question"),
    )


def _knowledge(fields: Fields) -> KnowledgeSpec:
    return KnowledgeSpec(
        fusion=fields.file("fusion"),
        file=fields.file("file"),
        entries=fields.integer("entries", 1, 1024),
    )


def _caption_memory(fields: Fields) -> CaptionMemorySpec:
    return CaptionMemorySpec(
        file=fields.file("file"),
        neighbours=fields.integer("neighbours", 1, 1024),
        weight=fields.number("weight", 0.0, 100.0),
        sharpness=fields.number("sharpness", 0.0, 1000.0),
        beams=fields.integer("beams", 1, 32),
    )


def _answers(fields: Fields) -> AnswerSpec:
    texts = tuple(fields.texts("texts"))
    if len(texts) < 2 or not all(texts):
        raise wrong(fields.name("texts"), "a list of at least two answers")
    return AnswerSpec(
        file=fields.file("file"),
        texts=texts,
        temperature=fields.number("temperature", 1e-2, 1e2),
        abstain_below=fields.number("abstain_below", 0.0, 1.0),
        abstain_below_by_kind=fields.numbers_by_name("abstain_below_by_kind", 0.0, 1.0),
        written_by_kind=fields.numbers_by_name("written_by_kind", 0.0, 100.0),
        temperature_by_kind=fields.numbers_by_name("temperature_by_kind", 1e-2, 1e2),
    )


def _detail(fields: Fields, has_levels: bool) -> DetailSpec:
    reads = fields.text("reads")
    if reads not in (("cells", "regions") if has_levels else ("cells",)):
        raise wrong(fields.name("reads"), '"cells", or "regions" in a model of three levels')
    return DetailSpec(fields.file("file"), reads, fields.number("full", 1e-6, 1e3))
