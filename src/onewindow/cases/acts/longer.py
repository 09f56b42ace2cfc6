"""特别程序拖长: a procedure past its planned end is told once, prolonged once, and a hearing finds another to lead it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.cases.acts.special import last_day, refuse_unknown
from onewindow.cases.models import Case, Procedure
from onewindow.cases.write import Held, hold
from onewindow.people.away import away
from onewindow.people.models import Officer
from onewindow.rules.facts import Reviewed
from onewindow.rules.facts_absence import HostReplaced
from onewindow.rules.facts_time import ProcedureOverran, ProcedureProlonged
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.special import HEARING


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def prolong_procedure(
    case: Case, *, by: Officer, at: datetime, procedure: int, planned_end: date, reason: str
) -> Case:
    """延长告知: the second written notice of the time needed, with its reason; once, and within the published limit."""
    held = hold(case)
    held.expect(ProcedureProlonged.__name__)
    fact = ProcedureProlonged(on=at.date(), procedure=procedure, planned_end=planned_end)
    held.refuse(fact)
    row = _running(held, procedure)
    if len(reason.strip()) < 2:
        raise NotAllowed("请写明为什么要延长，告知书上要告诉申请人。")
    _refuse_end(held, row, planned_end, at.date())
    row.first_end, row.planned_end = row.planned_end, planned_end
    row.prolonged_why, row.prolonged_by, row.prolonged_on = reason.strip()[:500], by, at.date()
    row.overran_at = None
    row.save(
        update_fields=[
            "first_end",
            "planned_end",
            "prolonged_why",
            "prolonged_by",
            "prolonged_on",
            "overran_at",
        ]
    )
    held.record(fact, by=by, at=at)
    return held.case


@needs(Grant.CASE_TICK)
@transaction.atomic
def tell_overrun(case: Case, *, by: Actor, at: datetime) -> bool:
    """Examiner, head and applicant hear once that a procedure lasts longer than was told."""
    held = hold(case)
    late = Procedure.objects.filter(
        case=held.case, ended_on__isnull=True, planned_end__lt=at.date(), overran_at__isnull=True
    )
    rows = list(late.order_by("pk"))
    for row in rows:
        row.overran_at = at
        row.save(update_fields=["overran_at"])
        held.record(ProcedureOverran(on=at.date(), procedure=row.pk), by=by, at=at)
    return bool(rows)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def replace_host(case: Case, *, by: Officer, at: datetime, procedure: int, host: Officer) -> Case:
    """Another leads the hearing, of the same department and not who examines (行政许可法 48); the parties are told."""
    held = hold(case)
    held.expect(HostReplaced.__name__)
    row = _running(held, procedure)
    if row.kind != HEARING or row.host_id is None:
        raise NotAllowed("只有听证有主持人，请选正在进行的听证。")
    host.day = at.date()
    if host.pk == row.host_id:
        raise NotAllowed(f"现在就由{host.name}主持，不用更换。请另选一位同志。")
    examined = {held.case.examiner_id, _number(held.doer_of(Reviewed.__name__)), row.begun_by_id}
    if host.pk in examined:
        raise NotAllowed("听证要由审查本件的工作人员以外的人主持，请另选主持人。")
    if held.case.department_id not in host.department_ids or away([host.pk], at.date(), at.date()):
        raise NotAllowed("听证由本部门在岗的工作人员主持，请另选主持人。")
    row.host = host
    row.save(update_fields=["host"])
    held.record(HostReplaced(on=at.date(), procedure=row.pk, host=host.pk), by=by, at=at)
    return held.case


def _running(held: Held, procedure: int) -> Procedure:
    row = Procedure.objects.filter(pk=procedure, case=held.case, ended_on__isnull=True).first()
    if row is None:
        raise NotAllowed("这个特别程序没有在进行。请刷新后再看。")
    return row


def _refuse_end(held: Held, row: Procedure, planned_end: date, on: date) -> None:
    if planned_end <= max(row.planned_end, on):
        raise NotAllowed("延长以后的日子要在今天和原来计划的日子以后，请改日期。")
    refuse_unknown(held, planned_end)
    if row.limit_days and planned_end > (last := last_day(held.case.version, row.limit_days, on, held)):
        raise NotAllowed(
            f"本事项公布的“{row.kind}”最长 {row.limit_days} 天，延长最晚写到 {last.month} 月 {last.day} 日，请改日期。"
        )


def _number(code: str) -> int | None:
    """The officer behind an actor code."""
    return int(code[8:]) if code.startswith("officer:") else None
