"""摆在哪里: which acts of a case stand in front, and which under 更多?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onewindow.web.views.case.deed import Deed

FEW = 3  # so many stand in front, whatever they are


def laid_out(deeds: Sequence[Deed], cards: Collection[str]) -> tuple[list[Deed], list[Deed]]:
    """The acts of the bar: those in front, and the others. What belongs to a card that is shown stands there.

    A card that has nothing to show yet is left out; what it offers is one of the others.
    """
    bar = [deed for deed in deeds if not deed.card]
    homeless = [deed for deed in deeds if deed.card and deed.card not in cards]
    if len(bar) + len(homeless) <= FEW:
        return [*homeless, *bar], []
    return [one for one in bar if not one.rare], [*homeless, *(one for one in bar if one.rare)]
