"""休假和移交的表单: from when to when, who stands in, who is B, and to whom is handed over?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from onewindow.people.acts import Leave
from onewindow.people.models import Absence, Holding, Officer, Post
from onewindow.web.asking import AskingForm
from onewindow.web.forms.colleagues import PersonField

DAY = forms.DateInput(attrs={"type": "date"})
TAKE_ALL = "all"


def beside(posts: Iterable[Post], day: date, *but: int) -> QuerySet[Officer]:
    """Those who sit in the same departments or halls, whom one may name."""
    offices = list(posts)
    near = Q(post__department__in={one.department_id for one in offices if one.department_id})
    near |= Q(post__hall__in={one.hall_id for one in offices if one.hall_id})
    if any(one.department_id is None and one.hall_id is None for one in offices):
        near |= Q(post__county__in={one.county for one in offices}, post__scope=Post.Scope.COUNTY)
    held = Holding.objects.filter(near, since__lte=day).exclude(until__lt=day)
    people = Officer.objects.filter(pk__in=held.values("officer"), left_on__isnull=True)
    return people.exclude(pk__in=but).order_by("staff_no")


class LeaveForm(AskingForm):
    """休假: which kind, from when to when."""

    kind = forms.ChoiceField(label="种类", choices=Absence.Kind.choices, initial=Absence.Kind.LEAVE)
    since = forms.DateField(label="从哪天起", widget=DAY)
    from_noon = forms.BooleanField(label="第一天下午才走", required=False)
    until = forms.DateField(label="到哪天止", help_text="B角从第一天顶到最后一天，到期自动结束。", widget=DAY)
    to_noon = forms.BooleanField(label="最后一天下午就回来", required=False)
    reason = forms.CharField(label="说明", max_length=200, required=False, help_text="可以不写")

    def leave(self) -> Leave:
        told = self.cleaned_data
        names = ("kind", "since", "until", "from_noon", "to_noon", "reason")
        return Leave(**{name: told[name] for name in names})


class SentForm(LeaveForm):
    """The same, entered by the head, who may name another than B."""

    takes_over = PersonField(
        "由谁顶岗", required=False, help_text="不选就由B角顶；B角也不在的，在这里写明由谁顶。"
    )

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["takes_over"].queryset = people  # type: ignore[attr-defined]


class WhoForm(AskingForm):
    """One colleague."""

    officer = PersonField("哪位同志")

    def __init__(self, people: QuerySet[Officer], *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
        self.fields["officer"].label = label or "哪位同志"


class HandForm(AskingForm):
    """移交给谁，为什么."""

    to = PersonField("移交给谁")
    reason = forms.CharField(label="原因", max_length=200, help_text="如调岗、离岗、长期外出。")

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
