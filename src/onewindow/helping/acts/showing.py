"""看完整电话和地址: who reads where somebody is reached and visited who asked for a service?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onewindow.helping.models import AidRequest
from onewindow.journal import write
from onewindow.rules.grants import Actor, Grant, needs


@dataclass(frozen=True)
class Contact:
    """Where he is reached, in full."""

    phone: str
    address: str


@needs(Grant.BOOKING_ANSWER)
@transaction.atomic
def show_contact(request: AidRequest, *, by: Actor, at: datetime, origin: str = "") -> Contact:
    """To ring him up or to go there: a line of the access log for each stands before anybody sees it."""
    for kind, text in (("phone", request.phone), ("address", request.address)):
        if text:
            write.log_access(
                request.county,
                by=by,
                at=at,
                what=f"unmask:{kind}",
                about=f"party:{request.party_id}",
                reason=f"{request.aid.name} {request.number}"[:200],
                origin=origin,
            )
    return Contact(request.phone, request.address)
