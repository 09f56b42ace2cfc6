"""非税平台的替身: what would the platform say in a demonstration, where there is no bank behind it?"""

from __future__ import annotations

import json
from decimal import Decimal

from onewindow.exchange.nontax.client import signature


def word(pay_number: str, amount: Decimal, payer: str) -> tuple[bytes, str]:
    """The signed word that this bill was paid; said again for the same bill it is the same."""
    told = {
        "pay_number": pay_number,
        "amount": str(amount),
        "serial": f"YS{pay_number}",
        "receipt": f"演示{pay_number[-10:]}",
        "payer": payer,
    }
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return body, signature(body)
