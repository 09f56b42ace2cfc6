"""核对到哪里了: which materials of a case were looked at and found lacking, and which must still be judged?

What came in is judged anew when something came after the last verdict; what everybody has to hand in is judged
even when nothing came. Nothing is accepted and nothing demanded before that (行政许可法 32).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from onewindow.cases.models import Case, CorrectionPoint, Verdict
from onewindow.catalogue.models import Material
from onewindow.ground.prepared import Question, slot_number
from onewindow.intake.models import Submitted
from onewindow.intake.situation import of_everybody
from onewindow.rules.grants import NotAllowed


class Came(Protocol):
    """A paper that came in at a moment for a material."""

    @property
    def material_id(self) -> int: ...
    @property
    def added_at(self) -> datetime: ...


Piece = TypeVar("Piece", bound=Came)


class Unjudged(NotAllowed):
    """Not before everything was judged; `materials` are those that were not."""

    def __init__(self, materials: Sequence[Material], then: str) -> None:
        names = "、".join(material.name for material in materials)
        super().__init__(f"还有 {len(materials)} 份材料没有核对：{names}。请先逐份核对材料，再{then}。")
        self.materials = tuple(materials)


@dataclass(frozen=True)
class Looked:
    """The materials of a case with what came for each and what was found last."""

    materials: Sequence[Material]

    @property
    def pending(self) -> list[Material]:
        return [m for m in self.materials if must_be_judged(m, m.came_at, m.found_at)]  # type: ignore[attr-defined]

    @property
    def any_found(self) -> bool:
        return any(m.found for m in self.materials)  # type: ignore[attr-defined]

    @property
    def lacking(self) -> list[Material]:
        """Found missing or wrong, and nothing came since."""
        pending = {material.pk for material in self.pending}
        return [m for m in self.materials if _lacks(m) and m.pk not in pending]

    def counting(self, asked: Collection[str]) -> list[Material]:
        """Found lacking as far as it may still be held against the applicant: after a notice, only what it named."""
        return [m for m in self.lacking if not asked or m.code in asked]

    def refuse_pending(self, then: str, only: Iterable[int] | None = None) -> None:
        """Refuse `then` while something is not judged, of everything or of these materials."""
        wanted = None if only is None else set(only)
        pending = [m for m in self.pending if wanted is None or m.pk in wanted]
        if pending:
            raise Unjudged(pending, then)


def look(case: Case) -> Looked:
    """What was found so far, in one statement."""
    return Looked(_LOOKED.objects(case.version_id, case.application_id, case.pk))


def must_be_judged(material: Material, came: datetime | None, found: datetime | None) -> bool:
    """Whether a verdict is still owed, after the moments of what came last and of the last verdict."""
    if came is not None:
        return found is None or came > found
    return found is None and of_everybody(material)


def valid(pieces: Iterable[Piece], received_at: datetime) -> list[Piece]:
    """Those that nothing later replaces: of each material what came last – first, with a correction, or on the spot.

    What was handed in at first came before the receipt, what a correction brings all came at one moment.
    """
    kept = list(pieces)
    last: dict[int, datetime] = {}
    for one in kept:
        last[one.material_id] = max(last.get(one.material_id, received_at), one.added_at)
    return [one for one in kept if max(one.added_at, received_at) == last[one.material_id]]


def put_right(material: Material, finding: str) -> str:
    """How the applicant puts it right: what to hand in, as the guide asks for it."""
    told = material.detail
    amount = [f"原件 {told['original']} 份"] if told.get("original") else []
    amount += [f"复印件 {told['copies']} 份"] if told.get("copies") else []
    do = "请补交" if finding == Verdict.Finding.MISSING else "请改正写明的问题，重新提交"
    return f"{do}{'、'.join(amount) or f' {max(1, material.copies)} 份'}。{told.get('fill', '')}"


def defect(
    point: CorrectionPoint, material: Material, verdict: Verdict | None, what_is_wrong: str = ""
) -> tuple[str, str]:
    """What is wrong with a material that a notice names, and how to put it right: as the letter says it."""
    missing = verdict is not None and verdict.finding == Verdict.Finding.MISSING
    reason = verdict.reason.strip() if verdict is not None else ""
    repeats = point.demand == reason  # one sentence for both, as the counter asks for it
    problem = what_is_wrong or ("" if missing and repeats else reason)
    how = put_right(material, verdict.finding) if verdict and repeats and not missing else point.demand
    return problem or _FOUND[missing], how


_FOUND = {True: "没有提交", False: "不符合要求"}


def held_at(verdicts: Iterable[Verdict], moment: datetime) -> dict[int, Verdict]:
    """The verdict on each material that held at a moment; they come in their order."""
    return {one.material_id: one for one in verdicts if one.at <= moment}


def _lacks(material: Material) -> bool:
    return material.found in Verdict.LACKING  # type: ignore[attr-defined]


def _looked(version: int, application: int, case: int) -> QuerySet[Material]:
    verdicts = Verdict.objects.filter(case=case, material=OuterRef("pk")).order_by("-pk")
    came = Submitted.objects.filter(application=application, material=OuterRef("pk")).order_by("-added_at")
    rows = Material.objects.filter(version=version).annotate(
        found=Subquery(verdicts.values("finding")[:1]),
        found_at=Subquery(verdicts.values("at")[:1]),
        came_at=Subquery(came.values("added_at")[:1]),
    )
    return rows.order_by("order")


_LOOKED = Question(_looked, slot_number(), slot_number(), slot_number())
