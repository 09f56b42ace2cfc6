"""文书从哪里来: which letters does a fact ask for, and which of them are still to come?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.journal.models import Entry
from onewindow.letters.kinds import KINDS
from onewindow.letters.models import Letter

RECEIPT, ORIGINALS = "receipt", "originals_taken"
LETTERS: dict[str, str] = {
    "CorrectionAsked": "correction",
    "CorrectionReceived": "correction_received",
    "CorrectionLapsed": "lapsed",
    "Accepted": "accepted",
    "AcceptedBySilence": "accepted",
    "Refused": "refused",
    "NotOurs": "not_ours",
    "NotNeeded": "not_needed",
    "ExplanationAsked": "explanation",
    "Extended": "extended",
    "ProcedureBegun": "procedure",
    "Granted": "granted",
    "Denied": "denied",
    "Delivered": "service",
    "Served": "service",
    "OriginalsReturned": "originals_returned",
    "Withdrawn": "withdrawn",
    "PapersDeferred": "deferral",
    "PapersSupplied": "supply_received",
    "SupplyReturned": "supply_returned",
    "DeferralMissed": "deferral_missed",
    "DeemedWithdrawn": "deferral_missed",
    "PromiseSigned": "promise",
    "MendOrdered": "mend_order",
    "RevocationAnnounced": "revocation_notice",
    "Revoked": "revoked",
}
_ANEW = "LetterCorrected"
FACTS = frozenset({"Received", _ANEW, *LETTERS})
# A letter takes a second; one that has not come after this waits for something: a seal, or a duty that failed.
SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Coming:
    """A letter that a fact asks for and that is not there yet; `soon` while it is only being made."""

    name: str
    soon: bool


def coming(
    entries: Iterable[Entry], letters: Sequence[Letter], originals: Iterable[datetime], now: datetime
) -> list[Coming]:
    """What is still to come; `originals` are the moments at which originals were taken in."""
    made = {(letter.cause_id, letter.kind) for letter in letters}
    causes = {letter.cause_id for letter in letters}
    taken = list(originals)
    found = []
    for entry in entries:
        if entry.fact == _ANEW:
            lacking = [] if entry.pk in causes else ["更正的文书"]
        else:
            lacking = [KINDS[kind].zh for kind in _kinds(entry, taken) if (entry.pk, kind) not in made]
        found += [Coming(name, now - entry.at < SOON) for name in lacking]
    return found


def _kinds(entry: Entry, originals: list[datetime]) -> list[str]:
    if entry.fact == "Received":
        return [RECEIPT, ORIGINALS] if any(at <= entry.at for at in originals) else [RECEIPT]
    return [LETTERS[entry.fact]] if entry.fact in LETTERS else []
