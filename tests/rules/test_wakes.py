"""到哪天该看: does time look at a case on the very day on which there is something to do, and on no day before?"""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.rules.facts import (
    Accepted,
    CameBack,
    CorrectionAsked,
    CorrectionReminded,
    Delivered,
    Dispatched,
    Fact,
    Granted,
    Kept,
    PickupReminded,
    Received,
    Reviewed,
)
from onewindow.rules.facts_time import ParcelSilent
from onewindow.rules.stages import Stage, after
from onewindow.rules.wakes import wakes_on

MONDAY = date(2026, 3, 2)
RECEIVED = Received(on=MONDAY, channel="counter", application=1)
ASKED = CorrectionAsked(on=MONDAY, correction=1, reply_by=date(2026, 3, 23), materials=("m1",))
REMINDED = CorrectionReminded(on=date(2026, 3, 24), correction=1, reply_by=date(2026, 3, 31))
GRANTED = (
    RECEIVED,
    Accepted(on=MONDAY),
    Reviewed(on=date(2026, 3, 4), opinion=1, favourable=True),
    Granted(on=date(2026, 3, 6), decision=1),
)
SENT = Dispatched(on=date(2026, 3, 9), delivery=1)


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ((RECEIVED,), None),
        ((RECEIVED, ASKED), date(2026, 3, 24)),
        ((RECEIVED, ASKED, REMINDED), date(2026, 4, 1)),
        (GRANTED[:2], None),
        (GRANTED, date(2026, 3, 11)),
        ((*GRANTED, PickupReminded(on=date(2026, 3, 11), reminder=1)), date(2026, 3, 16)),
        ((*GRANTED, Kept(on=date(2026, 3, 11))), None),
        ((*GRANTED, SENT), date(2026, 3, 16)),
        ((*GRANTED, SENT, ParcelSilent(on=date(2026, 3, 16), delivery=1)), None),
        ((*GRANTED, SENT, CameBack(on=date(2026, 3, 12), delivery=1)), date(2026, 3, 11)),
        ((*GRANTED, Delivered(on=date(2026, 3, 9), delivery=1, way="counter")), None),
    ],
)
def test_time_looks_on_the_day_after_the_answer_was_due_and_each_time_somebody_may_be_reminded(
    facts: tuple[Fact, ...], day: date | None
) -> None:
    stage = Stage.NEW
    for fact in facts:
        stage = after(stage, fact.name)
    assert wakes_on(stage, facts, pickup_days=5, parcel_days=7) == day
