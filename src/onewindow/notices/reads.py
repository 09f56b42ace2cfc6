"""读通知: what was a person told, what is new to him, and what went out of this system?"""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from onewindow.ground.prepared import Question, slot_number
from onewindow.notices.models import Message, OfficerMessage, Sending
from onewindow.people.models import Holding, Officer, Party, holdings_of
from onewindow.people.reads import theirs

PAGE = 50
COUNTED = 99


def his(party: Party) -> Q:
    """What he may read: of those for whom he only says that he speaks, what came of his own applications."""
    return theirs(party, "party", "subject__case__application__agent")


def told(party: Party, *, before: int | None = None, size: int = PAGE) -> list[Message]:
    """What he and those for whom he speaks were told, the latest first, paged by key."""
    rows = Message.objects.filter(his(party)).select_related("party").order_by("-id")
    return list((rows.filter(id__lt=before) if before else rows)[: size + 1])


def unread(party: Party) -> int:
    return Message.objects.filter(his(party), read_at__isnull=True).count()


def told_officer(
    officer: Officer, *, unread_only: bool = False, before: int | None = None, size: int = PAGE
) -> list[OfficerMessage]:
    """What an officer was told, the latest first, paged by key."""
    rows = OfficerMessage.objects.filter(officer=officer).order_by("-id")
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    return list((rows.filter(id__lt=before) if before else rows)[: size + 1])


def _with_unread(officer: int) -> QuerySet[Holding]:
    unread = OfficerMessage.objects.filter(officer=OuterRef("officer"), read_at__isnull=True)
    newest = unread.order_by("-id").values("pk")[: COUNTED + 1]
    return holdings_of(officer).annotate(unread=ArraySubquery(newest))


# His posts, each with what he has not read, up to COUNTED + 1 (`Officer.asks_posts`).
WITH_UNREAD = Question(_with_unread, slot_number())


def unsent(party: Party) -> QuerySet[Message]:
    """What is still on its way to his telephone or mailbox."""
    return Message.objects.filter(party=party, sendings__state=Sending.State.WAITING).distinct()


def outbox(county: str, *, before: int | None = None, size: int = PAGE) -> list[Sending]:
    """Everything that left or would have left, the latest first."""
    rows = Sending.objects.filter(county=county).select_related("message").order_by("-id")
    return list((rows.filter(id__lt=before) if before else rows)[: size + 1])


def not_arrived(county: str) -> QuerySet[Sending]:
    """What the gateway did not take or could not deliver."""
    states = (Sending.State.FAILED, Sending.State.NOWHERE)
    return Sending.objects.filter(county=county, state__in=states).order_by("-id")
