"""送达文书: how does a letter that must be served reach the applicant, and what proves that it did?

民事诉讼法 87 to 91, to which the packs refer: handed over against a signature, left where it is refused, sent by
post, or taken online by whoever agreed to electronic service. The result itself is served by `cases.acts.deliver`.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Subquery

from onewindow.cases.acts.taking import Taker, check_taker
from onewindow.cases.dated import record_dated
from onewindow.cases.models import Case
from onewindow.cases.write import Held, hold
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.ground.whole import one
from onewindow.letters.models import Reissue, Service
from onewindow.letters.voided import is_void
from onewindow.people.models import Officer
from onewindow.places.models import Hall, Window
from onewindow.rules.facts import LetterCameBack, LetterSent, Served
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.CASE_DELIVER)
@one
def serve_at_counter(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    letter: int,
    taker: Taker,
    window: Window | None = None,
    on: date | None = None,
    why_late: str = "",
) -> Service:
    """Hand the letter to whoever stands at the counter, who shows identity and signs (直接送达).

    `on` is the day on which he took it, where that was not today; so it is with each way of serving.
    """
    held, service = _to_serve(case, letter, window)
    check_taker(held.case, taker, on or at.date())
    service.taker, service.taker_relation = taker.name.strip()[:60], taker.relation[:40]
    service.taker_paper_kind, service.taker_paper = taker.paper_kind, taker.paper
    service.signature, service.window = taker.signature, window
    service.place = service.hall or held.case.department.name  # type: ignore[attr-defined]
    return _served(held, service, Service.Way.COUNTER, by=by, at=at, on=on, why_late=why_late)


@needs(Grant.CASE_DELIVER)
@one
def serve_by_leaving(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    letter: int,
    place: str,
    why: str,
    witness: str = "",
    photo: StoredFile | None = None,
    on: date | None = None,
    why_late: str = "",
) -> Service:
    """He refuses it: left at his dwelling before a witness or with pictures of it (留置送达, 民事诉讼法 89)."""
    held, service = _to_serve(case, letter)
    if not place.strip() or not why.strip():
        raise NotAllowed("请写明文书留在了哪里、对方怎样拒收，留置送达要有这两样。")
    if not witness.strip() and photo is None:
        raise NotAllowed("留置送达要有见证人，或者有拍照、录像的记录。请填写见证人，或者上传现场照片。")
    service.place, service.why_left = place.strip()[:200], why.strip()[:200]
    service.witness, service.photo = witness.strip()[:100], photo
    return _served(held, service, Service.Way.LEFT, by=by, at=at, on=on, why_late=why_late)


@needs(Grant.CASE_DELIVER)
@one
def send_letter(case: Case, *, by: Officer, at: datetime, letter: int, tracking: str) -> Service:
    """Send the letter by post; it is served when the receipt says that it arrived."""
    held, service = _to_serve(case, letter)
    if not tracking.strip():
        raise NotAllowed("请填写运单号。")
    service.tracking, service.sent_on = tracking.strip()[:40], at.date()
    service.came_back_on, service.why_back = None, ""
    service.save(update_fields=["tracking", "sent_on", "came_back_on", "why_back"])
    held.record(LetterSent(on=at.date(), letter=letter), by=by, at=at)
    return service


@needs(Grant.CASE_DELIVER)
@one
def letter_arrived(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    letter: int,
    taker: str,
    on: date | None = None,
    why_late: str = "",
) -> Service:
    """The receipt of the post is here, with the name of whoever signed (邮寄送达); its day is that of the service."""
    held, service = _on_the_way(case, letter)
    if not taker.strip():
        raise NotAllowed("请照回执填写签收人。")
    service.taker = taker.strip()[:60]
    return _served(held, service, Service.Way.POST, by=by, at=at, on=on, why_late=why_late)


@needs(Grant.CASE_DELIVER)
@one
def letter_came_back(case: Case, *, by: Officer, at: datetime, letter: int, why: str) -> Service:
    """The parcel came back: to be sent again, handed over or left."""
    held, service = _on_the_way(case, letter)
    if not why.strip():
        raise NotAllowed("请写明退件原因。")
    service.came_back_on, service.why_back = at.date(), why.strip()[:200]
    service.save(update_fields=["came_back_on", "why_back"])
    held.record(LetterCameBack(on=at.date(), letter=letter), by=by, at=at)
    return service


@needs(Grant.CASE_APPLY)
@one
def take_online(case: Case, *, by: Actor, at: datetime, letter: int) -> Service:
    """The applicant who agreed to electronic service takes the letter himself (电子送达)."""
    held, service = _to_serve(case, letter)
    if not held.case.application.e_service:
        raise NotAllowed("您没有同意电子送达，文书会由窗口送达您；也可以到窗口领取。")
    if not files.path_of(service.letter.file.sha256).is_file():
        raise NotAllowed("文书暂时打不开，没有登记签收。请过几分钟再试，或者到窗口领取。")
    service.taker = held.case.applicant_name[:60]
    return _served(held, service, Service.Way.ONLINE, by=by, at=at)


def _to_serve(case: Case, letter: int, window: Window | None = None) -> tuple[Held, Service]:
    held, service = _open(case, letter, window)
    if service.on_the_way:
        raise NotAllowed("文书已经寄出，还在途中。请等签收，或者退件后先登记退件。")
    return held, service


def _on_the_way(case: Case, letter: int) -> tuple[Held, Service]:
    held, service = _open(case, letter)
    if not service.on_the_way:
        raise NotAllowed("这份文书没有在途的邮件，请刷新后再看。")
    return held, service


def _open(case: Case, letter: int, window: Window | None = None) -> tuple[Held, Service]:
    """The letter's service while it is open, with the name of the window's hall.

    The lock on the case lets two who press at once come one by one.
    """
    held = hold(case)
    corrected = Reissue.objects.filter(letter=OuterRef("letter")).exclude(confirmed=False)
    hall = Hall.objects.filter(pk=window.hall_id if window else 0).values("name")
    found = (
        Service.objects.select_related("letter__file")
        .annotate(hall=Subquery(hall))
        .filter(~Exists(corrected), ~is_void("letter"))
    )
    service = found.filter(letter=letter, letter__subject=held.case.subject_id).first()
    if service is None:
        raise NotAllowed("本件没有这份要送达的文书，或者它已经被更正、作废，请刷新后再看。")
    if service.served_at is not None:
        raise NotAllowed("这份文书已经登记送达，请刷新后再看。")
    service.letter.subject = held.case.subject  # whoever acted is told of the case as it stands now
    return held, service


def _served(
    held: Held,
    service: Service,
    way: Service.Way,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    why_late: str = "",
) -> Service:
    """Of an earlier day only the day is known, and not the hour: it counts from its first minute."""
    day = on or at.date()
    moment = at if day == at.date() else datetime.combine(day, time.min, at.tzinfo)
    service.way, service.served_at, service.by = way, moment, by.actor_code
    service.save()
    fact = Served(on=day, letter=service.letter_id, way=way.value)
    record_dated(held, fact, by=by, at=at, why=why_late)
    return service
