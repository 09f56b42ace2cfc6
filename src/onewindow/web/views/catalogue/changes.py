"""事项调整: who asks for a change of which list and why, what differs, and what the office decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.catalogue import acts, diff, gate, reads, text
from onewindow.catalogue.models import Change, Item
from onewindow.ground.clock import now, today
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, posted, tell
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS, ask_about, item_of
from onewindow.web.views.catalogue.items import UNFINISHED

PAGE = 30


class ChangeForm(AskingForm):
    """事项调整申请: list, kind, ground, reason and the day from which it should hold."""

    which = forms.ChoiceField(label="调整哪个清单", choices=Change.Which.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="怎么调整", choices=Change.Kind.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label="因为什么", choices=Change.Ground.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea)
    wanted_on = forms.DateField(label="希望生效的日期", widget=forms.DateInput)


class DecisionForm(AskingForm):
    """What the reviewing office says."""

    opinion = forms.CharField(label="审核意见", max_length=500, widget=forms.Textarea)
    effective_on = forms.DateField(
        label="生效日期",
        widget=forms.DateInput,
        required=False,
        help_text="不填的，按申请的日期；不同意的不用填。",
    )


@require_GET
@staff_required(*KEEPERS)
def changes(request: StaffRequest) -> HttpResponse:
    """The requests for change that this officer may see; those that wait come first by choice."""
    rows = reads.changes_visible_to(request.officer)
    state = request.GET.get("state", "")
    if state in Change.State.values:
        rows = rows.filter(state=state)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: PAGE + 1])
    context = {
        "rows": page[:PAGE],
        "states": Change.State.choices,
        "state": state,
        "next_key": page[PAGE - 1].pk if len(page) > PAGE else "",
    }
    return render(request, "catalogue/changes.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CATALOGUE_DRAFT)
def ask_change(request: StaffRequest, pk: int) -> HttpResponse:
    """提出调整申请: about one item of the officer's own office."""
    found = item_of(request.officer, pk)
    version = found.versions.filter(state__in=UNFINISHED).order_by("-number").first()
    first = {
        "which": Change.Which.IMPLEMENTING,
        "kind": Change.Kind.ALTER if found.current_id else Change.Kind.NEW,
        "wanted_on": today(),
    }
    drafted = (
        f"随申请附上第 {version.number} 版草稿。" if version else "还没有新版草稿；变更要素的，请先起草。"
    )
    return ask_about(
        request,
        found,
        ChangeForm(posted(request), initial=first),
        lambda told: acts.request_change(
            found, by=request.officer, on=today(), at=now(), version=version, **told
        ),
        title=f"事项调整申请：{found.name}",
        lead=drafted,
        main="提出申请",
    )


@require_http_methods(["GET", "POST"])
@staff_required(*KEEPERS)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """One request with its difference field by field, and the decision on it."""
    found = reads.changes_visible_to(request.officer).select_related("item__current").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这项申请，或者它不归您管。")
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        return redirect("catalogue_change", found.pk)
    context = {"change": found, "form": form, **_compared(found.item, found)}
    own = found.asked_by == request.officer.actor_code
    waits = found.state == Change.State.ASKED
    context["may_decide"] = waits and not own and request.officer.may(Grant.CATALOGUE_REVIEW, found.item)
    context["own"] = own and waits
    return render(request, "catalogue/change.html", context)


def _decided(request: StaffRequest, found: Change, form: DecisionForm) -> bool:
    said: dict[str, Any] = {
        "by": request.officer,
        "on": today(),
        "at": now(),
        "opinion": form.cleaned_data["opinion"],
    }
    try:
        if "decline" in request.POST:
            acts.decline(found, **said)
        else:
            acts.approve(found, effective_on=form.cleaned_data["effective_on"], **said)
    except NotAllowed as refusal:
        tell(form, refusal)
        return False
    return True


def _compared(found: Item, asked: Change) -> dict[str, Any]:
    if asked.version is None:
        return {"differences": [], "gaps": []}
    words = text.of_version(asked.version)
    before = _before(found, asked)
    return {
        "differences": diff.differences(text.of_version(before), words) if before is not None else [],
        "before": before,
        "gaps": gate.gaps(words) if asked.version.state in UNFINISHED else [],
    }


def _before(found: Item, asked: Change) -> Any:
    """The version that was in force before the asked one."""
    assert asked.version is not None
    return found.versions.filter(number__lt=asked.version.number).order_by("-number").first()
