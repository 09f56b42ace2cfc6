"""投诉的查询: what waits to be looked into, and what do verified complaints say of windows and of members of the staff?

One that is open or was not verified counts for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from onewindow.feedback.models import Complaint
from onewindow.ground.paging import page
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.models import Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.complaints import Service, Stage, score
from onewindow.rules.grants import Grant

SEES = (Grant.COMPLAINT_SETTLE, Grant.SUPERVISE)
_WORDS = {grant.value for grant in SEES}
PAGE = 50


def visible_to(officer: Officer) -> QuerySet[Complaint]:
    """Those of his hall, or of the county; never one about himself: another looks into it and hears who complained."""
    rows = Complaint.objects.filter(county=officer.county).exclude(officer=officer.pk)
    halls = halls_of(officer)
    return rows if halls is None else rows.filter(hall__in=halls)


def halls_of(officer: Officer) -> set[int | None] | None:
    """The halls whose complaints he sees; None for all of the county."""
    posts = [post for post in officer.posts if _WORDS & set(post.grants)]
    if any(post.scope == Post.Scope.COUNTY for post in posts):
        return None
    return {post.hall_id for post in posts if post.scope == Post.Scope.HALL}


def complaints(
    officer: Officer, stage: str = Stage.OPEN.value, after: str = ""
) -> tuple[list[Complaint], str]:
    """One page of what lies before him, those that are due first; settled ones the latest first."""
    rows = visible_to(officer).select_related("hall", "window", "officer").filter(stage=stage)
    if stage == Stage.OPEN.value:
        return page(rows, after, by=("due_on",), size=PAGE)
    return page(rows, after, by=("-settled_at",), size=PAGE)


def one(officer: Officer, number: str) -> Complaint | None:
    """One with everything that is told of it."""
    beside = ("hall", "window", "officer", "party", "settled_by", "subject", "about")
    return visible_to(officer).filter(number=number).select_related(*beside).first()


def settlers(one: Complaint, on: date) -> list[Officer]:
    """Who may settle it on that day; never whom it is about."""
    near = Q(post__scope=Post.Scope.COUNTY) | Q(post__scope=Post.Scope.HALL, post__hall=one.hall_id)
    found = _in_post(one.county, Grant.COMPLAINT_SETTLE, on).filter(near)
    return _once(held.officer for held in found if held.officer_id != one.officer_id)


def who_gives_posts(county: str, on: date) -> list[Officer]:
    """Who can give the post to somebody, when nobody may settle a complaint."""
    return _once(held.officer for held in _in_post(county, Grant.PEOPLE_MANAGE, on))


def settled_by_nobody(county: str, on: date) -> QuerySet[Complaint]:
    """Open complaints that nobody in post may settle, because nobody has the power or it is about him."""
    near = Q(post__scope=Post.Scope.COUNTY) | Q(post__scope=Post.Scope.HALL, post__hall=OuterRef("hall"))
    himself = Q(officer_id=Coalesce(OuterRef("officer_id"), 0))
    able = _in_post(county, Grant.COMPLAINT_SETTLE, on).filter(near).exclude(himself)
    rows = Complaint.objects.filter(~Exists(able), county=county, stage=Stage.OPEN.value)
    return rows.select_related("hall").order_by("due_on", "pk")


def _in_post(county: str, grant: Grant, on: date) -> QuerySet[Holding]:
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        post__county=county,
        post__grants__contains=[grant.value],
        since__lte=on,
        officer__left_on__isnull=True,
    )
    return held.select_related("officer", "post").order_by("pk")


def _once(people: Iterable[Officer]) -> list[Officer]:
    return list({one.pk: one for one in people}.values())


def of_himself(officer: Officer, number: str) -> bool:
    """Whether it is about him: then he is told so, and reads nothing of it."""
    return Complaint.objects.filter(county=officer.county, number=number, officer=officer.pk).exists()


@dataclass
class Standing:
    """窗口得分: a window in a period, what was verified against it, and whether it may be named for an award."""

    window: Window
    verified: list[Complaint] = field(default_factory=list)
    barred: bool = False

    @property
    def score(self) -> int:
        return score(sum(one.points for one in self.verified))

    @property
    def why(self) -> str:
        """Why it is no candidate, in words."""
        if not self.barred:
            return ""
        numbers = "、".join(one.number for one in self.verified if one.service == Service.EXTENDED.value)
        return f"延时服务中的投诉经查实（{numbers}），不予评优评先"


@dataclass
class Person:
    """工作人员记录: what was verified of him."""

    officer: Officer
    verified: list[Complaint] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """The period by window and by member, those of whom something was verified first."""

    windows: list[Standing]
    people: list[Person]

    @property
    def candidates(self) -> list[Standing]:
        """评优评先候选: all but those that a verified complaint bars."""
        return [one for one in self.windows if not one.barred]

    @property
    def left_out(self) -> list[Standing]:
        return [one for one in self.windows if one.barred]


def record(county: str, since: date, until: date, halls: set[int | None] | None = None) -> Record:
    """What was verified of what happened in these days; windows without anything stand there with their whole score."""
    found = Complaint.objects.filter(
        county=county, stage=Stage.VERIFIED.value, happened_on__gte=since, happened_on__lte=until
    )
    windows = Window.objects.filter(hall__county=county, is_open=True).select_related("hall")
    if halls is not None:
        found, windows = found.filter(hall__in=halls), windows.filter(hall__in=halls)
    verified = list(found.select_related("officer", "hall").order_by("happened_on", "pk"))
    kept = windows | Window.objects.filter(pk__in=[row.window_id for row in verified]).select_related("hall")
    pack = pack_here(here())
    by_window = {one.pk: Standing(one) for one in kept.order_by("hall_id", "pk")}
    by_person: dict[int, Person] = {}
    for row in verified:
        assert row.window_id is not None  # verified says whose it is
        standing = by_window[row.window_id]
        standing.verified.append(row)
        bars = pack.at(row.happened_on).holds("complaint.no_award")
        standing.barred |= bars and row.service == Service.EXTENDED.value
        if row.officer is not None:
            by_person.setdefault(row.officer.pk, Person(row.officer)).verified.append(row)
    people = sorted(by_person.values(), key=lambda one: one.officer.staff_no)
    return Record(sorted(by_window.values(), key=lambda one: not one.verified), people)
