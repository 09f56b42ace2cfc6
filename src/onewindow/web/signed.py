"""双方签字的一页: how does a page with a form that both sign offer its acts, do one of them, and come to paper?

A booking, a service beyond closing time and a request for a hall's service have the same shape: a table of deeds,
each with the form that is sent, and a table that says in which stage and by which power each is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from onewindow.ground.clock import now
from onewindow.people.models import Officer
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import tell
from onewindow.web.gates import StaffRequest
from onewindow.web.views.case.signing import picture

Told = dict[str, Any]
Row = TypeVar("Row", bound=Any)
# In which stages an act is offered, and by which power.
Offers = Mapping[str, tuple[Grant, tuple[str, ...]]]


@dataclass(frozen=True)
class Deed(Generic[Row]):
    """One act of the page: the form that was sent, what it does, and what is said when it is done."""

    build: Callable[[Row, StaffRequest], forms.Form]
    perform: Callable[[Row, Officer, Told], object]
    done: str


class Page(Protocol):
    """Draws the page, with what was typed and refused."""

    def __call__(
        self,
        request: StaffRequest,
        row: Any,
        typed: Mapping[str, forms.Form] | None = None,
        status: int = 200,
        refused: str = "",
    ) -> HttpResponse: ...


def sent(kind: type[forms.Form] = forms.Form) -> Callable[[Any, StaffRequest], forms.Form]:
    """A form that takes what was posted, and nothing of the row."""
    return lambda _, request: kind(request.POST)


def signs(act: Callable[..., object]) -> Callable[[Any, Officer, Told], object]:
    """The applicant's signature: drawn on the pad, or given on the printed form."""

    def signed(row: Any, officer: Officer, told: Told) -> object:
        at = now()
        kept = picture(told["signature"], row, at)
        return act(row, by=officer, at=at, signature=kept, on_paper=told["on_paper"])

    return signed


def do(
    request: StaffRequest, row: Row, act: str, deeds: Mapping[str, Deed[Row]], page: Page, back: str
) -> HttpResponse:
    """One act, from its form on the page; refused, everything typed is kept."""
    if act not in deeds:
        raise Http404
    deed = deeds[act]
    form = deed.build(row, request)
    if not form.is_valid():
        return page(request, row, {act: form}, 422)
    try:
        deed.perform(row, request.officer, dict(form.cleaned_data))
    except NotAllowed as refusal:
        tell(form, refusal)
        return page(request, row, {act: form}, 409, str(refusal))
    messages.success(request, deed.done)
    return redirect(back, row.number)


def offered(row: Any, officer: Officer, offers: Offers, fits: Callable[[str], bool]) -> list[str]:
    """What can be done with it now, by him."""
    return [
        act
        for act, (grant, stages) in offers.items()
        if row.stage in stages and officer.may(grant, row) and fits(act)
    ]


def paper(content: bytes, name: str) -> HttpResponse:
    """A form as PDF, shown in the browser."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
