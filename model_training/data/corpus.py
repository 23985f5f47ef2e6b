"""The corpus of an experiment: which records train, which validate, and its vocabulary."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..config import AnswerSettings, ConfigError, DataSettings, ExperimentConfig
from ..knowledge.concepts import known_texts
from ..model.initialise import text_weights_folder
from ..synthetic.wording import plural
from ..vocabulary import Vocabulary, build_vocabulary
from .answer_targets import closed_answer
from .drawn import drawn_records
from .records import (
    ON_MALFORMED,
    ImageText,
    parse_source,
    read_all,
    read_extra_text,
    read_split,
    require_files,
)
from .splits import drawn_share, hold_out_blocks

LARGEST_COUNT = 30
"""Counts up to this are closed answers even where training has fewer examples: crops have them."""

VALIDATION_SEED = 7
"""Fixed, so that runs with different seeds are chosen on the same images."""

SHARE_SEED = 11
"""Fixed as well: runs on the same share of the data have the same images."""


@dataclass(frozen=True)
class Corpus:
    """`validation` maps a set's name to its records; test files are never opened here.

    `boxed` are training images read for their boxes, `answers` the closed answers, the most
    frequent first. `again` are rows of `train` that an epoch sees once more, each as often as it is
    listed.
    """

    train: list[ImageText]
    validation: dict[str, list[ImageText]]
    vocabulary: Vocabulary
    boxed: list[ImageText] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    again: tuple[int, ...] = ()

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


def at_scale(records: list[ImageText], data: DataSettings, name: str) -> list[ImageText]:
    """A set's images with the ground sample distance that the experiment gives the set; those that
    have one of their own keep it. Raises `ConfigError` where it is no positive number."""
    metres = data.metres_per_pixel.get(name)
    if metres is None:
        return records
    if not isinstance(metres, (int, float)) or not 0 < metres < math.inf:
        raise ConfigError(f"data.metres_per_pixel of {name} is no positive number of metres.")
    return [record if record.metres else replace(record, metres=metres) for record in records]


def boxed_validation(data: DataSettings, data_dir: Path) -> list[ImageText]:
    """Validation images of the sets that are read for their boxes; none for sets without."""
    sources = [parse_source(name) for name in data.boxed_sets]
    return [
        record
        for name, source in zip(data.boxed_sets, sources, strict=True)
        if source.has("val") and (data_dir / source.file_name("val")).is_file()
        for record in read_split(data_dir, name, "val", data.on_malformed)
    ]


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
        boxed = train if data.boxed_sets else []
        extra: list[str] = []
        again: list[int] = []
    else:
        _check(data)
        splits = needed_files(data.sets, ("train", "val"))
        splits += needed_files(data.boxed_sets, ("train",))
        require_files(data_dir, [*splits, *data.vocabulary_text])
        boxed = [
            record
            for name in data.boxed_sets
            for record in at_scale(read_all(data_dir, name, "train", data.on_malformed), data, name)
        ]
        train, validation, again = [], {}, []
        for name in data.sets:
            own, held = train_and_validation(data, data_dir, name)
            own = at_scale(drawn_share(own, data.train_share, SHARE_SEED), data, name)
            if not own and not held:
                raise ConfigError(
                    f"No image of {name} has a caption. data.sets are learnt by their captions; a "
                    "set with boxes belongs into data.boxed_sets."
                )
            if held:
                validation[name] = held
            again += [*range(len(train), len(train) + len(own))] * (data.visits.get(name, 1) - 1)
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
        _written(config, train, boxed),
        [*extra, *known_texts()],
        config.text.vocabulary_size,
    )
    answers = _closed_answers([*train, *boxed], config.answers) if config.answers.enabled else ()
    return Corpus(train, validation, vocabulary, boxed, answers, tuple(again))


def _check(data: DataSettings) -> None:
    """Raise `ConfigError` where a setting cannot be meant."""
    if data.on_malformed not in ON_MALFORMED:
        raise ConfigError(f"data.on_malformed can be {' or '.join(ON_MALFORMED)}.")
    if not 0 < data.train_share <= 1:
        raise ConfigError("data.train_share is a share of the images, above 0 and at most 1.")
    for name in data.metres_per_pixel:
        if name not in (*data.sets, *data.boxed_sets):
            raise ConfigError(f"data.metres_per_pixel names {name}, which is no set here.")
    for name, times in data.visits.items():
        if name not in data.sets or not isinstance(times, int) or times < 1:
            raise ConfigError(
                f"data.visits of {name}: only sets in data.sets are seen again, a whole number "
                "of times."
            )


def _written(
    config: ExperimentConfig, train: Sequence[ImageText], boxed: Sequence[ImageText]
) -> Iterable[str]:
    """Every text that the decoder must be able to read or write."""
    for record in train:
        yield from record.captions
    for category in {box.category for record in boxed for box in record.boxes}:
        yield from (category, plural(category))
    if boxed:
        yield "nothing , " + " ".join(map(str, range(LARGEST_COUNT + 1)))
    if config.answers.enabled:
        for record in [*train, *boxed]:
            for question in record.questions:
                yield from (question.question, closed_answer(question))


def _closed_answers(records: Sequence[ImageText], settings: AnswerSettings) -> tuple[str, ...]:
    """Answers of the training questions and every small count, the most frequent first."""
    counts = Counter(closed_answer(q) for record in records for q in record.questions)
    for number in range(LARGEST_COUNT + 1):
        counts[str(number)] += settings.least_count
    kept = [(answer, n) for answer, n in counts.items() if n >= settings.least_count]
    return tuple(answer for answer, _ in sorted(kept, key=lambda item: (-item[1], item[0])))
