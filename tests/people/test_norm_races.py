"""Somebody acknowledges a rule in the moment in which his unit is reminded of it."""

import threading

import pytest
from django.db import connections

from onewindow.people.acts import acknowledge_norm, norms, remind_unread
from onewindow.people.models import NormReceipt
from onewindow.places import acts
from onewindow.places.acts import NormTold
from onewindow.places.models import NormUnit
from onewindow.rules.facts_norms import NormUnread
from onewindow.rules.grants import FOUNDER, SYSTEM
from tests.cast import assemble, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
LATE = at(10, 10, 0, 5)


def test_the_clock_and_whoever_acknowledges_never_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = assemble()
    told = NormTold(text="一、说清楚。", effective_on=at(9, 24).date(), units=(cast.market,))
    one = acts.issue_norm(cast.county, by=FOUNDER, at=at(9, 24), title="窗口纪律", told=told)
    unit, locked, go_on = NormUnit.objects.get(), threading.Event(), threading.Event()
    write, reminded = norms.journalise, []

    def slowly(county: str, fact: object, **more: object) -> None:
        if isinstance(fact, NormUnread):  # the unit is locked, the organisation of the county not yet
            locked.set()
            go_on.wait(5)
        write(county, fact, **more)  # type: ignore[arg-type]

    def remind() -> None:
        try:
            reminded.append(remind_unread(unit, by=SYSTEM, at=LATE))
        finally:
            locked.set()
            connections.close_all()

    monkeypatch.setattr(norms, "journalise", slowly)
    clock = threading.Thread(target=remind)
    clock.start()
    assert locked.wait(60)
    try:
        acknowledge_norm(cast.zhangmin, by=cast.zhangmin, at=LATE, version=one)
    finally:
        go_on.set()
        clock.join(60)
    assert reminded == [True]
    assert NormReceipt.objects.count() == 1
