"""面前的人: whose paper has the clerk in hand, and what may be shown of him?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from onewindow.cases.reads.visible import Earlier, stages_of
from onewindow.journal.write import log_access
from onewindow.people.bars import bars_on
from onewindow.people.models import Breach, Claim, Party
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest

_SLOT = "in_front"


def put(request: StaffRequest, party: Party, at: datetime) -> None:
    """The clerk has this person's paper in hand: the only way to see a stranger's matters, and it is logged."""
    request.session[_SLOT] = party.pk
    log_access(
        request.officer.county,
        by=request.officer,
        at=at,
        what="read",
        about=f"party:{party.pk}",
        reason="窗口收件，核对证件后查看档案和在办进度",
        origin=request.META.get("REMOTE_ADDR", ""),
    )


def clear(request: HttpRequest) -> None:
    request.session.pop(_SLOT, None)


def stands(request: HttpRequest, party: Party) -> bool:
    """Whether this is the person whose paper was read in this session."""
    return bool(request.session.get(_SLOT) == party.pk)


def key(request: HttpRequest) -> int | None:
    """The number of the person in front, without reading him."""
    found = request.session.get(_SLOT)
    return found if isinstance(found, int) else None


def person(request: HttpRequest) -> Party | None:
    """The person in front, with his guardian, and whether somebody's word online waits for the papers."""
    key = request.session.get(_SLOT)
    waiting = Claim.objects.filter(state=Claim.State.OPEN)
    of_him = waiting.filter(Q(party=OuterRef("pk")) | Q(claimant=OuterRef("pk")))
    of_broken = Breach.objects.filter(party=OuterRef("pk"), repaired_on__isnull=True)
    rows = Party.objects.select_related("guardian", "representative").annotate(
        claim_waits=Exists(of_him), broken=Exists(of_broken)
    )
    return rows.filter(pk=key).first() if key else None


def earlier(request: StaffRequest, party: Party) -> list[Earlier]:
    """His matters with their stages; nothing when his paper was not read."""
    return stages_of(party, request.officer.county) if stands(request, party) else []


def shown(request: StaffRequest, party: Party, today: Any) -> dict[str, Any]:
    """The left column: the person, masked, and how far his matters are."""
    return {
        "party": party,
        "age": party.age_on(today),
        "stands": stands(request, party),
        "may_unmask": request.officer.may(Grant.PEOPLE_UNMASK),
        "may_book": request.officer.may(Grant.BOOKING_ASK),
        "earlier": earlier(request, party),
        "bars": bars_on(party, today),
    }
