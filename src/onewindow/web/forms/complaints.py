"""投诉的表单: what is asked of whoever complains, of whoever writes it down, and of whoever decides?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onewindow.places.models import Hall, Window
from onewindow.rules.account import GRAVITY_WORDS, PENALTY_WORDS
from onewindow.rules.complaints import (
    CHANNEL_WORDS,
    KIND_WORDS,
    SERVICE_WORDS,
    TAKEN_DOWN,
    Channel,
    Kind,
    Service,
)
from onewindow.web.asking import AskingForm
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.overdue import chosen
from onewindow.web.forms.phone import PhoneField
from onewindow.web.forms.refusal import area

_DAY = forms.DateInput(attrs={"type": "date"})


class ComplainForm(AskingForm):
    """In his own words; what is not his to know is not asked."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="投诉什么", widget=forms.RadioSelect)
    happened_on = forms.DateField(label="哪一天的事", widget=_DAY)
    what = area(
        "怎么回事",
        "请写明是怎么回事。",
        max_length=1000,
        help_text="时间、窗口、谁说了什么。请不要写身份证号。",
    )
    phone = PhoneField("您的电话", required=False, help_text="留了电话，有答复发短信告诉您。")

    def __init__(self, kinds: Iterable[Kind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, KIND_WORDS[k]) for k in kinds]  # type: ignore[attr-defined]


class TakenDownForm(ComplainForm):
    """A call, a visit or a letter, as the supervisor writes it down."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label="哪个大厅", empty_label="请选择")
    window = forms.ModelChoiceField(
        Window.objects.none(), label="哪个窗口", required=False, empty_label="不清楚"
    )
    officer = PersonField("哪位工作人员", required=False, empty_label="不清楚")
    service = forms.TypedChoiceField(
        label="在哪种服务里", choices=[(s.value, w) for s, w in SERVICE_WORDS.items()], coerce=Service
    )
    channel = forms.TypedChoiceField(
        label="怎么投诉的", choices=[(c.value, CHANNEL_WORDS[c]) for c in TAKEN_DOWN], coerce=Channel
    )
    name = forms.CharField(label="投诉人姓名", max_length=60, required=False)
    field_order = (
        "channel",
        "hall",
        "window",
        "officer",
        "service",
        "kind",
        "happened_on",
        "what",
        "name",
        "phone",
    )

    def __init__(self, kinds: Iterable[Kind], county: str, officers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(kinds, *args, **kwargs)
        self.fields["what"].help_text = "照他的话写。请不要写身份证号。"
        self.fields["phone"].label = "投诉人电话"
        self.fields["phone"].help_text = "留了电话的，有答复发短信告诉他。"
        self.fields["hall"].queryset = Hall.objects.filter(county=county).order_by("pk")  # type: ignore[attr-defined]
        self.fields["window"].queryset = windows(county)  # type: ignore[attr-defined]
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class FoundForm(AskingForm):
    """What was found out, and what follows."""

    verified = forms.TypedChoiceField(
        label="属实吗",
        choices=[("yes", "属实"), ("no", "不属实")],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    finding = area(
        "核查的情况", "请写明核查的情况。", max_length=1000, help_text="问了谁、看了什么，只有督查看得到"
    )
    answer = area(
        "答复投诉人", "请写明怎样答复。", max_length=500, help_text="投诉人会看到，不写工作人员受了什么处理"
    )
    window = forms.ModelChoiceField(
        Window.objects.none(), label="哪个窗口的责任", required=False, empty_label="属实的才选"
    )
    officer = PersonField("哪位工作人员的责任", required=False, empty_label="没有具体到人")
    gravity = forms.ChoiceField(
        label="情节", choices=chosen(GRAVITY_WORDS), required=False, help_text="属实的必须选"
    )
    penalty = forms.ChoiceField(label="怎样处理", choices=chosen(PENALTY_WORDS), required=False)
    remark = area("处理意见", "", max_length=500, required=False, help_text="属实的必须写，责任人会看到")

    def __init__(self, hall: int, officers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Window.objects.filter(hall=hall).order_by("number", "pk")
        self.fields["window"].queryset = here  # type: ignore[attr-defined]
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


def windows(county: str) -> Any:
    """The windows of all halls, hall by hall."""
    return (
        Window.objects.filter(hall__county=county, is_open=True)
        .select_related("hall")
        .order_by("hall", "number")
    )
