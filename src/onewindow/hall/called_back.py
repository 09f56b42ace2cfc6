"""延时回访清单: which draws and call-backs may somebody see, whom does he call, and is the next draw due?"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from onewindow.ground.paging import page
from onewindow.hall.models import CallBack, CallBackDraw, Extension
from onewindow.people.models import Officer, Post
from onewindow.places.reads import here, pack_here
from onewindow.rules.extending import Stage
from onewindow.rules.grants import Grant

PAGE = 50
_SERVED = (Stage.ENDED, Stage.SERVED, Stage.FILED)


def visible_to(officer: Officer) -> QuerySet[CallBack]:
    """The call-backs of the halls in which he calls back, or of the county."""
    return CallBack.objects.filter(_his(officer), county=officer.county)


def whole(officer: Officer) -> bool:
    """Whether he calls back for the whole county: he draws, and sees from how many was drawn."""
    return any(post.scope == Post.Scope.COUNTY for post in _posts(officer))


def _posts(officer: Officer) -> list[Post]:
    return [post for post in officer.posts if Grant.EXTENSION_CALL_BACK.value in post.grants]


def _his(officer: Officer, calls: str = "") -> Q:
    """`calls`: how one comes to the call-backs."""
    if whole(officer):
        return Q()
    halls = [post.hall_id for post in _posts(officer) if post.scope == Post.Scope.HALL]
    return Q(**{f"{calls}extension__hall__in": halls})


def draws(officer: Officer) -> QuerySet[CallBackDraw]:
    """The draws in which there is somebody for him to call, with how many there are and how many of them were reached."""
    rows = CallBackDraw.objects.filter(county=officer.county)
    if not whole(officer):
        rows = rows.filter(Exists(visible_to(officer).filter(draw=OuterRef("pk"))))
    his = _his(officer, "calls__")
    return rows.annotate(
        drawn=Count("calls", filter=his), reached=Count("calls", filter=his & Q(calls__reached=True))
    )


def draws_page(officer: Officer, after: str = "") -> tuple[list[CallBackDraw], str]:
    """One page of them, the latest first."""
    return page(draws(officer), after, by=("-drawn_at",), size=PAGE)


def calls_of(draw: CallBackDraw, officer: Officer, after: str = "") -> tuple[list[CallBack], str]:
    """Whom he is to call, first who was not reached yet; one page."""
    beside = ("extension__window", "extension__party", "extension__ticket", "extension__officer", "by")
    rows = visible_to(officer).filter(draw=draw).select_related(*beside)
    rows = rows.annotate(through=Coalesce(F("reached"), Value(False)))
    return page(rows, after, by=("through",), size=PAGE, filled=True)


def due(county: str, on: date) -> date | None:
    """回访到期: since when the next draw is due; none while it is not."""
    last = (
        CallBackDraw.objects.filter(county=county).order_by("-until").values_list("until", flat=True).first()
    )
    first = (
        Extension.objects.filter(county=county, stage__in=_SERVED, call_back__isnull=True)
        .order_by("day")
        .values_list("day", flat=True)
        .first()
    )
    if first is None:
        return None
    days = timedelta(days=pack_here(here()).setting("extension.call_back_days").number)
    turn = max(last or first, first) + days
    return turn if turn <= on else None
