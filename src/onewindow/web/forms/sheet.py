"""收件单: what did the clerk mark on the intake page for each material, and does it suffice for what he wants?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onewindow.cases.acts.receive import Found
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.promised import may_follow
from onewindow.ground.models import StoredFile
from onewindow.intake import situation
from onewindow.intake.acts import Paper
from onewindow.intake.models import Submitted

Raw = Mapping[str, Sequence[str]]
FITS, MISSING, WRONG, NONE = "fits", "missing", "wrong", "none"


@dataclass(frozen=True)
class Choice:
    """One verdict that can be pressed."""

    value: str
    word: str
    key: str
    tone: str


JUDGED = (
    Choice(FITS, "符合", "空格", "fits"),
    Choice(MISSING, "缺", "-", "lacks"),
    Choice(WRONG, "不符", "X", "wrong"),
)


@dataclass(frozen=True)
class Line:
    """一行: one material with what the clerk marked."""

    number: int
    material: Material
    verdict: str = ""
    why: str = ""
    original: bool = False
    copies: str = "1"
    until: str = ""
    before: Submitted | None = None
    reused: bool = False
    scan: StoredFile | None = None
    condition: str = ""
    corrected: bool = False
    error: str = ""
    # Added by the applicant at home, in a draft that the window finishes with him.
    uploaded: tuple[Submitted, ...] = ()

    @property
    def free(self) -> bool:
        """免提交: a department has it already, so nobody may ask for it."""
        return self.material.necessity == Material.Necessity.EXEMPT

    @property
    def may_be_left(self) -> bool:
        return self.free or bool(self.condition)

    @property
    def choices(self) -> tuple[Choice, ...]:
        judged = tuple(one for one in JUDGED if not (self.uploaded and one.value == MISSING))
        if not self.may_be_left:
            return judged
        return (*judged, Choice(NONE, "免提交" if self.free else "不涉及", "N", "none"))

    @property
    def may_follow(self) -> bool:
        """可容缺: it may come after the acceptance."""
        return may_follow(self.material)

    @property
    def lacks(self) -> bool:
        return self.verdict in (MISSING, WRONG)

    @property
    def help(self) -> str:
        return str(self.material.detail.get("taken_from") or self.material.detail.get("fill") or "")

    @property
    def paper(self) -> Paper | None:
        """What came in for this material; nothing when it is missing or not needed."""
        if self.verdict not in (FITS, WRONG):
            return None
        if self.uploaded and not (self.scan or self.original):
            return None  # the files from home are in the file already
        if self.reused and self.before is not None:
            return Paper(self.material, how=Submitted.How.REUSED, reused_from=self.before, copies=0)
        return Paper(
            self.material,
            how=Submitted.How.SCAN if self.scan and not self.original else Submitted.How.PAPER,
            original=self.original,
            copies=_count(self.copies),
            file=self.scan,
            valid_until=_day(self.until),
        )


def lines(
    version: ItemVersion,
    materials: Sequence[Material],
    raw: Raw,
    before: Mapping[str, Submitted],
    scans: Mapping[int, StoredFile],
    uploaded: Mapping[int, Sequence[Submitted]],
) -> list[Line]:
    """The page's rows as they were marked; a page not marked yet leaves out what nobody has to bring."""
    given = situation.answers(version, raw)
    asked = {one["key"]: one for one in version.content.get("questions", ())}
    found = []
    for number, material in enumerate(materials, start=1):
        key = material.pk
        line = Line(
            number,
            material,
            verdict=_one(raw, f"v-{key}"),
            why=_one(raw, f"why-{key}"),
            original=f"orig-{key}" in raw,
            copies=_one(raw, f"n-{key}") or str(max(1, material.copies)),
            until=_one(raw, f"until-{key}"),
            before=before.get(material.name),
            reused=f"reuse-{key}" in raw,
            scan=scans.get(key),
            corrected=f"spot-{key}" in raw,
            condition=condition(material, asked),
            uploaded=tuple(uploaded.get(key, ())),
        )
        left_out = line.free or not (line.uploaded or _told_to_apply(material, given))
        left_out = left_out and line.may_be_left and not line.verdict
        found.append(replace(line, verdict=NONE) if left_out else line)
    return found


def _told_to_apply(material: Material, given: Mapping[str, str]) -> bool:
    """Whether the applicant's own answers online say that a conditional material is needed."""
    return bool(given) and situation.applies(material, given)


def papers(rows: Sequence[Line]) -> list[Paper]:
    return [row.paper for row in rows if row.paper is not None]


def findings(rows: Sequence[Line]) -> dict[int, Found]:
    return {
        row.material.pk: Found(row.verdict, row.why)
        for row in rows
        if row.verdict in (FITS, MISSING, WRONG, NONE)
    }


def checked(rows: Sequence[Line], purpose: str, today: date) -> list[Line]:
    """The rows with the sentence beside each that does not suffice for `purpose`: accept, receive or ask."""
    return [replace(row, error=_fault(row, purpose, today)) for row in rows]


def _fault(row: Line, purpose: str, today: date) -> str:
    return _paper_fault(row, today) or ("" if purpose == "receive" else _verdict_fault(row, purpose))


def _paper_fault(row: Line, today: date) -> str:
    end = _day(row.until)
    if row.until and end is None:
        return "有效期的写法不对，请写成 2027-03-11 这样；没有有效期的空着。"
    if row.verdict == FITS and end is not None and end < today:
        return "这份材料已过有效期，请核为“不符”，或者核对日期。"
    if row.verdict == FITS and any(not one.usable_on(today) for one in row.uploaded):
        return "网上传的这份已过有效期，请核为“不符”，或者重新收取。"
    if row.reused and (row.before is None or not row.before.usable_on(today)):
        return "以前提交的这份材料已不能再用，请重新收取。"
    return ""


def _verdict_fault(row: Line, purpose: str) -> str:
    if not row.verdict:
        return "还没有核对，请核对。"
    if purpose == "accept" and row.lacks:
        return "缺或不符的材料不能受理：请当场更正，或者一次性告知补正。"
    if purpose == "ask" and row.lacks and not row.why.strip():
        return "请写明缺什么、怎样补，申请人要照着准备。"
    return ""


def condition(material: Material, asked: Mapping[str, Any]) -> str:
    """In which situation the material is needed, in words; empty when always."""
    wanted: dict[str, list[str]] = {}
    for told in material.detail.get("when") or ():
        key, _, value = told.partition("=")
        labels = {option["key"]: option["label"] for option in asked.get(key, {}).get("options", ())}
        wanted.setdefault(key, []).append(f"“{labels.get(value, value)}”")
    return "；".join(
        f"{asked.get(key, {}).get('ask', key)}{'或'.join(words)}才要" for key, words in wanted.items()
    )


def _one(raw: Raw, name: str) -> str:
    texts = raw.get(name) or [""]
    return texts[0].strip()


def _count(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 4 else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
