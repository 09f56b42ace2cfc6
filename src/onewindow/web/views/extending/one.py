"""一次延时服务: who signs, when is it through, and what does its form look like?"""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from onewindow.cases.models import Case
from onewindow.ground.clock import now, today
from onewindow.hall import overtime
from onewindow.hall.acts import extending
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.extended import said
from onewindow.hall.models import Extension
from onewindow.hall.write import owned
from onewindow.letters.extension_forms import extension_form, rows_of
from onewindow.people.models import Officer
from onewindow.places.reads import telephone
from onewindow.rules.extending import Policy, Stage
from onewindow.rules.grants import Grant
from onewindow.web import signed
from onewindow.web.asking import AskingForm
from onewindow.web.forms.extending import ServedForm, SignatureForm
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.signed import Deed, Offers, Told, sent, signs


@require_GET
@never_cache
@staff_required(*overtime.SEES)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Its form, and what can be done with it now."""
    return _page(request, _load(request, number))


@require_POST
@never_cache
@staff_required(*overtime.SEES)
@sensitive_post_parameters()
def do(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """One act, from its form on the page."""
    return signed.do(request, _load(request, number), act, _ACTS, _page, "extension")


@require_GET
@never_cache
@staff_required(*overtime.SEES)
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """延时服务登记表, in as many copies as the text asks for."""
    row, county = _load(request, number), request.county  # type: ignore[attr-defined]
    complaint = telephone(county, county.supervision_phone)
    content = extension_form(row, said(today()), demo=county.demo, at=now(), complaint=complaint)
    return signed.paper(content, row.number)


def _load(request: StaffRequest, number: str) -> Extension:
    found = overtime.one(request.officer, number[:24])
    if found is None:
        raise Http404("没有这次延时服务，或者不是您看得到的。")
    return found


def _serve(row: Extension, officer: Officer, told: Told) -> object:
    cases = cases_of(row)
    first = cases[0] if cases else None
    visitor = Visitor(
        party=first.applicant if first else None,
        name=told["name"],
        phone=told["phone"],
        item=first.version.item if first else None,
        what=first.version.item.name if first else "",
        cases=[case.subject for case in cases],
    )
    return extending.serve(row, by=officer, at=now(), outcome=told["outcome"], visitor=visitor)


def cases_of(row: Extension) -> list[Case]:
    """The cases that came of his stay."""
    if row.ticket is None:
        return []
    rows = Case.objects.filter(application__visit=row.ticket.visit_id)
    return list(rows.select_related("subject", "applicant", "version__item").order_by("pk"))


_ACTS: dict[str, Deed[Extension]] = {
    "end": Deed(
        sent(AskingForm),
        lambda row, by, told: extending.end(row, by=by, at=now()),
        "延时服务已结束，请写明办理结果。",
    ),
    "leave": Deed(
        sent(AskingForm),
        lambda row, by, told: extending.leave(row, by=by, at=now()),
        "已记下申请人离开。",
    ),
    "handler": Deed(
        sent(AskingForm),
        lambda row, by, told: extending.sign_as_handler(row, by=by, at=now()),
        "承办人已签字。",
    ),
    "sign": Deed(sent(SignatureForm), signs(extending.sign_for_applicant), "申请人已签字。"),
    "serve": Deed(sent(ServedForm), _serve, "延时服务已完成。"),
    "file": Deed(
        sent(AskingForm), lambda row, by, told: extending.file(row, by=by, at=now()), "登记表已备案。"
    ),
}
_BLANK: dict[str, type[forms.Form]] = {"sign": SignatureForm, "serve": ServedForm}
# What is offered in which stage, and by which power.
_OFFERED: Offers = {
    "end": (Grant.HALL_CALL, (Stage.OPEN,)),
    "leave": (Grant.HALL_CALL, (Stage.OPEN, Stage.ENDED)),
    "handler": (Grant.HALL_CALL, (Stage.OPEN, Stage.ENDED)),
    "sign": (Grant.HALL_CALL, (Stage.OPEN, Stage.ENDED)),
    "serve": (Grant.HALL_CALL, (Stage.ENDED,)),
    "file": (Grant.EXTENSION_FILE, (Stage.SERVED,)),
}


def _fits(row: Extension, act: str, officer: Officer, told: Policy) -> bool:
    """What makes sense now, by the text of the place; a copy from the machine of its hall is only filed here."""
    if act != "file" and not owned(row.hall):
        return False
    over = row.ticket is None or row.ticket.ended_at is not None
    unsigned = row.applicant_signed_at is None and row.handler_signed_at is None
    fits = {
        "end": over,
        "leave": over and unsigned,
        "handler": told.signed and row.handler_signed_at is None and row.officer_id == officer.pk,
        "sign": told.signed and row.applicant_signed_at is None,
        "file": told.files,
    }
    return fits.get(act, True)


def _page(
    request: StaffRequest,
    row: Extension,
    typed: Mapping[str, forms.Form] | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    officer, told = request.officer, said(today())
    acts = signed.offered(row, officer, _OFFERED, lambda act: _fits(row, act, officer, told))
    made = {act: (typed or {}).get(act) or _BLANK.get(act, AskingForm)() for act in acts}
    context = {
        "row": row,
        "copied": not owned(row.hall),
        "lines": rows_of(row, masked=True),
        "forms": made,
        "refused": refused,
        "course": overtime.course(row),
        "said": told,
    }
    return render(request, "extending/show.html", context, status=status)
