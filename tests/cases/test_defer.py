"""容缺受理, told as journeys: promised for a day, brought in time, brought wrong, missed under both settings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from onewindow.cases.acts import decide, defer, examine, withdraw
from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.correct import ask_correction
from onewindow.cases.acts.receive import Found
from onewindow.cases.models import Case, Deferral
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.people.models import Breach
from onewindow.places.acts import change_setting
from onewindow.rules.grants import FOUNDER, SYSTEM, NotAllowed, NotGranted
from onewindow.rules.stages import Stage
from tests.cast import SEP24, Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db
LATER: Mapping[str, Mapping[str, Any]] = {"zd": {"necessity": "deferrable"}}
OCT9 = date(2026, 10, 9)  # five working days after 24 September: 28, 29, 30, 8 October, 9 October


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(papers=LATER)


def set_to(cast: Cast, name: str, value: object) -> None:
    told = {"name": name, "value": value, "reason": "县里规定"}
    change_setting(cast.county, by=FOUNDER, at=at(1, 5), **told)


def deferred(cast: Cast, when: datetime = SEP24) -> Case:
    """王芳 has all but the management rules, and signs on paper that she brings them."""
    case = cast.apply(when, zd="missing")
    defer.accept_on_promise(case, by=cast.liwei, at=when, on_paper=True)
    return fresh(case)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def facts(case: Case) -> list[str]:
    return list(
        Entry.objects.filter(subject=case.subject_id).order_by("place").values_list("fact", flat=True)
    )


def rules_paper(cast: Cast) -> Paper:
    return Paper(next(m for m in cast.materials if m.code == "zd"))


def supply(cast: Cast, case: Case, when: datetime) -> None:
    defer.receive_supply(case, by=cast.liwei, at=when, papers=[rules_paper(cast)])


def judge(cast: Cast, case: Case, when: datetime, finding: str = "fits", why: str = "") -> None:
    found = {rules_paper(cast).material.pk: Found(finding, why)}
    defer.judge_supply(case, by=cast.zhangmin, at=when, findings=found)


def grant(cast: Cast, case: Case, when: datetime) -> None:
    examine.review(case, by=cast.zhangmin, at=when, favourable=True, text="同意")
    decide.grant(case, by=cast.chenju, at=when, text="准予")


@pytest.mark.req("ZH-2.4.3e")
def test_it_works_with_a_paper_that_may_follow_and_never_without_a_main_one(cast: Cast) -> None:
    case = deferred(cast)
    assert (case.stage, str(case.accepted_on)) == (Stage.EXAMINING, "2026-09-24")
    row = Deferral.objects.get()
    assert (row.due_on, row.how, row.accepted_by) == (OCT9, "paper", cast.liwei)
    for code in ("sqs", "bjt"):
        other = cast.apply(**{code: "missing", "zd": "missing"})
        with pytest.raises(NotAllowed, match="是主要材料，缺了不能容缺受理"):
            defer.accept_on_promise(other, by=cast.liwei, at=SEP24, on_paper=True)
    for _ in range(2):
        assert tick(at(10, 10))["容缺提醒或逾期"] in (1, 0)
    assert fresh(case).stage == Stage.WITHDRAWN


@pytest.mark.req("HD-3.2.5d")
@pytest.mark.req("FC-3.3.18f")
def test_examined_meanwhile_granted_only_when_it_came_and_was_in_order(cast: Cast) -> None:
    case = deferred(cast)
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="同意")
    with pytest.raises(NotAllowed, match="还有 1 份容缺材料没有补来，不能准予"):
        decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予")
    supply(cast, case, at(9, 29))
    with pytest.raises(NotAllowed, match="补交的容缺材料还没有核对"):
        decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予")
    judge(cast, case, at(9, 29))
    decide.grant(case, by=cast.chenju, at=at(9, 30), text="准予")
    assert fresh(case).stage == Stage.GRANTED
    assert Deferral.objects.get().outcome == "cleared"
    assert list(recheck()) == []
    tick(at(10, 12))
    assert not Breach.objects.exists()


def test_the_day_is_never_beyond_the_promised_term_and_no_promise_where_it_is_decided_at_once() -> None:
    cast = assemble(papers=LATER, promised=3)
    case = cast.apply(zd="missing")
    assert defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True).due_on == date(2026, 9, 30)


def test_an_item_that_is_decided_at_once_takes_no_promise() -> None:
    cast = assemble(papers=LATER, promised=0)
    case = cast.apply(zd="missing")
    with pytest.raises(NotAllowed, match="承诺当场办结"):
        defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True)


def test_the_item_may_give_a_day_of_its_own() -> None:
    cast = assemble(papers={"zd": {"necessity": "deferrable", "detail": {"defer_days": 2}}})
    case = cast.apply(zd="missing")
    assert defer.accept_on_promise(case, by=cast.liwei, at=SEP24, on_paper=True).due_on == date(2026, 9, 29)


def test_nothing_without_a_signature_nor_with_everything_there_nor_by_another_office(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    with pytest.raises(NotAllowed, match="要有申请人签字的承诺书"):
        defer.accept_on_promise(case, by=cast.liwei, at=SEP24)
    with pytest.raises(NotGranted):
        defer.accept_on_promise(case, by=cast.zhaoqiang, at=SEP24, on_paper=True)
    with pytest.raises(NotAllowed, match="请直接受理"):
        defer.accept_on_promise(cast.apply(), by=cast.liwei, at=SEP24, on_paper=True)


def test_without_a_promise_the_ordinary_ways_stay(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    with pytest.raises(NotAllowed, match="一次性告知补正"):
        accept(case, by=cast.liwei, at=SEP24)
    ask_correction(case, by=cast.liwei, at=SEP24, demands={rules_paper(cast).material.pk: "请补交管理制度"})
    assert fresh(case).stage == Stage.CORRECTING


def test_she_is_reminded_once_two_days_before(cast: Cast) -> None:
    case = deferred(cast)
    for day in (8, 8, 9):
        tick(at(10, day))
    assert facts(case).count("DeferralReminded") == 1
    tick(at(9, 28))
    assert "DeferralReminded" in facts(case)


def test_missed_under_the_setting_of_withdrawal_she_may_apply_anew_and_the_breach_is_noted(
    cast: Cast,
) -> None:
    case = deferred(cast)
    tick(at(10, 9, 23))
    assert fresh(case).stage == Stage.EXAMINING
    tick(at(10, 10))
    gone = fresh(case)
    assert (gone.stage, gone.is_open, str(gone.closed_on)) == (Stage.WITHDRAWN, False, "2026-10-10")
    assert facts(case)[-1] == "DeemedWithdrawn"
    carry_out(case.subject)
    carry_out(case.subject)
    breach = Breach.objects.get()
    assert (breach.party, breach.kind, breach.department) == (cast.wangfang, "rongque", cast.market)
    assert Deferral.objects.get().outcome == "missed"
    assert cast.apply(at(10, 12)).stage == Stage.RECEIVED


def test_missed_under_the_setting_of_refusal_only_a_person_may_refuse_it(cast: Cast) -> None:
    set_to(cast, "rongque.missed", "refused")
    case = deferred(cast)
    tick(at(10, 10))
    assert fresh(case).stage == Stage.EXAMINING
    assert facts(case)[-1] == "DeferralMissed"
    with pytest.raises(NotAllowed, match="补交的日子已经过了"):
        supply(cast, case, at(10, 10))
    with pytest.raises(NotAllowed, match="请依法作出不予的决定"):
        grant(cast, case, at(10, 10))
    decide.deny(
        case, by=cast.chenju, at=at(10, 10), text="不予", grounds="容缺材料逾期未补齐。", basis="承诺书"
    )
    assert fresh(case).stage == Stage.DENIED


def test_what_comes_in_time_is_never_missed_however_late_it_is_judged(cast: Cast) -> None:
    case = deferred(cast)
    supply(cast, case, at(10, 9, 17))
    tick(at(10, 12))
    assert fresh(case).stage == Stage.EXAMINING
    judge(cast, case, at(10, 12), "wrong", "没有写清洗消毒")
    assert Deferral.objects.get().due_on == date(2026, 10, 14)
    tick(at(10, 14))
    supply(cast, case, at(10, 14))
    judge(cast, case, at(10, 15))
    grant(cast, case, at(10, 15))
    assert list(recheck()) == []


def test_a_provisional_day_never_acts_against_her() -> None:
    """Four days after 30 December 2026 lie in a year whose notice has not come."""
    cast = assemble(papers=LATER)
    case = deferred(cast, at(12, 30))
    tick(at(2, 1, year=2027))
    assert fresh(case).stage == Stage.EXAMINING


def test_only_what_was_promised_is_taken_in_and_late_is_too_late(cast: Cast) -> None:
    case = deferred(cast)
    other = Paper(next(m for m in cast.materials if m.code == "bjt"))
    with pytest.raises(NotAllowed, match="只收承诺书里还没有补来的"):
        defer.receive_supply(case, by=cast.liwei, at=at(9, 28), papers=[other])
    with pytest.raises(NotAllowed, match="10 月 9 日以前补交，已经过了"):
        supply(cast, case, at(10, 10))
    supply(cast, case, at(9, 28))
    with pytest.raises(NotAllowed, match="写明哪里不符"):
        judge(cast, case, at(9, 28), "wrong")


def test_withdrawn_by_herself_leaves_no_breach(cast: Cast) -> None:
    case = deferred(cast)
    withdraw.withdraw(case, by=cast.wangfang, at=at(9, 28))
    tick(at(10, 12))
    carry_out(case.subject)
    assert not Breach.objects.exists()
    assert not defer.remind_or_miss(case, by=SYSTEM, at=at(10, 12))


def test_whoever_broke_a_promise_makes_no_other_and_the_ordinary_way_stays_open(cast: Cast) -> None:
    case = deferred(cast)
    tick(at(10, 10))
    carry_out(case.subject)
    again = cast.apply(at(10, 12), zd="missing")
    with pytest.raises(NotAllowed, match=r"失信记录没有修复.*可以按一般程序办理"):
        defer.accept_on_promise(again, by=cast.liwei, at=at(10, 12), on_paper=True)
    assert accept(cast.apply(at(10, 12)), by=cast.liwei, at=at(10, 12)).stage == Stage.EXAMINING
