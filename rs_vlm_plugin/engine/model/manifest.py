"""`bundle.json` as typed values; docs/bundle-format.md says what each field means.

Everything read here is untrusted, so each field's type and range is checked and a fault
names the field.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..errors import ActionUnsupported, BundleFormatUnsupported, BundleInvalid

FORMAT = "rsvlm-bundle"
FORMAT_VERSION = 1
ACTIONS = ("describe", "classify", "search", "ask", "find")
MAX_FILE_BYTES = 1 << 30
MAX_TOTAL_BYTES = 2 << 30
REINSTALL = "Install the bundle again, or export it anew with export_onnx.py."
UNTRUSTED = "Do not use this bundle unless you trust where it comes from."

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
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

    `gsd_range_m` is in metres per model pixel; `decoder` is None where the bundle cannot describe.
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
    tokenizer_file: str
    embedding_size: Mapping[str, int]
    logit_scale: float
    caption_temperature: float
    gsd_range_m: Tuple[float, float]
    metrics: Mapping[str, Any]
    training: Mapping[str, Any]
    files: Mapping[str, FileEntry]

    def require(self, action: str) -> None:
        """Raise `ActionUnsupported` unless the bundle can do one of `ACTIONS`."""
        if action not in self.actions:
            raise ActionUnsupported(
                f"The model {self.name} {self.version} cannot {action}.",
                f"It can {_listed(self.actions)}; choose another model.",
            )


def parse_manifest(data: bytes) -> BundleManifest:
    """Check and type the bytes of a `bundle.json`.

    Raises:
        BundleFormatUnsupported: another format version.
        BundleInvalid: something missing, of a wrong type, out of range, or a reference to a file
            that is not listed.
    """
    top = _Fields(_json_object(data), "")
    if top.text("format") != FORMAT:
        raise BundleInvalid("bundle.json does not describe an RS-VLM model bundle.", REINSTALL)
    version = top.integer("format_version", 0, 1_000_000)
    if version != FORMAT_VERSION:
        raise BundleFormatUnsupported(
            f"The model bundle has format version {version}; this plugin reads {FORMAT_VERSION}.",
            "Update the plugin." if version > FORMAT_VERSION else "Export the bundle anew.",
        )
    decoder = _decoder(top.section("decoder")) if top.has("decoder") else None
    actions = _actions(top, decoder)
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
        tokenizer_file=top.section("tokenizer").file("file"),
        embedding_size=_embedding_size(top.section("embedding_size")),
        logit_scale=top.number("logit_scale", 1e-3, 1e4),
        caption_temperature=top.section("calibration").number("caption_temperature", 1e-2, 1e2),
        gsd_range_m=_gsd_range(top),
        metrics=top.mapping("metrics"),
        training=top.mapping("training"),
        files=_files(top.section("files")),
    )
    _check_references(manifest)
    return manifest


def is_file_name(name: str) -> bool:
    """Whether a name may stand in a bundle: plain, without a folder, of harmless characters."""
    return _FILE_NAME.fullmatch(name) is not None and name != "bundle.json"


def _json_object(data: bytes) -> Dict[str, Any]:
    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is not JSON")

    try:
        value = json.loads(data.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise BundleInvalid("bundle.json is not valid JSON.", REINSTALL) from error
    if not isinstance(value, dict):
        raise BundleInvalid("bundle.json does not hold a JSON object.", REINSTALL)
    return value


def _wrong(field: str, expected: str) -> BundleInvalid:
    return BundleInvalid(f"bundle.json: {field} must be {expected}.", REINSTALL)


class _Fields:
    """Typed access to a JSON object whose faults name the full path of the field."""

    def __init__(self, values: Dict[str, Any], path: str) -> None:
        self.values = values
        self.path = path

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def mapping(self, key: str) -> Dict[str, Any]:
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise _wrong(self.name(key), "an object")
        return value

    def section(self, key: str) -> _Fields:
        return _Fields(self.mapping(key), self.name(key))

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value or len(value) > 1000:
            raise _wrong(self.name(key), "a text of at most 1000 characters")
        return value

    def texts(self, key: str) -> List[str]:
        values = self.values.get(key)
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise _wrong(self.name(key), "a list of texts")
        return values

    def file(self, key: str) -> str:
        value = self.text(key)
        if not is_file_name(value):
            raise BundleInvalid(
                f"bundle.json: {self.name(key)} names a file outside the bundle: {value!r}.",
                UNTRUSTED,
            )
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _wrong(self.name(key), f"a whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _wrong(self.name(key), f"a number from {low:g} to {high:g}")
        if not math.isfinite(value) or not low <= value <= high:
            raise _wrong(self.name(key), f"a number from {low:g} to {high:g}")
        return float(value)

    def numbers(self, key: str, count: int, low: float, high: float) -> Tuple[float, ...]:
        values = self.values.get(key)
        if not isinstance(values, list) or len(values) != count:
            raise _wrong(self.name(key), f"a list of {count} numbers")
        items = _Fields({str(index): item for index, item in enumerate(values)}, self.name(key))
        return tuple(items.number(str(index), low, high) for index in range(count))


def _actions(top: _Fields, decoder: Optional[DecoderSpec]) -> Tuple[str, ...]:
    """What the manifest promises; where it says nothing, what its files allow."""
    if not top.has("actions"):
        return ("classify", "search") if decoder is None else ("describe", "classify", "search")
    actions = tuple(top.texts("actions"))
    if not actions or any(action not in ACTIONS for action in actions):
        raise _wrong("actions", f"names of {', '.join(ACTIONS)}")
    if "describe" in actions and decoder is None:
        raise BundleInvalid("The model bundle promises to describe but has no decoder.", REINSTALL)
    return actions


def _listed(actions: Sequence[str]) -> str:
    """Actions in a sentence: a, b and c."""
    *most, last = actions
    return f"{', '.join(most)} and {last}" if most else last


def _vision(fields: _Fields) -> VisionSpec:
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


def _text(fields: _Fields) -> TextSpec:
    prompts = tuple(fields.texts("label_prompts"))
    if not prompts or not all("{label}" in prompt for prompt in prompts):
        raise _wrong(fields.name("label_prompts"), "texts that hold {label}")
    return TextSpec(
        file=fields.file("file"),
        max_tokens=fields.integer("max_tokens", 3, 4096),
        label_prompts=prompts,
    )


def _decoder(fields: _Fields) -> DecoderSpec:
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


def _embedding_size(fields: _Fields) -> Dict[str, int]:
    fields.integer("global", 1, 65536)
    return {key: fields.integer(key, 1, 65536) for key in fields.values}


def _gsd_range(top: _Fields) -> Tuple[float, float]:
    low, high = top.numbers("gsd_range_m", 2, 1e-6, 1e6)
    if low > high:
        raise _wrong("gsd_range_m", "the finer number first")
    return low, high


def _files(fields: _Fields) -> Dict[str, FileEntry]:
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
            raise _wrong(entry.name("digest"), '"sha256:" and 64 lower-case hexadecimal digits')
        size = entry.integer("bytes", 0, MAX_FILE_BYTES)
        total += size
        entries[name] = FileEntry(digest.group(1), size)
    if total > MAX_TOTAL_BYTES:
        raise BundleInvalid(f"The model bundle's files exceed {MAX_TOTAL_BYTES >> 30} GiB.")
    return entries


def _check_references(manifest: BundleManifest) -> None:
    used = [manifest.vision.file, manifest.text.file, manifest.tokenizer_file]
    if manifest.decoder is not None:
        used += [manifest.decoder.prefill, manifest.decoder.step]
    for name in used:
        if name not in manifest.files:
            raise BundleInvalid(f"bundle.json uses {name} without listing its hash.", REINSTALL)
