"""撤销: is something that was granted being revoked, is he heard first, and which histories of that cannot be?

A promise that was not kept leads there by its check (`rules.promises`); a licence got by fraud by itself (行政许可法 69).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from onewindow.rules.facts import Fact
from onewindow.rules.facts_promise import RevocationAnnounced, RevocationDropped, Revoked, StatementHeard
from onewindow.rules.grants import NotAllowed

FRAUD_BASIS = "《中华人民共和国行政许可法》第六十九条第二款"
FACTS = (RevocationAnnounced, StatementHeard, RevocationDropped, Revoked)
_MAKES = frozenset({"Granted", "RenewedByLaw"})


@dataclass(frozen=True)
class Revoking:
    """拟撤销: until when he may speak, and whether he did."""

    number: int
    reply_by: date
    heard: bool = False


def revoking(facts: Iterable[Fact]) -> Revoking | None:
    """The revocation that was announced and not settled yet."""
    now: Revoking | None = None
    for fact in facts:
        if isinstance(fact, RevocationAnnounced):
            now = Revoking(fact.revocation, fact.reply_by)
        elif isinstance(fact, StatementHeard) and now is not None:
            now = replace(now, heard=True)
        elif isinstance(fact, RevocationDropped | Revoked):
            now = None
    return now


def refuse(before: Iterable[Fact], fact: Fact) -> None:
    """Refuse a step towards a revocation that does not follow from what happened."""
    facts = tuple(before)
    if any(isinstance(one, Revoked) for one in facts):
        raise NotAllowed("本件的决定已经撤销，请刷新后再看。")
    if not any(one.name in _MAKES for one in facts):
        raise NotAllowed("本件没有本机关准予的决定可以撤销。上级的决定，由上级机关撤销。")
    now = revoking(facts)
    if isinstance(fact, RevocationAnnounced):
        if now is not None:
            raise NotAllowed("已经告知拟撤销，正在听取陈述申辩，不用再告知。请等他的意见。")
        return
    if now is None or now.number != getattr(fact, "revocation", 0):
        raise NotAllowed("没有等处理的拟撤销告知，或者已经处理过了。请刷新后再看。")
    if isinstance(fact, StatementHeard) and now.heard:
        raise NotAllowed("已经听取过陈述申辩，请作出撤销或者不予撤销的决定。")
    if isinstance(fact, Revoked) and not now.heard and fact.on <= now.reply_by:
        raise NotAllowed(
            f"陈述申辩的期限到 {now.reply_by.month} 月 {now.reply_by.day} 日，还没有听取他的意见，不能撤销。请先听取，或者等期限过了再决定。"
        )
