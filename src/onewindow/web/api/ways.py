"""各条路的样子: what does a program read of a case that went up, goes on, is heard by others, or was short of a person?"""

from __future__ import annotations

from datetime import date

from onewindow.cases.reads.progress import Progress
from onewindow.people.models import Officer
from onewindow.places.reads import workdays
from onewindow.rules import third
from onewindow.rules.facts import Fact
from onewindow.rules.facts_instant import Filed, FilingChecked, JudgedAtOnce
from onewindow.rules.facts_renewal import RenewalNamed, RenewedByLaw
from onewindow.rules.facts_upward import DeniedAbove, GrantedAbove, SentUp
from onewindow.rules.grants import Actor
from onewindow.web.api.shapes_ways import FilingOut, InstantOut, RenewalOut, RowOut, ThirdOut, UpwardOut


def thirds_of(seen: tuple[Fact, ...], reader: Actor) -> list[ThirdOut]:
    """Those who are heard, by number alone; the applicant reads how many they are."""
    if not isinstance(reader, Officer):
        return []
    return [
        ThirdOut(
            id=one.third,
            reply_by=one.reply_by,
            ask_by=one.ask_by,
            spoke=one.spoke,
            heard=one.heard,
            hearing=one.hearing,
        )
        for one in third.states(seen, workdays())
        if not one.gone
    ]


def upward_of(found: Progress) -> UpwardOut | None:
    """What was sent up; None for a case that is decided here or still waits for its first look."""
    seen = found.now.seen
    sent = _last(seen, SentUp)
    if sent is None:
        return None
    answer = _last(seen, GrantedAbove, DeniedAbove)
    state = next((one for one in found.now.terms if one.term.name == "above"), None)
    return UpwardOut(
        organ=found.case.version.clock.get("organ") or "上级机关",
        sent_on=sent.on,
        due=state.due if state else None,
        answered_on=answer.on if answer else None,
        granted=isinstance(answer, GrantedAbove) if answer else None,
    )


def renewal_of(seen: tuple[Fact, ...]) -> RenewalOut | None:
    """The licence that is to go on."""
    named, by_law = _last(seen, RenewalNamed), _last(seen, RenewedByLaw)
    if not isinstance(named, RenewalNamed):
        return None
    return RenewalOut(expires_on=named.until, by_law_on=by_law.on if by_law else None)


def instant_of(seen: tuple[Fact, ...], reader: Actor) -> InstantOut | None:
    """How the decision table answered; row by row for the office, whose guide has the rows."""
    told = _last(seen, JudgedAtOnce)
    if not isinstance(told, JudgedAtOnce):
        return None
    marks: dict[int, bool | None] = dict.fromkeys(told.held, True)
    marks |= dict.fromkeys(told.failed, False) | dict.fromkeys(told.doubtful)
    inner = isinstance(reader, Officer)
    rows = [RowOut(row=n, holds=marks[n]) for n in sorted(marks)] if inner else []
    return InstantOut(granted=told.granted, on=told.on, mark=told.mark, rows=rows)


def filing_of(seen: tuple[Fact, ...]) -> FilingOut | None:
    """A filing, and what was found of it afterwards."""
    filed, checked = _last(seen, Filed), _last(seen, FilingChecked)
    if not isinstance(filed, Filed):
        return None
    fits = checked.fits if isinstance(checked, FilingChecked) else None
    return FilingOut(filed_on=filed.on, checked_on=_on(checked), fits=fits)


def _on(fact: Fact | None) -> date | None:
    return fact.on if fact is not None else None


def _last(seen: tuple[Fact, ...], *kinds: type[Fact]) -> Fact | None:
    return next((fact for fact in reversed(seen) if isinstance(fact, kinds)), None)
