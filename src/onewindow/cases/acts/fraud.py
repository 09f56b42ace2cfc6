"""撤销以欺骗、贿赂等不正当手段取得的许可: announced with grounds, heard, and decided by another (行政许可法 69).

Hearing him and the decision itself are those of any revocation (`promise_check`); the bar for three years (79) rests on it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.cases.models import Case, Revocation
from onewindow.cases.write import hold
from onewindow.people.models import Officer
from onewindow.rules import promises
from onewindow.rules.facts_promise import RevocationAnnounced
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.pack import Kind
from onewindow.rules.revoking import FRAUD_BASIS


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def announce_fraud(case: Case, *, by: Officer, at: datetime, grounds: str) -> Revocation:
    """拟撤销告知: by which fraud the licence was got; he may speak first, until a day that is told."""
    held = hold(case)
    held.expect(RevocationAnnounced.__name__)
    if held.case.version.kind != Kind.LICENCE:
        raise NotAllowed(
            f"本事项是{held.case.version.kind}，行政许可法第六十九条的撤销只适用于行政许可，请按本事项自己的依据处理。"
        )
    told = promises.live(held.facts)
    if told is not None and not told.settled:
        raise NotAllowed("本件按告知承诺准予，承诺还没有核查完，请在承诺核查里告知拟撤销。")
    days = held.pack.setting("commitment.hear_days").number
    until = held.law.calendar.add(at.date(), days)
    held.refuse(RevocationAnnounced(on=at.date(), revocation=0, reply_by=until))
    if not grounds.strip():
        raise NotAllowed("请写明查明的事实：用什么不正当手段取得了许可。")
    row = Revocation.objects.create(
        case=held.case,
        grounds=grounds.strip(),
        basis=FRAUD_BASIS,
        reply_by=until,
        announced_by=by,
        announced_at=at,
    )
    fact = RevocationAnnounced(on=at.date(), revocation=row.pk, reply_by=until)
    held.record(fact, by=by, at=at)
    return row
