"""办事项: review, send back, publish, suspend, resume, withdraw – each one page or one button."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.catalogue import acts
from onewindow.catalogue.models import StateNotice
from onewindow.ground.clock import now, today
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS, ask_about, item_of
from onewindow.web.views.catalogue.items import version_of

_VERSION_DEEDS = {
    "review": (acts.review, "第 {n} 版审核通过，可以发布了。"),
    "send-back": (acts.send_back, "第 {n} 版已退回起草人。"),
    "publish": (acts.publish, "第 {n} 版已经发布，各处的指南同时更新。"),
}
_STATE_DEEDS = {
    StateNotice.Kind.SUSPEND: (acts.suspend, "暂停办理", "暂停期间不能提出新的申请，已经受理的照常办完。"),
    StateNotice.Kind.RESUME: (acts.resume, "恢复办理", "恢复后马上可以申请。"),
    StateNotice.Kind.WITHDRAW: (acts.withdraw, "取消事项", "取消以后不能恢复，编码也不再给别的事项使用。"),
}


class ReasonForm(AskingForm):
    """Why an item is suspended, resumed or withdrawn."""

    reason = forms.CharField(
        label="原因",
        max_length=300,
        widget=forms.Textarea,
        help_text="办事指南会向群众公布，请写清楚到什么时候。",
    )


@require_POST
@staff_required(*KEEPERS)
def do_with_version(request: StaffRequest, pk: int, number: int, deed: str) -> HttpResponse:
    """Review, send back or publish a version; a refusal is shown on its page."""
    if deed not in _VERSION_DEEDS:
        raise Http404("没有这个操作。")
    found = item_of(request.officer, pk)
    act, said = _VERSION_DEEDS[deed]
    try:
        act(version_of(found, number), by=request.officer, on=today(), at=now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(n=number))
    return redirect("catalogue_version", found.pk, number)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CATALOGUE_PUBLISH)
def change_state(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Suspend, resume or withdraw an item, with the reason that the public reads."""
    if kind not in StateNotice.Kind.values:
        raise Http404("没有这个操作。")
    found = item_of(request.officer, pk)
    act, word, lead = _STATE_DEEDS[StateNotice.Kind(kind)]
    return ask_about(
        request,
        found,
        ReasonForm(posted(request)),
        lambda told: act(found, by=request.officer, on=today(), at=now(), reason=told["reason"]),
        title=f"{word}：{found.name}",
        lead=lead,
        main=word,
        adverse=kind != StateNotice.Kind.RESUME,
    )


@require_POST
@staff_required(Grant.CATALOGUE_PUBLISH)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """登记三到位: the three ticks on the item's page."""
    found = item_of(request.officer, pk)
    told = {name: name in request.POST for name in ("moved_in", "staffed", "empowered")}
    try:
        acts.settle(found, by=request.officer, on=today(), at=now(), **told)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "三到位已登记。")
    return redirect("catalogue_item", found.pk)
