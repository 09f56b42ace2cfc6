"""秒批秒报: does an application meet every row of its item's decision table?

The table is data of the item version; each row names one of the tests below and the clause it rests on. The answer
is only ever that all rows hold, or that a person must look: a machine grants and never refuses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any

from onewindow.rules.identity import canonical, id_fault, uscc_fault


class Of(StrEnum):
    """What a row looks at."""

    FIELD = "field"
    MATERIAL = "material"
    HOLDING = "holding"


OF_WORDS: dict[Of, str] = {Of.FIELD: "申请表栏目", Of.MATERIAL: "申请材料", Of.HOLDING: "已有结果"}


class Doubt(Exception):
    """The row cannot be answered by a machine: a person looks."""


@dataclass(frozen=True)
class PaperSeen:
    """What is known of one material: whether it came, of whom it is asked, as a file, until when it is valid."""

    came: bool = False
    everybody: bool = True
    file: bool = False
    valid_until: date | None = None
    fits: bool | None = None  # what the window found; none where nobody looked


@dataclass(frozen=True)
class Known:
    """Everything that a table may look at; nothing of it is written down by judging."""

    on: date
    paper: str = ""  # the applicant's own number
    name: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    materials: Mapping[str, PaperSeen] = field(default_factory=dict)
    holdings: frozenset[str] = frozenset()  # codes of items of which he holds a result in force


@dataclass(frozen=True)
class Row:
    """规则: what is looked at, by which test, against which value, on which clause."""

    of: str
    key: str
    test: str
    value: str = ""
    basis: tuple[str, ...] = ()
    look: str = ""  # the examination point that it answers


@dataclass(frozen=True)
class Found:
    """One row as it was judged: held, failed, or in doubt (neither)."""

    row: int
    held: bool | None


@dataclass(frozen=True)
class Trace:
    """Every row with what was found; granted only when all of at least one hold."""

    found: tuple[Found, ...]

    @property
    def all_hold(self) -> bool:
        return bool(self.found) and all(one.held is True for one in self.found)

    def rows(self, held: bool | None) -> tuple[int, ...]:
        return tuple(one.row for one in self.found if one.held is held)


def rows_of(content: Mapping[str, Any]) -> tuple[Row, ...]:
    """The table of a version."""
    return tuple(
        Row(
            of=str(one.get("of", "")),
            key=str(one.get("key", "")),
            test=str(one.get("test", "")),
            value=str(one.get("value", "")),
            basis=tuple(one.get("basis", ())),
            look=str(one.get("look", "")),
        )
        for one in content.get("instant") or ()
    )


def mark(rows: Sequence[Row]) -> str:
    """The version of a table: the same rows have the same mark."""
    plain = [[r.of, r.key, r.test, r.value, list(r.basis), r.look] for r in rows]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


def judge(rows: Sequence[Row], known: Known) -> Trace:
    """Each row in its order; whatever cannot be read or compared is a doubt and never a failure of the machine."""
    return Trace(tuple(Found(n, _held(row, known)) for n, row in enumerate(rows, 1)))


def _held(row: Row, known: Known) -> bool | None:
    test = TESTS.get(row.test)
    if test is None or row.of != test.of:
        return None
    try:
        return test.holds(_seen(row, known), row.value, known)
    except (Doubt, ValueError, TypeError, ArithmeticError):
        return None


def _seen(row: Row, known: Known) -> Any:
    if row.of == Of.FIELD:
        return known.fields.get(row.key)
    if row.of == Of.MATERIAL:
        if row.key not in known.materials:
            raise Doubt
        return known.materials[row.key]
    return row.key in known.holdings


def listed(value: str) -> tuple[str, ...]:
    """The several values of a row, set apart by 、 or ；."""
    return tuple(one.strip() for one in value.replace("；", "、").split("、") if one.strip())


def _given(seen: Any) -> Any:
    if seen in (None, "", []):
        raise Doubt
    return seen


def _word(seen: Any) -> str:
    if isinstance(seen, bool):
        return "是" if seen else "否"
    return str(_given(seen))


def _number(seen: Any) -> float:
    if isinstance(seen, bool) or not isinstance(seen, int | float):
        raise Doubt
    return float(seen)


def _day(seen: Any) -> date:
    return date.fromisoformat(str(_given(seen)))


def _among(seen: Any, value: str, _: Known) -> bool:
    given = seen if isinstance(seen, list) else [_word(seen)]
    return bool(_given(given)) and set(given) <= set(listed(value))


def _none_of(seen: Any, value: str, _: Known) -> bool:
    given = seen if isinstance(seen, list) else [_word(seen)]
    return bool(_given(given)) and not set(given) & set(listed(value))


def _recent(seen: Any, value: str, known: Known) -> bool:
    return 0 <= (known.on - _day(seen)).days <= int(value)


def _own_number(seen: Any, _: str, known: Known) -> bool:
    own, given = canonical("", known.paper), canonical("", str(_given(seen)))
    if not own:
        raise Doubt
    return own == given


def _came(seen: PaperSeen, _: str, known: Known) -> bool:
    """Handed in; what is asked of some situations only and did not come is not this applicant's."""
    return seen.came or not seen.everybody


def _in_force(seen: PaperSeen, value: str, known: Known) -> bool:
    if not _came(seen, value, known):
        return False
    if seen.came and seen.valid_until is None:
        raise Doubt
    return seen.valid_until is None or known.on <= seen.valid_until


def _found_fit(seen: PaperSeen, value: str, known: Known) -> bool:
    if seen.fits is None and seen.came:
        raise Doubt
    return _came(seen, value, known) and seen.fits is not False


@dataclass(frozen=True)
class Check:
    """检验: its name for people, what it looks at, whether it wants a value, and the function."""

    word: str
    of: Of
    holds: Callable[[Any, str, Known], bool]
    wants: str = ""  # what the value must be: "", number, days, words
    said: str = ""  # the sentence with the value in it

    @property
    def wants_value(self) -> bool:
        return bool(self.wants)


TESTS: Mapping[str, Check] = {
    "filled": Check("已经填写", Of.FIELD, lambda seen, _, known: str(seen if seen is not None else "").strip() != ""),
    "is": Check("是", Of.FIELD, lambda seen, value, known: _word(seen) == value.strip(), "words", "是“{}”"),
    "among": Check("都在这些之内", Of.FIELD, _among, "words", "只有：{}"),
    "none_of": Check("不含这些", Of.FIELD, _none_of, "words", "不含：{}"),
    "at_most": Check("不大于", Of.FIELD, lambda seen, value, known: _number(seen) <= float(value), "number"),
    "at_least": Check("不小于", Of.FIELD, lambda seen, value, known: _number(seen) >= float(value), "number"),
    "not_future": Check("不晚于申请当天", Of.FIELD, lambda seen, _, known: _day(seen) <= known.on),
    "not_past": Check("不早于申请当天", Of.FIELD, lambda seen, _, known: _day(seen) >= known.on),
    "recent": Check("在申请当天以前这些天之内", Of.FIELD, _recent, "days", "在申请当天以前 {} 天之内"),
    "own_number": Check("与申请人的证件号码一致", Of.FIELD, _own_number),
    "own_name": Check(
        "与申请人的姓名或者名称一致", Of.FIELD, lambda seen, _, known: _word(seen).strip() == known.name
    ),
    "uscc": Check(
        "是正确的统一社会信用代码", Of.FIELD, lambda seen, _, known: uscc_fault(_word(seen).strip()) is None
    ),
    "resident": Check(
        "是正确的公民身份号码",
        Of.FIELD,
        lambda seen, _, known: id_fault(_word(seen).strip(), known.on) is None,
    ),
    "came": Check("已经提交", Of.MATERIAL, _came),
    "file": Check(
        "已经提交电子文件", Of.MATERIAL, lambda seen, value, known: _came(seen, value, known) and (seen.file or not seen.came)
    ),
    "in_force": Check("在有效期内", Of.MATERIAL, _in_force),
    "found_fit": Check("窗口已核为符合", Of.MATERIAL, _found_fit),
    "held": Check("有，而且在有效期内", Of.HOLDING, lambda seen, _, known: bool(seen)),
    "not_held": Check("没有", Of.HOLDING, lambda seen, _, known: not seen),
}  # fmt: skip


def faults(row: Row) -> list[str]:
    """What is wrong with a row by itself: its test, its value."""
    test = TESTS.get(row.test)
    if test is None:
        return ["没有选检验方法"]
    if row.of not in set(Of):
        return ["没有选看什么"]
    if row.of != test.of:
        return [f"“{test.word}”不能用来看{OF_WORDS[Of(row.of)]}"]
    if test.wants and not row.value.strip():
        return [f"“{test.word}”要填比较的值"]
    return _bad_value(row.value.strip(), test)


def _bad_value(value: str, test: Check) -> list[str]:
    try:
        if test.wants == "number":
            if not isfinite(float(value)):
                raise ValueError
        elif test.wants == "days" and not 0 <= int(value) <= 36500:
            return ["天数要在 0 到 36500 之间"]
    except ValueError:
        return [f"“{test.word}”后面要填数字"]
    if not test.wants and value:
        return [f"“{test.word}”不用填值，请去掉“{value}”"]
    return []


def sentence(row: Row, called: str) -> str:
    """One row as a person reads it; `called` is the name of what it looks at."""
    test = TESTS.get(row.test)
    if test is None or not row.value or not test.wants:
        return f"“{called}”{test.word if test else row.test}"
    return f"“{called}”{test.said.format(row.value) if test.said else f'{test.word} {row.value}'}"
