"""股室的行为: which sections has the office that runs the centre?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.places.models import County, Section
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_norms import SectionClosed, SectionOpened
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def open_section(county: County, *, by: Actor, at: datetime, name: str) -> Section:
    """设立股室; one that was closed is opened again under its name."""
    called = name.strip()[:40]
    if not called:
        raise NotAllowed("请写股室的名称。")
    organisation(county.code)  # the lock: opened twice at once it is one section
    known = Section.objects.filter(county=county.code, name=called).first()
    if known is not None and known.closed_on is None:
        raise NotAllowed(f"已经有“{called}”，请换一个名称。")
    section = known or Section(county=county.code, name=called)
    section.opened_on, section.closed_on = at.date(), None
    section.save()
    journalise(county.code, SectionOpened(on=at.date(), section=section.pk), by=by, at=at)
    return section


@needs(Grant.PLACES_MANAGE)
@transaction.atomic
def close_section(section: Section, *, by: Actor, at: datetime) -> Section:
    """撤销股室: nothing new is addressed to it and nobody of it is waited for; what it acknowledged stays."""
    held = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    if held.closed_on is not None:
        raise NotAllowed(f"{held}已经撤销，不用再办。请刷新后再看。")
    held.closed_on = at.date()
    held.save(update_fields=["closed_on"])
    journalise(held.county, SectionClosed(on=at.date(), section=held.pk), by=by, at=at)
    return held
