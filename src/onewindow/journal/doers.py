"""谁办的: who counts as having done a fact, when one may have done it in another's place?"""

from __future__ import annotations

from onewindow.journal.models import Entry, Subject


def who_did(subject: Subject, fact: str, **told: object) -> frozenset[str]:
    """The codes of whoever did the latest such fact about the matter, and in whose place he did."""
    said = {f"body__{field}": value for field, value in told.items()}
    found = (
        Entry.objects.filter(subject=subject, fact=fact, **said).order_by("-place").only("by", "body").first()
    )
    if found is None:
        return frozenset()
    instead = found.body.get("instead", 0)
    return frozenset({found.by, f"officer:{instead}"} if instead else {found.by})
