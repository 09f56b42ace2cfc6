"""问责的行为: call a department to account, let it answer, send the answer back once, accept it with what was found."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from onewindow.cases.models import Case
from onewindow.cases.write import Held, hold
from onewindow.journal.models import Entry
from onewindow.oversight.models import Answer, Overdue
from onewindow.people.models import Officer
from onewindow.people.reads import colleagues
from onewindow.rules import account
from onewindow.rules.facts_watch import (
    OverdueCalled,
    OverdueExplained,
    OverdueSentBack,
    OverdueSettled,
    OverdueTakenBack,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.overdue import Cause, Finding
from onewindow.rules.pack import InForce, Term
from onewindow.rules.stages import DECIDED, Stage
from onewindow.rules.standing import TermState
from onewindow.rules.turns import OVER

LONGEST = 1000
DECIDING = ("promised", "decide")


class Unfit(NotAllowed):
    """An answer with faults, told field by field."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("　".join(by_field.values()))
        self.by_field = by_field


@needs(Grant.CASE_TICK)
@transaction.atomic
def call_to_account(case: Case, *, by: Actor, at: datetime, cause: Entry) -> Overdue | None:
    """Demand of the department that it answers for a term that it did not keep; once for each run of a term."""
    told = cause.body
    if told["light"] not in [lit.value for lit in OVER]:
        return None
    held = hold(case)
    state = _term(held, told["term"])
    if state is None or not asks(held.pack, state.term):
        return None
    since = state.reckoning.start
    stands = Q(case=held.case, term=state.term.name, since=since) & ~Q(state=Overdue.State.VOID)
    if Overdue.objects.filter(
        stands | Q(cause=cause)
    ).exists():  # one taken back is not called again by its light
        return None
    due = date.fromisoformat(told["due"])
    made = Overdue.objects.create(
        county=held.case.county,
        case=held.case,
        department=held.case.department,
        cause=cause,
        term=state.term.name,
        term_title=state.term.title_zh,
        since=since,
        due_on=due,
        legal=state.term.legal,
        opened_at=at,
    )
    fact = OverdueCalled(on=at.date(), overdue=made.pk, term=made.term, due=due)
    held.record(fact, by=by, at=at)
    return made


def asks(pack: InForce, term: Term) -> bool:
    """Whether an overrun has to be answered for: of the time to decide everywhere (优化营商环境条例 36), of every legal
    term, and of every term where the text of the place demands it."""
    if term.name in DECIDING and pack.holds("overdue.reason"):
        return True
    return term.legal or pack.rule("alert.overdue") is not None


@needs(Grant.OVERDUE_ANSWER)
@transaction.atomic
def explain(
    overdue: Overdue,
    *,
    by: Officer,
    at: datetime,
    responsible: int,
    cause: str,
    why: str,
    done: str,
    expected: date | None = None,
) -> Answer:
    """Say for the department who, why and what is done; the cause reaches the applicant in public words."""
    held, row = _hold(overdue)
    if not row.to_answer:
        raise NotAllowed("这份超期说明已经交了。请刷新后再看。")
    until = at.date() if finished(row, held.case) else expected
    faults = _faults(row, at.date(), responsible, cause, why, done, until)
    if not faults and until is not None and (last := _legal_day(held, at.date())) and until > last:
        faults["expected"] = f"法定期限到 {last.month} 月 {last.day} 日，预计办好的日期不能晚于那一天。"
    if faults or until is None:
        raise Unfit(faults)
    answer = Answer.objects.create(
        overdue=row,
        place=row.answers.count() + 1,
        responsible_id=responsible,
        cause=cause,
        why=why.strip(),
        done=done.strip(),
        expected=until,
        by=by,
        at=at,
    )
    _move(row, Overdue.State.ANSWERED)
    fact = OverdueExplained(on=at.date(), overdue=row.pk, answer=answer.pk, cause=cause, expected=until)
    held.record(fact, by=by, at=at)
    return answer


@needs(Grant.OVERDUE_SETTLE)
@transaction.atomic
def send_back(overdue: Overdue, *, by: Officer, at: datetime, remark: str) -> Answer:
    """Ask for the explanation once more, and say what is missing; not a second time."""
    held, row = _hold(overdue)
    answer = _to_judge(held, row, by)
    if answer.place > 1:
        raise NotAllowed("已经退回过一次，不能再退。请认定以后采纳，不同意的写在处理意见里。")
    if len(remark.strip()) < 2:
        raise Unfit({"remark": "请写明哪里没有说清楚，部门照着补充。"})
    _judge(answer, accepted=False, remark=remark, by=by, at=at)
    _move(row, Overdue.State.SENT_BACK)
    fact = OverdueSentBack(on=at.date(), overdue=row.pk, answer=answer.pk)
    held.record(fact, by=by, at=at)
    return answer


@needs(Grant.OVERDUE_SETTLE)
@transaction.atomic
def settle(
    overdue: Overdue,
    *,
    by: Officer,
    at: datetime,
    finding: str,
    remark: str = "",
    gravity: str = "",
    penalty: str = "",
) -> Answer:
    """Accept the explanation with what was found; where no reason was found, how grave it is and what follows."""
    held, row = _hold(overdue)
    answer = _to_judge(held, row, by)
    if finding not in list(Finding):
        raise Unfit({"finding": "请选择认定的结论。"})
    blamed = finding != Finding.REASONED
    if blamed and (wrong := account.faults(gravity, penalty, remark)):
        raise Unfit({field: f"没有正当理由的，{said}" for field, said in wrong.items()})
    answer.finding = finding
    answer.gravity, answer.penalty = (gravity, penalty) if blamed else ("", "")
    _judge(answer, accepted=True, remark=remark, by=by, at=at)
    _move(row, Overdue.State.SETTLED)
    fact = OverdueSettled(on=at.date(), overdue=row.pk, answer=answer.pk, finding=finding)
    held.record(fact, by=by, at=at)
    return answer


@needs(Grant.OVERDUE_SETTLE)
@transaction.atomic
def take_back(overdue: Overdue, *, by: Officer, at: datetime, reason: str) -> Overdue:
    """不成立: a notice moved the day afterwards, and by the new one nothing was late; the record stays, with the reason."""
    held, row = _hold(overdue)
    if row.state == Overdue.State.VOID:
        raise NotAllowed("这一条已经认定不成立。请刷新后再看。")
    if len(reason.strip()) < 2:
        raise Unfit({"reason": "请写明为什么不成立，如放假通知改了工作日。"})
    state = _term(held, row.term)
    due = state.due if state is not None and state.reckoning.start == row.since else None
    if state is None or due is None or due <= row.due_on or (state.ended or at.date()) > due:
        raise NotAllowed(
            "到期日没有因为放假通知推后，或者照新的到期日也超期了，不能认定不成立。请照常审核说明。"
        )
    row.state, row.void_why, row.void_by, row.void_at = Overdue.State.VOID, reason.strip()[:500], by, at
    row.save(update_fields=["state", "void_why", "void_by", "void_at"])
    held.record(OverdueTakenBack(on=at.date(), overdue=row.pk, due=due), by=by, at=at)
    return row


def _hold(overdue: Overdue) -> tuple[Held, Overdue]:
    """The case first, as every act on it does, then the record; two who press at once come one after the other."""
    held = hold(overdue.case)
    return held, Overdue.objects.select_for_update(of=("self",)).get(pk=overdue.pk)


def _term(held: Held, name: str) -> TermState | None:
    return next((state for state in held.now.terms if state.term.name == name), None)


def _legal_day(held: Held, today: date) -> date | None:
    """The last day that the law still leaves, where it has not passed: nothing later may be announced as kept."""
    days = [
        s.due for s in held.now.running() if s.term.legal and s.due and s.owed_by_office and s.due >= today
    ]
    return min(days, default=None)


def finished(row: Overdue, case: Case) -> bool:
    """Whether what was late is done by now: nobody has to say by when it will be."""
    return not case.is_open or (row.term in DECIDING and Stage(case.stage) in DECIDED)


def _faults(
    row: Overdue, today: date, responsible: int, cause: str, why: str, done: str, expected: date | None
) -> dict[str, str]:
    faults = {}
    if responsible not in {one.pk for one in responsible_of(row, today)}:
        faults["responsible"] = "请在本部门和收件窗口的工作人员里选择责任人。"
    if cause not in list(Cause):
        faults["cause"] = "请选择超期的原因。"
    for name, text, word in (("why", why, "为什么超期"), ("done", done, "怎么补救")):
        if not 5 <= len(text.strip()) <= LONGEST:
            faults[name] = f"请写明{word}，5 到 {LONGEST} 个字。"
    if expected is None or expected < today:
        faults["expected"] = "请填写预计办好的日期，不早于今天。"
    return faults


def responsible_of(row: Overdue, day: date) -> list[Officer]:
    """Who may be named: the department's own people, and who took the case in or has it."""
    beside = [one for one in (row.case.examiner, row.case.taken_by) if one is not None]
    found = {one.pk: one for one in (*colleagues(row.department_id, day), *beside)}
    return list(found.values())


def _to_judge(held: Held, row: Overdue, by: Officer) -> Answer:
    """The answer that waits; nobody judges one that he gave or that names him."""
    if row.state != Overdue.State.ANSWERED:
        raise NotAllowed("这份超期说明现在不等审核。请刷新后再看。")
    answer = row.answers.order_by("-place")[0]
    his = held.who_did(OverdueExplained.__name__, overdue=row.pk)
    his |= {f"officer:{answer.by_id}", f"officer:{answer.responsible_id}"}
    if his & held.both(by, OverdueSettled.__name__):
        raise NotAllowed("您是说明人或者责任人，请由另一位督查人员审核。")
    return answer


def _judge(answer: Answer, *, accepted: bool, remark: str, by: Officer, at: datetime) -> None:
    answer.accepted, answer.remark = accepted, remark.strip()[:500]
    answer.settled_by, answer.settled_at = by, at
    said = ["accepted", "finding", "gravity", "penalty", "remark"]
    answer.save(update_fields=[*said, "settled_by", "settled_at"])


def _move(row: Overdue, state: Overdue.State) -> None:
    row.state = state
    row.save(update_fields=["state"])
