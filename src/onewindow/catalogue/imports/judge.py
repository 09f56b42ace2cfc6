"""逐行判断: may this row enter the catalogue, and what should be known about it?

A reason refuses the row. A remark does not: the item enters the list, and whoever completes its guide reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from onewindow.catalogue.imports.sheet import Row, Sheet
from onewindow.places.models import Department
from onewindow.rules import codes

LEVELS = {
    "国家级": 1, "省级": 2, "直属": 2, "市级": 3, "隶属": 3, "县级": 4, "区级": 4, "区县": 4, "区县级": 4, "镇（乡、街道）级": 5,
    "乡级": 5, "乡镇": 5, "镇级": 5, "街道": 5, "村级": 6, "村（社区）级": 6, "社区": 6,
}  # fmt: skip
UNITS = {"工作日": "working", "自然日": "calendar", "日历日": "calendar", "天": "calendar", "日": "calendar"}
_DAYS = re.compile(r"(\d{1,4})(?:[（(]?(?:个)?(工作日|自然日|日历日|天|日)?[)）]?)?(?:内)?")
_DAY = re.compile(r"(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?(?:\s.*)?")
ELSEWHERE = "请核对是不是拿错了文件"  # how the remark about a row of another county ends
LONGEST_NAME, LONGEST_CODE, LONGEST_PHONE = 300, 64, 60


@dataclass
class Judged:
    """One row, judged: the item that it would become, or why it cannot."""

    number: int
    name: str = ""
    kind: str = ""
    department: str = ""
    national: codes.ItemCode | None = None
    local_code: str = ""
    uscc: str = ""
    level: int = 4
    main_item: str = ""
    audience: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    online: bool = False
    phone: str = ""
    legal: tuple[int, str] | None = None
    promised: tuple[int, str] | None = None
    guide: dict[str, Any] = field(default_factory=dict)
    materials: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The code by which the item is known again."""
        return self.national.handle if self.national is not None else self.local_code

    @property
    def line(self) -> dict[str, Any]:
        """What the report says of this row."""
        return {"row": self.number, "name": self.name, "refused": self.refused, "remarks": self.remarks}


class Judge:
    """Judges the rows of one file in turn: it remembers which codes and names it has seen."""

    def __init__(
        self, departments: Mapping[str, Department], *, county: str, area: str, add: bool, on: date
    ) -> None:
        self.departments, self.county, self.area = departments, county, area
        self.add, self.on = add, on
        self.codes: dict[str, int] = {}
        self.names: dict[tuple[str, str], int] = {}

    def all(self, sheet: Sheet) -> list[Judged]:
        return [self.one(row) for row in sheet.rows]

    def one(self, row: Row) -> Judged:
        made = Judged(row.number, name=row.text("name"), main_item=row.text("main_item")[:LONGEST_NAME])
        self._name(made)
        self._kind(made, row)
        self._code(made, row)
        self._office(made, row)
        self._level(made, row)
        self._area(made, row)
        _limits(made, row)
        self._period(made, row)
        _rest(made, row)
        return made

    def _name(self, made: Judged) -> None:
        if not made.name:
            made.refused.append("没有事项名称")
        if len(made.name) > LONGEST_NAME:
            made.refused.append(f"事项名称 {len(made.name)} 个字，最多 {LONGEST_NAME} 个")

    def _kind(self, made: Judged, row: Row) -> None:
        word, code = row.text("kind"), row.code("kind_code")
        of_code = codes.KINDS.get(code.zfill(2), "") if code else ""
        if code and not of_code:
            made.refused.append(f"没有事项类型代码“{code}”")
        if word and word not in codes.KIND_CODES:
            made.refused.append(f"没有“{word}”这一类事项")
        if not word and not code:
            made.refused.append("没有事项类型")
        if word and of_code and word != of_code:
            made.remarks.append(f"类型写“{word}”，代码却是“{of_code}”，按文字")
        made.kind = word or of_code

    def _code(self, made: Judged, row: Row) -> None:
        code = row.code("handle_code") or row.code("code")
        made.national = codes.read_item(code)
        made.local_code = row.code("local_code") or ("" if made.national else code)
        if made.national and (wrong := codes.item_fault(code)):
            made.remarks.append(wrong.rstrip("。"))
        elif not made.national and len(code) in (31, 33):
            made.remarks.append("编码是 31 或 33 位，但不合国家规则，按地方编码保存")
        if len(made.local_code) > LONGEST_CODE:
            made.refused.append(f"地方编码 {len(made.local_code)} 位，最多 {LONGEST_CODE} 位")
        if not made.key:
            made.refused.append("没有事项编码，导入后无法再认出它")
        elif made.key in self.codes:
            made.refused.append(f"与第 {self.codes[made.key]} 行的编码相同")
        else:
            self.codes[made.key] = made.number
        if made.national and made.kind and codes.kind_of(made.national.base) not in ("", made.kind):
            made.remarks.append(f"编码里的类型是“{codes.kind_of(made.national.base)}”，与“{made.kind}”不同")

    def _office(self, made: Judged, row: Row) -> None:
        made.department = row.text("department")
        made.uscc = row.code("uscc") or (made.national.uscc if made.national else "")
        if not made.department:
            made.refused.append("没有实施主体")
            return
        if not self.add and self.known(made.department) is None:
            made.refused.append(f"本系统没有“{made.department}”这个部门，请先登记，或者选“建立缺少的部门”")
        seen = self.names.setdefault((made.name, made.department), made.number)
        if seen != made.number:
            made.remarks.append(f"与第 {seen} 行同名同部门，编码不同")

    def known(self, called: str) -> Department | None:
        """The department of this name; 县、区、市 in front stands for the county's own name."""
        for name in (called, f"{self.county}{called}", f"{self.county}{called[1:]}"):
            if name in self.departments and (name != f"{self.county}{called[1:]}" or called[0] in "县区市"):
                return self.departments[name]
        return None

    def _level(self, made: Judged, row: Row) -> None:
        word = row.text("level")
        if word in LEVELS:
            made.level = LEVELS[word]
        elif word.isdigit() and 1 <= int(word) <= 7:
            made.level = int(word)
        elif word:
            made.refused.append(f"没有行使层级“{word}”")
        elif made.national is not None:
            made.level = made.national.level

    def _area(self, made: Judged, row: Row) -> None:
        """A file of another county can be taken for one's own; what lies above or within the county is not foreign."""
        told = row.code("area")
        if told.isdigit() and len(told) in (6, 9, 12) and not _of_one_line(told, self.area):
            made.remarks.append(f"区划 {told} 不是{self.county}的（{self.area[:6]}），{ELSEWHERE}")

    def _period(self, made: Judged, row: Row) -> None:
        for key, title in (("since", "计划生效日期"), ("until", "计划取消日期")):
            told = row.text(key)
            if not told:
                continue
            day = read_day(told)
            if day is None:
                made.refused.append(f"{title}“{told}”不是日期")
                continue
            made.guide[key] = day.isoformat()
            if key == "until" and day <= self.on:
                made.refused.append(f"{title} {day.isoformat()} 已经过去，事项已取消")


def _of_one_line(one: str, other: str) -> bool:
    """Whether one of two areas lies within the other: 511600 holds 511602, 411521 holds 411521100."""
    short, long = sorted((_stem(one), _stem(other)), key=len)
    return long.startswith(short)


def _stem(area: str) -> str:
    """What tells an area from those beside it: province 2 digits, city 4, county 6, township 9, village 12."""
    padded = area.ljust(12, "0")
    sizes = [n for n in (2, 4, 6, 9, 12) if not padded[n:].strip("0")]
    return padded[: sizes[0]]


def read_day(text: str) -> date | None:
    """2026-11-21, 2026/11/21, 20261121, 2026年11月21日, or the number that a spreadsheet keeps for a day."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if bare.isdigit() and len(bare) == 5:
        return date(1899, 12, 30) + timedelta(days=int(bare))
    parts = _DAY.fullmatch(bare)
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def _limits(made: Judged, row: Row) -> None:
    made.legal = _days(made, row, "legal", "法定办结时限")
    made.promised = _days(made, row, "promised", "承诺办结时限")
    if (
        made.legal
        and made.promised
        and made.legal[1] == made.promised[1]
        and made.promised[0] > made.legal[0]
    ):
        made.remarks.append(f"承诺时限 {made.promised[0]} 天长于法定时限 {made.legal[0]} 天")


def _days(made: Judged, row: Row, key: str, title: str) -> tuple[int, str] | None:
    found, fault = days_of(row, key, title)
    if fault:
        made.refused.append(fault)
    return found


def days_of(row: Row, key: str, title: str) -> tuple[tuple[int, str] | None, str]:
    """A limit as days and their unit, or what is wrong with the cell."""
    told = row.code(key)
    if not told or told in ("无", "-", "/"):
        return None, ""
    parts = _DAYS.fullmatch(told)
    if parts is None:
        return None, f"{title}“{row.text(key)}”不是天数"
    unit = parts[2] or row.text(f"{key}_unit") or "工作日"
    return (int(parts[1]), UNITS.get(unit, "working")), ""


def _rest(made: Judged, row: Row) -> None:
    made.audience = [one[:20] for one in row.many("audience")]
    made.themes = [one[:20] for one in row.many("themes") if one != "其他"]
    made.aliases = [one[:60] for one in row.many("aliases")]
    made.online = row.code("online") in ("是", "1", "3", "4", "5", "6", "TRUE")
    made.materials = row.many("materials", "\n;；|")  # the name of a paper may hold 、
    phone = row.text("phone")
    made.phone = phone[:LONGEST_PHONE]
    if len(phone) > LONGEST_PHONE:
        made.remarks.append(f"咨询电话太长，只留前 {LONGEST_PHONE} 个字")
    long = [name for name in made.materials if len(name) > 200]
    if long:
        made.remarks.append(f"{len(long)} 份材料的名称超过 200 个字，已截短")
    told = {key: row.text(key) for key in ("conditions", "place", "hours", "complaint", "visits")}
    made.guide |= {key: value for key, value in told.items() if value}
