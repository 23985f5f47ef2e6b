"""The corpus of an experiment: which records train, which validate, and its vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..config import DataSettings, ExperimentConfig
from ..model.initialise import text_weights_folder
from ..vocabulary import Vocabulary, build_vocabulary
from .drawn import drawn_records
from .records import ImageText, read_extra_text, read_split, require_files
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
    own, held = read_split(data_dir, name, "train"), read_split(data_dir, name, "val")
    if name in data.holdout_sets:
        return hold_out_blocks([*own, *held], data.holdout_per_class, VALIDATION_SEED)
    return own, held


def load_corpus(config: ExperimentConfig, data_dir: Path) -> Corpus:
    """Read what the experiment asks for. Raises `DataMissing` naming every file that is absent."""
    data = config.data
    if data.synthetic_scenes:
        train, validation = drawn_records(data.synthetic_scenes, config.optimisation.seed)
        extra: list[str] = []
    else:
        splits = [f"{name}/{split}.parquet" for name in data.sets for split in ("train", "val")]
        require_files(data_dir, [*splits, *data.vocabulary_text])
        train, validation = [], {}
        for name in data.sets:
            own, validation[name] = train_and_validation(data, data_dir, name)
            train += own
        extra = read_extra_text(data_dir, data.vocabulary_text)
    folder = text_weights_folder(config.text.weights)
    vocabulary = build_vocabulary(
        folder / "tokenizer.json" if folder else None,
        (caption for record in train for caption in record.captions),
        extra,
        config.text.vocabulary_size,
    )
    return Corpus(train, validation, vocabulary)
