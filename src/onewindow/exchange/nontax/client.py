"""非税平台: where does somebody pay online, and what does the platform's signed word say of a payment?"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.conf import settings

from onewindow.rules.fees import yuan
from onewindow.rules.grants import NotAllowed


@dataclass(frozen=True)
class Word:
    """One payment as the platform tells it."""

    pay_number: str
    amount: Decimal
    serial: str
    receipt: str
    payer: str


def pay_page(pay_number: str) -> str:
    """Where the payer goes with his payment number; empty where this place takes nothing online."""
    if settings.NONTAX_GATEWAY:
        return f"{settings.NONTAX_GATEWAY}{quote(pay_number)}"
    return f"/pay/{quote(pay_number)}/" if settings.DEMO else ""


def secret() -> bytes:
    """What both sides sign with; a demonstration has its own."""
    if settings.NONTAX_SECRET:
        return str(settings.NONTAX_SECRET).encode()
    return hashlib.sha256(b"nontax" + settings.SECRET_KEY.encode()).digest() if settings.DEMO else b""


def signature(body: bytes) -> str:
    return hmac.new(secret(), body, hashlib.sha256).hexdigest()


def read_word(body: bytes, signed: str) -> Word | None:
    """The platform's word, when it signed it and it is whole."""
    if not secret() or not hmac.compare_digest(signature(body), signed):
        return None
    try:
        told: dict[str, Any] = json.loads(body)
        texts = [str(told[name]).strip() for name in ("pay_number", "serial", "receipt", "payer")]
        amount = yuan(told["amount"])
    except (ValueError, KeyError, TypeError, NotAllowed):
        return None
    if not all(texts) or len(texts[1]) > 60 or len(texts[2]) > 40:
        return None
    return Word(texts[0], amount, texts[1], texts[2], texts[3][:100])
