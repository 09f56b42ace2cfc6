"""选人: whom does one choose among colleagues, and where does each of them sit?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from onewindow.ground.clock import today
from onewindow.people.models import Officer
from onewindow.people.reads import with_seats

NOWHERE = "今天没有岗位"


class _ByOffice(ModelChoiceIterator):
    """The colleagues under the office where each sits today, with his post; one office alone needs no heading."""

    def __iter__(self) -> Iterator[Any]:
        field: forms.ModelChoiceField = self.field
        if field.empty_label is not None:
            yield "", field.empty_label
        people: QuerySet[Officer] = self.queryset
        offices: dict[str, list[Any]] = {}
        for one in with_seats(people, today()):
            offices.setdefault(getattr(one, "sits_in", None) or NOWHERE, []).append(self.choice(one))
        if len(offices) == 1:
            yield from next(iter(offices.values()))
        else:
            yield from offices.items()


class PersonField(forms.ModelChoiceField):
    """Choose among colleagues: by office, each with his number and his post of today."""

    iterator = _ByOffice

    def __init__(self, label: str, *, empty_label: str | None = "请选择", **told: Any) -> None:
        super().__init__(queryset=Officer.objects.none(), label=label, empty_label=empty_label, **told)

    def label_from_instance(self, obj: Officer) -> str:
        seat = getattr(obj, "seat", None)
        return f"{obj.name}（{obj.staff_no}）{seat or ''}"
