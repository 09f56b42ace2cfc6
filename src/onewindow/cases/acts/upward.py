"""上报: looked at here, decided above – what goes up, how it is asked after, and what comes back (行政许可法 35, 43)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onewindow.cases.acts.examine import not_own_intake
from onewindow.cases.chief import chief_of
from onewindow.cases.models import Case, Contact, Decision, Report
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.intake.models import Submitted
from onewindow.people.models import Officer
from onewindow.rules.facts import Reviewed
from onewindow.rules.facts_upward import ContactedAbove, DeniedAbove, GrantedAbove, SentUp
from onewindow.rules.grants import Grant, NotAllowed, needs


@dataclass(frozen=True, kw_only=True)
class Answer:
    """上级的决定: granted or not, under which number and on which day, and until when it is valid."""

    granted: bool
    number: str
    decided_on: date
    text: str
    grounds: str = ""
    basis: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@needs(Grant.CASE_DECIDE)
@one
def send_up(case: Case, *, by: Officer, at: datetime, opinion: str, number_above: str = "") -> Report:
    """转报: whoever decides here signs the opinion of the first look, and all papers go up with it.

    An opinion against the applicant goes up as well: only the organ above decides (行政许可法 35).
    """
    held = hold(case)
    held.expect("SentUp")
    held.refuse(SentUp(on=at.date(), report=0))
    not_own_intake(held, by)
    chief_of(held.case, by, Grant.CASE_DECIDE)
    if held.same(Reviewed.__name__, by, SentUp.__name__):
        raise NotAllowed("审核和转报不能是同一个人，请由本机关负责人签发初审意见。")
    if not opinion.strip():
        raise NotAllowed("请写明初审意见，它和全部申请材料一起报送上级。")
    told = upward_of(held.case)
    report = Report.objects.create(
        case=held.case,
        organ=str(told["organ"])[:100],
        opinion=opinion.strip(),
        sent=_papers(held),
        sent_on=at.date(),
        days=int(told.get("days") or 0),
        number_above=number_above.strip()[:60],
        by=by,
        at=at,
    )
    held.record(SentUp(on=at.date(), report=report.pk), by=by, at=at)
    return report


@needs(Grant.CASE_REPORT)
@one
def contact_above(case: Case, *, by: Officer, at: datetime, whom: str, said: str) -> Contact:
    """与上级联系: how far it is there; the next day to ask begins with it."""
    held = hold(case)
    held.expect("ContactedAbove")
    if not whom.strip() or not said.strip():
        raise NotAllowed("请写明联系了上级的哪一位或者哪个科室、对方怎么答复。")
    contact = Contact.objects.create(
        case=held.case, on=at.date(), whom=whom.strip()[:100], said=said.strip()[:500], by=by, at=at
    )
    held.record(ContactedAbove(on=at.date(), contact=contact.pk), by=by, at=at)
    return contact


@needs(Grant.CASE_REPORT)
@one
def answer_above(case: Case, *, by: Officer, at: datetime, answer: Answer) -> Decision:
    """上级已决定: its decision is entered as it was made there, and handed on from here."""
    held = hold(case)
    held.expect("GrantedAbove" if answer.granted else "DeniedAbove")
    report = Report.objects.get(case=held.case)
    _refuse_incomplete(answer, report, at.date())
    result: dict[str, Any] = held.case.version.content.get("result", {}) if answer.granted else {}
    decision = Decision.objects.create(
        case=held.case,
        granted=answer.granted,
        organ=report.organ,
        text=answer.text.strip(),
        grounds=answer.grounds.strip(),
        basis=answer.basis.strip()[:300],
        result_name=str(result.get("name", ""))[:200],
        result_number=answer.number.strip()[:50],
        valid_from=answer.valid_from,
        valid_until=answer.valid_until,
        by=by,
        at=at,
        on=answer.decided_on,
    )
    fact = GrantedAbove if answer.granted else DeniedAbove
    held.record(fact(on=at.date(), decision=decision.pk), by=by, at=at)
    return decision


def upward_of(case: Case) -> dict[str, Any]:
    """What the guide says of the organ above; without one nothing can be sent up."""
    told = case.version.content.get("upward") or {}
    if not told.get("organ"):
        raise NotAllowed("本事项的办事指南没有写报给哪个上级机关，请先由事项管理人员补上。")
    return dict(told)


def _papers(held: Held) -> list[str]:
    """Everything that was handed in; the organ above asks the applicant for nothing again (行政许可法 35)."""
    rows = Submitted.objects.filter(application=held.case.application_id).order_by("material__order", "pk")
    return list(dict.fromkeys(rows.values_list("material__name", flat=True)))


def _refuse_incomplete(answer: Answer, report: Report, today: date) -> None:
    if not answer.number.strip():
        raise NotAllowed("请写明上级决定的文号，申请人凭它找得到那份决定。")
    if not report.sent_on <= answer.decided_on <= today:
        raise NotAllowed("上级作出决定的日子要在转报以后、今天以前（含今天），请核对。")
    if not answer.granted and not (answer.grounds.strip() and answer.basis.strip()):
        raise NotAllowed("上级不予的，要照它的决定书写明理由和依据，申请人有权知道。")
    begins, ends = answer.valid_from, answer.valid_until
    if ends is not None and ends < (begins or answer.decided_on):
        raise NotAllowed("有效期的截止日早于开始日，请照上级的证件核对。")
