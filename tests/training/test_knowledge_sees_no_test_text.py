"""No sentence that only test images have can come into the knowledge base."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from model_training.config import load_config
from model_training.data.corpus import train_and_validation
from model_training.knowledge.caption_entries import content_key, sentence_entries
from model_training.knowledge.training_text import captioned_images, text_only_images
from tests.knowledge_data import split_captions
from tests.training.conftest import ROOT

ROWS = [
    ("rsitmd", "train", "a.png", "a quarry near a forest", None),
    ("rsitmd", "train", "b.png", "a quarry near a forest", None),
    ("rsitmd", "train", "b.png", "another look at a test image", None),
    ("rsitmd", "train", "b.png", "a caption of a test image", "test"),
    ("rsitmd", "train", "c.png", "a caption of a validation image", "train"),
    ("rsitmd", "train", "c.png", "a wide quarry", None),
    ("rsitmd", "test", "d.png", "a caption of another test", None),
    ("rsitmd", "val", "e.png", "a caption of another validation", None),
]


def test_text_only_rows_of_test_images_are_left_out(tmp_path: Path) -> None:
    names = ("dataset", "split", "file", "caption", "caption_in_rsicd")
    columns = dict(zip(names, zip(*ROWS, strict=True), strict=True))
    pq.write_table(pa.table(columns), tmp_path / "text.parquet")
    images = text_only_images(tmp_path, ["text.parquet"])
    assert {image.image_id: image.captions for image in images} == {
        "rsitmd/a.png": ("a quarry near a forest",),
        "rsitmd/c.png": ("a wide quarry",),
    }
    assert {image.source.split for image in images} == {"train"}


@pytest.mark.parametrize("name", ["ucm", "rsicd_aid"])
def test_captions_that_only_test_images_have_are_absent(shared_dir: Path, name: str) -> None:
    tested = {content_key(caption) for caption in split_captions(shared_dir, name, "test")}
    config = load_config(ROOT / "model_training" / "configs" / "reference.json")
    train, held_out = train_and_validation(config.data, shared_dir / "data", name)
    images = captioned_images(train)
    trained = {content_key(caption) for image in images for caption in image.captions}
    found = sentence_entries(images, most=5000)
    sentences = {content_key(item.entry.text) for item in found}
    assert len(sentences) > 300
    assert len(tested - trained) > 100, "the test split has captions of its own"
    assert not sentences & (tested - trained)
    held = {record.image_id for record in held_out}
    assert not any(held & item.images for item in found)


def test_text_only_captions_of_the_data_are_not_rsicds_test(shared_dir: Path) -> None:
    data = shared_dir / "data"
    if not (data / "rs_captions_text.parquet").is_file():
        pytest.skip("needs the data pack's rs_captions_text.parquet")
    used = {
        caption
        for image in text_only_images(data, ["rs_captions_text.parquet"])
        for caption in image.captions
    }
    assert len(used) > 8000
    tested = {caption.strip() for caption in split_captions(shared_dir, "rsicd_aid", "test")}
    assert not used & tested
