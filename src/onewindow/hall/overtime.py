"""延时服务清单: which services beyond closing time may somebody see, what is not filed, and how satisfied are people?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from onewindow.ground.paging import page
from onewindow.hall.hours import Times, times
from onewindow.hall.models import (
    CallBack,
    Extension,
    ExtensionAsk,
    SignOff,
    Ticket,
    WindowLeader,
)
from onewindow.journal.models import Entry
from onewindow.people.models import Holding, Officer, Post
from onewindow.people.reads import names_of
from onewindow.places.models import Hall, Opening, Window
from onewindow.places.reads import here, pack_here
from onewindow.rules.extending import GROUND_WORDS, Ground, Stage, share
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.facts_org import KIND as ORGANISATION
from onewindow.rules.grants import Grant
from onewindow.rules.tickets import ABANDONED, WHY_ABANDONED

PAGE = 50
SEES = (
    Grant.HALL_CALL,
    Grant.HALL_MANAGE,
    Grant.EXTENSION_FILE,
    Grant.EXTENSION_CALL_BACK,
    Grant.SUPERVISE,
)
_WORDS = {grant.value for grant in SEES}
Page = tuple[list[Extension], str]  # the rows, and the key after which the next page goes on


def halls_of(officer: Officer) -> QuerySet[Hall]:
    """The halls whose 延时服务 somebody sees: his own, or those of the county."""
    rows = Hall.objects.filter(county=officer.county)
    posts = [post for post in officer.posts if _WORDS & set(post.grants)]
    if any(post.scope == Post.Scope.COUNTY for post in posts):
        return rows
    halls = [post.hall_id for post in posts if post.scope == Post.Scope.HALL]
    return rows.filter(Q(pk__in=halls) | Q(windows__in=leads(officer))).distinct()


def leads(officer: Officer) -> QuerySet[Window]:
    """The windows whose leader he is."""
    return Window.objects.filter(leaders__officer=officer, leaders__until__isnull=True)


def visible_to(officer: Officer) -> QuerySet[Extension]:
    """What an officer may see: of his hall, of the windows that he leads, or of the county."""
    rows = Extension.objects.filter(county=officer.county, hall__in=halls_of(officer))
    beside = ("hall", "window", "officer", "party", "ticket", "item")
    return rows.select_related(*beside)


def one(officer: Officer, number: str) -> Extension | None:
    """One service with everything that its page shows."""
    beside = ("subject", "handler_signed_by", "signature", "ticket__visit", "call_back")
    rows = visible_to(officer).select_related(*beside).prefetch_related("cases")
    return rows.filter(number=number).first()


def course(extension: Extension) -> list[tuple[Entry, str, str]]:
    """What happened to it: the entry, its word, and by whom; two statements."""
    entries = list(Entry.objects.filter(subject=extension.subject_id).order_by("place"))
    names = names_of(one.by for one in entries)
    return [(one, TERMS_ZH[one.fact], names.get(one.by, "")) for one in entries]


def going_on(officer: Officer, after: str = "") -> Page:
    """Those that are served now, and those that wait for a signature, the oldest first."""
    return _page(visible_to(officer).filter(stage__in=[Stage.OPEN, Stage.ENDED]), after, "began_at")


def to_file(officer: Officer, after: str = "") -> Page:
    """Signed forms that the section has not acknowledged, the oldest first."""
    return _page(visible_to(officer).filter(stage=Stage.SERVED, served_at__isnull=False), after, "served_at")


def done(officer: Officer, after: str = "") -> Page:
    """What is through where nothing is filed, the latest first."""
    return _page(visible_to(officer).filter(stage=Stage.SERVED, served_at__isnull=False), after, "-served_at")


def filed(officer: Officer, after: str = "") -> Page:
    """The register: forms that were acknowledged, the latest first."""
    return _page(visible_to(officer).filter(stage=Stage.FILED, filed_at__isnull=False), after, "-filed_at")


def of_windows(officer: Officer, after: str = "") -> Page:
    """窗口负责人的清单: all of the windows that he leads, the latest first."""
    return _page(visible_to(officer).filter(window__in=leads(officer)), after, "-began_at")


def _page(rows: QuerySet[Extension], after: str, by: str) -> Page:
    return page(rows, after, by=(by,), size=PAGE, filled=True)


def period(officer: Officer, since: date, until: date) -> QuerySet[Extension]:
    """The register of some days as it is exported, whatever became of each."""
    rows = visible_to(officer).filter(day__gte=since, day__lte=until)
    return rows.prefetch_related("cases").order_by("day", "pk")


def declined(officer: Officer, since: date, until: date) -> QuerySet[ExtensionAsk]:
    """拒绝延时清单: who was not served longer, by whom and why, the latest first."""
    rows = ExtensionAsk.objects.filter(hall__in=halls_of(officer), agreed=False)
    rows = rows.filter(answered_at__date__gte=since, answered_at__date__lte=until)
    return rows.select_related("hall", "window", "ticket", "answered_by").order_by("-answered_at", "-pk")


def declined_page(
    officer: Officer, since: date, until: date, after: str = ""
) -> tuple[list[ExtensionAsk], str]:
    """One page of them, and the key after which the next one goes on."""
    return page(declined(officer, since, until), after, by=("-answered_at",), size=PAGE, filled=True)


def asked_at(window: Window, on: date) -> list[ExtensionAsk]:
    """Requests that wait for this window's answer: of whoever is there or waits for it."""
    rows = ExtensionAsk.objects.filter(hall=window.hall_id, answered_at__isnull=True, ticket__day=on)
    near = Q(ticket__window=window) | Q(ticket__window=None, ticket__line__services__window=window)
    return list(rows.filter(near).select_related("ticket__line").distinct().order_by("asked_at", "pk"))


def open_at(window: Window) -> list[Extension]:
    """What this window has undertaken and what still waits for signatures there."""
    rows = Extension.objects.filter(window=window, stage__in=[Stage.OPEN, Stage.ENDED])
    return list(rows.select_related("ticket", "party").order_by("stage", "began_at", "pk"))


def without_leader(county: str) -> list[Window]:
    """Open windows that nobody leads (延时办 四)."""
    led = WindowLeader.objects.filter(until__isnull=True).values("window")
    rows = Window.objects.filter(hall__county=county, is_open=True).exclude(pk__in=led)
    return list(rows.select_related("hall").order_by("hall_id", "pk"))


def leader_of(window: Window) -> Officer | None:
    """Who leads this window."""
    rows = WindowLeader.objects.filter(window=window, until__isnull=True).select_related("officer")
    found = rows.first()
    return found.officer if found is not None else None


def with_leader(windows: QuerySet[Window]) -> QuerySet[Any]:
    """Each window with the name of whoever leads it (`leader_name`), or none."""
    leads = WindowLeader.objects.filter(window=OuterRef("pk"), until__isnull=True)
    return windows.annotate(leader_name=Subquery(leads.values("officer__name")[:1]))


@dataclass(frozen=True)
class Check:
    """核查: something that a member of the staff did in the last minutes before closing."""

    at: datetime
    what: str
    window: str
    who: str
    number: str = ""


def late_checks(halls: Sequence[Hall], since: date, until: date, at: datetime) -> list[Check]:
    """临近下班的弃号和暂停: numbers that the staff gave up, and windows that it paused, the latest first; seven statements."""
    minutes = pack_here(here()).setting("extension.check_minutes").number
    windows = {one.pk: one for one in Window.objects.filter(hall__in=halls).select_related("hall")}
    told = {
        one.subject_id: one
        for one in Ticket.objects.filter(hall__in=halls, day__gte=since, day__lte=until, stage=ABANDONED)
    }
    hours = _hours(halls, at)
    found = []
    for entry in [*_given_up(told), *_paused(windows, since, until)]:
        ticket = told.get(entry.subject_id)
        hall = ticket.hall_id if ticket is not None else windows[entry.body["window"]].hall_id
        if hours[hall].just_before(entry.at, minutes):
            found.append(entry)
    staff, names = _staff(found), names_of(one.by for one in found)
    found.sort(key=_moment, reverse=True)
    return [_check(one, told.get(one.subject_id), windows, staff, names) for one in found]


def _hours(halls: Sequence[Hall], at: datetime) -> dict[int, Times]:
    """The hours of each of these halls; one statement."""
    openings: dict[int, list[Opening]] = {}
    for opening in Opening.objects.filter(hall__in=halls).order_by("begins"):
        openings.setdefault(opening.hall_id, []).append(opening)
    return {hall.pk: times(hall, at, openings.get(hall.pk, ())) for hall in halls}


def _check(
    one: Entry,
    ticket: Ticket | None,
    windows: dict[int, Window],
    staff: dict[str, Window],
    names: dict[str, str],
) -> Check:
    if ticket is None:
        window = windows[one.body["window"]]
        why = window.why_paused if window.paused_at == one.at else ""
        return Check(
            one.at, f"暂停服务：{why}" if why else "暂停服务", _called(window), names.get(one.by, "")
        )
    why = WHY_ABANDONED.get(one.body.get("why", ""), "")
    at_window = windows.get(ticket.window_id or 0) or staff.get(one.by)
    return Check(one.at, f"弃号：{why}", _called(at_window), names.get(one.by, ""), ticket.number)


def _called(window: Window | None) -> str:
    return f"{window.hall}　{window}" if window is not None else ""


def _given_up(told: Mapping[int, Ticket]) -> list[Entry]:
    rows = Entry.objects.filter(subject__in=told, fact="TicketAbandoned", by__startswith="officer:")
    return list(rows)


def _paused(windows: Mapping[int, Window], since: date, until: date) -> list[Entry]:
    """Pauses of these windows that are no 签退."""
    rows = Entry.objects.filter(subject__kind=ORGANISATION, fact="WindowPaused", on__gte=since, on__lte=until)
    left = set(SignOff.objects.filter(window__in=windows).values_list("window_id", "at"))
    return [one for one in rows if one.body["window"] in windows and (one.body["window"], one.at) not in left]


def _staff(entries: Iterable[Entry]) -> dict[str, Window]:
    """At which window each of them sits: that of his post."""
    keys = {int(one.by.partition(":")[2]) for one in entries}
    rows = Holding.objects.filter(officer__in=keys, post__window__isnull=False)
    return {
        f"officer:{one.officer_id}": one.post.window
        for one in rows.select_related("post__window__hall")
        if one.post.window is not None
    }


def _moment(one: Entry) -> datetime:
    return one.at


@dataclass(frozen=True)
class Counted:
    """统计: one row of counts with its word."""

    word: str
    services: int
    minutes: int


@dataclass(frozen=True)
class Figures:
    """延时服务统计 of some days: by ground, by window and member, filed, turned away, called back."""

    by_ground: list[Counted]
    by_window: list[Counted]
    services: int
    going_on: int
    filed: int
    declined: int
    turned_away: int
    called: int

    @property
    def filed_share(self) -> int | None:
        """Of those that are over."""
        return share(self.filed, self.services - self.going_on)

    @property
    def called_share(self) -> int | None:
        return share(self.called, self.services - self.going_on)


def figures(officer: Officer, since: date, until: date) -> Figures:
    """Five statements, however many days."""
    halls = halls_of(officer)
    rows = Extension.objects.filter(hall__in=halls, day__gte=since, day__lte=until)
    told = list(
        rows.exclude(stage=Stage.GONE)
        .values("ground", "window__name", "officer__name", "stage")
        .annotate(n=Count("pk"), total=Sum("minutes"))
        .order_by("window_id", "officer_id")
    )
    called = CallBack.objects.filter(extension__in=rows, reached=True).count()
    closed = Ticket.objects.filter(hall__in=halls, day__gte=since, day__lte=until, stage=ABANDONED)
    away = Entry.objects.filter(subject__in=closed.values("subject"), fact="TicketAbandoned")
    return Figures(
        by_ground=_grouped(told, lambda one: GROUND_WORDS[Ground(one["ground"])]),
        by_window=_grouped(told, lambda one: f"{one['window__name']}　{one['officer__name']}"),
        services=sum(one["n"] for one in told),
        going_on=sum(one["n"] for one in told if one["stage"] == Stage.OPEN),
        filed=sum(one["n"] for one in told if one["stage"] == Stage.FILED),
        declined=declined(officer, since, until).count(),
        turned_away=away.filter(body__why="closing").count(),
        called=called,
    )


def _grouped(told: Iterable[Any], word: Callable[[Any], str]) -> list[Counted]:
    services, minutes = Counter[str](), Counter[str]()
    for one in told:
        services[word(one)] += one["n"]
        minutes[word(one)] += one["total"] or 0
    return [Counted(name, number, minutes[name]) for name, number in services.items()]


@dataclass(frozen=True)
class Satisfaction:
    """满意度 of one window: satisfied ÷ answered."""

    window: Window
    answered: int
    satisfied: int
    said: list[str] = field(default_factory=list)

    @property
    def rate(self) -> int | None:
        return share(self.satisfied, self.answered)


def satisfaction(officer: Officer, since: date, until: date) -> list[Satisfaction]:
    """延时服务满意度, window by window (延时办 五)."""
    rows = CallBack.objects.filter(
        extension__hall__in=halls_of(officer), extension__day__gte=since, extension__day__lte=until
    )
    answered: dict[int, list[CallBack]] = {}
    windows: dict[int, Window] = {}
    for one in rows.filter(grade__isnull=False).select_related("extension__window"):
        answered.setdefault(one.extension.window_id, []).append(one)
        windows[one.extension.window_id] = one.extension.window
    return [
        Satisfaction(
            windows[key],
            len(told),
            sum(one.satisfied for one in told),
            [w for one in told for w in _words(one)],
        )
        for key, told in sorted(answered.items())
    ]


def _words(one: CallBack) -> list[str]:
    return [words for words in (one.opinion, one.suggestion) if words]
