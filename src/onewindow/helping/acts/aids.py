"""便民服务: which services does a hall offer, and who asks for one – a home visit, a green channel, a helper?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.catalogue.models import Item
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.series import take
from onewindow.hall.offered import answer_due, terms
from onewindow.helping.hours import refuse_hour
from onewindow.helping.models import Aid, AidRequest
from onewindow.helping.write import hold, move
from onewindow.journal import write
from onewindow.people.acts import refuse_dead, require_real_phone
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall
from onewindow.places.reads import here
from onewindow.places.write import journalise
from onewindow.rules.aids import COURSES, OPEN, Stage, Way
from onewindow.rules.bookings import Channel
from onewindow.rules.facts_aids import KIND, AidAsked, AidClosed, AidSet, AidWithdrawn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, tidy_phone

MOST_FIELDS = 8


@dataclass(frozen=True, kw_only=True)
class Offer:
    """How a hall offers a service."""

    way: str
    name: str
    about: str = ""
    grounds: Sequence[str] = ()
    fields: Sequence[Mapping[str, object]] = ()
    items: Sequence[Item] = ()
    order: int = 0


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def offer_aid(hall: Hall, *, by: Actor, at: datetime, offer: Offer, aid: Aid | None = None) -> Aid:
    """设置便民服务: opened, changed, or opened again after it was closed; requests that are there stay as they were."""
    if offer.way not in {way.value for way in Way}:
        raise NotAllowed("请选择是哪一种服务。")
    if not offer.name.strip():
        raise NotAllowed("请写服务的名称。")
    if len(offer.fields) > MOST_FIELDS:
        raise NotAllowed(f"要另外填的最多 {MOST_FIELDS} 项，请去掉几项。")
    made = aid or Aid(hall=hall, way=offer.way)
    if made.hall_id != hall.pk:
        raise NotAllowed("这项服务不是这个大厅的。请刷新后再看。")
    made.name, made.about, made.order = offer.name.strip()[:30], offer.about.strip()[:200], offer.order
    made.grounds, made.fields = list(offer.grounds), [dict(one) for one in offer.fields]
    made.closed_on = None
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise NotAllowed(f"本大厅已经有“{offer.name}”，请修改它，或者换一个名称。") from None
    made.items.set(offer.items)
    journalise(hall.county, AidSet(on=at.date(), aid=made.pk), by=by, at=at)
    return made


@needs(Grant.HALL_MANAGE)
@transaction.atomic
def close_aid(aid: Aid, *, by: Actor, at: datetime) -> Aid:
    """停办: what was asked for is still done."""
    held = Aid.objects.select_for_update(of=("self",)).select_related("hall").get(pk=aid.pk)
    if held.closed_on is None:
        held.closed_on = at.date()
        held.save(update_fields=["closed_on"])
        journalise(held.county, AidClosed(on=at.date(), aid=held.pk), by=by, at=at)
    return held


@dataclass(frozen=True, kw_only=True)
class AidWish:
    """What is asked for: which service, for whom, when, where, and why."""

    aid: Aid
    party: Party
    on: date
    begins: time
    channel: Channel
    phone: str
    address: str = ""
    ground: str = ""
    note: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    item: Item | None = None
    agent: Party | None = None

    @property
    def county(self) -> str:
        return self.aid.county

    @property
    def hall_id(self) -> int:
        return self.aid.hall_id

    @property
    def applicant_id(self) -> int:
        """Whose it will be: nobody asks in the name of a stranger."""
        return self.party.pk


@needs(Grant.BOOKING_ASK)
def ask_aid(wish: AidWish, *, by: Actor, at: datetime, once: UUID) -> AidRequest:
    """申请便民服务, on any day at any hour; the same page sent twice asks once."""
    try:
        with transaction.atomic():
            return _ask(wish, by=by, at=at, once=once)
    except (IntegrityError, NotAllowed):  # asked already by this very page
        found = AidRequest.objects.filter(once=once).select_related("aid", "hall", "party", "subject").first()
        if found is None:
            raise
        return found


def _ask(wish: AidWish, *, by: Actor, at: datetime, once: UUID) -> AidRequest:
    way = Way(wish.aid.way)
    _refuse_offer(wish, way)
    _refuse_person(wish, by, at)
    local = at.astimezone(SHANGHAI)
    letters = COURSES[way].letters
    number = f"{letters}{local:%Y%m%d}-{take(wish.county, f'aid:{letters}{local:%Y%m%d}'):03}"
    request = AidRequest.objects.create(
        county=wish.county,
        subject=write.open_subject(wish.county, KIND, number),
        number=number,
        once=once,
        aid=wish.aid,
        hall=wish.aid.hall,
        stage=Stage.ASKED.value,
        channel=wish.channel.value,
        party=wish.party,
        agent=wish.agent,
        item=wish.item,
        phone=tidy_phone(wish.phone),
        address=wish.address.strip()[:200],
        note=wish.note.strip()[:300],
        ground=wish.ground[:40],
        told={label: text.strip()[:200] for label, text in wish.told.items()},
        asked_at=at,
        recorder=by if isinstance(by, Officer) else None,
        on=wish.on,
        begins=wish.begins,
        answer_due=answer_due(wish.aid.hall, at, terms(local.date()).answer),
    )
    fact = AidAsked(on=local.date(), request=request.pk, aid=wish.aid.pk, channel=wish.channel.value)
    write.record(request.subject, fact, by=by, at=at)
    return request


@needs(Grant.BOOKING_ASK)
@transaction.atomic
def withdraw_aid(request: AidRequest, *, by: Actor, at: datetime, reason: str = "") -> AidRequest:
    """取消申请: by himself, or by the office, which says what he said."""
    held, office = hold(request), isinstance(by, Officer)
    if office and len(reason.strip()) < 2:
        raise NotAllowed("请写明为什么取消，或者申请人怎么说的。")
    fact = AidWithdrawn(on=at.date(), request=held.pk, side="office" if office else "applicant")
    return move(held, fact, by=by, at=at, reason=reason.strip()[:300])


def _refuse_offer(wish: AidWish, way: Way) -> None:
    aid, course = wish.aid, COURSES[way]
    if aid.closed_on is not None:
        raise NotAllowed(f"{aid.hall}现在不提供“{aid.name}”，请看大厅的其他服务。")
    if way is Way.BOOKING:
        raise NotAllowed("预约请从事项的办事指南点“预约办理”。")
    if aid.grounds and wish.ground not in aid.grounds:
        raise NotAllowed("请选择属于哪一种情形。")
    if course.at_home and len(wish.address.strip()) < 4:
        raise NotAllowed("请写明上门的地址，到门牌号。")
    for one in aid.fields:
        if one.get("needed") and not wish.told.get(str(one["label"]), "").strip():
            raise NotAllowed(f"请填写“{one['label']}”。")
    offered = list(aid.items.all())
    if offered and wish.item not in offered:
        names = "、".join(item.name for item in offered)
        raise NotAllowed(f"“{aid.name}”只办这些事项：{names}，请从里面选。")


def _refuse_person(wish: AidWish, by: Actor, at: datetime) -> None:
    refuse_dead(wish.party)
    if isinstance(by, Party) != (wish.channel is Channel.WEB):
        raise NotAllowed("窗口和电话申请由工作人员登记，网上申请由本人提出。请改申请方式。")
    if fault := phone_fault(wish.phone) if wish.phone.strip() else "请填写能联系上的电话。":
        raise NotAllowed(fault)
    require_real_phone(wish.phone, here())
    refuse_hour(wish.aid.hall, wish.aid.course, wish.on, wish.begins, at)
    # Asked from two pages at once, the second one waits and finds what the first one wrote.
    Party.objects.select_for_update(of=("self",), no_key=True).get(pk=wish.party.pk)
    stages = sorted(stage.value for stage in OPEN)
    same = AidRequest.objects.filter(party=wish.party, aid=wish.aid, stage__in=stages, on=wish.on)
    if same.exists():
        raise NotAllowed("这一天已经申请过这项服务，不用再申请。请在“我的预约”里看。")
