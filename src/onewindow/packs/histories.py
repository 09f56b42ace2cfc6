"""写下来的经过: how is a made-up history read from a TOML or CSV file, and in which sentence is it refused?

TOML has the words of the worked examples, so that one can be copied out of a pack; CSV has Chinese heads, so that it
can be typed into a table.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onewindow.packs.keys import CHANNELS
from onewindow.packs.rehearsal import MORE, History, Limit
from onewindow.rules.clock import Unit
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.kinds_of_case import PLANNED
from onewindow.rules.pack import Kind, Step

UNITS: dict[str, Unit] = {
    "working": "working",
    "工作日": "working",
    "个工作日": "working",
    "calendar": "calendar",
    "自然日": "calendar",
    "日历日": "calendar",
}
NAMES: dict[str, str] = {word: name for name, word in TERMS_ZH.items()} | {name: name for name in TERMS_ZH}
_KEYS = frozenset(
    {
        "name",
        "pack",
        "kind",
        "channel",
        "day",
        "as_of",
        "history",
        "expect",
        "provisional",
        "shows",
        "working",
    }
    | {"case_kind", "item_above_days"}
    | {"item_legal_days", "item_legal_unit", "item_promised_days", "item_promised_unit"}
)
_DAY = "2026-10-09"


class Unreadable(ValueError):
    """A file that cannot be read as a history; the sentence names the line or the word."""


@dataclass(frozen=True)
class Written:
    """A history as it was written down: for which place, and with which dates reckoned by hand beside it."""

    history: History
    pack: str = ""
    name: str = ""
    expect: Mapping[str, date] = field(default_factory=dict)


def read(content: bytes) -> Written:
    """A TOML or CSV file, in UTF-8 or as a spreadsheet of the office writes it (GB 18030)."""
    text = _text(content)
    table = _from_toml(text) if _is_toml(text) else _from_csv(text)
    if strange := sorted(table.keys() - _KEYS):
        raise Unreadable(f"不认识“{'、'.join(strange)}”。可以写：{'、'.join(sorted(_KEYS))}。")
    return Written(
        history=History(
            kind=kind(table.get("kind", "")),
            steps=tuple(_step(place, row) for place, row in enumerate(_rows(table), start=1)),
            legal=limit("法定时限", table.get("item_legal_days"), table.get("item_legal_unit")),
            promised=limit("承诺时限", table.get("item_promised_days"), table.get("item_promised_unit")),
            channel=channel(table.get("channel")),
            day=_optional_day(table.get("day", table.get("as_of"))),
            case_kind=case_kind(table.get("case_kind", "")),
            above=limit("上级时限", table.get("item_above_days"), None),
        ),
        pack=str(table.get("pack", "")),
        name=str(table.get("name", "")),
        expect=_expected(table.get("expect", {})),
    )


def kind(word: str) -> Kind:
    """The kind of item that is meant."""
    try:
        return Kind(str(word).strip())
    except ValueError:
        raise Unreadable(f"事项类型应当是 {'、'.join(Kind)} 之一，不能是“{word}”。") from None


def limit(title: str, days: Any, unit: Any) -> Limit:
    """So many working or calendar days; nothing where the item brings none."""
    told = str(unit or "工作日").strip()
    if told not in UNITS:
        raise Unreadable(f"{title}的单位应当是工作日或者自然日，不能是“{told}”。")
    if days in (None, ""):
        return Limit(None, UNITS[told])
    if isinstance(days, bool) or not str(days).strip().isdecimal():
        raise Unreadable(f"{title}应当写成整数天，不能是“{days}”。")
    return Limit(int(days), UNITS[told])


def case_kind(word: object) -> str:
    """One of the kinds that a guide plans; nothing for 即办件 and 承诺件, which follow from the promise."""
    if word in ("", None):
        return ""
    if word not in PLANNED:
        raise Unreadable(f"没有“{word}”这种办件。可以写：{'、'.join(PLANNED)}。")
    return str(word)


def channel(word: Any) -> str | None:
    """The channel by its code or its word; some local terms hold for one channel alone."""
    if word in (None, ""):
        return None
    known = {**{title: code for code, title in CHANNELS.items()}, **{code: code for code in CHANNELS}}
    if word not in known:
        raise Unreadable(f"渠道应当是 {'、'.join(CHANNELS.values())} 之一，不能是“{word}”。")
    return known[word]


def day(word: Any) -> date:
    """A day as a file or a form gives it."""
    if isinstance(word, date) and not isinstance(word, datetime):
        return word
    try:
        return date.fromisoformat(str(word).strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        raise Unreadable(f"日期要写成 {_DAY} 的样子，而且要真有这一天，不能是“{word}”。") from None


def fact(word: Any) -> str:
    """The name of a fact by its Chinese term or its own."""
    told = str(word).strip()
    if told not in NAMES:
        raise Unreadable(f"没有“{told}”这种事实。")
    return NAMES[told]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文件的编码不能辨认，请存成 UTF-8。")


def _is_toml(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return "=" in first.split(",")[0] or first.startswith("[")


def _from_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Unreadable(f"不是合格的 TOML：{wrong}。") from wrong


def _from_csv(text: str) -> dict[str, Any]:
    """Lines `地方,luoshan`, `类型,行政许可`, `法定,20,工作日`, then `收件,2026-09-24` one after the other."""
    table: dict[str, Any] = {"history": []}
    for number, row in enumerate(csv.reader(text.splitlines()), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        try:
            _take(table, cells)
        except Unreadable as wrong:
            raise Unreadable(f"第 {number} 行：{wrong}") from None
        except (IndexError, KeyError, ValueError):
            raise Unreadable(f"第 {number} 行不能辨认：{','.join(cells)}。") from None
    return table


_HEADS = {"地方": "pack", "名称": "name", "类型": "kind", "渠道": "channel", "日子": "day"}
_LIMITS = {"法定": "item_legal", "承诺": "item_promised"}


def _take(table: dict[str, Any], cells: list[str]) -> None:
    head = cells[0]
    if head in _HEADS:
        table[_HEADS[head]] = cells[1]
    elif head in _LIMITS:
        table[f"{_LIMITS[head]}_days"] = cells[1]
        table[f"{_LIMITS[head]}_unit"] = cells[2] if len(cells) > 2 else ""
    else:
        name = fact(head)
        more = dict(_more(name, cell) for cell in cells[2:] if cell)
        table["history"].append({"fact": name, "on": day(cells[1]), **more})


def _more(name: str, cell: str) -> tuple[str, str]:
    """`kind=鉴定`, or 鉴定 alone where a fact has one thing to be said of it."""
    key, given, value = cell.partition("=")
    return (key, value) if given else (MORE[name], cell)


def _rows(table: Mapping[str, Any]) -> list[Any]:
    rows = table.get("history", [])
    if not isinstance(rows, list):
        raise Unreadable('history 要写成 [{ fact = "Received", on = 2026-09-24 }] 的样子。')
    return rows


def _step(place: int, row: Any) -> Step:
    if not isinstance(row, dict) or not {"fact", "on"} <= row.keys():
        raise Unreadable(f"第 {place} 件事要有 fact（什么事）和 on（哪一天）。")
    try:
        told = {key: value for key, value in row.items() if key not in ("fact", "on")}
        return Step(fact(row["fact"]), day(row["on"]), told)
    except Unreadable as wrong:
        raise Unreadable(f"第 {place} 件事：{wrong}") from None


def _optional_day(word: Any) -> date | None:
    return None if word in (None, "") else day(word)


def _expected(given: Any) -> dict[str, date]:
    if not isinstance(given, dict):
        raise Unreadable("expect 要写成 { decide_due = 2026-10-29 } 的样子。")
    return {str(name): day(word) for name, word in given.items()}
