"""服务场次和值班: what is booked of which session, who is on duty, what is missing, and what went wrong?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.ground.clock import now, today
from onewindow.hall import booked
from onewindow.hall.acts import coming, sessions, signing
from onewindow.hall.acts.displacing import withdraw_sitting
from onewindow.hall.models import Session, Trouble
from onewindow.hall.offered import terms
from onewindow.people.acts.duties import Part, drop_duty, name_duty, sign_on
from onewindow.people.models import Duty
from onewindow.people.reads import officers_of
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.opening import SessionKind
from onewindow.web.asking import ask, posted
from onewindow.web.forms.booking import DutyForm, LiftForm, OutcomeForm, TroubleForm, WithdrawForm
from onewindow.web.gates import StaffRequest, staff_required

AHEAD = timedelta(days=60)
READS = booked.LISTS


@require_GET
@never_cache
@staff_required(*READS)
def listing(request: StaffRequest) -> HttpResponse:
    """备案清单: the sessions that are booked, those that lack somebody in red; and one's own duties."""
    day, officer = today(), request.officer
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    sheets, next_key = booked.sessions(officer, day, day + AHEAD, request.GET.get("after", ""))
    own, duties_key = booked.next_duties(officer, day, request.GET.get("duties", ""))
    context = {
        "sheets": sheets,
        "next_key": next_key,
        "own": own,
        "duties_key": duties_key,
        "day": day,
        "rules": [
            rule for name in ("offhours.filed_with", "offhours.leader") if (rule := pack.rule(name, day))
        ],
        "told_to": terms(day).policy.told_to,
        "may_arrange": officer.may(Grant.DUTY_ARRANGE),
    }
    return render(request, "booking/sessions.html", context)


@require_GET
@never_cache
@staff_required(*READS)
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """场次单: all who come, in order of time, with who is on duty; it prints as it stands."""
    session = _load(request, pk)
    context = {
        "sheet": booked.sheet(session),
        "session": session,
        "said": terms(session.on).policy,
        "may_arrange": request.officer.may(Grant.DUTY_ARRANGE, session.hall),
        "may_note": request.officer.may(Grant.BOOKING_ANSWER, session.hall),
        "officer": request.officer,
        "day": today(),
    }
    return render(request, "booking/sheet.html", context)


@require_POST
@staff_required(Grant.DUTY_ARRANGE)
def file_session(request: StaffRequest, pk: int) -> HttpResponse:
    """备案: the office has seen it."""
    sessions.file_session(_load(request, pk), by=request.officer, at=now())
    messages.success(request, "这一场已备案。")
    return redirect("booking_session", pk)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.DUTY_ARRANGE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """撤销这一场: whoever is booked in it is told."""
    session = _load(request, pk)
    return ask(
        request,
        WithdrawForm(posted(request)),
        lambda told: withdraw_sitting(session, by=request.officer, at=now(), **told),
        title="撤销这一场？",
        lead=f"{session.on.month} 月 {session.on.day} 日 {session.get_kind_display()}，{session.hall}，{session.window}。约了的人马上收到通知，可以一步改约。",
        main="撤销这一场",
        adverse=True,
        back="booking_sessions",
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.DUTY_ARRANGE)
def duty(request: StaffRequest, pk: int) -> HttpResponse:
    """安排值班: one more person for this session."""
    session = _load(request, pk)
    form = DutyForm(
        officers_of(request.officer.county), posted(request), initial={"role": request.GET.get("role")}
    )

    def act(told: dict[str, object]) -> None:
        part = Part(on=session.on, kind=SessionKind(session.kind), **told)  # type: ignore[arg-type]
        name_duty(session.hall, by=request.officer, at=now(), part=part)

    lead = f"{session.on.month} 月 {session.on.day} 日 {session.get_kind_display()}，{session.hall}。安排以后会通知本人。"
    back = reverse("booking_session", args=[pk])
    return ask(request, form, act, title="安排值班", lead=lead, main="安排", back=back)


@require_POST
@staff_required(Grant.DUTY_ARRANGE)
def drop(request: StaffRequest, pk: int, duty: int) -> HttpResponse:
    """取消值班安排."""
    session = _load(request, pk)
    found = get_object_or_404(Duty, pk=duty, hall=session.hall, on=session.on)
    drop_duty(session.hall, by=request.officer, at=now(), duty=found)
    messages.success(request, "已取消这一项值班安排，请看有没有空缺。")
    return redirect("booking_session", pk)


@require_POST
@staff_required()
def come(request: StaffRequest, duty: int) -> HttpResponse:
    """值班签到, by himself."""
    found = get_object_or_404(booked.own_duties(request.officer, today()), pk=duty)
    sign_on(found, by=request.officer, at=now())
    messages.success(request, "已签到。")
    return redirect("booking_sessions")


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.BOOKING_ANSWER)
def trouble(request: StaffRequest, pk: int) -> HttpResponse:
    """值班日志: a difficulty of a window or of a visitor."""
    session = _load(request, pk)
    return ask(
        request,
        TroubleForm(posted(request)),
        lambda told: sessions.note_trouble(
            session.hall, by=request.officer, at=now(), session=session, **told
        ),
        title="登记困难和问题",
        lead="带班领导和值班股室会看到，登记结果以前一直列着。",
        main="登记",
        back="booking_sessions",
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.DUTY_ARRANGE)
def outcome(request: StaffRequest, pk: int, trouble: int) -> HttpResponse:
    """What was coordinated, and what came of it."""
    found = get_object_or_404(Trouble, pk=trouble, session=_load(request, pk))
    return ask(
        request,
        OutcomeForm(posted(request)),
        lambda told: sessions.settle_trouble(found, by=request.officer, at=now(), **told),
        title="登记处理结果",
        lead=found.what,
        main="登记",
        back="booking_sessions",
    )


@require_GET
@never_cache
@staff_required(Grant.BOOKING_FILE, Grant.BOOKING_ANSWER)
def forms(request: StaffRequest) -> HttpResponse:
    """登记表备案: signed forms that wait, and the register."""
    done = request.GET.get("list") == "filed"
    rows, next_key = (booked.filed if done else booked.to_file)(request.officer, request.GET.get("after", ""))
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    context = {
        "rows": rows,
        "next_key": next_key,
        "done": done,
        "may_file": request.officer.may(Grant.BOOKING_FILE),
        "rule": pack.rule("booking.filed_with", today()),
        "said": terms(today()).policy,
    }
    return render(request, "booking/forms.html", context)


@require_POST
@staff_required(Grant.BOOKING_FILE)
def file(request: StaffRequest, number: str) -> HttpResponse:
    """备案: one form is acknowledged with its number."""
    found = booked.one(request.officer, number[:24])
    if found is None:
        raise Http404("没有这个预约，或者不是您看得到的。")
    filed = signing.file(found, by=request.officer, at=now())
    messages.success(request, f"已备案，备案号 {filed.filed_number}。")
    return redirect("booking_forms")


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.BOOKING_LIFT)
def lift(request: StaffRequest, pk: int) -> HttpResponse:
    """恢复预约: a decision with its reason."""
    found = get_object_or_404(booked.barred(request.officer), pk=pk)
    return ask(
        request,
        LiftForm(posted(request)),
        lambda told: coming.lift(found, by=request.officer, at=now(), **told),
        title=f"恢复{found.who}的预约？",
        lead="恢复以后可以再约非工作时间，放弃次数重新计算。决定和理由会记下来。",
        main="恢复预约",
        back="booking_bans",
    )


def _load(request: StaffRequest, pk: int) -> Session:
    found = booked.sittings(request.officer).select_related("hall", "window", "subject").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一场，或者不是您看得到的。")
    return found
