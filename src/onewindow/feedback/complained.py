"""投诉的查询: what waits to be looked into, and what do verified complaints say of windows and of members of the staff?

One that is open or was not verified counts for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from onewindow.feedback.models import Complaint
from onewindow.people.models import Officer, Post
from onewindow.places.models import Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.complaints import Service, Stage, score
from onewindow.rules.grants import Grant

SEES = (Grant.COMPLAINT_SETTLE, Grant.SUPERVISE)
_WORDS = {grant.value for grant in SEES}
PAGE = 100


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


def complaints(officer: Officer, stage: str = Stage.OPEN.value) -> QuerySet[Complaint]:
    """What lies before him, those that are due first; settled ones the latest first."""
    rows = visible_to(officer).select_related("hall", "window", "officer")
    if stage == Stage.OPEN.value:
        return rows.filter(stage=stage).order_by("due_on", "pk")
    return rows.filter(stage=stage).order_by("-settled_at")


def one(officer: Officer, number: str) -> Complaint | None:
    """One with everything that is told of it."""
    beside = ("hall", "window", "officer", "party", "settled_by", "subject", "about")
    return visible_to(officer).filter(number=number).select_related(*beside).first()


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
