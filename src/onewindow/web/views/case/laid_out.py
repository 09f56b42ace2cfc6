"""摆在哪里: which acts of a case stand in front, and which under 更多?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onewindow.web.views.case.deed import Deed

FEW = 3  # so many stand in front, whatever they are


def laid_out(
    deeds: Sequence[Deed], cards: Collection[str], *, pending: bool
) -> tuple[list[Deed], list[Deed]]:
    """The acts of the bar: those in front, and the others. What belongs to a card that is shown stands there.

    A card that has nothing to show yet is left out; what it offers is one of the others. Papers are judged
    again only seldom: while some are `pending`, to judge them is the next act.
    """
    bar = [deed for deed in deeds if not deed.card]
    homeless = [deed for deed in deeds if deed.card and deed.card not in cards]
    if len(bar) <= FEW:
        return bar, homeless
    rare = [one for one in bar if one.rare or (one.key == "judge" and not pending)]
    return [one for one in bar if one not in rare], [*homeless, *rare]
