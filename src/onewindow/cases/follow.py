"""办件的反应: what follows for the cases from what happened elsewhere?"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from onewindow.cases.acts import instant as acts
from onewindow.cases.acts.handover import move
from onewindow.cases.models import Case, DueMoved, Handover, Revocation, Struck
from onewindow.cases.recheck import differing
from onewindow.cases.write import INDEX, hold, renew
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.people.acts import note_breach, void_breach
from onewindow.people.models import Breach
from onewindow.places import reads as places
from onewindow.rules.grants import SYSTEM
from onewindow.rules.risk import Route

_AT_ONCE: dict[str, Callable[..., bool]] = {
    Route.EXEMPT: acts.answer_exempt,
    Route.FILING: acts.file_at_once,
    Route.INSTANT: acts.judge_at_once,
}


def at_once(entry: Entry) -> None:
    """A receipt whose way is a shorter one is answered by the machine; every other costs nothing here.

    Dated with the receipt, or with what somebody did since.
    """
    act = _AT_ONCE.get(entry.body.get("route", ""))
    if act is None:
        return
    case = Case.objects.get(subject=entry.subject_id)
    last = Entry.objects.filter(subject=entry.subject_id).order_by("-place").values_list("at", flat=True)[0]
    act(case, by=SYSTEM, at=last.astimezone(SHANGHAI))


def hand_over(entry: Entry) -> None:
    """Both have signed: what stands on the list goes over, one case after the other."""
    handover = Handover.objects.select_related("officer", "to").get(pk=entry.body["handover"])
    move(handover, by=SYSTEM, at=entry.at.astimezone(SHANGHAI))


def reckon_anew(entry: Entry) -> None:
    """A holiday notice came: reckon every open case anew and keep a list of the due days that moved."""
    for case, _ in differing(places.here()):
        _reckon(case, entry)


def breach(entry: Entry) -> None:
    """A promise was not kept: it is written down once, for the person himself and for whoever takes promises."""
    if Struck.objects.filter(entry=entry).exists() or _no_promise(entry):
        return
    case = Case.objects.select_related("applicant", "department", "subject").get(subject=entry.subject_id)
    kind = Breach.Kind.PROMISE if entry.fact == "Revoked" else Breach.Kind.RONGQUE
    note_breach(
        case.applicant,
        by=SYSTEM,
        at=entry.at.astimezone(SHANGHAI),
        subject=case.subject,
        department=case.department,
        kind=kind,
    )


def _no_promise(entry: Entry) -> bool:
    """Whether it was revoked for something else than a broken promise."""
    if entry.fact != "Revoked":
        return False
    return Revocation.objects.filter(pk=entry.body["revocation"], promise__isnull=True).exists()


def breach_void(entry: Entry) -> None:
    """What was missed had been kept: the record of the broken promise falls with it."""
    missed = ("DeferralMissed", "DeemedWithdrawn")
    if not Struck.objects.filter(cause=entry, entry__fact__in=missed).exists():
        return
    rows = Breach.objects.filter(subject=entry.subject_id, kind=Breach.Kind.RONGQUE, voided_on__isnull=True)
    for one in rows:
        void_breach(one, by=SYSTEM, at=entry.at.astimezone(SHANGHAI))


@transaction.atomic
def _reckon(case: Case, entry: Entry) -> None:
    held = hold(case)
    before, provisional = held.case.due_on, held.case.provisional
    renew(held.case, held.now).save(update_fields=list(INDEX))
    if (before, provisional) == (held.case.due_on, held.case.provisional):
        return
    moved = {"before": before, "after": held.case.due_on, "was_provisional": provisional}
    DueMoved.objects.get_or_create(case=held.case, cause=entry, defaults=moved)
