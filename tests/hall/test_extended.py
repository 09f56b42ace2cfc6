"""What is on the floor at closing is served: covered, signed for by both, filed, and counted to whoever served."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.hall import overtime, tick
from onewindow.hall.actors import Bearer
from onewindow.hall.acts import calling, declining, extending, leaving, moving
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.models import Extension, ExtensionAsk, Ticket, WindowLeader
from onewindow.journal.reads import verify
from onewindow.notices.models import OfficerMessage
from onewindow.people.models import Officer
from onewindow.places.reads import reading_once
from onewindow.rules.extending import sample
from onewindow.rules.grants import FOUNDER, NotAllowed, NotGranted
from tests.cast import at, carry_out
from tests.hall.late import FIVE, LATE, SOON, Evening, evening, signed

pytestmark = pytest.mark.django_db
THREE, HALF = "3", timedelta(minutes=30)
DAY = FIVE.date()


@pytest.fixture
def here() -> Evening:
    return evening()


def extend(here: Evening, when=SOON, **told):  # type: ignore[no-untyped-def]
    said = {"by": here.liwei, "at": when, "ground": "unfinished", **told}
    return extending.extend(here.floor.windows[THREE], **said)


@pytest.mark.req("LS-延时-1", "ZH-2.4.3c")
def test_one_press_covers_who_is_served_and_who_waits_and_the_time_beyond_closing_is_logged(
    here: Evening,
) -> None:
    first, second = here.floor.take(when=SOON, party=here.floor.cast.wangfang), here.floor.take(when=SOON)
    here.called()
    one, two = extend(here)
    assert [(e.ticket, e.window.number, e.officer.name) for e in (one, two)] == [
        (first, "3", "李伟"),
        (second, "3", "李伟"),
    ]
    assert (one.closed_at, one.began_at, one.party.name) == (FIVE, SOON, "王芳")
    here.served(first, FIVE + timedelta(minutes=10))
    ended = extending.end(one, by=here.liwei, at=FIVE + timedelta(minutes=11))
    assert (ended.stage, ended.minutes, ended.ended_at) == ("ended", 10, FIVE + timedelta(minutes=10))
    late = here.called(when=FIVE + timedelta(minutes=12))  # still callable after closing time
    assert late.pk == second.pk
    here.served(second, LATE)
    assert extending.end(two, by=here.liwei, at=LATE).minutes == 40
    (line,) = overtime.figures(here.sunli, DAY, DAY).by_window
    assert (line.services, line.minutes) == (2, 50)
    assert line.word.endswith("李伟")
    assert verify() == []


@pytest.mark.req("LS-延时-1.3")
def test_another_ground_needs_words_and_the_figures_are_split_by_ground(here: Evening) -> None:
    here.floor.take(when=SOON)
    with pytest.raises(NotAllowed, match="其他原因"):
        extend(here, ground="other", why="  ")
    with pytest.raises(NotAllowed, match="请选择"):
        extend(here, ground="nothing")
    extend(here, ground="other", why="系统故障耽误了")
    here.floor.take(when=SOON)
    here.floor.take(when=SOON)
    extend(here, ground="many")
    told = {one.word: one.services for one in overtime.figures(here.sunli, DAY, DAY).by_ground}
    assert told == {"其他原因": 1, "即办事项办件量大": 2}


@pytest.mark.req("LS-延时-2")
def test_any_item_can_be_served_longer_and_a_visitor_asks_for_it_himself(here: Evening) -> None:
    window, item = here.floor.windows[THREE], here.floor.cast.version.item
    visitor = Visitor(party=here.floor.cast.wangfang, item=item)
    made = extending.begin(window, by=here.liwei, at=LATE, visitor=visitor, ground="unfinished")
    assert (made.what, made.ticket, made.closed_at) == (item.name, None, FIVE)
    ticket = here.floor.take(when=SOON)
    asked = declining.ask_extension(ticket, by=Bearer(ticket), at=SOON, channel=ExtensionAsk.Channel.PHONE)
    again = declining.ask_extension(ticket, by=Bearer(ticket), at=SOON, channel=ExtensionAsk.Channel.PHONE)
    assert (asked.pk, asked.agreed) == (again.pk, None)
    assert overtime.asked_at(window, DAY) == [asked]
    agreed = declining.agree(window, by=here.liwei, at=SOON, asked=asked, ground="unfinished")
    assert agreed.agreed is True
    assert agreed.extension.ticket == ticket
    other = here.floor.take(when=SOON)
    with pytest.raises(NotGranted):
        declining.ask_extension(other, by=Bearer(ticket), at=SOON, channel=ExtensionAsk.Channel.PHONE)


def test_who_declines_gives_a_reason_and_the_supervisors_read_it(here: Evening) -> None:
    window, ticket = here.floor.windows[THREE], here.floor.take(when=SOON)
    asked = declining.ask_extension(ticket, by=Bearer(ticket), at=SOON, channel=ExtensionAsk.Channel.KIOSK)
    with pytest.raises(NotAllowed, match="至少四个字"):
        declining.decline(window, by=here.liwei, at=SOON, asked=asked, reason="不")
    declining.decline(window, by=here.liwei, at=SOON, asked=asked, reason="材料不在，回去取要两小时")
    declining.note_declined(window, by=here.liwei, at=LATE, what="查档案", reason="档案馆已经下班")
    with pytest.raises(NotAllowed, match="已经答复"):
        declining.decline(window, by=here.liwei, at=SOON, asked=asked, reason="再说一遍理由")
    found = overtime.declined(here.sunli, DAY, DAY)
    assert [(one.reason, one.answered_by.name) for one in found] == [
        ("档案馆已经下班", "李伟"),
        ("材料不在，回去取要两小时", "李伟"),
    ]
    assert overtime.figures(here.sunli, DAY, DAY).declined == 2


def test_long_before_closing_there_is_nothing_to_extend_and_nobody_is_covered_twice(here: Evening) -> None:
    here.floor.take(when=at(9, 24, 15, 0))
    with pytest.raises(NotAllowed, match="还没有到下班前 30 分钟"):
        extend(here, when=at(9, 24, 15, 0))
    assert len(extend(here)) == 1
    with pytest.raises(NotAllowed, match="没有在办和在等"):
        extend(here)
    with pytest.raises(NotGranted):
        extend(here, by=here.fangjie)


@pytest.mark.req("LS-延时-6b")
def test_both_sign_before_it_is_through_and_the_section_files_it_with_a_number(here: Evening) -> None:
    ticket = here.floor.take(when=SOON)
    here.called()
    (one,) = extend(here)
    with pytest.raises(NotAllowed, match="还没有办结"):
        extending.end(one, by=here.liwei, at=LATE)
    here.served(ticket, LATE)
    extending.end(one, by=here.liwei, at=LATE)
    with pytest.raises(NotAllowed, match="承办人和申请人还没有"):
        extending.serve(one, by=here.liwei, at=LATE)
    with pytest.raises(NotAllowed, match="李伟本人签字"):
        extending.sign_as_handler(one, by=here.hemin, at=LATE)
    done = signed(here, one)
    assert done.who == "王芳"
    assert (done.stage, overtime.to_file(here.fangjie)[0]) == ("served", [done])
    with pytest.raises(NotGranted):
        extending.file(done, by=here.liwei, at=LATE)
    filed = extending.file(done, by=here.fangjie, at=LATE)
    assert (filed.filed_number, filed.stage) == ("YSB2026-0001", "filed")
    assert overtime.to_file(here.fangjie) == ([], "")
    assert overtime.figures(here.sunli, DAY, DAY).filed_share == 100


def test_who_serves_him_in_the_end_stands_on_the_form(here: Evening) -> None:
    ticket = here.floor.take(when=SOON)
    (one,) = extend(here)
    calling.call(here.floor.windows["4"], ticket, by=here.hemin, at=FIVE)
    calling.begin(ticket, by=here.hemin, at=FIVE)
    calling.finish(ticket, by=here.hemin, at=LATE)
    ended = extending.end(one, by=here.hemin, at=LATE)
    assert (ended.window.number, ended.officer.name) == ("4", "何敏")


def test_after_closing_whom_the_window_has_promised_is_called_before_the_others_and_then_they_are(
    here: Evening,
) -> None:
    three, four = here.floor.windows["3"], here.floor.windows["4"]
    minute = timedelta(minutes=1)
    floor = [here.floor.take(when=SOON + n * minute) for n in range(5)]
    third, fourth = floor[2], floor[3]
    late = SOON + 5 * minute
    for ticket, window, by in (
        (fourth, three, here.liwei),
        (third, three, here.liwei),
        (floor[4], four, here.hemin),
    ):
        asked = declining.ask_extension(
            ticket, by=Bearer(ticket), at=late, channel=ExtensionAsk.Channel.PHONE
        )
        declining.agree(window, by=by, at=late, asked=asked, ground="unfinished")

    def order(window: str, by: Officer, when: datetime) -> list[int]:
        """Whom this window would call, one after the other; nothing of it stays."""
        found, there = [], transaction.savepoint()
        while (ticket := calling.call_next(here.floor.windows[window], by=by, at=when)) is not None:
            found.append(floor.index(ticket))
            calling.begin(ticket, by=by, at=when)
            calling.finish(ticket, by=by, at=when)
        transaction.savepoint_rollback(there)
        return found

    assert order("3", here.liwei, FIVE - minute) == [0, 1, 2, 3, 4]  # while it is open nobody passes
    assert order("3", here.liwei, FIVE) == [2, 3, 0, 1, 4]
    assert order("4", here.hemin, FIVE) == [4, 0, 1, 2, 3]
    moving.transfer(fourth, by=here.liwei, at=FIVE, why="other", window=four)  # his promise goes along
    assert order("4", here.hemin, FIVE) == [3, 4, 0, 1, 2]
    with reading_once(), CaptureQueriesContext(connection) as asked_for:
        calling.call_next(three, by=here.liwei, at=FIVE)
    told = [one["sql"] for one in asked_for if "SAVEPOINT" not in one["sql"]]
    assert len(told) == 6  # the hours come along with the window


def test_who_leaves_before_he_is_served_signs_nothing(here: Evening) -> None:
    ticket = here.floor.take(when=SOON)
    (one,) = extend(here)
    with pytest.raises(NotAllowed, match="请先在叫号栏弃号"):
        extending.leave(one, by=here.liwei, at=LATE)
    calling.abandon(ticket, by=here.liwei, at=LATE, why="left")
    assert extending.end(one, by=here.liwei, at=LATE).stage == "gone"
    assert overtime.figures(here.sunli, DAY, DAY).services == 0


def test_closing_by_the_clock_does_not_give_up_whom_a_window_covers(here: Evening) -> None:
    covered = here.floor.take(when=SOON)
    (one,) = extend(here)
    left = here.floor.take(when=FIVE - timedelta(minutes=1))
    midnight = at(9, 25, 0, 5)
    tick.tick(midnight)
    stages = dict(Ticket.objects.values_list("pk", "stage"))
    assert (stages[covered.pk], stages[left.pk]) == ("waiting", "abandoned")
    assert overtime.figures(here.sunli, DAY, DAY).turned_away == 1
    tick.tick(at(9, 25, 6, 5))
    assert Ticket.objects.get(pk=covered.pk).stage == "abandoned"
    assert Extension.objects.get(pk=one.pk).stage == "gone"


@pytest.mark.req("LS-延时-1.1a")
def test_nobody_signs_off_while_somebody_waits_for_his_window_alone(here: Evening) -> None:
    window = here.floor.windows[THREE]
    with pytest.raises(NotAllowed, match="还没有到下班前"):
        leaving.sign_off(window, by=here.liwei, at=at(9, 24, 15, 0))
    for other in ("4", "5"):
        leaving.sign_off(here.floor.windows[other], by=here.hemin, at=SOON)
    waiting = [here.floor.take(when=SOON) for _ in range(3)]
    with pytest.raises(NotAllowed, match=r"还有 3 个号没有办（A001、A002、A003）"):
        leaving.sign_off(window, by=here.liwei, at=FIVE)
    here.called(when=FIVE)
    here.served(waiting[0], FIVE)
    calling.abandon(waiting[1], by=here.liwei, at=FIVE, why="left")
    (covered,) = extend(here, when=FIVE)
    assert leaving.sign_off(window, by=here.liwei, at=FIVE).closed_at == FIVE
    window.refresh_from_db()
    assert not window.paused, "it has undertaken to serve him, so it goes on calling"
    here.called(when=FIVE)
    with pytest.raises(NotAllowed, match="还有 1 个号"):
        leaving.sign_off(window, by=here.liwei, at=LATE)
    here.served(waiting[2], LATE)
    extending.end(covered, by=here.liwei, at=LATE)
    leaving.sign_off(window, by=here.liwei, at=LATE)
    window.refresh_from_db()
    assert (window.paused, window.why_paused) == (True, "已下班")


@pytest.mark.req("LS-延时-1.1a")
def test_who_waits_for_a_line_that_another_open_window_serves_is_not_left(here: Evening) -> None:
    window = here.floor.windows[THREE]
    here.floor.take(when=SOON)
    leaving.sign_off(window, by=here.liwei, at=FIVE)
    four = here.floor.windows["4"]
    leaving.sign_off(here.floor.windows["5"], by=here.hemin, at=FIVE)
    with pytest.raises(NotAllowed, match="还有 1 个号"):
        leaving.sign_off(four, by=here.hemin, at=FIVE)


def test_whoever_is_at_the_window_is_transferred_before_it_is_left(here: Evening) -> None:
    ticket = here.floor.take(when=SOON)
    here.called()
    window = here.floor.windows[THREE]
    with pytest.raises(NotAllowed, match="还有 1 个号"):
        leaving.sign_off(window, by=here.liwei, at=FIVE)
    moving.transfer(ticket, by=here.liwei, at=FIVE, why="other", window=here.floor.windows["4"])
    leaving.sign_off(window, by=here.liwei, at=FIVE)


@pytest.mark.req("LS-延时-1.1b")
def test_a_number_given_up_by_the_staff_ten_minutes_before_closing_is_listed_for_check(here: Evening) -> None:
    early, late, own = (here.floor.take(when=SOON) for _ in range(3))
    calling.abandon(early, by=here.liwei, at=at(9, 24, 16, 30), why="left")
    calling.abandon(late, by=here.liwei, at=at(9, 24, 16, 50), why="gave_up")
    leaving.sign_off(here.floor.windows["5"], by=here.hemin, at=at(9, 24, 16, 55))
    (check,) = overtime.late_checks([here.floor.hall], DAY, DAY, LATE)
    assert (check.number, check.who, check.at) == (late.number, "李伟", at(9, 24, 16, 50))
    assert check.window.endswith(here.floor.windows[THREE].name)
    assert own.stage == "waiting"


def test_served_longer_the_case_has_no_day_more(here: Evening) -> None:
    case = here.floor.cast.accepted(at(9, 24, 16, 50))
    due = case.due_on
    window = here.floor.windows[THREE]
    visitor = Visitor(party=here.floor.cast.wangfang, what="食品经营许可", cases=[case.subject])
    made = extending.begin(window, by=here.liwei, at=SOON, visitor=visitor, ground="unfinished")
    extending.end(made, by=here.liwei, at=LATE)
    signed(here, made)
    case.refresh_from_db()
    assert case.due_on == due
    assert list(made.cases.all()) == [case.subject]


def test_a_draw_is_the_same_for_whoever_repeats_it_and_takes_at_least_one() -> None:
    every = [f"YS-{n:03}" for n in range(10)]
    assert sample(every, 30, "HF1") == sample(reversed(every), 30, "HF1")
    assert len(sample(every, 30, "HF1")) == 3
    assert len(sample(every[:1], 5, "HF1")) == 1
    assert sample(every, 30, "HF1") != sample(every, 30, "HF2")
    assert sample([], 30, "HF1") == []


def test_the_leader_hears_who_asks_and_that_the_window_stays_and_the_watch_hears_who_was_refused(
    here: Evening,
) -> None:
    window = here.floor.windows[THREE]
    leaving.name_leader(window, by=FOUNDER, at=SOON, officer=here.hemin)
    leaving.name_leader(window, by=FOUNDER, at=SOON, officer=here.hemin)
    assert WindowLeader.objects.count() == 1
    first, second = here.floor.take(when=SOON), here.floor.take(when=SOON)
    asked = declining.ask_extension(first, by=Bearer(first), at=SOON, channel=ExtensionAsk.Channel.PHONE)
    declining.decline(window, by=here.liwei, at=SOON, asked=asked, reason="要等上级系统明天开放")
    carry_out(first.subject)
    for one in extend(here):
        carry_out(one.subject)
    told = [(one.officer.name, one.title) for one in OfficerMessage.objects.order_by("pk")]
    stays = f"{window}启动了延时服务"
    assert told == [
        ("孙丽", "窗口没有同意延时：A001 号"),
        ("何敏", "窗口没有同意延时：A001 号"),
        ("何敏", stays),
    ], "told once a day that it stays, however many it covers"
    assert second.stage == "waiting"
