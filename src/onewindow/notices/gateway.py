"""网关: how does a text message or an e-mail leave this system, and what did the other side say?

The gateway is another program: an HTTP service for text messages, an SMTP server for e-mail. Neither the
address nor the words of a message ever stand in a log or in an error.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10.0


class NotSent(Exception):
    """The other side did not take it; worth another try."""


@dataclass(frozen=True)
class Receipt:
    """What a gateway says later about a message that it took: delivered, or not and why."""

    gateway_id: str
    delivered: bool
    reason: str = ""


def has(channel: str) -> bool:
    """Whether this installation has a way out for the channel."""
    return bool(settings.SMS_GATEWAY if channel == "sms" else settings.SMTP_SERVER)


def send(channel: str, *, key: str, to: str, subject: str, text: str) -> str:
    """Hand it over; answers the other side's number. `key` is the same for every try of one message."""
    try:
        return _sms(key, to, text) if channel == "sms" else _mail(key, to, subject, text)
    except (OSError, HTTPException, smtplib.SMTPException, ValueError, KeyError) as fault:
        raise NotSent(f"网关没有收下（{type(fault).__name__}）") from None


def read_receipt(body: bytes, signature: str) -> Receipt | None:
    """A delivery receipt, when it was signed with the secret that the gateway and this installation share."""
    if not settings.SMS_SECRET:
        return None
    ours = hmac.new(settings.SMS_SECRET.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(ours, signature):
        return None
    try:
        told: dict[str, Any] = json.loads(body)
        return Receipt(str(told["id"])[:80], told["state"] == "delivered", str(told.get("reason", ""))[:200])
    except (ValueError, KeyError, TypeError):
        return None


def _sms(key: str, to: str, text: str) -> str:
    where = urlsplit(settings.SMS_GATEWAY)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    line = kind(where.netloc, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
    try:
        body = json.dumps({"key": key, "to": to, "text": text}, ensure_ascii=False).encode()
        line.request("POST", where.path or "/", body, headers)
        answer = line.getresponse()
        said = answer.read(4096)
    finally:
        line.close()
    if answer.status not in (200, 201, 202):
        raise HTTPException(str(answer.status))
    return str(json.loads(said)["id"])[:80]


def _mail(key: str, to: str, subject: str, text: str) -> str:
    host, _, port = settings.SMTP_SERVER.rpartition(":")
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.SMTP_FROM, to, subject
    letter["Message-ID"] = f"<{key}@onewindow>"
    letter.set_content(text)
    with smtplib.SMTP(host, int(port), timeout=SECONDS) as line:
        if settings.SMTP_USER:
            line.starttls()
            line.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        line.send_message(letter)
    return key
