"""Images that look the same: found by perceptual hash, and kept out of training where one is in a
test split.

Training never opens test files, so what was found is written down once, in `near_duplicates.json`
(by `find_near_duplicates.py`), and a test finds it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .image_text import ImageText
from .loaders import load_records, parse_source

NEAR = 4
"""Bits of 64 that may differ; unrelated images differ in about 32."""
SIDE = 32
LOW = 8
KNOWN_FILE = Path(__file__).with_name("near_duplicates.json")
CHUNK = 512


@dataclass(frozen=True)
class NearPair:
    """Two images whose hashes differ in `distance` bits, in whichever of eight views is nearest."""

    first: str
    second: str
    distance: int


def perceptual_hashes(rgb: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The 64-bit pHash of an image as seen in each of the square's eight symmetries.

    An image is shrunk to 32 x 32 grey values and cosine-transformed; each bit says whether one of
    the 8 x 8 lowest frequencies is above their median (Zauner 2010). Mirroring negates odd
    frequencies and turning transposes them, so seven more views cost next to nothing.

    Args:
        rgb: uint8 [H, W, 3].

    Returns:
        uint64 [8]; the first is the image's as it is.
    """
    small = Image.fromarray(rgb).convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    index = np.arange(SIDE)
    basis = np.cos(np.pi / SIDE * (index[None, :] + 0.5) * index[:LOW, None])
    low = basis @ np.asarray(small, dtype=np.float64) @ basis.T
    odd = (-1.0) ** np.arange(LOW)
    views = [
        turned * rows * columns
        for turned in (low, low.T)
        for rows in (np.ones((LOW, 1)), odd[:, None])
        for columns in (np.ones((1, LOW)), odd[None, :])
    ]
    bits = np.stack([(view > np.median(view)).ravel() for view in views])
    return np.packbits(bits, axis=1).view(">u8")[:, 0].astype(np.uint64)


def hash_records(records: Sequence[ImageText]) -> NDArray[np.uint64]:
    """`perceptual_hashes` of all records: uint64 [N, 8]. Decodes every image."""
    hashes = np.empty((len(records), 8), dtype=np.uint64)
    for row, record in enumerate(records):
        hashes[row] = perceptual_hashes(record.rgb())
    return hashes


def distances(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Bits in which hashes differ: uint8 [N, M], the least over the views of `first`.

    Args:
        first: uint64 [N, V], V views of each image.
        second: uint64 [M], one view of each.
    """
    ones = np.array([bin(value).count("1") for value in range(256)], dtype=np.uint8)
    result = np.empty((len(first), len(second)), dtype=np.uint8)
    for start in range(0, len(first), CHUNK):
        part = first[start : start + CHUNK]
        least = np.full((len(part), len(second)), 64, dtype=np.uint8)
        for view in range(first.shape[1]):
            differing = part[:, view, None] ^ second[None, :]
            octets = differing.view(np.uint8).reshape(*differing.shape, 8)
            least = np.minimum(least, ones[octets].sum(axis=2, dtype=np.uint8))
        result[start : start + CHUNK] = least
    return result


def near_pairs(
    first: Sequence[ImageText],
    first_hashes: NDArray[np.uint64],
    second: Sequence[ImageText],
    second_hashes: NDArray[np.uint64],
    near: int = NEAR,
) -> list[NearPair]:
    """Pairs of an image of `first` and one of `second` that are within `near` bits, in any of
    eight views; hashes are those of `hash_records`."""
    found = distances(first_hashes, second_hashes[:, 0])
    rows, columns = np.nonzero(found <= near)
    return [
        NearPair(first[i].image_id, second[j].image_id, int(found[i, j]))
        for i, j in zip(rows.tolist(), columns.tolist())
    ]


def find_test_pairs(data_dir: Path, sets: Sequence[str]) -> list[NearPair]:
    """Training and validation images of the sets that are near to a test image of any of them.

    Raises what `load_records` raises.

    Note:
        Decodes every image: the data pack's 13,000 take 22 s of one CPU core.
    """

    def records(*splits: str) -> list[ImageText]:
        return [
            record
            for name in sets
            for split in splits
            for record in load_records(parse_source(name), split, data_dir)
        ]

    seen, test = records("train", "val"), records("test")
    pairs = near_pairs(seen, hash_records(seen), test, hash_records(test))
    return sorted(pairs, key=lambda pair: (pair.first, pair.second))


@cache
def known_pairs() -> tuple[NearPair, ...]:
    """Training (or validation) images and the test images that they nearly are, as written down."""
    values = json.loads(KNOWN_FILE.read_text(encoding="utf-8"))
    return tuple(NearPair(*pair) for pair in values["pairs"])


def without_near_duplicates(records: Iterable[ImageText]) -> list[ImageText]:
    """Records that may be trained on: none whose image is nearly one of a test split."""
    known = {pair.first for pair in known_pairs()}
    return [record for record in records if record.image_id not in known]
