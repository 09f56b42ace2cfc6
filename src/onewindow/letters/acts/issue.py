"""出具文书: print a letter, sign it, number it and keep it; nothing is ever changed after.

The number is taken last and in the transaction that keeps the letter, so that a letter that could not be made
leaves no gap; and it is locked only for that moment, because the letter is printed and signed before with the
number that is expected. Who was overtaken prints again; who was overtaken often prints while he holds it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from secrets import SystemRandom
from typing import Any

from django.conf import settings
from django.db import transaction

from onewindow.cases.models import Delivery
from onewindow.ground import files, sm
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.events import tell
from onewindow.ground.hearing import channel_of
from onewindow.ground.prepared import Question, put, slot_number, slot_text
from onewindow.ground.series import last, take, take_if_next
from onewindow.journal.models import Entry
from onewindow.letters import anew, kinds, numbers, sealkeys
from onewindow.letters.authority import Authority, make_demo_authority
from onewindow.letters.codes import new_code
from onewindow.letters.compose import Matter, common, matter_of
from onewindow.letters.data import LetterData, to_plain
from onewindow.letters.models import Letter, Reissue, Seal, Service
from onewindow.letters.reads import seal_in_force
from onewindow.letters.render import NotSealed, render
from onewindow.letters.sealkeys import SealKey
from onewindow.letters.sign import sign
from onewindow.letters.told import TOLD
from onewindow.rules.grants import Actor, Grant, needs

_random = SystemRandom()
GUESSES = 3
_ISSUED = Question(
    lambda cause, kind: Letter.objects.filter(cause=cause, kind=kind), slot_number(), slot_text()
)


@dataclass(frozen=True)
class _Draft:
    """A letter that lacks its number alone."""

    matter: Matter
    kind: str
    data: LetterData
    seal: Seal | None
    picture: bytes | None
    key: Authority | SealKey
    at: datetime
    cause: Entry
    replaces: Letter | None = None

    @property
    def series(self) -> str:
        case = self.matter.case
        return numbers.series(case.department_id, self.kind, case.version.kind, self.at.year)

    def numbered(self, number: int) -> str:
        case = self.matter.case
        return numbers.number(case.department.short, self.kind, case.version.kind, self.at.year, number)


@needs(Grant.LETTER_ISSUE)
def issue(entry: Entry, *, by: Actor, kind: str) -> Letter:
    """The letter of one kind that follows from one fact; issued once, however often it is asked for."""
    known = _ISSUED.one(entry.pk, kind)
    if known is not None:
        return known
    matter = matter_of(entry)
    return _numbered(_draft(matter, kind, entry, lambda sheet: _said(matter, kind, sheet)))


@needs(Grant.LETTER_ISSUE)
def issue_again(entry: Entry, *, by: Actor, reissue: Reissue) -> Letter:
    """The letter that takes the place of another, made anew; issued once, however often it is asked for."""
    old = reissue.letter
    known = _ISSUED.one(entry.pk, old.kind)
    if known is not None:
        return known
    matter = anew.matter_anew(old)
    note: dict[str, Any] = {
        "corrects": old.number,
        "corrects_title": old.title,
        "corrects_on": old.issued_on,
        "why_corrected": reissue.why,
    }
    return _numbered(
        _draft(
            matter,
            old.kind,
            entry,
            lambda sheet: replace(anew.said(matter, old, reissue.wording, **sheet), **note),
            replaces=old,
        )
    )


def _numbered(draft: _Draft) -> Letter:
    """Print, sign, number and keep it.

    Of one series a process prints one letter after the other: two at once would expect the same number, and the
    second would be printed for nothing.
    """
    with _turn(draft.matter.case.county, draft.series):
        for _ in range(GUESSES):
            expected = last(draft.matter.case.county, draft.series) + 1
            letter = _kept_if_next(draft, expected, _printed(draft, expected))
            if letter is not None:
                return letter
        return _kept_while_locked(draft)


@cache
def _turn(county: str, series: str) -> threading.Lock:
    return threading.Lock()


def _said(matter: Matter, kind: str, sheet: dict[str, Any]) -> LetterData:
    return replace(common(matter, **sheet), **TOLD[kind](matter))


def _draft(
    matter: Matter,
    kind: str,
    cause: Entry,
    say: Callable[[dict[str, Any]], LetterData],
    *,
    replaces: Letter | None = None,
) -> _Draft:
    """What the letter says, sealed by the seal that is in force.

    A letter that had to wait for a seal is dated and signed at the seal's beginning, never before.
    """
    seal = seal_in_force(matter.case.department_id)
    told = cause.at if seal is None or seal.begun_at is None else max(cause.at, seal.begun_at)
    at = told.astimezone(SHANGHAI)
    key = _key(matter, seal, at)
    code = new_code(_random)
    url = f"{settings.PUBLIC_URL}/verify/{code}/"
    data = say({"number": "", "code": code, "url": url, "issued_at": at})
    picture = files.read(seal.picture) if seal else None
    return _Draft(matter, kind, data, seal, picture, key, at, cause, replaces)


def _key(matter: Matter, seal: Seal | None, at: datetime) -> Authority | SealKey:
    """The seal's own key; a demonstration without one makes its own at the first letter."""
    if seal is not None:
        if not seal.valid_from <= at <= seal.valid_until:
            until = f"{seal.valid_until.astimezone(SHANGHAI):%Y年%-m月%-d日}"
            raise NotSealed(f"{matter.case.department}的印章证书有效期到 {until}，请换发后重新装入。")
        return sealkeys.read(bytes(seal.certificate), seal.key_name)
    if not matter.county.demo:
        raise NotSealed(f"{matter.case.department}还没有启用的印章，不能出具文书，请管理员到“印章”页面装入。")
    # A rehearsal also writes letters of earlier days, which its key must be able to have signed.
    made_on = date(matter.entry.on.year - 1, 1, 1)
    return make_demo_authority(Path(settings.SIGNING_DIR), name=matter.county.name, on=made_on)


def _printed(draft: _Draft, number: int) -> bytes:
    data = replace(draft.data, number=draft.numbered(number))
    return sign(render(draft.kind, data, seal=draft.picture), draft.key, at=draft.at)


@transaction.atomic
def _kept_if_next(draft: _Draft, expected: int, pdf: bytes) -> Letter | None:
    """Keep the letter when its number is still the next one; else nothing is left of it."""
    if not take_if_next(draft.matter.case.county, draft.series, expected):
        return None
    return _kept(draft, expected, pdf, _file(draft, pdf))


@transaction.atomic
def _kept_while_locked(draft: _Draft) -> Letter:
    number = take(draft.matter.case.county, draft.series)
    pdf = _printed(draft, number)
    return _kept(draft, number, pdf, _file(draft, pdf))


def _file(draft: _Draft, pdf: bytes) -> files.StoredFile:
    case = draft.matter.case
    name = f"{kinds.title(draft.kind, case.version.kind, second=draft.data.second, nothing=draft.data.nothing)}.pdf"
    return files.keep(case.county, pdf, name=name, media_type="application/pdf", at=draft.at)


def _kept(draft: _Draft, number: int, pdf: bytes, file: files.StoredFile) -> Letter:
    case = draft.matter.case
    data = replace(draft.data, number=draft.numbered(number))
    letter = Letter(
        county=case.county,
        subject=draft.matter.addressed_to,
        cause=draft.cause,
        replaces=draft.replaces,
        about=_about(draft.replaces),
        department=case.department,
        kind=draft.kind,
        title=kinds.title(draft.kind, case.version.kind, second=data.second, nothing=data.nothing),
        number=data.number,
        issued_on=draft.at.date(),
        issued_at=draft.at,
        data=to_plain(data),
        seal=draft.seal,
        file=file,
        digest=sm.digest(pdf),
        code=data.verify_code,
        demo=draft.matter.county.demo,
    )
    put(letter)
    if kinds.KINDS[draft.kind].served or _has_left(draft):
        put(Service(county=case.county, letter=letter))
    tell(channel_of(case.subject_id), "letter")
    return letter


def _about(replaced: Letter | None) -> Entry | None:
    """What a letter that is made anew is about: what the first of its chain was caused by."""
    return anew.first_of(replaced).cause if replaced is not None else None


def _has_left(draft: _Draft) -> bool:
    """Whether the applicant has the decision that this one corrects, or it is on its way: he is served the new one."""
    if draft.replaces is None or draft.kind not in anew.DECISIONS:
        return False
    left = Delivery.objects.filter(case=draft.matter.case, what="result", came_back_on__isnull=True)
    return left.exists()
