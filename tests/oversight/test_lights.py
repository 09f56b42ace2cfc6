"""Lights are told when they turn: once, to whoever has the case, to the head at red, to the supervisor beyond the law."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.cases import recheck
from onewindow.cases.acts import decide, examine
from onewindow.cases.acts.lights import turn_light
from onewindow.cases.models import Case
from onewindow.cases.tick import tick
from onewindow.intake.models import Application
from onewindow.journal.models import Entry
from onewindow.notices.models import OfficerMessage
from onewindow.oversight.models import Overdue
from onewindow.people.models import Holding, Officer, Post
from onewindow.places import acts as places
from onewindow.rules.grants import FOUNDER, SYSTEM
from onewindow.rules.workdays import ONE_DAY
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.oversight.stage import DUE, LEGAL, RED, YELLOW, pass_to, supervisor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def sunli(cast: Cast) -> Officer:
    return supervisor()


def lights(case: Case) -> list[str]:
    rows = Entry.objects.filter(subject=case.subject_id, fact="LightTurned").order_by("place")
    return [entry.body["light"] for entry in rows]


def told(kind: str = "LightTurned") -> list[tuple[str, str]]:
    rows = OfficerMessage.objects.filter(kind=kind).select_related("officer").order_by("pk")
    return [(one.officer.name, one.title.partition("：")[0]) for one in rows]


@pytest.mark.req("JN-14m", "FC-3.2.6d")
def test_a_case_turns_yellow_then_red_and_each_change_is_told_to_those_whom_it_concerns(
    cast: Cast, sunli: Officer
) -> None:
    case = cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=cast.zhangmin)
    pass_to(at(10, 9), case)
    assert told() == []
    pass_to(YELLOW, case)
    assert told() == [("张敏", "黄灯")]
    pass_to(DUE, case)
    assert lights(case) == ["yellow"]
    pass_to(RED, case)
    assert sorted(told()[1:]) == [("张敏", "红灯，已超期"), ("陈局", "红灯，已超期")]
    pass_to(LEGAL, case)
    assert {name for name, title in told() if title == "红灯，超法定期限"} == {"张敏", "陈局", "孙丽"}
    assert lights(case) == ["yellow", "red", "legal"]
    assert "赵强" not in {name for name, _ in told()}
    assert "王芳" not in "".join(one.title + one.text for one in OfficerMessage.objects.all())


def test_the_hint_comes_one_working_day_before_where_yellow_came_earlier() -> None:
    cast = assemble(promised=15)
    case = cast.accepted()
    due = Case.objects.get(pk=case.pk).due_on
    assert due is not None
    day = SEP24
    while day.date() <= due:
        tick(day)
        day += ONE_DAY
    assert lights(case) == ["yellow", "hint"]
    hint = Entry.objects.filter(subject=case.subject_id, fact="LightTurned").order_by("place")[1]
    assert (hint.at.date(), due) == (date(2026, 10, 21), date(2026, 10, 22))


def test_the_pack_of_a_place_that_joins_the_supervision_to_its_lights_tells_it_at_red() -> None:
    cast = assemble(pack="jining")
    supervisor()
    pass_to(RED, cast.accepted())
    assert ("孙丽", "红灯，已超期") in told()


def test_a_local_setting_tells_the_supervisor_at_red(cast: Cast, sunli: Officer) -> None:
    told_of = {"name": "alert.tells_supervisor", "value": "red", "reason": "测试"}
    places.change_setting(cast.county, by=FOUNDER, at=SEP24, **told_of)
    pass_to(RED, cast.accepted())
    assert ("孙丽", "红灯，已超期") in told()


def test_nobodys_case_is_told_to_all_who_may_take_it_and_a_stand_in_beside_whom_he_stands_in_for(
    cast: Cast,
) -> None:
    post = Post.objects.get(held__officer=cast.zhangmin)
    other = officer(
        COUNTY,
        "周洁",
        "S012",
        Post.objects.create(
            county=COUNTY, name="核查岗", scope="department", department=cast.market, grants=post.grants
        ),
    )
    deputy = officer(
        COUNTY,
        "刘洋",
        "S013",
        Post.objects.create(
            county=COUNTY, name="综合岗", scope="department", department=cast.market, grants=[]
        ),
    )
    Holding.objects.create(
        officer=deputy, post=post, kind="stand_in", since=date(2026, 10, 9), until=date(2026, 10, 12)
    )
    nobodys, his = cast.accepted(), cast.accepted(at(9, 24, 11))
    Case.objects.filter(pk=his.pk).update(examiner=cast.zhangmin)
    pass_to(YELLOW, nobodys)
    assert {name for name, _ in told()} == {"张敏", other.name, deputy.name}
    OfficerMessage.objects.all().delete()
    carry_out(his.subject)
    assert {name for name, _ in told()} == {"张敏", deputy.name}


def test_a_second_tick_and_a_second_run_of_the_follower_tell_nothing_twice(cast: Cast) -> None:
    case = cast.accepted()
    for _ in range(3):
        pass_to(RED, case)
    assert lights(case) == ["red"]
    assert len(told()) == len(set(told()))
    entry = Entry.objects.get(subject=case.subject_id, fact="LightTurned")
    with pytest.raises(IntegrityError, match="light_turned_once"), transaction.atomic():
        Entry.objects.create(
            county=COUNTY,
            subject=case.subject,
            place=99,
            fact="LightTurned",
            on=entry.on,
            at=entry.at,
            by="system",
            body=entry.body,
            before=b"",
            hash=b"",
        )


def test_whoever_comes_late_is_told_of_the_gravest_light_alone(cast: Cast, sunli: Officer) -> None:
    case = cast.accepted()
    pass_to(at(11, 20), case)
    assert lights(case) == ["legal"]


def test_a_decision_ends_the_lights_of_its_term_and_the_delivery_has_its_own(cast: Cast) -> None:
    case = cast.accepted()
    Application.objects.update(delivery_way="courier", delivery_address="测试路1号")
    tick(YELLOW)
    examine.review(case, by=cast.zhangmin, at=at(10, 12, 11), favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=at(10, 12, 12), text="准予")
    tick(RED)
    assert lights(case) == ["yellow"]
    tick(at(10, 30))
    terms = Entry.objects.filter(subject=case.subject_id, fact="LightTurned").values_list(
        "body__term", flat=True
    )
    assert list(terms.order_by("place")) == ["promised", "deliver"]


def test_the_index_of_the_next_light_is_what_the_facts_say(cast: Cast) -> None:
    case = cast.accepted()
    assert Case.objects.get(pk=case.pk).turns_on == date(2026, 10, 12)
    for when, then in (
        (YELLOW, date(2026, 10, 14)),
        (RED, date(2026, 10, 23)),
        (at(10, 23), date(2026, 10, 28)),
        (at(10, 28), date(2026, 10, 30)),
        (LEGAL, None),
    ):
        tick(when)
        assert Case.objects.get(pk=case.pk).turns_on == then
        assert list(recheck.recheck()) == []


def test_only_time_turns_a_light(cast: Cast) -> None:
    case = cast.accepted()
    assert turn_light(case, by=SYSTEM, at=at(10, 9)) is False
    assert turn_light(case, by=SYSTEM, at=YELLOW) is True
    assert Entry.objects.get(subject=case.subject_id, fact="LightTurned").by == "system"


def test_the_tick_asks_the_index_and_not_every_open_case(cast: Cast) -> None:
    for hour in range(12):
        cast.accepted(at(9, 24, 8, hour))
    with connection.cursor() as cursor:
        for other in ("enable_seqscan", "enable_sort"):  # twelve rows are too few to make it choose
            cursor.execute(f"SET LOCAL {other} = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM cases_case WHERE is_open AND turns_on <= '2026-10-09' ORDER BY turns_on, id"
        )
        assert "case_turns" in " ".join(row[0] for row in cursor.fetchall())
    with CaptureQueriesContext(connection) as none:
        tick(at(10, 9))
    asked = [one["sql"] or "" for one in none.captured_queries]
    assert sum("journal_entry" in sql and "INSERT" in sql for sql in asked) == 0


def test_forwarding_sending_back_and_what_comes_in_are_told_to_whom_they_concern(cast: Cast) -> None:
    post = Post.objects.get(held__officer=cast.zhangmin)
    other = officer(COUNTY, "周洁", "S012", post)
    case = cast.accepted()
    examine.forward(case, by=cast.zhangmin, at=at(9, 28), to=other)
    carry_out(case.subject)
    assert told("Forwarded") == [("周洁", "转给您办理")]
    examine.review(case, by=other, at=at(9, 29), favourable=True, text="同意")
    examine.send_back_review(case, by=cast.chenju, at=at(9, 30), text="面积没有核")
    carry_out(case.subject)
    assert told("ReviewSentBack") == [("周洁", "退回重新审核")]
    assert Overdue.objects.count() == 0


def test_a_hint_that_was_overtaken_before_it_was_told_is_not_told_any_more(cast: Cast) -> None:
    case = cast.accepted()
    Case.objects.filter(pk=case.pk).update(examiner=cast.zhangmin)
    tick(YELLOW)
    examine.review(case, by=cast.zhangmin, at=YELLOW, favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=YELLOW, text="准予")
    carry_out(case.subject)
    assert lights(case) == ["yellow"]
    assert told() == []
