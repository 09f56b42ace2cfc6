"""移交怎么告诉: who signs next, and what is told to both and to the heads when everything has gone over?"""

from __future__ import annotations

from onewindow.cases.models import Handover
from onewindow.cases.reads.handing import counted
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.people.away import heads_of
from onewindow.people.models import Holding, Officer


def told(entry: Entry) -> list[Said]:
    """What is said of this fact."""
    row = Handover.objects.select_related("officer", "to").get(pk=entry.body["handover"])
    page, numbers = f"/handover/{row.pk}/", counted(row)
    what = f"{row.officer.name}移交给{row.to.name}，共 {numbers['total']} 项。"
    if entry.fact == "HandoverOpened":
        return [Said([row.officer], "给您开了工作移交单", f"{what}请核对以后签字。", page)]
    if entry.fact == "HandoverSigned":
        return [Said([row.to], "工作移交单等您签字接收", f"{what}签字以后都在您名下。", page)]
    return _done(entry, row, numbers, what, page)


def _done(entry: Entry, row: Handover, numbers: dict[str, int], what: str, page: str) -> list[Said]:
    stayed = numbers["stayed"]
    found = [Said([row.officer, row.to], "工作移交完成", what, page)]
    if stayed:
        words = f"{what}其中 {stayed} 项不能由{row.to.name}接着办，原因写在移交单上，请另外指定。"
        found.append(Said(_heads(entry, row), f"移交单上还有 {stayed} 项没有去处", words, page))
    return found


def _heads(entry: Entry, row: Handover) -> list[Officer]:
    on = entry.at.astimezone(SHANGHAI).date()
    held = Holding.objects.filter(officer=row.officer).select_related("post")
    found = {head.pk: head for one in held for head in heads_of(one.post, on)}
    return [head for head in found.values() if head.pk not in (row.officer_id, row.to_id)]
