"""告诉谁: which officers are told of a fact, and in which words? Never with the name of an applicant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from onewindow.cases.law import pack_for
from onewindow.cases.models import Case, Extension
from onewindow.cases.reads.hands import Seats
from onewindow.cases.reads.told import day
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.pack import InForce
from onewindow.rules.turns import LIT_WORDS, OVER, Lit


@dataclass(frozen=True)
class Words:
    """What one message says."""

    title: str
    text: str


@dataclass(frozen=True)
class Matter:
    """A fact with its case, who sits where, and the law of the case."""

    entry: Entry
    case: Case
    seats: Seats
    county: County

    @property
    def pack(self) -> InForce:
        return pack_for(self.county, self.case.pack, self.case.received_on)


def told(matter: Matter) -> list[Officer]:
    """Who is told, each once."""
    found = _WHO[matter.entry.fact](matter)
    return list({officer.pk: officer for officer in found}.values())


def words(matter: Matter) -> Words:
    """Of which case it is, and what happened."""
    title, text = _SAID.get(matter.entry.fact, _LIGHT)(matter)
    return Words(f"{title}：{matter.case.item_name}", text)


def tells() -> frozenset[str]:
    """The facts of which officers are told."""
    return frozenset(_WHO)


def _in_charge(matter: Matter) -> list[Officer]:
    return matter.seats.in_charge()


def _lit(matter: Matter) -> list[Officer]:
    """Whoever has it; at red the heads too; the supervisors beyond the legal day, or at red where the place says so."""
    lit = Lit(matter.entry.body["light"])
    if lit not in OVER and not _still(matter):
        return []
    found = matter.seats.in_charge()
    if lit in OVER:
        found += matter.seats.heads()
    if lit is Lit.LEGAL or (lit is Lit.RED and _at_red(matter)):
        found += matter.seats.supervisors()
    return found


def _still(matter: Matter) -> bool:
    """Whether the day that comes near is still its day: the case may have been done, stopped or lengthened since."""
    case = matter.case
    return case.is_open and not case.held and str(case.due_on) == matter.entry.body["due"]


def _at_red(matter: Matter) -> bool:
    """Whether the supervisor hears of every overrun: the text of the place, or the local setting of today."""
    said = pack_here(matter.county).setting("alert.tells_supervisor").value
    return matter.pack.holds("alert.supervision") or said == "red"


def _to(matter: Matter) -> list[Officer]:
    to = matter.entry.body["to"]
    return [one for one in matter.seats.with_power(Grant.CASE_FORWARD) if one.pk == to] or [
        held.officer for held in matter.seats.held if held.officer_id == to
    ]


def _examiner(matter: Matter) -> list[Officer]:
    his = matter.case.examiner_id
    return [held.officer for held in matter.seats.held if held.officer_id == his]


def _asking(matter: Matter) -> list[Officer]:
    """Whoever asked for more days."""
    his = Extension.objects.get(pk=matter.entry.body["extension"]).asked_by_id
    return [held.officer for held in matter.seats.held if held.officer_id == his]


def _lengthening(matter: Matter) -> list[Officer]:
    return matter.seats.with_power(Grant.CASE_EXTEND)


def _answering(matter: Matter) -> list[Officer]:
    return [*matter.seats.heads(), *_examiner(matter)]


def _judging(matter: Matter) -> list[Officer]:
    return matter.seats.with_power(Grant.OVERDUE_SETTLE)


def _due(matter: Matter) -> str:
    """13 日到期 of the term that is meant."""
    body = matter.entry.body
    term = matter.pack.term(body["term"], matter.case.version.kind, matter.case.application.channel)
    return f"{term.title_zh if term else '期限'} {day(date.fromisoformat(body['due']))}到期"


def _light(matter: Matter) -> tuple[str, str]:
    lit = Lit(matter.entry.body["light"])
    ask = "请今天办，或者写明原因。" if lit in OVER else "请抓紧办理。"
    return LIT_WORDS[lit], f"{matter.case.stage_word}，{_due(matter)}。{ask}"


_LIGHT = _light
Tell = Callable[[Matter], tuple[str, str]]
_WHO: Mapping[str, Callable[[Matter], list[Officer]]] = {
    "LightTurned": _lit,
    "Forwarded": _to,
    "ReviewSentBack": _examiner,
    "RefusalProposed": _in_charge,
    "ExtensionAsked": _lengthening,
    "Extended": _asking,
    "ExtensionDeclined": _asking,
    "CorrectionReceived": _in_charge,
    "Explained": _in_charge,
    "Withdrawn": _examiner,
    "OverdueCalled": _answering,
    "OverdueExplained": _judging,
    "OverdueSentBack": _answering,
    "OverdueSettled": _answering,
    "LackPromised": _in_charge,
    "PapersSupplied": _in_charge,
    "PapersCleared": _in_charge,
    "DeferralMissed": _in_charge,
    "DeemedWithdrawn": _examiner,
    "PromiseSigned": _in_charge,
    "PromiseTakenBack": _in_charge,
    "CheckOverdue": lambda matter: [*matter.seats.heads(), *matter.seats.with_power(Grant.CASE_EXAMINE)],
    "StatementHeard": lambda matter: matter.seats.with_power(Grant.CASE_DECIDE),
    "RevocationDropped": lambda matter: matter.seats.with_power(Grant.CASE_EXAMINE),
    "Revoked": lambda matter: matter.seats.with_power(Grant.CASE_EXAMINE),
}
_SAID: Mapping[str, Tell] = {
    "LightTurned": _light,
    "Forwarded": lambda _: ("转给您办理", "期限照常计算，请接着办。"),
    "ReviewSentBack": lambda _: ("退回重新审核", "退回的理由在办件页上，期限照常计算。"),
    "RefusalProposed": lambda _: ("提请不予受理，等您确认", "同意，或者退回受理；提请不停止受理期限。"),
    "ExtensionAsked": lambda _: ("提请延长，等您批准", "批准，或者不批准；法定期限过了就不能再批准。"),
    "Extended": lambda _: ("延长已批准", "新的到期日在办件页上，只能延长这一次。"),
    "ExtensionDeclined": lambda _: ("延长没有批准", "期限照原来的计算，理由在办件页上。"),
    "CorrectionReceived": lambda _: ("补正材料收到", "请核对补来的材料。"),
    "Explained": lambda _: ("申请人作了说明", "说明在办件页上。"),
    "Withdrawn": lambda _: ("申请人撤回了申请", "不用再办。"),
    "OverdueCalled": lambda matter: (
        "要求说明超期",
        f"{_due(matter)}，没有按时办好。请写明责任人、原因和补救办法。",
    ),
    "OverdueExplained": lambda _: ("超期说明等您审核", "采纳并认定，或者退回一次。"),
    "OverdueSentBack": lambda _: ("超期说明被退回", "请照退回的意见补充，只有这一次。"),
    "LackPromised": lambda _: ("申请容缺受理", "申请人承诺受理以后补交可容缺的材料，请核对。"),
    "PapersSupplied": lambda _: ("补交的容缺材料来了", "请核对补来的材料；核对以后才能准予。"),
    "PapersCleared": lambda _: ("容缺材料补齐", "可以作出决定了。"),
    "DeferralMissed": lambda _: ("容缺材料逾期未补齐", "不能准予，请依法作出不予的决定。"),
    "DeemedWithdrawn": lambda _: ("容缺逾期，视为撤回", "不用再办。"),
    "PromiseSigned": lambda _: ("按告知承诺办理", "申请人签了告知承诺书，请当场作出决定。"),
    "PromiseTakenBack": lambda _: ("收回了承诺", "改按一般程序办理，受理的期限重新计算。"),
    "CheckOverdue": lambda _: ("承诺核查超期", "请尽快核查，记下核查结果。"),
    "StatementHeard": lambda _: ("陈述申辩已听取", "请作出撤销或者不予撤销的决定。"),
    "RevocationDropped": lambda _: ("决定不撤销", "请接着核查或者核实整改。"),
    "Revoked": lambda _: ("决定已撤销", "失信记录已记入，撤销决定书请送达。"),
    "OverdueSettled": lambda _: ("超期说明已采纳", "认定和处理意见在超期说明里。"),
}
