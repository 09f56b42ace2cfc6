"""意见建议的行为: what was said in the hall is written down, summed up each day, decided, carried out and answered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.hall.write import refuse_on_machine
from onewindow.helping.models import Remark, Summary
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall
from onewindow.places.write import journalise
from onewindow.rules.facts_guiding import DaySummed, RemarkDecided, RemarkDone, RemarkEntered
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, tidy_phone

_SHORTEST = 4


@needs(Grant.HALL_TAKE)
@transaction.atomic
def enter_remark(
    hall: Hall,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    text: str,
    source: Remark.Source = Remark.Source.GUIDE,
    party: Party | None = None,
    phone: str = "",
) -> Remark:
    """登记意见建议: by a guide for whoever said it, or by the visitor himself."""
    refuse_on_machine()
    if kind not in Remark.Kind.values:
        raise NotAllowed("请选择是哪一类意见。")
    if len(text.strip()) < _SHORTEST:
        raise NotAllowed("请写明意见或者建议，至少四个字。")
    number = tidy_phone(phone)
    if number and (wrong := phone_fault(number)):
        raise NotAllowed(wrong)
    made = Remark.objects.create(
        county=hall.county,
        hall=hall,
        day=at.date(),
        at=at,
        kind=kind,
        source=source.value,
        by=by.actor_code,
        text=text.strip()[:300],
        party=party,
        phone=number,
    )
    journalise(hall.county, RemarkEntered(on=at.date(), remark=made.pk), by=by, at=at)
    return made


@needs(Grant.HALL_TAKE)
@transaction.atomic
def send_summary(hall: Hall, *, by: Actor, at: datetime, day: date, note: str = "") -> Summary:
    """报送当日汇总 to whoever answers it: all entries of the day, once; what is entered later the same day joins it."""
    refuse_on_machine()
    if day > at.date():
        raise NotAllowed("这一天还没有到，请到那天再报送。")
    return _sum(hall, by, at, day, note)


@needs(Grant.HALL_TICK)
@transaction.atomic
def sum_up(hall: Hall, *, by: Actor, at: datetime, day: date) -> Summary:
    """当日汇总 of a day that is over, by itself where nobody sent it: nothing that was entered is lost."""
    return _sum(hall, by, at, day, "")


@needs(Grant.HALL_IMPROVE)
@transaction.atomic
def decide_remark(
    remark: Remark,
    *,
    by: Actor,
    at: datetime,
    adopted: bool,
    answer: str,
    owner: Officer | None = None,
    due: date | None = None,
) -> Remark:
    """答复意见建议: adopted with somebody who carries it out by a day, or not; always with an answer."""
    held = _held(remark)
    if held.decided_at is not None:
        raise NotAllowed("这一条已经答复。请刷新后再看。")
    if len(answer.strip()) < _SHORTEST:
        raise NotAllowed("请写明答复，至少四个字，提的人会看到。")
    if adopted and (owner is None or due is None):
        raise NotAllowed("请写明由谁负责、什么时候完成，再采纳。")
    if adopted and due is not None and due < at.date():
        raise NotAllowed("完成的日子已经过了，请另选一天。")
    held.adopted, held.answer = adopted, answer.strip()[:300]
    held.owner, held.due = (owner, due) if adopted else (None, None)
    held.decided_by, held.decided_at = by.actor_code, at
    held.save(update_fields=["adopted", "answer", "owner", "due", "decided_by", "decided_at"])
    journalise(held.county, RemarkDecided(on=at.date(), remark=held.pk, adopted=adopted), by=by, at=at)
    return held


@needs(Grant.HALL_IMPROVE)
@transaction.atomic
def finish_remark(remark: Remark, *, by: Actor, at: datetime, outcome: str) -> Remark:
    """改进完成: what was done; whoever said it is told."""
    held = _held(remark)
    if not held.adopted or held.done_at is not None:
        raise NotAllowed("这一条没有等着完成的改进。请刷新后再看。")
    if len(outcome.strip()) < _SHORTEST:
        raise NotAllowed("请写明做了什么，至少四个字。")
    held.outcome, held.done_at = outcome.strip()[:300], at
    held.save(update_fields=["outcome", "done_at"])
    journalise(held.county, RemarkDone(on=at.date(), remark=held.pk), by=by, at=at)
    return held


def _sum(hall: Hall, by: Actor, at: datetime, day: date, note: str) -> Summary:
    try:
        with transaction.atomic():
            made = Summary.objects.create(
                county=hall.county,
                hall=hall,
                day=day,
                note=note.strip()[:300],
                sent_by=by.actor_code,
                sent_at=at,
            )
    except IntegrityError:
        raise NotAllowed("这一天的汇总已经报送，后来登记的会自动加进去。请刷新后再看。") from None
    entries = Remark.objects.filter(hall=hall, day=day).count()
    journalise(hall.county, DaySummed(on=at.date(), summary=made.pk, entries=entries), by=by, at=at)
    return made


def _held(remark: Remark) -> Remark:
    return Remark.objects.select_for_update(of=("self",)).select_related("hall").get(pk=remark.pk)
