"""延时服务清单: what goes on, what waits for filing, what is to be checked, and the figures of some days."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.cases.models import Case
from onewindow.ground.clock import now, today
from onewindow.hall import overtime
from onewindow.hall.acts import declining, extending
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.extended import said
from onewindow.hall.models import Extension
from onewindow.hall.reads import window_of
from onewindow.journal.write import log_access
from onewindow.letters.extension_forms import rows_of
from onewindow.people.models import Officer
from onewindow.places.models import Hall, Window
from onewindow.places.reads import pack_here
from onewindow.rules.extending import Policy
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import ask, posted
from onewindow.web.forms.extending import DeclinedForm, NewForm, span
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter import front

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
RULES = ("extension.offered", "extension.finish", "extension.every_item", "extension.filed_with")
COLUMNS = (
    "编号",
    "日期",
    "窗口",
    "承办人",
    "申请人",
    "办理事项",
    "办件编号",
    "延时原因",
    "延时起止",
    "下班后分钟",
    "办理结果",
    "状态",
    "备案号",
)


@require_GET
@never_cache
@staff_required(*overtime.SEES)
def extensions(request: StaffRequest) -> HttpResponse:
    """The list in four parts; the leader of a window has one of his own."""
    officer, which = request.officer, request.GET.get("list", "")
    leads = overtime.leads(officer).exists()
    told = said(today())
    rows, next_key = {
        "to-file": overtime.to_file if told.files else overtime.done,
        "filed": overtime.filed,
        "mine": overtime.of_windows,
    }.get(which, overtime.going_on)(officer, request.GET.get("after", ""))
    pack = pack_here(request.county)  # type: ignore[attr-defined]
    context = {
        "rows": rows,
        "next_key": next_key,
        "which": which,
        "tabs": [*_tabs(told), ("mine", "我负责的窗口")] if leads else _tabs(told),
        "may_file": officer.may(Grant.EXTENSION_FILE),
        "may_begin": window_of(officer) is not None,
        "said": told,
        "rules": [rule for name in RULES if (rule := pack.rule(name, today())) is not None],
        "links": links(officer),
    }
    return render(request, "extending/list.html", context)


def _tabs(told: Policy) -> list[tuple[str, str]]:
    """The parts of the list; nothing is filed where the text names no office for it."""
    going = "正在延时、等签字" if told.signed else "正在延时、等写结果"
    if told.files:
        return [("", going), ("to-file", "等备案"), ("filed", "已备案")]
    return [("", going), ("to-file", "已完成")]


def links(officer: Officer) -> list[tuple[str, str]]:
    """The other pages of 延时服务 that he may open."""
    pages = (
        ("核查", "extension_checks", (Grant.SUPERVISE, Grant.HALL_MANAGE, Grant.EXTENSION_FILE)),
        ("回访", "extension_calls", (Grant.EXTENSION_CALL_BACK,)),
        ("统计", "extension_figures", overtime.SEES),
    )
    return [(word, name) for word, name, grants in pages if any(map(officer.may, grants))]


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_CALL)
@sensitive_post_parameters()
def new(request: StaffRequest) -> HttpResponse:
    """登记延时服务, for somebody who has no number."""
    window, party = _window(request), front.person(request)

    def act(told: dict[str, Any]) -> None:
        visitor = Visitor(
            party=party,
            name=told["name"],
            phone=told["phone"],
            what=told["what"],
            cases=_cases(request, told),
        )
        extending.begin(
            window, by=request.officer, at=now(), visitor=visitor, ground=told["ground"], why=told["why"]
        )
        after = "双方在登记表上签字" if said(today()).signed else "写明办理结果"
        messages.success(request, f"已启动延时服务，办完请{after}。")

    lead = f"{window}。{f'面前的申请人：{party.name}。' if party is not None else ''}有号的请在叫号栏按“一键延时”。"
    return ask(
        request,
        NewForm(posted(request)),
        act,
        title="登记延时服务",
        lead=lead,
        main="启动",
        back="extensions",
    )


def _cases(request: StaffRequest, told: dict[str, Any]) -> list[Any]:
    number = told["case"].strip()
    if not number:
        return []
    case = Case.objects.filter(county=request.officer.county, number=number).select_related("subject").first()
    if case is None:
        raise NotAllowed("没有这个办件编号，请核对；还没有收件的可以不写。")
    return [case.subject]


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_CALL)
def declined(request: StaffRequest) -> HttpResponse:
    """登记没有延时的, with the reason."""
    window = _window(request)
    return ask(
        request,
        DeclinedForm(posted(request)),
        lambda told: declining.note_declined(window, by=request.officer, at=now(), **told),
        title="登记不能延时的",
        lead="来人当面请求延时、窗口不能办的，写明理由。理由列在核查清单上，督查会看到。",
        main="登记",
        back="counter",
    )


def _window(request: StaffRequest) -> Window:
    found = window_of(request.officer)
    if found is None:
        raise NotAllowed("您的岗位没有安排在窗口，不能登记延时服务。请联系本单位管理员。")
    return found


@require_GET
@never_cache
@staff_required(Grant.SUPERVISE, Grant.HALL_MANAGE, Grant.EXTENSION_FILE)
def checks(request: StaffRequest) -> HttpResponse:
    """核查: refusals with their reasons, numbers given up just before closing, windows that nobody leads."""
    officer, at = request.officer, now()
    since, until = span(request.GET, at.date())
    halls = list(overtime.halls_of(officer).filter(openings__isnull=False).distinct())
    declined, next_key = overtime.declined_page(officer, since, until, request.GET.get("after", ""))
    context = {
        "since": since,
        "until": until,
        "declined": declined,
        "next_key": next_key,
        "many": overtime.declined(officer, since, until).count(),
        "late": overtime.late_checks(halls, since, until, at),
        "minutes": pack_here(request.county).setting("extension.check_minutes"),  # type: ignore[attr-defined]
        "unled": _by_hall(overtime.without_leader(officer.county)),
        "said": said(at.date()),
        "finish": pack_here(request.county).rule("extension.finish", at.date()),  # type: ignore[attr-defined]
        "links": links(officer),
    }
    return render(request, "extending/checks.html", context)


def _by_hall(windows: list[Window]) -> dict[Hall, list[Window]]:
    found: dict[Hall, list[Window]] = {}
    for window in windows:
        found.setdefault(window.hall, []).append(window)
    return found


@require_GET
@never_cache
@staff_required(*overtime.SEES)
def figures(request: StaffRequest) -> HttpResponse:
    """统计 by ground, by window and member; filed, turned away, called back, how satisfied."""
    since, until = span(request.GET, today())
    context = {
        "since": since,
        "until": until,
        "figures": overtime.figures(request.officer, since, until),
        "satisfaction": overtime.satisfaction(request.officer, since, until),
        "said": said(today()),
        "links": links(request.officer),
    }
    return render(request, "extending/figures.html", context)


@require_GET
@never_cache
@staff_required(*overtime.SEES)
def register(request: StaffRequest) -> HttpResponse:
    """登记簿 as a table for a spreadsheet; a line of the access log says who took it."""
    officer, (since, until) = request.officer, span(request.GET, today())
    origin = request.META.get("REMOTE_ADDR", "")
    log_access(officer.county, by=officer, at=now(), what="export", about="extensions", origin=origin)
    rows = overtime.period(officer, since, until)
    answer = HttpResponse(_csv(rows.iterator(chunk_size=500)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="extensions-{since:%Y%m%d}-{until:%Y%m%d}.csv"'
    )
    return answer


def _csv(rows: Iterator[Extension]) -> Iterator[str]:
    yield "\ufeff" + ",".join(COLUMNS) + "\r\n"
    for one in rows:
        told = dict(rows_of(one))
        cells = [
            one.number,
            f"{one.day:%Y-%m-%d}",
            str(one.window),
            one.officer.name,
            one.who,
            one.what,
            told.get("办件编号", ""),
            told.get("延时原因", ""),
            told.get("延时起止", ""),
            str(one.minutes),
            one.outcome,
            one.get_stage_display(),
            one.filed_number,
        ]
        line = io.StringIO()
        csv.writer(line).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
        yield line.getvalue()


@require_http_methods(["POST"])
@staff_required(Grant.EXTENSION_FILE)
def file(request: StaffRequest, number: str) -> HttpResponse:
    """备案: one form is acknowledged with its number."""
    found = overtime.one(request.officer, number[:24])
    if found is None:
        raise Http404("没有这份登记表，或者不是您看得到的。")
    filed = extending.file(found, by=request.officer, at=now())
    messages.success(request, f"已备案，备案号 {filed.filed_number}。")
    return redirect("/extensions/?list=to-file")
