"""凭编号和查询码: who has shown the number and the enquiry code of a case, and what may he do with it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest

from onewindow.cases.models import Case
from onewindow.cases.reads import public
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.rules.grants import Actor, Grant
from onewindow.web.middleware import party_of

_SLOT = "proved_cases"
LASTS = timedelta(hours=1)
_MOST = 20
_MAY = frozenset({Grant.CASE_APPLY, Grant.CASE_WITHDRAW, Grant.RATING_GIVE})


class VisitorRequest(HttpRequest):
    """A request of anybody, signed in or not (for type checkers)."""

    county: County


@dataclass(frozen=True)
class Bearer:
    """持码人: acts on the one case whose number and code he showed; the journal keeps that it was no sign-in."""

    case: int

    @property
    def actor_code(self) -> str:
        return f"bearer:{self.case}"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in _MAY and isinstance(subject, Case) and subject.pk == self.case


def remember(request: VisitorRequest, case: Case, at: datetime) -> None:
    """This browser holds the code of this case, for an hour; the session gets a new key against fixation."""
    kept = {**_kept(request), str(case.pk): int(at.timestamp())}
    latest = sorted(kept.items(), key=lambda pair: pair[1])[-_MOST:]
    request.session.cycle_key()
    request.session[_SLOT] = dict(latest)


def proved(request: VisitorRequest, at: datetime) -> list[int]:
    """The cases whose code was shown within the last hour."""
    since = (at - LASTS).timestamp()
    return [int(pk) for pk, then in _kept(request).items() if then >= since]


def may_see(request: VisitorRequest, at: datetime) -> QuerySet[Case]:
    """One's own cases and those whose code was shown."""
    return public.open_to(request.county.code, party_of(request), proved(request, at))


def actor_for(request: VisitorRequest, case: Case) -> Actor:
    """The applicant who is signed in and whose case it is; else whoever showed its code."""
    party: Party | None = party_of(request)
    if party is not None and party.may(Grant.CASE_APPLY, case):
        return party
    return Bearer(case.pk)


def _kept(request: VisitorRequest) -> Mapping[str, int]:
    found: Mapping[str, int] = request.session.get(_SLOT, {})
    return found
