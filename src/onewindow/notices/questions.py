"""首问怎么告诉: who is told that a question waits for him, came back to him, or falls due?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from onewindow.cases.reads.told import day
from onewindow.ground.clock import SHANGHAI
from onewindow.guidance.models import Asked
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.people.away import away, covers_of
from onewindow.people.models import Holding, Officer
from onewindow.rules.grants import Grant


def told(entry: Entry) -> Said:
    """One message for one fact."""
    rows = Asked.objects.select_related("keeper", "offered_to", "first")
    asked = rows.get(pk=entry.body["asked"])
    officers, title, text = _said(entry, asked, entry.at.astimezone(SHANGHAI).date())
    return Said(officers, title, text, f"/asked/{asked.number}/")


def _said(entry: Entry, asked: Asked, on: date) -> tuple[list[Officer], str, str]:
    until, what = f"{day(asked.due_on)}前要答复。", asked.number
    if entry.fact == "AskedOffered":
        to = Officer.objects.filter(pk=entry.body["to"])
        return list(to), f"{asked.keeper.name}转给您一件首问：{what}", f"请确认接收，或者不接收。{until}"
    if entry.fact == "AskedDeclined":
        return _keeping(asked, on), f"没有接收您转交的首问：{what}", f"还在您手上，{until}"
    if entry.fact == "AskedTaken":
        before = Officer.objects.filter(pk__in={entry.body["officer"], asked.first_id})
        return list(before), f"首问已由{asked.keeper.name}接收：{what}", "从现在起由他答复。"
    found = _keeping(asked, on)
    if entry.body["over"]:
        found += [one for one in _supervising(asked.county, on) if one not in found]
        return found, f"首问超期没有答复：{what}", f"{day(asked.due_on)}到期，现在由{asked.keeper.name}负责。"
    return found, f"首问今天到期：{what}", "请今天答复，或者转给能答复的同志确认接收。"


def _keeping(asked: Asked, on: date) -> list[Officer]:
    """Whoever has it; while he is away, who stands in for him."""
    gone = away([asked.keeper_id], on, on).get(asked.keeper_id)
    covers = [one.officer for one in covers_of([gone], on).get(gone.pk, [])] if gone else []
    return list({one.pk: one for one in covers}.values()) or [asked.keeper]


def _supervising(county: str, on: date) -> list[Officer]:
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        post__county=county,
        post__scope="county",
        post__grants__contains=[Grant.SUPERVISE.value],
        since__lte=on,
        officer__left_on__isnull=True,
    )
    return list({one.officer_id: one.officer for one in held.select_related("officer")}.values())
