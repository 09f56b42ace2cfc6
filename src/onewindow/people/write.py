"""写人员: what several acts have in common when they write of a person."""

from __future__ import annotations

from onewindow.people.models import Account, Party
from onewindow.people.reads import phone_key


def called_by_phone(party: Party) -> None:
    """The owner of an account may sign in by the telephone in his file; called whenever that may have changed."""
    if party.account_id is not None:
        Account.objects.filter(pk=party.account_id).update(phone_hash=phone_key(party.phone))
