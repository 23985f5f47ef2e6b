"""Validation images are consecutive per class, none of them trains, and of the rest a share may."""

from __future__ import annotations

import pytest

from model_training.data.records import ImageText
from model_training.data.splits import drawn_share, hold_out_blocks


def records() -> list[ImageText]:
    return [
        ImageText(f"set/{scene}_{number}", scene, ("a caption",), b"")
        for scene in ("airport", "beach")
        for number in range(1, 41)
    ]


def test_blocks_are_consecutive_and_disjoint_from_training() -> None:
    kept, held = hold_out_blocks(records(), per_class=7, seed=3)
    assert len(held) == 14
    assert not {r.image_id for r in kept} & {r.image_id for r in held}
    assert len(kept) + len(held) == 80
    for scene in ("airport", "beach"):
        numbers = [int(r.image_id.rsplit("_", 1)[1]) for r in held if r.scene == scene]
        assert numbers == list(range(numbers[0], numbers[0] + 7))


def test_the_cut_depends_on_the_seed_only() -> None:
    first, again, other = (hold_out_blocks(records(), 7, seed)[1] for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_a_share_is_even_over_classes_and_grows_with_itself() -> None:
    quarter, half, every = (drawn_share(records(), share, seed=3) for share in (0.25, 0.5, 1.0))
    assert every == records()
    for part, images in ((quarter, 10), (half, 20)):
        assert [r.scene for r in part] == ["airport"] * images + ["beach"] * images
    assert {r.image_id for r in quarter} < {r.image_id for r in half}
    assert drawn_share(records(), 0.001, seed=3) != []
    with pytest.raises(ValueError, match="share of 0"):
        drawn_share(records(), 0, seed=3)
