"""上报和延续的文书各自要说的: what do these letters add to what all letters say?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onewindow.cases.models import Decision, Renewal, Report
from onewindow.letters.compose import Matter
from onewindow.letters.data import Above, Paper
from onewindow.letters.papers import DELIVERY, fee_words, papers_of, valid_words

More = dict[str, Any]


def sent_up(matter: Matter) -> More:
    """材料、费用、办结时限: without any of the three the letter is not made."""
    report = Report.objects.get(pk=matter.fact.report)
    return {
        "above": Above(organ=report.organ, sent_on=report.sent_on),
        "papers": papers_of(matter) or (Paper(name="没有需要提交的材料", copies=0, source="无"),),
        "fee": fee_words(matter.case.version.content),
        "term": matter.term("above", "转报"),
        "basis": matter.cites("upward.direct"),
    }


def answered(matter: Matter) -> More:
    decision = Decision.objects.get(pk=matter.fact.decision)
    report = Report.objects.get(case=matter.case)
    rows = [
        ("结果名称", decision.result_name),
        ("上级文号", decision.result_number),
        ("决定", decision.text),
        ("有效期", valid_words(decision) if decision.valid_until else ""),
        ("依据", decision.basis),
    ]
    return {
        "above": Above(
            organ=report.organ,
            sent_on=report.sent_on,
            number=decision.result_number,
            decided_on=decision.on,
            granted=decision.granted,
        ),
        "result": tuple((name, text) for name, text in rows if text),
        "reasons": tuple(line.strip() for line in decision.grounds.splitlines() if line.strip()),
        "delivery": DELIVERY.get(matter.case.application.delivery_way, ""),
    }


def renewed(matter: Matter) -> More:
    decision = Decision.objects.get(pk=matter.fact.decision)
    renewal = Renewal.objects.get(case=matter.case)
    rows = [
        ("结果名称", decision.result_name),
        ("原证编号", renewal.number),
        ("有效期", valid_words(decision) if decision.valid_until else ""),
    ]
    return {
        "asked_on": renewal.expires_on,
        "result": tuple((name, text) for name, text in rows if text),
        "delivery": DELIVERY.get(matter.case.application.delivery_way, ""),
        "basis": matter.cites("renewal.deemed"),
    }


TOLD: dict[str, Callable[[Matter], More]] = {"sent_up": sent_up, "above": answered, "renewed": renewed}
