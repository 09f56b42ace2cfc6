"""延续: which licence is to go on, who is told that his runs out, and what if nobody decides in time (行政许可法 50)?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onewindow.cases.models import Case, Decision, Renewal
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules import validity
from onewindow.rules.facts_renewal import RenewalNamed, RenewalReminded, RenewedByLaw
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.pack import InForce
from onewindow.rules.stages import Stage

_UNDECIDED = (Stage.EXAMINING, Stage.DECIDING)


@needs(Grant.CASE_ACCEPT)
@one
def name_licence(case: Case, *, by: Officer, at: datetime, number: str, expires_on: date) -> Renewal:
    """登记原证: the licence that the applicant wants to go on, and when it runs out; once for a case.

    One that this office issued is found by its number, and its own last day holds.
    """
    held = hold(case)
    held.expect("RenewalNamed")
    before = renews(held.case.version.content, held.pack, held.case.version.kind)
    if before is None:
        raise NotAllowed("本事项的办事指南没有写可以延续哪一种证照，不能登记原证。")
    if not number.strip():
        raise NotAllowed("请填写原证的编号。")
    if Renewal.objects.filter(case=held.case).exists():
        raise NotAllowed("原证已经登记过了。请刷新后再看。")
    licence = _issued(held, number.strip())
    if licence is not None and licence.revoked_on is not None:
        raise NotAllowed(f"这张证照已经在 {licence.revoked_on} 撤销，不能延续，请申请人重新申请办证。")
    expires = licence.valid_until if licence and licence.valid_until else expires_on
    if licence is not None and expires != expires_on:
        raise NotAllowed(f"这张证照的有效期到 {expires}，与填写的不同，请核对原证。")
    if expires < held.case.received_on:
        raise NotAllowed("原证在申请以前就已经到期，不能延续，请申请人重新申请办证。")
    last = expires - timedelta(days=before)
    renewal = Renewal.objects.create(
        case=held.case,
        licence=licence,
        number=number.strip()[:60],
        expires_on=expires,
        apply_by=last,
        in_time=held.case.received_on <= last,
        by=by,
        at=at,
    )
    held.record(RenewalNamed(on=at.date(), renewal=renewal.pk, until=expires), by=by, at=at)
    return renewal


@needs(Grant.CASE_TICK)
@transaction.atomic
def renew_by_law(case: Case, *, by: Actor, at: datetime) -> bool:
    """视为准予延续: applied for in time and not decided when the licence ran out; dated with its last day.

    The last day of a licence is a date and not reckoned, so no notice that is still to come can move it.
    """
    held = hold(case)
    renewal = Renewal.objects.select_related("licence").filter(case=held.case).first()
    if (
        renewal is None
        or (renewal.licence and renewal.licence.revoked_on)
        or not renewal.in_time
        or at.date() <= renewal.expires_on
    ):
        return False
    if not held.pack.holds("renewal.deemed", held.case.version.kind) or held.now.stage not in _UNDECIDED:
        return False
    begins = renewal.expires_on + timedelta(days=1)
    result = held.case.version.content.get("result", {})
    months = validity.months_of(result)
    decision = Decision.objects.create(
        case=held.case,
        granted=True,
        text="行政机关在有效期届满前没有作出是否准予延续的决定，依法视为准予延续。",
        result_name=str(result.get("name", ""))[:200],
        result_number=renewal.number[:50],
        valid_from=begins,
        valid_until=validity.last_day(begins, months) if months else None,
        at=at,
        on=renewal.expires_on,
    )
    fact = RenewedByLaw(on=renewal.expires_on, decision=decision.pk, recorded_on=at.date())
    held.record(fact, by=by, at=at)
    return True


@needs(Grant.CASE_TICK)
@transaction.atomic
def remind_renewal(case: Case, *, by: Actor, at: datetime) -> bool:
    """提醒延续: the holder is told once, while he can still apply in time."""
    held = hold(case)
    decision = Decision.objects.select_for_update().filter(case=held.case).first()
    if decision is None or decision.valid_until is None or decision.reminded_on or decision.revoked_on:
        return False
    before = renews(held.case.version.content, held.pack, held.case.version.kind)
    if before is None or held.now.stage is not Stage.CLOSED:
        return False
    decision.reminded_on = at.date()
    decision.save(update_fields=["reminded_on"])
    last = decision.valid_until - timedelta(days=before)
    fact = RenewalReminded(
        on=at.date(), decision=decision.pk, until=decision.valid_until, apply_by=max(last, at.date())
    )
    held.record(fact, by=by, at=at)
    return True


def renews(content: Mapping[str, Any], pack: InForce, kind: str) -> int | None:
    """How many days before its end the licence of this guide is to be applied for again; None when it does not go on.

    The item's own basis goes before the general thirty days, as art. 50 itself says.
    """
    told = content.get("renewal")
    if not told:
        return None
    general = pack.value("renewal.before_days", kind)
    own = told.get("before_days")
    return int(own) if own else general if isinstance(general, int) else None


def _issued(held: Held, number: str) -> Decision | None:
    """The decision that issued it here, to this very applicant."""
    own = Decision.objects.filter(
        granted=True,
        result_number=number,
        case__applicant=held.case.applicant_id,
        case__county=held.case.county,
    )
    return own.exclude(case=held.case).order_by("-pk").first()
