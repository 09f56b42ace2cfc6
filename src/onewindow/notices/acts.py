"""通知的行为: tell somebody, hand it to the gateway, write down the receipt, send and check one-time codes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from onewindow.cases.models import Case
from onewindow.ground.fields import lookup
from onewindow.ground.prepared import put
from onewindow.journal.models import Entry
from onewindow.notices import gateway
from onewindow.notices.models import Code, Message, OfficerMessage, Sending
from onewindow.notices.reads import his, unsent
from onewindow.notices.words import Words
from onewindow.notices.work import TRIES, deliver_later
from onewindow.people.models import Account, Officer, Party
from onewindow.places.models import County
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.identity import phone_fault, tidy_phone

CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5


@needs(Grant.NOTICE_SEND)
def tell(entry: Entry, *, by: Actor, case: Case, words: Words) -> Message | None:
    """Tell the applicant what happened, in his space and where he can be reached; once for one fact."""
    try:
        with transaction.atomic():
            message = Message(
                county=entry.county,
                party=case.applicant,
                subject=entry.subject,
                cause=entry,
                kind=entry.fact,
                title=f"{case.item_name}：{words.title}"[:100],
                text=words.text,
                case_number=case.number,
                created_at=entry.at,
            )
            put(message)
            for channel, target in _reached(case) if words.sms else ():
                _queue(message, channel, target, words.sms, entry.at)
    except IntegrityError:  # told already
        return Message.objects.filter(cause=entry, kind=entry.fact).first()
    return message


@needs(Grant.NOTICE_SEND)
def tell_party(
    entry: Entry, *, by: Actor, party: Party, side: str, words: Words, phone: str = ""
) -> Message | None:
    """Tell a party apart from any case: who acts for whom, its password, a booking; once for one fact and side.

    `phone`: the telephone that he left for this matter.
    """
    try:
        with transaction.atomic():
            message = Message.objects.create(
                county=entry.county,
                party=party,
                subject=entry.subject,
                cause=entry,
                kind=f"{entry.fact}:{side}",
                title=words.title,
                text=words.text,
                created_at=entry.at,
            )
            if target := phone or party.phone:
                _queue(message, Sending.Channel.SMS, target, words.sms, entry.at)
            if party.account is not None and party.account.email:
                _queue(message, Sending.Channel.EMAIL, party.account.email, words.sms, entry.at)
    except IntegrityError:  # told already
        return None
    return message


@needs(Grant.NOTICE_SEND)
def tell_visitor(entry: Entry, *, by: Actor, party: Party | None, phone: str, words: Words) -> Message | None:
    """Tell somebody who may have no file here, by the telephone that he left; once for one fact."""
    if party is not None:
        return tell_party(entry, by=by, party=party, side="visitor", words=words, phone=phone)
    try:
        with transaction.atomic():
            message = Message.objects.create(
                county=entry.county,
                cause=entry,
                kind=f"{entry.fact}:visitor",
                title=words.title,
                text=words.text,
                created_at=entry.at,
            )
            _queue(message, Sending.Channel.SMS, phone, words.sms, entry.at)
    except IntegrityError:  # told already
        return None
    return message


@needs(Grant.NOTICE_SEND)
def tell_officers(
    entry: Entry,
    *,
    by: Actor,
    officers: Iterable[Officer],
    case: Case,
    title: str,
    text: str,
    overdue: int | None = None,
    himself: bool = False,
) -> int:
    """Tell officers what happened to a case, each once for one fact; whoever did it is told only with `himself`.

    `overdue`: the record of an overrun to which the message leads.
    """
    messages = [
        OfficerMessage(
            county=entry.county,
            officer=officer,
            cause=entry,
            kind=entry.fact,
            title=title[:120],
            text=text[:400],
            case_number=case.number,
            overdue=entry.body.get("overdue") or overdue,
            created_at=entry.at,
        )
        for officer in officers
        if himself or officer.actor_code != entry.by
    ]
    return len(OfficerMessage.objects.bulk_create(messages, ignore_conflicts=True))


@needs(Grant.NOTICE_SEND)
def tell_office(
    entry: Entry, *, by: Actor, officers: Iterable[Officer], title: str, text: str, page: str
) -> int:
    """Tell officers of their work apart from any case – a leave, a handover, a question – each once for one fact."""
    messages = [
        OfficerMessage(
            county=entry.county,
            officer=officer,
            cause=entry,
            kind=entry.fact,
            title=title[:120],
            text=text[:400],
            page=page,
            created_at=entry.at,
        )
        for officer in officers
        if officer.actor_code != entry.by
    ]
    return len(OfficerMessage.objects.bulk_create(messages, ignore_conflicts=True))


@needs(Grant.NOTICE_SEND)
def hand_over(sending: Sending, *, by: Actor, at: datetime) -> Sending:
    """Give one message to its gateway; what the gateway does not take is tried again and stays visible."""
    if sending.state not in (Sending.State.WAITING, Sending.State.FAILED):
        return sending
    if not gateway.has(sending.channel):
        demo = County.objects.filter(code=sending.county, demo=True).exists()
        return _settle(sending, at, Sending.State.OUTBOX if demo else Sending.State.NOWHERE)
    sending.tries += 1
    try:
        sending.gateway_id = gateway.send(
            sending.channel,
            key=str(sending.key),
            to=sending.target,
            subject=sending.message.title,
            text=sending.text,
        )
    except gateway.NotSent as fault:
        sending.last_error = str(fault)
        last = sending.tries >= TRIES
        sending.state = Sending.State.FAILED if last else Sending.State.WAITING
        sending.save(update_fields=["tries", "last_error", "state"])
        raise
    sending.state, sending.sent_at, sending.last_error = Sending.State.SENT, at, ""
    sending.save(update_fields=["tries", "gateway_id", "state", "sent_at", "last_error"])
    return sending


@needs(Grant.NOTICE_SEND)
@transaction.atomic
def note_receipt(receipt: gateway.Receipt, *, by: Actor, at: datetime) -> bool:
    """What the gateway said afterwards; a receipt that comes twice changes nothing."""
    sending = Sending.objects.select_for_update().filter(gateway_id=receipt.gateway_id).first()
    if sending is None:
        return False
    if sending.state == Sending.State.SENT:
        sending.last_error = receipt.reason
        _settle(sending, at, Sending.State.DELIVERED if receipt.delivered else Sending.State.FAILED)
    return True


@needs(Grant.NOTICE_SEND)
@transaction.atomic
def send_code(county: County, *, by: Actor, at: datetime, phone: str, purpose: str) -> None:
    """Send six digits to a telephone; an earlier code for the same purpose is good no more."""
    fault = phone_fault(phone)
    if fault is not None:
        raise NotAllowed(fault)
    number = tidy_phone(phone)
    digits = "".join(secrets.choice("0123456789") for _ in range(6))
    earlier = Code.objects.filter(purpose=purpose, phone=lookup(f"phone:{number}"), used_at__isnull=True)
    earlier.update(used_at=at)
    Code.objects.create(
        county=county.code,
        purpose=purpose,
        phone=lookup(f"phone:{number}"),
        code=_hashed(purpose, number, digits),
        sent_at=at,
        expires_at=at + CODE_LASTS,
    )
    text = f"【{county.name}政务服务】验证码 {digits}，10 分钟内有效。工作人员不会向您要验证码。"
    message = Message.objects.create(
        county=county.code, kind=f"code:{purpose}", title="验证码", text=text, created_at=at
    )
    _queue(message, Sending.Channel.SMS, number, text, at)


@needs(Grant.NOTICE_SEND)
def check_code(county: County, *, by: Actor, at: datetime, phone: str, purpose: str, typed: str) -> None:
    """Refuse a code that is wrong, old or was tried too often; a right one stays good until `use_code`."""
    number = tidy_phone(phone)
    with transaction.atomic():
        latest = (
            Code.objects.select_for_update()
            .filter(
                county=county.code, purpose=purpose, phone=lookup(f"phone:{number}"), used_at__isnull=True
            )
            .order_by("-id")
            .first()
        )
        fault = _fault(latest, at, _hashed(purpose, number, typed.strip()))
        if latest is not None and fault is not None:
            latest.tries += 1
            latest.save(update_fields=["tries"])
    if fault is not None:
        raise NotAllowed(fault)


@needs(Grant.NOTICE_SEND)
def use_code(county: County, *, by: Actor, at: datetime, phone: str, purpose: str) -> None:
    """What the code was for is done; it is good no more."""
    sent = Code.objects.filter(
        county=county.code, purpose=purpose, phone=lookup(f"phone:{tidy_phone(phone)}")
    )
    sent.filter(used_at__isnull=True).update(used_at=at)


@needs(Grant.ACCOUNT_KEEP_OWN)
def mark_read(party: Party, *, by: Actor, at: datetime, message: int | None = None) -> None:
    """The person has seen one message, or all of them."""
    unread = Message.objects.filter(his(party), read_at__isnull=True)
    (unread if message is None else unread.filter(pk=message)).update(read_at=at)


@needs(Grant.ACCOUNT_KEEP)
def read_told(account: Account, *, by: Officer, at: datetime, message: int | None = None) -> None:
    """The officer has seen one of his messages, or all of them."""
    unread = OfficerMessage.objects.filter(officer=by, read_at__isnull=True)
    (unread if message is None else unread.filter(pk=message)).update(read_at=at)


@needs(Grant.ACCOUNT_KEEP_OWN)
def erase_messages(party: Party, *, by: Actor) -> int:
    """Erase what he was told in his space; what is still on its way to him stays until it has gone.

    The facts themselves stay in the file of the case.
    """
    gone = Message.objects.filter(party=party).exclude(pk__in=unsent(party).values("pk"))
    return gone.delete()[1].get("notices.Message", 0)


def _fault(code: Code | None, at: datetime, typed: bytes) -> str | None:
    if code is None:
        return "请先获取验证码。"
    if at > code.expires_at:
        return "验证码已经过了 10 分钟，请重新获取。"
    if code.tries >= CODE_TRIES:
        return "验证码输错太多次，请重新获取。"
    return None if secrets.compare_digest(bytes(code.code), typed) else "验证码不对，请看短信再输一次。"


def _hashed(purpose: str, number: str, digits: str) -> bytes:
    return lookup(f"code:{purpose}:{number}:{digits}")


def _reached(case: Case) -> list[tuple[str, str]]:
    """The telephone told for this matter, and the e-mail of whoever keeps the account."""
    applicant = case.applicant
    keeper = applicant if applicant.account_id else applicant.guardian or applicant.representative
    phone = case.application.phone or applicant.phone or (keeper.phone if keeper else "")
    mail = keeper.account.email if keeper is not None and keeper.account is not None else ""
    found = [(Sending.Channel.SMS, phone), (Sending.Channel.EMAIL, mail)]
    return [(channel.value, target) for channel, target in found if target]


def _queue(message: Message, channel: str, target: str, text: str, at: datetime) -> Sending:
    sending = Sending(
        county=message.county,
        message=message,
        channel=channel,
        target=target,
        text=text,
        key=uuid4(),
        queued_at=at,
    )
    shown = not gateway.has(channel) and settings.DEMO
    if shown:
        sending.state, sending.settled_at = Sending.State.OUTBOX, at
    put(sending)
    if not shown:
        deliver_later(sending, order=lookup(f"{channel}:{target}").hex()[:24])
    return sending


def _settle(sending: Sending, at: datetime, state: str) -> Sending:
    sending.state, sending.settled_at = Sending.State(state), at
    sending.save(update_fields=["state", "settled_at", "last_error"])
    return sending
