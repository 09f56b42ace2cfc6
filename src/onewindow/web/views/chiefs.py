"""首席事务代表: whom has a head empowered at the window, until when; given, revoked, printed, and shown to everybody."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.letters.mandates import mandate
from onewindow.people import acts
from onewindow.people.acts.chiefs import DELEGABLE, offered
from onewindow.people.models import Delegation
from onewindow.people.reads import officers_of
from onewindow.places.models import Department
from onewindow.places.reads import open_departments, telephone
from onewindow.rules.grants import GRANT_WORDS, Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.organisation import DAY

HOME, PAGE = "chiefs", 50
READERS = (Grant.CHIEF_DELEGATE, Grant.PEOPLE_MANAGE)


class DelegateForm(AskingForm):
    """To whom, which powers, until when."""

    officer = PersonField("授权给谁")
    title = forms.CharField(label="职务", max_length=60, help_text="公开名单上用，如：窗口负责人")
    powers = forms.MultipleChoiceField(
        label="授权的事项",
        choices=[(grant.value, GRANT_WORDS[grant]) for grant in DELEGABLE],
        widget=forms.CheckboxSelectMultiple,
        initial=[grant.value for grant in DELEGABLE],
        help_text="延长办理期限、再次补正仍由负责人批准，不能授权",
    )
    since = forms.DateField(label="从哪天起", widget=DAY)
    until = forms.DateField(label="到哪天止", widget=DAY, help_text="到期自动结束，一次最长一年")

    def __init__(self, county: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["officer"]).queryset = officers_of(county)


class RevokeForm(AskingForm):
    """Why it is taken back."""

    why = forms.CharField(label="撤销的原因", max_length=200)


@require_GET
@never_cache
@staff_required(*READERS)
def chiefs(request: StaffRequest) -> HttpResponse:
    """The delegations that hold, that will and that did; a head gives and revokes those of his department."""
    day, officer = today(), request.officer
    rows, next_key = page(_rows(officer.county), request.GET.get("after", ""), by=("-until",), size=PAGE)
    mine = [one for one in open_departments(officer.county) if officer.may(Grant.CHIEF_DELEGATE, one)]
    context = {
        "lines": [(one, _state(one, day), _may_revoke(request, one, day)) for one in rows],
        "next_key": next_key,
        "offered": offered(day),
        "mine": mine,
    }
    return render(request, "manage/chiefs.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CHIEF_DELEGATE)
def delegate(request: StaffRequest, pk: int) -> HttpResponse:
    """授权 for a term."""
    department = get_object_or_404(Department, pk=pk, county=request.officer.county)
    if not request.officer.may(Grant.CHIEF_DELEGATE, department):
        raise Http404
    form = DelegateForm(request.officer.county, posted(request), initial={"since": today()})

    def act(told: dict[str, Any]) -> object:
        powers = [Grant(power) for power in told.pop("powers")]
        return acts.delegate(department, by=request.officer, at=now(), powers=powers, **told)

    return ask(
        request,
        form,
        act,
        title=f"授权首席事务代表：{department}",
        lead="被授权的同志在窗口行使本部门的权限，所作的决定都标明“首席事务代表”；自己收的、自己审核的件不能决定。",
        main="授权",
        back=HOME,
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CHIEF_DELEGATE)
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """撤销授权, with its reason."""
    found = _one(request, pk)
    if not request.officer.may(Grant.CHIEF_DELEGATE, found.department):
        raise Http404
    return ask(
        request,
        RevokeForm(posted(request)),
        lambda told: acts.revoke(found, by=request.officer, at=now(), **told),
        title=f"撤销对{found.officer}的授权？",
        lead="马上收回，今天起不能再依这份授权办理；已经作出的决定不受影响。",
        main="撤销授权",
        back=HOME,
        adverse=True,
    )


@require_GET
@never_cache
@staff_required(*READERS)
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """首席事务代表授权书, to be signed and sealed by the head; the department keeps one, the hall the other."""
    found = _one(request, pk)
    content = mandate(found, demo=request.county.demo, at=now())  # type: ignore[attr-defined]
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="mandate.pdf"'
    return answer


@require_GET
def public(request: VisitorRequest) -> HttpResponse:
    """Who represents which department at the window today: name, post and office telephone, nothing else."""
    day, county = today(), request.county
    if not offered(day):
        raise Http404("本地没有首席事务代表制度。")
    rows = _rows(county.code).filter(since__lte=day, holding__until__gte=day).order_by("department__name")
    lines = [(one, telephone(county, one.department.phone, county.phone)) for one in rows]
    without = [
        one for one in open_departments(county.code) if one.pk not in {row.department_id for row in rows}
    ]
    return render(request, "public/chiefs.html", {"lines": lines, "without": without})


def _rows(county: str) -> QuerySet[Delegation]:
    return Delegation.objects.filter(county=county).select_related(
        "department", "officer", "holding", "given_by"
    )


def _one(request: StaffRequest, pk: int) -> Delegation:
    return get_object_or_404(_rows(request.officer.county), pk=pk)


def _state(one: Delegation, day: date) -> tuple[str, str]:
    """Word and colour."""
    ends = one.holding.until or one.until
    if one.revoked_at is not None:
        return "已撤销", "line"
    if ends < day:
        return "已到期", "line"
    return ("授权中", "green") if one.since <= day else ("还没有开始", "amber")


def _may_revoke(request: StaffRequest, one: Delegation, day: date) -> bool:
    over = one.revoked_at is not None or (one.holding.until or one.until) < day
    return not over and request.officer.may(Grant.CHIEF_DELEGATE, one.department)
