"""Validation images are consecutive per class, and none of them trains."""

from __future__ import annotations

from model_training.data.records import ImageText
from model_training.data.splits import hold_out_blocks


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
