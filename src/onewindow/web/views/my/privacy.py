"""我的信息 (个人信息保护法 44–47): what is kept about me, a copy, putting it right, and having it erased."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.cases.reads.public import of_party
from onewindow.ground.clock import now, today
from onewindow.ground.limits import Limit
from onewindow.intake import reads as intake
from onewindow.intake.acts import online
from onewindow.journal.write import log_access
from onewindow.keeping.acts import clear_own
from onewindow.keeping.reads import own
from onewindow.notices.acts import check_code, erase_messages, send_code, use_code
from onewindow.notices.reads import unsent
from onewindow.people import acts
from onewindow.people.models import Party
from onewindow.people.reads import own_accesses
from onewindow.people.reads_credit import breaches_of
from onewindow.places.reads import pack_here
from onewindow.rules.grants import SYSTEM, NotAllowed
from onewindow.rules.identity import tidy_phone
from onewindow.rules.pack import LOCAL_WORDS
from onewindow.web.asking import posted, tell
from onewindow.web.forms.own import ContactForm
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.pace import address_of, too_often
from onewindow.web.views.my import copy, copy_hall
from onewindow.web.views.register import CODES_BY_ADDRESS, CODES_BY_PHONE

PURPOSE = "phone"
COPIES = Limit("copy:party", times=5, within=timedelta(hours=1))


@require_GET
@party_required
@never_cache
def privacy(request: PartyRequest) -> HttpResponse:
    """What is kept, for what, for how long; and the ways to a copy, a correction and erasure."""
    party = request.party
    context = {
        "party": party,
        "kept": [
            *copy.kinds(party, _county(request).code, _logs(request), _drafts(request)),
            *copy_hall.kinds(own(party, _county(request), today())),
        ],
        "breaches": breaches_of(party),
        "accesses": own_accesses(party.actor_code),
        "agreed": party.e_service_agreed_at,
        "tab": "privacy",
    }
    return render(request, "my/privacy.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def contact(request: PartyRequest) -> HttpResponse:
    """Put telephone, address and e-mail right; another telephone has to show that it is there."""
    party = request.party
    account = party.account
    initial = {"phone": party.phone, "address": party.address, "email": account.email if account else ""}
    form = ContactForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        number = tidy_phone(form.cleaned_data["phone"])
        if "send" in request.POST:
            return _code(request, form, number)
        if _corrected(request, form, number):
            messages.success(request, "改好了。")
            return redirect("my_privacy")
    status = 422 if form.errors else 200
    return render(request, "my/contact.html", {"form": form, "tab": "privacy"}, status=status)


@require_POST
@party_required
def consent(request: PartyRequest) -> HttpResponse:
    """Agree to electronic service, or take it back."""
    agrees = request.POST.get("agrees") == "yes"
    acts.agree_e_service(request.party, by=request.party, at=now(), agrees=agrees)
    messages.success(
        request, "已经同意电子送达。" if agrees else "已经收回电子送达的同意，以后的文书给您纸质的。"
    )
    return redirect("my_privacy")


@require_POST
@party_required
def download(request: PartyRequest) -> HttpResponse:
    """复制 (45): everything as one file that a machine can read; written into the access log."""
    waiting = too_often(request, (COPIES, str(request.party.pk)))
    if waiting is not None:
        return waiting
    party, county = request.party, _county(request)
    log_access(
        county.code,
        by=party,
        at=now(),
        what="export",
        about=party.actor_code,
        reason="本人下载个人信息副本",
        origin=address_of(request),
    )
    told = copy.whole(party, county.code, now()) | copy_hall.whole(party, county, today())
    content = json.dumps(told, ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(["GET", "POST"])
@party_required
@never_cache
def erase(request: PartyRequest) -> HttpResponse:
    """删除 (47): what is erased at once, what the law keeps and why; and the end of the account."""
    party, county = request.party, _county(request)
    is_open = of_party(county.code, party).filter(is_open=True).exists()
    context = {
        "open": is_open,
        "tab": "privacy",
        "drafts": intake.drafts_for(party, county.code).count(),
        "logs": _logs(request),
        "hall": copy_hall.kinds(own(party, county, today())),
    }
    if request.method == "GET":
        return render(request, "my/erase.html", context)
    if request.POST.get("sure") != "on":
        return render(request, "my/erase.html", {**context, "error": "请先勾选确认。"}, status=422)
    closed = request.POST.get("close") == "on"
    _erased(party, county, reach_needed=is_open, closed=closed)
    if closed:
        logout(request)
    told = {"closed": closed, "open": is_open, "waiting": unsent(party).exists(), "hall": context["hall"]}
    return render(request, "my/erased.html", told)


@transaction.atomic
def _erased(party: Party, county: Any, *, reach_needed: bool, closed: bool) -> None:
    """All of it or nothing: nobody is told that his data are gone while half of them stands."""
    for draft in intake.drafts_for(party, county.code):
        online.throw_away(draft, by=party)
    erase_messages(party, by=party)
    clear_own(party, by=party, at=now(), county=county)
    acts.erase_own(party, by=party, at=now(), county=county, reach_needed=reach_needed)
    if closed:
        acts.close_own(party, by=party, at=now(), county=county)


def _corrected(request: PartyRequest, form: ContactForm, number: str) -> bool:
    party, told, county = request.party, form.cleaned_data, _county(request)
    try:
        if number != party.phone:
            check_code(county, by=SYSTEM, at=now(), phone=number, purpose=PURPOSE, typed=told["code"])
        acts.correct(
            party,
            by=party,
            at=now(),
            county=county,
            phone=number,
            address=told["address"],
            email=told["email"],
        )
        use_code(county, by=SYSTEM, at=now(), phone=number, purpose=PURPOSE)
    except NotAllowed as refusal:
        if getattr(refusal, "by_field", None):
            tell(form, refusal)
        else:
            form.add_error("code", str(refusal))
        return False
    return True


def _code(request: PartyRequest, form: ContactForm, number: str) -> HttpResponse:
    waiting = too_often(request, (CODES_BY_ADDRESS, address_of(request)), (CODES_BY_PHONE, number))
    if waiting is not None:
        return waiting
    send_code(_county(request), by=SYSTEM, at=now(), phone=number, purpose=PURPOSE)
    return render(request, "my/contact.html", {"form": form, "tab": "privacy", "sent": True})


def _logs(request: PartyRequest) -> str:
    """How long the access log is kept, in the clause of the pack."""
    pack = pack_here(_county(request)).at(today())
    rule = pack.rule("log.keep_months")
    if rule is None:
        return ""
    return f"至少 {rule.value} 个月（{pack.pack.sources[rule.cite.source].name}{rule.cite.clause}）"


def _drafts(request: PartyRequest) -> str:
    """How long a draft is kept, and on what that rests."""
    setting = pack_here(_county(request)).setting("draft.keep_days")
    return f"{setting.number} 天没有动就删（{LOCAL_WORDS}）"


def _county(request: PartyRequest) -> Any:
    return request.county  # type: ignore[attr-defined]
