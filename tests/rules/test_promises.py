"""容缺 and 告知承诺 as histories: what is owed, until when, what may never follow, reckoned by hand."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.rules.facts import Accepted, Denied, Fact, Granted, Received, Withdrawn
from onewindow.rules.facts_promise import (
    CheckOverdue,
    DeemedWithdrawn,
    DeferralMissed,
    DeferralReminded,
    Mended,
    MendOrdered,
    PapersCleared,
    PapersDeferred,
    PapersSupplied,
    PromiseKept,
    PromiseSigned,
    PromiseTakenBack,
    RevocationAnnounced,
    RevocationDropped,
    Revoked,
    StatementHeard,
    SupplyReturned,
)
from onewindow.rules.grants import NotAllowed
from onewindow.rules.pack import Kind, Term
from onewindow.rules.promises import TERM, deferral, promise
from onewindow.rules.stages import Stage
from onewindow.rules.standing import CaseLaw, Standing, TermState, standing
from tests.rules.test_second_reckoning import law

OCT12, OCT14, OCT16, OCT19 = (date(2026, 10, day) for day in (12, 14, 16, 19))
SUPPLYING = Term(
    TERM,
    "容缺补交期限",
    5,
    "working",
    ("PapersDeferred", "SupplyReturned"),
    ("PapersCleared", "DeferralMissed", "DeemedWithdrawn", "Granted", "Denied", "Withdrawn"),
    frozenset(Kind),
    rests_after=("PapersSupplied",),
    owed_by="applicant",
)
LAW: CaseLaw = replace(law(8), terms=(*law(8).terms, SUPPLYING))
RECEIVED = Received(on=OCT12, channel="counter", application=1)
DEFERRED = (RECEIVED, PapersDeferred(on=OCT12, deferral=1, materials=(7, 8), days=5), Accepted(on=OCT12))
PROMISED = (RECEIVED, PromiseSigned(on=OCT12, promise=1, materials=(7,)), Accepted(on=OCT12, one_step=True))
ANSWERED = (*PROMISED, Granted(on=OCT12, decision=1))


def now(*facts: Fact, by: CaseLaw = LAW) -> Standing:
    return standing(facts, by)


def supply(found: Standing) -> TermState:
    return next(state for state in found.terms if state.term.name == TERM)


def came(on: date, *materials: int, left: tuple[int, ...] = ()) -> PapersSupplied:
    return PapersSupplied(on=on, deferral=1, materials=materials, left=left)


def test_the_promised_days_are_those_of_the_promise_and_the_applicants_to_keep() -> None:
    found = now(*DEFERRED)
    state = supply(found)
    assert (state.due, state.owed_by_office, found.held) == (date(2026, 10, 19), False, False)
    assert found.due_on == date(2026, 10, 22)  # 13–16, 19–22: the promise of eight days goes on


def test_a_part_that_came_leaves_the_rest_owed_and_all_of_it_makes_it_the_offices_turn() -> None:
    part = now(*DEFERRED, came(OCT14, 7, left=(8,)))
    assert supply(part).rests_since is None
    whole = now(*DEFERRED, came(OCT14, 7, left=(8,)), came(OCT16, 8))
    assert supply(whole).rests_since == OCT16
    assert not supply(whole).late
    cleared = now(*whole.seen, PapersCleared(on=OCT16, deferral=1))
    assert supply(cleared).ended == OCT16
    after = deferral(cleared.seen)
    assert after is not None
    assert (after.owed, after.cleared) == ((), True)


def test_what_was_not_in_order_is_owed_again_from_the_day_on_which_he_was_told() -> None:
    found = now(*DEFERRED, came(OCT16, 7, 8), SupplyReturned(on=OCT19, deferral=1, materials=(8,), days=2))
    assert supply(found).due == date(2026, 10, 21)
    told = deferral(found.seen)
    assert told is not None
    assert (told.owed, told.waits) == ((8,), ())


GRANTED = Granted(on=OCT19, decision=1)
IMPOSSIBLE = {
    "nothing came": (*DEFERRED, GRANTED),
    "a part came": (*DEFERRED, came(OCT14, 7, left=(8,)), GRANTED),
    "nobody looked at it": (*DEFERRED, came(OCT14, 7, 8), GRANTED),
    "it was missed": (*DEFERRED, DeferralMissed(on=OCT19, deferral=1), GRANTED),
    "it was missed and came late": (*DEFERRED, DeferralMissed(on=OCT19, deferral=1), came(OCT19, 7, 8)),
    "it came in time and is called missed": (
        *DEFERRED,
        came(OCT19, 7, 8),
        DeferralMissed(on=OCT19, deferral=1),
    ),
    "twice promised": (*DEFERRED[:2], DEFERRED[1]),
    "a paper that nobody promised": (*DEFERRED, came(OCT14, 9, left=(7, 8))),
    "reminded twice": (*DEFERRED, *2 * (DeferralReminded(on=OCT16, deferral=1, due=OCT19),)),
    "cleared before all came": (*DEFERRED, came(OCT14, 7, left=(8,)), PapersCleared(on=OCT14, deferral=1)),
    "kept before it was granted": (*PROMISED, PromiseKept(on=OCT14, promise=1)),
    "signed twice": (*PROMISED[:2], PROMISED[1]),
    "kept after it was ordered to be mended": (
        *ANSWERED,
        MendOrdered(on=OCT14, promise=1, mend_by=OCT19),
        PromiseKept(on=OCT14, promise=1),
    ),
    "mended without an order": (*ANSWERED, Mended(on=OCT14, promise=1)),
    "revoked unheard before the day": (
        *ANSWERED,
        RevocationAnnounced(on=OCT14, revocation=1, reply_by=OCT19),
        Revoked(on=OCT19, revocation=1),
    ),
    "revoked unannounced": (*ANSWERED, Revoked(on=OCT19, revocation=1)),
    "announced twice": (*ANSWERED, *2 * (RevocationAnnounced(on=OCT14, revocation=1, reply_by=OCT19),)),
    "overdue twice": (*ANSWERED, *2 * (CheckOverdue(on=OCT19, promise=1, due=OCT16),)),
    "taken back after the decision": (*ANSWERED, PromiseTakenBack(on=OCT14, promise=1)),
    "checked after it was kept": (
        *ANSWERED,
        PromiseKept(on=OCT14, promise=1),
        MendOrdered(on=OCT14, promise=1, mend_by=OCT19),
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused(name: str) -> None:
    *before, last = IMPOSSIBLE[name]
    now(*before)
    with pytest.raises(NotAllowed):
        now(*before, last)


def test_a_denial_is_possible_whatever_is_owed() -> None:
    assert now(*DEFERRED, Denied(on=OCT14, decision=1)).stage is Stage.DENIED
    assert (
        now(*DEFERRED, DeferralMissed(on=OCT19, deferral=1), Denied(on=OCT19, decision=1)).stage
        is Stage.DENIED
    )


@pytest.mark.parametrize("gone", [Withdrawn(on=OCT14), DeemedWithdrawn(on=OCT14, deferral=1)])
def test_no_term_stays_open_on_a_case_that_was_withdrawn(gone: Fact) -> None:
    found = now(*DEFERRED, gone)
    assert found.stage is Stage.WITHDRAWN
    assert found.seen_last_ending() == OCT14
    assert supply(found).ended == OCT14


def test_where_the_place_says_so_the_promised_term_waits_and_the_legal_one_never() -> None:
    waits = replace(LAW, waits_for_papers=True)
    found = now(*DEFERRED, came(OCT14, 7, 8), PapersCleared(on=OCT14, deferral=1), by=waits)
    dues = {state.term.name: state.due for state in found.terms}
    plain = {state.term.name: state.due for state in now(*found.seen).terms}
    # The days of 13 and 14 October are not counted in the promise: 15–16, 19–23, 26.
    assert dues["promised"] == date(2026, 10, 26)
    assert plain["promised"] == date(2026, 10, 22)
    assert dues["decide"] == plain["decide"]


def test_a_promise_waits_for_its_decision_at_once_and_taken_back_begins_anew() -> None:
    assert now(*PROMISED).stage is Stage.DECIDING
    back = now(*PROMISED, PromiseTakenBack(on=OCT14, promise=1))
    assert back.stage is Stage.RECEIVED
    told = promise(back.seen)
    assert told is not None
    assert told.taken_back


def test_the_course_of_a_broken_promise() -> None:
    announced = (*ANSWERED, RevocationAnnounced(on=OCT14, revocation=1, reply_by=OCT19))
    heard = (*announced, StatementHeard(on=OCT16, revocation=1))
    revoked = promise(now(*heard, Revoked(on=OCT16, revocation=1)).seen)
    assert revoked is not None
    assert (revoked.revoked, revoked.settled) == (True, True)
    later = date(2026, 10, 20)  # nobody spoke, and the day is over
    assert now(*announced, Revoked(on=later, revocation=1)).stage is Stage.CLOSED
    dropped = promise(now(*heard, RevocationDropped(on=OCT16, revocation=1)).seen)
    assert dropped is not None
    assert (dropped.revocation, dropped.settled) == (0, False)
