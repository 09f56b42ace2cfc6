"""警告和限制申请: what follows from false papers or from a licence got by fraud, and how it ends (行政许可法 78, 79)?

For licences alone. The head records it on the case whose decision it rests on; a bar only where the guide says that
the licence directly concerns public safety, health, life and property. It ends by itself; earlier by two persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from onewindow.cases.models import Case
from onewindow.cases.write import Held, hold
from onewindow.people.models import Block, Officer, Party
from onewindow.rules.bars import FALSE_PAPERS, FRAUD, RULE, last_day
from onewindow.rules.facts_bars import BarLiftAsked, BarLiftDeclined, BarLifted, Barred, Warned
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.pack import Kind


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found, and by which decision: of this case for false papers, its own for fraud."""

    ground: str
    facts: str
    decision: str = ""
    decided_on: date | None = None


@needs(Grant.PARTY_BAR)
@transaction.atomic
def bar(case: Case, *, by: Officer, at: datetime, finding: Finding) -> Block:
    """Warn and, where the licence concerns public safety, bar him from applying for it again until the law's day."""
    held = hold(case)
    held.expect("Barred")
    _refuse_unfit(held, finding)
    if not finding.facts.strip():
        raise NotAllowed("请写明查明的事实，告知书上要写。")
    decision, decided_on = _rests_on(held, finding, at.date())
    until = _until(held, finding.ground, decided_on)
    if until is None and finding.ground == FRAUD:
        raise NotAllowed(
            "本事项的指南没有写明直接关系公共安全、人身健康、生命财产安全，行政许可法第七十九条的限制不适用，请只办撤销和处罚。"
        )
    party = Party.objects.select_for_update(of=("self",)).get(pk=held.case.applicant_id)
    if Block.objects.filter(case=held.case.subject).exists():
        raise NotAllowed("本件已经作出过警告或者限制申请，不能重复。请刷新后再看。")
    made = Block.objects.create(
        county=held.case.county,
        party=party,
        item_id=held.case.version.item.subject_id,
        case=held.case.subject,
        item_name=held.case.item_name,
        ground=finding.ground,
        facts=finding.facts.strip()[:1000],
        decision=decision[:200],
        decided_on=decided_on,
        until=until,
        by=by,
        at=at,
    )
    on = at.date()
    fact = (
        Barred(on=on, block=made.pk, ground=made.ground, until=until)
        if until
        else Warned(on=on, block=made.pk)
    )
    held.record(fact, by=by, at=at)
    _index(party)
    return made


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def ask_lift(case: Case, *, by: Officer, at: datetime, why: str) -> Block:
    """提请解除: the decision on which it rests fell, or there is another reason."""
    held = hold(case)
    held.expect("BarLiftAsked")
    row = _row(held, at.date())
    if row.lift_at is not None:
        raise NotAllowed("已经提请解除，正在等决定，不用再提。")
    if not why.strip():
        raise NotAllowed("请写明解除的理由。")
    row.lift_why, row.lift_by, row.lift_at = why.strip()[:500], by, at
    row.save(update_fields=["lift_why", "lift_by", "lift_at"])
    held.record(BarLiftAsked(on=at.date(), block=row.pk), by=by, at=at)
    return row


@needs(Grant.PARTY_BAR)
@transaction.atomic
def lift(case: Case, *, by: Officer, at: datetime) -> Block:
    """Somebody else agrees: from now on he may apply again."""
    held = hold(case)
    held.expect("BarLifted")
    row = _asked(held, by, at.date())
    row.lifted_by, row.lifted_at = by, at
    row.save(update_fields=["lifted_by", "lifted_at"])
    held.record(BarLifted(on=at.date(), block=row.pk), by=by, at=at)
    _index(Party.objects.select_for_update(of=("self",)).get(pk=row.party_id))
    return row


@needs(Grant.PARTY_BAR)
@transaction.atomic
def decline_lift(case: Case, *, by: Officer, at: datetime, remark: str) -> Block:
    """He does not agree: it lasts as it was."""
    held = hold(case)
    held.expect("BarLiftDeclined")
    row = _asked(held, by, at.date())
    if not remark.strip():
        raise NotAllowed("请写明不同意解除的理由。")
    row.lift_by, row.lift_at, row.remark = None, None, remark.strip()[:300]
    row.save(update_fields=["lift_by", "lift_at", "remark"])
    held.record(BarLiftDeclined(on=at.date(), block=row.pk), by=by, at=at)
    return row


def _refuse_unfit(held: Held, finding: Finding) -> None:
    """False papers end in a refusal or a denial, fraud begins with something granted."""
    if held.case.version.kind != Kind.LICENCE:
        raise NotAllowed(f"本事项是{held.case.version.kind}，行政许可法的警告和限制申请只适用于行政许可。")
    granted = held.case.decided_on is not None and held.case.decision.granted
    if finding.ground == FALSE_PAPERS and granted:
        raise NotAllowed("本件已经准予。以欺骗手段取得的，请选“以欺骗、贿赂等不正当手段取得”。")
    if finding.ground == FRAUD and not granted:
        raise NotAllowed("本件没有准予过，不是已经取得的许可。提供虚假材料申请的，请选另一项。")
    if finding.ground not in RULE:
        raise NotAllowed("请选择是哪一种情形。")


def _rests_on(held: Held, finding: Finding, today: date) -> tuple[str, date]:
    """The decision by kind and number, with its day, from which the time runs."""
    if finding.ground == FALSE_PAPERS:
        on = held.case.decided_on or held.now.day_of("Refused") or today
        word = "不予行政许可决定" if held.case.decided_on else "不予受理决定"
        return finding.decision.strip() or f"{held.case.department}{on:%Y年%-m月%-d日}对本件作出的{word}", on
    revoked = held.case.decision.revoked_on
    if revoked is None:
        raise NotAllowed(
            "以欺骗、贿赂等不正当手段取得的许可应当先撤销（行政许可法第六十九条第二款）：请先告知拟撤销、听取意见、作出撤销决定，再限制申请。"
        )
    on = finding.decided_on or revoked
    first = held.case.decided_on or today
    if not first <= on <= today:
        raise NotAllowed("决定的日期要在准予以后、今天以前（含今天），请核对。")
    named = f"{held.case.department}{revoked:%Y年%-m月%-d日}对本件作出的撤销行政许可决定"
    return finding.decision.strip() or named, on


def _until(held: Held, ground: str, decided_on: date) -> date | None:
    months = held.pack.value(RULE[ground], held.case.version.kind)
    if not held.case.version.content.get("public_safety") or not isinstance(months, int):
        return None
    return last_day(decided_on, months)


def _row(held: Held, today: date) -> Block:
    row = Block.objects.filter(case=held.case.subject).first()
    if row is None or not row.in_force(today):
        raise NotAllowed("本件没有还在执行的限制申请，不用解除。请刷新后再看。")
    return row


def _asked(held: Held, by: Officer, today: date) -> Block:
    row = _row(held, today)
    if row.lift_at is None:
        raise NotAllowed("没有等决定的解除，或者已经处理过了。请刷新后再看。")
    if held.same(BarLiftAsked.__name__, by, BarLifted.__name__):
        raise NotAllowed("提请解除和同意解除不能是同一个人，请由另一位同志决定。")
    return row


def _index(party: Party) -> None:
    """The last day of the longest bar, beside the file; what ended by itself is not looked for any more."""
    open_ones = Block.objects.filter(party=party, lifted_at__isnull=True)
    party.barred_until = open_ones.aggregate(last=Max("until"))["last"]
    party.save(update_fields=["barred_until"])
