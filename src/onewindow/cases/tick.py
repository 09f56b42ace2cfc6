"""到点了: which cases does time itself move today? Ordinary acts with `by=SYSTEM`, safe to run at any time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from onewindow.cases.acts.accept import accept_by_silence
from onewindow.cases.acts.defer import remind_or_miss
from onewindow.cases.acts.deliver import remind_or_keep
from onewindow.cases.acts.lights import turn_light
from onewindow.cases.acts.longer import tell_overrun
from onewindow.cases.acts.promise_check import note_overdue
from onewindow.cases.acts.renew import remind_renewal, renew_by_law
from onewindow.cases.acts.withdraw import remind_or_lapse
from onewindow.cases.models import Case, Deferral, Procedure, Promise, Renewal
from onewindow.places.reads import here, pack_here
from onewindow.rules.grants import SYSTEM, NotAllowed
from onewindow.rules.stages import Stage
from onewindow.rules.workdays import UncoveredDay

BATCH = 500
LONGEST_REMINDER = timedelta(days=30)  # more than any setting of working days before the promised day
LIGHTS = 2000  # in one minute: after a long rest the others come in the next, and nothing else waits for them
log = logging.getLogger("onewindow.tick")


def tick(at: datetime) -> dict[str, int]:
    """Do everything that is due at `at`; returns how many cases each kind moved."""
    today = at.date()
    waiting = Case.objects.filter(is_open=True)
    silent = waiting.filter(stage__in=[Stage.RECEIVED, Stage.REFUSING], due_on__lt=today, provisional=False)
    woken = waiting.filter(wakes_on__lte=today)
    unanswered = woken.filter(stage=Stage.CORRECTING)
    unfetched = woken.filter(stage__in=[Stage.GRANTED, Stage.DENIED])
    late = Procedure.objects.filter(ended_on__isnull=True, planned_end__lt=today, overran_at__isnull=True)
    longer = waiting.filter(pk__in=late.values("case"))
    owed = Deferral.objects.filter(settled_on__isnull=True)
    near = Q(due_on__lt=today) | Q(reminded_on__isnull=True, due_on__lte=today + LONGEST_REMINDER)
    owing = waiting.filter(pk__in=owed.filter(near).values("case"))
    unchecked = Case.objects.filter(promises__state=Promise.State.CHECKING, promises__due_on__lt=today)
    turning = waiting.filter(turns_on__lte=today).order_by("turns_on", "pk")[:LIGHTS]
    soon = today + timedelta(days=pack_here(here()).setting("renewal.remind_days").number)
    ending = Case.objects.filter(
        stage=Stage.CLOSED,
        version__clock__renews=True,
        decision__granted=True,
        decision__reminded_on__isnull=True,
        decision__revoked_on__isnull=True,
        decision__valid_until__range=(today, soon),
    )
    run_out = waiting.filter(
        stage__in=[Stage.EXAMINING, Stage.DECIDING],
        pk__in=Renewal.objects.filter(in_time=True, expires_on__lt=today).values("case"),
    )
    return {
        "视为受理": _each(silent.iterator(BATCH), accept_by_silence, at),
        "视为准予延续": _each(run_out.iterator(BATCH), renew_by_law, at),
        "提醒延续": _each(ending.iterator(BATCH), remind_renewal, at),
        "补正提醒或终止": _each(unanswered.iterator(BATCH), remind_or_lapse, at),
        "催领或留存": _each(unfetched.iterator(BATCH), remind_or_keep, at),
        "特别程序超时": _each(longer.iterator(BATCH), tell_overrun, at),
        "容缺提醒或逾期": _each(owing.iterator(BATCH), remind_or_miss, at),
        "承诺核查超期": _each(unchecked.iterator(BATCH), note_overdue, at),
        # Last: what time itself has just moved is not late any more.
        "亮灯": _each(turning.iterator(BATCH), turn_light, at),
    }


def _each(cases: Iterable[Case], act: Callable[..., bool], at: datetime) -> int:
    moved = 0
    for case in cases:
        try:
            moved += act(case, by=SYSTEM, at=at)
        except (NotAllowed, UncoveredDay) as refusal:  # one case never keeps the others from their day
            log.warning("case %s is not moved: %s", case.number, type(refusal).__name__)
    return moved
