"""延时服务: which visitors does a window serve beyond closing time, when is it over, and who has signed for it?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.ground.models import StoredFile
from onewindow.ground.series import take
from onewindow.hall.covering import NOBODY, Seat, Visitor, closing_of, held_window, open_one, to_cover
from onewindow.hall.extended import hold, hold_here, move, said
from onewindow.hall.hours import times
from onewindow.hall.models import Extension, Ticket
from onewindow.people.models import Officer
from onewindow.places.models import Window
from onewindow.rules.extending import Stage, overtime, refuse_ground
from onewindow.rules.facts_extension import (
    ExtensionEnded,
    ExtensionFiled,
    ExtensionLeft,
    ExtensionServed,
    ExtensionSigned,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import ABANDONED, OVER


@needs(Grant.HALL_CALL)
@transaction.atomic
def extend(window: Window, *, by: Officer, at: datetime, ground: str, why: str = "") -> list[Extension]:
    """一键延时: whoever is at this window and whoever waits for it, each with a form of his own.

    From here on they stay callable, whatever happens at closing time; who is covered already stays as he is.
    """
    refuse_ground(ground, why)
    window = held_window(window)
    closed_at = closing_of(times(window.hall, at))
    waiting = to_cover(window, at)
    if not waiting:
        raise NotAllowed("现在没有在办和在等的号，不用延时。来人没有取号的，请登记一次延时服务。")
    seats = Seat(window, by, at, closed_at, ground, why)
    return [open_one(seats, ticket=ticket) for ticket in waiting]


@needs(Grant.HALL_CALL)
@transaction.atomic
def begin(
    window: Window, *, by: Officer, at: datetime, visitor: Visitor, ground: str, why: str = ""
) -> Extension:
    """登记延时服务, for somebody without a number: of whatever item (延时办 二)."""
    refuse_ground(ground, why)
    if visitor.party is None and not visitor.name.strip():
        raise NotAllowed("请写申请人的姓名，登记表上要他签字。")
    if visitor.item is None and not visitor.what.strip():
        raise NotAllowed("请写办理什么事项。")
    window = held_window(window)
    seats = Seat(window, by, at, closing_of(times(window.hall, at)), ground, why)
    return open_one(seats, visitor=visitor)


@needs(Grant.HALL_CALL)
@transaction.atomic
def end(extension: Extension, *, by: Officer, at: datetime) -> Extension:
    """延时服务结束: the time is counted to whoever served him, at the window where he was served."""
    held = hold_here(extension)
    ticket = held.ticket
    if ticket is not None and ticket.stage == ABANDONED:
        return _leave(held, by=by, at=at)
    if ticket is not None and ticket.stage not in OVER:
        raise NotAllowed(f"{ticket} 还没有办结，不能结束延时服务。请先在叫号栏办结、转移或者弃号。")
    ended = min(at, ticket.ended_at) if ticket is not None and ticket.ended_at else at
    window = ticket.window if ticket is not None and ticket.window is not None else held.window
    officer = ticket.officer if ticket is not None and ticket.officer is not None else held.officer
    minutes = overtime(held.closed_at, held.began_at, ended)
    fact = ExtensionEnded(
        on=at.date(), extension=held.pk, window=window.pk, officer=officer.pk, minutes=minutes
    )
    index = {"window": window, "officer": officer, "ended_at": ended, "minutes": minutes}
    return move(held, fact, by=by, at=at, **index)


@needs(Grant.HALL_CALL)
def end_with(ticket: Ticket, *, by: Officer, at: datetime) -> Extension | None:
    """The number is over, and what was undertaken for it beyond closing time is over with it; no statement for others."""
    if not ticket.covered:
        return None
    found = Extension.objects.filter(ticket=ticket, ended_at__isnull=True).first()
    return end(found, by=by, at=at) if found is not None else None


@needs(Grant.HALL_CALL)
@transaction.atomic
def leave(extension: Extension, *, by: Actor, at: datetime) -> Extension:
    """申请人离开: he went before he was served, and signs nothing; his number has to be given up first."""
    held = hold_here(extension)
    if held.ticket is not None and held.ticket.stage not in OVER:
        raise NotAllowed(f"{held.ticket} 还在等或者在办。请先在叫号栏弃号，写明原因。")
    return _leave(held, by=by, at=at)


@needs(Grant.HALL_CALL)
@transaction.atomic
def sign_for_applicant(
    extension: Extension, *, by: Officer, at: datetime, signature: StoredFile | None, on_paper: bool = False
) -> Extension:
    """申请人签字: on the pad at the window, or on the printed form."""
    held = hold_here(extension)
    if held.applicant_signed_at is not None:
        raise NotAllowed("申请人已经签过字了，不用再签。请刷新后再看。")
    if signature is None and not on_paper:
        raise NotAllowed("请申请人在签名板上签名，或者在打印的登记表上签字后勾选。")
    fact = ExtensionSigned(on=at.date(), extension=held.pk, side="applicant")
    index = {"signature": signature, "on_paper": signature is None, "applicant_signed_at": at}
    return move(held, fact, by=by, at=at, **index)


@needs(Grant.HALL_CALL)
@transaction.atomic
def sign_as_handler(extension: Extension, *, by: Officer, at: datetime) -> Extension:
    """承办人签字: whoever served signs in his own name."""
    held = hold_here(extension)
    if held.handler_signed_at is not None:
        raise NotAllowed("承办人已经签过字了，不用再签。请刷新后再看。")
    if held.officer_id != by.pk:
        raise NotAllowed(f"这次延时服务是{held.officer.name}办的，请{held.officer.name}本人签字。")
    fact = ExtensionSigned(on=at.date(), extension=held.pk, side="handler")
    return move(held, fact, by=by, at=at, handler_signed_by=by, handler_signed_at=at)


@needs(Grant.HALL_CALL)
@transaction.atomic
def serve(
    extension: Extension, *, by: Officer, at: datetime, outcome: str = "", visitor: Visitor = NOBODY
) -> Extension:
    """延时服务完成: where the text asks for it not before both have signed (延时办 六); now it is known who he was.

    `visitor`: who was served and which cases came of it, where the number did not say so.
    """
    held = hold_here(extension)
    if held.stage == Stage.OPEN.value:
        raise NotAllowed("延时服务还没有结束，请先办结。")
    missing = [
        word
        for word, when in (("承办人", held.handler_signed_at), ("申请人", held.applicant_signed_at))
        if when is None
    ]
    if missing and said(at.date()).signed:
        raise NotAllowed(f"{'和'.join(missing)}还没有在登记表上签字，请先签字再完成。")
    known = {
        "party": held.party or visitor.party,
        "name": visitor.name.strip()[:40] or held.name,
        "phone": visitor.phone.strip()[:30] or held.phone,
        "item": held.item or visitor.item,
        "what": visitor.what.strip()[:100] or held.what,
    }
    if known["party"] is None and not known["name"]:
        raise NotAllowed("请写申请人的姓名，登记表上要有。")
    held.cases.add(*visitor.cases)
    fact = ExtensionServed(on=at.date(), extension=held.pk, cases=tuple(one.pk for one in visitor.cases))
    return move(held, fact, by=by, at=at, served_at=at, outcome=outcome.strip()[:200], **known)


@needs(Grant.EXTENSION_FILE)
@transaction.atomic
def file(extension: Extension, *, by: Actor, at: datetime) -> Extension:
    """登记表备案: acknowledged by the section that keeps the forms, with a number of its own."""
    held = hold(extension)
    if held.stage != Stage.SERVED.value:
        raise NotAllowed("双方签字、服务完成以后才能备案，一份只备案一次。请刷新后再看。")
    if not said(at.date()).files:
        raise NotAllowed("本地文件没有规定延时登记表报送备案，服务完成就办完了，请不用备案。")
    number = f"YSB{at:%Y}-{take(held.county, f'extension-form:{at:%Y}'):04}"
    fact = ExtensionFiled(on=at.date(), extension=held.pk, number=number)
    return move(held, fact, by=by, at=at, filed_number=number, filed_at=at)


def _leave(held: Extension, *, by: Actor, at: datetime) -> Extension:
    fact = ExtensionLeft(on=at.date(), extension=held.pk)
    return move(held, fact, by=by, at=at, ended_at=at)
