"""谁不在岗: who is away on which days, who is B of a post, which posts have nobody, and who heads a department?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from onewindow.people.models import Absence, Deputy, Holding, Officer, Post


def running(day: date) -> Q:
    """The leaves that keep somebody away on a day; to be put before a queryset of them."""
    return Q(since__lte=day, until__gte=day) & (Q(back_on__isnull=True) | Q(back_on__gt=day))


def is_away(officer: str, day: date) -> Exists:
    """Whether the officer in that column is away on a day, read beside a row."""
    return Exists(Absence.objects.filter(running(day), officer=OuterRef(officer)))


def away(officers: Iterable[int], since: date, until: date) -> dict[int, Absence]:
    """Those of them who are away on some day of these, each with his leave; one statement."""
    rows = Absence.objects.filter(officer__in=list(officers), since__lte=until, until__gte=since)
    rows = rows.filter(Q(back_on__isnull=True) | Q(back_on__gt=since))
    return {one.officer_id: one for one in rows.order_by("-since") if one.last_day >= since}


def deputy_of(post: Post) -> Officer | None:
    """B of a post, while he is in service."""
    named = Deputy.objects.filter(post=post, ended_at__isnull=True, officer__left_on__isnull=True)
    found = named.select_related("officer").first()
    return found.officer if found is not None else None


def heads_of(post: Post, day: date) -> list[Officer]:
    """Who heads the department of a post on a day."""
    if post.department_id is None:
        return []
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        post__department=post.department_id,
        post__head=True,
        kind=Holding.Kind.OWN,
        since__lte=day,
        officer__left_on__isnull=True,
    )
    found = {one.officer_id: one.officer for one in held.select_related("officer").order_by("pk")}
    return list(found.values())


def own_seats(post: Post, day: date) -> list[int]:
    """Who holds a post as his own on a day."""
    held = Holding.objects.filter(post=post, kind=Holding.Kind.OWN, since__lte=day)
    held = held.filter(officer__left_on__isnull=True).exclude(until__lt=day)
    return list(held.values_list("officer", flat=True).distinct())


def without_b(county: str, day: date) -> QuerySet[Post]:
    """The posts of departments that somebody holds and that have no B in service."""
    named = Deputy.objects.filter(post=OuterRef("pk"), ended_at__isnull=True, officer__left_on__isnull=True)
    held = Holding.objects.filter(post=OuterRef("pk"), since__lte=day, officer__left_on__isnull=True)
    held = held.exclude(until__lt=day)
    rows = Post.objects.filter(
        ~Exists(named), Exists(held), county=county, department__closed_on__isnull=True
    )
    return rows.filter(department__isnull=False).select_related("department").order_by("department_id", "pk")


def leaves_of(officer: Officer) -> QuerySet[Absence]:
    """His own, the latest first."""
    return Absence.objects.filter(officer=officer).order_by("-pk")


def leaves_among(posts: Iterable[Post], day: date) -> QuerySet[Absence]:
    """Those who are away or will be, of the offices of these posts, the first to go first."""
    departments = {post.department_id for post in posts if post.scope == Post.Scope.DEPARTMENT}
    whole = {post.county for post in posts if post.scope == Post.Scope.COUNTY}
    theirs = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        officer=OuterRef("officer"),
        post__department__in=departments,
    )
    rows = Absence.objects.filter(Q(county__in=whole) | Exists(theirs), until__gte=day, back_on__isnull=True)
    return rows.select_related("officer").order_by("since", "pk")


def covers_of(absences: Iterable[Absence], day: date) -> dict[int, list[Holding]]:
    """Who stands in during each of these leaves, on the day and later; one statement."""
    rows = Holding.objects.filter(absence__in=list(absences), until__gte=day).order_by("since", "pk")
    found: dict[int, list[Holding]] = {}
    for held in rows.select_related("officer", "post__department"):
        found.setdefault(held.absence_id or 0, []).append(held)
    return found


def left_empty(absence: Absence) -> list[str]:
    """The posts that are his own in these days and that nobody takes over."""
    covered = Holding.objects.filter(absence=absence).values("post")
    own = Holding.objects.filter(officer=absence.officer_id, kind=Holding.Kind.OWN, since__lte=absence.until)
    own = own.exclude(until__lt=absence.since).exclude(post__in=covered)
    return list(dict.fromkeys(own.order_by("pk").values_list("post__name", flat=True)))


@dataclass(frozen=True)
class Seat:
    """A post with those who hold it as their own and its B."""

    post: Post
    held: list[Officer]
    deputy: Officer | None

    @property
    def needs_b(self) -> bool:
        """Whether somebody sits there for whom nobody is named."""
        return bool(self.held) and self.deputy is None


def posts_with_b(arranging: Iterable[Post], day: date) -> list[Seat]:
    """The posts of the offices of these posts, each with its A and its B; three statements."""
    offices = list(arranging)
    near = Q(department__in={one.department_id for one in offices if one.scope == Post.Scope.DEPARTMENT})
    near |= Q(hall__in={one.hall_id for one in offices if one.scope == Post.Scope.HALL})
    near |= Q(county__in={one.county for one in offices if one.scope == Post.Scope.COUNTY})
    held = Holding.objects.filter(kind=Holding.Kind.OWN, since__lte=day, officer__left_on__isnull=True)
    named = Deputy.objects.filter(ended_at__isnull=True, officer__left_on__isnull=True)
    rows = (
        Post.objects.filter(near)
        .select_related("department", "hall")
        .prefetch_related(
            Prefetch("held", queryset=held.exclude(until__lt=day).select_related("officer"), to_attr="own"),
            Prefetch("deputies", queryset=named.select_related("officer"), to_attr="named"),
        )
    )
    return [
        Seat(post, [one.officer for one in post.own], next((one.officer for one in post.named), None))
        for post in rows.order_by("department_id", "hall_id", "pk")
    ]
