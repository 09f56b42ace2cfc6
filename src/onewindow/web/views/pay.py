"""缴费: where does the applicant pay a bill online, what does the platform say, and what did the cash desks take in today?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.acts import fees
from onewindow.cases.models import Bill, Payment, StrayPayment
from onewindow.cases.reads.others import taken_on
from onewindow.exchange.nontax import client, fake
from onewindow.ground.clock import now, today
from onewindow.ground.limits import Limit
from onewindow.journal.write import history
from onewindow.rules.fees import NOTHING, bills
from onewindow.rules.grants import GATEWAY, Grant, NotAllowed
from onewindow.rules.record import effective
from onewindow.web import held, proved
from onewindow.web.gates import StaffRequest, staff_required, to_sign_in
from onewindow.web.pace import address_of, too_often
from onewindow.web.proved import VisitorRequest
from onewindow.web.views.track.case import ask_again

WORDS = Limit("nontax:address", times=6000, within=timedelta(minutes=1))
LONGEST = 4096
_PROBLEM = "application/problem+json"


@require_POST
def to_pay(request: VisitorRequest, number: str, pay_number: str) -> HttpResponse:
    """From the progress page to the platform; bound to the same proof as the page."""
    case = proved.may_see(request, now()).filter(number=number).first()
    if case is None:
        return ask_again(request, number)
    bill = get_object_or_404(Bill, case=case, pay_number=pay_number)
    page = client.pay_page(bill.pay_number)
    if not page or not _due(bill):
        messages.error(request, "这张缴费通知书现在不能在网上缴，请看最新情况，或者到窗口缴。")
        return redirect("track_case", number)
    return redirect(page)


@require_http_methods(["GET", "POST"])
@never_cache
def demo(request: VisitorRequest, pay_number: str) -> HttpResponse:
    """The platform's double: says what a real one would say; nothing is paid, and no bank is asked."""
    if request.method == "POST" and held.EXPIRED in request.session:
        return to_sign_in(request)
    if not settings.DEMO or settings.NONTAX_GATEWAY or not request.county.demo:
        raise Http404
    rows = Bill.objects.select_related("case__subject").filter(case__in=proved.may_see(request, now()))
    bill = get_object_or_404(rows, pay_number=pay_number)
    due = _due(bill)
    if request.method == "GET" or not due:
        return render(request, "track/pay.html", {"bill": bill, "case": bill.case, "due": due})
    body, signed = fake.word(bill.pay_number, due, bill.payer)
    booked, refused = _booked(request, client.read_word(body, signed))
    if refused:
        messages.error(request, refused)
    elif isinstance(booked, StrayPayment):
        messages.warning(request, f"这 {due} 元到账时已经不用缴了，会退给您。")
    else:
        messages.success(request, f"演示缴费成功，{due} 元已经记下。没有真的扣钱。")
    return redirect("track_case", bill.case.number)


@csrf_exempt
@require_POST
def word(request: VisitorRequest) -> HttpResponse:
    """What the platform says of a payment: signed, whole, and written once however often it is said."""
    waiting = too_often(request, (WORDS, address_of(request)))
    if waiting is not None:
        return waiting
    body = request.read(LONGEST + 1)
    told = client.read_word(body, request.headers.get("X-Signature", "")) if len(body) <= LONGEST else None
    if told is None:
        return _said("通知没有通过校验", 403)
    booked, refused = _booked(request, told)
    if refused:
        return _said(refused, 409)
    return JsonResponse({"booked": told.serial, "goes_back": isinstance(booked, StrayPayment)})


@require_GET
@never_cache
@staff_required(Grant.FEE_COLLECT, Grant.SUPERVISE)
def taken(request: StaffRequest) -> HttpResponse:
    """收费日报: what each cash desk took in on one day, and altogether."""
    on = _day(request.GET.get("on", ""))
    everything = request.officer.may(Grant.SUPERVISE)
    desks, next_key = taken_on(request.officer, on, request.GET.get("after", ""), everything=everything)
    total = sum((one.total for one in desks), NOTHING)
    told = {"desks": desks, "next_key": next_key, "on": on, "total": total, "today": today()}
    told |= {"everything": everything, "turned": "after" in request.GET}
    return render(request, "desk/taken.html", told)


def _booked(request: VisitorRequest, told: client.Word | None) -> tuple[Payment | StrayPayment | None, str]:
    """What was written down; or why nothing was."""
    rows = Bill.objects.select_related("case").filter(case__county=request.county.code)
    bill = rows.filter(pay_number=told.pay_number).first() if told is not None else None
    if told is None or bill is None:
        return None, "没有这个缴款单号"
    said = fees.Told(serial=told.serial, amount=told.amount, payer=told.payer, receipt=told.receipt)
    try:
        return fees.paid_online(bill.case, by=GATEWAY, at=now(), bill=bill.pk, told=said), ""
    except NotAllowed as refusal:
        return None, str(refusal)


def _due(bill: Bill) -> Decimal:
    """What is still to be paid of it."""
    found = next((one for one in bills(effective(history(bill.case.subject))) if one.bill == bill.pk), None)
    return found.due if found else NOTHING


def _said(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"title": sentence, "status": status}, status=status, content_type=_PROBLEM)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()
