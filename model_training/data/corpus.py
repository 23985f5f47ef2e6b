"""The corpus of an experiment: which records train, which validate, and its vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..config import ConfigError, DataSettings, ExperimentConfig
from ..model.initialise import text_weights_folder
from ..vocabulary import Vocabulary, build_vocabulary
from .drawn import drawn_records
from .records import (
    ON_MALFORMED,
    ImageText,
    parse_source,
    read_extra_text,
    read_split,
    require_files,
)
from .splits import hold_out_blocks

VALIDATION_SEED = 7
"""Fixed, so that runs with different seeds are chosen on the same images."""


@dataclass(frozen=True)
class Corpus:
    """`validation` maps a set's name to its records; test files are never opened here."""

    train: list[ImageText]
    validation: dict[str, list[ImageText]]
    vocabulary: Vocabulary

    @property
    def scenes(self) -> tuple[str, ...]:
        """Scene classes of the training images, sorted; sets that use the same word share it."""
        return tuple(sorted({record.scene for record in self.train} - {""}))


def train_and_validation(
    data: DataSettings, data_dir: Path, name: str
) -> tuple[list[ImageText], list[ImageText]]:
    """One set's training and validation records, as the experiment cuts them."""
    own, held = (read_split(data_dir, name, split, data.on_malformed) for split in ("train", "val"))
    if name in data.holdout_sets:
        return hold_out_blocks([*own, *held], data.holdout_per_class, VALIDATION_SEED)
    return own, held


def needed_files(names: Iterable[str], splits: Iterable[str]) -> list[str]:
    """The files of those splits that the sets have, relative to the data folder or absolute."""
    sources = [parse_source(name) for name in names]
    files = (s.file_name(split) for s in sources for split in splits if s.has(split))
    return list(dict.fromkeys(files))


def load_corpus(config: ExperimentConfig, data_dir: Path) -> Corpus:
    """Read what the experiment asks for. Raises `DataMissing` naming every file that is absent."""
    data = config.data
    if data.synthetic_scenes:
        train, validation = drawn_records(data.synthetic_scenes, config.optimisation.seed)
        extra: list[str] = []
    else:
        if data.on_malformed not in ON_MALFORMED:
            raise ConfigError(f"data.on_malformed can be {' or '.join(ON_MALFORMED)}.")
        splits = needed_files(data.sets, ("train", "val"))
        require_files(data_dir, [*splits, *data.vocabulary_text])
        train, validation = [], {}
        for name in data.sets:
            own, held = train_and_validation(data, data_dir, name)
            if held:
                validation[name] = held
            train += own
        if not train or not validation:
            raise ConfigError(
                f"No images to {'validate' if train else 'train'} on in {', '.join(data.sets)}; "
                "name a set with a val split, or cut one from its training images with "
                "data.holdout_sets."
            )
        extra = read_extra_text(data_dir, data.vocabulary_text)
    folder = text_weights_folder(config.text.weights)
    vocabulary = build_vocabulary(
        folder / "tokenizer.json" if folder else None,
        (caption for record in train for caption in record.captions),
        extra,
        config.text.vocabulary_size,
    )
    return Corpus(train, validation, vocabulary)
