"""延续 (行政许可法 50): applied for thirty days before, decided before the licence runs out, else it goes on by law."""

from datetime import date

import pytest

from onewindow.cases.acts import decide, deliver, examine
from onewindow.cases.acts.renew import name_licence, remind_renewal, renew_by_law
from onewindow.cases.acts.void import ask_void, confirm_void
from onewindow.cases.models import Case, Decision, Renewal
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import Message
from onewindow.rules.grants import SYSTEM, NotAllowed, NotGranted
from tests.cases.test_life import TAKER
from tests.cast import Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db
RENEWS = {"renewal": {"of": "食品经营许可证"}}


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=RENEWS, valid_years=5, validity="5 年")


def applied(cast: Cast, expires: date, number: str = "JY20210001") -> Case:
    case = cast.accepted()
    name_licence(case, by=cast.liwei, at=at(9, 24, 11), number=number, expires_on=expires)
    case.refresh_from_db()
    return case


def test_undecided_when_the_licence_runs_out_it_goes_on_by_law_from_that_day(cast: Cast) -> None:
    case = applied(cast, date(2026, 10, 26))
    # 届满前三十日：10 月 26 日倒数三十天是 9 月 26 日；9 月 24 日提出，没有晚。
    assert Renewal.objects.get().apply_by == date(2026, 9, 26)
    tick(at(10, 26, 23))
    assert Case.objects.get(pk=case.pk).stage == "examining"
    tick(at(10, 27, 0, 1))
    case.refresh_from_db()
    decision = Decision.objects.get(case=case)
    assert (case.stage, case.decided_on) == ("granted", date(2026, 10, 26))
    assert (decision.by, decision.valid_from, decision.valid_until) == (
        None,
        date(2026, 10, 27),
        date(2031, 10, 26),
    )
    fact = Entry.objects.get(fact="RenewedByLaw")
    assert (fact.on, fact.body["recorded_on"], fact.by) == (date(2026, 10, 26), "2026-10-27", "system")
    assert list(recheck()) == []
    assert tick(at(10, 28))["视为准予延续"] == 0
    carry_out(case.subject)
    letter = Letter.objects.get(kind="renewed")
    assert letter.title == "行政许可视为准予延续通知书"
    assert letter.data["basis"] == [{"law": "中华人民共和国行政许可法", "article": "第五十条第二款"}]
    deliver.hand_over(case, by=cast.liwei, at=at(10, 28), taker=TAKER, window=cast.window)
    assert Case.objects.get(pk=case.pk).stage == "closed"


def test_applied_for_too_late_silence_renews_nothing(cast: Cast) -> None:
    case = applied(cast, date(2026, 10, 23))  # 最迟 9 月 23 日
    assert not Renewal.objects.get().in_time
    tick(at(10, 26))
    assert Case.objects.get(pk=case.pk).stage == "examining"
    assert not renew_by_law(case, by=SYSTEM, at=at(10, 26))


def test_only_a_licence_goes_on_by_law() -> None:
    cast = assemble(kind="其他行政权力", legal=None, guide={"renewal": {"of": "备案表", "before_days": 30}})
    case = applied(cast, date(2026, 10, 26))
    tick(at(10, 27))
    assert Case.objects.get(pk=case.pk).stage == "examining"


def test_decided_in_time_nothing_follows_from_the_day(cast: Cast) -> None:
    case = applied(cast, date(2026, 10, 26))
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="建议延续")
    decide.grant(case, by=cast.chenju, at=at(10, 12), text="准予延续")
    tick(at(10, 27))
    assert Entry.objects.filter(fact="RenewedByLaw").count() == 0


def test_an_earlier_decision_of_ours_is_found_by_its_number_and_its_own_day_holds(cast: Cast) -> None:
    first = cast.accepted()
    examine.review(first, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    old = decide.grant(first, by=cast.chenju, at=at(9, 29), text="准予许可")
    case = cast.accepted(at(9, 30))
    with pytest.raises(NotAllowed, match="2031-09-28"):
        name_licence(
            case, by=cast.liwei, at=at(9, 30), number=old.result_number, expires_on=date(2031, 9, 30)
        )
    told = name_licence(
        case, by=cast.liwei, at=at(9, 30), number=old.result_number, expires_on=date(2031, 9, 28)
    )
    assert told.licence == old


@pytest.mark.parametrize(
    ("number", "expires", "why"),
    [("", date(2026, 12, 1), "编号"), ("JY1", date(2026, 9, 23), "已经到期")],
)
def test_a_licence_that_cannot_go_on_is_refused(cast: Cast, number: str, expires: date, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        name_licence(cast.accepted(), by=cast.liwei, at=at(9, 24, 11), number=number, expires_on=expires)


def test_once_and_by_whoever_may_accept_and_only_where_the_guide_says_so(cast: Cast) -> None:
    case = applied(cast, date(2026, 12, 1))
    told = {"at": at(9, 28), "number": "JY2", "expires_on": date(2026, 12, 1)}
    with pytest.raises(NotAllowed, match="已经登记"):
        name_licence(case, by=cast.liwei, **told)
    with pytest.raises(NotGranted):
        name_licence(case, by=cast.zhaoqiang, **told)


def test_where_the_guide_says_nothing_of_it_no_licence_is_named() -> None:
    cast = assemble()
    with pytest.raises(NotAllowed, match="没有写可以延续"):
        name_licence(
            cast.accepted(), by=cast.liwei, at=at(9, 24, 11), number="JY1", expires_on=date(2026, 12, 1)
        )


def test_the_holder_is_told_once_in_time_to_apply() -> None:
    cast = assemble(guide=RENEWS)
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予", valid_until=date(2027, 2, 1))
    deliver.hand_over(case, by=cast.liwei, at=at(9, 30), taker=TAKER, window=cast.window)
    assert tick(at(12, 2))["提醒延续"] == 0  # 61 天
    assert tick(at(12, 3))["提醒延续"] == 1  # 60 天
    assert tick(at(12, 4))["提醒延续"] == 0
    fact = Entry.objects.get(fact="RenewalReminded")
    assert fact.body["apply_by"] == "2027-01-02"
    carry_out(case.subject)
    said = Message.objects.get(title__endswith="您的证照快到期了")
    assert "2027 年 1 月 2 日以前" in said.text
    assert not remind_renewal(case, by=SYSTEM, at=at(12, 5))


def test_a_licence_named_by_mistake_is_voided_by_two_and_the_right_one_named(cast: Cast) -> None:
    """The number of another licence: with its last day the silence would have renewed the wrong one."""
    case = applied(cast, date(2026, 10, 26), number="JY20219999")
    place = Entry.objects.get(fact="RenewalNamed").place
    asked = ask_void(case, by=cast.liwei, at=at(9, 25), place=place, cause="slip", reason="抄成了另一张证。")
    case.refresh_from_db()
    confirm_void(case, by=cast.chenju, at=at(9, 25), voiding=asked.pk)
    assert not Renewal.objects.exists()
    tick(at(10, 27))
    assert not Entry.objects.filter(fact="RenewedByLaw").exists()
    case.refresh_from_db()
    name_licence(case, by=cast.liwei, at=at(10, 27, 10), number="JY20210001", expires_on=date(2026, 11, 24))
    assert Renewal.objects.get().number == "JY20210001"
    assert list(recheck()) == []


def test_what_the_law_has_renewed_is_not_unsaid_by_voiding_the_licence(cast: Cast) -> None:
    case = applied(cast, date(2026, 10, 26))
    tick(at(10, 27))
    case.refresh_from_db()
    place = Entry.objects.get(fact="RenewalNamed").place
    with pytest.raises(NotAllowed, match="延续已经有了结果"):
        ask_void(case, by=cast.liwei, at=at(10, 27, 12), place=place, cause="slip", reason="抄错了。")
