"""作废和撤销: which letters fell with a voided fact or a revoked decision, since when, and which letter tells so?

A letter is void from the moment in which the fact that it is about is void, before anybody has made the letter that
tells so; one that was made anew falls with the first of its chain.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from onewindow.cases.models import Decision, Struck
from onewindow.journal.models import Entry
from onewindow.letters.causes import RESULTS
from onewindow.letters.models import Letter

ANNULLED, REVOKED = "annulled", "revoked"


def about(letter: str = "") -> Coalesce:
    """The entry that a letter is about, of the letter at this path."""
    path = f"{letter}__" if letter else ""
    return Coalesce(F(f"{path}about"), F(f"{path}cause"))


def _struck(letter: str = "") -> QuerySet[Struck]:
    path = f"{letter}__" if letter else ""
    return Struck.objects.filter(entry=Coalesce(OuterRef(f"{path}about"), OuterRef(f"{path}cause")))


def is_void(letter: str = "") -> Exists:
    """Whether the letter at this path no longer holds."""
    return Exists(_struck(letter))


def with_void(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """The same, each with the day from which it is void and the number of the letter that tells so."""
    telling = Letter.objects.filter(
        kind=ANNULLED, cause__strikes__entry=Coalesce(OuterRef("about"), OuterRef("cause"))
    )
    return letters.annotate(
        void_on=Subquery(_struck().values("on")[:1]),
        void_by=Subquery(telling.order_by("pk").values("number")[:1]),
        revoked_on=_revoked_on(),
        revoked_by=Subquery(_revoking().values("number")[:1]),
    )


def _revoked_on() -> Case:
    """Since when the decision of which this letter tells does not hold any more; of other letters nothing."""
    revoked = Decision.objects.filter(case__subject=OuterRef("subject"), revoked_on__isnull=False)
    return Case(When(kind__in=RESULTS, then=Subquery(revoked.values("revoked_on")[:1])))


def _revoking() -> QuerySet[Letter]:
    """The letters that revoke the decision of the same matter; one that was made anew goes before the first."""
    return Letter.objects.filter(subject=OuterRef("subject"), kind=REVOKED).order_by("-pk")


def no_longer(letter: Any) -> str:
    """已作废 or 已撤销, with the day and the letter that tells so; nothing for a letter that holds."""
    if letter.revoked_on is None or letter.void_on is not None:
        return void_words(letter)
    told = f"，见 {letter.revoked_by}" if letter.revoked_by else ""
    return f"{letter.revoked_on.month} 月 {letter.revoked_on.day} 日已撤销{told}"


def void_words(letter: Any) -> str:
    """10 月 13 日已作废，见 … ; nothing for a letter that holds."""
    if letter.void_on is None:
        return ""
    told = f"，见 {letter.void_by}" if letter.void_by else ""
    return f"{letter.void_on.month} 月 {letter.void_on.day} 日已作废{told}"


def fallen_with(entry: Entry) -> QuerySet[Letter]:
    """The letters that fell with what this fact voided, oldest first."""
    struck = Struck.objects.filter(cause=entry).values("entry")
    own = Letter.objects.annotate(entry_about=about()).filter(subject=entry.subject_id)
    return own.filter(Q(entry_about__in=struck)).exclude(kind=ANNULLED).order_by("pk")
