"""预约的表单: what is typed when somebody books, answers, rings up, signs, or arranges who is on duty?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from onewindow.people.models import Duty, Officer
from onewindow.places.models import Window
from onewindow.rules.bookings import CHANNEL_WORDS, GROUNDS, Channel
from onewindow.rules.opening import SESSION_WORDS
from onewindow.web.asking import AskingForm
from onewindow.web.forms.absence import DAY
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.phone import PhoneField
from onewindow.web.forms.refusal import area

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WEEKDAYS = [(str(n), f"星期{word}") for n, word in enumerate("一二三四五六日", start=1)]


class BookForm(AskingForm):
    """The last step of a booking: the telephone, and what the window should know."""

    phone = PhoneField("联系电话", help_text="约的时间没到会打这个电话；只用于这次预约")
    note = forms.CharField(
        label="想让窗口先知道的", max_length=200, required=False, help_text="如：坐轮椅来、要办两份"
    )
    begins = forms.TimeField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)


class TakenDownForm(BookForm):
    """The same, written down by a clerk: how he asked, and under which number he rang."""

    channel = forms.ChoiceField(
        label="怎么约的",
        choices=[(c.value, CHANNEL_WORDS[c]) for c in (Channel.COUNTER, Channel.PHONE)],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER.value,
    )
    field_order = ("channel", "phone", "note")


class SeatForm(AskingForm):
    """At which window, and who serves there."""

    window = forms.ModelChoiceField(
        queryset=Window.objects.none(), label="在哪个窗口办", empty_label="请选择"
    )
    officer = PersonField("由谁承办", help_text="那一场就排上他值班。")

    def __init__(
        self, windows: QuerySet[Window], people: QuerySet[Officer], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = windows  # type: ignore[attr-defined]
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class ProposeForm(SeatForm):
    """Another time, with who stands ready for it."""

    on = forms.DateField(label="另约哪天", widget=DAY)
    begins = forms.TimeField(label="几点", widget=CLOCK)
    field_order = ("on", "begins", "window", "officer")


class RefuseForm(AskingForm):
    """Why not: that it is a day off is no ground."""

    ground = forms.ChoiceField(label="不同意的理由", choices=[("", "请选择"), *GROUNDS.items()])
    reason = area(
        "怎样向申请人解释的",
        "请写明怎样解释的，申请人会看到。",
        max_length=300,
        help_text="不能以非工作日为由拒绝；写了的会列入监督",
    )


class TryForm(AskingForm):
    """Somebody was rung up."""

    reached = forms.ChoiceField(
        label="联系结果",
        choices=[("no", "没有联系上"), ("yes", "联系到了")],
        widget=forms.RadioSelect,
    )
    note_told = forms.CharField(label="说明", max_length=200, required=False)


class CancelForm(AskingForm):
    """Why the office cancels, or what he said on the telephone."""

    reason = forms.CharField(label="原因", max_length=200)


class SignatureForm(AskingForm):
    """The applicant's signature: from the pad, or on the printed form."""

    signature = forms.CharField(widget=forms.HiddenInput, required=False)
    on_paper = forms.BooleanField(label="已在打印的登记表上签字", required=False)


class ServedForm(AskingForm):
    """What came of the visit."""

    outcome = forms.CharField(label="办理情况", max_length=200, required=False, help_text="如：已受理 3 件")


class DutyForm(AskingForm):
    """Who is on duty in which part."""

    role = forms.ChoiceField(
        label="职责", choices=[(r.value, r.label) for r in Duty.Role if r is not Duty.Role.WINDOW]
    )
    officer = PersonField("谁")
    section = forms.CharField(label="股室", max_length=40, required=False, help_text="值班股室的写")
    phone = PhoneField("值班电话", required=False, help_text="写单位电话")

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class TroubleForm(AskingForm):
    """A difficulty met with."""

    what = area("遇到了什么困难", "请写明遇到了什么困难。", max_length=300)


class OutcomeForm(AskingForm):
    """What came of it."""

    outcome = area("怎么协调、结果怎样", "请写明结果。", max_length=300)


class WithdrawForm(AskingForm):
    """Why a sitting does not take place."""

    reason = forms.CharField(label="为什么撤销", max_length=120, help_text="约了的人会看到")


class LiftForm(AskingForm):
    """Why he may book again."""

    reason = area("恢复的理由", "请写明恢复的理由。", max_length=200)


class CodeForm(AskingForm):
    """The code that somebody shows at the door."""

    code = forms.CharField(label="预约码", max_length=12, help_text="八位，申请人在“我的预约”里看得到")


class HoursForm(AskingForm):
    """From when to when a hall is open on which days."""

    kind = forms.ChoiceField(label="场次", choices=[(k.value, word) for k, word in SESSION_WORDS.items()])
    weekdays = forms.MultipleChoiceField(
        label="星期几",
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        initial=[n for n, _ in WEEKDAYS],
        help_text="工作时间、班前、午间、晚间只在工作日有，调休上班的周末也有；双休日、节假日按放假通知",
    )
    begins = forms.TimeField(label="从几点", widget=CLOCK)
    ends = forms.TimeField(label="到几点", widget=CLOCK)
    since = forms.DateField(label="从哪天起", widget=DAY)


class LastDayForm(AskingForm):
    """Until when."""

    last_day = forms.DateField(label="最后一天", widget=DAY)
