"""延时服务的表单: what is typed when somebody is served beyond closing time, refused, called back, or leads a window?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from onewindow.people.models import Officer
from onewindow.places.models import Line
from onewindow.rules.extending import GRADE_WORDS, GROUND_WORDS
from onewindow.rules.queueing import PRIORITY_WORDS, Priority
from onewindow.web.asking import AskingForm
from onewindow.web.forms.absence import DAY
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.phone import PhoneField
from onewindow.web.forms.refusal import area

GROUNDS = [(ground.value, word) for ground, word in GROUND_WORDS.items()]


class NewForm(AskingForm):
    """Somebody without a number."""

    name = forms.CharField(label="申请人", max_length=40, required=False, help_text="读过证件的不用写")
    phone = PhoneField("联系电话", required=False, help_text="回访时用")
    what = forms.CharField(
        label="办理什么事项", max_length=100, help_text="写事项名称，任何进驻事项都可以；有办件编号的在下面写"
    )
    case = forms.CharField(label="办件编号", max_length=40, required=False)
    ground = forms.ChoiceField(label="延时的原因", choices=GROUNDS, initial=GROUNDS[0][0])
    why = forms.CharField(label="说明", max_length=200, required=False, help_text="选“其他原因”的必须写")


class DeclinedForm(AskingForm):
    """Somebody asked in words and was not served longer."""

    what = forms.CharField(label="来人要办什么事", max_length=100)
    reason = area("为什么不能延时", "请写明理由，督查会看到。", max_length=200)


class SignatureForm(AskingForm):
    """The applicant's signature: from the pad, or on the printed form."""

    signature = forms.CharField(widget=forms.HiddenInput, required=False)
    on_paper = forms.BooleanField(label="已在打印的登记表上签字", required=False)


class ServedForm(AskingForm):
    """What came of it; and who he is, where neither his number nor a case says so."""

    name = forms.CharField(
        label="申请人姓名", max_length=40, required=False, help_text="刷过证件、收过件的不用写"
    )
    phone = PhoneField("联系电话", required=False, help_text="回访时用")
    outcome = forms.CharField(label="办理结果", max_length=200, help_text="如：当场办结、已受理 1 件")


class PeriodForm(AskingForm):
    """From which day to which."""

    since = forms.DateField(label="从哪天起", widget=DAY)
    until = forms.DateField(label="到哪天止", widget=DAY)


class CallForm(AskingForm):
    """What was said on the telephone."""

    reached = forms.ChoiceField(
        label="回访结果", choices=[("yes", "联系到了"), ("no", "没有联系上")], widget=forms.RadioSelect
    )
    grade = forms.TypedChoiceField(
        label="对窗口的延时服务",
        choices=[("", "没有问到"), *((str(n), word) for n, word in GRADE_WORDS.items())],
        coerce=int,
        empty_value=None,
        required=False,
    )
    opinion = area("意见", "", max_length=300, required=False)
    suggestion = area("建议", "", max_length=300, required=False)


class LeaderForm(AskingForm):
    """Who leads a window."""

    officer = PersonField("负责人", help_text="这个窗口的延时服务由他牵头，有请求时会通知他。")

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class OutsideForm(AskingForm):
    """A number outside the hours, with its reason."""

    line = forms.ModelChoiceField(queryset=Line.objects.none(), label="哪一队", empty_label="请选择")
    priority = forms.ChoiceField(
        label="优先情形",
        initial=Priority.ORDINARY.value,
        choices=[(one.value, word) for one, word in PRIORITY_WORDS.items() if one is not Priority.BOOKED],
    )
    outside = forms.CharField(
        label="为什么现在给号", max_length=100, help_text="如：从外地赶来，窗口同意办理。写下来会留存"
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, lines: QuerySet[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]


def span(asked: Any, today: date, days: int = 30) -> tuple[date, date]:
    """The days that were asked for; else the last month."""
    form = PeriodForm(asked) if "since" in asked else None
    if form is not None and form.is_valid() and form.cleaned_data["since"] <= form.cleaned_data["until"]:
        return form.cleaned_data["since"], form.cleaned_data["until"]
    return today - timedelta(days=days), today
