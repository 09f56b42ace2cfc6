"""比较两版: which elements differ between two versions, field by field, and what only moved?

Things in a list are known by their name, not by their place: a material that moved is not one removed and one
added, and a renamed one is known by its code when the rest stayed alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from onewindow.catalogue.text import MaterialText, VersionText
from onewindow.rules.fees import BEFORE_WORDS
from onewindow.rules.instant import TESTS
from onewindow.rules.quotas import PERIODS
from onewindow.rules.risk import WORDS as TIER_WORDS


class Kind(StrEnum):
    """What happened to an element."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"
    MOVED = "移动"


@dataclass(frozen=True)
class Difference:
    """One element that differs: where it stands in the guide, what it is, before and after in words."""

    section: str
    what: str
    kind: Kind
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Part:
    """A list of the guide: how its entries are known, and which of their fields are compared."""

    section: str
    key: str
    fields: Mapping[str, str]


UNITS = {"working": "个工作日", "calendar": "天"}
NEED = {"required": "必要", "deferrable": "可容缺", "exempt": "免提交"}
FORMS = {"original": "原件", "copy": "复印件", "electronic": "电子件"}
SCALARS = {
    ("summary",): ("基本信息", "一句话说明"),
    ("case_kind",): ("基本信息", "办件类型"),
    ("special_note",): ("时限", "特别程序说明"),
    ("limit", "legal_note"): ("时限", "法定时限说明"),
    ("limit", "extension_days"): ("时限", "可以延长的天数"),
    ("limit", "promise_note"): ("时限", "承诺时限说明"),
    ("promise", "field"): ("告知承诺", "领域"),
    ("promise", "route"): ("告知承诺", "方式"),
    ("promise", "promised"): ("告知承诺", "承诺内容"),
    ("promise", "demands"): ("告知承诺", "要求"),
    ("promise", "liability"): ("告知承诺", "法律责任"),
    ("promise", "check"): ("告知承诺", "核查办法"),
    ("promise", "check_days"): ("告知承诺", "几日核查"),
    ("promise", "materials"): ("告知承诺", "免于提交的材料"),
    ("promise", "basis"): ("告知承诺", "依据"),
    ("fee", "charged"): ("收费", "是否收费"),
    ("fee", "note"): ("收费", "收费说明"),
    ("fee", "basis"): ("收费", "依据"),
    ("fee", "before"): ("收费", "什么时候缴"),
    ("upward", "organ"): ("上报", "上报的机关"),
    ("upward", "days"): ("上报", "上级办理的天数"),
    ("upward", "unit"): ("上报", "天数的单位"),
    ("upward", "basis"): ("上报", "依据"),
    ("renewal", "of"): ("延续", "延续的证照"),
    ("renewal", "before_days"): ("延续", "届满几日前申请"),
    ("renewal", "basis"): ("延续", "依据"),
    ("limited", "number"): ("服务", "名额"),
    ("limited", "period"): ("服务", "名额按什么算"),
    ("limited", "basis"): ("服务", "名额的依据"),
    ("limited", "local"): ("服务", "名额是本地设定"),
    ("public_safety",): ("基本信息", "直接关系公共安全"),
    ("result", "name"): ("结果", "名称"),
    ("result", "kind"): ("结果", "种类"),
    ("result", "validity"): ("结果", "有效期"),
    ("result", "valid_years"): ("结果", "有效几年"),
    ("result", "sample"): ("结果", "样本"),
    ("service", "hours"): ("服务", "办理时间"),
    ("service", "online"): ("服务", "网上办理深度"),
    ("service", "visits"): ("服务", "到现场次数"),
    ("service", "why_visit"): ("服务", "到现场原因"),
    ("service", "entrusted"): ("服务", "可以委托全程代办"),
    ("service", "quota"): ("服务", "数量限制"),
    ("service", "intermediary"): ("服务", "中介服务"),
    ("service", "reach"): ("服务", "通办范围"),
    ("service", "consult"): ("服务", "咨询电话"),
    ("service", "complaint"): ("服务", "监督电话"),
    ("service", "appointment"): ("服务", "可以预约"),
    ("service", "courier"): ("服务", "可以邮寄"),
    ("service", "kiosk"): ("服务", "自助终端"),
    ("risk", "tier"): ("风险分级", "等级"),
    ("risk", "basis"): ("风险分级", "依据"),
    ("risk", "note"): ("风险分级", "说明"),
    ("checked_on",): ("基本信息", "核对日期"),
}
# What a version keeps as a word of the code, as people read it.
_SAID: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("risk", "tier"): {str(tier): word for tier, word in TIER_WORDS.items()},
    ("limited", "period"): PERIODS,
    ("upward", "unit"): UNITS,
    ("fee", "before"): BEFORE_WORDS,
}
PARTS = {
    ("joint", "with"): Part("联合办理", "department", {"does": "办什么"}),
    ("conditions",): Part("受理条件", "text", {"basis": "依据", "when": "什么情形"}),
    ("steps",): Part(
        "办理流程",
        "name",
        {"post": "岗位", "days": "天数", "inspectors": "核查人数", "does": "做什么", "asides": "分情形"},
    ),
    ("points",): Part("审查要点", "look", {"check": "看什么", "fails": "不符怎么办"}),
    ("questions",): Part("情形问题", "ask", {"options": "选项"}),
    ("special",): Part(
        "特别程序", "name", {"days": "天数", "basis": "依据", "note": "说明", "when": "什么情形"}
    ),
    ("fee", "items"): Part(
        "收费", "name", {"standard": "标准", "amount": "金额", "relief": "减免", "basis": "依据"}
    ),
    ("service", "places"): Part("办理地点", "name", {"address": "地址"}),
    ("faq",): Part("常见问题", "q", {"a": "回答"}),
    ("basis",): Part(
        "依据",
        "key",
        {"law": "法律", "article": "条", "quote": "引文", "edition": "版本", "verified": "已核"},
    ),
    ("remedies",): Part(
        "救济途径", "way", {"to": "向谁提出", "term": "期限", "article": "条", "quote": "引文"}
    ),
}
WORDS = {"audience": "服务对象", "themes": "主题", "aliases": "通俗名称"}


def differences(before: VersionText, after: VersionText) -> list[Difference]:
    """Everything that differs, in the order of the guide; empty when both say the same."""
    return [
        *_heads(before, after),
        *_scalars(before, after),
        *_words(before, after),
        *_materials(before.materials, after.materials),
        *(
            one
            for path, part in PARTS.items()
            for one in _listed(part, _list(before, path), _list(after, path))
        ),
        *_form(before.form, after.form),
        *_tables(before, after),
    ]


def _heads(before: VersionText, after: VersionText) -> Iterator[Difference]:
    pairs = [
        ("基本信息", "事项名称", before.name, after.name),
        ("基本信息", "事项类型", before.kind, after.kind),
        ("时限", "法定办结时限", _span(before, "legal"), _span(after, "legal")),
        ("时限", "承诺办结时限", _span(before, "promised"), _span(after, "promised")),
    ]
    for section, what, one, other in pairs:
        if one != other:
            yield Difference(section, what, Kind.CHANGED, one, other)


def _span(text: VersionText, which: str) -> str:
    days, unit = getattr(text, f"{which}_days"), getattr(text, f"{which}_unit")
    return "没有" if days is None else f"{days} {UNITS.get(unit, unit)}"


def _scalars(before: VersionText, after: VersionText) -> Iterator[Difference]:
    for path, (section, what) in SCALARS.items():
        said = _SAID.get(path, {})
        one, other = (_plain(_at(text.content, path)) for text in (before, after))
        one, other = said.get(one, one), said.get(other, other)
        if one != other:
            yield Difference(section, what, Kind.CHANGED, one, other)


def _words(before: VersionText, after: VersionText) -> Iterator[Difference]:
    for key, what in WORDS.items():
        one, other = before.index.get(key, []), after.index.get(key, [])
        for word in other:
            if word not in one:
                yield Difference("基本信息", what, Kind.ADDED, "", word)
        for word in one:
            if word not in other:
                yield Difference("基本信息", what, Kind.REMOVED, word, "")


def _listed(part: Part, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Difference]:
    """Entries of a list by their key; what stands elsewhere among those that stayed has moved."""
    old, new = ({one.get(part.key, ""): one for one in entries} for entries in (before, after))
    for key in old:
        if key not in new:
            yield Difference(part.section, str(key), Kind.REMOVED, _whole(old[key], part), "")
    for key in new:
        if key not in old:
            yield Difference(part.section, str(key), Kind.ADDED, "", _whole(new[key], part))
    for key in new.keys() & old.keys():
        for name, title in part.fields.items():
            one, other = _plain(old[key].get(name)), _plain(new[key].get(name))
            if one != other:
                yield Difference(part.section, f"{key}：{title}", Kind.CHANGED, one, other)
    yield from _moves(part.section, list(old), list(new))


def _moves(section: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    stayed_old, stayed_new = [k for k in old if k in new], [k for k in new if k in old]
    still = {stayed_old[i] for i in _longest_rise([stayed_new.index(key) for key in stayed_old])}
    for key in stayed_new:
        if key not in still:
            places = f"第 {old.index(key) + 1} 位", f"第 {new.index(key) + 1} 位"
            yield Difference(section, str(key), Kind.MOVED, *places)


def _longest_rise(places: list[int]) -> list[int]:
    """Which entries kept their order: the longest rising run, as indices; all others have moved."""
    best: list[list[int]] = []
    for here, place in enumerate(places):
        before = max((run for run in best if places[run[-1]] < place), key=len, default=[])
        best.append([*before, here])
    return max(best, key=len, default=[])


def _materials(before: Sequence[MaterialText], after: Sequence[MaterialText]) -> Iterator[Difference]:
    """申请材料: matched by name, then by code where the name was changed a little."""
    pairs = _matched(before, after)
    for one in before:
        if id(one) not in {id(old) for old, _ in pairs}:
            yield Difference("申请材料", one.name, Kind.REMOVED, _paper(one), "")
    for one in after:
        if id(one) not in {id(new) for _, new in pairs}:
            yield Difference("申请材料", one.name, Kind.ADDED, "", _paper(one))
    for old, new in pairs:
        yield from _changed(old, new)
    names = {id(old): new.name for old, new in pairs}
    yield from _moves(
        "申请材料", [names.get(id(one), one.name) for one in before], [one.name for one in after]
    )


def _matched(
    before: Sequence[MaterialText], after: Sequence[MaterialText]
) -> list[tuple[MaterialText, MaterialText]]:
    by_name = {one.name: one for one in before}
    pairs = [(by_name[one.name], one) for one in after if one.name in by_name]
    left = {one.code: one for one in before if all(one is not old for old, _ in pairs)}
    for one in after:
        old = left.get(one.code)
        if one.name not in by_name and old is not None and _likeness(old.name, one.name) >= 0.5:
            pairs.append((old, one))
    return pairs


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _changed(old: MaterialText, new: MaterialText) -> Iterator[Difference]:
    fields = [
        ("名称", old.name, new.name),
        ("必要性", NEED.get(old.necessity, ""), NEED.get(new.necessity, "")),
        ("来源", old.source, new.source),
        ("形式和份数", _amount(old), _amount(new)),
    ]
    titles = {
        "fill": "填写说明", "sample": "样例", "blank": "空白表格", "errors": "常见错误", "when": "什么情形要", "basis": "依据",
        "taken_from": "从哪里取得",
    }  # fmt: skip
    fields += [
        (title, _plain(old.detail.get(key)), _plain(new.detail.get(key))) for key, title in titles.items()
    ]
    for title, one, other in fields:
        if one != other:
            yield Difference("申请材料", f"{new.name}：{title}", Kind.CHANGED, one, other)


def _amount(one: MaterialText) -> str:
    forms = "、".join(FORMS.get(form, form) for form in one.forms)
    return f"{forms} {one.copies} 份" if one.copies else forms


def _paper(one: MaterialText) -> str:
    return "，".join(filter(None, (NEED.get(one.necessity, ""), one.source, _amount(one))))


def _form(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    part = Part("申请表", "label", {"widget": "类型", "unit": "单位", "hint": "提示", "rules": "要求"})
    yield from _listed(part, _fields(before), _fields(after))


def _tables(before: VersionText, after: VersionText) -> Iterator[Difference]:
    """秒批规则: a row is known by what it looks at and by its test."""
    part = Part("秒批规则", "row", {"value": "值", "basis": "依据", "look": "审查要点"})
    yield from _listed(part, *(_rows(text) for text in (before, after)))


def _rows(text: VersionText) -> list[dict[str, Any]]:
    called = {one["key"]: one.get("label", one["key"]) for one in _fields(text.form)}
    called.update({one.code: one.name for one in text.materials})
    return [{**one, "row": _row(one, called)} for one in text.content.get("instant") or []]


def _row(told: Mapping[str, Any], called: Mapping[str, str]) -> str:
    """What a row looks at and how, as a person reads it."""
    key, test = str(told.get("key", "")), str(told.get("test", ""))
    return f"“{called.get(key, key)}”{TESTS[test].word if test in TESTS else test}"


def _fields(form: dict[str, Any]) -> list[dict[str, Any]]:
    schema = form.get("schema", {})
    properties, required = schema.get("properties", {}), schema.get("required", [])
    rows = form.get("layout") or [
        {"key": key, "label": told.get("title", key)} for key, told in properties.items()
    ]
    return [
        {**row, "rules": {**properties.get(row["key"], {}), "required": row["key"] in required}}
        for row in rows
    ]


def _whole(entry: dict[str, Any], part: Part) -> str:
    told = [_plain(entry.get(name)) for name in part.fields]
    return "；".join(filter(None, told)) or _plain(entry.get(part.key))


def _list(text: VersionText, path: tuple[str, ...]) -> list[dict[str, Any]]:
    found = _at(text.content, path)
    return found if isinstance(found, list) else []


def _at(content: dict[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = content
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _plain(value: Any) -> str:
    """A value of an element in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{key} {_plain(one)}" for key, one in value.items() if one not in (None, "", False))
    return str(value)
