"""利害关系人: who was told, who has spoken, who must still be heard before anything is decided (行政许可法 36, 47)?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from onewindow.rules.facts import Fact
from onewindow.rules.facts_third import ThirdHeard, ThirdNamed, ThirdReleased, ThirdSpoke, ThirdTold
from onewindow.rules.facts_time import ProcedureBegun, ProcedureEnded
from onewindow.rules.grants import NotAllowed
from onewindow.rules.workdays import Calendar

HEARING = "听证"
LAW = "《中华人民共和国行政许可法》第三十六条"
HEARING_LAW = "《中华人民共和国行政许可法》第四十七条第一款"
_MARKS = (ThirdNamed, ThirdTold, ThirdSpoke, ThirdHeard, ThirdReleased)
# An opinion that goes up is the last word here (上报件).
_DECIDING = ("Granted", "Denied", "SentUp")


@dataclass(frozen=True)
class ThirdState:
    """One of them: until when he may speak, whether he has, whether he was heard."""

    third: int
    reply_by: date | None = None
    ask_by: date | None = None
    spoke: bool = False
    heard: bool = False
    hearing: bool = False  # asked for, and not held since
    provisional: bool = False  # no holiday notice yet for a year in which his days lie
    gone: bool = False

    def stands_in_the_way(self, on: date) -> str:
        """Why nothing may be decided on this day; empty when nothing speaks against it."""
        if self.gone or (self.heard and not self.hearing):
            return ""
        if self.hearing:
            return "有利害关系人要求听证，听证还没有举行。请先组织听证，再作出决定。"
        if self.spoke:
            return "利害关系人提出了意见，还没有记下是怎样听取的。请先听取意见，再作出决定。"
        return self._not_over(on)

    def _not_over(self, on: date) -> str:
        """Why his silence says nothing yet."""
        if self.reply_by is None:
            return "利害关系人告知书还没有送达，不能作出决定。请先送达，或者写明理由不再列为利害关系人。"
        if self.provisional:
            return (
                "利害关系人提出意见的期限还是暂定的：那一年的放假通知还没有导入，不能据此认为他没有意见。"
                "请先导入放假通知，或者请他写明有没有意见。"
            )
        if on <= self.reply_by:
            day = f"{self.reply_by.month} 月 {self.reply_by.day} 日"
            return f"利害关系人可以在 {day}以前（含当日）提出意见，还没有到期，也没有答复，不能作出决定。"
        return ""


def marks(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of third parties alone; none in most lives."""
    return tuple(fact for fact in facts if isinstance(fact, _MARKS))


def states(facts: Iterable[Fact], calendar: Calendar | None = None) -> tuple[ThirdState, ...]:
    """Every third party as he stands; a hearing that was begun after he asked and has ended is his hearing.

    With the calendar his days are reckoned anew: never shorter than he was told.
    """
    known: dict[int, ThirdState] = {}
    hearings: dict[int, frozenset[int]] = {}
    for fact in facts:
        if isinstance(fact, _MARKS):
            known[fact.third] = _after(known.get(fact.third), fact, calendar)
        elif isinstance(fact, ProcedureBegun) and fact.kind == HEARING:
            hearings[fact.procedure] = frozenset(key for key, one in known.items() if one.hearing)
        elif isinstance(fact, ProcedureEnded):
            for key in hearings.pop(fact.procedure, ()):
                known[key] = replace(known[key], hearing=False)
    return tuple(known.values())


def _after(one: ThirdState | None, fact: Fact, calendar: Calendar | None) -> ThirdState:
    if isinstance(fact, ThirdNamed):
        if one is not None:
            raise NotAllowed("这位利害关系人已经列入了，请刷新后再看。")
        return ThirdState(fact.third)
    if one is None or one.gone:
        raise NotAllowed("本件没有这位利害关系人，或者已经不再列为利害关系人。请刷新后再看。")
    if isinstance(fact, ThirdTold):
        if one.reply_by is not None:
            raise NotAllowed("告知书已经登记送达，不用再登记。请刷新后再看。")
        return _told(one, fact, calendar)
    if isinstance(fact, ThirdSpoke):
        return _spoke(one, fact)
    if isinstance(fact, ThirdHeard):
        if not one.spoke or one.heard:
            raise NotAllowed("他还没有新的意见要听取。请刷新后再看。")
        if one.hearing:
            raise NotAllowed("他要求听证，听证还没有举行。请先组织听证，再记下怎样听取。")
        return replace(one, heard=True)
    return replace(one, gone=True)


def _told(one: ThirdState, fact: ThirdTold, calendar: Calendar | None) -> ThirdState:
    reply_by, ask_by = fact.reply_by, fact.ask_by
    if calendar is None:
        return replace(one, reply_by=reply_by, ask_by=ask_by if fact.may_ask else None)
    if fact.reply_days:
        reply_by = max(reply_by, calendar.add(fact.on, fact.reply_days))
    if fact.ask_days:
        ask_by = max(ask_by, calendar.add(fact.on, fact.ask_days))
    return replace(
        one,
        reply_by=max(reply_by, ask_by) if fact.may_ask else reply_by,
        ask_by=ask_by if fact.may_ask else None,
        provisional=calendar.provisional(fact.on, reply_by),
    )


def late_to_ask(one: ThirdState, on: date) -> bool:
    """Whether the days in which he may demand a hearing are over; a provisional day never says so."""
    return one.ask_by is not None and on > one.ask_by and not one.provisional


def _spoke(one: ThirdState, fact: ThirdSpoke) -> ThirdState:
    if one.reply_by is None:
        raise NotAllowed("告知书还没有登记送达，请先登记送达，再记他的意见。")
    if (fact.hearing or fact.late) and one.ask_by is None:
        raise NotAllowed("本事项没有要求听证的权利，请不要勾选要求听证。意见可以照常记下。")
    if fact.hearing and late_to_ask(one, fact.on):
        raise NotAllowed("要求听证的期限已经过了，请记作逾期的要求，由承办部门决定要不要听证。")
    return replace(one, spoke=True, heard=False, hearing=fact.hearing)


def wants_hearing(facts: Iterable[Fact]) -> bool:
    """Whether somebody has asked for a hearing that was not held yet."""
    return any(one.hearing and not one.gone for one in states(facts))


def refuse_impossible(history: Iterable[Fact], calendar: Calendar | None = None) -> None:
    """Refuse a decision before everybody could speak and was heard, and steps out of their order."""
    seen: list[Fact] = []
    for fact in history:
        if fact.name in _DECIDING:
            for one in states(seen, calendar):
                if sentence := one.stands_in_the_way(fact.on):
                    raise NotAllowed(sentence)
        seen.append(fact)
    states(seen, calendar)
