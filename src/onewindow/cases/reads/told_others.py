"""钱和旁人怎么说: in which words does the applicant read of fees, of others who are heard, and of what he may not do again?

Of others he reads that they are heard, never who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

INNER = frozenset(
    {
        "ReliefAsked",
        "RefundAsked",
        "ThirdNamed",
        "ThirdReleased",
        "BarLiftAsked",
    }
)
TITLES: dict[str, str] = {
    "BillMade": "请您缴费",
    "ReliefGranted": "费用减免了",
    "ReliefDeclined": "费用没有减免",
    "FeePaid": "收到您缴的费用",
    "PaidAstray": "收到一笔不用缴的款",
    "Refunded": "费用退付给您",
    "RefundDeclined": "费用没有退付",
    "ThirdTold": "告知了利害关系人",
    "ThirdSpoke": "利害关系人提出了意见",
    "ThirdHeard": "听取了利害关系人的意见",
    "Warned": "给予警告",
    "Barred": "限制再次申请",
    "BarLiftDeclined": "限制没有解除",
    "BarLifted": "限制解除了",
}


def _day(value: date) -> str:
    return f"{value.month} 月 {value.day} 日"


def _bill(_: Any, fact: Any) -> str:
    until = "领取结果" if fact.before == "issue" else "作出决定"
    again = "这是另开的一张，理由写在通知书里。" if fact.second else ""
    return (
        f"{again}共 {fact.total} 元，请在 {_day(fact.pay_by)}以前缴，缴清以后才能{until}。"
        "每一项的标准和依据写在缴费通知书里。"
    )


def _paid(_: Any, fact: Any) -> str:
    return f"{fact.amount} 元，{'窗口' if fact.way == 'desk' else '网上'}缴清。"


def _until(_: Any, fact: Any) -> str:
    return f"到 {fact.until.year} 年 {_day(fact.until)}为止，不得再次申请这项行政许可。理由、依据和救济途径写在决定书里。"


TEXTS: dict[str, Callable[[Any, Any], str]] = {
    "BillMade": _bill,
    "ReliefGranted": lambda _, fact: f"减免 {fact.amount} 元。",
    "ReliefDeclined": lambda *_: "费用照缴费通知书缴。",
    "FeePaid": _paid,
    "PaidAstray": lambda _, fact: f"{fact.amount} 元，不用缴，会退到原来缴费的地方；退的时候再告诉您。",
    "Refunded": lambda _, fact: f"{fact.amount} 元，退到原来缴费的地方。",
    "RefundDeclined": lambda *_: "理由可以向承办部门询问。",
    "ThirdTold": lambda _, fact: (
        f"本件直接关系他人的重大利益，依法告知并听取意见，到 {_day(fact.reply_by)}为止；不停止计算办理期限。"
    ),
    "ThirdSpoke": lambda _, fact: "要求举行听证，听证以后再作出决定。" if fact.hearing else "",
    "ThirdHeard": lambda *_: "已经听取，作为决定的参考。",
    "Warned": lambda *_: "理由和救济途径写在决定书里。",
    "Barred": _until,
    "BarLiftDeclined": lambda *_: "限制照原来的日期执行。",
    "BarLifted": lambda *_: "从现在起可以再次申请。",
}
