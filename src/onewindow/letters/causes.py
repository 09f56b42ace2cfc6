"""文书从哪里来: which letters does a fact ask for, and which of them are still to come?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.journal.models import Entry
from onewindow.letters.kinds import KINDS
from onewindow.letters.models import Letter

# What is served as the result of a case.
RESULTS = ("granted", "denied", "above", "renewed")
RECEIPT, ORIGINALS = "receipt", "originals_taken"
THIRD = "third"  # hangs on the third party's own matter, not on the case's
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
    "SentUp": "sent_up",
    "GrantedAbove": "above",
    "DeniedAbove": "above",
    "RenewedByLaw": "renewed",
    "ProcedureProlonged": "prolonged",
    "HostReplaced": "host",
    "Exempted": "exempted",
    "Filed": "filed",
    "Granted": "granted",
    "Denied": "denied",
    "Delivered": "service",
    "Served": "service",
    "OriginalsReturned": "originals_returned",
    "Withdrawn": "withdrawn",
    "BillMade": "bill",
    "Warned": "barred",
    "Barred": "barred",
    "ThirdNamed": THIRD,
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
_VOIDING = "Voided"
FACTS = frozenset({"Received", _ANEW, _VOIDING, *LETTERS})
# A letter takes a second; one that has not come after this waits for something: a seal, or a duty that failed.
SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Coming:
    """A letter that a fact asks for and that is not there yet; `soon` while it is only being made."""

    name: str
    soon: bool


def coming(
    entries: Iterable[Entry],
    letters: Sequence[Letter],
    originals: Iterable[datetime],
    now: datetime,
    *,
    one_letter: bool = False,
) -> list[Coming]:
    """What is still to come; `originals` are the moments at which originals were taken in.

    `one_letter`: where receipt and acceptance fall together, the letter of acceptance is the receipt too.
    """
    made = {(letter.cause_id, letter.kind) for letter in letters}
    causes = {letter.cause_id for letter in letters}
    taken, told = list(originals), list(entries)
    gone = _gone(told)
    accepted = {entry.at for entry in told if entry.fact == "Accepted"} if one_letter else set()
    found = []
    for entry in told:
        if entry.place in gone:
            continue  # nothing follows from what was voided
        if entry.fact == _VOIDING:
            fell = any(_about(letter) in _struck_by(entry, told) for letter in letters)
            lacking = ["作废告知书"] if fell and entry.pk not in causes else []
        elif entry.fact == _ANEW:
            lacking = [] if entry.pk in causes else ["更正的文书"]
        else:
            lacking = [
                KINDS[kind].zh for kind in _kinds(entry, taken, accepted) if (entry.pk, kind) not in made
            ]
        found += [Coming(name, now - entry.at < SOON) for name in lacking]
    return found


def _gone(entries: Iterable[Entry]) -> frozenset[int]:
    """The places of all that was voided."""
    voids = (entry.body for entry in entries if entry.fact == _VOIDING)
    return frozenset(place for body in voids for place in (body["place"], *body["also"]))


def _struck_by(entry: Entry, entries: Iterable[Entry]) -> frozenset[int]:
    places = {entry.body["place"], *entry.body["also"]}
    return frozenset(one.pk for one in entries if one.place in places)


def _about(letter: Letter) -> int:
    return letter.about_id or letter.cause_id


def _kinds(entry: Entry, originals: list[datetime], accepted: set[datetime]) -> list[str]:
    if entry.fact == "Received":
        receipts = [] if entry.at in accepted else [RECEIPT]
        return [*receipts, ORIGINALS] if any(at <= entry.at for at in originals) else receipts
    kind = LETTERS.get(entry.fact)
    return [kind] if kind and kind != THIRD else []
