"""记载作废以后: which rows of a voided fact are marked, and which stand open again?

Nothing is deleted. What a row said that stands open again is handed back, to be kept with the voiding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from onewindow.cases.models import (
    Correction,
    CorrectionPoint,
    Decision,
    Deferral,
    Delivery,
    Extension,
    Opinion,
    Procedure,
    Promise,
    Question,
    Refusal,
    Renewal,
    Verdict,
)
from onewindow.cases.write import Held
from onewindow.intake.models import Submitted
from onewindow.journal.models import Entry

Kept = dict[str, dict[str, Any]]
_SETTLED = {"settled_by_id": None, "settled_at": None}


def undo(held: Held, entry: Entry) -> Kept:
    """Mark and reopen what this fact wrote; what stood in the reopened rows."""
    act = _UNDO.get(entry.fact)
    return act(held, entry) if act is not None else {}


def _mark(model: Any, field: str) -> Callable[[Held, Entry], Kept]:
    """The one row of which the fact's body has the key."""

    def marked(held: Held, entry: Entry) -> Kept:
        model.objects.filter(pk=entry.body[field], case=held.case).update(voided=True)
        return {}

    return marked


def _open(model: Any, field: str, **blank: Any) -> Callable[[Held, Entry], Kept]:
    """The row as it was before the fact."""

    def opened(held: Held, entry: Entry) -> Kept:
        return _reopened(model.objects.filter(pk=entry.body[field], case=held.case), blank)

    return opened


def _reopened(rows: QuerySet[Any], blank: Mapping[str, Any]) -> Kept:
    kept: Kept = {}
    for row in rows:
        kept[_name(row)] = {name: _plain(getattr(row, name)) for name in blank}
        for name, value in blank.items():
            setattr(row, name, value)
        row.save(update_fields=[name.removesuffix("_id") for name in blank])
    return kept


def _name(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _papers(held: Held, entry: Entry) -> Kept:
    """What came in with it does not count, nor what was found of it in the same breath."""
    codes = entry.body["materials"]
    came = {"material__code__in": codes, "added_at": entry.at}
    Submitted.objects.filter(application=held.case.application_id, **came).update(voided=True)
    Verdict.objects.filter(case=held.case, material__code__in=codes, at=entry.at).update(voided=True)
    points = CorrectionPoint.objects.filter(correction__case=held.case, answered_at=entry.at)
    return _reopened(points, {"answered_at": None})


def _judged(held: Held, entry: Entry) -> Kept:
    Verdict.objects.filter(case=held.case, at=entry.at).update(voided=True)
    return {}


def _refused(held: Held, entry: Entry) -> Kept:
    """A proposal waits again for its second person; a decision taken alone is marked."""
    number = entry.body["refusal"]
    own = Refusal.objects.filter(pk=number, case=held.case)
    proposed = any(getattr(fact, "refusal", None) == number for fact in held.facts)
    if not proposed:
        own.update(voided=True)
        return _proposals(held, entry)
    return _reopened(own, {**_SETTLED, "confirmed": None}) | _proposals(held, entry)


def _proposals(held: Held, entry: Entry) -> Kept:
    """What the fact had settled along with itself (`settle_open`) waits again."""
    along = Refusal.objects.filter(case=held.case, settled_at=entry.at, confirmed=False)
    return _reopened(along, {**_SETTLED, "confirmed": None, "remark": ""})


def _decided(held: Held, entry: Entry) -> Kept:
    """What was granted on a promise is not checked yet; papers that may follow are waited for again."""
    Decision.objects.filter(pk=entry.body["decision"], case=held.case).update(case=None, voided_of=held.case)
    checks = Promise.objects.filter(case=held.case, state=Promise.State.CHECKING)
    ended = Deferral.objects.filter(case=held.case, outcome=Deferral.Outcome.ENDED)
    return _reopened(checks, {"state": Promise.State.SIGNED, "due_on": None}) | _reopened(
        ended, {"outcome": "", "settled_on": None}
    )


def _deferred(held: Held, entry: Entry) -> Kept:
    """A promise to bring papers later without the acceptance that it was signed for is a wish at most."""
    own = Deferral.objects.filter(pk=entry.body["deferral"], case=held.case)
    return _reopened(own, {"accepted_by_id": None, "due_on": None, "reminded_on": None})


def _delivered(held: Held, entry: Entry) -> Kept:
    """A parcel is on its way again; what was handed over at the counter was not."""
    if entry.body["way"] == Delivery.Way.COURIER:
        return _open(Delivery, "delivery", done_on=None)(held, entry)
    return _mark(Delivery, "delivery")(held, entry)


def _returned(held: Held, entry: Entry) -> Kept:
    gone = {"material__code__in": entry.body["materials"], "original": True, "returned_on": entry.on}
    Submitted.objects.filter(application=held.case.application_id, **gone).update(returned_on=None)
    return _mark(Delivery, "delivery")(held, entry)


_MISSED = _open(Deferral, "deferral", outcome="", settled_on=None)
_EXTENSION = _open(Extension, "extension", **_SETTLED, approved=None, remark="")
_UNDO: Mapping[str, Callable[[Held, Entry], Kept]] = {
    "CorrectedOnSpot": _papers,
    "CorrectionReceived": _papers,
    "Judged": _judged,
    "PapersDeferred": _deferred,
    "DeferralMissed": _MISSED,
    "DeemedWithdrawn": _MISSED,
    "CorrectionAsked": _mark(Correction, "correction"),
    "Refused": _refused,
    "NotOurs": _refused,
    "NotNeeded": _refused,
    "ExplanationAsked": _mark(Question, "question"),
    "Explained": _open(Question, "question", answer="", answered_at=None),
    "Reviewed": _mark(Opinion, "opinion"),
    "ReviewSentBack": _mark(Opinion, "opinion"),
    "ExtensionAsked": _mark(Extension, "extension"),
    "ExtensionDeclined": _EXTENSION,
    "Extended": _EXTENSION,
    "RenewalNamed": _mark(Renewal, "renewal"),
    "ProcedureBegun": _mark(Procedure, "procedure"),
    "ProcedureEnded": _open(
        Procedure,
        "procedure",
        ended_on=None,
        outcome="",
        result="",
        signed=False,
        ended_by_id=None,
        ended_at=None,
    ),
    "Granted": _decided,
    "Denied": _decided,
    "Dispatched": _mark(Delivery, "delivery"),
    "CameBack": _open(Delivery, "delivery", came_back_on=None, why_back=""),
    "Delivered": _delivered,
    "OriginalsReturned": _returned,
    "Withdrawn": _proposals,
}
