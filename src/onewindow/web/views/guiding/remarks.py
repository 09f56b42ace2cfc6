"""意见建议: what was said today, which days were summed up, and what does the section answer and carry out?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.helping.acts import remarks as acts
from onewindow.helping.models import Remark, Summary
from onewindow.helping.reads import guided
from onewindow.people.reads import names_of, officers_of
from onewindow.places.models import Hall
from onewindow.places.reads import pack_here, workdays
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.phone import PhoneField
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.helping import guide_required, hall_of

BACK = 14
_ANY = (Grant.HALL_TAKE, Grant.HALL_MANAGE, Grant.HALL_IMPROVE)


class RemarkForm(AskingForm):
    """One thing that somebody said."""

    kind = forms.ChoiceField(label="哪一类", choices=Remark.Kind.choices)
    text = forms.CharField(
        label="说了什么",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照原话写；您自己的改进建议也写在这里。",
    )
    phone = PhoneField("他的电话", required=False, help_text="留了电话的，有结果发短信告诉他。")


class SummaryForm(AskingForm):
    """The day in the guide's own words."""

    note = forms.CharField(
        label="当日小结",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="登记的意见会自动附上；没有意见的，也请写一句当天的情况。",
    )


class DecisionForm(AskingForm):
    """Adopted or not, with an answer."""

    adopted = forms.TypedChoiceField(
        label="采纳吗",
        choices=[("yes", "采纳"), ("no", "不采纳")],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    owner = PersonField("谁负责", required=False, empty_label="采纳的才选")
    due = forms.DateField(
        label="什么时候完成", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class OutcomeForm(AskingForm):
    """What was done."""

    outcome = forms.CharField(label="做了什么", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def _halls(request: StaffRequest) -> list[Hall]:
    """The hall in which he guides; for the section, all halls where somebody guides or said something."""
    if request.officer.may(Grant.HALL_IMPROVE):
        county = request.officer.county
        return list(
            Hall.objects.filter(county=county, lines__closed_on__isnull=True).distinct().order_by("pk")
        )
    return [hall_of(request)]


def _hall(request: StaffRequest) -> Hall:
    halls = _halls(request)
    typed = request.GET.get("hall", "")
    return next((one for one in halls if str(one.pk) == typed), halls[0]) if halls else hall_of(request)


@require_GET
@never_cache
@staff_required(*_ANY)
def remarks(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the tasks, and the days."""
    hall = _hall(request)
    waiting, waiting_key = guided.to_answer(hall, request.GET.get("after", ""))
    tasks, tasks_key = guided.tasks(hall, request.GET.get("tasks", ""))
    settled, settled_key = guided.settled(hall, request.GET.get("settled", ""))
    context = {
        "hall": hall,
        "halls": _halls(request),
        **{"waiting": waiting, "waiting_key": waiting_key, "tasks": tasks, "tasks_key": tasks_key},
        **{"settled": settled, "settled_key": settled_key},
        "days": guided.days(hall, _lately(today())),
        "today": today(),
        **_may(request, hall),
    }
    return render(request, "guiding/remarks.html", context)


def _may(request: StaffRequest, hall: Hall) -> dict[str, bool]:
    officer = request.officer
    return {
        "decides": officer.may(Grant.HALL_IMPROVE, hall),
        "guides": officer.may(Grant.HALL_TAKE, hall),
    }


def _lately(on: date) -> list[date]:
    """The working days of the last two weeks, and today."""
    calendar = workdays()
    days = [on - timedelta(days=n) for n in range(BACK)]
    return [day for day in days if day == on or calendar.day(day).works]


@require_GET
@never_cache
@staff_required(*_ANY)
def day(request: StaffRequest, pk: int) -> HttpResponse:
    """One day's summary with all its entries."""
    found = Summary.objects.filter(pk=pk, hall__in=_halls(request)).select_related("hall").first()
    if found is None:
        raise Http404
    names = names_of([found.sent_by])
    context: dict[str, Any] = {
        "summary": found,
        "sender": names.get(found.sent_by, "系统（没有人报送，到时自动汇总）"),
        "rows": list(guided.remarks_of(found.hall, found.day)),
        "figures": guided.figures(found.hall, found.day, found.day),
        **_may(request, found.hall),
    }
    return render(request, "guiding/day.html", context)


def _goes(request: StaffRequest) -> str:
    """Where the summary of a day goes: the section that the text of the place names, else whoever answers it."""
    section = pack_here(request.county).value("guide.remarks_to", today())  # type: ignore[attr-defined]
    return f"报{section}" if section else "报给负责答复的同志"


@require_http_methods(["GET", "POST"])
@guide_required
def enter(request: StaffRequest) -> HttpResponse:
    """登记."""
    hall = hall_of(request)
    return ask(
        request,
        RemarkForm(posted(request)),
        lambda told: acts.enter_remark(hall, by=request.officer, at=now(), **told),
        title="登记意见建议",
        lead=f"当天的意见汇总{_goes(request)}，采纳的有人负责、有期限。",
        main="登记",
        back="guiding_remarks",
    )


@require_http_methods(["GET", "POST"])
@guide_required
def send(request: StaffRequest) -> HttpResponse:
    """报送当日汇总."""
    hall = hall_of(request)
    return ask(
        request,
        SummaryForm(posted(request)),
        lambda told: acts.send_summary(hall, by=request.officer, at=now(), day=today(), **told),
        title="报送今天的汇总",
        lead=f"今天登记了 {guided.remarks_of(hall, today()).count()} 条，一起{_goes(request)}。",
        main="报送",
        back="guiding_remarks",
    )


def _remark(request: StaffRequest, pk: int) -> Remark:
    return get_object_or_404(Remark.objects.select_related("hall"), pk=pk, county=request.officer.county)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_IMPROVE)
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """答复: adopted with somebody responsible and a day, or not."""
    one, form = _remark(request, pk), DecisionForm(posted(request))
    form.fields["owner"].queryset = officers_of(request.officer.county)  # type: ignore[attr-defined]
    return ask(
        request,
        form,
        lambda told: acts.decide_remark(one, by=request.officer, at=now(), **told),
        title="答复意见建议",
        lead=f"{one.hall} {one.day:%m月%d日}，{one.get_source_display()}：{one.text}",
        main="答复",
        back="guiding_remarks",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.HALL_IMPROVE)
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """改进完成."""
    one = _remark(request, pk)
    return ask(
        request,
        OutcomeForm(posted(request)),
        lambda told: acts.finish_remark(one, by=request.officer, at=now(), **told),
        title="改进完成",
        lead=f"{one.text} 写明以后，提的人马上收到消息。",
        main="完成",
        back="guiding_remarks",
    )
