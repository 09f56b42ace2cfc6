"""移交的超期: which lines of a handover are of a case with an overrun that its department has still to answer for?"""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.cases.models import HandoverLine
from onewindow.oversight.models import Overdue

_TO_ANSWER = (Overdue.State.CALLED, Overdue.State.SENT_BACK)


def overdue_among(lines: Iterable[HandoverLine]) -> dict[int, int]:
    """The record of the overrun by line; one statement."""
    rows = [one for one in lines if one.kind == HandoverLine.Kind.CASE]
    asked = Overdue.objects.filter(
        case__subject__in=[one.subject_id for one in rows], state__in=_TO_ANSWER
    ).values_list("case__subject", "pk")
    found = dict(asked)
    return {one.pk: found[one.subject_id] for one in rows if one.subject_id in found}
