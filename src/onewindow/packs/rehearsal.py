"""推演: which dates does a made-up history have under the law of a place, and where is it impossible?

Nothing is stored and nobody is meant: what happens by itself (逾期未告知，视为受理) happens here as it does to a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, get_type_hints

from onewindow.rules import lights, promises
from onewindow.rules.clock import ProofDay, Unit
from onewindow.rules.facts import FACTS, TERMS_ZH, Fact
from onewindow.rules.grants import NotAllowed
from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind, planned
from onewindow.rules.lights import Light, light
from onewindow.rules.pack import Example, Kind, Pack, Step, Term
from onewindow.rules.proofs import proved
from onewindow.rules.stages import BESIDE_THE_DAYS, NEXT, OPEN, STAGE_WORDS, Stage
from onewindow.rules.standing import CaseLaw, Standing, TermState, standing
from onewindow.rules.workdays import ONE_DAY, Calendar, UncoveredDay

SILENCE = "AcceptedBySilence"
MOST_STEPS, MOST_DAYS = 40, 400
# What can be told of a case, in the order of its life; silence needs nobody who tells it.
# What is said of a procedure that lasts moves no day: the pause ends with its real end.
_MOVES_NOTHING = (
    BESIDE_THE_DAYS
    | (promises.NAMES - promises.MOVING)
    | {"ProcedureOverran", "ProcedureProlonged", "HostReplaced", "ParcelSilent"}
)
TELLABLE: tuple[str, ...] = tuple(
    dict.fromkeys(name for _, name in NEXT if name != SILENCE and name not in _MOVES_NOTHING)
)
_BLANK: dict[Any, Any] = {
    int: 0,
    str: "",
    bool: False,
    date: date.min,
    tuple[str, ...]: (),
    tuple[int, ...]: (),
}
_TYPES = {int: "整数", str: "文字", bool: "是或者否", date: "日期，写作 2026-10-09"}
# Without these a fact would say nothing of the days.
_NEEDED = frozenset({"days", "kind"})
_BEGUN, _ENDED = "ProcedureBegun", "ProcedureEnded"
_OF_PAPERS = frozenset({"PapersDeferred", "PapersSupplied", "SupplyReturned"})
# The one thing beside its day that a person writes of such a fact: so many days, or which procedure.
MORE: Mapping[str, str] = {
    name: field
    for name, field in {
        "Extended": "days",
        "PapersDeferred": "days",
        "SupplyReturned": "days",
        _BEGUN: "kind",
        _ENDED: "kind",
    }.items()
    if name in FACTS
}


class Impossible(ValueError):
    """A history that cannot happen; the sentence says why, `place` which of its facts (from 0)."""

    def __init__(self, sentence: str, place: int | None = None) -> None:
        super().__init__(sentence)
        self.place = place


@dataclass(frozen=True)
class Limit:
    """时限: the days that the item itself brings, by its law or by its promise."""

    days: int | None = None
    unit: Unit = "working"


@dataclass(frozen=True)
class History:
    """What is supposed to have happened, to an item of which kind; asked on `day`, or long after everything."""

    kind: Kind
    steps: tuple[Step, ...]
    legal: Limit = Limit()
    promised: Limit = Limit()
    channel: str | None = None
    day: date | None = None
    case_kind: str = ""
    above: Limit = Limit()


@dataclass(frozen=True)
class Passed:
    """One fact that happened: its word, its day, the stage after it, and what else was told of it.

    `recorded_on`: where the law itself did it, the day on which it is written down.
    """

    fact: str
    word: str
    on: date
    stage: str
    recorded_on: date | None = None
    more: str = ""


@dataclass(frozen=True)
class Rehearsed:
    """The answer: what happened, what is still to come on the day asked, where the case stands, and all its terms."""

    history: History
    pack: Pack
    law: CaseLaw
    passed: tuple[Passed, ...]
    ahead: tuple[Step, ...]
    now: Standing
    light: Light | None

    @property
    def stage(self) -> str:
        return STAGE_WORDS[self.now.stage]

    def proof(self, state: TermState) -> tuple[ProofDay, ...]:
        """Every day of a term; of one that stands still up to the day asked."""
        until = self.history.day or max(one.on for one in self.passed)
        return proved(state.reckoning, self.law.calendar, until) if state.reckoning.days else ()

    def light_of(self, state: TermState) -> Light | None:
        """The light of one term by itself on the day asked; none when the office owes nothing by it."""
        if self.history.day is None or not state.owed_by_office:
            return None
        return _light_of(state, self.history.day, self.law)

    def dates(self) -> dict[str, date]:
        """Every date by the names that worked examples use."""
        found = {f"{state.term.name}_due": state.due for state in self.now.terms if state.due}
        for one in self.passed:
            if one.recorded_on is not None:
                found |= {"deemed_on": one.recorded_on, "accepted_as_of": one.on}
        return found


def rehearse(history: History, pack: Pack, calendar: Calendar) -> Rehearsed:
    """Walk the history fact by fact; raises Impossible where the law does not let it go on."""
    _bounded(history)
    law = _law(history, pack, calendar)
    facts: list[Fact] = []
    passed: list[Passed] = []
    happened = [step for step in history.steps if history.day is None or step.on <= history.day]
    words = more_words(happened)
    for place, step in enumerate(numbered(happened)):
        try:
            calendar.day(step.on)  # a year of which nothing is known is refused even where no term begins
            _silence(facts, passed, law, history, pack, before=step.on)
            _pass(facts, passed, fact_of(step), law)
            passed[-1] = replace(passed[-1], more=words[place] + (" 天" if "days" in step.told else ""))
        except (Impossible, NotAllowed, UncoveredDay) as wrong:
            raise Impossible(f"{_said(step)}：{wrong}", place) from wrong
    if not facts:
        raise Impossible("所选的日子还没有发生任何事情，请把日子改到第一件事当天或者以后。")
    try:
        _silence(facts, passed, law, history, pack, before=history.day)
        now = standing(facts, law)
        shown = _light(now, history.day, law) if history.day and calendar.day(history.day) else None
    except UncoveredDay as wrong:
        raise Impossible(str(wrong)) from wrong
    return Rehearsed(history, pack, law, tuple(passed), history.steps[len(happened) :], now, shown)


def numbered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same with a number for each special procedure: rows have numbers, a person names its kind.

    Of a promise to bring papers later a made-up history knows one paper.
    """
    begun: dict[str, int] = {}
    found: list[Step] = []
    for step in steps:
        told = dict(step.told)
        if step.fact == _BEGUN and "procedure" not in told:
            told["procedure"] = begun[str(told.get("kind", ""))] = len(found) + 1
        if step.fact == _ENDED and "procedure" not in told:
            told["procedure"] = begun.get(str(told.pop("kind", "")), 0)
        if step.fact in _OF_PAPERS:
            told.setdefault("materials", (1,))
        found.append(replace(step, told=told))
    return tuple(found)


def more_words(steps: Sequence[Step]) -> list[str]:
    """What a person would write beside each fact and its day."""
    kinds = {step.told.get("procedure"): step.told.get("kind", "") for step in steps if step.fact == _BEGUN}
    words = []
    for step in steps:
        word = step.told.get(MORE.get(step.fact, ""), "")
        words.append(str(word or (kinds.get(step.told.get("procedure"), "") if step.fact == _ENDED else "")))
    return words


def of_example(example: Example) -> History:
    """A worked example as a history; it is asked on its own day."""
    return History(
        kind=example.kind,
        steps=example.history,
        legal=Limit(example.item_legal_days, example.item_legal_unit),  # type: ignore[arg-type]
        promised=Limit(example.item_promised_days),
        channel=example.channel,
        case_kind=example.case_kind or "",
        above=Limit(example.item_above_days),
        day=example.as_of,
    )


def fact_of(step: Step) -> Fact:
    """The fact that a step tells; the ids of its rows are left blank."""
    if step.fact == SILENCE:
        raise Impossible("视为受理由时间自己发生，不用写进去。")
    if step.fact not in TELLABLE:
        raise Impossible(f"没有“{step.fact}”这种事实。")
    kind = FACTS[step.fact]
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name != "on"}
    if strange := sorted(step.told.keys() - hints.keys()):
        raise Impossible(f"“{TERMS_ZH[step.fact]}”没有“{'、'.join(strange)}”这一栏。")
    if missing := sorted(_NEEDED & hints.keys() - step.told.keys()):
        raise Impossible(f"“{TERMS_ZH[step.fact]}”还要写 {'、'.join(missing)}。")
    told = {name: _typed(name, value, hints[name]) for name, value in step.told.items()}
    blank = {
        one.name: _BLANK[hints[one.name]]
        for one in fields(kind)
        if one.name != "on" and one.default is MISSING and one.default_factory is MISSING
    }
    return kind(on=step.on, **{**blank, **told})


def _typed(name: str, value: Any, hint: Any) -> Any:
    """What was told of a field, from a file or from a form."""
    try:
        if hint is int and not isinstance(value, bool):
            return int(value)
        if hint is date:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        if hint is bool:
            return {True: True, False: False, "是": True, "否": False}[value]
    except (ValueError, TypeError, KeyError):
        pass
    if hint is str and isinstance(value, str):
        return value
    if hint in (tuple[str, ...], tuple[int, ...]) and isinstance(value, list | tuple):
        return tuple(value)
    raise Impossible(f"“{name}”应当是{_TYPES.get(hint, '一组值')}，不能是“{value}”。")


def _bounded(history: History) -> None:
    if not history.steps:
        raise Impossible("还没有写任何事情，至少要有收件。")
    if len(history.steps) > MOST_STEPS:
        raise Impossible(f"最多写 {MOST_STEPS} 件事，现在有 {len(history.steps)} 件。")
    for word, limit in (("法定", history.legal), ("承诺", history.promised)):
        if limit.days is not None and not 0 <= limit.days <= MOST_DAYS:
            raise Impossible(f"{word}时限应当在 0 到 {MOST_DAYS} 天之间，不能是 {limit.days} 天。")
    both = history.legal.days is not None and history.promised.days is not None
    if both and history.legal.unit == history.promised.unit and history.promised.days > history.legal.days:  # type: ignore[operator]
        raise Impossible(
            f"承诺的 {history.promised.days} 天比法定的 {history.legal.days} 天还长；承诺只能更短，请核对。"
        )
    for place, (one, following) in enumerate(zip(history.steps, history.steps[1:], strict=False)):
        if following.on < one.on:
            raise Impossible(f"{_said(following)}：早于上一件事（{one.on}），请按先后排列。", place + 1)


def _law(history: History, pack: Pack, calendar: Calendar) -> CaseLaw:
    """As `cases.law` does it for a version of an item."""
    terms = pack.at(history.steps[0].on).terms(history.kind, history.channel, KIND_WORDS[case_kind(history)])
    return CaseLaw(
        terms=tuple(fitted for term in terms if (fitted := _fit(term, history)) is not None),
        calendar=calendar,
        yellow_percent=pack.setting("alert.yellow_percent").number,
        yellow_days=pack.setting("alert.yellow_days").number,
        kind=case_kind(history),
    )


def case_kind(history: History) -> CaseKind:
    """What a guide would plan; one that says nothing is done at once or within its promise."""
    return planned({"kind": history.case_kind}, immediate=history.promised.days == 0)


def _fit(term: Term, history: History) -> Term | None:
    days = term.days_for(history.legal.days, history.promised.days, history.above.days)
    if days is None:
        return None
    unit: str = term.unit
    if term.from_item == "promised":
        unit = history.promised.unit
    elif term.from_item == "above":
        unit = history.above.unit
    elif term.from_item == "legal" or (term.item_may_set and history.legal.days is not None):
        unit = history.legal.unit
    return replace(term, days=days, unit=unit)


def _silence(
    facts: list[Fact],
    passed: list[Passed],
    law: CaseLaw,
    history: History,
    pack: Pack,
    *,
    before: date | None,
) -> None:
    """Nobody told anything in time: accepted by law, from the day of receipt, recorded on the day after the last."""
    if not facts:
        return
    now = standing(facts, law)
    state = next((one for one in now.running() if one.term.name == "accept"), None)
    deemed = pack.at(history.steps[0].on).holds("accept.deemed", history.kind)
    if state is None or state.due is None or not deemed or (now.stage, SILENCE) not in NEXT:
        return
    if before is not None and before <= state.due:
        return
    recorded = state.due + ONE_DAY
    _pass(facts, passed, FACTS[SILENCE](on=state.reckoning.start, recorded_on=recorded), law, recorded)  # type: ignore[call-arg]


def _pass(
    facts: list[Fact], passed: list[Passed], fact: Fact, law: CaseLaw, recorded: date | None = None
) -> None:
    before = standing(facts, law).stage if facts else Stage.NEW
    if (before, fact.name) not in NEXT:
        raise Impossible(_refusal(before, fact, passed))
    facts.append(fact)
    after = standing(facts, law).stage
    passed.append(Passed(fact.name, TERMS_ZH[fact.name], fact.on, STAGE_WORDS[after], recorded))


def _refusal(before: Stage, fact: Fact, passed: Sequence[Passed]) -> str:
    """Why it cannot happen now, and what can."""
    word = TERMS_ZH[fact.name]
    if before is Stage.NEW:
        return f"第一件事应当是收件，不能是“{word}”。"
    silent = passed[-1].recorded_on if passed else None
    why = f"{silent} 已经视为受理（受理期限内没有告知）；" if silent else ""
    possible = "、".join(TERMS_ZH[name] for name in TELLABLE if (before, name) in NEXT)
    return f"{why}这时本件是“{STAGE_WORDS[before]}”，不能办“{word}”。这时可以有：{possible}。"


def _said(step: Step) -> str:
    return f"{step.on} {TERMS_ZH.get(step.fact, step.fact)}"


def _light(now: Standing, day: date, law: CaseLaw) -> Light:
    return light(
        day,
        due_on=now.due_on,
        yellow_on=now.yellow_on,
        legal_due_on=now.legal_due_on,
        held=now.held,
        closed=now.stage not in OPEN,
        calendar=law.calendar,
        waits=lights.WAITS.get(now.stage),
    )


def _light_of(state: TermState, day: date, law: CaseLaw) -> Light:
    return light(
        day,
        due_on=state.due,
        yellow_on=lights.yellow_on(state.reckoning, law.yellow_percent, law.yellow_days, law.calendar),
        legal_due_on=state.due if state.term.legal else None,
        held=state.due is None,
        closed=False,
        calendar=law.calendar,
    )


def compared(found: Mapping[str, date], example: Example) -> list[tuple[str, date | None, date | None]]:
    """By name, the date reckoned by hand and the one found here, those that differ first."""
    rows = [(name, example.expect.get(name), found.get(name)) for name in {**example.expect, **found}]
    return sorted(rows, key=lambda row: row[1] == row[2])
