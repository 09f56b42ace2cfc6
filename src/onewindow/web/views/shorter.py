"""备案核查和秒批抽查: what did machines answer that a person has to look at afterwards?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.acts import instant
from onewindow.cases.reads import shorter
from onewindow.ground.clock import SHANGHAI, now, today
from onewindow.places.reads import workdays
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required

LONGEST = 19  # digits of a key


class LookForm(AskingForm):
    """Right or wrong, and why."""

    right = forms.ChoiceField(
        label="这一件批得对不对", choices=[("yes", "对"), ("no", "不对")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="哪里不对",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text="不对的必须写；本事项的秒批规则马上停用，直到发布新版本",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("right") == "no" and not told.get("reason", "").strip():
            self.add_error("reason", "请写明哪里不对，部门据此修改规则。")
        return told


@require_GET
@never_cache
@staff_required(Grant.CASE_EXAMINE)
def filings(request: StaffRequest) -> HttpResponse:
    """What was filed and waits for the check afterwards, the earliest day first."""
    rows, next_key = shorter.filings_page(request.officer, request.GET.get("after", "")[:40])
    calendar = workdays()
    lines = [(one, calendar.provisional(one.at.astimezone(SHANGHAI).date(), one.check_by)) for one in rows]
    return render(request, "desk/filings.html", {"lines": lines, "next_key": next_key, "today": today()})


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.SUPERVISE)
def sampled(request: StaffRequest, pk: int) -> HttpResponse:
    """One machine grant with its rows, and what the supervisor finds of it."""
    found = shorter.one_judgement(request.officer.county, pk)
    if found is None or not found.granted:
        raise Http404
    form = LookForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            instant.check_machine_grant(
                found, by=request.officer, at=now(), right=told["right"] == "yes", reason=told["reason"]
            )
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            wrong = told["right"] == "no"
            messages.success(request, "已记下，秒批规则已停用。" if wrong else "抽查结果已记下。")
            return redirect("/watch/?list=instant")
    context = {"judgement": found, "case": found.case, "form": form}
    return render(request, "desk/sampled.html", context)


def waiting(request: StaffRequest, after: str) -> dict[str, object]:
    """The list of the supervisor, for the page of lists."""
    before = int(after) if after.isascii() and after.isdigit() and len(after) < LONGEST else 0
    rows, next_key = shorter.sample_page(request.officer.county, before)
    return {"sampled": rows, "next_key": next_key or ""}
