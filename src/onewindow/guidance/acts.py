"""首问负责: whoever is asked first writes it down and follows it until it is answered or somebody else has taken it over.

Handing on is an offer: the question stays with whoever has it until the other has confirmed (河东 三(二)5, 济宁 第十二条).
For a case nothing is written here: who took it in at the counter was asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onewindow.ground.series import take
from onewindow.guidance.models import Asked
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.people.away import away, covers_of
from onewindow.people.models import Officer, Party
from onewindow.places.reads import here, pack_here, workdays
from onewindow.rules.facts import Fact
from onewindow.rules.facts_asked import (
    KIND,
    AskedAnswered,
    AskedDeclined,
    AskedOffered,
    AskedReminded,
    AskedTaken,
    FirstAsked,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault

LONGEST = 2000


class Faulty(NotAllowed):
    """What was written down has faults, told field by field."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("".join(by_field.values()))
        self.by_field = by_field


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is written down: how he asked, what, who he is and where he is called back, as far as he says so."""

    channel: str
    what: str
    who: str = ""
    phone: str = ""
    party: Party | None = None
    about: Subject | None = None


@needs(Grant.ASKED_KEEP)
@transaction.atomic
def ask_first(officer: Officer, *, by: Officer, at: datetime, told: Told, answer: str = "") -> Asked:
    """首问登记, by whoever was asked; what he can answer at once is answered with it."""
    _refuse(told)
    today = at.date()
    number = f"SW{today:%Y%m%d}-{take(officer.county, f'asked:{today:%Y%m%d}'):04}"
    days = pack_here(here()).setting("first_asked.days").value
    asked = Asked.objects.create(
        county=officer.county,
        subject=write.open_subject(officer.county, KIND, number),
        about=told.about,
        party=told.party,
        number=number,
        channel=told.channel,
        who=told.who.strip()[:60],
        phone=told.phone.strip()[:30],
        what=told.what.strip(),
        first=officer,
        keeper=officer,
        asked_at=at,
        due_on=workdays().add(today, int(days)),  # type: ignore[arg-type]
    )
    fact = FirstAsked(on=today, asked=asked.pk, officer=officer.pk, due=asked.due_on)
    write.record(asked.subject, fact, by=by, at=at)
    if answer.strip():
        return _answer(asked, answer, by=by, at=at)
    return asked


@needs(Grant.ASKED_KEEP)
@transaction.atomic
def answer(asked: Asked, *, by: Officer, at: datetime, text: str) -> Asked:
    """Whoever has it answers; with that it is done."""
    return _answer(_hold(asked), text, by=by, at=at)


@needs(Grant.ASKED_KEEP)
@transaction.atomic
def offer(asked: Asked, *, by: Officer, at: datetime, to: Officer) -> Asked:
    """转交: offered to somebody; until he has confirmed it stays where it is, and only one is asked at a time."""
    held = _hold(asked)
    if to.county != held.county or to.left_on is not None:
        raise NotAllowed(f"{to.name}不是本地在岗人员，不能转给他。请另选一位同志。")
    if to.pk == held.keeper_id:
        raise NotAllowed("这一件就在他手上，不用转交。请另选一位同志。")
    if gone := away([to.pk], at.date(), at.date()).get(to.pk):
        stands = dict.fromkeys(h.officer.name for h in covers_of([gone], at.date()).get(gone.pk, []))
        instead = f"替他顶岗的{'、'.join(stands)}" if stands else "别的同志"
        raise NotAllowed(f"{to.name}现在不在岗，请转给{instead}。")
    held.offered_to = to
    held.save(update_fields=["offered_to"])
    return _record(held, AskedOffered(on=at.date(), asked=held.pk, to=to.pk), by=by, at=at)


@needs(Grant.ASKED_KEEP)
@transaction.atomic
def take_over(officer: Officer, *, asked: Asked, by: Officer, at: datetime) -> Asked:
    """确认接收: from this moment on it is his, with the day by which it must be answered."""
    held = _offered(asked, officer)
    before, held.keeper, held.offered_to = held.keeper_id, officer, None
    held.save(update_fields=["keeper", "offered_to"])
    fact = AskedTaken(on=at.date(), asked=held.pk, officer=before, to=officer.pk)
    return _record(held, fact, by=by, at=at)


@needs(Grant.ASKED_KEEP)
@transaction.atomic
def decline(officer: Officer, *, asked: Asked, by: Officer, at: datetime) -> Asked:
    """不接收: it stays with whoever has it, who is told."""
    held = _offered(asked, officer)
    held.offered_to = None
    held.save(update_fields=["offered_to"])
    return _record(held, AskedDeclined(on=at.date(), asked=held.pk, to=officer.pk), by=by, at=at)


@needs(Grant.CASE_TICK)
@transaction.atomic
def pass_on(asked: Asked, *, by: Actor, at: datetime, to: Officer) -> bool:
    """With a handover that both have signed it goes over too; what was answered meanwhile stays."""
    held = _locked(asked)
    if held.answered_at is not None or held.keeper_id == to.pk:
        return False
    before, held.keeper, held.offered_to = held.keeper_id, to, None
    held.save(update_fields=["keeper", "offered_to"])
    fact = AskedTaken(on=at.date(), asked=held.pk, officer=before, to=to.pk)
    _record(held, fact, by=by, at=at)
    return True


@needs(Grant.CASE_TICK)
@transaction.atomic
def remind(asked: Asked, *, by: Actor, at: datetime) -> bool:
    """On the last day once, and once when it is over."""
    held = _locked(asked)
    today = at.date()
    over = today > held.due_on
    done = held.late_told_on if over else held.reminded_on
    if held.answered_at is not None or done is not None or today < held.due_on:
        return False
    field = "late_told_on" if over else "reminded_on"
    setattr(held, field, today)
    held.save(update_fields=[field])
    _record(held, AskedReminded(on=today, asked=held.pk, over=over), by=by, at=at)
    return True


def _refuse(told: Told) -> None:
    faults = {}
    if told.channel not in Asked.Channel.values:
        faults["channel"] = "请选择是在窗口问的、打电话问的还是网上留言。"
    if not 2 <= len(told.what.strip()) <= LONGEST:
        faults["what"] = f"请写明问的是什么，2 到 {LONGEST} 个字。"
    if told.phone.strip() and (fault := phone_fault(told.phone)):
        faults["phone"] = fault
    if told.channel == Asked.Channel.PHONE and not told.phone.strip() and told.party is None:
        faults["phone"] = "打电话来问的，请记下回电话的号码。"
    if faults:
        raise Faulty(faults)


def _answer(asked: Asked, text: str, *, by: Officer, at: datetime) -> Asked:
    if not 2 <= len(text.strip()) <= LONGEST:
        raise Faulty({"answer": f"请写明是怎么答复的，2 到 {LONGEST} 个字。"})
    asked.answer, asked.answered_at, asked.offered_to = text.strip(), at, None
    asked.save(update_fields=["answer", "answered_at", "offered_to"])
    return _record(asked, AskedAnswered(on=at.date(), asked=asked.pk), by=by, at=at)


def _hold(asked: Asked) -> Asked:
    """Locked and still open; two who press at once come one after the other."""
    held = _locked(asked)
    if held.answered_at is not None:
        raise NotAllowed("这一件已经答复过了，不用再办。请刷新后再看。")
    if held.keeper_id != asked.keeper_id:
        raise NotAllowed("这一件刚刚由别的同志接收了。请刷新后再看。")
    return held


def _locked(asked: Asked) -> Asked:
    """Without whoever keeps it beside it: a row that changes its keeper while one waits for it would be found no more."""
    rows = Asked.objects.select_for_update(of=("self", "subject")).select_related("subject")
    return rows.get(pk=asked.pk)


def _offered(asked: Asked, officer: Officer) -> Asked:
    held = _hold(asked)
    if held.offered_to_id != officer.pk:
        raise NotAllowed("这一件现在没有转给您。请刷新后再看。")
    return held


def _record(asked: Asked, fact: Fact, *, by: Actor, at: datetime) -> Asked:
    """Both names where somebody does it who stands in for whoever has it."""
    stands = isinstance(by, Officer) and asked.keeper_id in by.stands_for and asked.keeper_id != by.pk
    write.record(asked.subject, fact, by=by, at=at, instead=asked.keeper_id if stands else 0)
    return asked
