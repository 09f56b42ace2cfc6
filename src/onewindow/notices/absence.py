"""休假怎么告诉: who is told that somebody is away, that he stands in, or that he is back, and in which words?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onewindow.cases.models import Case
from onewindow.cases.reads.told import day
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.people.away import covers_of, heads_of
from onewindow.people.models import Absence, Holding, Officer
from onewindow.rules.grants import Grant

PAGE = "/absence/{}/"


@dataclass(frozen=True)
class Said:
    """One message, for whom, and the page to which it leads."""

    officers: Sequence[Officer]
    title: str
    text: str
    page: str


def told(entry: Entry) -> list[Said]:
    """What is said of this fact; nothing twice to one officer."""
    absence = Absence.objects.select_related("officer").get(pk=entry.body["absence"])
    on = entry.at.astimezone(SHANGHAI).date()
    return _TOLD[entry.fact](entry, absence, on)


def _days(absence: Absence) -> str:
    half = ("下午" if absence.from_noon else "", "上午" if absence.to_noon else "")
    if absence.since == absence.until:
        return f"{day(absence.since)}{half[0] or half[1]}"
    return f"{day(absence.since)}{half[0]}至 {day(absence.until)}{half[1]}"


def _covers(absence: Absence, on: date) -> list[Holding]:
    return covers_of([absence], max(on, absence.since)).get(absence.pk, [])


def _heads(absence: Absence, on: date) -> list[Officer]:
    """The heads of his departments; whoever manages people where he has none."""
    held = absence.officer.held.filter(kind=Holding.Kind.OWN).exclude(until__lt=on).select_related("post")
    found = {head.pk: head for one in held for head in heads_of(one.post, on)}
    found.pop(absence.officer_id, None)
    return list(found.values()) or _managing(absence.county, on)


def _managing(county: str, on: date) -> list[Officer]:
    rows = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        since__lte=on,
        post__county=county,
        post__scope="county",
        post__grants__contains=[Grant.PEOPLE_MANAGE.value],
        officer__left_on__isnull=True,
    )
    return list({one.officer_id: one.officer for one in rows.select_related("officer")}.values())


def _posts(held: Sequence[Holding], officer: Officer) -> str:
    return "、".join(dict.fromkeys(one.post.name for one in held if one.officer_id == officer.pk))


def _standing(absence: Absence, held: Sequence[Holding], title: str, text: str) -> list[Said]:
    """One message to each who stands in, with the posts that he takes over."""
    people = {one.officer_id: one.officer for one in held}.values()
    page = PAGE.format(absence.pk)
    return [Said([who], title, text.format(posts=_posts(held, who)), page) for who in people]


def _others(
    told: Sequence[Said], absence: Absence, officers: Sequence[Officer], said: tuple[str, str]
) -> Said:
    known = {one.pk for each in told for one in each.officers}
    return Said([one for one in officers if one.pk not in known], *said, PAGE.format(absence.pk))


def _entered(entry: Entry, absence: Absence, on: date) -> list[Said]:
    name, days, held = absence.officer.name, _days(absence), _covers(absence, on)
    found = _standing(
        absence,
        held,
        f"{name}{absence.get_kind_display()}，由您顶岗",
        f"{days}，您顶“{{posts}}”，到期自动结束。",
    )
    who = "、".join(dict.fromkeys(one.officer.name for one in held))
    words = f"{days}，{'由' + who + '顶岗。' if who else '没有人顶岗，请在“休假顶岗”里指定。'}"
    kind = absence.get_kind_display()
    heads = _others(found, absence, _heads(absence, on), (f"{name}登记了{kind}", words))
    himself = Said([absence.officer], f"给您登记了{kind}", words, PAGE.format(absence.pk))
    return [*found, heads, himself]


def _began(entry: Entry, absence: Absence, on: date) -> list[Said]:
    waiting = Case.objects.filter(examiner=absence.officer, is_open=True).count()
    name, held = absence.officer.name, _covers(absence, on)
    return _standing(
        absence,
        [one for one in held if one.since <= on],
        f"今天起您替{name}顶岗",
        f"到 {day(absence.until)}止，您顶“{{posts}}”。他名下没有办完的 {waiting} 件在您的待办里，亮灯和消息也发给您。",
    )


def _named(entry: Entry, absence: Absence, on: date) -> list[Said]:
    held = [one for one in _covers(absence, on) if one.officer_id == entry.body["officer"]]
    return _standing(
        absence,
        held,
        f"负责人请您替{absence.officer.name}顶岗",
        f"到 {day(absence.until)}止，您顶“{{posts}}”。",
    )


def _ended(entry: Entry, absence: Absence, on: date) -> list[Said]:
    name, page = absence.officer.name, PAGE.format(absence.pk)
    stood = absence.covers.select_related("officer")
    people = list({one.officer_id: one.officer for one in stood}.values())
    return [
        Said([absence.officer], "您回来了：这几天办了什么", "打开看您名下的件这几天的经过。", page),
        Said(people, f"{name}回来了，顶岗结束", "没有办完的回到他的待办。", page),
    ]


_TOLD: Mapping[str, Callable[[Entry, Absence, date], list[Said]]] = {
    "LeaveEntered": _entered,
    "LeaveBegan": _began,
    "CoverNamed": _named,
    "LeaveEnded": _ended,
}
