"""样张: what would a letter under this seal look like, before anybody may use the seal?

It says 样张 across the seal and on every page, has no number and no addressee, and is kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from onewindow.letters.data import LetterData
from onewindow.letters.render import render, shown
from onewindow.letters.sealkeys import SealKey
from onewindow.letters.sign import Pinned, Verdict, sign, verify
from onewindow.places.models import Department
from onewindow.rules.pack import Kind as ItemKind

_KIND = "accepted"


@dataclass(frozen=True)
class Sample:
    """A sample letter, and whether its signature can be verified."""

    pdf: bytes
    verdict: Verdict


def sample(department: Department, picture: bytes, key: SealKey, *, at: datetime) -> Sample:
    """The sample as a signed PDF, verified as a citizen would verify a letter."""
    pdf = sign(render(_KIND, _told(department, at), seal=picture, sample=True), key, at=at)
    return Sample(pdf, verify(pdf, Pinned(key.certificate, since=at)))


def sample_picture(department: Department, picture: bytes, *, at: datetime) -> bytes:
    """The same as a picture for a screen."""
    return shown(_KIND, _told(department, at), seal=picture, sample=True)


def _told(department: Department, at: datetime) -> LetterData:
    return LetterData(
        organ=department.name,
        number=f"{department.short}〔{at.year}〕样张",
        case_number="样张",
        item="样张事项",
        item_kind=ItemKind.SERVICE,
        addressee="样张申请人",
        applied_on=at.date(),
        received_on=at.date(),
        accepted_on=at.date(),
        issued_on=at.date(),
        seal_words="",
        verify_url=f"{settings.PUBLIC_URL}/verify/",
        verify_code="样张，没有验真码",
        demo=False,
        phone=department.phone,
    )
