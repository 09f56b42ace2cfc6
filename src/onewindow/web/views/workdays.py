"""工作日历: which years have their notice, and what did the last one move?"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.models import DueMoved
from onewindow.ground.clock import now
from onewindow.ground.paging import page
from onewindow.places import acts
from onewindow.places.reads import here, workdays
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

PAGE = 100


class NoticeForm(AskingForm):
    """The notice as text; a line of CSV or a table of TOML for each span."""

    text = forms.CharField(
        label="放假通知",
        widget=forms.Textarea(attrs={"rows": 16, "class": "ow-input", "spellcheck": "false"}),
        help_text="TOML 或 CSV：年份、标题、文号、日期、来源，然后是放假和调休上班的日子。",
    )


@require_GET
@staff_required(Grant.SETTINGS_CHANGE)
def calendar(request: StaffRequest) -> HttpResponse:
    """The years that are known, and the due days that notices moved, newest first."""
    here()  # the calendar learns the county's imported notices
    moved = DueMoved.objects.filter(case__county=request.officer.county).select_related("case", "cause")
    found, next_key = page(moved, request.GET.get("after", ""), by=("-pk",), size=PAGE)
    context = {"years": reversed(workdays().years), "moved": found, "next_key": next_key}
    return render(request, "manage/workdays.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SETTINGS_CHANGE)
def take_in(request: StaffRequest) -> HttpResponse:
    """Take in the notice of a year."""
    return ask(
        request,
        NoticeForm(posted(request)),
        lambda told: acts.import_notice(here(), by=request.officer, at=now(), **told),
        title="导入放假通知",
        lead="导入以后，所有没有办结的办件会重新推算期限，变动逐件列出；约在变成放假的日子的人也会收到通知。",
        main="导入并重新推算",
        back="calendar",
    )
