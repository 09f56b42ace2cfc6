"""Papers that may follow and had come in time: dated back, or shown when time had already said that they were missed."""

from datetime import date

import pytest

from onewindow.cases.acts import decide, defer, void
from onewindow.cases.models import BackDated, Case, Deferral
from onewindow.cases.recheck import recheck
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.people.acts import unrepaired
from onewindow.people.models import Breach
from onewindow.rules.grants import NotAllowed
from onewindow.rules.stages import Stage
from tests.cases.test_defer import LATER, OCT9, deferred, grant, judge, rules_paper, set_to, supply
from tests.cases.test_void import WHY, ask, fresh
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import on
from tests.web.desks import at_desk

pytestmark = pytest.mark.django_db
OCT10 = at(10, 10)  # a Saturday on which one works


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble(papers=LATER)


def shown(cast: Cast, case: Case, fact: str, day: date = OCT9) -> None:
    papers = [rules_paper(cast).material.pk]
    asked = ask(cast, case, fact, OCT10, shown_on=day, shown_papers=papers)
    void.confirm_void(case, by=cast.chenju, at=OCT10, voiding=asked.pk)


def test_papers_brought_yesterday_count_from_yesterday(cast: Cast) -> None:
    case = deferred(cast)
    told = {"by": cast.liwei, "at": at(9, 29), "papers": [rules_paper(cast)]}
    with pytest.raises(NotAllowed, match="写明为什么今天才登记"):
        defer.receive_supply(case, **told, on=date(2026, 9, 28))
    defer.receive_supply(case, **told, on=date(2026, 9, 28), why_late=WHY)
    entry = Entry.objects.get(fact="PapersSupplied")
    assert (entry.on, entry.at.date()) == (date(2026, 9, 28), date(2026, 9, 29))
    assert BackDated.objects.get().why == WHY
    assert list(recheck()) == []


def test_a_withdrawal_by_time_falls_with_the_papers_that_had_come_and_so_does_the_breach(cast: Cast) -> None:
    case = deferred(cast)
    tick(OCT10)
    carry_out(case.subject)
    assert (fresh(case).stage, unrepaired(cast.wangfang)) == (Stage.WITHDRAWN, Breach.objects.get())
    shown(cast, case, "DeemedWithdrawn")
    after = fresh(case)
    assert (after.stage, after.is_open, after.closed_on) == (Stage.EXAMINING, True, None)
    # Twenty working days from 24 September, as before.
    assert after.legal_due_on == date(2026, 10, 29)
    came = Entry.objects.get(fact="PapersSupplied")
    assert (came.on, came.back_dated.why) == (OCT9, WHY)
    assert (Deferral.objects.get().outcome, Deferral.objects.get().settled_on) == ("", None)
    carry_out(case.subject)
    assert unrepaired(cast.wangfang) is None
    assert Breach.objects.get().voided_on == OCT10.date()
    judge(cast, case, OCT10)
    grant(cast, case, at(10, 12))
    assert fresh(case).stage == Stage.GRANTED
    assert list(recheck()) == []


def test_a_breach_that_is_told_late_of_a_fact_already_voided_is_never_noted(cast: Cast) -> None:
    case = deferred(cast)
    tick(OCT10)
    shown(cast, case, "DeemedWithdrawn")
    carry_out(case.subject)
    assert not Breach.objects.exists()


def test_missed_again_after_the_papers_were_wrong_is_a_breach_of_its_own(cast: Cast) -> None:
    case = deferred(cast)
    tick(OCT10)
    carry_out(case.subject)
    shown(cast, case, "DeemedWithdrawn")
    carry_out(case.subject)
    judge(cast, case, OCT10, "wrong", "没有写清洗消毒")
    tick(at(10, 26))
    carry_out(case.subject)
    assert fresh(case).stage == Stage.WITHDRAWN
    assert [one.voided_on is None for one in Breach.objects.order_by("pk")] == [False, True]


def test_what_stops_a_grant_falls_with_the_papers_and_a_denial_because_of_it_goes_first(cast: Cast) -> None:
    set_to(cast, "rongque.missed", "refused")
    case = deferred(cast)
    tick(OCT10)
    with pytest.raises(NotAllowed, match="不能准予"):
        grant(cast, case, OCT10)
    told = {"text": "不予", "grounds": "容缺材料逾期未补齐。", "basis": "承诺书"}
    decide.deny(case, by=cast.chenju, at=OCT10, **told)
    with pytest.raises(NotAllowed, match="请先作废"):
        shown(cast, case, "DeferralMissed")
    denied = ask(cast, case, "Denied", OCT10)
    with pytest.raises(NotAllowed, match="您自己记的"):
        void.confirm_void(case, by=cast.chenju, at=OCT10, voiding=denied.pk)


def test_it_goes_on_under_the_setting_of_refusal(cast: Cast) -> None:
    set_to(cast, "rongque.missed", "refused")
    case = deferred(cast)
    tick(OCT10)
    shown(cast, case, "DeferralMissed")
    judge(cast, case, OCT10)
    grant(cast, case, OCT10)
    assert fresh(case).stage == Stage.GRANTED


@pytest.mark.parametrize(
    ("day", "papers", "match"),
    [
        (date(2026, 10, 10), True, "期限到 10 月 9 日为止"),
        (OCT9, False, "要在期限内全部补齐"),
        (date(2026, 9, 30), True, "最多往前 2 个工作日"),
    ],
)
def test_late_papers_some_of_them_and_a_day_too_far_back_overrule_nothing(
    cast: Cast, day: date, papers: bool, match: str
) -> None:
    case = deferred(cast)
    tick(OCT10)
    chosen = [rules_paper(cast).material.pk] if papers else []
    with pytest.raises(NotAllowed, match=match):
        ask(cast, case, "DeemedWithdrawn", OCT10, shown_on=day, shown_papers=chosen)


def test_papers_already_judged_wrong_are_missed_as_before(cast: Cast) -> None:
    case = deferred(cast)
    supply(cast, case, at(10, 9))
    tick(OCT10)
    assert fresh(case).stage == Stage.EXAMINING


def test_the_page_names_the_papers_that_were_owed_and_takes_the_day(cast: Cast) -> None:
    case = deferred(cast)
    tick(OCT10)
    place = Entry.objects.get(fact="DeemedWithdrawn").place
    address = f"/cases/{case.number}/void/{place}/"
    told = {"cause": "slip", "reason": WHY, "shown_on": "2026-10-09"}
    with on(OCT10):
        desk = at_desk(cast.zhangmin)
        text = desk.get(address).content.decode()
        assert "容缺材料哪天交来的" in text
        assert rules_paper(cast).material.name in text
        assert desk.post(address, told).status_code == 422
        sent = {**told, "shown_papers": rules_paper(cast).material.pk}
        assert desk.post(address, sent).status_code == 302
        [asked] = case.voidings.all()
        settled = at_desk(cast.chenju).post(f"/cases/{case.number}/voidings/{asked.pk}/", {"confirm": "1"})
    assert settled.status_code == 302
    assert fresh(case).stage == Stage.EXAMINING


def test_the_supply_page_takes_an_earlier_day_with_its_reason(cast: Cast) -> None:
    case = deferred(cast)
    told = {"came": rules_paper(cast).material.pk, "on": "2026-09-28", "seen": fresh(case).subject.length}
    with on(at(9, 29)):
        desk = at_desk(cast.liwei)
        assert "补录" in desk.get(f"/cases/{case.number}/do/supply/").content.decode()
        assert desk.post(f"/cases/{case.number}/do/supply/", told).status_code == 422
        assert desk.post(f"/cases/{case.number}/do/supply/", {**told, "why_late": WHY}).status_code == 302
    assert Entry.objects.get(fact="PapersSupplied").on == date(2026, 9, 28)
