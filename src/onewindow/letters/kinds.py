"""文书种类: which letters are there, what is each called for each kind of item, and what must it not go without?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onewindow.letters.blocks import Body
from onewindow.letters.bodies import course, intake, longer, others, promise, record, result, shorter, upward
from onewindow.letters.data import LetterData
from onewindow.rules.pack import Kind as ItemKind

# What stands in a title for the kind of item.
_MATTER: dict[str, str] = {
    ItemKind.LICENCE: "行政许可申请",
    ItemKind.OTHER: "行政权力事项",
    ItemKind.SERVICE: "公共服务事项",
}
_APPLICATION: dict[str, str] = {ItemKind.OTHER: "行政权力事项申请", ItemKind.SERVICE: "公共服务事项申请"}
_DENIED: dict[str, str] = {
    ItemKind.OTHER: "不予办理行政权力事项决定书",
    ItemKind.SERVICE: "不予办理公共服务事项告知书",
}


class Incomplete(Exception):
    """The letter lacks something that it must say; the sentence names it."""


@dataclass(frozen=True)
class Kind:
    """文书种类: its Chinese name, title per kind of item, text, and what it may not go without."""

    name: str
    zh: str
    title: Callable[[str], str]
    body: Callable[[LetterData], Body]
    demands: tuple[str, ...] = ()
    contestable: bool = False
    receipted: bool = True
    served: bool = False  # somebody has to serve it on the applicant; a result is served as the result


def _titled(pattern: str) -> Callable[[str], str]:
    return lambda item_kind: pattern.format(
        matter=_MATTER.get(item_kind, item_kind),
        application=_APPLICATION.get(item_kind, f"{item_kind}申请"),
        kind=_APPLICATION.get(item_kind, item_kind).removesuffix("申请"),
    )


def _refused_title(item_kind: str) -> str:
    ending = "不予办理告知书" if item_kind == ItemKind.SERVICE else "不予受理决定书"
    return _MATTER.get(item_kind, item_kind) + ending


def _granted_title(item_kind: str) -> str:
    return (
        "准予行政许可决定书" if item_kind == ItemKind.LICENCE else _titled("{kind}办理结果通知书")(item_kind)
    )


def _denied_title(item_kind: str) -> str:
    return _DENIED.get(item_kind, f"不予{item_kind}决定书")


def _not_needed_title(item_kind: str) -> str:
    return (
        "不需要取得行政许可告知书"
        if item_kind == ItemKind.LICENCE
        else _titled("{kind}不需要办理告知书")(item_kind)
    )


_ALL = (
    Kind("receipt", "收件凭证", _titled("{application}材料收件凭证"), intake.receipt, ("papers",)),
    Kind("accepted", "受理通知书", _titled("{matter}受理通知书"), intake.accepted),
    Kind(
        "refused",
        "不予受理决定书",
        _refused_title,
        intake.refused,
        ("reasons",),
        contestable=True,
        served=True,
    ),
    Kind(
        "not_ours",
        "不属本机关职权告知书",
        _titled("{matter}不属本机关职权范围告知书"),
        intake.not_ours,
        ("go_to",),
        contestable=True,
        served=True,
    ),
    Kind(
        "not_needed",
        "不需要办理告知书",
        _not_needed_title,
        intake.not_needed,
        ("reasons",),
        contestable=True,
        served=True,
    ),
    Kind(
        "correction",
        "补正告知书",
        _titled("{application}材料补正告知书"),
        intake.correction,
        ("papers", "term"),
        served=True,
    ),
    Kind(
        "correction_received",
        "补正材料收件凭证",
        _titled("{application}补正材料收件凭证"),
        intake.correction_received,
        ("papers",),
    ),
    Kind(
        "explanation",
        "请您说明通知",
        _titled("{matter}说明情况通知书"),
        course.explanation,
        ("questions", "term"),
    ),
    Kind(
        "extended",
        "延长办理期限告知书",
        _titled("{matter}延长办理期限告知书"),
        course.extended,
        ("reasons", "longer"),
        served=True,
    ),
    Kind(
        "procedure",
        "特别程序告知书",
        _titled("{matter}特别程序告知书"),
        course.procedure,
        ("special",),
        served=True,
    ),
    Kind(
        "prolonged",
        "特别程序延长告知书",
        _titled("{matter}特别程序延长告知书"),
        longer.prolonged,
        ("special",),
        served=True,
    ),
    Kind(
        "host",
        "更换听证主持人告知书",
        _titled("{matter}更换听证主持人告知书"),
        longer.host,
        ("special",),
        served=True,
    ),
    Kind("exempted", "免予审批告知书", _titled("{application}免予审批告知书"), shorter.exempted, ("tier",)),
    Kind("filed", "备案回执", _titled("{kind}备案回执"), shorter.filed, ("result", "reasons")),
    Kind("withdrawn", "撤回申请确认书", _titled("撤回{application}确认书"), course.withdrawn),
    Kind(
        "lapsed",
        "补正逾期终止告知书",
        _titled("{application}补正逾期终止办理告知书"),
        course.lapsed,
        served=True,
    ),
    Kind(
        "originals_taken",
        "材料原件收取清单",
        _titled("{application}材料原件收取清单"),
        course.originals_taken,
        ("papers",),
    ),
    Kind(
        "originals_returned",
        "材料原件退还清单",
        _titled("{application}材料原件退还清单"),
        course.originals_returned,
        ("papers",),
    ),
    Kind("bill", "缴费通知书", _titled("{matter}缴费通知书"), others.bill, ("bill",)),
    Kind("third", "利害关系人告知书", _titled("{matter}利害关系人告知书"), others.third, ("touched",)),
    Kind(
        "barred",
        "警告和限制申请决定书",
        _titled("{application}警告和限制申请决定书"),
        others.barred,
        ("bar",),
        contestable=True,
        served=True,
    ),
    Kind(
        "sent_up",
        "上报件告知书",
        _titled("{matter}上报告知书"),
        upward.sent_up,
        ("above", "papers", "fee", "term"),
    ),
    Kind("above", "上级决定告知书", _titled("{matter}上级决定告知书"), upward.answered, ("above",)),
    Kind("renewed", "视为准予延续通知书", _titled("{kind}视为准予延续通知书"), upward.renewed, ("basis",)),
    Kind("granted", "准予决定书", _granted_title, result.granted),
    Kind("denied", "不予决定书", _denied_title, result.denied, ("reasons",), contestable=True),
    Kind(
        "annulled",
        "作废告知书",
        _titled("{matter}文书作废告知书"),
        record.annulled,
        ("annuls", "reasons", "stands"),
        served=True,
    ),
    Kind(
        "deferral",
        "容缺受理承诺书",
        _titled("{application}容缺受理承诺书"),
        promise.deferral,
        ("papers", "owed", "term", "outcome", "signed"),
    ),
    Kind(
        "supply_received",
        "容缺材料收件凭证",
        _titled("{application}容缺材料收件凭证"),
        promise.supply_received,
        ("papers",),
    ),
    Kind(
        "supply_returned",
        "容缺材料不符告知书",
        _titled("{application}容缺材料不符告知书"),
        promise.supply_returned,
        ("owed", "term"),
        served=True,
    ),
    Kind(
        "deferral_missed",
        "容缺逾期告知书",
        _titled("{application}容缺逾期告知书"),
        promise.deferral_missed,
        ("owed", "outcome"),
        contestable=True,
        served=True,
    ),
    Kind(
        "promise",
        "告知承诺书",
        _titled("{application}告知承诺书"),
        promise.promise,
        ("promised", "demands", "liability", "check", "signed"),
    ),
    Kind(
        "mend_order",
        "限期整改通知书",
        _titled("{kind}限期整改通知书"),
        promise.mend_order,
        ("reasons", "demands", "until"),
        served=True,
    ),
    Kind(
        "revocation_notice",
        "拟撤销告知书",
        _titled("拟撤销{kind}告知书"),
        promise.revocation_notice,
        ("reasons", "outcome", "until"),
        served=True,
    ),
    Kind(
        "revoked",
        "撤销决定书",
        _titled("撤销{kind}决定书"),
        promise.revoked,
        ("reasons", "outcome"),
        contestable=True,
        served=True,
    ),
    Kind("service", "送达回证", _titled("{kind}文书送达回证"), result.service, ("serving",), receipted=False),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}

_WORDS = {
    "papers": "材料清单",
    "reasons": "理由",
    "go_to": "应当向哪个机关申请",
    "term": "期限",
    "questions": "需要说明的问题",
    "serving": "送达情况",
    "longer": "延长多久",
    "special": "特别程序的安排",
    "annuls": "作废的文书",
    "stands": "对办理的影响",
    "bill": "收费项目和金额",
    "touched": "关系什么重大利益",
    "bar": "查明的事实和依据的决定",
    "above": "上级机关",
    "fee": "费用",
    "tier": "风险等级",
    "result": "备案情况",
    "owed": "没有补交的材料",
    "outcome": "后果或者依据",
    "signed": "签署情况",
    "promised": "承诺内容",
    "demands": "要求",
    "liability": "法律责任",
    "check": "核查办法",
    "until": "期限",
    "basis": "法律依据",
    "remedy": "救济途径",
}
# Letters of a licence that decide something name their article (行政许可法 32, 38, 42, 45).
_CITING = (
    "accepted",
    "refused",
    "not_ours",
    "not_needed",
    "correction",
    "exempted",
    "extended",
    "procedure",
    "third",
    "barred",
    "prolonged",
    "granted",
    "denied",
)


def title(kind: str, item_kind: str, *, second: bool = False, nothing: bool = False) -> str:
    """What the letter is called for this kind of item; `nothing`: of an answer that brought no paper."""
    named = KINDS[kind].title(item_kind)
    if nothing and kind == "correction_received":
        return named.replace("补正材料收件", "补正答复收件")
    return named.replace("材料补正", "材料再次补正") if second and kind == "correction" else named


def check(kind: str, data: LetterData) -> None:
    """Refuse a letter that lacks what it must say, naming what is missing."""
    if data.item_kind not in set(ItemKind):
        raise Incomplete(f"事项类型“{data.item_kind}”没有对应的文书名称。")
    demanded = list(KINDS[kind].demands)
    if data.nothing and kind == "correction_received":
        demanded.remove("papers")
    if data.item_kind == ItemKind.LICENCE and kind in _CITING and not data.second:
        demanded.append("basis")
    if KINDS[kind].contestable and data.item_kind != ItemKind.SERVICE:
        demanded.append("remedy")
    missing = [_WORDS[name] for name in demanded if not getattr(data, name)]
    if kind == "correction" and not all(paper.problem for paper in data.papers):
        missing.append("每份材料存在的问题")
    if missing:
        raise Incomplete(f"{title(kind, data.item_kind)}缺少{'、'.join(missing)}，不能出具。")
