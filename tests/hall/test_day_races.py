"""Eight want the last number under a limit, two clocks see the long queue, a tidal window is called to and closed: at once."""

from datetime import date, time, timedelta

import pytest

from onewindow.hall.acts import calling
from onewindow.hall.acts.caps import approve_cap, propose_cap
from onewindow.hall.acts.openings import set_hours
from onewindow.hall.acts.relief import watch
from onewindow.hall.acts.tidal import close_by_hand
from onewindow.hall.models import Overload, Ticket
from onewindow.journal.models import Entry
from onewindow.places.models import Line, Window
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotAllowed
from onewindow.rules.opening import EVERY_DAY, Hours, SessionKind
from tests.cases.test_races import together
from tests.cast import COUNTY, at, officer
from tests.hall.stage import MANAGES, NINE, open_floor, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
NOON = at(9, 24, 12, 10)


def test_the_last_number_goes_to_one_the_alert_is_raised_once_and_no_window_closes_over_somebody() -> None:
    floor = open_floor()
    hours = Hours(SessionKind.NOON, time(12), time(14), EVERY_DAY)
    set_hours(floor.hall, by=FOUNDER, at=NINE, hours=hours, since=NINE.date())
    floor.cast.county.settings = {"queue.off_hours": [["2026-01-01", True]]}
    floor.cast.county.save()
    boss = officer(COUNTY, "何敏", "H010", post("中心负责人", floor.hall, [*MANAGES, Grant.CAP_APPROVE]))
    cap = propose_cap(
        floor.general,
        by=floor.sunli,
        at=NINE,
        number=20,
        kinds=[SessionKind.NOON],
        since=date(2026, 9, 24),
        until=date(2026, 9, 24),
        reason="午间只有一个人值班",
    )
    approve_cap(cap, by=boss, at=NINE)
    line = Line.objects.select_related("hall").get(pk=floor.general.pk)
    for _ in range(19):
        floor.take(line, when=NOON)
    done = together(*[lambda: floor.take(line, when=NOON)] * 8)
    assert sum(isinstance(one, NotAllowed) for one in done) == 7
    assert Ticket.objects.count() == 20

    together(*[lambda: watch(floor.hall, by=SYSTEM, at=NOON)] * 2)
    assert Overload.objects.count() == 1
    assert Entry.objects.filter(fact="OverloadRaised").count() == 1

    window = floor.windows["4"]
    Window.objects.filter(pk=window.pk).update(tidal=True)
    at_once = NOON + timedelta(minutes=1)
    together(
        lambda: calling.call_next(window, by=floor.liwei, at=at_once),
        lambda: close_by_hand(window, by=floor.sunli, at=at_once),
    )
    called = Ticket.objects.filter(window=window, stage="called").count()
    assert (called, Window.objects.get(pk=window.pk).is_open) in {(1, True), (0, False)}
