"""更正的记载: which facts wait to be voided by whom, which were, and which were written down late?"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from onewindow.cases.models import BackDated, Voiding
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import PAGE
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant


def to_settle(officer: Officer) -> QuerySet[Voiding]:
    """待确认的作废: those that this officer may confirm or decline, the oldest first."""
    offices = [
        post.department_id
        for post in officer.posts
        if post.scope == Post.Scope.DEPARTMENT and Grant.RECORD_VOID.value in post.grants
    ]
    waiting = Voiding.objects.filter(
        confirmed__isnull=True, case__county=officer.county, case__department__in=offices
    )
    return waiting.exclude(asked_by=officer).select_related("case", "entry").order_by("pk")


def voidings(officer: Officer) -> QuerySet[Voiding]:
    """All that was ever said to be wrong, among the cases that he sees."""
    return Voiding.objects.filter(case__in=visible_to(officer))


def back_dated(officer: Officer) -> QuerySet[BackDated]:
    """All that was written down later than it happened."""
    return BackDated.objects.filter(case__in=visible_to(officer))


def voidings_page(officer: Officer, *, before: int = 0, size: int = PAGE) -> Sequence[Voiding]:
    """One page of them, the latest first, with those who asked and confirmed."""
    found = voidings(officer)
    if before:
        found = found.filter(pk__lt=before)
    beside = ("case__department", "entry", "asked_by", "settled_by")
    return list(found.select_related(*beside).order_by("-pk")[:size])


def back_dated_page(officer: Officer, *, before: int = 0, size: int = PAGE) -> Sequence[BackDated]:
    """One page of them, the latest first."""
    found = back_dated(officer)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.select_related("case__department", "entry").order_by("-pk")[:size])
