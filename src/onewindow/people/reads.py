"""读人员: who is this, and what may he do today?"""

from __future__ import annotations

from datetime import date

from onewindow.ground.fields import lookup
from onewindow.people.models import Account, Officer, Party
from onewindow.rules.identity import tidy


def on_duty(account: Account, day: date) -> Officer | None:
    """The officer behind an account with the posts that he holds on `day`; one statement more for the posts."""
    officer = Officer.objects.filter(account=account, left_on__isnull=True).first()
    if officer is not None:
        officer.day = day  # type: ignore[attr-defined]
    return officer


def party_by_paper(kind: str, number: str) -> Party | None:
    """The party that holds this paper; found by the keyed hash of the tidied number."""
    return Party.objects.filter(paper_kind=kind, paper_hash=lookup(tidy(number))).first()
