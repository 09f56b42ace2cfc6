"""缴费、利害关系人、限制申请的文书: what do these letters add to what all letters say?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onewindow.cases.models import Bill as BillRow
from onewindow.cases.models import Third
from onewindow.letters.compose import Matter
from onewindow.letters.data import Bar, Bill, Charge, Touched
from onewindow.people.models import Block
from onewindow.rules.bars import FALSE_PAPERS, RULE
from onewindow.rules.fees import BEFORE_WORDS

More = dict[str, Any]


def bill(matter: Matter) -> More:
    row = BillRow.objects.get(pk=matter.fact.bill)
    lines = tuple(
        Charge(
            name=one.name,
            standard=one.standard,
            basis=one.basis,
            count=one.count,
            amount=str(one.amount),
            how=one.how,
        )
        for one in row.lines.order_by("pk")
    )
    told = Bill(
        number=row.pay_number,
        lines=lines,
        total=str(row.total),
        payer=row.payer,
        where=row.where,
        until=row.pay_by,
        waits=BEFORE_WORDS[row.before],
        why=row.why,
    )
    return {"bill": told, "basis": matter.cites("fee.published")}


def third(matter: Matter) -> More:
    row = Third.objects.select_related("subject").get(pk=matter.fact.third)
    ask = matter.pack.value("hearing.ask_days", matter.case.version.kind)
    days = matter.pack.setting("third.answer_days").number
    ask_days = ask if isinstance(ask, int) else 0
    told = Touched(
        concerns=row.concerns,
        days=max(days, ask_days),
        ask_days=ask_days,
        number=row.subject.number,
        code=row.code,
    )
    rules = ("third.told", "hearing.ask_days") if ask_days else ("third.told",)
    return {
        "touched": told,
        "addressee": row.name,
        "applicant": "organization" if row.organisation else "person",
        "case_number": row.subject.number,
        "basis": matter.cites(*rules),
    }


def barred(matter: Matter) -> More:
    row = Block.objects.get(pk=matter.fact.block)
    told = Bar(
        ground=Block.Ground(row.ground).label,
        facts=row.facts,
        decision=row.decision,
        warned=row.ground == FALSE_PAPERS,
        until=row.until,
    )
    return {"bar": told, "basis": matter.cites(RULE[row.ground])}


TOLD: dict[str, Callable[[Matter], More]] = {"bill": bill, "third": third, "barred": barred}
