"""发布制度: how is a version written, to whom does it go, what is checked, and how does it end?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.ground.clock import now, today
from onewindow.places import acts
from onewindow.places.acts.norms import NormTold, Unit
from onewindow.places.models import County, NormVersion
from onewindow.places.norms import GROUP_WORDS, groups
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

MOST = 200_000  # bytes of an uploaded text
HOME = "norms"
_DAY = forms.DateInput(attrs={"type": "date"})
_EACH = [("", "每个单位由一位同志签收"), ("1", "每位工作人员都签收")]


class UnitsForm(AskingForm):
    """To whom: whole groups, or single units."""

    groups = forms.MultipleChoiceField(
        label="发给哪些单位", widget=forms.CheckboxSelectMultiple, required=False
    )
    units = forms.MultipleChoiceField(label="另外再选", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, county: County, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = groups(county, today())
        self.known = {_key(one): one for members in self.there.values() for one in members}
        filled = [(key, word, len(self.there[key])) for key, word in GROUP_WORDS.items() if self.there[key]]
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, f"{word}（{many} 个）") for key, word, many in filled
        ]
        self.fields["units"].choices = [(key, str(one)) for key, one in self.known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Unit]:
        told = self.cleaned_data
        whole = [one for key in told["groups"] for one in self.there[key]]
        return list(dict.fromkeys([*whole, *(self.known[key] for key in told["units"])]))


class VersionForm(UnitsForm):
    """The words of a version, from when they hold, and what is looked at."""

    text = forms.CharField(
        label="正文", max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    file = forms.FileField(
        label="或者上传文本文件", required=False, help_text=".txt 文件；选了文件，就用文件里的正文。"
    )
    effective_on = forms.DateField(label="施行日期", widget=_DAY)
    by_each = forms.ChoiceField(
        label="谁签收", choices=_EACH, required=False, initial="", widget=forms.RadioSelect
    )
    checks = forms.CharField(
        label="检查项",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一条，巡检时逐条看，如：约定时间窗口有人在岗。",
    )
    field_order = ("title", "text", "file", "effective_on", "groups", "by_each", "checks", "units")

    def clean_file(self) -> Any:
        given = self.cleaned_data.get("file")
        if given is None:
            return None
        if given.size > MOST:
            raise forms.ValidationError("文件太大，正文最多 20000 个字，请分成几项制度。")
        words = _decoded(given.read())
        if words is None:
            raise forms.ValidationError("读不出文字，请存成文本文件（.txt）再上传，或者把正文贴进来。")
        return words

    def told(self) -> NormTold:
        said = self.cleaned_data
        return NormTold(
            text=said.get("file") or said["text"],
            effective_on=said["effective_on"],
            units=self.chosen(),
            by_each=bool(said["by_each"]),
            checks=said["checks"].splitlines(),
        )


class NewForm(VersionForm):
    """The same with its title."""

    title = forms.CharField(label="名称", max_length=60)


class ChecksForm(AskingForm):
    """What a round looks at, a line each."""

    checks = forms.CharField(
        label="检查项", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 8})
    )


class ReasonForm(AskingForm):
    """Why it ends."""

    reason = forms.CharField(label="原因", max_length=200)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.NORMS_ISSUE)
def new(request: StaffRequest) -> HttpResponse:
    """发布一项新的制度."""
    county = _county(request)
    first = {"title": request.GET.get("title", "")[:60], "effective_on": today(), "groups": list(GROUP_WORDS)}
    form = NewForm(county, posted(request), request.FILES or None, initial=first)
    return ask(
        request,
        form,
        lambda told: acts.issue_norm(
            county, by=request.officer, at=now(), title=told["title"], told=form.told()
        ),
        title="发布制度",
        lead="发布以后正文不能改，要改就发布新版；选的单位会收到签收的消息。",
        main="发布",
        back=HOME,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.NORMS_ISSUE)
def renew(request: StaffRequest, pk: int) -> HttpResponse:
    """发布新版, with what the last one had to begin with."""
    county, last = _county(request), _version(request, pk)
    units = last.units.select_related("section", "department", "hall")
    first = {
        "text": last.text,
        "effective_on": today(),
        "units": [_key(one.section or one.department or one.hall) for one in units],  # type: ignore[arg-type]
        "by_each": "1" if last.by_each else "",
        "checks": "\n".join(_lines(last)),
    }
    form = VersionForm(county, posted(request), request.FILES or None, initial=first)
    return ask(
        request,
        form,
        lambda _: acts.renew_norm(
            last.norm, by=request.officer, at=now(), told=form.told(), seen=last.number
        ),
        title=f"发布新版：{last.norm}",
        lead=f"现在是第 {last.number} 版。新版施行以后替代它，选的单位重新签收。",
        main="发布新版",
        back=HOME,
    )


@require_POST
@staff_required(Grant.NORMS_ISSUE)
def load(request: StaffRequest) -> HttpResponse:
    """照文件载入."""
    made = acts.adopt_norms(_county(request), by=request.officer, at=now())
    messages.success(request, f"已照文件载入 {len(made)} 项制度。")
    return redirect(HOME)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.NORMS_ISSUE)
def checks(request: StaffRequest, pk: int) -> HttpResponse:
    """修改检查项."""
    one = _version(request, pk)
    return ask(
        request,
        ChecksForm(posted(request), initial={"checks": "\n".join(_lines(one))}),
        lambda told: acts.set_norm_checks(
            one, by=request.officer, at=now(), checks=told["checks"].splitlines()
        ),
        title=f"检查项：{one.norm}",
        lead="一行一条。下一次巡检起照新的看；没有动的那几条，以前的结果照旧算在一起。",
        main="保存",
        back=f"/norms/{one.pk}/",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.NORMS_ISSUE)
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """补发."""
    one = _version(request, pk)
    form = UnitsForm(_county(request), posted(request))
    return ask(
        request,
        form,
        lambda _: acts.send_on(one, by=request.officer, at=now(), units=form.chosen()),
        title=f"补发：{one.norm}",
        lead="发给原来没有发到的单位，如新设的部门。已经发过的选了也不会重复。",
        main="补发",
        back=f"/norms/{one.pk}/",
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.NORMS_ISSUE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """废止."""
    one = _version(request, pk)
    return ask(
        request,
        ReasonForm(posted(request)),
        lambda told: acts.withdraw_norm(one, by=request.officer, at=now(), **told),
        title=f"废止：{one.norm}",
        lead="废止以后不用再签收，巡检不再看；以前的签收和检查结果照旧留着。",
        main="废止",
        back=HOME,
        adverse=True,
    )


def _lines(version: NormVersion) -> Iterator[str]:
    rows = version.checks.filter(dropped_at__isnull=True).order_by("order", "pk")
    return iter(rows.values_list("what", flat=True))


def _key(one: Unit) -> str:
    return f"{type(one).__name__.lower()}-{one.pk}"


def _decoded(data: bytes) -> str | None:
    for code in ("utf-8-sig", "gb18030"):
        try:
            words = data.decode(code)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in words else words
    return None


def _version(request: StaffRequest, pk: int) -> NormVersion:
    """The newest one; of what was typed meanwhile the act says why it is too late, and it stays on the page."""
    rows = NormVersion.objects.select_related("norm").filter(norm__county=request.officer.county)
    if request.method != "POST":
        rows = rows.filter(superseded_at__isnull=True, norm__withdrawn_on__isnull=True)
    return get_object_or_404(rows, pk=pk)


def _county(request: StaffRequest) -> County:
    return request.county  # type: ignore[attr-defined]
