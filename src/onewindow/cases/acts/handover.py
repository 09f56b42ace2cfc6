"""移交: everything that is open in somebody's name goes to another, listed, signed by both, case by case.

Nothing moves before both have signed. Then each case goes over by itself, in its own transaction, so that a thousand
of them block nobody; what may not go to the receiver (he took it in, he examined it) stays and is told to the head.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from onewindow.cases.acts.examine import not_own_intake
from onewindow.cases.models import Case, Handover, HandoverLine, Procedure
from onewindow.cases.reads.handing import LEFT, lines_of
from onewindow.cases.write import Held, hold
from onewindow.guidance import acts as guidance
from onewindow.guidance.models import Asked
from onewindow.intake.acts.counter import pass_drafts
from onewindow.people.away import away
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts import Reviewed
from onewindow.rules.facts_absence import (
    HandedOver,
    HandoverCalledOff,
    HandoverOpened,
    HandoverSigned,
    HandoverTaken,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

Kind, State = HandoverLine.Kind, Handover.State
AGAIN = "移交单的情况刚刚变了，请刷新后再看。"


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def draw_up(officer: Officer, *, by: Officer, at: datetime, to: Officer, reason: str) -> Handover:
    """He lists himself what he hands over."""
    return _open(officer, to, reason, by=by, at=at)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def arrange(post: Post, *, officer: Officer, by: Officer, at: datetime, to: Officer, reason: str) -> Handover:
    """The head lists it for somebody of his department."""
    _refuse_elsewhere(post, officer)
    return _open(officer, to, reason, by=by, at=at)


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def sign(handover: Handover, *, by: Officer, at: datetime) -> Handover:
    """移交人签字: the list is made anew in this moment, so that he signs what is so."""
    return _sign(handover, by=by, at=at)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def sign_for(post: Post, *, handover: Handover, by: Officer, at: datetime) -> Handover:
    """The head signs for somebody who cannot: gone, ill, or he will not."""
    _refuse_elsewhere(post, handover.officer)
    return _sign(handover, by=by, at=at)


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def take(handover: Handover, *, by: Officer, at: datetime) -> Handover:
    """接收人签字: from now on all of it is his; the cases follow one by one."""
    held = _hold(handover, State.SIGNED)
    if by.pk != held.to_id:
        raise NotAllowed(f"接收人是{held.to.name}，请由他本人签字接收。")
    held.state, held.taken_at = State.TAKEN, at
    held.save(update_fields=["state", "taken_at"])
    journalise(held.county, HandoverTaken(on=at.date(), handover=held.pk), by=by, at=at)
    return held


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def take_all(post: Post, *, officer: Officer, by: Officer, at: datetime, reason: str) -> Handover:
    """The head takes all of it himself, in one press: he lists it, signs for the other and receives it."""
    handover = arrange(post, officer=officer, by=by, at=at, to=by, reason=reason)
    return take(sign_for(post, handover=handover, by=by, at=at), by=by, at=at)


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def call_off(handover: Handover, *, by: Officer, at: datetime) -> Handover:
    """撤销, while nothing was taken over: by whoever is next to sign."""
    held = _hold(handover, State.OPEN, State.SIGNED)
    held.state = State.OFF
    held.save(update_fields=["state"])
    journalise(held.county, HandoverCalledOff(on=at.date(), handover=held.pk), by=by, at=at)
    return held


@needs(Grant.CASE_TICK)
def move(handover: Handover, *, by: Actor, at: datetime) -> int:
    """What both have signed goes over, each line in a transaction of its own; safe to run again where it stopped."""
    waiting = HandoverLine.objects.filter(handover=handover, moved_at__isnull=True, stayed="")
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        _move(pk, handover, by=by, at=at)
    with transaction.atomic():
        pass_drafts(handover.officer, by=by, to=handover.to)
        Handover.objects.filter(pk=handover.pk, moved_at__isnull=True).update(moved_at=at)
    return HandoverLine.objects.filter(handover=handover, moved_at__isnull=False).count()


def _refuse_elsewhere(post: Post, officer: Officer) -> None:
    if not Holding.objects.filter(post=post, officer=officer).exists():
        raise NotAllowed(f"{officer.name}不在这个岗位上，请从他的岗位办移交。")


def _open(officer: Officer, to: Officer, reason: str, *, by: Officer, at: datetime) -> Handover:
    organisation(officer.county)
    if len(reason.strip()) < 2:
        raise NotAllowed("请写明为什么移交，如调岗、离岗、长期外出。")
    if to.pk == officer.pk or to.county != officer.county or to.left_on is not None:
        raise NotAllowed(f"不能移交给{to.name}，请另选一位在岗的同志。")
    if away([to.pk], at.date(), at.date()):
        raise NotAllowed(f"{to.name}现在不在岗，不能接收。请另选一位同志，或者等他回来。")
    try:
        with transaction.atomic():
            made = Handover.objects.create(
                county=officer.county,
                officer=officer,
                to=to,
                reason=reason.strip()[:200],
                opened_by=by.actor_code,
                opened_at=at,
            )
    except IntegrityError as twice:
        raise NotAllowed(f"{officer.name}已经有一张没有办完的移交单，请先签完或者撤销那一张。") from twice
    _list(made)
    fact = HandoverOpened(on=at.date(), handover=made.pk, officer=officer.pk, to=to.pk)
    journalise(officer.county, fact, by=by, at=at)
    return made


def _list(handover: Handover) -> None:
    HandoverLine.objects.filter(handover=handover).delete()
    lines = lines_of(handover)
    if not lines:
        raise NotAllowed(f"{handover.officer.name}手上没有要移交的，不用开移交单。请刷新后再看。")
    HandoverLine.objects.bulk_create(lines, batch_size=500)


def _sign(handover: Handover, *, by: Officer, at: datetime) -> Handover:
    held = _hold(handover, State.OPEN)
    _list(held)
    held.state, held.signed_by, held.signed_at = State.SIGNED, by.actor_code, at
    held.save(update_fields=["state", "signed_by", "signed_at"])
    journalise(held.county, HandoverSigned(on=at.date(), handover=held.pk), by=by, at=at)
    return held


def _hold(handover: Handover, *states: Handover.State) -> Handover:
    organisation(handover.county)
    rows = Handover.objects.select_for_update(of=("self",)).select_related("officer", "to")
    held = rows.get(pk=handover.pk)
    if held.state not in states:
        raise NotAllowed(AGAIN)
    return held


@transaction.atomic
def _move(line: int, handover: Handover, *, by: Actor, at: datetime) -> None:
    held = HandoverLine.objects.select_for_update(of=("self",)).filter(pk=line, moved_at__isnull=True).first()
    if held is None:
        return
    try:
        _carry(held, handover, by=by, at=at)
    except NotAllowed as refusal:
        held.stayed = str(refusal)[:200]
        held.save(update_fields=["stayed"])
    else:
        held.moved_at = at
        held.save(update_fields=["moved_at"])


def _carry(line: HandoverLine, handover: Handover, *, by: Actor, at: datetime) -> None:
    if line.kind == Kind.CASE:
        _hand_over(Case.objects.get(subject=line.subject_id), handover, at=at)
    elif line.kind == Kind.ASKED:
        guidance.pass_on(Asked.objects.get(subject=line.subject_id), by=by, at=at, to=handover.to)
    elif line.kind == Kind.HEARING:
        lasts = Procedure.objects.filter(
            case__subject=line.subject_id, host=handover.officer, ended_on__isnull=True
        )
        if lasts.exists():
            raise NotAllowed("听证主持人由部门负责人更换，并告知参加人。请他在办件页上办。")


def _hand_over(case: Case, handover: Handover, *, at: datetime) -> None:
    """One case: it is still his, the receiver may go on with it, and four eyes stay four."""
    held, to = hold(case), handover.to
    held.expect(HandedOver.__name__)
    if held.case.examiner_id != handover.officer_id:
        raise NotAllowed(LEFT)
    to.day = at.date()
    needed, word = _needed(held, handover.officer)
    if not to.may(needed, held.case):
        raise NotAllowed(f"{to.name}没有{word}本件的权限，请由部门负责人转给别的同志。")
    if needed is Grant.CASE_DECIDE and to.actor_code in held.who_did(Reviewed.__name__):
        raise NotAllowed(f"本件由{to.name}审核，不能由他决定，请由部门负责人转给别的同志。")
    not_own_intake(held, to)
    held.case.examiner = to
    fact = HandedOver(on=at.date(), officer=handover.officer_id, to=to.pk, handover=handover.pk)
    held.record(fact, by=to, at=at)


def _needed(held: Held, officer: Officer) -> tuple[Grant, str]:
    """What he was to do with it: who examined it stays its examiner while another decides."""
    if not held.case.opinions.filter(sent_back=False).exists():
        return Grant.CASE_EXAMINE, "审核"
    last = held.case.opinions.filter(sent_back=False).order_by("-id").values_list("by", "instead_of").first()
    examined = held.now.stage == "examining" or officer.pk in (last or ())
    return (Grant.CASE_EXAMINE, "审核") if examined else (Grant.CASE_DECIDE, "决定")
