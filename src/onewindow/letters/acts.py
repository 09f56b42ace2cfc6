"""文书的行为: issue a letter: number it, seal and sign it, keep it; nothing is ever changed after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from secrets import SystemRandom

from django.conf import settings
from django.db import transaction

from onewindow.ground import files, sm
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.prepared import Question, put, slot_number, slot_text
from onewindow.ground.series import take
from onewindow.journal.models import Entry
from onewindow.letters import kinds
from onewindow.letters.authority import Authority, authority, make_demo_authority
from onewindow.letters.codes import new_code
from onewindow.letters.compose import Matter, common, matter_of
from onewindow.letters.data import to_plain
from onewindow.letters.models import Letter, Seal
from onewindow.letters.numbers import mark
from onewindow.letters.render import render
from onewindow.letters.sign import sign
from onewindow.letters.told import TOLD
from onewindow.rules.grants import Actor, Grant, needs

_random = SystemRandom()
_ISSUED = Question(
    lambda cause, kind: Letter.objects.filter(cause=cause, kind=kind), slot_number(), slot_text()
)


@needs(Grant.LETTER_ISSUE)
def issue(entry: Entry, *, by: Actor, kind: str) -> Letter:
    """The letter of one kind that follows from one fact; issued once, however often it is asked for.

    The number is taken last and in the transaction that keeps the letter, so that a letter that could
    not be made leaves no gap.
    """
    known = _ISSUED.one(entry.pk, kind)
    return known or _issue(matter_of(entry), kind)


@transaction.atomic
def _issue(matter: Matter, kind: str) -> Letter:
    case, at = matter.case, matter.entry.at.astimezone(SHANGHAI)
    more = TOLD[kind](matter)
    number = _number(matter, kind)
    code = new_code(_random)
    url = f"{settings.PUBLIC_URL}/verify/{code}/"
    data = replace(common(matter, number=number, code=code, url=url, issued_at=at), **more)
    seal = _seal(matter)
    pdf = sign(render(kind, data, seal=_picture(seal)), signing_key(matter), at=at)
    title = kinds.title(kind, case.version.kind, second=data.second)
    letter = Letter(
        county=case.county,
        subject=case.subject,
        cause=matter.entry,
        department=case.department,
        kind=kind,
        title=title,
        number=number,
        issued_on=at.date(),
        issued_at=at,
        data=to_plain(data),
        seal=seal,
        file=files.keep(case.county, pdf, name=f"{title}.pdf", media_type="application/pdf", at=at),
        digest=sm.digest(pdf),
        code=code,
        demo=matter.county.demo,
    )
    put(letter)
    return letter


def signing_key(matter: Matter) -> Authority:
    """The installation's signing key; a demonstration makes its own at the first letter."""
    folder = Path(settings.SIGNING_DIR)
    if matter.county.demo:
        # A rehearsal also writes letters of earlier days, which its key must be able to have signed.
        return make_demo_authority(folder, name=matter.county.name, on=date(matter.entry.on.year - 1, 1, 1))
    return authority(folder)


def _number(matter: Matter, kind: str) -> str:
    """罗市监许受〔2026〕137号: the organ's short form, the mark of the letter, the year, a gap-free number."""
    case, year = matter.case, matter.entry.at.astimezone(SHANGHAI).year
    word = mark(kind, case.version.kind)
    number = take(case.county, f"letter:{case.department_id}:{word}:{year}")
    return f"{case.department.short}{word}〔{year}〕{number}号"


def _seal(matter: Matter) -> Seal | None:
    """The seal of the organ that is in force; a demonstration county prints its specimen instead."""
    if matter.county.demo:
        return None
    on = matter.entry.at.astimezone(SHANGHAI).date()
    held = Seal.objects.filter(
        county=matter.case.county, department=matter.case.department, in_force_from__lte=on
    )
    return held.exclude(confirmed_by="").exclude(in_force_until__lt=on).order_by("-in_force_from").first()


def _picture(seal: Seal | None) -> bytes | None:
    return files.read(seal.picture) if seal is not None and seal.picture is not None else None
