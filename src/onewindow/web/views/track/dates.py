"""为什么是这一天: how is a term of a case explained to the applicant, day by day and with the clause's own words?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow.cases.models import Procedure
from onewindow.cases.reads import told_upward
from onewindow.cases.reads.told import day
from onewindow.cases.reads.whole import Whole
from onewindow.rules import promises
from onewindow.rules.clock import ProofDay, lasting
from onewindow.rules.pack import LOCAL_WORDS
from onewindow.rules.stages import DECIDED, Stage
from onewindow.rules.standing import TermState
from onewindow.web.clauses import Clause, clauses_of
from onewindow.web.templatetags.ow_time import weekday

PROVISIONAL = "暂定，待国务院办公厅放假通知"
_STARTS = {
    "Received": "收件",
    "Accepted": "受理",
    "AcceptedBySilence": "受理",
    "CorrectionAsked": "告知",
    "CorrectionReceived": "补正",
    "ExplanationAsked": "提问",
    "Granted": "决定",
    "SentUp": "转报",
    "GrantedAbove": "上级决定",
}
_NAMES = {
    "accept": "告知是否受理",
    "check_correction": "补正后告知是否受理",
    "answer_correction": "您补正材料",
    "answer_explanation": "您作说明",
    "decide": "法定办结",
    "promised": "承诺办结",
    "deliver": "送达",
    "first_look": "法定初审",
    "above": "上级办理",
    "pass_on": "转交上级的决定",
}
_DOING = {
    "accept": "告诉您是否受理",
    "check_correction": "告诉您是否受理",
    "deliver": "送达",
    "first_look": "完成初审",
    "pass_on": "转交给您",
}
# How often the office asks above is its own affair.
INNER_TERMS = ("contact_above",)
# Ended without a word of the office: no term was kept early or late.
_UNDECIDED = (Stage.WITHDRAWN, Stage.LAPSED)
# In which words a case ended without a result.
ENDINGS = {
    Stage.WITHDRAWN: "撤回",
    Stage.LAPSED: "终止",
    Stage.REFUSED: "决定不予受理",
    Stage.NOT_OURS: "告知不归本机关办理",
    Stage.NOT_NEEDED: "告知不用办理",
    Stage.EXEMPT: "告知免予审批",
    Stage.FILED: "备案",
}
# The term that a finished case is explained by: the first of these that it had.
_TELLING = ("promised", "decide", "check_correction", "accept")


@dataclass(frozen=True)
class Explained:
    """One term with its proof."""

    name: str
    days: str
    due: date | None
    why: str
    start_word: str
    proof: Sequence[ProofDay]
    clauses: Sequence[Clause]
    note: str
    provisional: bool
    ended: date | None
    outcome: str
    key: str


def main_term(found: Whole) -> TermState | None:
    """The term that the page is about: the earliest that the office owes, else the applicant's own, else the one that ended it.

    None while a special procedure lets all of them stand still.
    """
    running = [state for state in found.now.running() if state.due and state.term.name not in INNER_TERMS]
    owed = sorted((s for s in running if s.owed_by_office), key=lambda s: (s.due, s.term.legal))
    theirs = [s for s in running if not s.owed_by_office]
    if owed or theirs:
        return (owed or theirs)[0]
    if standing_still(found):
        return None
    ended = {s.term.name: s for s in found.now.terms if s.due}
    return next((ended[name] for name in _TELLING if name in ended), None)


def standing_still(found: Whole) -> list[Procedure]:
    """The special procedures for which the terms of the case stand still; none while one runs."""
    stops = {kind for state in found.now.running() for kind in state.term.stops_for}
    return [one for one in found.running if one.kind in stops] if found.now.held else []


def explained(found: Whole, state: TermState) -> Explained:
    """A term in words, with every day counted or not."""
    term = state.term
    start = next((_STARTS[fact] for fact in term.runs_from if fact in _STARTS), "当日")
    return Explained(
        name=_NAMES.get(term.name, term.title_zh),
        days=lasting(state.reckoning.days, state.reckoning.unit),
        due=state.due,
        why=_why(found, state),
        start_word="答复" if start == _STARTS["CorrectionReceived"] and found.nothing_to_add else start,
        proof=found.proof(state) if state.reckoning.days else (),
        clauses=clauses_of(found, state),
        note=LOCAL_WORDS if term.setting else "",
        provisional=state.reckoning.provisional,
        ended=state.ended,
        outcome=_outcome(found, state),
        key=found.key(state),
    )


def others(found: Whole, main: TermState | None) -> list[Explained]:
    """The other terms that still run, each with its own proof."""
    shown = (s for s in found.now.running() if s.due and s.term.name not in INNER_TERMS)
    return [explained(found, state) for state in shown if state is not main]


def _why(found: Whole, state: TermState) -> str:
    start = day(state.reckoning.start)
    if not state.reckoning.days:
        return f"承诺在受理当天（{start}）办结。"
    counted = f"{start}当天不算，从次日起数"
    rest = (
        "；节假日不算，调休上班的周末要算" if state.reckoning.unit == "working" else "；最后一天遇休息日顺延"
    )
    return f"{_shorter(found, state)}{counted}{rest}。"


def _shorter(found: Whole, state: TermState) -> str:
    if state.term.name != "promised":
        return ""
    legal = next((s for s in found.now.terms if s.term.name == "decide"), None)
    if legal is None or legal.reckoning.unit != state.reckoning.unit:
        return "这是承诺的时限。"
    by_law = legal.reckoning.first_days
    less = by_law - state.reckoning.days
    return f"承诺的时限，比法定的 {by_law} 个少 {less} 个。" if less > 0 else "承诺的时限，与法定的相同。"


def _outcome(found: Whole, state: TermState) -> str:
    if state.ended is None or state.due is None or found.now.stage in _UNDECIDED:
        return ""
    days = found.law.calendar.between(state.ended, state.due)
    if not state.reckoning.days and not days:
        return f"{day(state.ended)}当场{_done(state)}"
    if days < 0:
        return f"{day(state.ended)}才{_done(state)}，超过 {-days} 个工作日"
    return f"{day(state.ended)}{_done(state)}，" + (f"提前 {days} 个工作日" if days else "就在最后一天")


def _done(state: TermState) -> str:
    return "作出决定" if state.term.name in ("promised", "decide") else "告知"


def headline(found: Whole, state: TermState | None, today: date) -> str:
    """The one sentence at the head of the page."""
    if found.case.closed_on is not None:
        return _ended(found, found.case.closed_on)
    if state is None or state.due is None:
        going = "、".join(one.kind for one in standing_still(found))
        return f"正在进行{going}，期限暂停计算" if going else "现在没有在算的期限"
    if said := _waiting(found, state):
        return said
    due, left = weekday(state.due), found.law.calendar.between(today, state.due)
    doing = _DOING.get(state.term.name, "作出决定")
    if state.term.owed_by == "above":
        return f"由{told_upward.organ_of(found)}在 {due}以前决定"
    if state.term.owed_by != "office":
        return f"请在 {due}以前补正或答复" + (f"，还有 {left} 个工作日" if left > 0 else "")
    late = f"应当在 {due}以前{doing}，已经超过 {-left} 个工作日"
    return late if left < 0 else f"{due}以前{doing}，" + (f"还有 {left} 个工作日" if left else "就是今天")


def _ended(found: Whole, on: date) -> str:
    """How it ended; what is still asked of him because of his promise comes before."""
    now = promises.live(found.now.seen)
    if now is not None and not now.revoked:
        if now.revocation and now.reply_by is not None:
            return f"打算撤销原来的决定，请在 {weekday(now.reply_by)}以前说明您的意见"
        if now.mend_by is not None and not now.mended:
            return f"请在 {weekday(now.mend_by)}以前整改好"
    revoked = getattr(getattr(found.case, "decision", None), "revoked_on", None)
    ended = "" if revoked == on else f"{weekday(on)}{ENDINGS.get(found.now.stage, '办结')}"
    return "，".join(
        part for part in (ended, f"{weekday(revoked)}撤销了原来的决定" if revoked else "") if part
    )


def _waiting(found: Whole, state: TermState) -> str:
    """What is decided and only has to reach him; empty while something else is owed."""
    if state.rests_since is not None:
        return f"结果在等您来领取，{weekday(state.rests_since)}提醒过您"
    if state.ended is not None and found.now.stage in DECIDED:
        return f"{weekday(state.ended)}已经作出决定，等着送到您手上"
    return ""
