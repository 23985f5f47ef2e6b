"""Real captions for the tests of the knowledge base; skips where the data is absent."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest


def split_captions(shared_dir: Path, name: str, split: str) -> List[str]:
    """The captions of one file of a set, as they stand."""
    parquet = pytest.importorskip("pyarrow.parquet")
    path = shared_dir / "data" / name / f"{split}.parquet"
    if not path.is_file():
        pytest.skip(f"needs the data pack's {name}/{split}.parquet")
    rows = parquet.read_table(path, columns=["captions"]).to_pylist()
    return [caption for row in rows for caption in row["captions"]]
