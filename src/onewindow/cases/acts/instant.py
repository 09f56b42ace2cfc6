"""短路: what a case of a low risk or of an item with a decision table comes to at once, and what is found of it later.

The machine answers what needs no approval, files what is complete, and grants what meets every row of its table. It
refuses nothing and asks for nothing: whatever is in doubt waits for a person as ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.cases.acts.fees import before_of, charged_for
from onewindow.cases.examined import decision_steps
from onewindow.cases.granting import write_grant
from onewindow.cases.inputs import complete, known, lines
from onewindow.cases.judged import look
from onewindow.cases.law import may_accept
from onewindow.cases.models import Case, Filing, Judgement, StoppedTable
from onewindow.cases.quotas import quota_of
from onewindow.cases.route import way_of
from onewindow.cases.write import Held, hold
from onewindow.catalogue.write import locked
from onewindow.ground import sm
from onewindow.ground.series import take
from onewindow.journal import write
from onewindow.people.models import Officer
from onewindow.rules import instant
from onewindow.rules.facts import Accepted, Granted
from onewindow.rules.facts_instant import (
    Exempted,
    Filed,
    FilingChecked,
    JudgedAtOnce,
    MachineGrantChecked,
    TableStopped,
)
from onewindow.rules.fees import DECIDE
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.risk import Route
from onewindow.rules.stages import Stage

# What may have happened before the machine judges: nobody has examined, asked or refused anything.
_UNTOUCHED = frozenset({"Received", "Judged", "Accepted", "CorrectedOnSpot", "LightTurned"})
_JUDGED_IN = (Stage.RECEIVED, Stage.EXAMINING, Stage.DECIDING)


@needs(Grant.CASE_TICK)
@transaction.atomic
def answer_exempt(case: Case, *, by: Actor, at: datetime) -> bool:
    """非禁免批: tell the applicant at once that no approval is needed; there are no steps."""
    held = hold(case)
    if way_of(held) is not Route.EXEMPT or held.now.stage is not Stage.RECEIVED:
        return False
    held.record(Exempted(on=at.date(), version=held.case.version_id), by=by, at=at)
    return True


@needs(Grant.CASE_TICK)
@transaction.atomic
def file_at_once(case: Case, *, by: Actor, at: datetime) -> bool:
    """备案备查: complete papers are filed as soon as they have come; others wait for a person."""
    held = hold(case)
    if way_of(held) is not Route.FILING or held.now.stage is not Stage.RECEIVED or not complete(held):
        return False
    _file(held, by=by, at=at)
    return True


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def record_filing(case: Case, *, by: Officer, at: datetime) -> Filing:
    """备案 by a person: papers that were not complete at first and now are."""
    held = hold(case)
    may_accept(held.case, by)
    held.expect("Filed")
    if way_of(held) is not Route.FILING:
        raise NotAllowed("本件不是备案备查的事项，请办“受理”。")
    looked = look(held.case)
    looked.refuse_pending("备案")
    if lacking := looked.counting(held.asked):
        names = "、".join(material.name for material in lacking)
        raise NotAllowed(f"还有材料核对为缺或不符：{names}。请改核对结果、当场更正，或者一次性告知补正。")
    return _file(held, by=by, at=at)


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def check_filing(filing: Filing, *, by: Officer, at: datetime, fits: bool, remark: str = "") -> Filing:
    """备查: what the office finds of a filing afterwards; what is not right is written down with its reason."""
    held = hold(filing.case)
    held.expect("FilingChecked")
    found = Filing.objects.select_for_update().get(pk=filing.pk)
    if found.checked_at is not None:
        raise NotAllowed("这件备案已经核查过了，请刷新后再看。")
    if held.same(Filed.__name__, by, FilingChecked.__name__):
        raise NotAllowed("这件备案是您办的，请由本部门另一位同志核查。")
    if not fits and not remark.strip():
        raise NotAllowed("核查发现问题的，请写明是什么问题、怎么处理。")
    found.fits, found.remark = fits, remark.strip()[:500]
    found.checked_by, found.checked_at = by, at
    found.save(update_fields=["fits", "remark", "checked_by", "checked_at"])
    held.record(FilingChecked(on=at.date(), filing=found.pk, fits=fits), by=by, at=at)
    return found


@needs(Grant.CASE_TICK)
@transaction.atomic
def judge_at_once(case: Case, *, by: Actor, at: datetime) -> bool:
    """秒批: ask the decision table once; grant when every row holds, else leave the case to a person with the trace."""
    held = hold(case)
    if not _may_be_judged(held):
        return False
    rows = instant.rows_of(held.case.version.content)
    seen = known(held, rows, at.date())
    trace = instant.judge(rows, seen)
    told = [*lines(held, rows, trace), *_for_a_person(held)]
    judgement = Judgement.objects.create(
        county=held.case.county,
        case=held.case,
        item_id=held.case.version.item_id,
        version=held.case.version,
        mark=instant.mark(rows),
        granted=all(one["held"] is True for one in told),
        trace=told,
        at=at,
        sampled=_sampled(held),
    )
    held.record(_judged(judgement, rows, trace, at), by=by, at=at)
    if judgement.granted:
        _grant(held, judgement, rows, by=by, at=at)
    return judgement.granted


@needs(Grant.SUPERVISE)
@transaction.atomic
def check_machine_grant(
    judgement: Judgement, *, by: Officer, at: datetime, right: bool, reason: str = ""
) -> Judgement:
    """抽查: the supervisor looks at a machine grant; a wrong one stops the table until a new version is published."""
    held = hold(judgement.case)
    held.expect("MachineGrantChecked")
    found = Judgement.objects.select_for_update().get(pk=judgement.pk)
    if not found.granted or found.looked_at is not None:
        raise NotAllowed("这一件不在待抽查的清单里，可能已经有人看过，请刷新后再看。")
    if not right and not reason.strip():
        raise NotAllowed("认为秒批不对的，请写明哪里不对，部门据此修改规则。")
    found.right, found.reason = right, reason.strip()[:500]
    found.looked_by, found.looked_at = by, at
    found.save(update_fields=["right", "reason", "looked_by", "looked_at"])
    held.record(MachineGrantChecked(on=at.date(), judgement=found.pk, right=right), by=by, at=at)
    if not right:
        _stop(found, by=by, at=at)
    return found


def _file(held: Held, *, by: Actor, at: datetime) -> Filing:
    case = held.case
    place = take(case.county, f"filing:{case.department_id}:{at:%Y}")
    filing = Filing.objects.create(
        county=case.county,
        case=case,
        department=case.department,
        number=f"{case.department.short}备〔{at:%Y}〕{place}号",
        at=at,
        check_by=held.law.calendar.add(at.date(), held.pack.setting("filing.check_days").number),
        by=by if isinstance(by, Officer) else None,
    )
    held.record(Filed(on=at.date(), filing=filing.pk), by=by, at=at)
    return filing


def _may_be_judged(held: Held) -> bool:
    """Not yet judged, nobody has begun, and the table was not stopped."""
    if way_of(held) is not Route.INSTANT or held.now.stage not in _JUDGED_IN:
        return False
    if any(fact.name not in _UNTOUCHED for fact in held.facts):
        return False
    return not StoppedTable.objects.filter(version=held.case.version_id).exists()


def _judged(
    judgement: Judgement, rows: tuple[instant.Row, ...], trace: instant.Trace, at: datetime
) -> JudgedAtOnce:
    return JudgedAtOnce(
        on=at.date(),
        judgement=judgement.pk,
        version=judgement.version_id,
        mark=judgement.mark,
        granted=judgement.granted,
        inputs=tuple(dict.fromkeys(f"{row.of}:{row.key}" for row in rows)),
        held=trace.rows(True),
        failed=trace.rows(False),
        doubtful=trace.rows(None),
    )


def _grant(
    held: Held, judgement: Judgement, rows: tuple[instant.Row, ...], *, by: Actor, at: datetime
) -> None:
    """Accepted where nobody accepted it yet, and granted."""
    version = held.case.version
    if held.now.stage is Stage.RECEIVED:
        held.record(Accepted(on=at.date(), one_step=decision_steps(version) == 1), by=by, at=at)
    answered = [{"point": look, "fits": True, "note": "秒批规则"} for look in _looks(rows)]
    text = f"按第 {version.number} 版办事指南公布的秒批规则（标识 {judgement.mark}）逐条核对，全部符合。"
    decision = write_grant(held, by=None, at=at, text=text, points=answered)
    held.record(
        Granted(on=at.date(), decision=decision.pk, judgement=judgement.pk),
        by=by,
        at=at,
    )


def _for_a_person(held: Held) -> list[dict[str, Any]]:
    """What no table settles: money that must be told first, places that go by the order, what is decided above."""
    version = held.case.version
    told = {
        "收费要先一次性告知，请先开缴费通知书": charged_for(version) and before_of(held) == DECIDE,
        "有数量限制，由人按受理的先后核对": quota_of(version) is not None,
        "上报件由上级机关决定": held.law.kind is CaseKind.UPWARD,
    }
    return [{"row": 0, "held": None, "says": says} for says, so in told.items() if so]


def _looks(rows: tuple[instant.Row, ...]) -> list[str]:
    return list(dict.fromkeys(row.look for row in rows if row.look))


def _sampled(held: Held) -> bool:
    """Whether the supervisor is to look at it: a share of all, drawn by the number of the case alone."""
    share = held.pack.setting("instant.sample_percent").number
    drawn = int.from_bytes(sm.digest(f"instant:{held.case.pk}".encode())[:4]) % 100
    return drawn < share


def _stop(judgement: Judgement, *, by: Officer, at: datetime) -> None:
    item = locked(judgement.item)
    told = {"county": judgement.county, "judgement": judgement, "at": at, "by": by}
    _, new = StoppedTable.objects.get_or_create(version_id=judgement.version_id, defaults=told)
    if new:
        fact = TableStopped(on=at.date(), version=judgement.version_id, judgement=judgement.pk)
        write.record(item.subject, fact, by=by, at=at)
