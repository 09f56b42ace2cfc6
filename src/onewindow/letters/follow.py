"""文书的反应: which letters follow from which fact of a case? Each is issued once, however often it runs."""

from __future__ import annotations

from onewindow.journal.models import Entry
from onewindow.journal.work import hurry
from onewindow.letters.acts import issue, issue_again
from onewindow.letters.causes import LETTERS, ORIGINALS, RECEIPT
from onewindow.letters.compose import matter_of
from onewindow.letters.models import Reissue
from onewindow.letters.reads import waiting_in
from onewindow.letters.voided import ANNULLED, fallen_with
from onewindow.rules.grants import SYSTEM


def letter(entry: Entry) -> None:
    """The one letter of most facts."""
    issue(entry, by=SYSTEM, kind=LETTERS[entry.fact])


def receipt(entry: Entry) -> None:
    """The receipt, and a list of the originals when any were taken in; what came later has a receipt of its own.

    收件即受理: accepted in the same moment, it needs none, for the letter of acceptance says both.
    """
    if not _accepted_with_it(entry):
        issue(entry, by=SYSTEM, kind=RECEIPT)
    taken = entry.subject.case.application.submitted.filter(original=True, added_at__lte=entry.at)
    if taken.exists():
        issue(entry, by=SYSTEM, kind=ORIGINALS)


def corrected(entry: Entry) -> None:
    """The letter that takes the place of the one that was put right."""
    asked = Reissue.objects.select_related("letter").get(pk=entry.body["reissue"])
    issue_again(entry, by=SYSTEM, reissue=asked)


def annulled(entry: Entry) -> None:
    """The letter that tells which letters fell with a voided fact; none where none had gone out."""
    if fallen_with(entry).exists():
        issue(entry, by=SYSTEM, kind=ANNULLED)


def sealed(entry: Entry) -> None:
    """A department has its seal: the letters that waited for it are tried again at once."""
    hurry(waiting_in(entry.body["department"]), at=entry.at)


def _accepted_with_it(entry: Entry) -> bool:
    """Whether the pack says so and it was so."""
    matter = matter_of(entry)
    if not matter.pack.holds("intake.receipt_is_acceptance", matter.case.version.kind):
        return False
    return Entry.objects.filter(subject=entry.subject, fact="Accepted", at=entry.at).exists()
