"""谁能申请: is an item for people, for organisations or for both, and what does the wrong one do?"""

from __future__ import annotations

from onewindow.catalogue.models import Item
from onewindow.people.models import Party

NATURAL = "自然人"


def fits(item: Item, kind: str) -> bool:
    """Whether a person or an organisation may apply; an item that names nobody is for everybody."""
    if kind == Party.Kind.PERSON:
        return not item.audience or NATURAL in item.audience
    return not item.audience or set(item.audience) != {NATURAL}


def named(item: Item) -> str:
    """For whom it is, in the words of the guide."""
    return "、".join(item.audience)


def unfit(item: Item, *parties: Party) -> str:
    """Which of these are the wrong ones, in one sentence; empty when none is."""
    wrong = [one for one in parties if not fits(item, one.kind)]
    if not wrong:
        return ""
    names = "、".join(f"{one.name}本人" if one.kind == Party.Kind.PERSON else one.name for one in wrong)
    return f"“{item.name}”由{named(item)}申请，不能用{names}的名义申请。"
