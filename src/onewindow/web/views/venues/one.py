"""一个场所: what is known of it, which lines of the text does it meet, why not the others, and what is to be put right?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.models import Case
from onewindow.ground.clock import now, today
from onewindow.hall.models import Ticket
from onewindow.people.models import Officer
from onewindow.places import acts
from onewindow.places.models import County, Deviation, Hall, Profile, Sheet
from onewindow.places.reads import pack_here
from onewindow.places.venues import Checked, Lists, checked, venues_of
from onewindow.rules.grants import Grant
from onewindow.rules.tickets import TicketStage
from onewindow.rules.venues import SINGLE, Line
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.venue import items_of
from onewindow.web.views.venues.county import WATCH

DAYS = 30
_YES = (("", "没有填报"), ("yes", "是"), ("no", "否"))
_READ = {"yes": True, "no": False, "": None}


class SheetForm(AskingForm):
    """What is known of a venue."""

    area = forms.IntegerField(label="建筑面积（平方米）", min_value=1, max_value=999999, required=False)
    new = forms.ChoiceField(label="新建的", choices=_YES, required=False)
    year = forms.IntegerField(label="启用年份", min_value=1949, max_value=2100, required=False)
    latitude = forms.DecimalField(
        label="纬度", max_digits=8, decimal_places=5, required=False, help_text="如 32.20301，地图位置用"
    )
    longitude = forms.DecimalField(label="经度", max_digits=8, decimal_places=5, required=False)
    bus = forms.CharField(label="公交线路", max_length=200, required=False)
    parking = forms.CharField(label="停车", max_length=120, required=False)
    parent = forms.ModelChoiceField(Hall.objects.none(), label="归属的中心", required=False)
    why_apart = forms.CharField(label="没有并入中心的理由", max_length=200, required=False)
    place_class = forms.ChoiceField(label="类别", required=False)
    key_station = forms.BooleanField(label="重点规划的便民服务站", required=False)
    staff_planned = forms.IntegerField(label="计划配备几人", min_value=0, max_value=999, required=False)
    marked = forms.ChoiceField(label="装有统一的服务标识", choices=_YES, required=False)
    network = forms.ChoiceField(label="政务服务网通达", choices=_YES, required=False)
    upgrade = forms.ChoiceField(label="智能化改造", choices=Sheet.Upgrade.choices)
    upgrade_plan = forms.CharField(label="改造什么", max_length=200, required=False)
    guides_place = forms.CharField(
        label="办事指南公示在哪里", max_length=120, required=False, help_text="如：东门展架"
    )
    guides_on = forms.DateField(
        label="公示日期", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    ticks = forms.MultipleChoiceField(
        label="本地清单中做到的", required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label="承接的事项",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个事项编码；群众按事项找就近的地方时用它。",
    )

    def __init__(self, *args: Any, county: County, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = Lists.of(county, today())
        classes = pack_here(county).value("venue.classes", today())
        words = classes if isinstance(classes, tuple) else ()
        lines = dict.fromkeys(line for listed in lists.told.values() for line in listed)
        self.fields["parent"].queryset = (  # type: ignore[attr-defined]
            Hall.objects.filter(county=county.code).exclude(pk=hall.pk).order_by("pk")
        )
        if cite := pack_here(county).rule("venue.sub", today()):
            self.fields["parent"].help_text = f"{cite.cite}"
        self.fields["place_class"].choices = [("", "没有分类"), *((word, word) for word in words)]  # type: ignore[attr-defined]
        self.fields["ticks"].choices = [(line, line) for line in lines]  # type: ignore[attr-defined]
        for name, wanted in (("ticks", lines), ("place_class", words)):
            if not wanted:
                del self.fields[name]

    def told(self, county: str) -> dict[str, Any]:
        """What the act is told."""
        found = dict(self.cleaned_data)
        found["items"] = items_of(county, found.pop("codes").split())
        for name in ("new", "marked", "network"):
            found[name] = _READ[found[name]]
        return found


@require_GET
@staff_required(*WATCH)
def venue(request: StaffRequest, pk: int) -> HttpResponse:
    """The page of one venue."""
    one = _one(request, pk)
    hall = one.hall
    why = {dev.line: dev for dev in hall.why}  # type: ignore[attr-defined]
    single = [w for w in hall.at if SINGLE in w.kinds]  # type: ignore[attr-defined]
    context = {
        "hall": hall,
        "one": one,
        "sheet": one.sheet,
        "lines": [(line, why.get(line.key)) for line in one.lines],
        "singles": [(w, f"{SINGLE}:{w.number}", why.get(f"{SINGLE}:{w.number}")) for w in single],
        "zones": hall.laid,  # type: ignore[attr-defined]
        "tasks": hall.todo,  # type: ignore[attr-defined]
        "items": list(one.sheet.items.order_by("pk")) if one.sheet else [],
        "profile": Profile.objects.filter(county=hall.county, kind=hall.kind).order_by("-version").first(),
        "staff": _staff(hall),
        "figures": figures(hall),
        "edits": request.officer.may(Grant.PLACES_MANAGE, hall),
        "today": today(),
    }
    return render(request, "venues/one.html", context)


def _staff(hall: Hall) -> int:
    """How many sit in a post of this venue today."""
    day = today()
    held = Q(held__post__hall=hall, held__since__lte=day) & (
        Q(held__until__isnull=True) | Q(held__until__gte=day)
    )
    return Officer.objects.filter(held, left_on__isnull=True).distinct().count()


def figures(hall: Hall) -> list[tuple[str, int, int]]:
    """What was done in the last days here, and in the offices outside that belong to it: they count in the centre."""
    since = now() - timedelta(days=DAYS)
    places = [hall, *Hall.objects.filter(sheet__parent=hall, kind=Hall.Kind.BRANCH).order_by("pk")]
    found = []
    for one in places:
        cases = Case.objects.filter(taken_at=one, received_at__gte=since)
        served = Ticket.objects.filter(hall=one, taken_at__gte=since, stage=TicketStage.DONE)
        found.append((one.name, cases.count(), served.count()))
    if len(found) > 1:
        found.append(("合计", sum(row[1] for row in found), sum(row[2] for row in found)))
    return found


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter what is known of it."""
    hall = _hall(request, pk)
    sheet = Sheet.objects.filter(hall=hall).first()
    county: County = request.county  # type: ignore[attr-defined]
    form = SheetForm(posted(request), county=county, hall=hall, initial=_first(sheet))
    return ask(
        request,
        form,
        lambda _: acts.set_sheet(hall, by=request.officer, at=now(), **form.told(hall.county)),
        title=f"{hall}：场所档案",
        lead="由场所填报；没有填报的，检查时记作没有填报，不算达到。",
        main="保存",
        back=_page(hall.pk),
    )


def _first(sheet: Sheet | None) -> dict[str, Any]:
    if sheet is None:
        return {"upgrade": Sheet.Upgrade.NONE}
    first = {name: getattr(sheet, name) for name in SheetForm.base_fields if hasattr(sheet, name)}
    words = {value: word for word, value in _READ.items()}
    for name in ("new", "marked", "network"):
        first[name] = words[first[name]]
    first["codes"] = "\n".join(sheet.items.values_list("number", flat=True))
    return first


class WhyForm(AskingForm):
    """Why it does not meet a line."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="如：旧址改造，用地有限，已列入明年计划。"
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def deviate(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Note why a line is not met; of a window of one department, why it stays."""
    one = _one(request, pk)
    title, lead = _about(one, key)
    return ask(
        request,
        WhyForm(posted(request)),
        lambda told: acts.note_deviation(one.hall, by=request.officer, at=now(), line=key, **told),
        title=f"理由：{title}",
        lead=lead,
        main="登记理由",
        back=_page(one.hall.pk),
    )


def _about(one: Checked, key: str) -> tuple[str, str]:
    line = next((line for line in one.lines if line.key == key), None)
    if line is not None:
        return line.title, f"{one.hall}。{line.cite}"
    number = key.removeprefix(f"{SINGLE}:")
    if not any(w.number == number and SINGLE in w.kinds for w in one.venue.windows):
        raise Http404
    return f"{number} 号窗口为部门单设", f"{one.hall}。"


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def end_deviation(request: StaffRequest, pk: int) -> HttpResponse:
    """The reason holds no longer."""
    noted = get_object_or_404(
        Deviation.objects.select_related("hall"), pk=pk, hall__county=request.officer.county
    )
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: acts.end_deviation(noted, by=request.officer, at=now()),
        title="撤销这条理由？",
        lead=f"{noted.hall}：“{noted.reason}”",
        main="撤销理由",
        adverse=True,
        back=_page(noted.hall_id),
    )


class TaskForm(AskingForm):
    """What is to be put right."""

    what = forms.CharField(label="整改什么", max_length=300)
    owner = forms.CharField(label="由谁整改", max_length=60)
    due_on = forms.DateField(
        label="到哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填的，按本地设定的工作日算。",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def open_task(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """A line that is short becomes something to be put right."""
    one = _one(request, pk)
    line: Line | None = next((line for line in one.lines if line.key == key), None)
    if line is None:
        raise Http404
    return ask(
        request,
        TaskForm(posted(request), initial={"what": f"{line.title}：{line.found}"[:300]}),
        lambda told: acts.open_task(one.hall, by=request.officer, at=now(), key=key, **told),
        title=f"列为整改：{line.title}",
        lead=f"{one.hall}。{line.cite}",
        main="列为整改",
        back=_page(one.hall.pk),
    )


def _page(hall: int) -> str:
    return reverse("venue_sheet", args=[hall])


def _hall(request: StaffRequest, pk: int) -> Hall:
    return get_object_or_404(Hall, pk=pk, county=request.officer.county)


def _one(request: StaffRequest, pk: int) -> Checked:
    county: County = request.county  # type: ignore[attr-defined]
    hall = get_object_or_404(venues_of(county), pk=pk)
    return checked(county, today(), [hall])[0]
