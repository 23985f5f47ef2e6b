"""The nearest entries of a level, exactly, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.knowledge import LEVELS, KnowledgeBase
from tests.knowledge_data import some_entries


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture
def base() -> KnowledgeBase:
    random = np.random.default_rng(3)
    entries = [
        replace(entry, entry_id=f"{entry.entry_id}.{copy}")
        for copy in range(40)
        for entry in some_entries()
    ]
    return KnowledgeBase(entries, unit(random.normal(size=(len(entries), 16))))


@pytest.fixture
def queries() -> np.ndarray:
    return unit(np.random.default_rng(4).normal(size=(9, 5, 16)))


@pytest.mark.parametrize("level", LEVELS)
def test_same_as_sorting_everything(base: KnowledgeBase, queries, level: str) -> None:
    indices, cosines = base.retrieve(queries[:, 0], level, 6)
    for row, query in enumerate(queries[:, 0]):
        scored = [
            (-float(query @ vector), number)
            for number, (entry, vector) in enumerate(zip(base.entries, base.vectors))
            if entry.level == level
        ]
        assert indices[row].tolist() == [number for _, number in sorted(scored)[:6]]
    assert (np.diff(cosines, axis=1) <= 0).all()


def test_the_best_of_several_vectors_counts(base: KnowledgeBase, queries) -> None:
    _, together = base.retrieve(queries, "region", 1)
    apart = [base.retrieve(queries[:, q], "region", 1)[1] for q in range(queries.shape[1])]
    np.testing.assert_allclose(together, np.max(apart, axis=0), rtol=1e-6)


def test_excluded_entries_are_not_found(base: KnowledgeBase, queries) -> None:
    first, _ = base.retrieve(queries[:, 0], "object", 3)
    exclude = np.zeros((len(queries), len(base)), dtype=bool)
    np.put_along_axis(exclude, first, True, axis=1)
    second, _ = base.retrieve(queries[:, 0], "object", 3, exclude)
    assert not set(first[0]) & set(second[0])
    longer, _ = base.retrieve(queries[:, 0], "object", 6)
    np.testing.assert_array_equal(second, longer[:, 3:])


def test_places_without_an_entry_are_marked(base: KnowledgeBase, queries) -> None:
    exclude = np.ones((len(queries), len(base)), dtype=bool)
    exclude[:, 3] = False  # a region
    indices, cosines = base.retrieve(queries[:, 0], "region", 500, exclude)
    assert indices.shape == (9, 500)
    assert indices[:, 0].tolist() == [3] * 9
    assert (indices[:, 1:] == -1).all()
    assert (cosines[:, 1:] == -1).all()
    assert [used.entry_id for used in base.used(indices, cosines)] == ["region:road.0"]


def test_equal_entries_come_in_their_order() -> None:
    base = KnowledgeBase(some_entries(), np.tile(unit(np.ones((1, 4))), (7, 1)))
    assert base.retrieve(base.vectors[:1], "object", 3)[0].tolist() == [[4, 5, 6]]


def test_used_entries_say_where_they_come_from() -> None:
    base = KnowledgeBase(some_entries(), np.eye(7, dtype=np.float32))
    indices, cosines = base.retrieve(base.vectors[[2, 0]], "scene", 1)
    used = base.used(indices, cosines)
    assert [(u.entry_id, u.provenance, u.similarity) for u in used] == [
        ("scene:beach", "drawn classes", 1.0),
        ("caption:1", "drawn train, 34 images", 1.0),
    ]


def test_an_entry_found_twice_is_listed_once_at_its_best() -> None:
    base = KnowledgeBase(some_entries(), np.eye(7, dtype=np.float32))
    queries = unit(np.array([[1, 1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0]], dtype=np.float32))
    used = base.used(*base.retrieve(queries, "scene", 2))
    assert [u.entry_id for u in used] == ["scene:beach", "scene:lake"]
    assert used[0].similarity == pytest.approx(1)
    assert used[1].similarity == pytest.approx(0.7071, abs=1e-4)


@pytest.mark.parametrize(
    ("level", "k", "shape"),
    [("global", 1, (1, 7)), ("scene", 0, (1, 7)), ("scene", 1, (1, 6)), ("scene", 1, (7,))],
)
def test_questions_without_a_meaning_are_refused(level: str, k: int, shape: tuple) -> None:
    base = KnowledgeBase(some_entries(), np.eye(7, dtype=np.float32))
    with pytest.raises(BadRequest):
        base.retrieve(np.ones(shape, dtype=np.float32), level, k)


def test_no_query_no_answer() -> None:
    base = KnowledgeBase(some_entries(), np.eye(7, dtype=np.float32))
    indices, cosines = base.retrieve(np.zeros((0, 7), dtype=np.float32), "scene", 2)
    assert indices.shape == cosines.shape == (0, 2)


def test_vectors_and_entries_have_to_match() -> None:
    with pytest.raises(BadRequest):
        KnowledgeBase(some_entries(), np.eye(6, dtype=np.float32))
