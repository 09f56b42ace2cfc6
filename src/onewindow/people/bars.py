"""限制申请: may this person or firm apply for this licence today (行政许可法 78, 79)? Who has no bar costs no question."""

from __future__ import annotations

from datetime import date

from onewindow.people.models import Block, Party
from onewindow.rules.bars import LAW
from onewindow.rules.grants import NotAllowed


class Barred(NotAllowed):
    """He may not apply for this licence until a day."""


def bar_on(party: Party, item: int, on: date) -> Block | None:
    """The bar that holds today for the item with this matter; the file itself says whether there is any at all."""
    if party.barred_until is None or on > party.barred_until:
        return None
    found = Block.objects.filter(party=party, item=item, lifted_at__isnull=True, until__gte=on)
    return found.order_by("-until").first()


def bars_on(party: Party, on: date) -> list[str]:
    """Every bar that holds today, in words; no statement for who has none."""
    if party.barred_until is None or on > party.barred_until:
        return []
    found = Block.objects.filter(party=party, lifted_at__isnull=True, until__gte=on)
    return [sentence(bar, party.name) for bar in found.order_by("until")]


def refuse_barred(party: Party, item: int, on: date) -> None:
    """Who, why, until when, and what can be done."""
    bar = bar_on(party, item, on)
    if bar is not None:
        raise Barred(sentence(bar, party.name))


def sentence(bar: Block, name: str) -> str:
    """The refusal in words."""
    assert bar.until is not None
    return (
        f"{name}因{Block.Ground(bar.ground).label}“{bar.item_name}”，依照{LAW[bar.ground]}，"
        f"到 {bar.until.year} 年 {bar.until.month} 月 {bar.until.day} 日为止不得再次申请这项行政许可（依据：{bar.decision}）。"
        "期满第二天起可以申请；认为限制有误的，可以向作出决定的部门申请解除，也可以对决定申请行政复议或者提起行政诉讼。"
    )
