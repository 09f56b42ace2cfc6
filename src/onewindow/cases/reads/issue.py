"""出件: which results wait to leave the house, which are on the way or came back, and which originals are still here?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onewindow.cases.models import Delivery
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import PAGE, Page, Row, bounded_counts, keyed, light_at, named
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.rules.stages import DECIDED

_READY = Q(is_open=True, stage__in=[stage.value for stage in DECIDED])
_SENT = Delivery.objects.filter(case=OuterRef("pk"), way=Delivery.Way.COURIER, done_on__isnull=True)
_ON_THE_WAY = Exists(_SENT.filter(came_back_on__isnull=True))
_CAME_BACK = Exists(_SENT.filter(came_back_on__isnull=False))
_KEPT = Exists(Entry.objects.filter(subject=OuterRef("subject"), fact="Kept", struck__isnull=True))
_ORIGINALS = Exists(
    Submitted.objects.filter(application=OuterRef("application"), original=True, returned_on__isnull=True)
)


@dataclass(frozen=True)
class Shelf:
    """One list of the issuing window."""

    key: str
    label: str
    where: Q
    says: str
    newest_first: bool = False


SHELVES: Mapping[str, Shelf] = {
    shelf.key: shelf
    for shelf in (
        Shelf(
            "waiting", "待交付", _READY & ~Q(_ON_THE_WAY) & ~Q(_KEPT), "结果已经作出，等申请人来领或者寄出"
        ),
        Shelf("sent", "在途", _READY & Q(_ON_THE_WAY), "已经寄出，等签收回执"),
        Shelf("back", "退件", _READY & Q(_CAME_BACK) & ~Q(_ON_THE_WAY), "邮件退回，再寄或者请申请人来领"),
        Shelf(
            "kept", "留存待领", _READY & Q(_KEPT) & ~Q(_ON_THE_WAY), "多次催领没有人来，结果留存，随时可领"
        ),
        Shelf("originals", "待退原件", Q(_ORIGINALS), "收过的原件还在这里", newest_first=True),
    )
}


def shelf_page(
    officer: Officer, shelf: Shelf, today: date, *, words: str = "", after: str = "", size: int = PAGE
) -> Page:
    """A page of one list, found by number or name."""
    found = named(visible_to(officer).filter(shelf.where), words).select_related("application", "decision")
    page = keyed(found, today, newest_first=shelf.newest_first, after=after, size=size)
    return Page([Row(row.case, light_at(row.case, today)) for row in page.rows], page.after)


def shelf_counts(officer: Officer, words: str = "", **beside: QuerySet[Any]) -> dict[str, int]:
    """How much stands on each list, and on those `beside`, in one statement."""
    seen = named(visible_to(officer), words)
    return bounded_counts({key: seen.filter(shelf.where) for key, shelf in SHELVES.items()} | beside)
