"""离线收件: how are papers taken in while the county cannot be reached, and how does a case come of each receipt, once?

The law counts from the day on which the papers were handed in (行政许可法 32), not from the day on which the line came
back: the case is dated from its receipt, by the ordinary acts, by the officer who took it in with his powers of that day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onewindow.box.ledger import CLOCK, DOUBLED
from onewindow.box.models import Box
from onewindow.cases.acts.receive import receive
from onewindow.cases.models import Case, OfflineReceipt, ReceiptBlock
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground import series
from onewindow.hall.models import Visit
from onewindow.hall.write import refuse_elsewhere
from onewindow.intake.acts import Paper, Told, take_in
from onewindow.intake.acts.papers import open_for_application, refuse_faults
from onewindow.journal.models import Subject
from onewindow.journal.write import record
from onewindow.people.acts import PartyData, file_party
from onewindow.people.acts.parties import faults_of, require_real
from onewindow.people.models import Holding, Officer, Party
from onewindow.people.reads import on_duty
from onewindow.places.models import Window
from onewindow.places.reads import here
from onewindow.places.write import journalise
from onewindow.rules.facts_box import (
    RECEIPT_KIND,
    BlockReserved,
    PapersTakenOffline,
    ReceiptBecameCase,
    ReceiptSetAside,
    ReceiptSettled,
)
from onewindow.rules.grants import SYSTEM, Actor, Grant, NotAllowed, needs
from onewindow.rules.kinds_of_case import Mode
from onewindow.rules.workdays import UncoveredDay

SERIES = "receipt"
MOST = 1000
WHY = "断网时由大厅本机离线收件，恢复联系后补录"


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def reserve_block(box: Box, *, by: Actor, at: datetime, count: int) -> ReceiptBlock:
    """预留收件编号: the next numbers of the county's series are this machine's and nobody else's."""
    if not 1 <= count <= MOST:
        raise NotAllowed(f"一次预留 1 到 {MOST} 个编号，请改一下数目。")
    box = Box.objects.select_for_update(of=("self",)).get(pk=box.pk)
    if box.retired_at is not None:
        raise NotAllowed("这台本机已经停用，不能再预留编号。请先登记新的本机。")
    before = series.take(box.county, SERIES)  # locks the series until commit
    series.at_least(box.county, SERIES, before + count - 1)
    block = ReceiptBlock.objects.create(
        **{"county": box.county, "box": box, "first": before, "last": before + count - 1},
        **{"reserved_by": by.actor_code, "reserved_at": at},
    )
    told = {"box": box.pk, "block": block.pk, "first": block.first, "last": block.last}
    journalise(box.county, BlockReserved(on=at.date(), **told), by=by, at=at)
    return block


@needs(Grant.RECEIPT_WRITE)
@transaction.atomic
def write_receipt(
    version: ItemVersion,
    *,
    by: Officer,
    at: datetime,
    once: UUID,
    box: Box,
    person: PartyData,
    form: Mapping[str, Any],
    papers: Collection[str],
    window: Window | None = None,
    visit: int | None = None,
) -> OfflineReceipt:
    """离线收件: on the machine of the hall, under the next number of its blocks; the same page twice is one receipt."""
    box = Box.objects.select_for_update(of=("self",)).get(pk=box.pk)
    known = OfflineReceipt.objects.filter(once=once).first()
    if known is not None:
        return known
    refuse_elsewhere(box.hall)  # its numbers may have been given already
    open_for_application(version)
    _refuse(version, person, form, papers, at)
    number = f"L{_next(box):06d}"
    subject = Subject.objects.create(county=box.county, kind=RECEIPT_KIND, number=number)
    receipt = OfflineReceipt.objects.create(
        **{"county": box.county, "subject": subject, "number": number, "once": once, "box": box},
        **{"version": version, "officer": by, "window": window, "visit_id": visit, "taken_at": at},
        person=_kept(person),
        form=dict(form),
        papers=sorted(papers),
    )
    record(subject, PapersTakenOffline(on=at.date(), receipt=receipt.pk), by=by, at=at)
    return receipt


def _refuse(
    version: ItemVersion, person: PartyData, form: Mapping[str, Any], papers: Collection[str], at: datetime
) -> None:
    for sentence in faults_of(person, at.date()).values():
        raise NotAllowed(sentence)
    require_real(person, here())
    refuse_faults(version, form)
    asked = version.materials.exclude(necessity=Material.Necessity.EXEMPT)
    if not set(papers) <= set(asked.values_list("code", flat=True)):
        raise NotAllowed("只能收本事项清单里的材料，清单以外的请退还申请人。")


def _kept(person: PartyData) -> dict[str, str]:
    names = ("paper_kind", "name", "phone", "nation")
    return {name: getattr(person, name) for name in names} | {"paper_number": person.number}


def _next(box: Box) -> int:
    """The next number of the blocks that were reserved for this machine; none is left out."""
    for block in box.blocks.order_by("first"):
        used = series.last(box.county, f"{SERIES}:{block.pk}")
        if block.first + used <= block.last:
            return block.first + series.take(box.county, f"{SERIES}:{block.pk}") - 1
    raise NotAllowed("预留给本机的收件编号用完了，不能离线收件。请管理员在“大厅本机”页面再预留一批。")


def left_of(box: Box) -> int:
    """How many numbers the blocks of this machine have left, as this side knows it."""
    there = sum(block.last - block.first + 1 for block in box.blocks.all())
    return there - box.receipts.count()


@needs(Grant.BOX_LINK)
def keep_receipt(
    box: Box, told: Mapping[str, Any], *, by: Actor, at: datetime, doer: Actor
) -> OfflineReceipt:
    """At the county: the receipt as it was written there; the case follows from its fact, by itself."""
    known = OfflineReceipt.objects.filter(once=UUID(told["once"])).first()
    if known is not None:
        return known
    number, taken_at = str(told["number"]), datetime.fromisoformat(told["taken_at"]).astimezone(at.tzinfo)
    if not box.blocks.filter(first__lte=int(number[1:]), last__gte=int(number[1:])).exists():
        raise NotAllowed(f"离线收件 {number} 不在预留给这台本机的编号里，没有接收。请核对是哪台本机的收件。")
    _refuse_foreign(box, told, taken_at, at)
    number = _kept_number(box, number)
    subject = Subject.objects.create(county=box.county, kind=RECEIPT_KIND, number=number)
    there = Visit.objects.filter(hall=box.hall_id)
    visit = there.filter(key=told["visit"]).first() if told["visit"] else None
    receipt = OfflineReceipt.objects.create(
        **{"county": box.county, "subject": subject, "number": number, "once": UUID(told["once"])},
        **{"box": box, "version_id": told["version"], "officer_id": told["officer"]},
        **{"window_id": told["window"], "visit": visit, "taken_at": taken_at, "heard_at": at},
        **{"person": told["person"], "form": told["form"], "papers": told["papers"]},
    )
    fact = PapersTakenOffline(on=taken_at.date(), receipt=receipt.pk)
    record(subject, fact, by=doer, at=taken_at)
    return receipt


def _kept_number(box: Box, number: str) -> str:
    """The printed one; when it was given to two, by a machine that had forgotten the first, the second has a mark."""
    there = OfflineReceipt.objects.filter(county=box.county)
    while there.filter(number=number).exists():
        number += DOUBLED
    return number


def _refuse_foreign(box: Box, told: Mapping[str, Any], taken_at: datetime, at: datetime) -> None:
    """A machine writes of its own hall, its own county and its own time, whatever it says."""
    window = told["window"] is None or Window.objects.filter(pk=told["window"], hall=box.hall_id).exists()
    officer = Holding.objects.filter(officer=told["officer"], post__hall=box.hall_id).exists()
    version = ItemVersion.objects.filter(pk=told["version"], item__county=box.county).exists()
    since = box.took_over_at is None or taken_at >= box.took_over_at - CLOCK
    if not (window and officer and version and since and taken_at <= at + CLOCK):
        raise NotAllowed("上报的离线收件不是这台本机在它管理大厅期间收的，没有接收。请核对本机的时间和大厅。")


@needs(Grant.CASE_TICK)
@transaction.atomic
def make_case(receipt: OfflineReceipt, *, by: Actor, at: datetime) -> Case | None:
    """成件: one case for one receipt, however often it is tried; what cannot become one waits for somebody, with the reason."""
    held = OfflineReceipt.objects.select_for_update(of=("self",)).select_related("subject")
    found = held.get(pk=receipt.pk)
    if found.case is not None or found.settled_at is not None:
        return found.case
    try:
        with transaction.atomic():
            found.case = _received(found, at)
    except (NotAllowed, UncoveredDay) as refusal:
        _set_aside(found, str(refusal), by=by, at=at)
        return None
    found.why = ""
    found.save(update_fields=["case", "why"])
    fact = ReceiptBecameCase(on=at.date(), receipt=found.pk, case=found.case.pk)
    record(found.subject, fact, by=by, at=at)
    return found.case


def _received(receipt: OfflineReceipt, at: datetime) -> Case:
    """By the ordinary acts, as the officer who took it in, with the powers that he had on that day."""
    if not receipt.person:
        raise NotAllowed("大厅本机已经按期删去姓名和证件，请按纸质回执补录。")
    day = receipt.taken_at.astimezone(at.tzinfo).date()
    officer = on_duty(receipt.officer.account, day)
    if officer is None:
        raise NotAllowed("当时收件的工作人员已经离岗，请另外指定人员补录。")
    here = [post for post in officer.posts if post.hall_id == receipt.box.hall_id]
    if not any(Grant.INTAKE_RECEIVE.value in post.grants for post in here):
        raise NotAllowed(
            f"{officer.name}那一天在{receipt.box.hall}没有收件的岗位。请核对回执是谁收的，另外指定人员补录。"
        )
    version = receipt.version
    came = [one for one in version.materials.all() if one.code in receipt.papers]
    party: Party = file_party(PartyData(**receipt.person), by=officer, at=at)
    application = take_in(
        version,
        by=officer,
        at=at,
        once=receipt.once,
        applicant=party,
        window=receipt.window,
        form=receipt.form,
        papers=[Paper(one) for one in came],
        told=Told(
            phone=receipt.person.get("phone", ""),
            mode=Mode.DIRECT.value if version.clock.get("entrusted") else "",
        ),
    )
    if receipt.visit_id is not None and application.visit_id is None:
        application.visit_id = receipt.visit_id
        application.save(update_fields=["visit"])
    return receive(application, by=officer, at=at, on=day, why_late=WHY)


def _set_aside(receipt: OfflineReceipt, why: str, *, by: Actor, at: datetime) -> None:
    if not receipt.why:  # tried again for the same reason, it is one fact
        record(receipt.subject, ReceiptSetAside(on=at.date(), receipt=receipt.pk), by=by, at=at)
    receipt.why = why[:300]
    receipt.save(update_fields=["why"])


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def try_again(receipt: OfflineReceipt, *, by: Officer, at: datetime) -> Case | None:
    """再试一次: when what stood in the way is gone."""
    return make_case(receipt, by=SYSTEM, at=at)


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def settle_receipt(receipt: OfflineReceipt, *, by: Officer, at: datetime, outcome: str) -> OfflineReceipt:
    """已处理: what was done for the applicant instead, in words; no case comes of it any more."""
    if len(outcome.strip()) < 4:
        raise NotAllowed("请写明怎样处理的，至少四个字，例如：已电话告知并退回材料。")
    held = OfflineReceipt.objects.select_for_update(of=("self",)).select_related("subject")
    found = held.get(pk=receipt.pk)
    if found.case is not None or found.settled_at is not None:
        raise NotAllowed("这份收件已经成件或者处理过了，请刷新后再看。")
    found.outcome, found.settled_by, found.settled_at = outcome.strip()[:300], by.actor_code, at
    found.save(update_fields=["outcome", "settled_by", "settled_at"])
    record(found.subject, ReceiptSettled(on=at.date(), receipt=found.pk), by=by, at=at)
    return found
