"""基本目录的行: may this row of a base catalogue be taken in, and what does it lay down?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from onewindow.catalogue.base import Article, BaseText
from onewindow.catalogue.imports.judge import days_of, read_day
from onewindow.catalogue.imports.sheet import Row, Sheet
from onewindow.rules import codes

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("事项名称", "基本目录名称", "名称", "name"),
    "code": ("基本编码", "基本目录编码", "编码", "code"),
    "kind": ("事项类型", "类型", "type"),
    "basis": ("设定依据", "设定和实施依据", "依据", "basis"),
    "legal": ("法定办结时限", "法定时限", "legal_limit"),
    "legal_unit": ("法定办结时限单位", "legal_unit"),
    "materials": ("申请材料", "材料名称", "materials"),
    "state": ("事项状态", "状态", "state"),
    "since": ("计划生效日期", "生效日期"),
    "source": ("来源", "文号", "source"),
}
_GONE = ("3", "取消", "已取消", "废止")
_STATES = ("", "1", "2", "在用", "暂停", *_GONE)
_CITED = re.compile(
    r"《([^》]+)》[（(]?[^《第]{0,20}[）)]?\s*(第[一二三四五六七八九十百千零〇\d]+(?:条(?:之[一二三四五六七八九十])?|部分))?"
)


@dataclass
class JudgedBase:
    """One row, judged: what it lays down, or why it cannot be taken in."""

    number: int
    name: str = ""
    told: BaseText | None = None
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def line(self) -> dict[str, Any]:
        """What the report says of this row."""
        return {"row": self.number, "name": self.name, "refused": self.refused, "remarks": self.remarks}


def all_of(sheet: Sheet, source: str) -> list[JudgedBase]:
    """Every row of a file, in turn; a code may stand once."""
    seen: dict[str, int] = {}
    return [_one(row, seen, source) for row in sheet.rows]


def _one(row: Row, seen: dict[str, int], source: str) -> JudgedBase:
    made = JudgedBase(row.number, name=row.text("name"))
    code = row.code("code")
    if not made.name:
        made.refused.append("没有事项名称")
    if len(made.name) > 300:
        made.refused.append(f"事项名称 {len(made.name)} 个字，最多 300 个")
    if wrong := codes.base_fault(code):
        made.refused.append(wrong.rstrip("。"))
    elif code in seen:
        made.refused.append(f"与第 {seen[code]} 行的编码相同")
    seen.setdefault(code, made.number)
    kind = _kind(made, row, code)
    legal, fault = days_of(row, "legal", "法定办结时限")
    if fault:
        made.refused.append(fault)
    if row.code("state") not in _STATES:
        made.refused.append(f"没有事项状态“{row.text('state')}”")
    since = row.text("since")
    if since and read_day(since) is None:
        made.refused.append(f"计划生效日期“{since}”不是日期")
    if not made.refused:
        made.told = BaseText(
            code=code,
            name=made.name,
            kind=kind,
            basis=_articles(made, row.text("basis")),
            legal_days=legal[0] if legal else None,
            legal_unit=legal[1] if legal else "working",
            materials=tuple(dict.fromkeys(row.many("materials", "\n;；|"))),
            in_use=row.code("state") not in _GONE,
            source=row.text("source") or source,
            effective_on=read_day(since) if since else None,
        )
    return made


def _kind(made: JudgedBase, row: Row, code: str) -> str:
    kind = row.text("kind") or codes.kind_of(code)
    if kind not in codes.KIND_CODES:
        made.refused.append(f"没有“{kind}”这一类事项" if kind else "没有事项类型")
    elif codes.kind_of(code) not in ("", kind):
        made.remarks.append(f"编码里的类型是“{codes.kind_of(code)}”，与“{kind}”不同")
    return kind


def _articles(made: JudgedBase, text: str) -> tuple[Article, ...]:
    """The articles that a text names; a law without its article is remarked on and binds nobody."""
    found: list[Article] = []
    for law, article in _CITED.findall(text):
        if article:
            found.append(Article(law, article))
        else:
            made.remarks.append(f"依据《{law}》没有写明第几条，没有列入")
    if not text:
        made.remarks.append("没有设定依据")
    return tuple(dict.fromkeys(found))
