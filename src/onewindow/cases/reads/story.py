"""一件的经过: of what are the words made in which an applicant reads his case, and what is one step of its way?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from onewindow.ground.clock import SHANGHAI
from onewindow.rules import record
from onewindow.rules.standing import Standing


class Story(Protocol):
    """What the words are made of: a whole case, or as much of it as its progress needs."""

    @property
    def case(self) -> Any: ...
    @property
    def entries(self) -> Sequence[Any]: ...
    @property
    def corrections(self) -> Sequence[tuple[Any, Any]]: ...
    @property
    def refusals(self) -> Sequence[Any]: ...
    @property
    def deliveries(self) -> Sequence[Any]: ...
    @property
    def moved(self) -> Sequence[Any]: ...
    @property
    def handed_in(self) -> int: ...
    @property
    def now(self) -> Standing: ...


@dataclass(frozen=True)
class Step:
    """One step of the way: done, now or next."""

    state: str
    title: str
    at: datetime | None = None
    where: str = ""
    text: str = ""
    entry: int = 0
    voided: bool = False


def day(value: date) -> str:
    """10 月 13 日."""
    return f"{value.month} 月 {value.day} 日"


def void_step(entry: Any, title: str, where: str, cause: str) -> Step:
    """A fact that no longer holds stays on the line, struck through, with the reason."""
    return Step("done", title, entry.at, where, record.in_public(cause), entry.pk, voided=True)


def late_words(entry: Any) -> str:
    """补录: that it happened on an earlier day than it was written down."""
    written = entry.at.astimezone(SHANGHAI).date()
    if entry.on == written or entry.fact not in record.FROM_OUTSIDE:
        return ""
    return f"补录：{day(entry.on)}的事，{day(written)}登记，期限从 {day(entry.on)}起算。"


def moved_words(rows: Iterable[Any]) -> str:
    """办理期限从 10 月 13 日改为 10 月 29 日: which last days are others now."""
    return "；".join(_moved(one) for one in rows)


def _moved(one: Any) -> str:
    if one.before and one.after:
        return f"{one.title}从 {day(one.before)}改为 {day(one.after)}"
    if one.after:
        return f"{one.title}接着计算，到 {day(one.after)}"
    return f"{one.title}（原到 {day(one.before)}）不再计算" if one.before else one.title


def corrected_words(found: Story, fact: Any, titles: Any, stage: str) -> str:
    """What was void, why, where the case stands now, and which days moved."""
    wrong = next((one for one in found.entries if one.place == fact.place), None)
    named = f"{day(wrong.on)}的“{titles.get(wrong.fact, '')}”作废：" if wrong is not None else ""
    why = record.WRONG_WORDS[record.Wrong(fact.cause)][1]
    voids = (one for one in found.entries if one.fact == "Voided" and one.body["place"] == fact.place)
    own = next((one.pk for one in voids), 0)
    moved = moved_words(one for one in found.moved if one.cause_id == own)
    days = f"{moved}。" if moved else "办理期限不变。"
    return f"{named}{why}。本件现在是“{stage}”。{days}"
