"""设置便民服务: which services does a hall offer, in which words and to whom?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now, today
from onewindow.helping.acts.aids import Offer, close_aid, offer_aid
from onewindow.helping.models import Aid
from onewindow.places.models import Hall
from onewindow.places.reads import pack_here
from onewindow.rules.aids import COURSES, Way
from onewindow.rules.grants import Grant
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.forms.aids import OfferForm
from onewindow.web.gates import StaffRequest, staff_required


@require_GET
@never_cache
@staff_required(Grant.HALL_MANAGE)
def offers(request: StaffRequest, pk: int) -> HttpResponse:
    """The services of one hall, those that were closed too."""
    hall = _hall(request, pk)
    rows, pack = list(hall.aids.order_by("closed_on", "order", "pk")), pack_here(request.county)  # type: ignore[attr-defined]
    said = pack.value("aids.offered", today())
    open_ways = {one.get_way_display() for one in rows if one.closed_on is None}
    context = {
        "hall": hall,
        "rows": rows,
        "ways": WAYS,
        "rules": list(pack.rules_of("aids.offered", today())),
        "missing": [word for word in said if word not in open_ways] if isinstance(said, tuple) else [],
    }
    return render(request, "services/offers.html", context)


WAYS = [(way.value, course) for way, course in COURSES.items()]


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """增加一项; the usual words of its kind stand in the form."""
    hall = _hall(request, pk)
    typed = request.GET.get("way", "")
    way = Way(typed) if typed in {one.value for one in Way} else Way.HOME
    course = COURSES[way]
    first = {
        "way": way.value,
        "name": course.word if way is not Way.OWN else "",
        "about": course.about,
        "grounds": "\n".join(course.grounds),
        "order": hall.aids.count(),
    }
    form = OfferForm(posted(request), initial=first)
    return ask(
        request,
        form,
        lambda _: offer_aid(hall, by=request.officer, at=now(), offer=Offer(**form.told())),
        title=f"{hall}：增加便民服务",
        lead="保存以后马上出现在网上的“便民服务”，申请进本大厅的登记簿。",
        main="保存",
        back=reverse("aids", args=[hall.pk]),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """修改, or open again what was closed."""
    aid = _aid(request, pk)
    first = {
        "way": aid.way,
        "name": aid.name,
        "about": aid.about,
        "grounds": "\n".join(aid.grounds),
        "fields_": "\n".join(f"{one['label']}{'*' if one['needed'] else ''}" for one in aid.fields),
        "order": aid.order,
    }
    form = OfferForm(posted(request), initial=first)
    form.fields["way"].disabled = True
    return ask(
        request,
        form,
        lambda _: offer_aid(aid.hall, by=request.officer, at=now(), offer=Offer(**form.told()), aid=aid),
        title=f"修改：{aid}",
        lead="已经收到的申请照原来的办。停办的保存以后重新开办。",
        main="保存",
        back=reverse("aids", args=[aid.hall_id]),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Grant.HALL_MANAGE)
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """停办."""
    aid = _aid(request, pk)
    return ask(
        request,
        AskingForm(posted(request)),
        lambda told: close_aid(aid, by=request.officer, at=now()),
        title=f"停办：{aid}？",
        lead="不再接受新的申请；已经收到的照样办完。",
        main="停办",
        adverse=True,
        back=reverse("aids", args=[aid.hall_id]),
    )


def _hall(request: StaffRequest, pk: int) -> Hall:
    return get_object_or_404(Hall, pk=pk, county=request.officer.county)


def _aid(request: StaffRequest, pk: int) -> Aid:
    return get_object_or_404(Aid.objects.select_related("hall"), pk=pk, hall__county=request.officer.county)
