"""谁签收了: which units have acknowledged a version, which of their people have not, and how does each unit stand?"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground.clock import today
from onewindow.people.reads_norms import KINDS, PAGE, by_office, counts, lines, of_office, with_open
from onewindow.places.models import NormUnit, NormVersion
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.norms.register import WATCHES

_FAR = 12  # digits of a key in an address


@require_GET
@never_cache
@staff_required(*WATCHES)
def readers(request: StaffRequest, pk: int) -> HttpResponse:
    """Unit by unit: who acknowledged it and when, and who has not."""
    rows = NormVersion.objects.select_related("norm")
    one, day = get_object_or_404(rows, pk=pk, norm__county=request.officer.county), today()
    units = NormUnit.objects.filter(version=one).select_related("version", "section", "department", "hall")
    only = request.GET.get("left") == "1"
    if only:
        units = with_open(units, day).filter(unsigned=True)
    found = list(units.filter(pk__gt=_after(request)).order_by("pk")[: PAGE + 1])
    sent, left = counts([one], day).get(one.pk, (0, 0))
    context = {
        "one": one,
        "lines": lines(found[:PAGE], day),
        "next_key": found[PAGE - 1].pk if len(found) > PAGE else "",
        "only": only,
        "sent": sent,
        "left": left,
        "today": day,
    }
    return render(request, "norms/readers.html", context)


@require_GET
@never_cache
@staff_required(*WATCHES)
def offices(request: StaffRequest) -> HttpResponse:
    """单位一览: section by section, department by department, venue by venue."""
    typed = request.GET.get("kind", "")
    kind = typed if typed in KINDS else next(iter(KINDS))
    rows, next_key = by_office(request.officer.county, kind, today(), _after(request))
    context = {"rows": rows, "next_key": next_key, "kind": kind, "kinds": KINDS.items()}
    return render(request, "norms/offices.html", context)


@require_GET
@never_cache
@staff_required(*WATCHES)
def office(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """What one unit has to know, and who of it has acknowledged what."""
    if kind not in KINDS:
        raise Http404
    rows, day = of_office(request.officer.county, kind, pk), today()
    found = list(rows.filter(pk__gt=_after(request)).order_by("pk")[: PAGE + 1])
    if not found:
        raise Http404
    context = {
        "name": str(found[0]),
        "kind": kind,
        "lines": lines(found[:PAGE], day),
        "next_key": found[PAGE - 1].pk if len(found) > PAGE else "",
        "today": day,
    }
    return render(request, "norms/office.html", context)


def _after(request: StaffRequest) -> int:
    typed = request.GET.get("after", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _FAR else 0
