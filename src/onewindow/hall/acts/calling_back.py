"""延时回访: whose service is asked about, was he reached, and what did he say?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.ground.series import take
from onewindow.hall.models import CallBack, CallBackDraw, Extension
from onewindow.journal import write
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import pack_here
from onewindow.rules.extending import GRADE_WORDS, Stage, sample
from onewindow.rules.facts_extension import CallBackDrawn, CallBackMade
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

KIND = "call-back"


@needs(Grant.EXTENSION_CALL_BACK)
@transaction.atomic
def draw(county: County, *, by: Actor, at: datetime, since: date, until: date) -> CallBackDraw:
    """抽取回访: of the services of these days that nobody was asked about yet, as large a share as is set here."""
    if since > until or until > at.date():
        raise NotAllowed("请选起止日期：开始不能晚于结束，结束不能晚于今天。")
    County.objects.select_for_update().get(pk=county.pk)  # drawn twice at once, nobody is drawn twice
    rows = Extension.objects.filter(county=county.code, stage__in=[Stage.SERVED, Stage.FILED])
    rows = rows.filter(day__gte=since, day__lte=until, call_back__isnull=True)
    there = {one.number: one for one in rows.select_for_update(of=("self",))}
    if not there:
        raise NotAllowed("这些日子里没有还没回访过的延时服务，请改日期。")
    number = f"HF{at:%Y%m%d}-{take(county.code, f'call-back:{at:%Y%m%d}'):02}"
    percent = pack_here(county).setting("extension.call_back_percent").number
    subject = write.open_subject(county.code, KIND, number)
    made = CallBackDraw.objects.create(
        county=county.code,
        subject=subject,
        number=number,
        since=since,
        until=until,
        percent=percent,
        services=len(there),
        drawn_at=at,
        drawn_by=by.actor_code,
    )
    found = [there[one] for one in sample(there, percent, number)]
    CallBack.objects.bulk_create(
        CallBack(county=county.code, draw=made, extension=extension) for extension in found
    )
    fact = CallBackDrawn(on=at.date(), draw=made.pk, services=len(there), drawn=len(found))
    write.record(subject, fact, by=by, at=at)
    return made


@needs(Grant.EXTENSION_CALL_BACK)
def show_telephone(call: CallBack, *, by: Actor, at: datetime, origin: str = "") -> str:
    """看完整电话, to ring him up: whose it is and for which service stands in the access log before anybody sees it."""
    one = call.extension
    about = f"party:{one.party_id}" if one.party_id else one.number
    write.log_access(
        one.county,
        by=by,
        at=at,
        what="unmask:phone",
        about=about,
        reason=f"延时服务回访 {one.number}",
        origin=origin,
    )
    return one.telephone


@needs(Grant.EXTENSION_CALL_BACK)
@transaction.atomic
def record_call(
    call: CallBack,
    *,
    by: Officer,
    at: datetime,
    reached: bool,
    grade: int | None = None,
    opinion: str = "",
    suggestion: str = "",
) -> CallBack:
    """登记回访: reached or not; who was not is rung up again, who was says how satisfied he is."""
    rows = CallBack.objects.select_for_update(of=("self",)).select_related("extension__subject")
    held = rows.get(pk=call.pk)
    if held.reached:
        raise NotAllowed("已经回访到了，不用再登记。请刷新后再看。")
    if reached and grade not in GRADE_WORDS:
        raise NotAllowed("回访到了，请选择他满意不满意。")
    held.tries, held.reached, held.at, held.by = held.tries + 1, reached, at, by
    held.grade = grade if reached else None
    held.opinion, held.suggestion = opinion.strip()[:300], suggestion.strip()[:300]
    held.save()
    fact = CallBackMade(on=at.date(), call=held.pk, reached=reached, grade=held.grade or 0)
    write.record(held.extension.subject, fact, by=by, at=at)
    return held
