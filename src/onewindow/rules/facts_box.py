"""大厅本机的事实: what can happen to the machine that owns the queue of a hall, and to what it did while nobody heard it?

The bodies hold row ids, days and codes; names, papers and reasons stand in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.rules.facts import TERMS_ZH, Fact

RECEIPT_KIND = "receipt"


@dataclass(frozen=True, kw_only=True)
class BoxRegistered(Fact):
    """登记大厅本机: a machine was named for a hall; its key was shown once."""

    box: int


@dataclass(frozen=True, kw_only=True)
class BoxKeyRenewed(Fact):
    """换发本机密钥: the key given before opens nothing any more."""

    box: int


@dataclass(frozen=True, kw_only=True)
class BoxTookOver(Fact):
    """本机接管排队: from here on it alone gives numbers and calls in its hall."""

    box: int


@dataclass(frozen=True, kw_only=True)
class BoxRetired(Fact):
    """停用大厅本机: the queue is the county's again."""

    box: int


@dataclass(frozen=True, kw_only=True)
class BoxResumed(Fact):
    """从县里接着用: a machine that had told up to `told` goes on behind the line that is held here."""

    box: int
    told: int
    held: int


@dataclass(frozen=True, kw_only=True)
class BlockReserved(Fact):
    """预留收件编号: these receipt numbers are this machine's and nobody else's."""

    box: int
    block: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class BookingHadArrived(Fact):
    """大厅本机早已签到: he had come and had his number before it was known there that the booking was over."""

    booking: int


@dataclass(frozen=True, kw_only=True)
class PapersTakenOffline(Fact):
    """离线收件: papers were taken in on a numbered receipt while there was no connection."""

    receipt: int


@dataclass(frozen=True, kw_only=True)
class ReceiptBecameCase(Fact):
    """离线收件成件: the case of the receipt, dated from it."""

    receipt: int
    case: int


@dataclass(frozen=True, kw_only=True)
class ReceiptSetAside(Fact):
    """离线收件待处理: no case could be made of it by itself; somebody has to look."""

    receipt: int


@dataclass(frozen=True, kw_only=True)
class ReceiptSettled(Fact):
    """离线收件已处理: what somebody did about a receipt of which no case could be made."""

    receipt: int


TERMS_ZH.update(
    {
        "BoxRegistered": "登记大厅本机",
        "BoxKeyRenewed": "换发本机密钥",
        "BoxTookOver": "本机接管排队",
        "BoxRetired": "停用大厅本机",
        "BoxResumed": "大厅本机从县里接着用",
        "BlockReserved": "预留收件编号",
        "BookingHadArrived": "大厅本机早已签到",
        "PapersTakenOffline": "离线收件",
        "ReceiptBecameCase": "离线收件成件",
        "ReceiptSetAside": "离线收件待处理",
        "ReceiptSettled": "离线收件已处理",
    }
)
