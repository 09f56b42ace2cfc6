"""算例核对: does the clock give the dates that a person worked out by hand?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, get_type_hints

from onewindow.rules.facts import FACTS, Fact
from onewindow.rules.pack import Example, Pack
from onewindow.rules.standing import CaseLaw, Standing, standing
from onewindow.rules.workdays import Calendar

_SILENCE = "AcceptedBySilence"
_ONE_DAY = timedelta(days=1)
# An example gives days alone; the ids of its facts are left blank.
_BLANK: dict[Any, Any] = {
    int: 0,
    str: "",
    bool: False,
    date: date.min,
    tuple[str, ...]: (),
    tuple[int, ...]: (),
}


def disagreements(pack: Pack, example: Example, calendar: Calendar) -> list[str]:
    """What the clock says otherwise than the example, one sentence for each date; empty when all agree."""
    where = f"政策包 {pack.id}：算例“{example.name}”"
    found = reckoned(pack, example, calendar)
    return [
        f"{where}的 {name}：手算 {_day(example.expect.get(name))}，程序算出 {_day(found.get(name))}"
        for name in sorted({*example.expect, *found})
        if example.expect.get(name) != found.get(name)
    ]


def reckoned(pack: Pack, example: Example, calendar: Calendar) -> dict[str, date]:
    """Every date that the clock gives for the history of an example."""
    now = _stands(pack, example, calendar)
    deemed = dict(_deemed(pack, example, now))
    if deemed:
        now = _stands(pack, example, calendar, deemed["accepted_as_of"])
    return deemed | {f"{state.term.name}_due": state.due for state in now.terms if state.due}


def provisional(pack: Pack, example: Example, calendar: Calendar) -> set[str]:
    """The dates of an example that rest on a year without its notice."""
    now = _stands(pack, example, calendar)
    return {f"{state.term.name}_due" for state in now.terms if state.reckoning.provisional}


def _deemed(pack: Pack, example: Example, now: Standing) -> Iterator[tuple[str, date]]:
    """Acceptance by silence: recorded on the day after the term, with effect from the receipt."""
    term = next((state for state in now.running() if state.term.name == "accept"), None)
    if (
        term is None
        or term.due is None
        or not pack.at(term.reckoning.start).holds("accept.deemed", example.kind)
    ):
        return
    if example.as_of is None or example.as_of > term.due:
        yield "deemed_on", term.due + _ONE_DAY
        yield "accepted_as_of", term.reckoning.start


def _stands(pack: Pack, example: Example, calendar: Calendar, silent_since: date | None = None) -> Standing:
    facts = [_fact(step.fact, step.on, step.told) for step in example.history]
    if silent_since:
        facts.append(_fact(_SILENCE, silent_since))
    days = (example.item_legal_days, example.item_promised_days)
    terms = pack.at(example.history[0].on).terms(example.kind, example.channel)
    law = CaseLaw(tuple(replace(term, days=term.days_for(*days)) for term in terms), calendar)
    return standing(facts, law)


def _fact(name: str, on: date, told: Mapping[str, Any] = MappingProxyType({})) -> Fact:
    kind = FACTS[name]
    blank = {key: _BLANK[hint] for key, hint in get_type_hints(kind).items() if key != "on"}
    return kind(on=on, **{**blank, **told})


def _day(day: date | None) -> str:
    return day.isoformat() if day else "没有"
