"""便民服务登记: what does a hall offer, and who sees which requests?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import Exact

from onewindow.ground.paging import page
from onewindow.hall.stopped import in_stop
from onewindow.helping.models import Aid, AidRequest
from onewindow.journal.models import Entry
from onewindow.people.models import Officer, Party, Post
from onewindow.people.reads import names_of, theirs
from onewindow.places.models import Hall
from onewindow.rules.aids import OPEN, Stage, Way
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.grants import Grant

PAGE, OWN = 100, 30
SEES = (Grant.BOOKING_ASK, Grant.BOOKING_ANSWER, Grant.HALL_MANAGE, Grant.BOOKING_FILE)
_WORDS = {grant.value for grant in SEES}
_BESIDE = ("aid", "hall", "party", "officer", "item")
GONE = "AidDisplaced"
# The facts that say whether his hour is there; the last of them counts.
HOUR = (GONE, "AidRestored", "AidMoved", "AidArranged")


def with_hour(rows: QuerySet[AidRequest]) -> QuerySet[Any]:
    """Each with whether its hour is gone, because the hall is stopped then (`gone`); no statement more."""
    said = Entry.objects.filter(subject=OuterRef("subject"), fact__in=HOUR).order_by("-place")
    last = Subquery(said.values("fact")[:1])
    return rows.annotate(gone=Case(When(Q(Exact(last, GONE)), then=True), default=False))


def changed(county: str, at: datetime) -> Iterator[tuple[AidRequest, bool]]:
    """Who was to come to a hall that is stopped then and was not told (True), and whose hour is there again (False)."""
    stages = [Stage.ASKED.value, Stage.ARRANGED.value]
    rows = AidRequest.objects.filter(county=county, stage__in=stages, on__gte=at.date())
    for one in with_hour(rows.select_related("aid", "hall")).order_by("pk"):
        stopped = in_stop(one.hall, one.on, one.begins)
        stopped = stopped or (one.hall.stopped_at is not None and one.agreed_at <= at)  # longer than was said
        if one.aid.course.in_hall and stopped != one.gone and (stopped or one.agreed_at > at):
            yield one, stopped


def offered_at(hall: Hall) -> list[Aid]:
    """What a hall offers now."""
    return list(hall.aids.filter(closed_on__isnull=True).select_related("hall").order_by("order", "pk"))


def offering(county: str) -> list[Aid]:
    """Every service that a hall of the county offers now."""
    rows = Aid.objects.filter(hall__county=county, closed_on__isnull=True).select_related("hall")
    return list(rows.order_by("hall__kind", "hall", "order", "pk"))


def visible_to(officer: Officer) -> QuerySet[AidRequest]:
    """The requests of his halls, or of the county."""
    rows = AidRequest.objects.filter(county=officer.county).select_related(*_BESIDE)
    posts = [post for post in officer.posts if _WORDS & set(post.grants)]
    if any(post.scope == Post.Scope.COUNTY for post in posts):
        return rows
    return rows.filter(hall__in=[post.hall_id for post in posts if post.scope == Post.Scope.HALL])


def register(
    officer: Officer, *, aid: int = 0, stage: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AidRequest]:
    """便民服务登记簿: the latest first; of one service, stage or span of days."""
    rows = visible_to(officer)
    if aid:
        rows = rows.filter(aid=aid)
    if stage == "open":
        rows = rows.filter(stage__in=[one.value for one in OPEN])
    elif stage:
        rows = rows.filter(stage=stage)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    return with_hour(rows).order_by("-on", "-pk")


def register_page(rows: QuerySet[AidRequest], after: str) -> tuple[list[AidRequest], str]:
    """One page of the register, and the key after which the next one goes on."""
    return page(rows, after, by=("-on",), size=PAGE)


def one(officer: Officer, number: str) -> AidRequest | None:
    """One request with everything that its page shows."""
    beside = (
        "subject",
        "arranged_by",
        "recorder",
        "ticket",
        "visit",
        "agent",
        "handler_signed_by",
        "signature",
    )
    rows = visible_to(officer).select_related(*beside, "ticket__extension")
    return with_hour(rows).filter(number=number).first()


def of_party(party: Party, county: str) -> QuerySet[AidRequest]:
    """His own requests and those of whom he speaks for, the latest first."""
    rows = AidRequest.objects.filter(theirs(party, applicant="party"), county=county)
    return with_hour(rows.select_related(*_BESIDE, "ticket")).order_by("-on", "-pk")


def own(party: Party, county: str, after: str = "") -> tuple[list[AidRequest], str]:
    """One page of his requests."""
    return page(of_party(party, county), after, by=("-on",), size=OWN)


def at_door(hall: Hall, on: date, code: str) -> AidRequest | None:
    """What somebody arranged in this hall for a day, by the code that he shows at its door."""
    rows = AidRequest.objects.filter(Q(stage=Stage.ARRANGED.value) | Q(stage=Stage.BEGUN.value))
    return rows.filter(hall=hall, on=on, code=code.strip().upper()).select_related(*_BESIDE).first()


def counts(officer: Officer) -> dict[int, int]:
    """How often each service was asked for."""
    found: dict[int, int] = {}
    for aid in visible_to(officer).order_by().values_list("aid", flat=True):
        found[aid] = found.get(aid, 0) + 1
    return found


def course(request: AidRequest) -> list[tuple[Entry, str, str]]:
    """What happened to it: the entry, its word, and by whom; two statements."""
    entries = list(Entry.objects.filter(subject=request.subject_id).order_by("place"))
    names = names_of(one.by for one in entries)
    return [(one, TERMS_ZH[one.fact], names.get(one.by, "")) for one in entries]


def green_of(visit: int | None) -> AidRequest | None:
    """绿色通道: the request by which somebody came in this stay, with its ground and who agreed; nothing is asked without a stay."""
    if visit is None:
        return None
    rows = AidRequest.objects.filter(visit=visit, aid__way=Way.GREEN.value, arranged_by__isnull=False)
    return rows.select_related("arranged_by").first()
