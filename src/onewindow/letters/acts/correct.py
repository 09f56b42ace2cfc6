"""更正文书: how is a letter put right whose facts were right and whose text was not?

Nothing is changed: the letter is made anew from what the file says now, with a number and a day of its own, and the
old one stays, marked. What the case decided is not touched; who finds the decision itself wrong has other ways.

A decision speaks for whoever decided. Another who finds it wrong asks, and one who may decide confirms; the decider
himself puts his own words right alone, because a second look at them would be his own. Every other letter repeats
what happened, so whoever may correct letters of the office does so alone, and the journal has his name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from onewindow.cases.models import Case
from onewindow.cases.write import Held, hold
from onewindow.ground.prepared import change
from onewindow.ground.whole import one
from onewindow.letters import anew
from onewindow.letters.models import Letter, Reissue
from onewindow.letters.voided import is_void
from onewindow.people.models import Officer
from onewindow.rules.facts import LetterCorrected, LetterCorrectionAsked, LetterCorrectionDeclined
from onewindow.rules.grants import Grant, NotAllowed, needs

_AGAIN = "这份文书已经有人在更正，或者已被更正，请刷新后看最新的一份。"


@needs(Grant.LETTER_CORRECT)
@one
def ask_correction(
    case: Case, *, by: Officer, at: datetime, letter: int, why: str, wording: Mapping[str, str] | None = None
) -> Reissue:
    """Have a letter made anew; a decision of somebody else waits for whoever decides."""
    held = hold(case)
    found = _to_correct(held, letter)
    found.subject = held.case.subject  # whoever acted is told of the case as it stands now
    if not why.strip():
        raise NotAllowed("请写明更正的原因，它会印在新的文书上，申请人看得到。")
    words = _wording(found, wording or {})
    if not anew.changes(found, words, at):
        raise NotAllowed(
            "按现在的档案重新出具，文字和原来一样。姓名写错的，请先更正申请人档案；措辞不当的，请改写下面的文字。"
        )
    alone = found.kind not in anew.DECISIONS or anew.first_of(found).cause.by == by.actor_code
    asked = Reissue.objects.create(
        county=held.case.county,
        letter=found,
        why=why.strip()[:200],
        wording=words,
        asked_by=by.actor_code,
        asked_at=at,
        **({"settled_by": by.actor_code, "settled_at": at, "confirmed": True} if alone else {}),
    )
    if alone:
        _corrected(held, asked, by=by, at=at)
    else:
        held.record(LetterCorrectionAsked(on=at.date(), letter=found.pk, reissue=asked.pk), by=by, at=at)
    return asked


@needs(Grant.CASE_DECIDE)
@one
def confirm_correction(case: Case, *, by: Officer, at: datetime, reissue: int) -> Reissue:
    """Whoever decides agrees: the decision's letter is made anew."""
    held = hold(case)
    if Reissue.objects.filter(is_void("letter"), pk=reissue).exists():
        raise NotAllowed("要更正的文书已经作废，不用再更正。请选择不同意，写明文书已作废。")
    asked = _settled(held, reissue, True, "", by=by, at=at)
    _corrected(held, asked, by=by, at=at)
    return asked


@needs(Grant.CASE_DECIDE)
@one
def decline_correction(case: Case, *, by: Officer, at: datetime, reissue: int, remark: str) -> Reissue:
    """He does not agree: the letter stays as it is, with the reason for whoever asked."""
    held = hold(case)
    if not remark.strip():
        raise NotAllowed("请写明不同意更正的理由。")
    asked = _settled(held, reissue, False, remark, by=by, at=at)
    held.record(LetterCorrectionDeclined(on=at.date(), reissue=asked.pk), by=by, at=at)
    return asked


def _to_correct(held: Held, letter: int) -> Letter:
    beside = ("cause", "replaces__cause")
    found = Letter.objects.select_related(*beside).filter(pk=letter, subject=held.case.subject_id).first()
    if found is None:
        raise NotAllowed("本件没有这份文书，请刷新后再看。")
    if found.kind in anew.NEVER:
        raise NotAllowed(
            "送达回证记的是当时的签收，不能重新出具。送达的文书有错的，请更正那份文书后重新送达。"
        )
    if Letter.objects.filter(is_void(), pk=found.pk).exists():
        raise NotAllowed("这份文书已经作废，不能更正，请接着办，办好以后会出具新的文书。")
    if Reissue.objects.filter(letter=found).exclude(confirmed=False).exists():
        raise NotAllowed(_AGAIN)
    return found


def _wording(letter: Letter, wording: Mapping[str, str]) -> dict[str, str]:
    """What is really written otherwise; words that the letter must have cannot be emptied."""
    now = anew.wording_of(letter)
    for name, label in anew.WORDING.get(letter.kind, ()):
        if name in wording and now[name] and not wording[name].strip():
            raise NotAllowed(f"“{label}”不能空着，请写明更正后的文字。")
    told = {name: wording[name].replace("\r\n", "\n").strip() for name in now if name in wording}
    return {name: text for name, text in told.items() if text != now[name]}


def _settled(held: Held, reissue: int, confirmed: bool, remark: str, *, by: Officer, at: datetime) -> Reissue:
    waiting = Reissue.objects.select_related("letter").filter(letter__subject=held.case.subject_id)
    asked = waiting.filter(pk=reissue, confirmed__isnull=True).first()
    if asked is None:
        raise NotAllowed("这项更正已经处理过了，请刷新后再看。")
    if held.same(LetterCorrectionAsked.__name__, by, LetterCorrected.__name__, reissue=reissue):
        raise NotAllowed("申请更正和确认更正不能是同一个人，请由另一位有决定权的同志确认。")
    asked.letter.subject = held.case.subject
    asked.settled_by, asked.settled_at, asked.confirmed = by.actor_code, at, confirmed
    asked.remark = remark.strip()[:200]
    asked.save(update_fields=["settled_by", "settled_at", "confirmed", "remark"])
    return asked


def _corrected(held: Held, asked: Reissue, *, by: Officer, at: datetime) -> None:
    """The fact from which the new letter follows; the case has from now on the name of the applicant's file."""
    if held.case.applicant_name != held.case.applicant.name:
        held.case.applicant_name = held.case.applicant.name
        change(held.case, "applicant_name")
    held.record(LetterCorrected(on=at.date(), letter=asked.letter_id, reissue=asked.pk), by=by, at=at)
