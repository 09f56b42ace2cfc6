"""场所布置: which zones and lines has a hall, and which window serves which of them?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.catalogue.models import Item
from onewindow.ground.clock import now, today
from onewindow.journal.models import Subject
from onewindow.places import acts
from onewindow.places.acts.venue import LONGEST
from onewindow.places.models import Department, Hall, Line, Zone
from onewindow.places.reads import here, kinds_of_zone, open_departments, windows_of
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

LETTERS = [chr(code) for code in range(ord("A"), ord("Z") + 1)]


class LineForm(AskingForm):
    """For what one lines up."""

    letter = forms.ChoiceField(label="字母", help_text="印在号的前面，如 A001。")
    name = forms.CharField(label="队列名称", max_length=40, help_text="取号机上用它，如：综合受理。")
    about = forms.CharField(
        label="办哪些事", max_length=120, required=False, help_text="取号机上的一句说明。"
    )
    minutes = forms.IntegerField(
        label="每件大约几分钟",
        min_value=1,
        max_value=LONGEST,
        help_text="刚开始估计等候时间用，办得多了按实际的算。",
    )
    departments = forms.ModelMultipleChoiceField(
        label="哪些部门的事项",
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    codes = forms.CharField(
        label="另外还办这些事项",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个事项编码；部门和事项都不选，就是什么都能办的综合队列。",
    )

    def __init__(self, *args: Any, county: str, letters: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.county = county
        self.fields["letter"].choices = [(one, one) for one in letters]  # type: ignore[attr-defined]
        self.fields["departments"].queryset = open_departments(county)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the act is told; an unknown code is named."""
        found = dict(self.cleaned_data)
        found["items"] = items_of(self.county, found.pop("codes").split())
        return found


def items_of(county: str, codes: list[str]) -> list[Subject]:
    """The matters of the items with these codes."""
    rows = Subject.objects.filter(county=county, kind="item")
    known = {one.number: one for one in rows.filter(number__in=codes)}
    by_task = Item.objects.filter(county=county, task_code__in=codes).select_related("subject")
    known |= {one.task_code: one.subject for one in by_task}
    if unknown := [code for code in codes if code not in known]:
        raise NotAllowed(f"没有编码为 {'、'.join(unknown[:5])} 的事项，请核对后再填。")
    return list({known[code].pk: known[code] for code in codes}.values())


class ZoneForm(AskingForm):
    """A part of the hall with a sign of its own."""

    kind = forms.ChoiceField(label="区域种类", choices=Zone.Kind.choices)
    name = forms.CharField(label="标牌上的名称", max_length=40)
    floor = forms.IntegerField(label="几楼", initial=1, min_value=-3, max_value=60)
    internal = forms.BooleanField(label="内部办公，群众不去", required=False)
    area = forms.IntegerField(label="面积（平方米）", min_value=1, max_value=99999, required=False)
    keeper = forms.CharField(label="保管人", max_length=60, required=False, help_text="标牌和环境由谁维护")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_of_zone(here(), today())  # type: ignore[attr-defined]


class ArrangeForm(AskingForm):
    """Where a window lies and what it serves."""

    lines = forms.ModelMultipleChoiceField(
        label="叫哪些队列", queryset=Line.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    first = forms.ModelMultipleChoiceField(
        label="其中先叫的（专窗）",
        queryset=Line.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="先叫自己的业务，别的队等久了也会叫到。",
    )
    zone = forms.ModelChoiceField(label="在哪个区域", queryset=Zone.objects.none(), required=False)
    low = forms.BooleanField(label="低位窗口，方便坐轮椅的人", required=False)
    tidal = forms.BooleanField(label="潮汐窗口，等的人多时才开", required=False)

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.filter(hall=hall, closed_on__isnull=True)
        for name in ("lines", "first"):
            self.fields[name].queryset = lines  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda line: f"{line.letter} {line.name}"  # type: ignore[attr-defined]
        zones = Zone.objects.filter(hall=hall, closed_on__isnull=True, internal=False)
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]


@require_GET
@staff_required(Grant.PLACES_MANAGE)
def venue(request: StaffRequest, pk: int) -> HttpResponse:
    """The lines and zones of one hall, and which window serves which."""
    hall = _hall(request, pk)
    context = {
        "hall": hall,
        "windows": list(
            hall.windows.select_related("zone").prefetch_related("services__line__departments").order_by("pk")
        ),
        "lines": list(hall.lines.prefetch_related("departments").order_by("order", "letter")),
        "zones": list(hall.zones.filter(closed_on__isnull=True).order_by("floor", "pk")),
    }
    return render(request, "manage/venue.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def open_line(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a line of the hall."""
    hall = _hall(request, pk)
    taken = set(hall.lines.filter(closed_on__isnull=True).values_list("letter", flat=True))
    form = LineForm(
        posted(request),
        county=hall.county,
        letters=[letter for letter in LETTERS if letter not in taken],
        initial={"minutes": 10, "letter": request.GET.get("letter", "")},
    )
    return ask(
        request,
        form,
        lambda _: acts.open_line(hall, by=request.officer, at=now(), **form.told()),
        title=f"{hall}：开设队列",
        lead="一个队列一个字母；开设以后，再安排哪些窗口叫它。",
        main="开设队列",
        back=_page(hall.pk),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def change_line(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what a line is called and whose business is done in it."""
    line = _line(request, pk)
    first = {
        "letter": line.letter,
        "name": line.name,
        "about": line.about,
        "minutes": line.minutes,
        "departments": line.departments.all(),
        "codes": "\n".join(line.items.values_list("number", flat=True)),
    }
    form = LineForm(posted(request), county=line.hall.county, letters=[line.letter], initial=first)

    def act(_: dict[str, Any]) -> None:
        told = form.told()
        del told["letter"]
        acts.change_line(line, by=request.officer, at=now(), **told)

    return ask(
        request,
        form,
        act,
        title=f"修改 {line.letter} 队：{line}",
        lead=f"{line.hall}。已经取的号不变。",
        main="保存",
        back=_page(line.hall_id),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def close_line(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a line: no more numbers, who waits is still called."""
    line = _line(request, pk)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: acts.close_line(line, by=request.officer, at=now()),
        title=f"关闭 {line.letter} 队：{line}？",
        lead=f"{line.hall}。不再给号，已经在等的照样叫完。",
        main="关闭队列",
        adverse=True,
        back=_page(line.hall_id),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def lay_zone(request: StaffRequest, pk: int) -> HttpResponse:
    """Lay out a zone, or change the one of this name."""
    hall = _hall(request, pk)
    known = hall.zones.filter(pk=_number(request.GET.get("zone", ""))).first()
    first = {name: getattr(known, name) for name in ZoneForm.base_fields} if known else {}

    def act(told: dict[str, Any]) -> None:
        acts.lay_zone(hall, by=request.officer, at=now(), **{**told, "kind": Zone.Kind(told["kind"])})

    return ask(
        request,
        ZoneForm(posted(request), initial=first),
        act,
        title=f"{hall}：设置区域",
        lead="名称与已有区域相同的，就是修改那个区域。",
        main="保存区域",
        back=_page(hall.pk),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def close_zone(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a zone off the hall."""
    zone = get_object_or_404(Zone.objects.select_related("hall"), pk=pk, hall__county=request.officer.county)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: acts.close_zone(zone, by=request.officer, at=now()),
        title=f"撤销{zone}？",
        lead=f"{zone.hall}。里面不能还有开着的窗口。",
        main="撤销区域",
        adverse=True,
        back=_page(zone.hall_id),
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def arrange(request: StaffRequest, pk: int) -> HttpResponse:
    """Which lines a window calls."""
    window = get_object_or_404(windows_of(request.officer.county), pk=pk)
    served = list(window.services.all())
    first = {
        "lines": [one.line_id for one in served],
        "first": [one.line_id for one in served if one.first],
        "zone": window.zone_id,
        "low": window.low,
        "tidal": window.tidal,
    }
    return ask(
        request,
        ArrangeForm(posted(request), hall=window.hall, initial=first),
        lambda told: acts.arrange_window(window, by=request.officer, at=now(), **told),
        title=f"安排{window}",
        lead=f"{window.hall}。没有队列的窗口不叫号。",
        main="保存安排",
        back=_page(window.hall_id),
    )


def _page(hall: int) -> str:
    return reverse("venue", args=[hall])


def _hall(request: StaffRequest, pk: int) -> Hall:
    return get_object_or_404(Hall, pk=pk, county=request.officer.county)


def _line(request: StaffRequest, pk: int) -> Line:
    return get_object_or_404(Line.objects.select_related("hall"), pk=pk, hall__county=request.officer.county)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
