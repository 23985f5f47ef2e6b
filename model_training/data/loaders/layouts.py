"""The one entry point: a named set's split as records, whatever its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..image_text import ImageText
from .coco import load_coco
from .karpathy import load_karpathy
from .llava import load_llava
from .malformed import STOP, Malformed
from .parquet import load_parquet
from .source import COCO, KARPATHY, LLAVA, PARQUET, SetSource, require_files

Reader = Callable[[Path, Path, str, Malformed], Iterator[ImageText]]

LAYOUTS: dict[str, Reader] = {
    PARQUET: lambda file, images, split, malformed: load_parquet(file, malformed),
    LLAVA: lambda file, images, split, malformed: load_llava(file, images, malformed),
    KARPATHY: load_karpathy,
    COCO: lambda file, images, split, malformed: load_coco(file, images, malformed),
}
"""From a file, its image folder, the split wanted and a collector of what is malformed."""


def load_records(
    source: SetSource, split: str, data_dir: Path = Path(), on_malformed: str = STOP
) -> list[ImageText]:
    """All records of a set's split, with or without captions; none if the set has no such split.

    Args:
        source: as `parse_source` reads it from an experiment's `sets`.
        split: train, val or test.
        data_dir: what the source's relative paths start from.
        on_malformed: "stop" at the first record that cannot be used, or "skip" it; those skipped
            are counted and listed in the log.

    Raises:
        DataMissing: the file is not there.
        MalformedRecord: names file and line (or row of a parquet file).

    Note:
        Reads every image's header, not its pixels; those come from the file when needed, except
        that parquet rows stay in memory.
    """
    if not source.has(split):
        return []
    require_files(data_dir, [source.file_name(split)])
    file = data_dir / source.file_name(split)
    malformed = Malformed(file, on_malformed)
    images = source.image_folder(data_dir, split)
    records = list(LAYOUTS[source.layout](file, images, split, malformed))
    malformed.report()
    return records
