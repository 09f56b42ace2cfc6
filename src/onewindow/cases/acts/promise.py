"""告知承诺: the applicant promises what the law demands instead of proving it, is answered at once, and may take it back.

He chooses freely: whoever does not promise is dealt with in the ordinary way. What is promised is checked afterwards
(`promise_check`).
"""

from __future__ import annotations

from datetime import datetime

from onewindow.cases.models import Case, Procedure, Promise, Signing
from onewindow.cases.route import refuse_shorter
from onewindow.cases.write import Held, hold
from onewindow.catalogue.promised import Offer, offer
from onewindow.ground.models import StoredFile
from onewindow.ground.whole import one
from onewindow.people.acts.credit import refuse_unrepaired
from onewindow.people.models import Officer, Party
from onewindow.rules import promises
from onewindow.rules.facts_promise import PromiseSigned, PromiseTakenBack
from onewindow.rules.facts_time import ProcedureEnded
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.special import procedures


@needs(Grant.INTAKE_RECEIVE)
@one
def sign_promise(
    case: Case, *, by: Officer, at: datetime, signature: StoredFile | None = None, on_paper: bool = False
) -> Promise:
    """Whoever stands at the counter read the letter and signs it, on the screen or on paper."""
    if signature is None and not on_paper:
        raise NotAllowed("告知承诺书要由申请人签字。请申请人在签名屏上签，或者签好纸质承诺书再记下。")
    how = Signing.PAPER if on_paper and signature is None else Signing.SCREEN
    return _sign(case, how, signature, by=by, at=at)


@needs(Grant.CASE_APPLY)
@one
def promise_online(case: Case, *, by: Party, at: datetime) -> Promise:
    """The applicant read the letter on his own screen and confirms it there."""
    return _sign(case, Signing.ONLINE, None, by=by, at=at)


@needs(Grant.CASE_APPLY)
@one
def take_promise_back(case: Case, *, by: Actor, at: datetime) -> Case:
    """Before the decision he goes over to the ordinary route; nothing is held against him."""
    held = hold(case)
    held.expect("PromiseTakenBack")
    now = promises.promise(held.facts)
    held.refuse(PromiseTakenBack(on=at.date(), promise=now.number if now else 0))
    assert now is not None  # refused above
    _call_off(held, by=by, at=at)
    Promise.objects.filter(pk=now.number).update(state=Promise.State.TAKEN_BACK)
    held.record(PromiseTakenBack(on=at.date(), promise=now.number), by=by, at=at)
    return held.case


def _call_off(held: Held, *, by: Actor, at: datetime) -> None:
    """What had begun on the promise waits for nobody: it ends with it, and begins anew after the acceptance."""
    for open_one in procedures(held.facts):
        if open_one.ended is not None:
            continue
        Procedure.objects.filter(pk=open_one.number, ended_on__isnull=True).update(
            ended_on=at.date(),
            outcome=Procedure.Outcome.CALLED_OFF,
            result=_CALLED_OFF,
            ended_by=by if isinstance(by, Officer) else None,
            ended_at=at,
        )
        held.record(ProcedureEnded(on=at.date(), procedure=open_one.number), by=by, at=at)


_CALLED_OFF = "申请人收回承诺，改按一般程序办理；受理以后需要的，重新开始。"


def offered(case: Case) -> Offer:
    """The promise that the item offers, whole; refuses where there is none or where a part is empty."""
    found = offer(case.version)
    if found is None:
        raise NotAllowed("本事项没有列入告知承诺事项清单，请按一般程序办理。")
    if found.empty:
        raise NotAllowed(
            f"告知承诺书还没有写明{'、'.join(found.empty)}，不能签。请先由事项管理人员补全，或者按一般程序办理。"
        )
    return found


def _sign(case: Case, how: str, signature: StoredFile | None, *, by: Actor, at: datetime) -> Promise:
    held = hold(case)
    held.expect("PromiseSigned")
    refuse_shorter(held)
    told = offered(held.case)
    refuse_unrepaired(held.case.applicant, "按告知承诺办理")
    spared = _spared(held, told)
    held.refuse(PromiseSigned(on=at.date(), promise=0, materials=spared))
    row = Promise.objects.create(
        case=held.case, how=how, signature=signature, signed_at=at, signed_on=at.date()
    )
    held.record(PromiseSigned(on=at.date(), promise=row.pk, materials=spared), by=by, at=at)
    return row


def _spared(held: Held, told: Offer) -> tuple[int, ...]:
    """The papers in whose place the promise stands."""
    listed = held.case.version.materials.filter(code__in=told.materials)
    return tuple(sorted(listed.values_list("pk", flat=True)))
