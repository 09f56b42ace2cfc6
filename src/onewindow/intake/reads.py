"""读收件: which drafts does a clerk have, what can be applied for, and what has the applicant given before?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from onewindow.catalogue.models import Item
from onewindow.intake.models import ONLINE, Application, Submitted
from onewindow.people.models import Officer, Party
from onewindow.people.reads import theirs

# Written for one application alone; an earlier one says nothing of this.
_FOR_ONCE = ("申请书", "申请表", "登记表", "委托书", "承诺书")


def drafts_of(officer: Officer) -> QuerySet[Application]:
    """The clerk's own applications that are not sealed yet, the latest first."""
    return (
        Application.objects.filter(taken_by=officer, sealed_at__isnull=True)
        .select_related("version", "applicant")
        .order_by("-saved_at")
    )


def own(officer: Officer, once: UUID) -> Application | None:
    """The application that this clerk began with this page, sealed or not."""
    return (
        Application.objects.filter(county=officer.county, once=once, taken_by=officer)
        .select_related("version__item__department", "applicant__guardian", "agent", "window")
        .first()
    )


def own_online(by: Party, once: UUID) -> Application | None:
    """The application with this key, when he who asks speaks for its applicant; sealed or not."""
    return (
        Application.objects.filter(theirs(by), once=once, channel__in=ONLINE)
        .select_related("version__item__department", "version__item__current", "applicant", "agent")
        .first()
    )


@dataclass(frozen=True)
class Unsent:
    """What the person in front of a window began online and did not hand in: that it is there, and nothing of it."""

    once: UUID
    item_name: str
    saved_at: datetime


def unsent_of(party: Party, county: str, limit: int = 6) -> list[Unsent]:
    """His own online drafts, for the clerk who has his paper in hand.

    The second exception beside `cases.reads.visible.stages_of`, bounded like it: no field, file or telephone of a
    draft, none that somebody else began in his name on his own word, none that was handed in. What is opened is
    opened by `acts.counter.take_up`, which writes it into the access log.
    """
    rows = _of_his_own(party).filter(county=county).order_by("-saved_at")[:limit]
    return [Unsent(*row) for row in rows.values_list("once", "version__name", "saved_at")]


def unsent(party: Party, county: str, once: UUID) -> Application | None:
    """One of these, to be opened."""
    return _of_his_own(party).filter(county=county, once=once).select_related("version__item").first()


def _of_his_own(party: Party) -> QuerySet[Application]:
    begun = Q(agent=None) | Q(agent=party.guardian_id) if party.guardian_id else Q(agent=None)
    return Application.objects.filter(begun, applicant=party, sealed_at__isnull=True, channel__in=ONLINE)


def at_window_for(by: Party, county: str) -> QuerySet[Application]:
    """What was begun online and a window goes on with, for himself and those for whom he speaks."""
    rows = Application.objects.filter(theirs(by), county=county, sealed_at__isnull=True, begun_as__in=ONLINE)
    return rows.select_related("version", "applicant", "window__hall").order_by("-saved_at")


def drafts_for(by: Party, county: str) -> QuerySet[Application]:
    """What was begun online and not submitted yet, for himself and those for whom he speaks."""
    rows = Application.objects.filter(theirs(by), county=county, sealed_at__isnull=True, channel__in=ONLINE)
    return rows.select_related("version", "applicant").order_by("-saved_at")


def papers_of(by: Party, county: str) -> QuerySet[Submitted]:
    """What he and those for whom he speaks handed in so far, the latest first."""
    rows = Submitted.objects.filter(
        theirs(by, "application__applicant", "application__agent"),
        application__county=county,
        application__sealed_at__isnull=False,
    ).exclude(how__in=[Submitted.How.REUSED, Submitted.How.FORM])
    return rows.select_related("material", "application__version", "application__applicant", "file").order_by(
        "-id"
    )


def items_open(county: str, words: str = "", limit: int = 12) -> list[Item]:
    """Items that can be applied for today and are called so, those first whose name begins with what was typed."""
    found = _open(county)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(department__name__icontains=word))
    rows = list(found.order_by("name")[: limit * 4])
    return sorted(rows, key=lambda item: not item.name.startswith(words))[:limit]


def items_among(county: str, keys: Sequence[int]) -> QuerySet[Item]:
    """Those of these items that can be applied for today."""
    return _open(county).filter(pk__in=keys)


def _open(county: str) -> QuerySet[Item]:
    published = Item.objects.filter(county=county, state=Item.State.PUBLISHED, current__isnull=False)
    return published.select_related("department")


def given_before(
    applicant: Party, names: Sequence[str], today: date, by: Party | None = None
) -> dict[str, Submitted]:
    """Of these materials the latest one handed in earlier that can still be used, and that `by` may see."""
    seen = Q() if by is None else theirs(by, "application__applicant", "application__agent")
    earlier = (
        Submitted.objects.filter(
            seen,
            application__applicant=applicant,
            application__sealed_at__isnull=False,
            material__name__in=[name for name in names if not name.endswith(_FOR_ONCE)],
        )
        .exclude(how=Submitted.How.REUSED)
        .select_related("material", "application__version", "file")
        .order_by("-id")[:200]
    )
    found: dict[str, Submitted] = {}
    for paper in earlier:
        if paper.usable_on(today):
            found.setdefault(paper.material.name, paper)
    return found
