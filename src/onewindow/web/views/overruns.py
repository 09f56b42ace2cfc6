"""超期说明: one overrun with what was said to it; the department answers, the supervisor sends back once or accepts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.cases.models import DueMoved
from onewindow.ground.clock import SHANGHAI, now, today
from onewindow.journal.write import log_access
from onewindow.oversight import acts, reads
from onewindow.oversight.models import Answer, Overdue
from onewindow.places.reads import pack_of
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.overdue import CAUSE_WORDS, Cause, in_public
from onewindow.web.asking import tell
from onewindow.web.forms.overdue import BackForm, ExplainForm, SettleForm, VoidForm
from onewindow.web.gates import StaffRequest, staff_required

# What a spreadsheet would take for a formula is written as the text that it is.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@never_cache
@staff_required()
def show(request: StaffRequest, overdue: int) -> HttpResponse:
    """The record as far as it has come, with the form of whoever is next."""
    return _page(request, _load(request, overdue))


@require_POST
@never_cache
@staff_required(Grant.OVERDUE_ANSWER)
def explain(request: StaffRequest, overdue: int) -> HttpResponse:
    """The department answers."""
    row = _load(request, overdue)
    form = ExplainForm(request.POST, overdue=row, day=today())

    def act(told: dict[str, Any]) -> None:
        told["responsible"] = int(told["responsible"])
        acts.explain(row, by=request.officer, at=now(), **told)

    return _do(request, row, form, act, "超期说明已交，等督查审核。")


@require_POST
@never_cache
@staff_required(Grant.OVERDUE_SETTLE)
def send_back(request: StaffRequest, overdue: int) -> HttpResponse:
    """Once more, with what is missing."""
    row = _load(request, overdue)

    def act(told: dict[str, Any]) -> None:
        acts.send_back(row, by=request.officer, at=now(), **told)

    return _do(request, row, BackForm(request.POST), act, "已退回，部门会收到消息。")


@require_POST
@never_cache
@staff_required(Grant.OVERDUE_SETTLE)
def settle(request: StaffRequest, overdue: int) -> HttpResponse:
    """Accepted, with what was found."""
    row = _load(request, overdue)

    def act(told: dict[str, Any]) -> None:
        acts.settle(row, by=request.officer, at=now(), **told)

    return _do(request, row, SettleForm(request.POST), act, "已采纳，认定已记下。")


@require_POST
@never_cache
@staff_required(Grant.OVERDUE_SETTLE)
def take_back(request: StaffRequest, overdue: int) -> HttpResponse:
    """不成立, when a notice moved the day afterwards."""
    row = _load(request, overdue)

    def act(told: dict[str, Any]) -> None:
        acts.take_back(row, by=request.officer, at=now(), **told)

    return _do(request, row, VoidForm(request.POST), act, "已记下不成立，部门不用再说明。")


@require_GET
@never_cache
@staff_required(Grant.SUPERVISE)
def export(request: StaffRequest) -> HttpResponse:
    """The register as a table for a spreadsheet; a line of the access log says who took it."""
    state, officer = request.GET.get("state", ""), request.officer
    origin = request.META.get("REMOTE_ADDR", "")
    log_access(officer.county, by=officer, at=now(), what="export", about="overdue", origin=origin)
    lines = _csv(reads.exported(officer, state))
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="overdue-{today():%Y%m%d}.csv"'
    return answer


def _csv(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "\ufeff"  # by which a spreadsheet knows the letters
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
        yield line.getvalue()


def _load(request: StaffRequest, pk: int) -> Overdue:
    found = reads.one(request.officer, pk) if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def _do(
    request: StaffRequest,
    row: Overdue,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    done: str,
) -> HttpResponse:
    """Done and back to the record, or the refusal beside its field with everything typed kept."""
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        act(dict(form.cleaned_data))
    except NotAllowed as refusal:
        tell(form, refusal)
        whole = "" if getattr(refusal, "by_field", None) else str(refusal)
        return _page(request, _load(request, row.pk), form, 409, refused=whole)
    messages.success(request, done)
    return redirect("overrun", row.pk)


def _page(
    request: StaffRequest,
    row: Overdue,
    form: forms.Form | None = None,
    status: int = 200,
    *,
    refused: str = "",
) -> HttpResponse:
    officer, given = request.officer, reads.answers(row)
    last = given[-1] if given else None
    answers, judges = officer.may(Grant.OVERDUE_ANSWER, row), officer.may(Grant.OVERDUE_SETTLE, row)
    rule = pack_of(row.case.pack).at(row.case.received_on).rule("alert.overdue")
    context = {
        "row": row,
        "case": row.case,
        "refused": refused,
        "answers": [(one, _public(one)) for one in given],
        "rule": rule,
        "explain": _explaining(row, last, form) if answers and row.to_answer else None,
        "back": _one(form, BackForm) if judges and _first(row, last) else None,
        "void": _one(form, VoidForm) if judges and row.state != Overdue.State.VOID and _moved(row) else None,
        "settle": _one(form, SettleForm) if judges and row.state == Overdue.State.ANSWERED else None,
    }
    return render(request, "desk/overrun.html", context, status=status)


def _explaining(row: Overdue, last: Answer | None, form: forms.Form | None) -> forms.Form:
    return form if isinstance(form, ExplainForm) else ExplainForm(overdue=row, day=today(), last=last)


def _one(form: forms.Form | None, kind: type[forms.Form]) -> forms.Form:
    return form if isinstance(form, kind) else kind()


def _moved(row: Overdue) -> bool:
    """Whether a notice moved a day of this case after it was called to account."""
    return DueMoved.objects.filter(case=row.case_id).exists()


def _first(row: Overdue, last: Answer | None) -> bool:
    """Whether it may still be sent back."""
    return row.state == Overdue.State.ANSWERED and last is not None and last.place == 1


def _public(answer: Answer) -> tuple[str, str]:
    """The cause as the office chose it, and as the applicant reads it."""
    told_on = answer.at.astimezone(SHANGHAI).date()
    return CAUSE_WORDS[Cause(answer.cause)][0], in_public(answer.cause, told_on, answer.expected)
