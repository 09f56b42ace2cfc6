"""为什么现在不能决定: which decision would be refused to this officer now, and why? It is said and not offered."""

from __future__ import annotations

from onewindow.cases import quotas
from onewindow.cases.chief import chief_of
from onewindow.cases.reads.whole import Whole
from onewindow.ground.clock import today
from onewindow.people.instead import instead_of
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.stages import Stage

DECISIONS = ("grant", "deny")


def why_not(key: str, officer: Officer, whole: Whole) -> str:
    """Why it would be refused, in a line; empty where nothing stands in the way. The act itself refuses all the same."""
    if key not in DECISIONS:
        return ""
    return _not_by_him(officer, whole) or (_no_place(whole) if key == "grant" else "")


def _not_by_him(officer: Officer, whole: Whole) -> str:
    try:
        chief_of(whole.case, officer, Grant.CASE_DECIDE)
    except NotAllowed as refusal:
        return str(refusal)
    last = next((one for one in reversed(whole.opinions) if not one.sent_back), None)
    if last is None or whole.now.stage is not Stage.DECIDING:
        return ""
    instead = instead_of(officer, whole.case, "Granted", whole.case.examiner_id)
    if {last.by_id, last.instead_of_id} & ({officer.pk, instead} - {0}):
        who = "您正在顶岗，您或者您顶的人" if instead else "您"
        return f"{who}审核过本件，审核和决定不能是同一个人，请由本部门另一位有决定权的同志决定。"
    return ""


def _no_place(whole: Whole) -> str:
    """Where the number of places is limited: whether one is left for this case (行政许可法 57)."""
    return quotas.why_beyond(whole.case, today())
