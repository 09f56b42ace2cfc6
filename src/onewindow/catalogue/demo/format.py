"""What does an item file say? TOML in, frozen dataclasses out; anything unknown or missing is refused."""

from __future__ import annotations

import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from onewindow.catalogue.demo.ways import Joint, Limited, Pledge, Renewal, Risk, Rule, Upward
from onewindow.rules.identity import NO_PHONE

HERE = Path(__file__).parent
ITEMS = HERE / "items"


class BadItem(ValueError):
    """事项文件有误: the sentence names the file and the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """依据: an article that an element of the guide rests on."""

    key: str
    law: str
    article: str
    edition: str = ""
    quote: str = ""
    verified: bool = True
    source: str = ""
    note: str = ""
    checked_on: date = date.min

    @property
    def standing(self) -> str:
        return "已核" if self.verified else "待核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """办结时限: what the law gives, and what the office promises within it, in the same unit."""

    unit: str
    promised_days: int
    legal_days: int | None = None
    legal_basis: tuple[str, ...] = ()
    legal_note: str = ""
    promise_note: str = ""
    extension_days: int = 0
    extension_basis: tuple[str, ...] = ()
    checked_on: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """受理条件: one thing that must be so, in plain words."""

    text: str
    basis: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer; `way`: how one applies in this situation, `window_only`: not by oneself online."""

    key: str
    label: str
    way: str = ""
    window_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """情形: one question that decides which materials a person needs."""

    key: str
    ask: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """申请材料: one paper, why it may be asked for, and how to get it right."""

    code: str
    name: str
    source: str
    need: str
    basis: tuple[str, ...]
    fill: str
    original: int = 0
    copies: int = 0
    electronic: bool = True
    taken_from: str = ""
    when: tuple[str, ...] = ()
    sample: str = ""
    blank: str = ""
    errors: tuple[str, ...] = ()
    defer_days: int = 0  # 可容缺: within how many working days it may follow; 0 leaves it to the setting
    checked_on: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """申请表的一格: becomes one property of the JSON Schema."""

    key: str
    label: str
    type: str
    required: bool = True
    options: tuple[str, ...] = ()
    pattern: str = ""
    message: str = ""
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    unit: str = ""
    hint: str = ""
    section: str = ""
    show_if: str = ""
    known: str = ""  # whose file answers it already, and what of it: child.name, applicant.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """分情形: what a step does beside, in some situations."""

    text: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """环节: who does what, in how many days (in the unit of the limit), by how many inspectors on site."""

    name: str
    role: str
    post: str
    days: int
    does: str
    inspectors: int = 0
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """审查要点: what the examiner looks at, and what follows when it is not so."""

    look: str
    check: str
    fails: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """特别程序: time that does not count, with the law that says so."""

    name: str
    days: int
    basis: tuple[str, ...]
    note: str
    when: tuple[str, ...] = ()
    stops: bool = False  # by its own law, where 行政许可法 45 does not govern


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """收费项目."""

    name: str
    standard: str
    basis: tuple[str, ...]
    relief: str = ""
    amount: str = ""  # yuan with two places, of one piece; empty where it is reckoned case by case


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """收费: none is a statement too, and says on what it rests."""

    charged: bool
    note: str
    basis: tuple[str, ...] = ()
    items: tuple[Charge, ...] = ()
    before: str = ""  # what waits for the money: decide or issue; empty leaves it to the local setting
    checked_on: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """审批结果."""

    name: str
    kind: str
    validity: str
    valid_years: int = 0
    basis: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ("窗口领取", "邮寄送达")
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """在哪里、怎么办."""

    places: tuple[str, ...]
    hours: str
    online: int
    visits: int
    why_visit: str = ""
    appointment: bool = True
    courier: bool = True
    kiosk: bool = False
    reach: str = ""
    quota: str = "没有数量限制"
    intermediary: str = "没有"
    entrusted: bool = False
    consult: str = NO_PHONE
    complaint: str = NO_PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """常见问题."""

    q: str
    a: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """一个事项的全部内容."""

    key: str
    code: str
    name: str
    everyday: tuple[str, ...]
    summary: str
    kind: str
    case_kind: str
    department: str
    levels: tuple[str, ...]
    who: tuple[str, ...]
    checked_on: date
    grounds: tuple[str, ...]
    basis: tuple[Basis, ...]
    limit: Limit
    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]
    form: tuple[Field, ...]
    steps: tuple[Step, ...]
    points: tuple[Point, ...]
    fee: Fee
    result: Result
    service: Service
    faq: tuple[Answer, ...]
    person_themes: tuple[str, ...] = ()
    firm_themes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    special: tuple[Special, ...] = ()
    special_note: str = ""
    limited: Limited = field(default_factory=Limited)
    public_safety: bool = False  # 直接关系公共安全、人身健康、生命财产安全 (行政许可法 78, 79)
    joint: Joint | None = None
    upward: Upward | None = None
    renewal: Renewal | None = None
    risk: Risk | None = None
    instant: tuple[Rule, ...] = ()
    promise: Pledge | None = None
    remedy: str = ""
    demonstration: bool = True

    def on_what(self, keys: tuple[str, ...]) -> tuple[Basis, ...]:
        """The bases behind an element, in the order in which the element names them."""
        table = {b.key: b for b in self.basis}
        return tuple(table[key] for key in keys)


def read(path: Path) -> Item:
    """One file, whole."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise BadItem(f"{path.name} 不是合格的 TOML：{wrong}") from wrong
    raw["key"] = path.stem
    checked_on = raw.get("checked_on")
    if not isinstance(checked_on, date):
        raise BadItem(f"{path.name} 缺少核对日期 checked_on")
    named = raw.get("basis", {})
    raw["basis"] = [{"key": key, **table, "source": _source(table)} for key, table in named.items()]
    return _build(Item, raw, path.name, checked_on)


def read_all(folder: Path = ITEMS) -> tuple[Item, ...]:
    """Every item of the demonstration county, by file name."""
    return tuple(read(path) for path in sorted(folder.glob("*.toml")))


def _source(basis: Mapping[str, Any]) -> str:
    if basis.get("source"):
        return str(basis["source"])
    if basis.get("verified", True):
        return f"国家法律法规数据库公开文本，{basis.get('edition', '')}版"
    return "尚未取得可核对的原文"


# Which type stands behind each column: reckoned once for a class, as it costs more than the rest of reading.
_hints: Any = cache(get_type_hints)


def _build(cls: type[Any], raw: object, where: str, checked_on: date) -> Any:
    """A table becomes the dataclass that the place asks for; unknown and missing keys are refused by name."""
    if not isinstance(raw, dict):
        raise BadItem(f"{where} 应当是一张表，现在是 {raw!r}")
    hints = _hints(cls)
    if unknown := sorted(set(raw) - set(hints)):
        raise BadItem(f"{where} 有不认识的栏目：{'、'.join(unknown)}")
    needed = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}
    if missing := sorted(needed - set(raw)):
        raise BadItem(f"{where} 缺少栏目：{'、'.join(missing)}")
    given = {"checked_on": checked_on, **raw} if "checked_on" in hints else raw
    values = {key: _value(hints[key], one, f"{where} {key}", checked_on) for key, one in given.items()}
    return cls(**values)


def _value(hint: Any, value: object, where: str, checked_on: date) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise BadItem(f"{where} 应当是列表")
        return tuple(_value(inner[0], one, f"{where}[{n}]", checked_on) for n, one in enumerate(value, 1))
    if origin in (Union, types.UnionType):
        return _value(inner[0], value, where, checked_on)
    if is_dataclass(hint):
        return _build(cast(type[Any], hint), value, where, checked_on)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise BadItem(f"{where} 的类型不对：{value!r}")
    return value
