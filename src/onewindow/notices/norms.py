"""工作制度怎么告诉: who hears that a rule was issued, and who that he has not acknowledged it?"""

from __future__ import annotations

from django.db.models import QuerySet

from onewindow.cases.reads.told import day
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.people.models import Officer
from onewindow.people.reads_norms import lines, members
from onewindow.places.models import NormUnit

PAGE = "/norms/{}/"


def told(entry: Entry) -> Said | None:
    """Everybody in the units to which it went; of a reminder, whoever has not read it."""
    if not entry.by.startswith(("officer:", "system")):
        return None  # laid out with the installation: whoever comes to work finds it on the page
    on = entry.at.astimezone(SHANGHAI).date()
    units = list(_units(entry).select_related("version__norm", "section", "department", "hall"))
    if not units:
        return None
    version = units[0].version
    if entry.fact == "NormUnread":
        people = set(lines(units, on)[0].left)
        word = "还没有签收"
    else:
        found = members(units, on)
        people = {pk for seated in found.values() for pk in seated}
        word = "请签收"
    who = "每位工作人员" if version.by_each else "每个单位一位同志"
    text = f"第 {version.number} 版，{day(version.effective_on)}起施行；{who}在 {day(version.due_on)}前签收。"
    officers = list(Officer.objects.filter(pk__in=people).order_by("pk"))
    return Said(officers, f"{word}：{version.norm.title}", text, PAGE.format(version.pk))


def _units(entry: Entry) -> QuerySet[NormUnit]:
    return NormUnit.objects.filter(pk__in=entry.body.get("units") or [entry.body["unit"]])
