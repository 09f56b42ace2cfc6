"""A rehearsed day of a hall happens by the ordinary acts, and says what it assumed and how good the estimates were."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.cast import assemble, at

from onewindow.config import demo
from onewindow.config.refused import Refused
from onewindow.config.rehearsal.assumed import SHIPPED, WORDS, assumed
from onewindow.config.rehearsal.told import Guess, Record
from onewindow.config.simulate_hall import main, rehearse
from onewindow.hall.models import Booking, Ticket
from onewindow.hall.reads import at_window
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import Party
from onewindow.places.models import County, Hall
from onewindow.rules.identity import is_demo
from onewindow.rules.tickets import DONE, MISSED
from onewindow.rules.waiting import Told

MONDAY = date(2026, 11, 23)
SUNDAY: datetime = at(11, 22, 18)


@pytest.fixture
def hall(db: None, settings) -> Hall:
    settings.DEMO = True
    demo.load(SUNDAY)
    return Hall.objects.get(kind=Hall.Kind.CENTRE)


def test_a_day_is_taken_called_served_rated_and_closed_by_the_acts_that_a_hall_has(hall: Hall) -> None:
    said = replace(assumed(), people=50, booked_percent=30, booked_absent_percent=0, absent_percent=20)
    record, moments = Record(), []
    before = set(Party.objects.values_list("pk", flat=True))
    rehearse(hall, MONDAY, said, 7, moments.append, record, but=("1",))
    assert moments == sorted(moments)
    assert moments[-1] - moments[0] > timedelta(hours=6)
    tickets = Ticket.objects.filter(hall=hall, day=MONDAY)
    assert tickets.count() == 50 == record.deeds["取号"]
    assert set(tickets.values_list("stage", flat=True)) <= {DONE, MISSED, "abandoned"}
    assert tickets.filter(stage=DONE).count() == record.deeds["办结"] > 40
    assert record.deeds["过号"] == Entry.objects.filter(fact="TicketMissed").count() > 0
    assert record.deeds["预约签到"] == Booking.objects.filter(stage="arrived").count() > 0
    assert not tickets.filter(window__number="1").exists()  # left to whoever is trained there
    assert not [deed for deed in record.deeds if deed.startswith("没有办成")]
    assert not any(at_window(one, MONDAY).window.paused for one in hall.windows.all())
    new = Party.objects.exclude(pk__in=before)
    assert new
    assert all(is_demo(party.paper_kind, party.paper_number) for party in new)
    assert verify() == []


def test_what_is_assumed_is_said_and_can_be_replaced_line_by_line(tmp_path, capsys) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text("people = 400\nabsent_percent = 9\n[hours]\n9 = 1\n", "utf-8")
    said = assumed(ours)
    assert (said.people, said.absent_percent, said.hours) == (400, 9, {9: 1})
    assert said.park_percent == assumed().park_percent
    told = dict(said.told())
    assert told["一天来多少人"] == "400 人"
    assert told["叫到号不在"] == "9 %"
    assert all(f"{name} = " in SHIPPED.read_text("utf-8") for name in WORDS)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("absent_percent = 101", "叫到号不在"),
        ("people = 'many'", "一天来多少人"),
        ("rest = 3", "没有这一项"),
        ("hours = { 25 = 3 }", "每个钟头"),
        ("people =", "TOML"),
    ],
)
def test_an_assumption_that_cannot_be_is_refused_by_its_name(tmp_path, line: str, says: str) -> None:
    (tmp_path / "ours.toml").write_text(line, "utf-8")
    with pytest.raises(Refused, match=says):
        assumed(tmp_path / "ours.toml")


def test_an_estimate_is_held_against_the_wait_that_came() -> None:
    record, nine = Record(), at(11, 23, 9)
    record.guesses = {
        1: Guess(nine, timedelta(minutes=10), Told(5, 15)),
        2: Guess(nine, timedelta(minutes=10), Told(5, 15)),
    }
    record.called(1, nine, nine + timedelta(minutes=12))
    record.called(2, nine, nine + timedelta(minutes=30))
    said = "\n".join(record.sentences())
    assert (
        "2 人取号时听到要等多久，50% 落在所说的范围里；每人平均差 11.0 分钟，总的比估计的久 11.0 分钟" in said
    )
    assert " 9 时  取号   2 人  平均等  21.0 分钟" in said


@pytest.mark.django_db
def test_no_rehearsal_in_a_real_hall() -> None:
    assemble()
    County.objects.update(demo=False)
    with pytest.raises(Refused, match="演示县"):
        main(["--hall", "--at-once"])
