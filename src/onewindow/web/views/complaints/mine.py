"""提投诉: of one's own booking or of the number that one holds; and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.feedback.acts.complaints import Told, complain
from onewindow.feedback.models import Complaint
from onewindow.ground.clock import now, today
from onewindow.ground.limits import Limit
from onewindow.hall.actors import Bearer
from onewindow.hall.booked import of_party
from onewindow.hall.extended import said as late_service
from onewindow.hall.models import Booking, Ticket
from onewindow.hall.reads import by_code
from onewindow.places.models import County, Hall
from onewindow.places.reads import pack_here, telephone
from onewindow.rules.complaints import OF_BOOKING, OF_NUMBER, Channel, Kind
from onewindow.rules.grants import Actor, NotAllowed
from onewindow.web.asking import posted, tell
from onewindow.web.forms.complaints import ComplainForm
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.pace import address_of, too_often

_SAID = Limit("complain", 10, timedelta(hours=1))


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
@sensitive_post_parameters()
def of_booking(request: PartyRequest, number: str) -> HttpResponse:
    """投诉预约服务, from one's own booking."""
    rows = of_party(request.party, request.county.code).select_related("subject", "recorded_at")  # type: ignore[attr-defined]
    row = rows.filter(number=number[:24]).first()
    if row is None:
        raise Http404
    back = reverse("my_booking", args=[number])
    first = {"phone": row.phone, "happened_on": min(row.on, today())}
    form = ComplainForm(OF_BOOKING, posted(request), initial={**first, "once": uuid4()})
    return _page(
        request, row, form, by=request.party, channel=Channel.WEB, back=back, rule="complaint.booking"
    )


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def of_number(request: HttpRequest, code: str) -> HttpResponse:
    """投诉窗口服务和延时服务, by whoever holds the number."""
    ticket = by_code(code)
    if ticket is None:
        raise Http404
    if settings.BOX:  # before he types anything that could not be kept here
        raise NotAllowed(_not_here(request, ticket.hall))
    first = {"happened_on": ticket.day, "once": uuid4()}
    form = ComplainForm(happening(OF_NUMBER), posted(request), initial=first)
    back = reverse("hall_number", args=[code])
    by, rule = Bearer(ticket), "complaint.extended"
    return _page(request, ticket, form, by=by, channel=Channel.NUMBER, back=back, rule=rule)


def _not_here(request: HttpRequest, hall: Hall) -> str:
    """Where he complains instead, at the machine of a hall."""
    county: County = request.county  # type: ignore[attr-defined]
    number = telephone(county, county.supervision_phone, hall.phone)
    ring = f"打电话 {number}，" if number else ""
    return (
        f"这里是大厅本机，收不了投诉。请{ring}报号码和哪个窗口；也可以当面告诉大厅管理人员，由他报县里登记。"
    )


def _page(
    request: HttpRequest,
    about: Booking | Ticket,
    form: ComplainForm,
    *,
    by: Actor,
    channel: Channel,
    back: str,
    rule: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if (waiting := too_often(request, (_SAID, address_of(request)))) is not None:
            return waiting
        told = dict(form.cleaned_data)
        try:
            made = complain(about, by=by, at=now(), once=told.pop("once"), told=Told(channel=channel, **told))
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"收到了，编号 {made.number}。")
            return redirect("complaint_seen", made.code)
    context = {"form": form, "back": back, "about": about, **said_of(request, rule)}
    return render(request, "complaints/give.html", context, status=422 if form.errors else 200)


def happening(kinds: Iterable[Kind]) -> list[Kind]:
    """Those that can happen here: nobody is refused a service that the text of the place does not know."""
    late = late_service(today()).offered
    return [kind for kind in kinds if late or kind is not Kind.REFUSED_LATE]


def said_of(request: HttpRequest, rule: str = "complaint.office", on: date | None = None) -> dict[str, Any]:
    """Who looks into it here, by which words of the text, and where one may ring instead."""
    county: County = request.county  # type: ignore[attr-defined]
    said = pack_here(county).at(on or today())
    return {
        "office": said.value("complaint.office") or "监督部门",
        "rule": said.rule(rule),
        "days": said.setting("complaint.close_days").number,
        "phone": telephone(county, county.supervision_phone),
    }


@require_GET
@never_cache
def seen(request: HttpRequest, code: str) -> HttpResponse:
    """What became of one, for whoever has its address."""
    row = get_object_or_404(Complaint.objects.select_related("hall", "window", "party"), code=code)
    return render(request, "complaints/seen.html", {"row": row, **said_of(request)})
