"""写人员: what several acts have in common when they write of a person."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Exists, ForeignObjectRel, OuterRef

from onewindow.people.models import Account, Party
from onewindow.people.reads import phone_key


def called_by_phone(party: Party) -> None:
    """The owner of an account may sign in by the telephone in his file; called whenever that may have changed."""
    if party.account_id is not None:
        Account.objects.filter(pk=party.account_id).update(phone_hash=phone_key(party.phone))


def forget_unnamed(keys: Collection[int]) -> int:
    """Delete those of these files that no account opens and that nothing names any more; how many there were."""
    rows = Party.objects.filter(pk__in=keys, account__isnull=True)
    for link in Party._meta.get_fields(include_hidden=True):
        if isinstance(link, ForeignObjectRel) and not link.many_to_many:
            named = link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")})
            rows = rows.filter(~Exists(named))
    gone = list(rows.order_by("pk").values_list("pk", flat=True)) if keys else []
    if gone:
        Party.objects.filter(pk__in=gone)._raw_delete(
            connection.alias
        )  # nothing names them: nothing to look after
    return len(gone)
