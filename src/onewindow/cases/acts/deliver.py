"""送达: how a result leaves the house, and what happens when it comes back or nobody fetches it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.acts.fees import refuse_unbilled
from onewindow.cases.acts.taking import Taker, check_taker
from onewindow.cases.dated import record_dated
from onewindow.cases.models import Case, Delivery
from onewindow.cases.write import Held, hold
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.places.models import Window
from onewindow.rules import fees
from onewindow.rules.facts import CameBack, Delivered, Dispatched, Kept, OriginalsReturned, PickupReminded
from onewindow.rules.facts_time import ParcelSilent
from onewindow.rules.fees import ISSUE
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.stages import Stage
from onewindow.rules.wakes import on_its_way


@needs(Grant.CASE_DELIVER)
@one
def hand_over(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    taker: Taker,
    window: Window | None = None,
    on: date | None = None,
    why_late: str = "",
) -> Delivery:
    """Give the result to the person at the counter, who shows identity and signs; the case is closed.

    `on` is the day on which he signed, where it is written down later.
    """
    held = hold(case)
    held.expect("Delivered")
    refuse_on_the_way(held)
    _refuse_unpaid(held)
    check_taker(held.case, taker, at.date())
    day = on or at.date()
    delivery = _at_counter(held, "result", taker, window, by=by, at=at, on=day)
    fact = Delivered(on=day, delivery=delivery.pk, way="counter")
    record_dated(held, fact, by=by, at=at, why=why_late)
    return delivery


@needs(Grant.CASE_DELIVER)
@transaction.atomic
def dispatch(case: Case, *, by: Officer, at: datetime, tracking: str) -> Delivery:
    """Send the result by courier; the tracking number is the applicant's to follow."""
    held = hold(case)
    held.expect("Dispatched")
    if not tracking.strip():
        raise NotAllowed("请填写运单号。")
    refuse_on_the_way(held)
    _refuse_unpaid(held)
    delivery = Delivery.objects.create(
        case=held.case, way="courier", tracking=tracking.strip()[:40], sent_on=at.date(), by=by, at=at
    )
    held.record(Dispatched(on=at.date(), delivery=delivery.pk), by=by, at=at)
    return delivery


@needs(Grant.CASE_DELIVER)
@transaction.atomic
def confirm_arrival(
    case: Case, *, by: Actor, at: datetime, on: date | None = None, why_late: str = ""
) -> Delivery:
    """The courier's receipt is here: the result arrived and the case is closed; `on` is the day on the receipt."""
    held = hold(case)
    held.expect("Delivered")
    delivery = _on_the_way(held)
    delivery.done_on = on or at.date()
    delivery.save(update_fields=["done_on"])
    fact = Delivered(on=delivery.done_on, delivery=delivery.pk, way="courier")
    record_dated(held, fact, by=by, at=at, why=why_late)
    return delivery


@needs(Grant.CASE_DELIVER)
@transaction.atomic
def take_back(case: Case, *, by: Actor, at: datetime, why: str) -> Delivery:
    """The parcel came back: recorded with the reason; sent again or fetched at the counter."""
    held = hold(case)
    held.expect("CameBack")
    if not why.strip():
        raise NotAllowed("请写明退件原因。")
    delivery = _on_the_way(held)
    delivery.came_back_on, delivery.why_back = at.date(), why.strip()[:200]
    delivery.save(update_fields=["came_back_on", "why_back"])
    held.record(CameBack(on=at.date(), delivery=delivery.pk), by=by, at=at)
    return delivery


@needs(Grant.CASE_APPLY)
@transaction.atomic
def download(case: Case, *, by: Actor, at: datetime, result: StoredFile | None) -> Delivery:
    """The applicant takes the result himself, with proof; only when he agreed to electronic service.

    `result` is the letter that he takes, brought by whoever knows the letters: nothing is served that is
    not there. While a parcel is on its way the result has left the house once and is not served again.
    """
    held = hold(case)
    held.expect("Delivered")
    _refuse_unpaid(held)
    if not held.case.application.e_service:
        raise NotAllowed("您没有同意电子送达，请到窗口领取，或者先在申请中同意电子送达。")
    if _parcel(held) is not None:
        raise NotAllowed(
            "结果已经寄出，还在路上，请等快递送到。退回来的话，可以再在网上领取，或者到窗口领取。"
        )
    if result is None or not files.path_of(result.sha256).is_file():
        raise NotAllowed("决定书正在制作，现在还不能领取。请过几分钟刷新再试，仍然不行的，请到窗口领取。")
    delivery = Delivery.objects.create(case=held.case, way="download", done_on=at.date(), at=at)
    held.record(Delivered(on=at.date(), delivery=delivery.pk, way="download"), by=by, at=at)
    return delivery


@needs(Grant.CASE_TICK)
@transaction.atomic
def remind_or_keep(case: Case, *, by: Actor, at: datetime) -> bool:
    """Nobody fetched the result: remind at the set interval, then keep and list it; a silent parcel is asked after."""
    held = hold(case)
    if held.now.stage.value not in ("granted", "denied"):
        return False
    if (parcel := on_its_way(held.facts)) is not None:
        return _ask_after(held, parcel, by=by, at=at)
    if any(isinstance(f, Kept) for f in held.facts):
        return False
    if held.case.application.delivery_way == "courier" and not held.case.deliveries.exists():
        return False  # he asked for the post: it is the office's turn, not his
    reminders = [fact for fact in held.facts if isinstance(fact, PickupReminded)]
    last = reminders[-1].on if reminders else held.case.decided_on
    interval = int(held.pack.setting("pickup.reminder_days").value)  # type: ignore[arg-type]
    if last is None or (at.date() - last).days < interval:
        return False
    times = int(held.pack.setting("pickup.reminders").value)  # type: ignore[arg-type]
    if len(reminders) < times:
        held.record(PickupReminded(on=at.date(), reminder=len(reminders) + 1), by=by, at=at)
    else:
        held.record(Kept(on=at.date()), by=by, at=at)
    return True


@needs(Grant.CASE_DELIVER)
@transaction.atomic
def return_originals(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    taker: Taker,
    materials: Sequence[str],
    window: Window | None = None,
) -> Delivery:
    """Give back originals that were taken in, against a receipt."""
    held = hold(case)
    held.expect("OriginalsReturned")
    check_taker(held.case, taker, at.date())
    here = held.case.application.submitted.filter(original=True, returned_on__isnull=True)
    if not materials or not set(materials) <= set(here.values_list("material__code", flat=True)):
        raise NotAllowed("只能退还收过、还没有退还的原件，请核对清单。")
    here.filter(material__code__in=materials).update(returned_on=at.date())
    delivery = _at_counter(held, "originals", taker, window, by=by, at=at, on=at.date())
    held.record(
        OriginalsReturned(on=at.date(), delivery=delivery.pk, materials=tuple(materials)), by=by, at=at
    )
    return delivery


def _ask_after(held: Held, parcel: Dispatched, *, by: Actor, at: datetime) -> bool:
    """The parcel has been on its way for too long: said once to the office and to the applicant."""
    wakes = held.now.wakes_on
    if wakes is None or at.date() < wakes:
        return False
    held.record(ParcelSilent(on=at.date(), delivery=parcel.delivery), by=by, at=at)
    return True


def _at_counter(
    held: Held, what: str, taker: Taker, window: Window | None, *, by: Officer, at: datetime, on: date
) -> Delivery:
    return Delivery.objects.create(
        case=held.case,
        what=what,
        way="counter",
        window=window,
        taker_name=taker.name.strip()[:60],
        taker_paper_kind=taker.paper_kind,
        taker_paper=taker.paper,
        taker_relation=taker.relation[:40],
        signature=taker.signature,
        signed=True,
        done_on=on,
        by=by,
        at=at,
    )


def _parcel(held: Held) -> Delivery | None:
    return held.case.deliveries.filter(way="courier", done_on__isnull=True, came_back_on__isnull=True).last()


def _on_the_way(held: Held) -> Delivery:
    delivery = _parcel(held)
    if delivery is None:
        raise NotAllowed("没有在途的邮件，请刷新后再看。")
    return delivery


def _refuse_unpaid(held: Held) -> None:
    """What was granted is handed out when it is paid; what was denied costs nothing."""
    if held.now.stage is Stage.GRANTED:
        refuse_unbilled(held, ISSUE)
        fees.refuse_impossible((*held.facts, Delivered(on=held.facts[-1].on, delivery=0, way="")))


def refuse_on_the_way(held: Held) -> None:
    """One result leaves the house once: what the courier has is neither sent nor handed out again."""
    if _parcel(held) is not None:
        raise NotAllowed("结果已经寄出，还在途中。请等签收，或者退件后先登记退件。")
