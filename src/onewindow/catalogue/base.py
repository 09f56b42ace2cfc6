"""基本目录: what must an item take over from the catalogue of the state or the province, and where does it differ?

四级四同: name, code, legal basis and kind are the same on all four levels. The legal limit is the most that the item may
have, and the materials are all that it may ask for; what it promises may only be better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.gate import Gap
from onewindow.catalogue.text import VersionText

SAME = ("事项名称（可以在后面写明情形）", "基本编码", "事项类型", "设定依据")
BOUNDS = ("法定办结时限（最长）", "申请材料（最多）")
OWN = (
    "承诺时限和办理流程",
    "受理条件的说明和地方依据",
    "办理地点、时间、电话",
    "通俗名称和主题",
    "申请表、空白表格和样表",
    "常见问题",
)
_UNITS = {"working": "个工作日", "calendar": "天"}


@dataclass(frozen=True)
class Article:
    """One article on which the item rests."""

    law: str
    article: str
    edition: str = ""
    quote: str = ""

    @property
    def same(self) -> tuple[str, str]:
        """What makes two articles the same one, whoever wrote it down."""
        return self.law.strip("《》 ").removeprefix("中华人民共和国"), self.article.replace(" ", "")

    def __str__(self) -> str:
        return f"《{self.law.strip('《》 ')}》{self.article}"


@dataclass(frozen=True, kw_only=True)
class BaseText:
    """One item of the 基本目录, as a file or a table of ours says it."""

    code: str
    name: str
    kind: str
    basis: tuple[Article, ...] = ()
    legal_days: int | None = None
    legal_unit: str = "working"
    materials: tuple[str, ...] = ()  # empty: the base catalogue lists none
    in_use: bool = True
    source: str = ""
    effective_on: date | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What a version of it keeps beside its columns."""
        return {"basis": [asdict(one) for one in self.basis], "materials": list(self.materials)}

    @property
    def limit(self) -> str:
        return span(self.legal_days, self.legal_unit)


def span(days: int | None, unit: str) -> str:
    return "没有规定" if days is None else f"{days} {_UNITS.get(unit, '天')}"


def of_file(item: ItemText, county: str) -> BaseText:
    """What the base catalogue of a demonstration says of an item file."""
    named = (one for one in item.on_what(item.grounds))
    return BaseText(
        code=item.code,
        name=item.name,
        kind=item.kind,
        basis=tuple(Article(one.law, one.article, one.edition, one.quote) for one in named),
        legal_days=item.limit.legal_days,
        legal_unit=item.limit.unit,
        materials=tuple(one.name for one in item.materials),
        source="演示基本目录",
    )


def divergences(text: VersionText, base: BaseText, number: int) -> Iterator[Gap]:
    """Where an item is not what its base item says, or worse for the applicant."""
    ground = f"基本目录 {base.code} 第 {number} 版"
    for element, says in (*_sameness(text, base), *_bounds(text, base)):
        yield Gap(element, says, ground)


def _sameness(text: VersionText, base: BaseText) -> Iterator[tuple[str, str]]:
    if not base.in_use:
        yield "基本目录", f"“{base.name}”已经从基本目录取消，这个事项不能再发布，请办理取消"
    if not text.name.startswith(base.name):
        yield "事项名称", f"基本目录的名称是“{base.name}”，请用这个名称，情形写在后面"
    if text.kind != base.kind:
        yield "事项类型", f"基本目录是“{base.kind}”，这里写“{text.kind}”，请改成一致"
    held = {one.same for one in grounds_of(text)}
    for article in base.basis:
        if article.same not in held:
            yield "设定依据", f"缺少基本目录的依据 {article}，请补上"


def _bounds(text: VersionText, base: BaseText) -> Iterator[tuple[str, str]]:
    for word, days, unit in (
        ("法定", text.legal_days, text.legal_unit),
        ("承诺", text.promised_days, text.promised_unit),
    ):
        if days is not None and not _within(days, unit, base):
            yield (
                f"{word}办结时限",
                f"基本目录的法定时限是 {base.limit}，这里{word} {span(days, unit)}，只能更短",
            )
    allowed = {_plain(name) for name in base.materials}
    for one in text.materials if allowed else ():
        if _plain(one.name) not in allowed:
            yield "申请材料目录", f"“{one.name}”不在基本目录的材料里，不能要"


def _within(days: int, unit: str, base: BaseText) -> bool:
    """Whether a limit is surely no longer; so many working days are never fewer than so many days."""
    if base.legal_days is None or days == 0:
        return True
    if unit != base.legal_unit and unit == "working":
        return False
    return days <= base.legal_days


def inherited(text: VersionText, base: BaseText) -> VersionText:
    """The text with what it must take over; limits that became too long are shortened to the bound."""
    legal_days, legal_unit = base.legal_days, base.legal_unit
    if base.legal_days is None or (
        text.legal_days is not None and _within(text.legal_days, text.legal_unit, base)
    ):
        legal_days, legal_unit = text.legal_days, text.legal_unit
    shorter = text.promised_days is None or _within(text.promised_days, text.promised_unit, base)
    return replace(
        text,
        name=text.name if text.name.startswith(base.name) else base.name,
        kind=base.kind,
        legal_days=legal_days,
        legal_unit=legal_unit,
        promised_days=text.promised_days if shorter else base.legal_days,
        promised_unit=text.promised_unit if shorter else base.legal_unit,
        content=with_basis(text, base).content,
    )


def grounds_of(text: VersionText) -> list[Article]:
    """The articles that the item rests on."""
    table = {one.get("key"): one for one in text.content.get("basis", ())}
    named = (table[key] for key in text.content.get("grounds", ()) if key in table)
    return [Article(one.get("law", ""), one.get("article", "")) for one in named]


def with_basis(text: VersionText, base: BaseText) -> VersionText:
    """The text with the articles of the base item among its grounds."""
    basis, grounds = list(text.content.get("basis", ())), list(text.content.get("grounds", ()))
    of_base = []
    for article in base.basis:
        key = next((one["key"] for one in basis if _article(one).same == article.same), None)
        if key is None:
            key = next(
                f"base{n}" for n in range(1, 400) if not any(one["key"] == f"base{n}" for one in basis)
            )
            basis.append(
                {"key": key, **asdict(article), "verified": False, "source": "", "note": "原文尚未核对"}
            )
        of_base.append(key)
    named = list(dict.fromkeys([*grounds, *of_base]))
    return replace(text, content={**text.content, "basis": basis, "grounds": named})


def _article(kept: dict[str, Any]) -> Article:
    return Article(kept.get("law", ""), kept.get("article", ""))


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isalnum())
