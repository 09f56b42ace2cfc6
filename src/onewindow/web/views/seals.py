"""印章: which department has which seal, and how do two persons load, confirm and end one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.ground import files
from onewindow.ground.clock import now, today
from onewindow.letters import acts
from onewindow.letters.models import Seal
from onewindow.letters.reads import seals_of, waiting_for_seal
from onewindow.letters.sample import Sample, sample_picture
from onewindow.letters.sealkeys import facts_of
from onewindow.people.reads import names_of
from onewindow.places.models import Department
from onewindow.places.reads import open_departments
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, ask, posted, tell
from onewindow.web.gates import StaffRequest, staff_required


@dataclass(frozen=True)
class Line:
    """A department with the seals that concern it now, and the letters that wait for one."""

    department: Department
    seals: list[Seal]
    waiting: int

    @property
    def words(self) -> str:
        return f"{self.waiting} 份等着盖章"

    @property
    def busy(self) -> bool:
        """Another one can be loaded only when none is on its way."""
        return any(seal.state in ("waiting", "coming") for seal in self.seals)


class SealForm(AskingForm):
    """What the first person gives."""

    department = forms.ModelChoiceField(Department.objects.none(), label="部门", empty_label="请选择")
    name = forms.CharField(
        label="印章名称", max_length=100, help_text="与印章上的字一致，如“某某局行政许可专用章”。"
    )
    picture = forms.FileField(
        label="印章图样", help_text="PNG 或 SVG，正方形，背景透明，PNG 边长不少于 300 像素，不超过 2 MB。"
    )
    key_file = forms.FileField(
        label="签名证书", help_text="发证机构给的 PKCS#12 文件（.p12、.pfx），里面有证书和私钥。"
    )
    passphrase = forms.CharField(
        label="证书文件的密码",
        required=False,
        help_text="只用来打开文件，不保存。私钥加密存放在数据文件夹的 keys/seals。",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    in_force_from = forms.DateField(label="从哪天起用", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["department"])
        field.queryset = open_departments(county)

    def told(self) -> acts.SealData:
        given = dict(self.cleaned_data)
        picture, key_file = cast(UploadedFile, given["picture"]), cast(UploadedFile, given["key_file"])
        return acts.SealData(
            name=given["name"],
            picture=picture.read(),
            key_file=key_file.read(),
            passphrase=given["passphrase"],
            in_force_from=given["in_force_from"],
        )


class ConfirmForm(AskingForm):
    """The second person says what he has compared."""

    compared = forms.BooleanField(label="图样、单位名称、证书和启用日期我都核对过，与实际一致")


class ReasonForm(AskingForm):
    """Why a seal is sent back or ended."""

    reason = forms.CharField(label="原因", max_length=200, help_text="会留在记录里。")


@require_GET
@staff_required(Grant.SEAL_LOAD)
def seals(request: StaffRequest) -> HttpResponse:
    """Every department with its seal, then those of before."""
    county = request.officer.county
    found, waiting = list(seals_of(county)), waiting_for_seal(county)
    lines = [
        Line(one, [s for s in found if s.department_id == one.pk and _alive(s)], waiting.get(one.pk, 0))
        for one in open_departments(county)
    ]
    context = {
        "lines": lines,
        "before": [seal for seal in found if not _alive(seal)],
        "now": now(),
        "lacking": sum(not any(seal.begun_at for seal in line.seals) for line in lines),
    }
    return render(request, "manage/seals.html", context)


@sensitive_post_parameters("passphrase")
@sensitive_variables("form")
@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.SEAL_LOAD)
def new(request: StaffRequest) -> HttpResponse:
    """装入印章."""
    chosen = request.GET.get("department", "")
    first = {"in_force_from": today(), "department": chosen if chosen.isdecimal() else None}
    form = SealForm(request.officer.county, posted(request), request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            department = form.cleaned_data["department"]
            seal = acts.load_seal(department, by=request.officer, at=now(), told=form.told())
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "印章已装入。请另一位有“装入印章”权限的人看过样张再确认。")
            return redirect("seal", seal.pk)
    context = {
        "form": form,
        "title": "装入印章",
        "lead": "一人装入，另一人看过样张后确认，才会用到文书上。退回或者出错后，图样和证书要重新选。",
        "main": "检查并装入",
        "back": reverse("seals"),
    }
    return render(request, "manage/form.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.SEAL_LOAD)
def seal(request: StaffRequest, pk: int) -> HttpResponse:
    """One seal: its sample, its certificate, who did what, and what can be done now."""
    found = _seal(request, pk)
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            acts.confirm_seal(found, by=request.officer, at=now())
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "印章已确认。等着盖章的文书会马上重新出具。")
            return redirect("seals")
    shown, lost = _sample(request, found)
    me, certificate = request.officer.actor_code, facts_of(bytes(found.certificate))
    context = {
        "seal": found,
        "certificate": certificate,
        "stranger": found.department.name not in f"{certificate.holder}{certificate.organisation}",
        "who": names_of(
            [found.loaded_by, found.refused_by, found.confirmed_by, found.end_asked_by, found.ended_by]
        ),
        "sample": shown,
        "lost": lost,
        "form": form,
        "mine": me == (found.end_asked_by if found.state == "ending" else found.loaded_by),
    }
    return render(request, "manage/seal.html", context)


@require_GET
@never_cache
@staff_required(Grant.SEAL_LOAD)
def sample_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The signed sample letter."""
    shown = acts.see_sample(_seal(request, pk), by=request.officer, at=now())
    answer = HttpResponse(shown.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="sample.pdf"'
    return answer


@require_GET
@never_cache
@staff_required(Grant.SEAL_LOAD)
def sample_image(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as a picture."""
    found = _seal(request, pk)
    png = sample_picture(found.department, files.read(found.picture), at=now())
    return HttpResponse(png, content_type="image/png")


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SEAL_LOAD)
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """退回 a seal that waits for its second person."""
    found = _seal(request, pk)
    return ask(
        request,
        ReasonForm(posted(request)),
        lambda told: acts.refuse_seal(found, by=request.officer, at=now(), **told),
        title=f"退回“{found}”？",
        lead="这枚印章不会启用，它的私钥马上销毁。要用的话重新装入。",
        main="退回",
        adverse=True,
        back="seals",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SEAL_LOAD)
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """提请停用 a seal that is in force."""
    found = _seal(request, pk)
    return ask(
        request,
        ReasonForm(posted(request)),
        lambda told: acts.ask_end(found, by=request.officer, at=now(), **told),
        title=f"提请停用“{found}”？",
        lead="另一人确认后马上停用，私钥销毁。已经出具的文书照常有效；以后的文书等新印章。换新印章的，直接装入新的就行。",
        main="提请停用",
        adverse=True,
        back="seals",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SEAL_LOAD)
def confirm_end(request: StaffRequest, pk: int) -> HttpResponse:
    """停用, by the second person."""
    found = _seal(request, pk)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda _: acts.confirm_end(found, by=request.officer, at=now()),
        title=f"停用“{found}”？",
        lead=f"提请的原因：{found.end_why}。确认后马上停用，私钥销毁，{found.department}的文书等新印章。",
        main="确认停用",
        adverse=True,
        back="seals",
    )


@require_POST
@staff_required(Grant.SEAL_LOAD)
def keep(request: StaffRequest, pk: int) -> HttpResponse:
    """不停用."""
    acts.keep_on(_seal(request, pk), by=request.officer, at=now())
    messages.success(request, "印章继续使用。")
    return redirect("seals")


def _seal(request: StaffRequest, pk: int) -> Seal:
    return get_object_or_404(seals_of(request.officer.county), pk=pk)


def _alive(seal: Seal) -> bool:
    return seal.state not in ("refused", "ended")


def _sample(request: StaffRequest, found: Seal) -> tuple[Sample | None, str]:
    """The sample while the seal has its key; else why there is none."""
    if not _alive(found):
        return None, ""
    try:
        return acts.see_sample(found, by=request.officer, at=now()), ""
    except NotAllowed as lost:
        return None, str(lost)
