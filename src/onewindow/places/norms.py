"""工作制度: which rules does the text of the place name and hold, who may have to know them, and what does a round look at?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from onewindow.packs.chapters import chapter
from onewindow.places.models import County, Department, Hall, Norm, NormCheck, NormVersion, Section
from onewindow.places.reads import open_departments, pack_here
from onewindow.rules.pack import Cite

GROUP_WORDS = {
    "sections": "各股室",
    "windows": "各部门窗口和中心大厅",
    "townships": "各乡镇（街道）中心",
}


@dataclass(frozen=True)
class Archived:
    """A rule that the text of the place names; without words where the text only names it."""

    title: str
    text: str
    source: str
    since: date
    cite: Cite


def archived(county: County, on: date) -> list[Archived]:
    """制度 in the text of the place, each with its words where they are archived."""
    pack = pack_here(county)
    rule = pack.rule("norms.list", on)
    if rule is None or not isinstance(rule.value, tuple) or not rule.cites:
        return []
    cite = rule.cites[0]
    source = pack.sources[cite.source]
    since = source.issued or rule.period.since or on
    return [
        Archived(title, chapter(source, settings.PACKS_DIR, title), source.id, since, cite)
        for title in rule.value
    ]


def titles(county: County) -> set[str]:
    """What is in the register; a rule that was withdrawn is not."""
    found = Norm.objects.filter(county=county.code, withdrawn_on__isnull=True)
    return set(found.values_list("title", flat=True))


def lacking(county: County, on: date, known: set[str]) -> tuple[list[Archived], list[Archived]]:
    """Of the rules that the text names: those whose words can be loaded, and those that the county has to write."""
    left = [one for one in archived(county, on) if one.title not in known]
    return [one for one in left if one.text], [one for one in left if not one.text]


def sections_named(county: County, on: date) -> tuple[str, ...]:
    """股室 that the text of the place names."""
    said = pack_here(county).value("staff.sections", on)
    return said if isinstance(said, tuple) else ()


def published(county: County, on: date) -> bool:
    """Whether the text of the place has its rules shown in the halls; else they are for the staff."""
    return pack_here(county).value("norms.published", on) is True


def groups(county: County, on: date) -> Mapping[str, Sequence[Section | Department | Hall]]:
    """The units of the county in the three groups to which a rule is addressed."""
    halls = list(Hall.objects.filter(county=county.code).order_by("pk"))
    centres = [one for one in halls if one.kind in (Hall.Kind.CENTRE, Hall.Kind.FUNCTIONAL, Hall.Kind.BRANCH)]
    return {
        "sections": list(Section.objects.filter(county=county.code, closed_on__isnull=True).order_by("pk")),
        "windows": [*centres, *open_departments(county.code)],
        "townships": [one for one in halls if one.kind == Hall.Kind.TOWNSHIP],
    }


def in_force(county: str, on: date) -> list[int]:
    """The version of each rule that holds on that day."""
    rows = NormVersion.objects.filter(
        Q(norm__withdrawn_on__isnull=True) | Q(norm__withdrawn_on__gt=on),
        norm__county=county,
        effective_on__lte=on,
    )
    return list(rows.order_by("norm", "-number").distinct("norm").values_list("pk", flat=True))


def checks_at(hall: Hall, on: date) -> list[NormCheck]:
    """What a round looks at here: the rules in force that are addressed to this venue; in a centre those of its windows too."""
    here = Q(version__units__hall=hall)
    if hall.kind == Hall.Kind.CENTRE:
        here |= Q(version__units__department__isnull=False) | Q(version__units__section__isnull=False)
    rows = NormCheck.objects.filter(here, version__in=in_force(hall.county, on), dropped_at__isnull=True)
    found = rows.select_related("version__norm").order_by("version__norm", "order", "pk").distinct()
    return list(found)
