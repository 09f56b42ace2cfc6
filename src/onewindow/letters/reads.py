"""读文书: which letters has a case, and is what somebody shows us one of ours?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from onewindow.ground import sm
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import rows
from onewindow.journal.models import Subject
from onewindow.letters.codes import read_code
from onewindow.letters.models import Letter
from onewindow.places.reads import here


@dataclass(frozen=True)
class Comparison:
    """A file that somebody shows, held against the letter that we keep."""

    letter: Letter | None
    same: bool


def letters_of(subject: Subject) -> QuerySet[Letter]:
    """The letters of a matter, oldest first."""
    return Letter.objects.filter(subject=subject).select_related("file", "replaced_by").order_by("pk")


def result_of(subject: int) -> StoredFile | None:
    """The file of the decision that holds, granted or denied; None while the letter is not made yet."""
    decided = Letter.objects.filter(subject=subject, cause__fact__in=("Granted", "Denied"))
    found = decided.select_related("file", "replaced_by__file").order_by("pk").last()
    while found is not None and hasattr(found, "replaced_by"):
        found = found.replaced_by
    return found.file if found is not None else None


@dataclass(frozen=True)
class Listed:
    """One line of the list of letters: what stands on its head, nothing of what it says."""

    id: int
    title: str
    number: str
    issued_on: date
    code: str
    replaced: bool


_LISTED = """
SELECT l.id, l.title, l.number, l.issued_on, l.code,
  EXISTS (SELECT 1 FROM letters_letter r WHERE r.replaces_id = l.id)
FROM letters_letter l WHERE l.subject_id = %(subject)s ORDER BY l.id
"""


def listed(subject: int) -> list[Listed]:
    """The letters of a matter for a list, oldest first."""
    return [Listed(*row) for row in rows(_LISTED, {"subject": subject})]


def by_code(typed: str) -> Letter | None:
    """The letter that carries this code; None when the code is mistyped or nobody's."""
    code = read_code(typed)
    if code is None:
        return None
    return (
        Letter.objects.filter(code=code)
        .select_related("department", "subject", "file", "replaced_by")
        .first()
    )


def by_file(pdf: bytes) -> Letter | None:
    """The letter whose kept file has exactly these bytes."""
    found = Letter.objects.filter(file__sha256=hashlib.sha256(pdf).hexdigest(), file__county=here().code)
    return found.select_related("department", "subject", "file", "replaced_by").first()


def compare(letter: Letter, pdf: bytes) -> Comparison:
    """Whether these bytes are the letter, to the last bit."""
    return Comparison(letter, sm.same(bytes(letter.digest), sm.digest(pdf)))
