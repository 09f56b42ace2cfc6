"""承诺的样子: what does a program read of a case's promises?"""

from __future__ import annotations

from typing import Literal

from onewindow.rules import promises
from onewindow.rules.standing import Standing
from onewindow.web.api import shapes

State = Literal["signed", "taken_back", "kept", "mending", "mended", "revoking", "revoked"]


def deferral_of(now: Standing) -> shapes.DeferralOut | None:
    """Papers that follow; None in most cases."""
    told = promises.deferral(now.seen)
    if told is None:
        return None
    running = next((s for s in now.running() if s.term.name == promises.TERM), None)
    return shapes.DeferralOut(
        id=told.number,
        promised=len(told.materials),
        owed=len(told.owed),
        waits=len(told.waits),
        due=running.due if running else None,
        state="cleared" if told.cleared else "missed" if told.missed else "open",
    )


def promise_of(now: Standing) -> shapes.PromiseOut | None:
    """A promise of the conditions; None in most cases."""
    told = promises.promise(now.seen)
    if told is None:
        return None
    return shapes.PromiseOut(
        id=told.number,
        signed_on=told.signed_on,
        state=_state(told),
        mend_by=told.mend_by,
        reply_by=told.reply_by,
    )


def _state(told: promises.Promise) -> State:
    reached: tuple[tuple[bool, State], ...] = (
        (told.taken_back, "taken_back"),
        (told.revoked, "revoked"),
        (told.kept, "kept"),
        (told.mended, "mended"),
        (bool(told.revocation), "revoking"),
        (told.mend_by is not None, "mending"),
    )
    return next((state for there, state in reached if there), "signed")
