"""首问的表单: what was asked, how was it answered, and to whom is it offered?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from onewindow.guidance.acts import LONGEST
from onewindow.guidance.models import Asked
from onewindow.people.models import Officer
from onewindow.web.asking import AskingForm
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.refusal import area


class AskedForm(AskingForm):
    """首问登记."""

    channel = forms.ChoiceField(
        label="怎么问的", choices=Asked.Channel.choices, initial=Asked.Channel.COUNTER
    )
    what = area("问的是什么", "请写明问的是什么。", max_length=LONGEST)
    who = forms.CharField(label="谁问的", max_length=60, required=False, help_text="可以不写，如王先生")
    phone = forms.CharField(
        label="回电话的号码", max_length=30, required=False, help_text="电话问的必须写；加密保存"
    )
    case = forms.CharField(
        label="办件编号", max_length=40, required=False, help_text="问的是某一件的，写上编号"
    )
    answer = area(
        "怎么答复的", "", max_length=LONGEST, required=False, help_text="当场答了就写，登记完就了结"
    )


class AnswerAskedForm(AskingForm):
    """The answer."""

    text = area("怎么答复的", "请写明是怎么答复的。", max_length=LONGEST)


class OfferForm(AskingForm):
    """To whom it is offered; it stays here until he has confirmed."""

    to = PersonField("转给谁", help_text="他确认接收以前，还是由您负责。")

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
