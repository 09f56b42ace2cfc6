"""受理: the papers are complete, or nobody answered in time; the days to decide begin."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.cases.accepting import write_acceptance
from onewindow.cases.chief import OwnIntake, chief_of
from onewindow.cases.examined import decision_steps
from onewindow.cases.judged import Looked, look
from onewindow.cases.law import may_accept, pack_for
from onewindow.cases.models import Case
from onewindow.cases.route import SHORTER, refuse_shorter, route_at
from onewindow.cases.write import Held, hold, settle_open
from onewindow.ground.together import written
from onewindow.ground.whole import one
from onewindow.people.bars import bar_on, sentence
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import here
from onewindow.rules import promises
from onewindow.rules.facts import AcceptedBySilence
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_ACCEPT)
@one
def accept(case: Case, *, by: Actor, at: datetime) -> Case:
    """Accept the application (行政许可法 32(五)); the window accepts where the department delegated it.

    What is judged is what is accepted: the letter says that the papers are complete, so all were looked at.
    """
    held, looked = _looked(case, by, "受理")
    promise = promises.live(held.facts)
    spared = promise.materials if promise is not None else ()
    if lacking := [one for one in looked.counting(held.asked) if one.pk not in spared]:
        names = "、".join(material.name for material in lacking)
        ways = (
            "请改核对结果、当场更正，或者照现有材料受理。"
            if held.asked
            else "请改核对结果、当场更正，或者一次性告知补正。"
        )
        raise NotAllowed(f"还有材料核对为缺或不符：{names}。{ways}")
    one_step, chief = in_one_step(held), chief_of(held.case, by, Grant.CASE_ACCEPT)
    write_acceptance(held, by=by, at=at, one_step=one_step, chief=chief)
    return held.case


def in_one_step(held: Held) -> bool:
    """Whether nobody examines before the decision: the item has one step, or the applicant promised (告知承诺)."""
    return decision_steps(held.case.version) == 1 or promises.live(held.facts) is not None


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def accept_as_is(case: Case, *, by: Actor, at: datetime) -> Case:
    """照现有材料受理: the one notice is used up and papers still lack, so it is decided on what is there.

    What was found lacking stays found lacking, in the journal and in the letter; the decision weighs it.
    """
    held, looked = _looked(case, by, "照现有材料受理")
    if not held.asked:
        raise NotAllowed("还没有一次性告知过补正，不能照现有材料受理。请先一次性告知申请人要补什么。")
    lacking = tuple(sorted(material.pk for material in looked.counting(held.asked)))
    if not lacking:
        raise NotAllowed("材料已经核对齐全，请直接办“受理”。")
    one_step, chief = in_one_step(held), chief_of(held.case, by, Grant.CASE_ACCEPT)
    write_acceptance(held, by=by, at=at, one_step=one_step, chief=chief, lacking=lacking)
    return held.case


def _looked(case: Case, by: Actor, then: str) -> tuple[Held, Looked]:
    """The case, held by somebody who may accept it, with everything judged."""
    held = hold(case)
    may_accept(held.case, by)
    held.expect("Accepted")
    refuse_unacceptable(held)
    looked = look(held.case)
    looked.refuse_pending(then)
    return held, looked


def refuse_unacceptable(held: Held) -> None:
    """Refuse what is not accepted at all, however whole its papers are."""
    _refuse_barred(held.case)
    refuse_shorter(held)


def _refuse_barred(case: Case) -> None:
    """What came in while he was barred is not accepted; a bar of later does not reach back (行政许可法 78: 再次申请)."""
    if case.applicant.barred_until is None:
        return
    bar = bar_on(case.applicant, case.version.item.subject_id, case.received_on)
    if bar is not None and bar.at < case.received_at:
        raise NotAllowed(f"{sentence(bar, case.applicant_name)}请依法作出不予受理的决定。")


@needs(Grant.INTAKE_RECEIVE)
def accept_with_receipt(case: Case, *, by: Officer, at: datetime, county: County | None = None) -> Case:
    """收件即受理: where the pack says so, complete papers are accepted in the moment in which they come in.

    Where the department keeps the acceptance to itself, or this clerk may not accept, it stays a receipt.
    """
    pack = pack_for(county or here(), case.pack, case.received_on)
    said = pack.holds("intake.receipt_is_acceptance", case.version.kind)
    if not (
        said
        and case.stage == Stage.RECEIVED
        and route_at(case, pack) not in SHORTER
        and by.may(Grant.CASE_ACCEPT, case)
    ):
        return case
    written()  # the receipt, before it is read
    if not _complete(case):
        return case
    own = case.department_id in by.department_ids
    if not own and not case.department.window_accepts:
        return case
    try:
        chief_of(case, by, Grant.CASE_ACCEPT)
    except OwnIntake:  # another accepts what a 首席事务代表 took in himself
        return case
    return accept(case, by=by, at=at)


def _complete(case: Case) -> bool:
    """Whether somebody looked at the papers and found all that every applicant needs, and nothing amiss."""
    looked = look(case)
    return looked.any_found and not looked.pending and not looked.lacking


@needs(Grant.CASE_TICK)
@transaction.atomic
def accept_by_silence(case: Case, *, by: Actor, at: datetime) -> bool:
    """Accept by law when nobody told the applicant anything in time (行政许可法 32(四)).

    Recorded on the day after the term, with effect from the day when the papers came in. Returns
    whether it applied; a provisional date does not act.
    """
    held = hold(case)
    if not held.pack.holds("accept.deemed", held.case.version.kind):
        return False
    term = next((state for state in held.now.running() if state.term.name == "accept"), None)
    if term is None or term.due is None or term.reckoning.provisional or at.date() <= term.due:
        return False
    if held.now.stage is Stage.REFUSING:
        settle_open(held.case, at=at, why="期限内没有告知申请人，已经视为受理，提请失效")
    received: date = term.reckoning.start
    fact = AcceptedBySilence(on=received, recorded_on=at.date(), one_step=in_one_step(held))
    held.record(fact, by=by, at=at)
    return True
