"""作废记载: a wrong fact is named by one person, with the reason, and voided by another; nothing is taken out.

What a served decision said is not voided: it binds, and is revoked by a procedure of its own (行政许可法 69).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from onewindow.cases.came_in import take_in, take_promised
from onewindow.cases.dated import note, refuse_late, write_moves
from onewindow.cases.models import Case, Struck, Voiding
from onewindow.cases.undo import Kept, undo
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.rules import promises
from onewindow.rules.facts import CorrectionAsked, CorrectionReminded, Fact, Withdrawn
from onewindow.rules.facts_record import VoidAsked, VoidDeclined, Voided
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.record import Wrong, last_day_before
from onewindow.rules.standing import CaseLaw, Standing, standing
from onewindow.rules.voiding import SHOWN_BY, falling, moves, refuse_unvoidable


@needs(Grant.RECORD_ASK)
@one
def ask_void(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    place: int,
    cause: str,
    reason: str,
    shown_on: date | None = None,
    shown_papers: Sequence[int] = (),
) -> Voiding:
    """Say that the fact at this place is wrong, and why; of time's own facts with what shows that it had no ground."""
    held = hold(case)
    if cause not in set(Wrong):
        raise NotAllowed("请选择错在哪里，申请人会看到。")
    if not reason.strip():
        raise NotAllowed("请写明事情的经过，确认的人要据此判断。")
    fact = _refuse(held, place, at.date(), shown=shown_on is not None)
    if shown_on is not None:
        _refuse_shown(held, place, shown_on, shown_papers, at.date())
    entry = Entry.objects.get(subject=held.case.subject, place=place)
    if Voiding.objects.filter(entry=entry, confirmed__isnull=True).exists():
        raise NotAllowed("已经有人提出作废这项记载，请等另一位同志确认。")
    asked = Voiding.objects.create(
        case=held.case,
        entry=entry,
        cause=cause,
        reason=reason.strip()[:500],
        shown_on=shown_on if fact.name in SHOWN_BY else None,
        shown_papers=list(shown_papers),
        asked_by=by,
        asked_at=at,
    )
    held.record(VoidAsked(on=at.date(), voiding=asked.pk, place=place), by=by, at=at)
    return asked


@needs(Grant.RECORD_VOID)
@one
def confirm_void(case: Case, *, by: Officer, at: datetime, voiding: int) -> Case:
    """A second person confirms: the fact no longer holds, nor what time built upon it; every day is reckoned anew."""
    held = hold(case)
    asked = _waiting(held, voiding, by)
    place = asked.entry.place
    if held.who_wrote(place) & held.both(by, Voided.__name__):
        raise NotAllowed("这项记载是您自己记的，请由另一位有权确认的同志确认作废。")
    _refuse(held, place, at.date(), shown=asked.shown_on is not None)
    also, before = falling(held.journal, place), held.now
    fact = Voided(on=at.date(), voiding=asked.pk, place=place, cause=asked.cause, also=also)
    entry = held.record(fact, by=by, at=at)
    asked.kept = _strike(held, asked, entry, (place, *also))
    if asked.shown_on is not None:
        _show(held, asked, by=by, at=at)
    write_moves(held.case, entry, moves(before, held.now))
    _settle(asked, True, "", by=by, at=at)
    return held.case


@needs(Grant.RECORD_VOID)
@one
def decline_void(case: Case, *, by: Officer, at: datetime, voiding: int, remark: str) -> Case:
    """It is not wrong: the fact stays as it is, with the reason for whoever asked."""
    held = hold(case)
    asked = _waiting(held, voiding, by)
    if not remark.strip():
        raise NotAllowed("请写明不同意作废的理由。")
    _settle(asked, False, remark, by=by, at=at)
    held.record(VoidDeclined(on=at.date(), voiding=asked.pk, place=asked.entry.place), by=by, at=at)
    return held.case


def foresee(journal: Sequence[Fact], place: int, law: CaseLaw) -> tuple[Standing, Standing, tuple[int, ...]]:
    """Where the case stands now, where it would stand without this fact, and what would fall with it."""
    also = falling(journal, place)
    day = journal[-1].on
    fact = Voided(on=day, voiding=0, place=place, cause=Wrong.SLIP.value, also=also)
    return standing(journal, law), standing((*journal, fact), law), also


def _refuse(held: Held, place: int, today: date, *, shown: bool) -> Fact:
    """Refuse what may not be voided, or not now; the fact."""
    fact = refuse_unvoidable(held.journal, held.writers, place, shown=shown)
    _, after, _ = foresee(held.journal, place, held.law)
    if fact.name == "Accepted":
        _refuse_deemed(held, after, today)
    return fact


def _refuse_deemed(held: Held, after: Standing, today: date) -> None:
    """Whom nobody told otherwise in time is accepted by law: to void the acceptance would change nothing."""
    term = next((state for state in after.running() if state.term.name == "accept"), None)
    past = term is not None and term.due is not None and today > term.due
    if past and held.pack.holds("accept.deemed", held.case.version.kind):
        raise NotAllowed(
            "受理的期限已经过了：作废以后，依法自收到申请材料之日起仍然视为受理（行政许可法第三十二条第一款第四项），"
            "所以不能作废。认为不符合条件的，请审查后依法作出不予决定。"
        )


def _refuse_shown(held: Held, place: int, on: date, papers: Sequence[int], today: date) -> None:
    """The fact from outside must have come in time, else time was right; the reason is that of the voiding."""
    fact, (_, after, _) = held.journal[place - 1], foresee(held.journal, place, held.law)
    before = last_day_before(after.seen)
    refuse_late(on, today, "见作废的理由", after=before, pack=held.pack, calendar=held.law.calendar)
    last = _last_day(fact, after)
    if last is not None and on > last:
        raise NotAllowed(
            f"期限到 {last.month} 月 {last.day} 日为止，那天以后才来的不能推翻按期限记下的事，请核对日子。"
        )
    if SHOWN_BY[fact.name] == "CorrectionReceived" and not papers:
        raise NotAllowed("请勾选当时交来了哪些补正材料。")
    owed = promises.deferral(after.seen)
    if SHOWN_BY[fact.name] == "PapersSupplied" and (owed is None or set(papers) != set(owed.owed)):
        raise NotAllowed(
            "还没有补来的容缺材料要在期限内全部补齐，才能推翻按期限记下的事。请核对当时交来的材料，逐份勾选。"
        )


def _last_day(fact: Fact, after: Standing) -> date | None:
    if SHOWN_BY[fact.name] != "CorrectionReceived":
        name = "accept" if fact.name == "AcceptedBySilence" else promises.TERM
        return next((state.due for state in after.running() if state.term.name == name), None)
    asked = [one for one in after.seen if isinstance(one, CorrectionAsked | CorrectionReminded)]
    return asked[-1].reply_by if asked else None


def _waiting(held: Held, voiding: int, by: Officer) -> Voiding:
    found = Voiding.objects.select_related("entry", "asked_by").filter(pk=voiding, case=held.case).first()
    if found is None or found.confirmed is not None:
        raise NotAllowed("这项作废已经处理过了，请刷新后再看。")
    if held.same(VoidAsked.__name__, by, Voided.__name__, voiding=found.pk):
        raise NotAllowed("提出作废和确认作废不能是同一个人，请由另一位有权确认的同志处理。")
    return found


def _strike(held: Held, asked: Voiding, cause: Entry, places: Sequence[int]) -> Kept:
    """Mark every entry that no longer holds, the latest first, with the rows that it wrote."""
    kept: Kept = {}
    for entry in Entry.objects.filter(subject=held.case.subject, place__in=places).order_by("-place"):
        Struck.objects.create(entry=entry, by=asked, cause=cause, on=cause.on)
        kept |= undo(held, entry)
    return kept


def _show(held: Held, asked: Voiding, *, by: Officer, at: datetime) -> None:
    """What had come from outside in time is written down at last."""
    on = asked.shown_on
    assert on is not None
    if asked.shown_papers:
        listed = held.case.version.materials.filter(pk__in=asked.shown_papers)
        promised = SHOWN_BY[asked.entry.fact] == "PapersSupplied"
        take = take_promised if promised else take_in
        entry = take(held, [Paper(material) for material in listed], on=on, by=by, at=at)
    else:
        entry = held.record(Withdrawn(on=on), by=by, at=at)
    note(held.case, entry, asked.reason)


def _settle(asked: Voiding, confirmed: bool, remark: str, *, by: Officer, at: datetime) -> None:
    asked.confirmed, asked.settled_by, asked.settled_at = confirmed, by, at
    asked.remark = remark.strip()[:300]
    asked.save(update_fields=["confirmed", "settled_by", "settled_at", "remark", "kept"])
