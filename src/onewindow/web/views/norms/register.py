"""工作制度登记: which written rules hold, what do they say, what was found when they were checked, and what waits for my signature?"""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.ground.clock import now, today
from onewindow.ground.paging import page
from onewindow.people.acts import acknowledge_norm
from onewindow.people.models import NormReceipt
from onewindow.people.reads import names_of
from onewindow.people.reads_norms import asked_of, counts, to_acknowledge
from onewindow.places.models import County, NormCheck, NormUnit, NormVersion, RoundLine, Task
from onewindow.places.norms import in_force, lacking, titles
from onewindow.places.norms import published as shown_publicly
from onewindow.places.reads import here
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required

PAGE = 30
LATEST = 15
WATCHES = (Grant.NORMS_ISSUE, Grant.SUPERVISE, Grant.HALL_MANAGE)


@require_GET
@never_cache
@staff_required()
def register(request: StaffRequest) -> HttpResponse:
    """All that hold, with how many units have acknowledged them; first what he has to acknowledge himself."""
    county, day = _county(request), today()
    rows = NormVersion.objects.filter(
        norm__county=county.code, superseded_at__isnull=True, norm__withdrawn_on__isnull=True
    ).select_related("norm")
    found, next_key = page(rows, request.GET.get("after", ""), by=("effective_on",), size=PAGE)
    told = counts(found, day)
    loadable, unwritten = lacking(county, day, titles(county))
    context = {
        "mine": to_acknowledge(request.officer, day),
        "rows": [(one, *told.get(one.pk, (0, 0))) for one in found],
        "next_key": next_key,
        "today": day,
        "may_issue": request.officer.may(Grant.NORMS_ISSUE),
        "may_watch": any(request.officer.may(grant) for grant in WATCHES),
        "may_supervise": request.officer.may(Grant.SUPERVISE),
        "loadable": loadable,
        "unwritten": unwritten,
        "published": shown_publicly(county, day),
    }
    return render(request, "norms/list.html", context)


@require_GET
@never_cache
@staff_required()
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: its words, its checks and what was found, and whether he has to acknowledge it."""
    one, day = _load(request, pk), today()
    his = NormReceipt.objects.filter(unit=OuterRef("pk"), officer=request.officer)
    units = NormUnit.objects.filter(asked_of(request.officer, day), version=one)
    own = list(units.annotate(signed=Exists(his)).select_related("section", "department", "hall"))
    checks = _checks(one)
    outcomes = _outcomes(one)
    names = names_of({one.issued_by} | {line.round.made_by for line in outcomes})
    context = {
        "one": one,
        "versions": NormVersion.objects.filter(norm=one.norm).order_by("-number")[:LATEST],
        "today": day,
        "own": own,
        "waits": any(not unit.signed for unit in own),
        "checks": checks,
        "outcomes": [(line, names.get(line.round.made_by, "")) for line in outcomes],
        "issued_by": names.get(one.issued_by, ""),
        "may_issue": request.officer.may(Grant.NORMS_ISSUE) and one.norm.withdrawn_on is None,
        "may_watch": any(request.officer.may(grant) for grant in WATCHES),
    }
    return render(request, "norms/one.html", context)


def _checks(one: NormVersion) -> list[NormCheck]:
    """What a round looks at, with how often it did and how often it was not in order."""
    rows = NormCheck.objects.filter(version=one, dropped_at__isnull=True)
    bad = Count("lines", filter=Q(lines__good=False))
    return list(rows.annotate(seen=Count("lines"), failed=bad).order_by("order", "pk"))


def _outcomes(one: NormVersion) -> list[RoundLine]:
    open_task = Task.objects.filter(line=OuterRef("pk"), closed_at__isnull=True)
    rows = RoundLine.objects.filter(norm_check__version=one).select_related("round__hall")
    return list(rows.annotate(open_task=Exists(open_task)).order_by("-pk")[:LATEST])


@require_POST
@never_cache
@staff_required()
def acknowledge(request: StaffRequest, pk: int) -> HttpResponse:
    """签收."""
    one = _load(request, pk)
    acknowledge_norm(request.officer, by=request.officer, at=now(), version=one)
    messages.success(request, f"已签收《{one.norm.title}》第 {one.number} 版。")
    return redirect("norm", one.pk)


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """The rules in force, where the text of the place has them shown to everybody."""
    county = _public()
    rows = NormVersion.objects.filter(pk__in=in_force(county.code, today())).select_related("norm")
    found, next_key = page(rows, request.GET.get("after", ""), by=("effective_on",), size=PAGE)
    return render(request, "norms/public.html", {"rows": found, "next_key": next_key})


@require_GET
def published_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of one of them."""
    county = _public()
    one = get_object_or_404(NormVersion.objects.select_related("norm"), pk=pk, norm__county=county.code)
    if one.pk not in in_force(county.code, today()):
        raise Http404
    return render(request, "norms/public_one.html", {"one": one})


def _public() -> County:
    county = here()
    if not shown_publicly(county, today()):
        raise Http404
    return county


def _load(request: StaffRequest, pk: int) -> NormVersion:
    rows = NormVersion.objects.select_related("norm")
    return get_object_or_404(rows, pk=pk, norm__county=request.officer.county)


def _county(request: StaffRequest) -> County:
    return request.county  # type: ignore[attr-defined]
