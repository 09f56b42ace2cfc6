"""能不能发布: what stands against a version as a whole: its words, its base item, its forms, and the hall?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onewindow.catalogue import base, gate, local, promised, tiers
from onewindow.catalogue.base import BaseText
from onewindow.catalogue.gate import Gap
from onewindow.catalogue.local import Law
from onewindow.catalogue.models import BaseItem, BaseVersion, ItemVersion, MaterialPaper
from onewindow.catalogue.text import VersionText, of_version
from onewindow.ground.clock import today
from onewindow.places.models import County

FORMS = "提供统一规范的申请材料格式文本和范本样表"
_APPLICATION = ("申请表", "申请书", "登记表", "申报表", "审批表", "申领表")


@dataclass(frozen=True)
class Beside:
    """What is read beside a version to judge it: its base item's version, the files it holds, a demonstration or not."""

    base: BaseVersion | None
    papers: frozenset[tuple[str, str]]
    demo: bool
    law: Law


def gaps(version: ItemVersion, on: date | None = None) -> list[Gap]:
    """Everything that stands against the publication of one version on a day, or today."""
    return judged(version, of_version(version), beside([version], on)[version.pk])


def beside(versions: Iterable[ItemVersion], on: date | None = None) -> dict[int, Beside]:
    """What the judging of these versions (of one county, with their items) reads, in three statements."""
    told = list(versions)
    if not told:
        return {}
    law = local.law(on or today())
    codes = {one.item.base_code for one in told if one.item.base_code}
    counties = {one.county for one in told}
    rows = BaseItem.objects.filter(county__in=counties, code__in=codes).select_related("current")
    bases = {row.code: row.current for row in rows}
    papers: dict[int, set[tuple[str, str]]] = {}
    for pk, code, role in MaterialPaper.objects.filter(version__in=told).values_list(
        "version", "code", "role"
    ):
        papers.setdefault(pk, set()).add((code, role))
    demo = set(County.objects.filter(code__in=counties, demo=True).values_list("code", flat=True))
    return {
        one.pk: Beside(
            bases.get(one.item.base_code), frozenset(papers.get(one.pk, ())), one.county in demo, law
        )
        for one in told
    }


def judged(version: ItemVersion, text: VersionText, known: Beside) -> list[Gap]:
    found = (
        gate.gaps(text)
        + promised.gaps(text)
        + local.gaps(text, known.law)
        + tiers.gaps(text)
        + against_base(version, text, known)
    )
    if not known.demo:
        found += _without_forms(text, known.papers)
    return found


def against_base(version: ItemVersion, text: VersionText, known: Beside) -> list[Gap]:
    """Where the version is not what the base catalogue lays down today."""
    if known.base is None:
        return []
    return list(base.divergences(text, base_text(known.base, version.item.base_code), known.base.number))


def base_of(county: str, code: str) -> BaseVersion | None:
    """The version of the base catalogue that holds for a code today."""
    row = (
        BaseItem.objects.filter(county=county, code=code).select_related("current").first() if code else None
    )
    return row.current if row is not None else None


def base_text(one: BaseVersion, code: str) -> BaseText:
    return BaseText(
        code=code,
        name=one.name,
        kind=one.kind,
        basis=tuple(base.Article(**told) for told in one.content.get("basis", ())),
        legal_days=one.legal_days,
        legal_unit=one.legal_unit,
        materials=tuple(one.content.get("materials", ())),
        in_use=one.in_use,
        source=one.source,
        effective_on=one.effective_on,
    )


def is_form(blank: str) -> bool:
    """Whether a material is filled in on a given sheet: then there is a word about the sheet."""
    return bool(blank)


def is_application(name: str) -> bool:
    """Whether a material is the application itself, whose sheet follows from the item's own form."""
    return any(word in name for word in _APPLICATION)


def _without_forms(text: VersionText, papers: frozenset[tuple[str, str]]) -> Iterator[Gap]:
    """A form-type material goes with a blank sheet and a filled one."""
    for n, one in enumerate(text.materials, 1):
        if not is_form(one.detail.get("blank", "")) or is_application(one.name):
            continue
        lacks = [role.label for role in MaterialPaper.Role if (one.code, role.value) not in papers]
        if lacks:
            yield Gap("申请材料目录", f"第 {n} 份“{one.name}”没有上传{'和'.join(lacks)}", FORMS)
