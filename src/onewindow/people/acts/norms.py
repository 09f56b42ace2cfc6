"""签收的行为: who has read a written rule, and who is reminded that he has not; and which section does a post belong to?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.people.models import NormReceipt, Officer, Post
from onewindow.people.reads_norms import asked_of, overdue
from onewindow.places.models import NormUnit, NormVersion, Section
from onewindow.places.write import journalise
from onewindow.rules.facts_norms import NormAcknowledged, NormUnread, PostPlaced
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.NORMS_OWN)
@transaction.atomic
def acknowledge_norm(officer: Officer, *, by: Actor, at: datetime, version: NormVersion) -> list[NormReceipt]:
    """签收: he has read it, for every unit of his to which it is addressed; pressed twice it is one."""
    rows = NormVersion.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("norm").get(pk=version.pk)
    if held.norm.withdrawn_on is not None:
        raise NotAllowed(f"{held.norm}已经废止，不用签收。请看别的制度。")
    if held.superseded_at is not None:
        raise NotAllowed("这一版已经有了新版，请看新版再签收。")
    day = at.date()
    units = list(NormUnit.objects.filter(asked_of(officer, day), version=held).order_by("pk"))
    if not units:
        raise NotAllowed("这项制度没有发给您的单位，不用签收。该发的，请告诉发布的人补发。")
    done = NormReceipt.objects.filter(unit__in=units, officer=officer)
    signed = {one.unit_id: one for one in done}
    fresh = [one for one in units if one.pk not in signed]
    made = NormReceipt.objects.bulk_create(
        NormReceipt(unit=one, officer=officer, post=_post_in(officer, one, at), at=at) for one in fresh
    )
    if made:
        told = tuple(one.pk for one in fresh)
        fact = NormAcknowledged(on=day, version=held.pk, officer=officer.pk, units=told)
        journalise(held.county, fact, by=by, at=at)
    return [*signed.values(), *made]


@needs(Grant.HALL_TICK)
@transaction.atomic
def remind_unread(unit: NormUnit, *, by: Actor, at: datetime) -> bool:
    """逾期未签收: whoever of the unit has not acknowledged is told, once for each version."""
    held = NormUnit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    if held.reminded_at is not None or not overdue(at.date()).filter(pk=held.pk).exists():
        return False
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    fact = NormUnread(on=at.date(), version=held.version_id, unit=held.pk)
    journalise(held.county, fact, by=by, at=at)
    return True


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def place_post(post: Post, *, by: Actor, at: datetime, section: Section | None) -> Post:
    """归入股室: a post of the county belongs to a section, or to none."""
    held = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if held.scope != Post.Scope.COUNTY:
        raise NotAllowed("部门和场所的岗位不归股室，请选全县的岗位。")
    if section is not None and (section.county != held.county or section.closed_on is not None):
        raise NotAllowed("这个股室已经撤销，请另选一个。")
    if held.section_id != (section.pk if section else None):
        held.section = section
        held.save(update_fields=["section"])
        fact = PostPlaced(on=at.date(), post=held.pk, section=section.pk if section else 0)
        journalise(held.county, fact, by=by, at=at)
    return held


def _post_in(officer: Officer, unit: NormUnit, at: datetime) -> Post:
    """In which post he signs for this unit."""
    posts = (one.post for one in officer.holdings if one.in_force(at.date()))
    own = (unit.section_id, unit.department_id, unit.hall_id)
    return next(
        post
        for post in posts
        if any(
            a and a == b
            for a, b in zip(own, (post.section_id, post.department_id, post.hall_id), strict=True)
        )
    )
