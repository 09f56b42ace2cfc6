"""应急预案的页面: what has a hall ready, how is a plan drafted and agreed to, and how is it started?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.emergency.acts import drills, incidents, plans
from onewindow.emergency.models import DrillMeasure, Event, Plan
from onewindow.emergency.reads import readiness
from onewindow.ground.clock import now, today
from onewindow.hall.stopped import until_words
from onewindow.people.reads import names_of, officers_of
from onewindow.places.reads import pack_here
from onewindow.rules.emergency_words import missing
from onewindow.rules.grants import Grant
from onewindow.web.asking import ask, posted
from onewindow.web.forms.emergency import (
    DrillForm,
    EpidemicPlanForm,
    MeasureForm,
    PlanForm,
    StartForm,
    lines,
    text_of,
)
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.emergency.base import READS, hall_of, halls_of
from onewindow.web.views.hall.asked import whole


@require_GET
@never_cache
@staff_required(*READS)
def begin(request: StaffRequest) -> HttpResponse:
    """The hall that he chose, that he looks after, or the first of them."""
    if chosen := whole(request.GET.get("hall", "")):
        return redirect("emergency", hall_of(request, chosen).pk)
    own = request.officer.hall_for(Grant.HALL_MANAGE) or request.officer.hall_for(Grant.HALL_CALL)
    halls = halls_of(request.officer)
    if not halls:
        raise Http404("没有大厅，或者不是您看得到的。")
    return redirect("emergency", own or halls[0].pk)


@require_GET
@never_cache
@staff_required(*READS)
def home(request: StaffRequest, pk: int) -> HttpResponse:
    """One hall: stopped or not, what goes on, what is overdue, and what is ready."""
    hall, day = hall_of(request, pk), today()
    ready = readiness(hall, day, request.GET.dict())
    context = {
        "hall": hall,
        "halls": halls_of(request.officer),
        "ready": ready,
        "until": until_words(hall),
        "late": hall.stopped_until is not None and hall.stopped_until < now(),
        "names": names_of({one.stopped_by for one in ready.stops} | {one.resumed_by for one in ready.stops}),
        "manages": request.officer.may(Grant.HALL_MANAGE, hall),
        "works": request.officer.may(Grant.HALL_CALL, hall),
        "day": day,
        "events": Event.choices,
        **_asked_for(request, ready.plans, day),
    }
    return render(request, "emergency/home.html", context)


def _asked_for(request: StaffRequest, there: Iterable[Plan], day: date) -> dict[str, Any]:
    """The plans that the text of the place asks for, in its words, and which of them nobody has approved here."""
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    wanted = pack.value("emergency.plans", day)
    if not isinstance(wanted, tuple):
        return {}
    agreed = {one.event for one in there if one.stage == Plan.Stage.APPROVED}
    return {
        "rules": list(pack.rules_of("emergency.plans", day)),
        "missing": missing(wanted, agreed),
    }


@require_GET
@never_cache
@staff_required(*READS)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """One version of a plan, with the ones before it."""
    plan = _plan(request, pk)
    older = Plan.objects.filter(hall=plan.hall, event=plan.event).exclude(pk=plan.pk).order_by("-version")
    officer = request.officer
    context = {
        "plan": plan,
        "older": list(older),
        "drills": list(plan.drills.prefetch_related("measures")),
        "names": names_of({plan.drafted_by, plan.approved_by}),
        "may_approve": officer.may(Grant.EMERGENCY_APPROVE, plan) and plan.drafted_by != officer.actor_code,
        "own": plan.drafted_by == officer.actor_code,
        "manages": officer.may(Grant.HALL_MANAGE, plan.hall),
        "day": today(),
    }
    return render(request, "emergency/plan.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def draft(request: StaffRequest, pk: int, event: str) -> HttpResponse:
    """起草或者修订: the newest version stands in the form."""
    hall = hall_of(request, pk)
    if event not in Event.values:
        raise Http404("没有这一种突发事件。")
    kind = EpidemicPlanForm if event == Event.EPIDEMIC else PlanForm
    last = Plan.objects.filter(hall=hall, event=event).order_by("-version").first()
    form = kind(officers_of(hall.county), posted(request), initial=_first(last, event))

    def act(told: dict[str, Any]) -> None:
        parts, steps = lines(told.pop("parts"), "part"), lines(told.pop("steps"), "step")
        said = plans.Told(event=event, parts=parts, steps=steps, **told)
        plans.draft_plan(hall, by=request.officer, at=now(), told=said)

    return ask(
        request,
        form,
        act,
        title=f"{hall}：{Event(event).label}应急预案",
        lead="保存以后是草稿，另一位有权的同志批准了才执行；执行中的一版一直有效，直到新的一版批准。",
        main="保存草稿",
        back=reverse("emergency", args=[hall.pk]),
    )


def _first(last: Plan | None, event: str) -> dict[str, Any]:
    if last is None:
        return {"title": f"{Event(event).label}应急预案"}
    return {
        "title": last.title,
        "chief": last.chief_id,
        "parts": text_of(last.parts, "part"),
        "steps": text_of(last.steps, "step"),
        "capacity": last.capacity,
        "round_hours": last.round_hours,
        "advice": last.advice,
    }


@require_POST
@staff_required(Grant.EMERGENCY_APPROVE)
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """批准."""
    plans.approve_plan(_plan(request, pk), by=request.officer, at=now())
    messages.success(request, "已批准，从现在起按这一版执行。")
    return redirect("emergency_plan", pk)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """启动预案."""
    plan = _plan(request, pk)
    lead = "启动以后，步骤列出来逐项勾；大厅的人和督查马上收到消息。"
    if plan.event == Event.EPIDEMIC:
        lead += f"厅内最多 {plan.capacity} 人，{plan.round_hours} 小时消毒一次，公告马上挂出。"
    return ask(
        request,
        StartForm(posted(request)),
        lambda told: incidents.open_incident(plan, by=request.officer, at=now(), **told),
        title=f"启动：{plan.title}",
        lead=lead,
        main="启动预案",
        adverse=True,
        back=reverse("emergency", args=[plan.hall_id]),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def drill(request: StaffRequest, pk: int) -> HttpResponse:
    """登记演练."""
    plan = _plan(request, pk)

    def act(told: dict[str, Any]) -> None:
        better = [drills.Better(*one) for one in told.pop("measures")]
        drills.record_drill(plan, by=request.officer, at=now(), held=drills.Held(**told), measures=better)

    return ask(
        request,
        DrillForm(posted(request), initial={"held_on": today()}),
        act,
        title=f"登记演练：{plan.title}",
        lead="发现了问题的，写明怎么改、谁负责、哪天以前改完；没有改完的一直列着。",
        main="登记",
        back=reverse("emergency_plan", args=[plan.pk]),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    """整改完成."""
    rows = DrillMeasure.objects.select_related("drill__plan__hall")
    found = get_object_or_404(rows, pk=pk, drill__county=request.officer.county)
    return ask(
        request,
        MeasureForm(posted(request)),
        lambda told: drills.settle_measure(found, by=request.officer, at=now(), **told),
        title="整改完成了？",
        lead=f"{found.what}（{found.who}）",
        main="登记完成",
        back=reverse("emergency", args=[found.hall_id]),
    )


def _plan(request: StaffRequest, pk: int) -> Plan:
    rows = Plan.objects.select_related("hall", "chief")
    found = get_object_or_404(rows, pk=pk, county=request.officer.county)
    hall_of(request, found.hall_id)
    return found
