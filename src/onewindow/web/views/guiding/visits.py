"""一次到访: which numbers, whose, which cases, which words of thanks or blame belong to one stay in the hall?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.models import Case
from onewindow.cases.reads.public import masked_name
from onewindow.feedback.models import Rating
from onewindow.hall.models import Visit
from onewindow.intake.models import Application
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.helping import hall_of


@require_GET
@never_cache
@staff_required(Grant.HALL_MANAGE)
def visit(request: StaffRequest, key: UUID) -> HttpResponse:
    """One key for all of it; names masked, since the page is for the running of the hall."""
    rows = Visit.objects.select_related("party")
    stay = get_object_or_404(rows, key=key, hall=hall_of(request))
    tickets = list(stay.tickets.select_related("line", "window", "officer", "item").order_by("taken_at"))
    cases = list(Case.objects.filter(application__visit=stay.pk).order_by("pk"))
    subjects = [*(one.subject_id for one in tickets), *(one.subject_id for one in cases)]
    drafts = Application.objects.filter(visit=stay.pk, sealed_at__isnull=True).select_related("version")
    context = {
        "stay": stay,
        "name": masked_name(stay.party.kind, stay.party.name) if stay.party is not None else "",
        "tickets": tickets,
        "cases": cases,
        "drafts": list(drafts),
        "ratings": list(Rating.objects.filter(subject__in=subjects).order_by("given_at")),
        "escorts": list(stay.escorts.select_related("helper")),
    }
    return render(request, "guiding/visit.html", context)
