"""对申请人怎么说上报和延续: what does he read of a case that is decided above, and of a licence that goes on?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

TITLES: dict[str, str] = {
    "SentUp": "已转报上级",
    "ContactedAbove": "我们问了上级办到哪里",
    "GrantedAbove": "上级已准予",
    "DeniedAbove": "上级决定不予",
    "RenewalNamed": "登记了要延续的证照",
    "RenewalReminded": "您的证照快到期了",
    "RenewedByLaw": "视为准予延续",
}


def _day(value: date) -> str:
    return f"{value.month} 月 {value.day} 日"


def _full(value: date) -> str:
    return f"{value.year} 年 {_day(value)}"


def organ_of(found: Any) -> str:
    """The organ above, as the guide of this case names it."""
    return str(found.case.version.clock.get("organ") or "上级机关")


def waits_above(found: Any) -> str:
    """Until when the organ above has time, where the guide says so."""
    state = next((s for s in found.now.running() if s.term.name == "above" and s.due), None)
    until = f"，按它公布的时限最迟 {_day(state.due)}" if state else ""
    return f"由{organ_of(found)}决定{until}。材料不用您再交，结果到了我们转交给您。"


def _sent_up(found: Any, fact: Any) -> str:
    return f"初审意见和全部材料已经报给{organ_of(found)}，由它作出决定。"


def _granted(found: Any, fact: Any) -> str:
    one = found.case.decision
    until = f"，有效期至 {_full(one.valid_until)}" if one.valid_until else ""
    return f"{one.organ}：{one.result_name} {one.result_number}{until}"


def _denied(found: Any, fact: Any) -> str:
    one = found.case.decision
    return f"{one.organ} {one.result_number}。理由、依据和救济途径写在它的决定书里。"


def _named(found: Any, fact: Any) -> str:
    return f"原证有效期到 {_full(fact.until)}，我们在这以前作出是否准予延续的决定。"


def _reminded(found: Any, fact: Any) -> str:
    one = found.case.decision
    return (
        f"{one.result_name} {one.result_number} 的有效期到 {_full(fact.until)}。"
        f"还要接着用的，请在 {_full(fact.apply_by)}以前（含当天）申请延续。"
    )


def _renewed(found: Any, fact: Any) -> str:
    one = found.case.decision
    until = f"，延续到 {_full(one.valid_until)}" if one.valid_until else ""
    return f"我们没有在原证到期以前作出决定，依法视为准予延续{until}。"


TEXTS: dict[str, Callable[[Any, Any], str]] = {
    "SentUp": _sent_up,
    "GrantedAbove": _granted,
    "DeniedAbove": _denied,
    "RenewalNamed": _named,
    "RenewalReminded": _reminded,
    "RenewedByLaw": _renewed,
}
