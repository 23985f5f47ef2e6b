"""`bundle.json` as typed values; docs/bundle-format.md says what each field means.

Everything read here is untrusted, so each field's type and range is checked and a fault
names the field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple

from ..errors import ActionUnsupported, BundleFormatUnsupported, BundleInvalid
from ..sentence import Sentence, say
from .level_spec import (
    AnswerSpec,
    CaptionMemorySpec,
    DetailSpec,
    KnowledgeSpec,
    LevelSpec,
    PromptSpec,
    read_levels,
)
from .manifest_fields import REINSTALL, UNTRUSTED, Fields, is_file_name, json_object, wrong
from .relevance_spec import RelevanceSpec, read_relevance

FORMAT = "rsvlm-bundle"
FORMAT_VERSION = 1
ACTIONS = ("describe", "classify", "search", "ask", "find")
_VERBS = {
    "describe": say("describe"),
    "classify": say("classify"),
    "search": say("search"),
    "ask": say("ask"),
    "find": say("find"),
}
MAX_FILE_BYTES = 1 << 30
MAX_TOTAL_BYTES = 2 << 30

# Written as in OCI descriptors. Bare hexadecimal would pass for a leaked key with secret scanners,
# the plugin repository's among them.
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class FileEntry:
    """What a file of the bundle must be: its SHA-256 in lower-case hex and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class VisionSpec:
    """The vision graph: square input in pixels, RGB statistics on 0..255, cells (rows, columns)."""

    file: str
    input_size: int
    mean: Tuple[float, float, float]
    std: Tuple[float, float, float]
    cells: Tuple[int, int]


@dataclass(frozen=True)
class TextSpec:
    """The text graph; each of `label_prompts` holds the placeholder `{label}` once or more."""

    file: str
    max_tokens: int
    label_prompts: Tuple[str, ...]


@dataclass(frozen=True)
class DecoderSpec:
    """The caption decoder: two graphs, the shape of its cache and how it is searched."""

    prefill: str
    step: str
    vocabulary_size: int
    layers: int
    heads: int
    head_size: int
    bos_id: int
    eos_id: int
    pad_id: int
    max_tokens: int
    beam_size: int
    length_penalty: float


@dataclass(frozen=True)
class BundleManifest:
    """All of `bundle.json`.

    `gsd_range_m` is in metres per model pixel; `decoder` is None where the bundle cannot describe,
    `levels` where the model knows the global level only, `knowledge`, `caption_memory` and
    `answers` where it retrieves nothing, remembers no captions and answers no questions.
    """

    name: str
    version: str
    licence: str
    created: str
    actions: Tuple[str, ...]
    opset: int
    vision: VisionSpec
    text: TextSpec
    decoder: Optional[DecoderSpec]
    levels: Optional[LevelSpec]
    prompts: PromptSpec
    knowledge: Optional[KnowledgeSpec]
    caption_memory: Optional[CaptionMemorySpec]
    answers: Optional[AnswerSpec]
    detail: Optional[DetailSpec]
    tokenizer_file: str
    embedding_size: Mapping[str, int]
    logit_scale: float
    caption_temperature: float
    relevance: RelevanceSpec
    gsd_range_m: Tuple[float, float]
    metrics: Mapping[str, Any]
    training: Mapping[str, Any]
    files: Mapping[str, FileEntry]

    def require(self, action: str) -> None:
        """Raise `ActionUnsupported` unless the bundle can do one of `ACTIONS`."""
        if action not in self.actions:
            raise ActionUnsupported(
                "The model {name} {version} cannot {action}.",
                "It can {actions}; choose another model.",
                name=self.name,
                version=self.version,
                action=_VERBS[action],
                actions=listed_actions(self.actions),
            )


def parse_manifest(data: bytes) -> BundleManifest:
    """Check and type the bytes of a `bundle.json`.

    Raises:
        BundleFormatUnsupported: another format version.
        BundleInvalid: something missing, of a wrong type, out of range, or a reference to a file
            that is not listed.
    """
    top = Fields(json_object(data), "")
    if top.text("format") != FORMAT:
        raise BundleInvalid("bundle.json does not describe an RS-VLM model bundle.", REINSTALL)
    version = top.integer("format_version", 0, 1_000_000)
    if version != FORMAT_VERSION:
        raise BundleFormatUnsupported(
            "The model bundle has format version {version}; this plugin reads {own}.",
            "Update the plugin." if version > FORMAT_VERSION else "Export the bundle anew.",
            version=version,
            own=FORMAT_VERSION,
        )
    decoder = _decoder(top.section("decoder")) if top.has("decoder") else None
    levels = read_levels(top, decoder.bos_id if decoder is not None else 0)
    actions = _actions(top, decoder)
    for action, part in (("find", levels.levels), ("ask", levels.answers)):
        if action in actions and part is None:
            raise BundleInvalid(f"The model bundle promises to {action} but cannot.", REINSTALL)
    if levels.caption_memory is not None and decoder is None:
        raise BundleInvalid("The model bundle remembers captions but has no decoder.", REINSTALL)
    calibration = top.section("calibration")
    manifest = BundleManifest(
        name=top.text("name"),
        version=top.text("version"),
        licence=top.text("licence"),
        created=top.text("created"),
        actions=actions,
        opset=top.integer("opset", 1, 100),
        vision=_vision(top.section("vision")),
        text=_text(top.section("text")),
        decoder=decoder,
        levels=levels.levels,
        prompts=levels.prompts,
        knowledge=levels.knowledge,
        caption_memory=levels.caption_memory,
        answers=levels.answers,
        detail=levels.detail,
        tokenizer_file=top.section("tokenizer").file("file"),
        embedding_size=_embedding_size(top.section("embedding_size")),
        logit_scale=top.number("logit_scale", 1e-3, 1e4),
        caption_temperature=calibration.number("caption_temperature", 1e-2, 1e2),
        relevance=read_relevance(calibration),
        gsd_range_m=_gsd_range(top),
        metrics=top.mapping("metrics"),
        training=top.mapping("training"),
        files=_files(top.section("files")),
    )
    _check_written(manifest)
    _check_references(manifest)
    return manifest


def _actions(top: Fields, decoder: Optional[DecoderSpec]) -> Tuple[str, ...]:
    """What the manifest promises; where it says nothing, what its files allow."""
    if not top.has("actions"):
        return ("classify", "search") if decoder is None else ("describe", "classify", "search")
    actions = tuple(top.texts("actions"))
    if not actions or any(action not in ACTIONS for action in actions):
        raise wrong("actions", f"names of {', '.join(ACTIONS)}")
    if "describe" in actions and decoder is None:
        raise BundleInvalid("The model bundle promises to describe but has no decoder.", REINSTALL)
    return actions


def listed_actions(actions: Sequence[str]) -> Sentence:
    """One action or more as verbs in a sentence: a, b and c."""
    *most, last = (_VERBS[action] for action in actions)
    if not most:
        return last
    listed = most[0]
    for verb in most[1:]:
        listed = say("{verbs}, {verb}", verbs=listed, verb=verb)
    return say("{verbs} and {verb}", verbs=listed, verb=last)


def _vision(fields: Fields) -> VisionSpec:
    mean = fields.numbers("mean", 3, -1e4, 1e4)
    std = fields.numbers("std", 3, 1e-6, 1e4)
    rows, columns = fields.numbers("cells", 2, 1, 256)
    return VisionSpec(
        file=fields.file("file"),
        input_size=fields.integer("input_size", 8, 4096),
        mean=(mean[0], mean[1], mean[2]),
        std=(std[0], std[1], std[2]),
        cells=(int(rows), int(columns)),
    )


def _text(fields: Fields) -> TextSpec:
    prompts = tuple(fields.texts("label_prompts"))
    if not prompts or not all("{label}" in prompt for prompt in prompts):
        raise wrong(fields.name("label_prompts"), "texts that hold {label}")
    return TextSpec(
        file=fields.file("file"),
        max_tokens=fields.integer("max_tokens", 3, 4096),
        label_prompts=prompts,
    )


def _decoder(fields: Fields) -> DecoderSpec:
    vocabulary_size = fields.integer("vocabulary_size", 2, 1_000_000)
    return DecoderSpec(
        prefill=fields.file("prefill"),
        step=fields.file("step"),
        vocabulary_size=vocabulary_size,
        layers=fields.integer("layers", 1, 256),
        heads=fields.integer("heads", 1, 256),
        head_size=fields.integer("head_size", 1, 4096),
        bos_id=fields.integer("bos_id", 0, vocabulary_size - 1),
        eos_id=fields.integer("eos_id", 0, vocabulary_size - 1),
        pad_id=fields.integer("pad_id", 0, vocabulary_size - 1),
        max_tokens=fields.integer("max_tokens", 1, 1024),
        beam_size=fields.integer("beam_size", 1, 32),
        length_penalty=fields.number("length_penalty", 0.0, 10.0),
    )


def _embedding_size(fields: Fields) -> Dict[str, int]:
    fields.integer("global", 1, 65536)
    return {key: fields.integer(key, 1, 65536) for key in fields.values}


def _gsd_range(top: Fields) -> Tuple[float, float]:
    low, high = top.numbers("gsd_range_m", 2, 1e-6, 1e6)
    if low > high:
        raise wrong("gsd_range_m", "the finer number first")
    return low, high


def _files(fields: Fields) -> Dict[str, FileEntry]:
    entries: Dict[str, FileEntry] = {}
    total = 0
    for name in fields.values:
        if not is_file_name(name):
            raise BundleInvalid(
                f"bundle.json lists a file outside the bundle: {name!r}.",
                UNTRUSTED,
            )
        entry = fields.section(name)
        digest = _DIGEST.fullmatch(entry.text("digest"))
        if digest is None:
            raise wrong(entry.name("digest"), '"sha256:" and 64 lower-case hexadecimal digits')
        size = entry.integer("bytes", 0, MAX_FILE_BYTES)
        total += size
        entries[name] = FileEntry(digest.group(1), size)
    if total > MAX_TOTAL_BYTES:
        raise BundleInvalid(f"The model bundle's files exceed {MAX_TOTAL_BYTES >> 30} GiB.")
    return entries


def _check_written(manifest: BundleManifest) -> None:
    answers = manifest.answers
    if answers is None or not answers.written_by_kind:
        return
    if manifest.decoder is None or manifest.prompts.question is None:
        raise BundleInvalid(
            "bundle.json gives written answers a weight, but the decoder writes none.", REINSTALL
        )


def _check_references(manifest: BundleManifest) -> None:
    used = [manifest.vision.file, manifest.text.file, manifest.tokenizer_file]
    if manifest.decoder is not None:
        used += [manifest.decoder.prefill, manifest.decoder.step]
    if manifest.knowledge is not None:
        used += [manifest.knowledge.fusion, manifest.knowledge.file]
    if manifest.caption_memory is not None:
        used.append(manifest.caption_memory.file)
    if manifest.answers is not None:
        used.append(manifest.answers.file)
    if manifest.detail is not None:
        used.append(manifest.detail.file)
    for name in used:
        if name not in manifest.files:
            raise BundleInvalid(f"bundle.json uses {name} without listing its hash.", REINSTALL)
