"""讲给人听: how are the facts, terms and points of a case told in Chinese?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.cases.models import Case, Opinion
from onewindow.cases.reads.whole import Whole
from onewindow.feedback.models import Grade
from onewindow.helping.models import Consultation
from onewindow.intake.form import labels
from onewindow.journal.models import Entry
from onewindow.letters.models import Service
from onewindow.people.reads import names_of
from onewindow.rules.clock import AT_ONCE, ProofDay
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.identity import masked
from onewindow.rules.overdue import CAUSE_WORDS, Cause
from onewindow.rules.pack import LOCAL_WORDS, Basis
from onewindow.rules.record import WRONG_WORDS, Wrong
from onewindow.rules.stages import DECIDED, Stage
from onewindow.rules.standing import TermState
from onewindow.rules.turns import LIT_WORDS, Lit
from onewindow.web.clauses import Clause, clauses_of, own_note
from onewindow.web.templatetags.ow_time import day

_UNIT = {"working": "个工作日", "calendar": "日"}


@dataclass(frozen=True)
class Told:
    """One term of a case as it is explained: how long, from when to when, why, and day by day."""

    state: TermState
    title: str
    length: str
    clauses: Sequence[Clause]
    note: str
    local: str
    lines: Sequence[ProofDay]
    key: str


def terms(whole: Whole) -> list[Told]:
    """Every term that has begun, the running ones first."""
    told = [_term(whole, state) for state in whole.now.terms]
    return sorted(told, key=lambda one: not one.state.running)


def first_term(whole: Whole) -> Told | None:
    """The term whose end is shown first: the earliest that the office still owes, else the applicant's own."""
    due = whole.case.due_on
    owed = (s for s in whole.now.terms if s.due and s.due == due and s.owed_by_office)
    found = next(owed, None) or next((s for s in whole.now.running() if _theirs(s)), None)
    return _term(whole, found) if found is not None else None


def _theirs(state: TermState) -> bool:
    return state.due is not None and state.term.owed_by == "applicant"


def _term(whole: Whole, state: TermState) -> Told:
    term = state.term
    return Told(
        state=state,
        title=term.title_zh,
        length=f"{state.reckoning.days} {_UNIT[state.reckoning.unit]}" if state.reckoning.days else AT_ONCE,
        clauses=clauses_of(whole, state),
        note=own_note(whole, state) or term.note,
        local=LOCAL_WORDS if term.basis is Basis.LOCAL and not term.cites else "",
        lines=whole.proof(state),
        key=whole.key(state),
    )


_PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1\d{10})(?!\d)")


def answers(whole: Whole) -> list[tuple[str, str]]:
    """What the applicant filled in, with identity numbers and telephones masked."""
    told = labels(whole.case.version.form, whole.case.application.form)
    return [(label, hidden(text)) for label, text in told]


def hidden(text: str) -> str:
    """The text with the identity numbers and telephones within it masked."""
    return _PERSONAL.sub(lambda found: masked(found[0]), text)


PHRASES = (
    "材料齐全，符合法定形式，申请符合法定条件，建议准予。",
    "经审查，申请内容与材料一致，符合规定的条件，建议准予。",
    "经现场核查，场所、设备和布局符合要求，建议准予。",
    "经审查，不符合规定的条件，理由如下：",
)


def points(whole: Whole, sent: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The examination points of the version, with what was sent just now or what the last opinion found.

    An opinion that was sent back is gone on with: nothing of it has to be written again.
    """
    last = _last_opinion(whole)
    decision = getattr(whole.case, "decision", None)
    looked = last.points if last else decision.points if decision else []
    found = {one["point"]: one for one in looked}
    told = []
    for number, point in enumerate(whole.case.version.content.get("points", ())):
        old = found.get(point.get("look", ""))
        if sent is None:
            marked, note = _found(old, last), (old or {}).get("note", "")
        else:
            marked, note = sent.get(f"point-{number}", ""), sent.get(f"note-{number}", "")
        told.append(
            {**point, "number": number, "row": number + 1, "found": old, "marked": marked, "note": note}
        )
    return told


def _last_opinion(whole: Whole) -> Opinion | None:
    return next((one for one in reversed(whole.opinions) if not one.sent_back), None)


_MARKS = {True: "fits", False: "fails", None: "none"}


def _found(point: Mapping[str, Any] | None, last: Opinion | None) -> str:
    """How the last opinion marked a point; one that a favourable opinion leaves out does not apply."""
    if point is not None:
        return _MARKS[point.get("fits")]
    return "none" if last is not None and last.favourable else ""


def opinion_text(whole: Whole) -> str:
    """The words of the last opinion, to be gone on with when it was sent back."""
    last = _last_opinion(whole)
    return last.text if last else ""


def sent_back(whole: Whole) -> Opinion | None:
    """Why the opinion came back, while it is to be looked at again."""
    last = whole.opinions[-1] if whole.opinions else None
    again = last is not None and last.sent_back and whole.now.stage is Stage.EXAMINING
    return last if again else None


def history(
    whole: Whole, *, ratings: bool = False, names: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """What happened, oldest first, with the names of those who did it; a rating only for whoever supervises."""
    names = names_in(whole) if names is None else names
    return [line_of(entry, whole, names) for entry in whole.entries if ratings or entry.fact != "Rated"]


def asked_before(rows: Iterable[Consultation], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """受理前咨询, as it stands on the line before what became of it: the question, the answer, and by which number."""
    return [
        {
            "title": "受理前咨询",
            "at": one.asked_at,
            "by": names.get(one.answered_by, ""),
            "text": hidden(
                f"{one.ticket.number} 号问：{one.question.rstrip('。')}。"
                + (f"{one.window}答：{one.answer}" if one.answer else f"转到{one.window}。")
            ),
        }
        for one in rows
    ]


def line_of(entry: Entry, whole: Whole, names: Mapping[str, str]) -> dict[str, Any]:
    """One fact as it stands on the line."""
    return {
        "place": entry.place,
        "title": _title(entry),
        "at": entry.at,
        "on": entry.on,
        "by": _who(entry, names),
        "text": _detail(entry, whole, names),
    }


def _who(entry: Entry, names: Mapping[str, str]) -> str:
    """Who did it; both names where he stood in for somebody who was away."""
    instead = names.get(f"officer:{entry.body.get('instead', 0)}")
    return f"{names.get(entry.by, '')}（顶岗，代{instead}）" if instead else names.get(entry.by, "")


def _title(entry: Entry) -> str:
    """The word of a fact; an answer that brought nothing is called so."""
    nothing = entry.fact == "CorrectionReceived" and not entry.body["materials"]
    if nothing:
        return "申请人答复没有可补正的"
    # The mark of a decision by delegation stands in the fact itself.
    return TERMS_ZH[entry.fact] + ("（首席事务代表）" if entry.body.get("chief") else "")


def of_the_dead(case: Case) -> str:
    """What may be done with the open case of somebody who has died; death itself ends nothing."""
    if case.applicant.died_on is None or not case.is_open:
        return ""
    if Stage(case.stage) in DECIDED:
        return (
            "本件不会自动终止，期限不变：结果不能再以本人领取，请核对来人的证件、委托书或者继承的证明后交付。"
        )
    return (
        "本件不会自动终止，阶段和期限不变：只能由本人享有的，请依法不予受理或者作出不予决定，写明理由；"
        "可以由继承人承受的，请联系继承人用自己的名义另行申请。登记有误的，由窗口撤销去世登记。"
    )


def names_in(whole: Whole, *more: str) -> dict[str, str]:
    """The names that came with the case; a statement more only for those that did not. `more`: codes beside its facts."""
    case, known = whole.case, {"system": "系统"}
    beside = [case.taken_by, case.examiner]
    if decision := getattr(case, "decision", None):
        beside.append(decision.by)
    known |= {officer.actor_code: officer.name for officer in beside if officer is not None}
    known |= {case.applicant.actor_code: case.applicant_name}
    told = {entry.by for entry in whole.entries}
    told |= {code for entry in whole.entries for code in _codes(entry)}
    missing = told.union(more) - known.keys()
    return known | names_of(missing) if missing else known


def _codes(entry: Entry) -> list[str]:
    """Whom a fact names beside its doer: to whom a case went, in whose place it was done, who leads the hearing."""
    return [f"officer:{entry.body[key]}" for key in ("to", "instead", "host") if key in entry.body]


def _detail(entry: Entry, whole: Whole, names: Mapping[str, str]) -> str:
    tell = _DETAILS.get(entry.fact)
    return tell(entry.body, whole, names) if tell else ""


def _day(body: Mapping[str, Any]) -> str:
    return day(date.fromisoformat(body["reply_by"]))


def _due(body: Mapping[str, Any]) -> str:
    return day(date.fromisoformat(body["due"]))


def _asked(body: Mapping[str, Any], *_: Any) -> str:
    which = "再次补正，" if body.get("second") else "超期告知，" if body.get("late") else ""
    return f"{which}{len(body['materials'])} 份材料，请在 {_day(body)}前补来"


def _on_what_is_there(body: Mapping[str, Any], *_: Any) -> str:
    lacking = body.get("lacking")
    return f"照现有材料受理，{len(lacking)} 份仍缺或不符" if lacking else ""


def _reviewed(body: Mapping[str, Any], *_: Any) -> str:
    proposed = "建议准予" if body.get("favourable") else "建议不予"
    return f"{proposed}，两人实地核查" if body.get("second") else proposed


_FOUND = (("fits", "符合"), ("lacking", "缺或不符"), ("apart", "不涉及"))


def _judged(body: Mapping[str, Any], *_: Any) -> str:
    return "，".join(f"{len(body[key])} 份{word}" for key, word in _FOUND if body.get(key))


def _sent(body: Mapping[str, Any], whole: Whole, *_: Any) -> str:
    found = next((one for one in whole.deliveries if one.pk == body["delivery"]), None)
    return f"运单号 {found.tracking}" if found else ""


def _kind(body: Mapping[str, Any], whole: Whole) -> str:
    return next((one.kind for one in whole.procedures if one.pk == body["procedure"]), "")


def _ended(body: Mapping[str, Any], whole: Whole, *_: Any) -> str:
    found = next((one for one in whole.procedures if one.pk == body["procedure"]), None)
    return f"{found.kind}，{found.get_outcome_display()}" if found else ""


def _named(body: Mapping[str, Any], whole: Whole, *_: Any) -> str:
    """Which fact is meant."""
    meant = next((one for one in whole.entries if one.place == body["place"]), None)
    return f"{TERMS_ZH[meant.fact]}（{day(meant.on)}）" if meant is not None else ""


def _void(body: Mapping[str, Any], whole: Whole, *rest: Any) -> str:
    return f"{_named(body, whole)}：{WRONG_WORDS[Wrong(body['cause'])][0]}"


def _judged_at_once(body: Mapping[str, Any], *_: Any) -> str:
    if body["granted"]:
        return f"{len(body['held'])} 条规则全部符合，系统准予"
    told = (("不符合", body["failed"]), ("拿不准", body["doubtful"]))
    rows = "，".join(f"第 {'、'.join(map(str, found))} 条{word}" for word, found in told if found)
    return f"{rows}，转人工" if rows else "有规则以外的情况，转人工"


_DETAILS: dict[str, Callable[[Mapping[str, Any], Whole, Mapping[str, str]], str]] = {
    "Received": _judged,
    "Judged": _judged,
    "CorrectionAsked": _asked,
    "ExplanationAsked": lambda body, *_: f"请在 {_day(body)}前说明",
    "Accepted": _on_what_is_there,
    "JudgedAtOnce": _judged_at_once,
    "Filed": lambda _, whole, *__: whole.case.filing.number,
    "FilingChecked": lambda body, *_: "没有发现问题" if body["fits"] else "发现问题",
    "MachineGrantChecked": lambda body, *_: "秒批正确" if body["right"] else "秒批不对，规则已停用",
    "Reviewed": _reviewed,
    "Forwarded": lambda body, _, names: "转给" + names.get("officer:" + str(body["to"]), ""),
    "HandedOver": lambda body, _, names: f"移交给{names.get('officer:' + str(body['to']), '')}；期限照常计算",
    "HostReplaced": lambda body, _, names: "改由" + names.get("officer:" + str(body["host"]), "") + "主持",
    "HandedBack": lambda *_: "原承办人离岗，等部门另派；期限照常计算",
    "AcceptedBySilence": lambda *_: "受理期限内没有告知，依法自收到材料之日起视为受理",
    "ExtensionAsked": lambda *_: "等负责人批准",
    "Extended": lambda body, *_: f"延长 {body['days']} 天",
    "ProcedureBegun": lambda body, *_: (
        f"{body['kind']}，计划 {day(date.fromisoformat(body['planned_end']))}结束"
    ),
    "ProcedureProlonged": lambda body, whole, *_: (
        f"{_kind(body, whole)}，改为计划 {day(date.fromisoformat(body['planned_end']))}结束"
    ),
    "ProcedureOverran": lambda body, whole, *_: f"{_kind(body, whole)}没有按计划结束",
    "OverdueTakenBack": lambda body, *_: f"放假通知以后改为 {_due(body)}到期，没有超期",
    "ProcedureEnded": _ended,
    "LightTurned": lambda body, *_: f"{LIT_WORDS[Lit(body['light'])]}，{_due(body)}到期",
    "OverdueCalled": lambda body, *_: f"{_due(body)}到期，没有按时办好",
    "OverdueExplained": lambda body, *_: CAUSE_WORDS[Cause(body["cause"])][0],
    "VoidAsked": _named,
    "VoidDeclined": _named,
    "Voided": _void,
    "Dispatched": _sent,
    "Served": lambda body, *_: Service.Way(body["way"]).label,
    "Rated": lambda body, *_: Grade(body["grade"]).label,
}
