"""一个事项的一页一事: how does a page with one form about one item ask, refuse and go back to it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onewindow.catalogue import reads
from onewindow.catalogue.models import Item
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import tell
from onewindow.web.gates import StaffRequest

KEEPERS = (Grant.CATALOGUE_DRAFT, Grant.CATALOGUE_REVIEW, Grant.CATALOGUE_PUBLISH)


def item_of(officer: Officer, pk: int) -> Item:
    """An item that this officer works on; for everybody else it does not exist."""
    found = reads.visible_to(officer).select_related("subject").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个事项，或者它不归您管。")
    return found


def ask_about(
    request: StaffRequest, item: Item, form: forms.Form, act: Callable[[dict[str, Any]], object], **said: Any
) -> HttpResponse:
    """One form, one act: done and back to the item, or the refusal with everything typed kept."""
    back = reverse("catalogue_item", args=[item.pk])
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            return redirect(back)
    return render(request, "manage/form.html", {"form": form, "back": back, "adverse": False, **said})
