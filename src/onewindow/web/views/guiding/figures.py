"""导办统计、设备培训和广播: what do the figures say, who knows which machine, and what is announced in the hall?"""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.hall.actors import SELF_SERVICE
from onewindow.helping.acts import announcing
from onewindow.helping.reads import guided, said
from onewindow.people.models import Officer
from onewindow.people.reads import guides_at
from onewindow.places.models import Zone
from onewindow.rules.grants import Grant
from onewindow.rules.guiding import WAYS
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.helping import guide_required, hall_of

SPANS = {"1": "今天", "7": "近 7 天", "30": "近 30 天"}


@require_GET
@never_cache
@guide_required
def figures(request: StaffRequest) -> HttpResponse:
    """Assisted, diverted, misled, cared for, by group."""
    hall, chosen = hall_of(request), request.GET.get("days", "1")
    span = chosen if chosen in SPANS else "1"
    found = guided.figures(hall, today() - timedelta(days=int(span) - 1), today())
    context = {
        "hall": hall,
        "figures": found,
        "ways": [(word, found.ways.get(code, 0)) for code, word in WAYS.items()],
        "spans": SPANS.items(),
        "span": span,
        "trained": guided.trained(hall, today()),
        "manages": request.officer.may(Grant.HALL_MANAGE, hall),
    }
    return render(request, "guiding/figures.html", context)


class TrainingForm(AskingForm):
    """Who was trained on what."""

    officer = PersonField("导办员")
    kind = forms.ChoiceField(label="设备", choices=[(kind.value, kind.label) for kind in SELF_SERVICE])
    on = forms.DateField(label="哪天培训", widget=forms.DateInput(attrs={"type": "date"}))


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_MANAGE)
def train(request: StaffRequest) -> HttpResponse:
    """登记设备培训."""
    hall, form = hall_of(request), TrainingForm(posted(request), initial={"on": today()})
    there = [one.pk for one in guides_at(hall.pk, today())]
    form.fields["officer"].queryset = Officer.objects.filter(pk__in=there)  # type: ignore[attr-defined]
    return ask(
        request,
        form,
        lambda told: announcing.train(hall, by=request.officer, at=now(), **told),
        title="登记设备培训",
        lead="没有培训过的导办员，统计页上一直列着。",
        main="登记",
        back="guiding_figures",
    )


class AnnounceForm(AskingForm):
    """Words for a zone."""

    text = forms.CharField(label="广播内容", max_length=60, help_text="一句话，60 字以内。")
    zone = forms.ModelChoiceField(
        Zone.objects.none(), label="哪个区域", required=False, empty_label=said.WHOLE
    )


@require_http_methods(["GET", "POST"])
@guide_required
def announce(request: StaffRequest) -> HttpResponse:
    """大厅广播."""
    hall, form = hall_of(request), AnnounceForm(posted(request))
    zones = Zone.objects.filter(hall=hall, closed_on__isnull=True, internal=False).order_by("pk")
    form.fields["zone"].queryset = zones  # type: ignore[attr-defined]
    return ask(
        request,
        form,
        lambda told: announcing.announce(hall, by=request.officer, at=now(), **told),
        title="大厅广播",
        lead="显示屏响提示音，大字显示两分钟；记入广播记录。系统只会念号码，不会念这句话：急事请用话筒再念一遍。",
        main="广播",
        back="guiding_broadcasts",
    )


@require_GET
@never_cache
@guide_required
def broadcasts(request: StaffRequest) -> HttpResponse:
    """广播记录 of one day."""
    hall, on = hall_of(request), _day(request)
    log, next_key = said.broadcast_log(hall, on, request.GET.get("after", ""))
    told = {"hall": hall, "day": on, "today": today(), "rows": log, "next_key": next_key}
    return render(request, "guiding/broadcasts.html", told)


def _day(request: HttpRequest) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), today())
    except ValueError:
        return today()
