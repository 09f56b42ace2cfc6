"""一页一事: how does a page with one form and one act ask, refuse and go on?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from onewindow.rules.grants import NotAllowed


class AskingForm(forms.Form):
    """A form whose faults say what to do, field by field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请{_asked_to(field)}“{field.label}”。"


def _asked_to(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "勾选"
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    return "选择" if chosen else "填写"


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    lead: str,
    main: str,
    back: str,
    adverse: bool = False,
    presets: Sequence[tuple[str, str, bool]] = (),
    beside: str = "",
) -> HttpResponse:
    """One form, one act: done and back, or the refusal beside its field with everything typed kept.

    `presets` fill the form in a usual way: address, word, and whether it is the one chosen.
    `beside` is a piece of a page that stands between the lead and the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            said = messages.get_messages(request)
            if not getattr(said, "added_new", False):  # the act said nothing of its own
                messages.success(request, _done(main))
            return redirect(back)
    context: dict[str, Any] = {"form": form, "title": title, "lead": lead, "main": main, "adverse": adverse}
    context |= {"back": _address(back), "presets": presets, "beside": beside}
    return render(request, "manage/form.html", context)


def _done(main: str) -> str:
    """What is said after the button was pressed: its own word, done."""
    word = main.partition("，")[0].removeprefix("确认").removeprefix("已经")
    return "已记下。" if word.startswith("不") else f"已{word}。"


def _address(back: str) -> str:
    """Where a page goes back to: an address, or the name of a page."""
    return back if back.startswith("/") else reverse(back)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; nothing when the form is only shown."""
    return request.POST if request.method == "POST" else None


def tell(form: forms.Form, refusal: NotAllowed) -> None:
    """Put a refusal where it belongs: beside its field, or above the form."""
    for field, sentence in getattr(refusal, "by_field", {"": str(refusal)}).items():
        known = "password1" if field == "password" else field
        form.add_error(known if known in form.fields else None, sentence)
