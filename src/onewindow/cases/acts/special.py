"""特别程序: which procedures of the guide does a case go through, with what notice and what result (行政许可法 45–48)?

Only what the published version lists can be begun. The written notice of the time needed follows from the beginning
itself, so that no term stands still of which the applicant was not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.cases.dated import record_dated
from onewindow.cases.models import Case, Procedure
from onewindow.cases.write import Held, hold
from onewindow.catalogue.models import ItemVersion
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules import third
from onewindow.rules.facts import Reviewed
from onewindow.rules.facts_time import ProcedureBegun, ProcedureEnded
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.special import HEARING, procedures
from onewindow.rules.workdays import UncoveredDay


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """听证的安排: on which day, who leads it, and when the right to it was told and used; none where the organ holds it by itself."""

    held_on: date
    host: Officer
    told_on: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the applicant is told before a procedure: why, with whom, where, until when."""

    kind: str
    why: str
    parties: str
    planned_end: date
    place: str = ""
    hearing: Hearing | None = None


@needs(Grant.CASE_EXAMINE)
@one
def begin_procedure(case: Case, *, by: Officer, at: datetime, plan: Plan) -> Procedure:
    """Begin a procedure that the guide lists; the notice goes out, and what it stops stands still from tomorrow on."""
    held = hold(case)
    held.expect("ProcedureBegun")
    asked = plan.kind == HEARING and third.wants_hearing(held.facts)  # 行政许可法 47, listed or not
    listed = {} if asked else listed_in(held.case.version, plan.kind)
    basis = third.HEARING_LAW if asked else basis_of(held.case.version, listed)
    on = at.date()
    held.refuse(ProcedureBegun(on=on, procedure=0, kind=plan.kind, planned_end=plan.planned_end))
    if not plan.why.strip() or not plan.parties.strip():
        raise NotAllowed("请写明为什么要进行、由谁进行，告知书上要告诉申请人。")
    _refuse_end(held, plan, int(listed.get("days") or 0), on)
    if plan.kind == HEARING:
        _refuse_hearing(held, plan, by=by, on=on)
    begun = Procedure.objects.create(
        case=held.case,
        kind=plan.kind,
        basis=basis,
        limit_days=int(listed.get("days") or 0),
        parties=plan.parties.strip()[:300],
        place=plan.place.strip()[:200],
        why=plan.why.strip()[:500],
        begun_on=on,
        planned_end=plan.planned_end,
        begun_by=by,
        begun_at=at,
        **_held(plan.hearing),
    )
    fact = ProcedureBegun(on=on, procedure=begun.pk, kind=begun.kind, planned_end=begun.planned_end)
    held.record(fact, by=by, at=at)
    return begun


@needs(Grant.CASE_EXAMINE)
@one
def end_procedure(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    procedure: int,
    outcome: str,
    result: str,
    signed: bool = False,
    on: date | None = None,
    why_late: str = "",
) -> Case:
    """Write its result down; what it stopped goes on from the day after. `signed`: the record of a hearing is signed by all.

    `on` is the day on which it ended, where that was not today.
    """
    held, day = hold(case), on or at.date()
    held.expect("ProcedureEnded")
    fact = ProcedureEnded(on=day, procedure=procedure)
    held.refuse(fact)
    if outcome not in Procedure.Outcome.values or not result.strip():
        raise NotAllowed("请选择完成了还是没有进行，并写明结果。")
    rows = Procedure.objects.filter(pk=procedure, case=held.case, ended_on__isnull=True)
    kind = next(one.kind for one in procedures(held.facts) if one.number == procedure)
    if kind == HEARING and outcome == Procedure.Outcome.DONE:
        rows = _heard(rows, signed=signed, on=day)
    told = {"ended_on": day, "outcome": outcome, "result": result.strip(), "signed": signed}
    if not rows.update(**told, ended_by=by, ended_at=at):
        raise NotAllowed("听证还没有到举行的日子。请在举行以后再记结果，不举行的选“没有进行”。")
    record_dated(held, fact, by=by, at=at, why=why_late)
    return held.case


def not_host(held: Held, officer: Officer) -> None:
    """Who leads the hearing of a case is never the one who examines it, later neither (行政许可法 48)."""
    if all(one.kind != HEARING for one in procedures(held.facts)):
        return
    rows = Procedure.objects.filter(case=held.case, kind=HEARING, host=officer)
    if rows.exclude(outcome=Procedure.Outcome.CALLED_OFF).exists():
        raise NotAllowed("您主持本件的听证，不能审查本件。请由听证主持人以外的工作人员审查。")


def listed_in(version: ItemVersion, kind: str) -> Mapping[str, Any]:
    """The procedure as the published version lists it; nothing else may be begun."""
    listed = version.content.get("special", ())
    found: Mapping[str, Any] | None = next((row for row in listed if row.get("name") == kind), None)
    if found is None:
        raise NotAllowed(
            f"本事项公布的办事指南没有列出“{kind}”，不能增加办理环节。请从指南列出的特别程序里选。"
        )
    return found


def basis_of(version: ItemVersion, listed: Mapping[str, Any]) -> str:
    """Its legal basis in words; without one it is no procedure (无法律、法规、规章依据的一律予以取消)."""
    known = {row.get("key"): row for row in version.content.get("basis", ())}
    laws = [known[key] for key in listed.get("basis", ()) if key in known]
    if not laws:
        raise NotAllowed(
            f"“{listed.get('name')}”没有法律、法规、规章依据，不能进行。请先由事项管理人员改好办事指南。"
        )
    return "、".join(f"《{row.get('law', '')}》{row.get('article', '')}" for row in laws)[:300]


def last_day(version: ItemVersion, days: int, on: date, held: Held) -> date:
    """The last day that the guide gives to a procedure of so many days, in the unit of its limits."""
    if version.promised_unit == "calendar":
        return on + timedelta(days=days)
    return held.law.calendar.add(on, days)


def _refuse_end(held: Held, plan: Plan, limit: int, on: date) -> None:
    if plan.planned_end <= on:
        raise NotAllowed("计划结束的日子要在今天以后，请改日期。")
    refuse_unknown(held, plan.planned_end)
    if limit and plan.planned_end > (last := last_day(held.case.version, limit, on, held)):
        raise NotAllowed(
            f"本事项公布的“{plan.kind}”最长 {limit} 天，计划最晚写到 {last.month} 月 {last.day} 日，请改日期。"
        )


def refuse_unknown(held: Held, day: date) -> None:
    """Days are counted from it or to it, on paper too; of a year without a calendar nobody can."""
    try:
        held.law.calendar.day(day)
    except UncoveredDay as unknown:
        raise NotAllowed(f"{day.year} 年哪些天是工作日还不知道，没法计算，请核对日期。") from unknown


def _refuse_hearing(held: Held, plan: Plan, *, by: Officer, on: date) -> None:
    """行政许可法 46–48: told seven days before, held within twenty days of the wish, led by somebody who did not examine."""
    hearing = plan.hearing
    if hearing is None or not plan.place.strip():
        raise NotAllowed("听证要写明哪一天、在哪里举行和由谁主持，请补写完整。")
    calendar, kind = held.law.calendar, held.case.version.kind
    notice = held.pack.value("hearing.notice_days", kind)
    if isinstance(notice, int) and calendar.between(on, hearing.held_on) < notice:
        raise NotAllowed(f"听证要在举行的 {notice} 个工作日以前通知时间、地点，请把举行的日子改晚一些。")
    if hearing.held_on > plan.planned_end:
        raise NotAllowed("听证举行的日子在计划结束以后，请核对两个日期。")
    _refuse_wish(hearing, held, on)
    examined = {by.actor_code, held.doer_of(Reviewed.__name__)}
    if held.case.examiner is not None:
        examined.add(held.case.examiner.actor_code)
    if held.pack.holds("hearing.host", kind) and hearing.host.actor_code in examined:
        raise NotAllowed("听证要由审查本件的工作人员以外的人主持，请另选主持人。")
    if held.case.department_id not in hearing.host.department_ids:
        raise NotAllowed("听证由本部门指定主持人，请选本部门的工作人员。")


def _refuse_wish(hearing: Hearing, held: Held, on: date) -> None:
    """Five days to ask, twenty to hold; nothing of it where the organ holds the hearing by itself (46)."""
    told, asked, calendar = hearing.told_on, hearing.asked_on, held.law.calendar
    if (told is None) != (asked is None):
        raise NotAllowed("依申请举行的听证，告知听证权利和提出听证申请的日期都要写；依职权举行的都不写。")
    if told is None or asked is None:
        return
    refuse_unknown(held, told)
    if not told <= asked <= on:
        raise NotAllowed("提出听证申请的日子要在告知听证权利以后、今天以前（含今天），请核对日期。")
    kind = held.case.version.kind
    ask, within = held.pack.value("hearing.ask_days", kind), held.pack.value("hearing.hold_days", kind)
    if isinstance(ask, int) and asked > calendar.add(told, ask):
        raise NotAllowed(f"申请人、利害关系人在被告知后 {ask} 个工作日内提出的才举行听证，请核对日期。")
    if isinstance(within, int) and hearing.held_on > (last := calendar.add(asked, within)):
        raise NotAllowed(
            f"提出听证申请后 {within} 个工作日内要组织听证，最晚 {last.month} 月 {last.day} 日，请改日期。"
        )


def _heard(rows: QuerySet[Procedure], *, signed: bool, on: date) -> QuerySet[Procedure]:
    """The hearing when its day has come; its record has to be signed."""
    if not signed:
        raise NotAllowed("听证笔录要由参加人确认无误后签字或者盖章，请签好以后再记结果。")
    return rows.filter(Q(held_on__isnull=True) | Q(held_on__lte=on))


def _held(hearing: Hearing | None) -> dict[str, object]:
    """The columns of a hearing; none for another procedure."""
    if hearing is None:
        return {}
    return {
        "held_on": hearing.held_on,
        "host": hearing.host,
        "told_on": hearing.told_on,
        "asked_on": hearing.asked_on,
    }
