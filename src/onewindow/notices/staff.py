"""告诉谁: which officers are told of a fact, and in which words? Never with the name of an applicant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from onewindow.cases.law import pack_for
from onewindow.cases.models import Case, Extension, Voiding
from onewindow.cases.reads.hands import Seats
from onewindow.cases.reads.told import day
from onewindow.cases.reads.work import light_of
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.oversight.models import Overdue
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.pack import InForce
from onewindow.rules.step_terms import STEP_WORDS, role_in
from onewindow.rules.turns import LIT_WORDS, OVER, Lit


@dataclass(frozen=True)
class Words:
    """What one message says."""

    title: str
    text: str
    overdue: int | None = None


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
    overdue = None
    if matter.entry.fact in _ANEW:  # whoever has it now is told what the one before him was told
        light, overdue = _burns(matter), _to_answer(matter)
        text += f"现在{light}。" if light else ""
        text += "有一份超期说明要交。" if overdue else ""
    return Words(f"{title}：{matter.case.item_name}", text, overdue)


# By his signature a thousand cases may come to him: of those that burn he is told though he did it himself.
HIS_TOO = frozenset({"HandedOver"})
_ANEW = frozenset({"Forwarded", "HandedOver"})


def _burns(matter: Matter) -> str:
    """The words of its light, when it is yellow or red on that day."""
    found = light_of(matter.case, matter.entry.at.astimezone(SHANGHAI).date())
    return found.word if found.colour in ("yellow", "red") else ""


def _to_answer(matter: Matter) -> int | None:
    """The record of an overrun of this case that its department has still to answer for."""
    states = [Overdue.State.CALLED, Overdue.State.SENT_BACK]
    rows = Overdue.objects.filter(case=matter.case, state__in=states)
    return rows.order_by("-pk").values_list("pk", flat=True).first()


def tells() -> frozenset[str]:
    """The facts of which officers are told."""
    return frozenset(_WHO)


def _in_charge(matter: Matter) -> list[Officer]:
    return matter.seats.in_charge()


def _lit(matter: Matter) -> list[Officer]:
    """Whoever has it; at red the heads too; the supervisors beyond the legal day, or at red where the place says so."""
    lit = Lit(matter.entry.body["light"])
    if lit is Lit.STEP:
        return matter.seats.in_charge() if _in_step(matter) else []
    if lit not in OVER and not _still(matter):
        return []
    found = matter.seats.in_charge()
    if lit in OVER or not _earliest(matter):
        found += _answerable(matter)
    if lit is Lit.LEGAL or (lit is Lit.RED and (_at_red(matter) or _left_open(matter))):
        found += matter.seats.supervisors()
    if lit is Lit.RED and _left_open(matter):
        found += [held.officer for held in matter.seats.held if held.officer_id == matter.case.taken_by_id]
    return found


def _left_open(matter: Matter) -> bool:
    """即办件 that was not settled in the visit: window, head and supervisor all hear of it (湛河 二(二)2(1))."""
    return matter.case.version.immediate and matter.entry.body["term"] in ("promised", "decide")


def _earliest(matter: Matter) -> bool:
    """Whether the light speaks of the day that comes first, and not of the law's own day after a broken promise."""
    return str(matter.case.due_on) == matter.entry.body["due"]


def _answerable(matter: Matter) -> list[Officer]:
    """The heads of the department; where it has none, or none who may answer, whoever supervises has to know."""
    return matter.seats.heads() or matter.seats.supervisors()


def _still(matter: Matter) -> bool:
    """Whether the day that comes near is still its day: the case may have been done, stopped or lengthened since."""
    case = matter.case
    days = {str(case.due_on), str(case.legal_due_on)}
    return case.is_open and not case.held and matter.entry.body["due"] in days


def _in_step(matter: Matter) -> bool:
    """Whether the late step is still the one that the case is in."""
    case = matter.case
    return case.is_open and not case.held and str(case.step_due_on) == matter.entry.body["due"]


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


def _having(matter: Matter) -> list[Officer]:
    """Who examines; before anybody has given an opinion, all whose turn it may be."""
    return matter.seats.there(_examiner(matter)) or matter.seats.in_charge()


def _asking(matter: Matter) -> list[Officer]:
    """Whoever asked for more days."""
    his = Extension.objects.get(pk=matter.entry.body["extension"]).asked_by_id
    asked = [held.officer for held in matter.seats.held if held.officer_id == his]
    # Who was away or has handed it over since is not the one who waits for the answer.
    return matter.seats.there(asked) or matter.seats.in_charge()


def _lengthening(matter: Matter) -> list[Officer]:
    """The head of the organ; of what several settle together, the head of the government (行政许可法 42)."""
    joint = matter.case.kind == CaseKind.JOINT.value
    return matter.seats.with_power(Grant.CASE_EXTEND_JOINT if joint else Grant.CASE_EXTEND)


def _voiding(matter: Matter) -> list[Officer]:
    """Whoever may confirm it: neither who asked nor who wrote the fact down."""
    asked = Voiding.objects.select_related("entry").get(pk=matter.entry.body["voiding"])
    own = {f"officer:{asked.asked_by_id}", asked.entry.by}
    return [one for one in matter.seats.with_power(Grant.RECORD_VOID) if one.actor_code not in own]


def _said_wrong(matter: Matter) -> list[Officer]:
    """Whoever said that it is wrong, and whoever has the case."""
    his = Voiding.objects.get(pk=matter.entry.body["voiding"]).asked_by_id
    asked = [held.officer for held in matter.seats.held if held.officer_id == his]
    return [*asked, *_examiner(matter)]


def _answering(matter: Matter) -> list[Officer]:
    return [*_answerable(matter), *_examiner(matter)]


def _handed(matter: Matter) -> list[Officer]:
    """One message tells of the whole handover; of a case by itself only what burns or has to be answered for."""
    return _to(matter) if _burns(matter) or _to_answer(matter) else []


def _lasting(matter: Matter) -> list[Officer]:
    """Whoever has the case and the heads, when a procedure lasts too long."""
    return [*matter.seats.there(_examiner(matter)), *matter.seats.in_charge(), *_answerable(matter)]


def _host(matter: Matter) -> list[Officer]:
    """Who leads the hearing now, and who examines."""
    to = matter.entry.body["host"]
    return [held.officer for held in matter.seats.held if held.officer_id == to] + _examiner(matter)


def _judging(matter: Matter) -> list[Officer]:
    return matter.seats.with_power(Grant.OVERDUE_SETTLE)


def _due(matter: Matter) -> str:
    """13 日到期 of the term that is meant."""
    body = matter.entry.body
    term = matter.pack.term(body["term"], matter.case.version.kind, matter.case.application.channel)
    return f"{term.title_zh if term else '期限'} {day(date.fromisoformat(body['due']))}到期"


def _light(matter: Matter) -> tuple[str, str]:
    lit = Lit(matter.entry.body["light"])
    if lit is Lit.STEP:
        step, until = STEP_WORDS[role_in(matter.entry.body["term"])], matter.entry.body["due"]
        last = f"本件 {day(matter.case.due_on)}到期，" if matter.case.due_on else ""
        return LIT_WORDS[lit], f"{step}环节 {day(date.fromisoformat(until))}到期，{last}请今天办。"
    ask = "请今天办，或者写明原因。" if lit in OVER else "请抓紧办理。"
    if lit not in OVER and not _earliest(matter):
        return "快到法定期限", f"已经超过承诺时限；{_due(matter)}。{ask}"
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
    "SentUp": lambda matter: matter.seats.with_power(Grant.CASE_REPORT),
    "RenewedByLaw": lambda matter: [*matter.seats.heads(), *matter.seats.supervisors()],
    "Explained": _in_charge,
    "Withdrawn": _examiner,
    "VoidAsked": _voiding,
    "VoidDeclined": _said_wrong,
    "Voided": _said_wrong,
    "ReliefAsked": lambda matter: matter.seats.with_power(Grant.FEE_SETTLE),
    "ReliefDeclined": _in_charge,
    "FeePaid": _in_charge,
    "RefundAsked": lambda matter: matter.seats.with_power(Grant.FEE_SETTLE),
    "RefundDeclined": lambda matter: _in_charge(matter) or matter.seats.with_power(Grant.FEE_BILL),
    "ThirdSpoke": _having,
    "BarLiftAsked": lambda matter: matter.seats.with_power(Grant.PARTY_BAR),
    "OverdueCalled": _answering,
    "OverdueExplained": _judging,
    "OverdueSentBack": _answering,
    "OverdueSettled": _answering,
    "OverdueTakenBack": _answering,
    "HandedOver": _handed,
    "ProcedureOverran": _lasting,
    "ParcelSilent": lambda matter: [*_in_charge(matter), *matter.seats.with_power(Grant.CASE_DELIVER)],
    "HostReplaced": _host,
    "LackPromised": _in_charge,
    "PapersSupplied": _in_charge,
    "PapersCleared": _in_charge,
    "DeferralMissed": _in_charge,
    "DeemedWithdrawn": _examiner,
    "PromiseSigned": _in_charge,
    "PromiseTakenBack": _in_charge,
    "CheckOverdue": lambda matter: [*matter.seats.heads(), *matter.seats.with_power(Grant.CASE_EXAMINE)],
    "RevocationAnnounced": lambda matter: [
        *_answerable(matter),
        *matter.seats.with_power(Grant.CASE_DECIDE),
    ],
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
    "SentUp": lambda _: ("已转报上级", "请按间隔与上级联系，决定到了登记并转交申请人。"),
    "RenewedByLaw": lambda _: (
        "没有按时决定，视为准予延续",
        "原证到期以前没有作出决定，依法视为准予延续，请换发证件。",
    ),
    "Explained": lambda _: ("申请人作了说明", "说明在办件页上。"),
    "Withdrawn": lambda _: ("申请人撤回了申请", "不用再办。"),
    "VoidAsked": lambda _: ("有一项记载提出作废，等您确认", "理由和作废以后的期限在办件页上。"),
    "VoidDeclined": lambda _: ("作废没有获得同意", "记载照旧，理由在办件页上。"),
    "Voided": lambda matter: (
        "一项记载已作废",
        f"本件现在是“{matter.case.stage_word}”，期限已重新计算，请接着办。",
    ),
    "ReliefAsked": lambda _: ("提请减免费用，等您决定", "同意，或者不同意；期限照常计算。"),
    "ReliefDeclined": lambda _: ("减免没有同意", "费用照缴费通知书缴，理由在办件页上。"),
    "FeePaid": lambda _: ("费用缴清了", "不用再等缴费，请接着办。"),
    "RefundAsked": lambda _: ("提请退付费用，等您决定", "同意，或者不同意。"),
    "RefundDeclined": lambda _: ("退付没有同意", "理由在办件页上，钱还留在账上；查清以后可以再次提请退付。"),
    "ThirdSpoke": lambda _: ("利害关系人提出了意见", "请听取，记下采纳了没有；要求听证的，先组织听证。"),
    "BarLiftAsked": lambda _: ("提请解除限制申请，等您决定", "同意，或者不同意。"),
    "OverdueCalled": lambda matter: (
        "要求说明超期",
        f"{_due(matter)}，没有按时办好。请写明责任人、原因和补救办法。",
    ),
    "OverdueExplained": lambda _: ("超期说明等您审核", "采纳并认定，或者退回一次。"),
    "OverdueSentBack": lambda _: ("超期说明被退回", "请照退回的意见补充，只有这一次。"),
    "HandedOver": lambda _: ("移交给您的急件", "期限照常计算，请先办这一件。"),
    "ProcedureOverran": lambda _: (
        "特别程序超过计划时间",
        "请尽快办完记下结果；确实办不完的，可以延长一次，书面告知申请人。",
    ),
    "ParcelSilent": lambda _: (
        "寄出的结果没有回音",
        "请向快递查询：送到的登记签收；退回的、丢了的登记退件并写明原因，再寄一次或者请他来领。",
    ),
    "HostReplaced": lambda _: ("更换了听证主持人", "时间和地点不变，请新的主持人看办件页。"),
    "OverdueTakenBack": lambda _: ("超期不成立", "放假通知改了到期日，照新的日期没有超期，不用说明。"),
    "LackPromised": lambda _: ("申请容缺受理", "申请人承诺受理以后补交可容缺的材料，请核对。"),
    "PapersSupplied": lambda _: ("补交的容缺材料来了", "请核对补来的材料；核对以后才能准予。"),
    "PapersCleared": lambda _: ("容缺材料补齐", "可以作出决定了。"),
    "DeferralMissed": lambda _: ("容缺材料逾期未补齐", "不能准予，请依法作出不予的决定。"),
    "DeemedWithdrawn": lambda _: ("容缺逾期，视为撤回", "不用再办。"),
    "PromiseSigned": lambda _: ("按告知承诺办理", "申请人签了告知承诺书，请当场作出决定。"),
    "PromiseTakenBack": lambda _: ("收回了承诺", "改按一般程序办理，受理的期限重新计算。"),
    "CheckOverdue": lambda _: ("承诺核查超期", "请尽快核查，记下核查结果。"),
    "RevocationAnnounced": lambda _: (
        "拟撤销一项决定",
        "已告知申请人理由和依据，正在听取陈述申辩；撤销还是不撤销，由没有提出撤销的负责人决定。",
    ),
    "StatementHeard": lambda _: ("陈述申辩已听取", "请作出撤销或者不予撤销的决定。"),
    "RevocationDropped": lambda _: (
        "决定不撤销",
        "原来的决定继续有效；按告知承诺办的，请接着核查或者核实整改。",
    ),
    "Revoked": lambda _: ("决定已撤销", "撤销决定书请送达；因承诺不实撤销的，失信记录已记入。"),
    "OverdueSettled": lambda _: ("超期说明已采纳", "认定和处理意见在超期说明里。"),
}
