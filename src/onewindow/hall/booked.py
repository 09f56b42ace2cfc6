"""约了什么: which bookings may somebody see, what waits for an answer, and who comes in which session?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce

from onewindow.ground.clock import SHANGHAI
from onewindow.ground.paging import page
from onewindow.hall.models import Ban, Booking, ContactTry, Session, Trouble
from onewindow.hall.offered import terms
from onewindow.journal.models import Entry
from onewindow.people.models import Duty, Holding, Officer, Party, Post
from onewindow.people.reads import names_of, theirs
from onewindow.places.models import Hall
from onewindow.rules.bookings import HOLDING, OPEN, Service, Stage, gaps
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.facts_booking import BookingConfirmed
from onewindow.rules.grants import Grant
from onewindow.rules.opening import Session as Stretch
from onewindow.rules.opening import SessionKind
from onewindow.rules.slots import shortage
from onewindow.rules.tickets import OVER

PAGE, DUTIES = 50, 20
SEES = (
    Grant.BOOKING_ASK,
    Grant.BOOKING_ANSWER,
    Grant.BOOKING_FILE,
    Grant.BOOKING_LIFT,
    Grant.DUTY_ARRANGE,
)
_WORDS = {grant.value for grant in SEES}
LISTS = (Grant.DUTY_ARRANGE, Grant.BOOKING_ANSWER)  # who sees the sessions with who is on duty
_LISTS = {grant.value for grant in LISTS}
_AT_DOOR = [Stage.CONFIRMED.value, Stage.ARRIVED.value]
AT_ONCE = 200  # in one tick; each of them is then done, and the next minute goes on
_OFF = [Service.DAY_OFF.value, Service.ODD_HOURS.value]
_AGREED = "((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')"
# Nothing is left of a slot in office hours: he was there, and the service of his number is over.
_THROUGH = Q(service=Service.ORDINARY.value, stage=Stage.ARRIVED.value, ticket__stage__in=OVER)
_TAIL = 4  # the last digits of a telephone, by which somebody says who he is
Page = tuple[list[Booking], str]  # the rows, and the key after which the next page goes on


def visible_to(officer: Officer) -> QuerySet[Booking]:
    """What an officer may see: of his hall, of his department's line, or of the county."""
    rows = Booking.objects.filter(county=officer.county).select_related("hall", "line", "party", "window")
    posts = [post for post in officer.posts if _WORDS & set(post.grants)]
    if any(post.scope == Post.Scope.COUNTY for post in posts):
        return rows
    halls = [post.hall_id for post in posts if post.scope == Post.Scope.HALL]
    departments = [post.department_id for post in posts if post.scope == Post.Scope.DEPARTMENT]
    near = Q(hall__in=halls)
    if departments:
        near |= Q(pk__in=Booking.objects.filter(line__departments__in=departments).values("pk"))
    return rows.filter(near)


def one(officer: Officer, number: str) -> Booking | None:
    """One booking with everything that its page shows."""
    beside = ("subject", "session", "officer", "first_asked", "recorder", "recorded_at", "ticket", "agent")
    rows = visible_to(officer).select_related(*beside, "handler_signed_by", "signature")
    tries = Prefetch("tries", ContactTry.objects.select_related("by"))
    return rows.prefetch_related("items", tries).filter(number=number).first()


def course(booking: Booking) -> list[tuple[Entry, str, str]]:
    """What happened to it: the entry, its word, and by whom; two statements."""
    entries = list(Entry.objects.filter(subject=booking.subject_id).order_by("place"))
    names = names_of(one.by for one in entries)
    return [(one, _word(one), names.get(one.by, "")) for one in entries]


def _word(entry: Entry) -> str:
    """A slot that he took himself was confirmed at once: nobody had to agree."""
    himself = entry.fact == BookingConfirmed.__name__ and entry.by.startswith("party:")
    return "预约确认" if himself else TERMS_ZH[entry.fact]


def to_answer(officer: Officer, after: str = "") -> Page:
    """What waits for the window's answer, the longest first."""
    waiting = visible_to(officer).filter(stage=Stage.ASKED.value)
    return _page(waiting, after, "answer_due")


def of_day(officer: Officer, on: date, after: str = "", words: str = "") -> Page:
    """Who comes on a day, in order of time; with words only who says that of himself at the door."""
    rows = visible_to(officer).filter(on=on).exclude(stage__in=[Stage.CANCELLED, Stage.REFUSED])
    return _page(called(rows, words).select_related("ticket"), after, "begins")


def ahead(officer: Officer, since: date, after: str = "") -> Page:
    """What is still to come, the next first."""
    return _page(visible_to(officer).filter(on__gt=since, stage__in=OPEN), after, "on", "begins")


def past(officer: Officer, before: date, after: str = "") -> Page:
    """What is over, the latest first."""
    return _page(visible_to(officer).filter(on__lt=before), after, "-on", "-begins")


def to_file(officer: Officer, after: str = "") -> Page:
    """Signed forms that the section has not acknowledged, the oldest first."""
    rows = visible_to(officer).filter(stage=Stage.SERVED.value, service__in=_OFF, served_at__isnull=False)
    return _page(rows, after, "served_at", filled=True)


def filed(officer: Officer, after: str = "") -> Page:
    """The register: forms that were acknowledged, the latest first."""
    rows = visible_to(officer).filter(stage=Stage.FILED.value, filed_at__isnull=False)
    return _page(rows, after, "-filed_at", filled=True)


def _page(rows: QuerySet[Booking], after: str, *by: str, filled: bool = False) -> Page:
    beside = rows.select_related("officer").prefetch_related("items")
    return page(beside, after, by=by, size=PAGE, filled=filled)


def called(rows: QuerySet[Booking], words: str) -> QuerySet[Booking]:
    """Those of a name that begins so, of this number or code, with this number of the queue, or whose telephone ends so.

    The telephones are encrypted: those of the rows are read, so let it be rows of one day.
    """
    name = " ".join(words.replace("\x00", "").split())
    typed = name.replace(" ", "")
    if not typed:
        return rows
    found = Q(party__name__istartswith=name) | Q(agent__name__istartswith=name)
    found |= Q(number__iexact=typed) | Q(code=typed.upper()) | Q(ticket__number=typed.upper())
    if typed.isascii() and typed.isdigit() and len(typed) <= _TAIL:
        found |= Q(number__endswith=f"-{typed.zfill(_TAIL)}")
        phones = rows.order_by().values_list("pk", "phone") if len(typed) == _TAIL else ()
        found |= Q(pk__in=[pk for pk, phone in phones if phone.endswith(typed)])
    return rows.filter(found)


def of_party(party: Party, county: str) -> QuerySet[Booking]:
    """His own bookings and those of whom he speaks for, the latest first."""
    rows = Booking.objects.filter(theirs(party, applicant="party"), county=county)
    return (
        rows.select_related("hall", "line", "party", "window", "ticket")
        .prefetch_related("items")
        .order_by("-on", "-begins", "-pk")
    )


def all_of(party: Party, county: str, after: str, size: int) -> Page:
    """Every booking of his, those over and those to come, the latest first."""
    return page(of_party(party, county), after, by=("-on", "-begins"), size=size)


def coming(party: Party, county: str, after: str = "") -> Page:
    """Where he still has to go, the next first."""
    rows = of_party(party, county).filter(stage__in=OPEN).exclude(_THROUGH)
    return page(rows, after, by=("on", "begins"), size=PAGE)


def over(party: Party, county: str, after: str = "") -> Page:
    """What became of the others, the latest first."""
    rows = of_party(party, county).filter(~Q(stage__in=OPEN) | _THROUGH)
    return page(rows, after, by=("-on", "-begins"), size=PAGE)


def by_code(officer: Officer, code: str) -> Booking | None:
    """The booking whose code somebody shows at the door."""
    return visible_to(officer).filter(code=code.strip().upper()).first()


def at_door(hall: Hall, on: date, *, code: str = "", party: Party | None = None) -> list[Booking]:
    """What somebody booked in this hall for a day, by the code or the paper that he shows at its door, the earliest first."""
    rows = Booking.objects.filter(hall=hall, on=on, stage__in=_AT_DOOR)
    if party is not None:
        rows = rows.filter(Q(party=party) | Q(agent=party))
    else:
        rows = rows.filter(code=code.strip().upper())
    return list(rows.select_related("hall", "line", "party", "window", "ticket").order_by("begins", "pk"))


def barred(officer: Officer) -> QuerySet[Ban]:
    """Those who stayed away last from a booking that the officer sees."""
    rows = Ban.objects.filter(county=officer.county, booking__in=visible_to(officer))
    return rows.select_related("party", "booking__hall")


def bans(officer: Officer, after: str = "") -> tuple[list[Ban], str]:
    """Who may book no more, then who was let again, the latest first."""
    return page(barred(officer), after, by=("-lifted_on",), size=PAGE)


@dataclass(frozen=True)
class Sheet:
    """一场: a session with those who come in order of time, who is on duty, and what is missing."""

    session: Session
    bookings: list[Booking]
    duties: list[Duty]
    gaps: list[str]
    short: int
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def red(self) -> bool:
        """Whether somebody is booked and somebody is missing."""
        return bool(self.bookings) and bool(self.gaps or self.short)

    @property
    def complete(self) -> bool:
        return not self.gaps and not self.short


def sheet(session: Session) -> Sheet:
    """One session, whole; five statements."""
    rows = session.bookings.filter(stage__in=HOLDING).select_related("party", "officer", "ticket", "line")
    duties = duties_of([session])
    return _sheet(
        session,
        list(rows.prefetch_related("items").order_by("begins", "pk")),
        duties,
        list(session.troubles.all()),
    )


def sittings(officer: Officer) -> QuerySet[Session]:
    """The sessions whose list somebody sees: of his hall, or of the county."""
    rows = Session.objects.filter(county=officer.county, window__isnull=False)
    posts = [post for post in officer.posts if _LISTS & set(post.grants)]
    if any(post.scope == Post.Scope.COUNTY for post in posts):
        return rows
    return rows.filter(hall__in=[post.hall_id for post in posts if post.scope == Post.Scope.HALL])


def sessions(officer: Officer, since: date, until: date, after: str = "") -> tuple[list[Sheet], str]:
    """备案清单: the off-hours sessions of these days with what was booked, gaps red; three statements."""
    booked = Booking.objects.filter(stage__in=HOLDING).order_by("begins", "pk")
    rows = sittings(officer).filter(on__gte=since, on__lte=until)
    rows = rows.filter(Exists(Booking.objects.filter(session=OuterRef("pk"), stage__in=HOLDING)))
    rows = rows.select_related("hall", "window").annotate(
        open_troubles=Count("troubles", filter=Q(troubles__settled_at=None))
    )
    rows = rows.prefetch_related(Prefetch("bookings", booked))
    found, following = page(rows, after, by=("on", "begins"), size=PAGE)
    duties = duties_of(found)
    return [_sheet(one, list(one.bookings.all()), duties) for one in found], following


def duties_of(found: Sequence[Session]) -> list[Duty]:
    """Who is on duty in these sessions."""
    days = {one.on for one in found}
    rows = Duty.objects.filter(hall__in={one.hall_id for one in found}, on__in=days, dropped_at__isnull=True)
    return list(rows.select_related("officer", "window").order_by("role", "pk"))


def _sheet(
    session: Session, bookings: list[Booking], duties: Iterable[Duty], troubles: list[Trouble] | None = None
) -> Sheet:
    theirs_ = [
        one
        for one in duties
        if (one.hall_id, one.on, one.kind) == (session.hall_id, session.on, session.kind)
        and one.window_id in (None, session.window_id)
    ]
    said = terms(session.on).policy
    stretch = Stretch(session.on, SessionKind(session.kind), session.begins, session.ends)
    staff = sum(one.role == Duty.Role.WINDOW for one in theirs_)
    return Sheet(
        session=session,
        bookings=bookings,
        duties=theirs_,
        gaps=gaps(said, {one.role for one in theirs_}),
        short=shortage(stretch, [(one.begins, one.ends) for one in bookings], staff),
        troubles=troubles or [],
    )


def members(hall: int, day: date) -> QuerySet[Officer]:
    """Who sits in a hall and may serve those who booked."""
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        post__hall=hall,
        post__grants__contains=[Grant.BOOKING_ANSWER.value],
        since__lte=day,
    )
    people = Officer.objects.filter(pk__in=held.values("officer"), left_on__isnull=True)
    return people.order_by("staff_no")


def own_duties(officer: Officer, since: date) -> QuerySet[Duty]:
    """When he himself is on duty from a day on."""
    rows = Duty.objects.filter(officer=officer, on__gte=since, dropped_at__isnull=True)
    return rows.select_related("hall", "window")


def next_duties(officer: Officer, since: date, after: str = "") -> tuple[list[Duty], str]:
    """His own duties from a day on, the next first."""
    return page(own_duties(officer, since), after, by=("on",), size=DUTIES)


def unmet(at: datetime) -> list[Duty]:
    """Whose session has begun with somebody booked for him, and who has not signed on."""
    booked = Booking.objects.filter(
        officer=OuterRef("officer"),
        window=OuterRef("window"),
        on=OuterRef("on"),
        stage__in=HOLDING,
        gone_at=None,
        begins__lte=at.time(),
    )
    rows = Duty.objects.filter(
        Exists(booked), on=at.date(), role=Duty.Role.WINDOW, signed_on_at=None, dropped_at=None, unmet_at=None
    )
    return list(rows)


def to_remind(at: datetime, hours: int) -> list[Booking]:
    """Whose time comes within the hours and who was not reminded yet; whoever asked within them was told just now."""
    now, until = at.astimezone(SHANGHAI), (at + timedelta(hours=hours)).astimezone(SHANGHAI)
    later = Q(on__gt=now.date()) | Q(on=now.date(), begins__gt=now.time())
    near = Q(on__lt=until.date()) | Q(on=until.date(), begins__lte=until.time())
    rows = Booking.objects.filter(
        later,
        near,
        stage=Stage.CONFIRMED.value,
        reminded_at=None,
        gone_at=None,
        on__gte=now.date(),
        on__lte=until.date(),
    )
    agreed = Func("on", "begins", template=_AGREED, arg_joiner=" + ", output_field=DateTimeField())
    known = ExpressionWrapper(
        Coalesce("answered_at", "asked_at") + timedelta(hours=hours), output_field=DateTimeField()
    )
    rows = rows.annotate(agreed=agreed, known=known).filter(agreed__gt=F("known"))
    return list(rows.order_by("on", "begins", "pk")[:AT_ONCE])


def to_lapse(at: datetime, machine: str = "") -> list[Booking]:
    """Ordinary slots that were over by then and nobody came, where that machine gives the numbers, or the county itself."""
    now = at.astimezone(SHANGHAI)
    over = Q(on__lt=now.date()) | Q(on=now.date(), ends__lte=now.time())
    rows = Booking.objects.filter(
        over,
        stage=Stage.CONFIRMED.value,
        service=Service.ORDINARY.value,
        on__lte=now.date(),
        gone_at=None,
        hall__box=machine,
    )
    return list(rows.order_by("on", "begins", "pk")[:AT_ONCE])


def late(at: datetime, rows: Iterable[Booking]) -> list[Booking]:
    """Which of those that wait have waited longer than the answer may take."""
    return [row for row in rows if row.answer_due is not None and row.answer_due < at]
