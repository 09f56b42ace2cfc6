"""放假安排: which days did the State Council's notices take off or make up, year by year?

A year without a notice gets its statutory days alone and is marked as not noticed. What counts as
a working day is asked of `rules`, not here.
"""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onewindow.packs.reader import read_toml
from onewindow.rules.pack import PackError, YearNotice

FOLDER = Path("cn") / "calendar"
STATUTORY = "statutory.toml"
_KEYS = frozenset({"year", "title", "number", "issued", "source", "holidays", "makeup"})
_HEADS = {"年份": "year", "标题": "title", "文号": "number", "日期": "issued", "来源": "source"}
_DAY = timedelta(days=1)
_LONGEST = 20


def load(root: Path) -> dict[int, YearNotice]:
    """All years known: those with a notice, then those of which only the statutory days are known."""
    folder = root / FOLDER
    noticed = [
        parse_notice(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.glob("[12]*.toml"))
    ]
    return together([*_statutory(read_toml(folder / STATUTORY)), *noticed])


def together(notices: Iterable[YearNotice]) -> dict[int, YearNotice]:
    """Years by number; a later notice replaces an earlier one, and each day goes to its own year.

    A notice may reach back over New Year (29 December 2018 was worked for the holiday of 2019).
    """
    years = {notice.year: notice for notice in notices}
    for year in sorted(years):
        own = years[year]
        back = years.get(year - 1)
        if not own.noticed or back is None or not back.noticed:
            continue
        off = {day: name for day, name in own.off.items() if day.year == year - 1}
        makeup = {day: name for day, name in own.makeup.items() if day.year == year - 1}
        years[year - 1] = replace(back, off={**back.off, **off}, makeup={**back.makeup, **makeup})
    return dict(sorted(years.items()))


def parse_notice(text: str, name: str = "放假通知") -> YearNotice:
    """A notice given as TOML or as CSV; a sentence says which line or day cannot be right."""
    table = _from_toml(text, name) if _looks_like_toml(text) else _from_csv(text, name)
    strangers = set(table) - _KEYS
    missing = {"year", "title", "number", "issued", "source"} - set(table)
    if strangers or missing:
        which = "有不认识的项" if strangers else "缺少"
        raise PackError(f"{name}：{which} {'、'.join(sorted(strangers or missing))}。")
    if not isinstance(table["year"], int) or not isinstance(table["issued"], date):
        raise PackError(f"{name}：年份须是数字，日期须写成 2026-11-04 的样子。")
    off = dict(_days_off(table.get("holidays", []), name))
    makeup = {_day(row, "on", name): str(row.get("name", "")) for row in table.get("makeup", [])}
    _refuse_impossible(table["year"], off, makeup, name)
    return YearNotice(
        year=table["year"],
        title=table["title"],
        number=table["number"],
        issued=table["issued"],
        source=table["source"],
        off=off,
        makeup=makeup,
        noticed=True,
    )


def _looks_like_toml(text: str) -> bool:
    return re.search(r"^\s*year\s*=", text, re.MULTILINE) is not None


def _from_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PackError(f"{name} 不是合格的 TOML：{wrong}。") from wrong


def _from_csv(text: str, name: str) -> dict[str, Any]:
    """Lines `年份,2027` … then `放假,元旦,2027-01-01,2027-01-03` and `上班,元旦,2027-01-04`."""
    table: dict[str, Any] = {"holidays": [], "makeup": []}
    for number, row in enumerate(csv.reader(text.lstrip("\ufeff").splitlines()), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        try:
            _read_row(table, cells)
        except (ValueError, IndexError):
            raise PackError(f"{name} 第 {number} 行不能辨认：{','.join(cells)}。") from None
    return table


def _read_row(table: dict[str, Any], cells: list[str]) -> None:
    match cells[0]:
        case "年份":
            table["year"] = int(cells[1])
        case "日期":
            table["issued"] = date.fromisoformat(cells[1])
        case "标题" | "文号" | "来源":
            table[_HEADS[cells[0]]] = cells[1]
        case "放假":
            last = cells[3] if len(cells) > 3 and cells[3] else cells[2]
            days = {"from": date.fromisoformat(cells[2]), "to": date.fromisoformat(last)}
            table["holidays"].append({"name": cells[1], **days})
        case "上班":
            table["makeup"].append({"name": cells[1], "on": date.fromisoformat(cells[2])})
        case _:
            raise ValueError(cells[0])


def _days_off(rows: Iterable[Mapping[str, Any]], name: str) -> Iterator[tuple[date, str]]:
    for row in rows:
        first, last = _day(row, "from", name), _day(row, "to", name)
        if not (first <= last < first + _LONGEST * _DAY):
            raise PackError(f"{name}：{row.get('name', '')} 的放假期间不对（{first} 至 {last}）。")
        for ahead in range((last - first).days + 1):
            yield first + ahead * _DAY, str(row.get("name", ""))


def _day(row: Mapping[str, Any], key: str, name: str) -> date:
    day = row.get(key)
    if not isinstance(day, date) or not row.get("name"):
        raise PackError(f"{name}：每一行须有节日名称和日期，却是 {dict(row)!r}。")
    return day


def _refuse_impossible(year: int, off: Mapping[date, str], makeup: Mapping[date, str], name: str) -> None:
    first, last = date(year - 1, 12, 20), date(year, 12, 31)
    if not off:
        raise PackError(f"{name}：没有任何放假的日子。")
    for day in (*off, *makeup):
        if not first <= day <= last:
            raise PackError(f"{name}：{day} 不属于 {year} 年的安排。")
    for day in makeup:
        if day.weekday() < 5:
            raise PackError(f"{name}：{day} 本来就是工作日，不能作为调休上班日。")
        if day in off:
            raise PackError(f"{name}：{day} 既放假又上班。")


def _statutory(table: Mapping[str, Any]) -> Iterator[YearNotice]:
    for row in table.get("years", []):
        yield YearNotice(
            year=row["year"],
            title=table["title"],
            number="",
            issued=None,
            source=table["source"],
            off=_with_days_in_lieu(_festivals(row)),
            makeup={},
            noticed=False,
        )


def _festivals(row: Mapping[str, Any]) -> list[tuple[date, str]]:
    """Article 2 of the 放假办法 for one year, in order."""
    year = row["year"]
    days = [(date(year, 1, 1), "元旦")]
    days += [(row["spring"] + ahead * _DAY, "春节") for ahead in (-1, 0, 1, 2)]
    days += [(row["qingming"], "清明节")]
    days += [(date(year, 5, day), "劳动节") for day in (1, 2)]
    days += [(row["duanwu"], "端午节"), (row["zhongqiu"], "中秋节")]
    days += [(date(year, 10, day), "国庆节") for day in (1, 2, 3)]
    return sorted(days)


def _with_days_in_lieu(festivals: list[tuple[date, str]]) -> dict[date, str]:
    """Article 6: a day that falls on Saturday or Sunday is given on the next free working day."""
    off: dict[date, str] = dict(festivals)
    for day, name in festivals:
        if day.weekday() < 5:
            continue
        free = day
        while free.weekday() >= 5 or free in off:
            free += _DAY
        off[free] = f"{name}补假"
    return dict(sorted(off.items()))
