"""承诺的卡片: what does an officer read of a case's promises, and the applicant before he signs one?"""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow.cases.acts.defer import supply_days
from onewindow.cases.models import Promise
from onewindow.cases.reads.whole import Whole
from onewindow.cases.write import Held
from onewindow.catalogue.promised import Offer, offer
from onewindow.ground.clock import today
from onewindow.packs.keys import in_words
from onewindow.packs.keys_settings import SETTINGS
from onewindow.rules import promises
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import LOCAL_WORDS


def shown(whole: Whole, day: date) -> dict[str, Any]:
    """The card: papers that may follow, and the promise with its check; empty in most cases."""
    if not whole.deferrals and not whole.promises and not whole.revocations:
        return {}
    told = promises.deferral(whole.now.seen)
    names = {paper.material.pk: paper.material.name for paper in whole.papers}
    state = next((s for s in whole.now.terms if s.term.name == promises.TERM), None)
    row = whole.deferrals[-1] if whole.deferrals else None
    promise = whole.promises[-1] if whole.promises else None
    told_offer = offer(whole.case.version)
    return {
        "deferral": row,
        "later": told,
        "owed": [names.get(pk, "") for pk in (told.owed if told else ())],
        "waits": [names.get(pk, "") for pk in (told.waits if told and told.open else ())],
        "following": [names.get(pk, "") for pk in (row.materials if row else ())],
        "supply_due": state.due if state and state.running else None,
        "supply_late": bool(told and told.open and told.owed and state and state.due and day > state.due),
        "promise": promise,
        "offer": told_offer,
        "spared": _spared(whole, told_offer),
        "check_late": bool(promise and _late(promise, day)),
        "revocations": whole.revocations,
    }


def _spared(whole: Whole, told: Offer | None) -> set[int]:
    """The materials for which a promise stands that is signed and holds."""
    if told is None or promises.live(whole.now.seen) is None:
        return set()
    return {paper.material.pk for paper in whole.papers if paper.material.code in told.materials}


def _late(promise: Promise, day: date) -> bool:
    return promise.state in Promise.OPEN and promise.due_on is not None and day > promise.due_on


def signing(whole: Whole, key: str) -> dict[str, Any]:
    """What is read before it is signed: the whole letter, in its parts."""
    if key == "promise":
        told = offer(whole.case.version)
        spared = set(told.materials) if told else set()
        return {
            "offer": told,
            "check_days": (told.check_days if told else 0)
            or whole.pack.setting("commitment.check_days").number,
            "spared": [p.material.name for p in whole.papers if p.material.code in spared],
        }
    if key == "accept-later":
        return _later(whole)
    return {}


def _later(whole: Whole) -> dict[str, Any]:
    lacking = [paper.material for paper in whole.lacking]
    missed = whole.pack.setting("rongque.missed")
    told: dict[str, Any] = {
        "later_papers": lacking,
        "missed": in_words(SETTINGS["rongque.missed"], missed.value),
        "local": LOCAL_WORDS,
        "asked_online": promises.asked(whole.now.seen) is not None,
    }
    held = Held(whole.case, whole.now.seen, whole.law, whole.pack)
    try:
        days = supply_days(held, lacking, today())
    except NotAllowed as refused:
        return told | {"no_days": str(refused)}
    return told | {"days": days, "supply_by": whole.law.calendar.add(today(), days)}
