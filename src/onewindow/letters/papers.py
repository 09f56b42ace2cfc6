"""材料、费用、有效期怎么写: what do several letters say in the same words of papers, fees and how long something is valid?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from onewindow.cases.judged import valid
from onewindow.cases.models import Decision
from onewindow.ground import prepared
from onewindow.intake.models import Submitted
from onewindow.letters import words
from onewindow.letters.compose import Matter
from onewindow.letters.data import Paper

_SOURCE = {"reused": "沿用"}
DELIVERY = {
    "counter": "请凭有效身份证件到办事大厅发放结果的窗口领取",
    "courier": "结果将邮寄送达",
    "download": "可以在网上查看和下载",
}


def _submitted(application: int) -> QuerySet[Submitted]:
    rows = Submitted.objects.filter(application=application)
    return rows.select_related("material").order_by("material__order", "pk")


_SUBMITTED = prepared.Question(_submitted, prepared.slot_number())


def papers_of(matter: Matter) -> tuple[Paper, ...]:
    """What holds of all that had come in by the moment of the fact, each paper once.

    A letter that is made late does not list what came after, and none lists what a correction replaced.
    """
    rows = (row for row in _SUBMITTED.objects(matter.case.application_id) if row.added_at <= matter.entry.at)
    return each_once(valid(rows, matter.case.received_at))


def each_once(rows: Iterable[Submitted]) -> tuple[Paper, ...]:
    """One line for one material, of however many files it consists."""
    of: dict[int, list[Submitted]] = {}
    for row in rows:
        of.setdefault(row.material_id, []).append(row)
    return tuple(
        Paper(
            name=same[0].material.name,
            copies=max(row.copies for row in same),
            form="、".join(dict.fromkeys(_form(row) for row in same)),
            source=_SOURCE.get(same[0].how, "提交"),
        )
        for same in of.values()
    )


def _form(row: Submitted) -> str:
    return "原件" if row.original else str(Submitted.How(row.how).label)


def fee_words(content: dict[str, Any]) -> str:
    """What it costs, or that it costs nothing."""
    fee = content.get("fee") or {}
    if not fee.get("charged"):
        return "不收费"
    return "；".join(f"{one['name']}：{one['standard']}" for one in fee.get("items", ()))


def valid_words(decision: Decision) -> str:
    """From when to when."""
    until = f"至{words.day(decision.valid_until)}" if decision.valid_until else ""
    return f"自{words.day(decision.valid_from)}{until}" if decision.valid_from else until
