"""事项编码: how are the national codes of items and cases built, and is a given one sound?

GB/T 39554.1: 基本编码 12, 实施编码 31 = 统一社会信用代码 18 + 行使层级 1 + 基本编码 12, 业务办理项编码 33 =
实施编码 + 2; 办件编号 = one of these + YYYYMMDD + 4. What does not fit is a local code and is kept beside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onewindow.rules.identity import uscc_fault

KINDS: dict[str, str] = {
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
}
KIND_CODES: dict[str, str] = {word: code for code, word in KINDS.items()}

_BASE = re.compile(r"(?P<origin>\d{2})(?P<kind>\d{2})(?P<field>\d{2})(?P<main>\d{3})(?P<sub>\d{3})")
_HANDLE = re.compile(r"(?P<uscc>[0-9A-HJ-NP-RTUWXY]{18})(?P<level>[1-7])(?P<base>\d{12})(?P<seq>\d{2})?")
_CASE = re.compile(r"(?P<handle>[0-9A-Z]{31}(?:\d{2})?)(?P<day>\d{8})(?P<serial>\d{4})")


@dataclass(frozen=True)
class ItemCode:
    """An item's national code in its parts; `seq` is empty for an 实施编码."""

    uscc: str
    level: int
    base: str
    seq: str = ""

    @property
    def task(self) -> str:
        """实施编码, 31 characters."""
        return f"{self.uscc}{self.level}{self.base}"

    @property
    def handle(self) -> str:
        """业务办理项编码, 33 characters; the 实施编码 when the item is not split."""
        return self.task + self.seq


def base_fault(code: str) -> str | None:
    """What is wrong with a 基本编码, as a sentence; None when nothing is."""
    parts = _BASE.fullmatch(code)
    if parts is None:
        return f"基本编码应为 12 位数字，现在是“{code}”，请核对。"
    kind = parts["kind"]
    if kind not in KINDS and not ("11" <= kind <= "19" or "21" <= kind <= "29"):
        return f"基本编码第 3、4 位是事项类型代码，没有“{kind}”，请核对。"
    return None


def item_fault(code: str) -> str | None:
    """What is wrong with an 实施编码 or 业务办理项编码, as a sentence; None when nothing is."""
    if len(code) not in (31, 33):
        return f"实施编码应为 31 位，业务办理项编码应为 33 位，现在是 {len(code)} 位，请核对。"
    parts = _HANDLE.fullmatch(code)
    if parts is None:
        return "编码应依次是统一社会信用代码 18 位、行使层级 1 位、基本编码 12 位、业务办理项顺序号 2 位，请核对。"
    if parts["seq"] == "00":
        return "业务办理项顺序号从 01 开始，请核对。"
    wrong = uscc_fault(parts["uscc"])
    return f"编码前 18 位不对：{wrong}" if wrong else base_fault(parts["base"])


def read_item(code: str) -> ItemCode | None:
    """The parts of a code built the national way, whatever its check digit; None for every other code.

    Catalogues in use hold organs whose check digit is wrong; such a code still is the item's national code.
    """
    parts = _HANDLE.fullmatch(code)
    if parts is None or parts["seq"] == "00" or base_fault(parts["base"]) is not None:
        return None
    return ItemCode(parts["uscc"], int(parts["level"]), parts["base"], parts["seq"] or "")


def build_item(uscc: str, level: int, base: str, seq: int) -> ItemCode:
    """The code of one handling item (业务办理项) of an organ."""
    if wrong := uscc_fault(uscc) or base_fault(base):
        raise ValueError(wrong)
    if not 1 <= level <= 7 or not 1 <= seq <= 99:
        raise ValueError(f"行使层级应为 1 至 7，顺序号应为 1 至 99：{level}，{seq}")
    return ItemCode(uscc, level, base, f"{seq:02}")


def kind_of(base: str) -> str:
    """事项类型 in words, from a 基本编码; empty when the code names an extension."""
    return KINDS.get(base[2:4], "")


def case_fault(number: str) -> str | None:
    """What is wrong with a 办件编号, as a sentence; None when nothing is."""
    parts = _CASE.fullmatch(number)
    if parts is None:
        return f"办件编号应为事项编码后接 8 位日期和 4 位流水，现在是 {len(number)} 位，请核对。"
    if wrong := item_fault(parts["handle"]):
        return wrong
    day = parts["day"]
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return f"办件编号里的日期 {day} 不存在，请核对。"
    return None if parts["serial"] != "0000" else "办件编号的流水从 0001 开始，请核对。"


def build_case(handle: str, day: date, serial: int) -> str:
    """办件编号: the item's code, the day of receipt and the day's running number."""
    number = f"{handle}{day:%Y%m%d}{serial:04}"
    if wrong := case_fault(number):
        raise ValueError(wrong)
    return number
