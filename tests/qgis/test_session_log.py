"""The session keeps every result that was asked for, in order, and not without end."""

from __future__ import annotations

from datetime import datetime, timezone

from rs_vlm_plugin.session import Session, session
from rs_vlm_plugin.session.log import MOST_ENTRIES
from tests.qgis.descriptions import make_description


def test_results_stay_in_their_order_with_their_time(qtbot):
    log = Session()
    before = datetime.now(timezone.utc)
    with qtbot.waitSignal(log.changed):
        first = log.add(make_description(raster="a.tif"))
    second = log.add(make_description(raster="b.tif"), notes=("Only in the view.",))
    assert log.entries() == (first, second)
    assert before <= first.at <= second.at
    assert second.notes == ("Only in the view.",)


def test_a_refined_result_takes_the_place_of_the_first_one():
    log = Session()
    rough = log.add(make_description(partial=True))
    log.add(make_description(raster="b.tif"))
    fine = log.add(make_description(), instead_of=rough)
    assert [entry.result.partial for entry in log.entries()] == [False, False]
    assert log.entries()[0] is fine
    assert fine.at == rough.at


def test_a_result_that_refines_a_forgotten_one_is_new():
    log = Session()
    rough = log.add(make_description())
    log.clear()
    assert log.entries() == ()
    fine = log.add(make_description(), instead_of=rough)
    assert log.entries() == (fine,)


def test_the_oldest_results_make_room():
    log = Session()
    first = log.add(make_description())
    for _ in range(MOST_ENTRIES):
        last = log.add(make_description())
    assert len(log.entries()) == MOST_ENTRIES
    assert log.entries()[-1] is last
    assert all(entry is not first for entry in log.entries())


def test_there_is_one_session():
    assert session() is session()
