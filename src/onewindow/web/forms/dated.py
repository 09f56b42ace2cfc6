"""补录的表单: on which day did it happen, and why is it written down only now?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.web.forms.deeds import DeedForm, ReceiveForm, TakerForm


def day_field(label: str) -> forms.DateField:
    """The day on which it really happened; empty means today."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput,
        help_text="今天的不用填；补录最多往前几个工作日由本地设定，期限从那天起算",
        error_messages={"invalid": "日期请写成 2026-10-12 这样。"},
    )


def why_field() -> forms.CharField:
    return forms.CharField(
        label="为什么今天才登记",
        max_length=300,
        required=False,
        help_text="填了日子就要写，监督部门看得到",
    )


class DatedFields(forms.Form):
    """Only for what came from outside; an act of the office has the day on which it is written down."""

    is_dated = True  # the page folds the day and its reason away (case/dated.html)
    on = day_field("实际是哪天的事")
    why_late = why_field()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("on") and not str(told.get("why_late", "")).strip():
            self.add_error("why_late", "不是今天发生的，请写明为什么今天才登记。")
        return told

    @property
    def late(self) -> dict[str, Any]:
        """As the acts take it."""
        return {"on": self.cleaned_data["on"], "why_late": self.cleaned_data["why_late"]}


class DatedForm(DatedFields, DeedForm):
    """Pressing the button, and the day."""


class DatedReceiveForm(DatedFields, ReceiveForm):
    """收补正, and the day on which it came."""


class DatedTakerForm(DatedFields, TakerForm):
    """领取人, and the day on which he signed."""
