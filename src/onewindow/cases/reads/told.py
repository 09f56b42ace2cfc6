"""对申请人怎么说: in which words does the applicant read what happened to his case, and what comes next?

Inner work of the office (proposals, sending back, forwarding) has no words here and is never shown to him;
officers appear as their office alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from onewindow.cases.reads import told_longer, told_others, told_promise, told_upward
from onewindow.cases.reads import told_shorter as shorter
from onewindow.cases.reads.story import Step, Story, corrected_words, day, late_words, void_step
from onewindow.cases.reads.titles import INNER, TITLES
from onewindow.cases.reads.whole import nothing_to_add
from onewindow.journal.models import Entry
from onewindow.people.models import Party
from onewindow.rules import record
from onewindow.rules.clock import AT_ONCE, lasting
from onewindow.rules.facts import CorrectionReceived, Fact, rebuild
from onewindow.rules.overdue import in_public
from onewindow.rules.special import LENGTHENED, Procedure, procedures
from onewindow.rules.stages import Stage

STAGES: dict[Stage, str] = {
    Stage.RECEIVED: "已收件，正在核对材料",
    Stage.CORRECTING: "等您补正材料",
    Stage.REFUSING: "已收件，正在核对材料",
    Stage.EXAMINING: "已受理，正在审核",
    Stage.DECIDING: "已受理，正在作出决定",
    Stage.ABOVE: "已转报上级，等上级决定",
    Stage.GRANTED: "已准予，等待送达",
    Stage.DENIED: "已作出不予决定，等待送达",
    Stage.CLOSED: "办结",
    Stage.REFUSED: "不予受理",
    Stage.NOT_OURS: "不归本机关办理",
    Stage.NOT_NEEDED: "依法不用办理",
    Stage.LAPSED: "没有等到补正，已终止",
    Stage.WITHDRAWN: "已撤回",
    **shorter.STAGES,
}
_COMING: dict[Stage, tuple[str, ...]] = {
    Stage.RECEIVED: ("正在核对材料", "审核和决定", "送达结果"),
    Stage.REFUSING: ("正在核对材料", "审核和决定", "送达结果"),
    Stage.CORRECTING: ("等您补正材料", "审核和决定", "送达结果"),
    Stage.EXAMINING: ("正在审核", "作出决定", "送达结果"),
    Stage.DECIDING: ("正在决定", "送达结果"),
    Stage.ABOVE: ("等上级决定", "送达结果"),
    Stage.GRANTED: ("等待送达",),
    Stage.DENIED: ("等待送达",),
}
WAYS = {"counter": "窗口领取", "courier": "邮寄", "download": "网上下载"}
# What whoever comes for a result brings along: the applicant himself, or somebody whom the firm sends.
_BRING = {
    Party.Kind.PERSON: "带有效证件",
    Party.Kind.ORG: "让经办人带本人有效证件和单位的授权委托书或者介绍信",
}


def steps(found: Story, today: date | None = None) -> list[Step]:
    """The way of a case from the receipt to the result, in the applicant's words.

    Who knows the day tells it: a day that the office let pass is called so.
    """
    again = {
        entry.body["overdue"]: entry.place for entry in found.entries if entry.fact == "OverdueExplained"
    }
    gone = record.struck_in(found.entries)
    inner = {entry.place for entry in found.entries if entry.fact in INNER}
    shown = [
        entry
        for entry in found.entries
        if entry.fact not in INNER
        and not (entry.fact == "Voided" and entry.body["place"] in inner)
        # Of what was explained twice, the last word holds.
        and (entry.fact != "OverdueExplained" or again[entry.body["overdue"]] == entry.place)
    ]
    reviews = [e.place for e in shown if e.fact == "Reviewed" and e.place not in gone]
    last_review = max(reviews, default=0)
    if found.now.stage is Stage.EXAMINING:
        last_review = -1  # sent back: it is being examined again
    done = [
        _void(found, e, gone[e.place]) if e.place in gone else _step(found, e)
        for e in shown
        if e.fact != "Reviewed" or e.place in gone or e.place == last_review
    ]
    return [*done, *_coming(found, today)]


def stage_words(stage: str, *, denied: bool = False) -> str:
    """How far a case is; one that is over says so when nothing was granted."""
    return "不予决定已送达，办结" if denied and Stage(stage) is Stage.CLOSED else STAGES[Stage(stage)]


def _step(found: Story, entry: Entry) -> Step:
    say = _TEXTS.get(entry.fact)
    fact = rebuild(entry.fact, entry.on, entry.body)
    text = (say(found, fact) if say else "") + late_words(entry)
    return Step("done", _title(fact), entry.at, _where(found, entry), text, entry.pk)


def _void(found: Story, entry: Entry, cause: str) -> Step:
    title = _title(rebuild(entry.fact, entry.on, entry.body))
    return void_step(entry, title, _where(found, entry), cause)


def _title(fact: Fact) -> str:
    """What happened; an answer that brought nothing is called so."""
    nothing = isinstance(fact, CorrectionReceived) and not fact.materials
    return "您答复没有可补正的" if nothing else TITLES[fact.name]


def _where(found: Story, entry: Entry) -> str:
    """The window where it was handed in; else the office, never the name of a person."""
    if entry.fact == "Received":
        window = found.case.application.window
        return window.name if window else "网上提交"
    if entry.by.startswith(("party:", "bearer:")):
        return "网上"
    if entry.fact in ("CorrectedOnSpot", "CorrectionReceived"):
        return "窗口"
    return found.case.department.name


def _coming(found: Story, today: date | None) -> list[Step]:
    titles = _COMING.get(found.now.stage, ())
    due = (
        None if found.now.stage is Stage.ABOVE else found.now.due_on
    )  # of what is asked above, he reads nothing
    late = today is not None and due is not None and today > due
    longer = today is not None and any(one.ended is None and one.overrun(today) for one in _lasting(found))
    soon = _overdue if late else _overrun if longer else _soon
    return [Step("now" if n == 0 else "next", title, text=soon(found, n)) for n, title in enumerate(titles)]


def _overdue(found: Story, n: int) -> str:
    """What the office owed by a day that is past; said plainly, with what the applicant can do."""
    if n or not found.now.due_on:
        return _soon(found, n)
    answer = "告诉您是否受理" if found.now.stage in (Stage.RECEIVED, Stage.REFUSING) else "办好这一步"
    said = (
        f"应当在 {day(found.now.due_on)}以前{answer}，已经超期，监督部门能看到。您可以拨打监督投诉电话催办。"
    )
    if not _checks_correction(found):
        return said
    return f"还在按现有材料处理。{said}" if nothing_to_add(found.now) else f"您补来的材料还在核对。{said}"


def _lasting(found: Story) -> list[Procedure]:
    """The special procedures that have not ended."""
    return [one for one in procedures(found.now.seen) if one.ended is None]


def _overrun(found: Story, n: int) -> str:
    """A procedure that lasts beyond the day he was told; said plainly."""
    if n:
        return _soon(found, n)
    going = _lasting(found)
    names, told = "、".join(one.kind for one in going), min(one.planned_end for one in going)
    return f"正在进行{names}，原来计划 {day(told)}以前结束，已经超时，监督部门能看到。您可以拨打监督投诉电话催办。"


def _soon(found: Story, n: int) -> str:
    case, now = found.case, found.now
    if n == 0 and now.stage is Stage.CORRECTING and found.corrections:
        return f"最迟 {day(found.corrections[-1][0].reply_by)}，按告知书在网上补交，或者补到窗口。"
    if n == 0 and now.due_on and _checks_correction(found):
        doing = "正在按现有材料处理" if nothing_to_add(now) else "正在核对您补来的材料"
        return f"{doing}，最迟 {day(now.due_on)}告诉您是否受理。"
    if n == 0 and now.stage in (Stage.RECEIVED, Stage.REFUSING) and now.due_on:
        return f"最迟 {day(now.due_on)}告诉您是否受理，材料缺什么会一次说清。"
    if n == 0 and (going := _lasting(found)):
        last = max(one.planned_end for one in going)
        names = "、".join(one.kind for one in going)
        until = f"最迟 {day(now.due_on)}。" if now.due_on else "期限暂停计算，结束以后接着算。"
        return f"正在进行{names}，计划 {day(last)}以前结束；{until}"
    if n == 0 and now.due_on:
        return (
            told_upward.waits_above(found)
            if now.stage is Stage.ABOVE
            else f"最迟 {day(now.due_on)}。{told_promise.owes(now)}"
        )
    return WAYS.get(case.application.delivery_way, "") if n and n == len(_COMING[now.stage]) - 1 else ""


def _checks_correction(found: Story) -> bool:
    return any(state.term.name == "check_correction" for state in found.now.running())


def _received(found: Story, fact: Any) -> str:
    return f"收到材料 {found.handed_in} 份。" if found.handed_in else ""


def _accepted(found: Story, fact: Any) -> str:
    as_is = (
        f"照现有材料受理，{len(fact.lacking)} 份材料仍缺或不符，写在受理通知书里。" if fact.lacking else ""
    )
    named = {state.term.name: state for state in reversed(found.now.terms)}
    state = next((named[name] for name in ("promised", "decide", "first_look") if name in named), None)
    if state is None:
        return as_is
    promised = "承诺" if state.term.name == "promised" else "法定"
    if not state.reckoning.days:
        return f"{as_is}{promised}{AT_ONCE}。"
    what = "完成初审，报上级决定" if "first_look" in named else "作出决定"
    return f"{as_is}{promised} {lasting(state.reckoning.days, state.reckoning.unit)}内{what}。"


def _by_silence(found: Story, fact: Any) -> str:
    return "收到申请后没有在规定的期限内告诉您结果，依法从收到那天起就是受理。"


def _asked(found: Story, fact: Any) -> str:
    return f"要补 {len(fact.materials)} 份，最迟 {day(fact.reply_by)}。"


def _answered(found: Story, fact: Any) -> str:
    return "" if fact.materials else "请按现有材料处理。接下来告诉您是否受理。"


def _reminded(found: Story, fact: Any) -> str:
    return f"请在 {day(fact.reply_by)}以前补来；再没有答复就终止办理，以后可以重新申请。"


def _refused(found: Story, fact: Any) -> str:
    refusal = next((one for one in found.refusals if one.pk == fact.refusal), None)
    if refusal is None:
        return ""
    return refusal.reasons + (f" 请向{refusal.go_to}申请。" if refusal.go_to else "")


def _question(found: Story, fact: Any) -> str:
    return f"请在 {day(fact.reply_by)}以前答复，不影响办理时限。"


def _longer(found: Story, fact: Any) -> str:
    state = next((s for s in found.now.terms if s.term.name == LENGTHENED), None)
    until = f"，最迟 {day(state.due)}作出决定" if state is not None and state.due else ""
    unit = state.reckoning.unit if state is not None else "working"
    who = "本级人民政府负责人" if fact.joint else "本机关负责人"
    return f"经{who}批准，延长 {lasting(fact.days, unit)}{until}。理由写在告知书里。"


def _begun(found: Story, fact: Any) -> str:
    """What it is, how long by plan, and whether the days stand still meanwhile."""
    stops = any(fact.kind in state.term.stops_for for state in found.now.terms)
    effect = "这段时间不算在办理期限里" if stops else "办理期限照常计算"
    return f"{fact.kind}，计划 {day(fact.planned_end)}以前结束，{effect}。"


def _ended(found: Story, fact: Any) -> str:
    one = next((p for p in procedures(found.now.seen) if p.number == fact.procedure), None)
    kind = f"{one.kind}结束" if one else "结束"
    return f"{kind}，办理期限接着算，最迟 {day(found.now.due_on)}。" if found.now.due_on else f"{kind}。"


def _explained(found: Story, fact: Any) -> str:
    return in_public(fact.cause, fact.on, fact.expected)


def _granted(found: Story, fact: Any) -> str:
    decision = found.case.decision
    until = decision.valid_until
    valid = f"，有效期至 {until.year} 年 {day(until)}" if until else ""
    return (
        " ".join(part for part in (decision.result_name, decision.result_number) if part)
        + valid
        + shorter.by_whom(fact)
    )


def _denied(found: Story, fact: Any) -> str:
    return f"理由、依据和救济途径都写在决定书里{shorter.by_whom(fact)}。"


def _sent(found: Story, fact: Any) -> str:
    one = next((d for d in found.deliveries if d.pk == fact.delivery), None)
    return f"运单号 {one.tracking}" if one else ""


def _back(found: Story, fact: Any) -> str:
    one = next((d for d in found.deliveries if d.pk == fact.delivery), None)
    return f"退回原因：{one.why_back}。请到窗口领取，或者联系我们重新寄。" if one else ""


def _waiting(found: Story, fact: Any) -> str:
    """Where the result is and how to come by it, in the way that he chose."""
    application, bring = found.case.application, _BRING[Party.Kind(found.case.applicant.kind)]
    if application.delivery_way == "download" and application.e_service:
        return (
            f"结果可以在网上下载：打开这一件的进度页，点“收下结果”。也可以{bring}到窗口领取；一直给您留着。"
        )
    if application.delivery_way == "courier":
        if any(one.why_back for one in found.deliveries):
            return f"寄出的结果退回来了，请{bring}到窗口领取，或者联系我们重新寄；一直给您留着。"
        return f"结果会按您留的地址寄出。不想等的，可以{bring}到窗口领取；一直给您留着。"
    return f"结果在窗口，请{bring}来领取；一直给您留着。"


def _put_right(found: Story, fact: Any) -> str:
    return "原来的一份文书写得不对，已重新出具，更正的原因写在新的文书里；请以新的为准，办理的期限不变。"


def _delivered(found: Story, fact: Any) -> str:
    return f"{WAYS.get(fact.way, '')}。"


_TEXTS: dict[str, Callable[[Story, Any], str]] = {
    "Received": _received,
    "Accepted": _accepted,
    "AcceptedBySilence": _by_silence,
    "CorrectionAsked": _asked,
    "CorrectionReceived": _answered,
    "CorrectionReminded": _reminded,
    "Refused": _refused,
    "NotOurs": _refused,
    "NotNeeded": _refused,
    "ExplanationAsked": _question,
    "Extended": _longer,
    "ProcedureBegun": _begun,
    "ProcedureProlonged": lambda found, fact: told_longer.prolonged(found.now.seen, fact),
    "ProcedureOverran": lambda found, fact: told_longer.overran(found.now.seen, fact),
    "HostReplaced": lambda *_: "新的主持人写在告知书里；认为他有直接利害关系的，可以申请回避。",
    "ProcedureEnded": _ended,
    "OverdueExplained": _explained,
    **told_upward.TEXTS,
    "Granted": _granted,
    "Denied": _denied,
    "LetterCorrected": _put_right,
    "Voided": lambda found, fact: corrected_words(found, fact, TITLES, STAGES[found.now.stage]),
    "Dispatched": _sent,
    "CameBack": _back,
    "ParcelSilent": lambda *_: "我们正在向快递查询。您已经收到的，请告诉我们；没有收到的，也可以到窗口领取。",
    "PickupReminded": _waiting,
    "Kept": _waiting,
    "Delivered": _delivered,
    **told_others.TEXTS,
    **shorter.TEXTS,
    **told_promise.TEXTS,
}


def shown_facts() -> Sequence[str]:
    """Every kind of fact that an applicant may read about."""
    return tuple(TITLES)
