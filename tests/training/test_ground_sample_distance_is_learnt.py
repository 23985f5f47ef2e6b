"""What a set says of its ground sample distance reaches the model, in metres of a pixel it sees."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import torch

from model_training.augment import random_views
from model_training.checkpoint import load_checkpoint
from model_training.config import ConfigError, DataSettings
from model_training.data.boxed import BoxedCrops
from model_training.data.corpus import at_scale
from model_training.data.dataset import CaptionDataset
from model_training.data.drawn import drawn_records
from model_training.data.pixels import pixel_cache
from model_training.data.records import MalformedRecord, read_split
from model_training.trainer import metres_seen

from .conftest import TINY, run_script
from .parquet_sets import write_set


def test_metres_follow_from_size_crop_and_input() -> None:
    records, _ = drawn_records(4, 1)
    data = CaptionDataset(records, pixel_cache(records, 64), 1)
    # Drawn at 128 px, kept at 64: a pixel shows twice as much.
    assert data[0].metres == pytest.approx(2 * records[0].metres)
    views = random_views(200, 0.5, torch.device("cpu"))
    seen = metres_seen(torch.full((200,), 2.0), 64, views, 32)
    assert seen is not None
    told = seen[seen > 0]
    assert 60 < len(told) < 140
    # A crop of half the side, magnified to the same input, has half the metres.
    assert told.min() >= 2.0 * (64 / 32) * 0.5
    assert told.max() <= 2.0 * (64 / 32)
    assert told.std() > 0


def test_crops_of_boxed_images_keep_the_scale_they_are_read_at() -> None:
    records, _ = drawn_records(6, 1)
    boxed = [record for record in records if record.boxes]
    crop = BoxedCrops(boxed, 32, 1)[0]
    # A crop is at most the whole image of 128 px, seen in 32.
    assert 0 < crop.metres <= boxed[0].metres * 4


def test_unknown_stays_unknown() -> None:
    views = random_views(3, 0.5, torch.device("cpu"))
    assert metres_seen(None, 64, views, 32) is None
    assert metres_seen(torch.zeros(3), 64, views, 32).tolist() == [0, 0, 0]


def test_an_experiment_says_it_for_a_set_that_does_not(tmp_path: Path) -> None:
    write_set(tmp_path, "town", {"train": 3})
    records = read_split(tmp_path, "town", "train")
    assert [record.metres for record in records] == [0, 0, 0]
    settings = DataSettings(sets=("town",), metres_per_pixel={"town": 0.3})
    assert [record.metres for record in at_scale(records, settings, "town")] == [0.3] * 3
    with pytest.raises(ConfigError, match="metres_per_pixel of town"):
        at_scale(records, DataSettings(sets=("town",), metres_per_pixel={"town": -1}), "town")


def with_column(folder: Path, values: list[float | None]) -> None:
    write_set(folder, "town", {"train": len(values)})
    path = folder / "town" / "train.parquet"
    pq.write_table(pq.read_table(path).append_column("gsd_m", [values]), path)


def test_a_parquet_file_may_say_it_for_each_image(tmp_path: Path) -> None:
    with_column(tmp_path / "a", [0.5, None, 10.0])
    assert [r.metres for r in read_split(tmp_path / "a", "town", "train")] == [0.5, 0, 10]
    with_column(tmp_path / "b", [0.5, -2.0, 10.0])
    with pytest.raises(MalformedRecord, match="gsd_m"):
        read_split(tmp_path / "b", "town", "train")


def test_training_moves_what_reads_it(tmp_path: Path) -> None:
    """The projection of the distance starts at zero; drawn scenes say theirs."""
    config = tmp_path / "c.json"
    config.write_text(json.dumps({**TINY, "levels": {"enabled": True}}), encoding="utf-8")
    done = run_script("train.py", "--config", config, "--output", tmp_path / "run", "--threads", 1)
    assert done.returncode == 0, done.stderr
    levels = load_checkpoint(tmp_path / "run" / "best").model.levels
    assert levels is not None
    assert np.abs(levels.tokeniser.ground.project.weight.detach().numpy()).max() > 0
