"""事项调整: how does a department ask for a change of the catalogue, and who decides on it?

One change at a time per item; whoever asked never decides; an approved change takes effect on its day in one
transaction, so that every channel shows the new state at once.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue.acts.publish import review
from onewindow.catalogue.models import Change, Item, ItemVersion
from onewindow.catalogue.write import locked, put_in_force, turn_state
from onewindow.journal import write
from onewindow.journal.doers import who_did
from onewindow.people.instead import counting, instead_of
from onewindow.rules.facts_catalogue import ChangeApproved, ChangeDeclined, ChangeRequested
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

log = logging.getLogger("onewindow.catalogue")
_WITH_VERSION = (Change.Kind.NEW, Change.Kind.ALTER)
_OPEN = (Change.State.ASKED, Change.State.APPROVED)


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def request_change(
    item: Item,
    *,
    by: Actor,
    on: date,
    at: datetime,
    kind: str,
    ground: str,
    reason: str,
    wanted_on: date,
    which: str = Change.Which.IMPLEMENTING,
    version: ItemVersion | None = None,
) -> Change:
    """提出调整申请: the department says what is to change in which list, why, and from when."""
    item = locked(item)
    _check_request(item, reason, wanted_on, on)
    if kind in _WITH_VERSION and (version is None or version.item_id != item.pk or version.is_frozen):
        raise NotAllowed("请先起草新的版本，再提出调整申请。")
    same = item.changes.filter(state=Change.State.ASKED, which=which, kind=kind, reason=reason.strip()[:500])
    if same.exists():
        raise NotAllowed("同样的调整申请已经提出，正在等审核，不用再提。请到“调整申请”里看进展。")
    change = Change.objects.create(
        county=item.county,
        department_id=item.department_id,
        item=item,
        version=version if kind in _WITH_VERSION else None,
        which=Change.Which(which),
        kind=Change.Kind(kind),
        ground=Change.Ground(ground),
        reason=reason.strip()[:500],
        wanted_on=wanted_on,
        state=Change.State.ASKED,
        asked_by=by.actor_code,
        asked_at=at,
    )
    fact = ChangeRequested(on=on, change=change.pk)
    write.record(item.subject, fact, by=by, at=at, instead=instead_of(by, item, fact.name, None))
    return change


@needs(Grant.CATALOGUE_REVIEW)
@transaction.atomic
def approve(
    change: Change, *, by: Actor, on: date, at: datetime, opinion: str, effective_on: date | None = None
) -> Change:
    """同意调整: the reviewing office gives its opinion and the day from which the change holds."""
    item = locked(change.item)
    change = _undecided(item, change, by)
    if change.version is not None and change.version.state == ItemVersion.State.DRAFT:
        review(change.version, by=by, on=on, at=at)
    change.effective_on = max(effective_on or change.wanted_on, on)
    _decide(change, Change.State.APPROVED, opinion, by, at)
    fact = ChangeApproved(on=on, change=change.pk, effective_on=change.effective_on)
    write.record(locked(item).subject, fact, by=by, at=at)
    if change.effective_on <= on and by.may(Grant.CATALOGUE_PUBLISH, item):
        take_effect(change, by=by, on=on, at=at)
        change.refresh_from_db()
    return change


@needs(Grant.CATALOGUE_REVIEW)
@transaction.atomic
def decline(change: Change, *, by: Actor, on: date, at: datetime, opinion: str) -> Change:
    """不同意调整: with the reason; the department may ask again."""
    item = locked(change.item)
    change = _undecided(item, change, by)
    _decide(change, Change.State.DECLINED, opinion, by, at)
    write.record(item.subject, ChangeDeclined(on=on, change=change.pk), by=by, at=at)
    return change


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def take_effect(change: Change, *, by: Actor, on: date, at: datetime) -> Change:
    """调整生效: what was approved is done."""
    return _carry_out(change, by=by, on=on, at=at)


@needs(Grant.CASE_TICK)
def bring_into_force(county: str, *, by: Actor, on: date, at: datetime) -> int:
    """到期生效: carry out every approved change whose day has come; answers how many."""
    due = Change.objects.filter(county=county, state=Change.State.APPROVED, effective_on__lte=on)
    done = 0
    for change in due.order_by("pk"):
        try:
            with transaction.atomic():
                _carry_out(change, by=by, on=on, at=at)
        except (
            NotAllowed
        ) as refused:  # it waits, approved, for whoever can mend it; the others do not wait for it
            log.warning("change %s does not take effect: %s", change.pk, refused)
        else:
            done += 1
    return done


def _carry_out(change: Change, *, by: Actor, on: date, at: datetime) -> Change:
    item = locked(change.item)
    change = item.changes.select_related("version", "item").get(pk=change.pk)
    if change.state != Change.State.APPROVED or change.effective_on is None or change.effective_on > on:
        raise NotAllowed(
            f"这项调整现在是“{change.get_state_display()}”，或者还没有到生效日期。请到生效那天再办，或者刷新看最新情况。"
        )
    if change.version is not None:
        put_in_force(item, change.version, by=by, on=on, at=at)
    else:
        turn_state(item, change.kind, change.reason, by=by, on=on, at=at)
    change.state = Change.State.DONE
    change.save(update_fields=["state"])
    return change


def _check_request(item: Item, reason: str, wanted_on: date, on: date) -> None:
    if item.state == Item.State.WITHDRAWN:
        raise NotAllowed(f"“{item.name}”已经取消，不能再调整。需要办理的，请新建事项。")
    if item.changes.filter(state__in=_OPEN).exists():
        raise NotAllowed(f"“{item.name}”还有一项调整没有办完，请等它生效或者作出决定后再提。")
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明调整的原因。")
    if wanted_on < on:
        raise NotAllowed("希望生效的日期已经过去，请填今天或者以后的日期。")


def _undecided(item: Item, change: Change, by: Actor) -> Change:
    change = item.changes.select_related("version__item", "item").get(pk=change.pk)
    if change.state != Change.State.ASKED:
        raise NotAllowed(f"这项调整申请已经是“{change.get_state_display()}”，不用再审。请刷新后再看。")
    asked = who_did(item.subject, "ChangeRequested", change=change.pk) | {change.asked_by}
    if asked & counting(by, item, "ChangeApproved"):
        raise NotAllowed("提出申请的人不能审核自己的申请，请由政务服务管理办公室的另一位同事审核。")
    return change


def _decide(change: Change, state: str, opinion: str, by: Actor, at: datetime) -> None:
    if len(opinion.strip()) < 2:
        raise NotAllowed("请写审核意见。")
    change.state, change.opinion = state, opinion.strip()[:500]
    change.decided_by, change.decided_at = by.actor_code, at
    change.save(update_fields=["state", "opinion", "decided_by", "decided_at", "effective_on"])
