"""How an experiment names a set: `ucm`, or `layout:path?images=FOLDER&split=val`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from ..errors import DataError

PARQUET = "parquet"
LLAVA = "llava"
KARPATHY = "karpathy"
COCO = "coco"
LAYOUT_NAMES = (PARQUET, LLAVA, KARPATHY, COCO)
SPLIT_MARK = "{split}"
OPTIONS = ("images", "split")


class DataMissing(DataError, FileNotFoundError):
    """Training or evaluation data is not where it was looked for; the message names every missing
    file."""


class UnknownLayout(DataError, ValueError):
    """A set is named in a way that no loader understands."""


@dataclass(frozen=True)
class SetSource:
    """Where one set lies.

    `path` and `images` are relative to the data folder or absolute, and may hold `{split}`. A path
    without it is one file: all of it belongs to `split`, except that a Karpathy-style file says
    each image's own.
    """

    name: str
    layout: str
    path: str
    images: str = ""
    split: str = "train"

    @property
    def splits_inside(self) -> bool:
        """Whether the file itself says which split an image is in."""
        return self.layout == KARPATHY and SPLIT_MARK not in self.path

    def has(self, split: str) -> bool:
        """Whether the set may have such a split at all."""
        return self.splits_inside or SPLIT_MARK in self.path or split == self.split

    def file_name(self, split: str) -> str:
        """The file to read for a split, relative to the data folder or absolute."""
        return self.path.replace(SPLIT_MARK, split)

    def image_folder(self, data_dir: Path, split: str) -> Path:
        """Where relative image names start: `images`, or else the folder of the file."""
        if self.images:
            return data_dir / self.images.replace(SPLIT_MARK, split)
        return (data_dir / self.file_name(split)).parent


def parse_source(text: str) -> SetSource:
    """Read a set's name.

    A bare name is a folder of `<split>.parquet`. Raises `UnknownLayout` for anything before the
    colon that is no layout, and for options that do not exist.
    """
    layout, colon, rest = text.partition(":")
    if not colon:
        return SetSource(text, PARQUET, f"{text}/{SPLIT_MARK}.parquet")
    if layout not in LAYOUT_NAMES:
        raise UnknownLayout(
            f"The set {text!r} has no known layout; write a folder of parquet files, or one of "
            f"{', '.join(LAYOUT_NAMES)} before a colon and the path of its file."
        )
    path, _, query = rest.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    strange = [name for name in options if name not in OPTIONS]
    if strange or not path:
        what = f"an option {strange[0]!r}, which is unknown" if strange else "no path"
        raise UnknownLayout(f"The set {text!r} has {what}.")
    if layout == PARQUET and SPLIT_MARK not in path and not path.endswith(".parquet"):
        path = f"{path}/{SPLIT_MARK}.parquet"
    return SetSource(text, layout, path, **options)


def require_files(data_dir: Path, names: list[str]) -> None:
    """Raise `DataMissing` naming all files of `names` that `data_dir` lacks."""
    missing = [name for name in names if not (data_dir / name).is_file()]
    if missing:
        raise DataMissing(
            f"{data_dir} lacks {', '.join(missing)}; give the folder that holds them with --data, "
            "or train on drawn scenes with --config model_training/configs/smoke.json."
        )
