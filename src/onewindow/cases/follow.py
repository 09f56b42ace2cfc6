"""办件的反应: what follows for the cases from what happened elsewhere?"""

from __future__ import annotations

from django.db import transaction

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, DueMoved
from onewindow.cases.write import INDEX, renew
from onewindow.journal import write
from onewindow.journal.models import Entry
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules.standing import standing


def reckon_anew(entry: Entry) -> None:
    """A holiday notice came: reckon every open case anew and keep a list of the due days that moved."""
    county = places.here()
    for number in (
        Case.objects.filter(county=entry.county, is_open=True).order_by("pk").values_list("pk", flat=True)
    ):
        _reckon(number, county, entry)


@transaction.atomic
def _reckon(pk: int, county: County, entry: Entry) -> None:
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("version", "application", "subject")
        .get(pk=pk)
    )
    before, provisional = case.due_on, case.provisional
    law = law_for(case.version, case.application.channel, pack_for(county, case.pack, case.received_on))
    renew(case, standing(write.history(case.subject), law))
    if (before, provisional) == (case.due_on, case.provisional):
        return
    case.save(update_fields=list(INDEX))
    moved = {"before": before, "after": case.due_on, "was_provisional": provisional}
    DueMoved.objects.get_or_create(case=case, cause=entry, defaults=moved)
