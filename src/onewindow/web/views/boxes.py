"""大厅本机: which hall runs its queue by itself, how far behind is what is known of it, and who lets it?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.box.acts import boxes as acts
from onewindow.box.models import Box, BoxBooking, Wish
from onewindow.box.reads import boxes, clock_words, copy
from onewindow.cases.acts.offline import MOST, left_of, reserve_block
from onewindow.ground.clock import now
from onewindow.places.models import Hall
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required


class BoxForm(AskingForm):
    """A machine for a hall."""

    name = forms.CharField(label="名称", max_length=60, help_text="如：东城大厅排队主机。")
    address = forms.CharField(
        label="大厅内的地址",
        max_length=120,
        required=False,
        help_text="窗口、取号机和显示屏用它打开本机，如 http://192.168.1.10:8000",
    )

    def clean_address(self) -> str:
        """With its scheme: kiosks and pads are sent there."""
        told = str(self.cleaned_data["address"]).strip().rstrip("/")
        if told and not _whole(told):
            raise forms.ValidationError("请写完整的网址，从 http:// 开始，例如 http://192.168.1.10:8000。")
        return told


def _whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that is never closed
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


class RetireForm(AskingForm):
    """Why it is given up."""

    reason = forms.CharField(label="为什么停用", max_length=200)


class ResumeForm(AskingForm):
    """What happened to it."""

    reason = forms.CharField(label="机器出了什么事", max_length=200)


class BlockForm(AskingForm):
    """How many receipt numbers."""

    count = forms.IntegerField(label="几个", min_value=1, max_value=MOST, initial=100)


class SureForm(AskingForm):
    """Nothing is asked but to press."""


@require_GET
@never_cache
@staff_required(Grant.PLACES_MANAGE)
def listed(request: StaffRequest) -> HttpResponse:
    """Every machine with how old its copy is, and the halls that have none."""
    at, found = now(), boxes(request.officer.county)
    open_wishes = Wish.objects.filter(county=request.officer.county, answered_at__isnull=True)
    shown = [
        {
            "copy": copy(one, at),
            "clock": clock_words(one),
            "blocks": list(one.blocks.all()),
            "left": left_of(one),
            "wishes": open_wishes.filter(hall=one.hall_id).count(),
            "bookings": BoxBooking.objects.filter(
                booking__hall=one.hall_id, booking__on__gte=at.date(), answer=BoxBooking.Answer.KEPT
            ).count(),
        }
        for one in found
    ]
    others = Hall.objects.filter(county=request.officer.county, lines__isnull=False).distinct()
    others = others.exclude(pk__in=[one.hall_id for one in found]).order_by("pk")
    return render(request, "manage/boxes.html", {"boxes": shown, "halls": others})


def _of(request: StaffRequest, pk: int) -> Box:
    rows = Box.objects.filter(county=request.officer.county, retired_at__isnull=True)
    return get_object_or_404(rows.select_related("hall"), pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PLACES_MANAGE)
def register(request: StaffRequest, pk: int) -> HttpResponse:
    """Name the machine; its key is shown on the page that follows, and never again."""
    hall = get_object_or_404(Hall, pk=pk, county=request.officer.county)
    form = BoxForm(posted(request))
    told: dict[str, Any] = {
        "form": form,
        "title": f"{hall}：登记大厅本机",
        "lead": "登记以后给出一次密钥，在那台机器上建立本机时用。本机第一次连上、当天的号办完以后，由它取号叫号。",
        "main": "登记",
        "back": "/manage/boxes/",
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "manage/form.html", told, status=422 if request.method == "POST" else 200)
    try:
        box, key = acts.register_box(hall, by=request.officer, at=now(), **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return render(request, "manage/form.html", told, status=422)
    return _shown(request, box, key)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.PLACES_MANAGE)
def renew(request: StaffRequest, pk: int) -> HttpResponse:
    """Another key; the one before opens nothing any more."""
    box = _of(request, pk)
    if request.method == "POST":
        return _shown(request, box, acts.renew_key(box, by=request.officer, at=now()))
    told = {
        "form": SureForm(),
        "title": f"换发“{box}”的密钥？",
        "lead": "旧密钥随即失效。换好新密钥以前，本机照常取号叫号，只是报不上来。",
        "main": "换发密钥",
        "back": "/manage/boxes/",
    }
    return render(request, "manage/form.html", told)


def _shown(request: StaffRequest, box: Box, key: str) -> HttpResponse:
    address = request.build_absolute_uri("/").rstrip("/")
    return render(request, "manage/box_key.html", {"box": box, "key": key, "address": address})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def reserve(request: StaffRequest, pk: int) -> HttpResponse:
    """Receipt numbers that are this machine's alone."""
    box = _of(request, pk)
    return ask(
        request,
        BlockForm(posted(request)),
        lambda told: reserve_block(box, by=request.officer, at=now(), **told),
        title=f"给“{box}”预留收件编号",
        lead="断网时窗口用这些编号收件。按平常两三天的收件量预留，连上以后自动送到本机。",
        main="预留",
        back="boxes",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """A machine restored from a backup, or new, goes on where the county's copy is."""
    box = _of(request, pk)
    return ask(
        request,
        ResumeForm(posted(request)),
        lambda told: acts.resume_box(box, by=request.officer, at=now(), **told),
        title=f"“{box}”从县里接着用？",
        lead="县里把今天的号和办到哪一步送到本机，本机接着往下取号叫号。"
        "恢复以前本机做过、县里没有收到的，以窗口的纸质记录为准；重号的后一个号码带“复”字，不会丢。",
        main="从县里接着用",
        back="boxes",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.PLACES_MANAGE)
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """The county gives the numbers again."""
    box = _of(request, pk)
    left = f"本机还有 {box.behind} 条没有报上来，停用以后不再接收。" if box.behind else ""
    return ask(
        request,
        RetireForm(posted(request)),
        lambda told: acts.retire_box(box, by=request.officer, at=now(), **told),
        title=f"停用“{box}”？",
        lead=f"停用以后由县里取号叫号，接着本机报上来的号往下取。{left}",
        main="停用",
        adverse=True,
        back="boxes",
    )
