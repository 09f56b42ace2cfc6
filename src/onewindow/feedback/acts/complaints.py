"""投诉的行为: somebody says what went wrong at a window; the supervisor finds out, decides and answers (预约办 八、延时办 七、八)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.feedback.models import Complaint
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.series import take
from onewindow.hall.models import Booking, ExtensionAsk, Ticket
from onewindow.hall.write import refuse_on_machine
from onewindow.journal import write
from onewindow.journal.models import Subject
from onewindow.people.models import Officer, Party
from onewindow.places.models import Hall, Window
from onewindow.places.reads import here, pack_here, workdays
from onewindow.rules import account
from onewindow.rules.account import Penalty
from onewindow.rules.complaints import OF_BOOKING, OF_NUMBER, Channel, Kind, Service, Stage, service_of
from onewindow.rules.facts_complaints import KIND, ComplaintMade, ComplaintSettled
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, tidy_phone

About = Booking | Ticket | Hall
_SHORTEST = 5
HIMSELF = "投诉的就是您本人，请由另一位督查人员核查。"
NOBODY_ELSE = "投诉的就是您本人，现在又没有另一位能核查的人；已告诉管理岗位的同志，由他把这个岗位另给一位。"


class Unsettled(NotAllowed):
    """A decision with faults, told field by field."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("　".join(by_field.values()))
        self.by_field = by_field


@dataclass(frozen=True, kw_only=True)
class Told:
    """What whoever complains says; window and officer only where the supervisor writes it down."""

    kind: str
    what: str
    channel: Channel
    happened_on: date
    name: str = ""
    phone: str = ""
    service: Service = Service.WINDOW
    window: Window | None = None
    officer: Officer | None = None


@dataclass(frozen=True)
class _Of:
    """What the matter itself says of a complaint about it."""

    subject: Subject | None
    hall: Hall
    window: Window | None
    officer: Officer | None
    party: Party | None
    service: Service
    kinds: tuple[Kind, ...]


@needs(Grant.COMPLAINT_GIVE)
def complain(about: About, *, by: Actor, at: datetime, once: UUID, told: Told) -> Complaint:
    """投诉, of one's own booking or number, or as the supervisor was told; the same page sent twice complains once."""
    refuse_on_machine()
    try:
        with transaction.atomic():
            return _complain(about, by=by, at=at, once=once, told=told)
    except IntegrityError:
        found = Complaint.objects.filter(once=once).first()
        if found is None:
            raise
        return found


def _complain(about: About, *, by: Actor, at: datetime, once: UUID, told: Told) -> Complaint:
    of, local = _of(about, told), at.astimezone(SHANGHAI)
    phone = tidy_phone(told.phone)
    _refuse(told, of, phone, local.date())
    county = of.hall.county
    number = f"TS{local:%Y%m%d}-{take(county, f'complaint:{local:%Y%m%d}'):04}"
    made = Complaint.objects.create(
        county=county,
        subject=write.open_subject(county, KIND, number),
        number=number,
        once=once,
        about=of.subject,
        kind=told.kind,
        service=service_of(told.kind, of.service).value,
        channel=told.channel.value,
        hall=of.hall,
        window=told.window or of.window,
        officer=told.officer or of.officer,
        party=of.party,
        name=told.name.strip()[:60],
        phone=phone,
        what=told.what.strip()[:1000],
        happened_on=told.happened_on,
        made_at=at,
        taken_by=by.actor_code,
        due_on=answer_by(at),
    )
    fact = ComplaintMade(
        on=at.date(), complaint=made.pk, kind=made.kind, service=made.service, channel=made.channel
    )
    write.record(made.subject, fact, by=by, at=at)
    return made


def answer_by(at: datetime) -> date:
    """The last day for the answer to what was complained of at that moment, by the notices known now."""
    days = pack_here(here()).setting("complaint.close_days").number
    return workdays().add(at.astimezone(SHANGHAI).date(), days)


def _of(about: About, told: Told) -> _Of:
    if isinstance(about, Booking):
        officer = about.officer or about.first_asked or about.recorder
        window = about.window or about.recorded_at
        return _Of(about.subject, about.hall, window, officer, about.party, Service.BOOKING, OF_BOOKING)
    if isinstance(about, Hall):
        return _Of(None, about, None, None, None, told.service, tuple(Kind))
    asked = ExtensionAsk.objects.filter(ticket=about).select_related("window", "answered_by").first()
    late = asked is not None and asked.answered_by is not None
    window, officer = (asked.window, asked.answered_by) if late and asked else (about.window, about.officer)
    extended = late or hasattr(about, "extension")
    service = Service.EXTENDED if extended else Service.WINDOW
    return _Of(about.subject, about.hall, window, officer, about.visit.party, service, OF_NUMBER)


def _refuse(told: Told, of: _Of, phone: str, today: date) -> None:
    if told.kind not in of.kinds:
        raise NotAllowed("请选择投诉的是什么问题。")
    if len(told.what.strip()) < _SHORTEST:
        raise NotAllowed("请写明是怎么回事，至少五个字。")
    if told.happened_on > today:
        raise NotAllowed("发生的日子不能晚于今天，请重新填写。")
    if phone and (wrong := phone_fault(phone)):
        raise NotAllowed(wrong)
    if told.window is not None and told.window.hall_id != of.hall.pk:
        raise NotAllowed("这个窗口不在所选的大厅，请重新选择。")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the supervisor found out and decides; whoever complained reads the answer and nothing else of it."""

    verified: bool
    finding: str
    answer: str
    window: Window | None = None
    officer: Officer | None = None
    gravity: str = ""
    penalty: str = ""
    remark: str = ""


@needs(Grant.COMPLAINT_SETTLE)
@transaction.atomic
def settle(complaint: Complaint, *, by: Officer, at: datetime, found: Found) -> Complaint:
    """核查办结: verified with whose it is, how grave and what follows, or not; always with an answer."""
    held = Complaint.objects.select_for_update(of=("self",)).select_related("subject", "hall")
    row = held.get(pk=complaint.pk)
    if not row.is_open:
        raise NotAllowed("这件投诉已经办结。请刷新后再看。")
    if by.pk in (row.officer_id, found.officer.pk if found.officer is not None else 0):
        raise NotAllowed(HIMSELF)
    if wrong := _faults(row, found):
        raise Unsettled(wrong)
    row.stage = (Stage.VERIFIED if found.verified else Stage.UNFOUNDED).value
    row.finding, row.answer = found.finding.strip()[:1000], found.answer.strip()[:500]
    row.settled_by, row.settled_at = by, at
    if found.verified:
        row.window, row.officer = found.window, found.officer
        row.gravity, row.penalty = found.gravity, found.penalty
        row.remark, row.points = found.remark.strip()[:500], _points(row, found)
    row.save()
    fact = ComplaintSettled(on=at.date(), complaint=row.pk, verified=found.verified, points=row.points)
    write.record(row.subject, fact, by=by, at=at)
    return row


def _faults(row: Complaint, found: Found) -> dict[str, str]:
    wrong = {}
    for name, text, word in (("finding", found.finding, "核查的情况"), ("answer", found.answer, "答复")):
        if len(text.strip()) < _SHORTEST:
            wrong[name] = f"请写明{word}，至少五个字。"
    if not found.verified:
        return wrong
    if found.window is None or found.window.hall_id != row.hall_id:
        wrong["window"] = "查实的，请选择是哪个窗口的责任。"
    return wrong | account.faults(found.gravity, found.penalty, found.remark)


def _points(row: Complaint, found: Found) -> int:
    """Taken off where the text of that day says so of this service, or where that is what was decided."""
    pack = pack_here(here())
    said = pack.at(row.happened_on)
    by_text = row.service == Service.EXTENDED.value and said.holds("complaint.no_award")
    return pack.setting("complaint.points").number if by_text or found.penalty == Penalty.POINTS else 0
