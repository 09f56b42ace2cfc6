"""便民服务的表单: what does a hall offer, what is asked for, and how is it arranged, signed and closed?"""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet

from onewindow.helping.models import Aid
from onewindow.people.models import Officer
from onewindow.rules.aids import STAGE_WORDS, WAY_WORDS, Way
from onewindow.rules.bookings import CHANNEL_WORDS, Channel
from onewindow.web.asking import AskingForm
from onewindow.web.forms.absence import DAY
from onewindow.web.forms.booking import CLOCK
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.phone import PhoneField
from onewindow.web.forms.refusal import area

HALVES = [(f"{n // 2:02}:{n % 2 * 30:02}",) * 2 for n in range(14, 42)]


class OfferForm(AskingForm):
    """A service of a hall, without a programmer."""

    way = forms.ChoiceField(
        label="种类",
        choices=[(way.value, word) for way, word in WAY_WORDS.items()],
        help_text="种类定怎么办：上门的有出发、到达和双方签字；绿色通道、帮办陪同到厅签到给号",
    )
    name = forms.CharField(label="名称", max_length=30)
    about = forms.CharField(label="对群众的说明", max_length=200, required=False)
    grounds = area(
        "哪些人可以申请", "请写。", max_length=600, required=False, help_text="一行一种情形；空着谁都可以申请"
    )
    fields_ = area(
        "另外要填的",
        "请写。",
        max_length=600,
        required=False,
        help_text="一行一项；必填的后面加“*”，如：楼层和有没有电梯*",
    )
    order = forms.IntegerField(label="排在第几", min_value=0, max_value=99, initial=0)

    def told(self) -> dict[str, Any]:
        """What the act takes."""
        said = dict(self.cleaned_data)
        rows = [line.strip() for line in said.pop("fields_").splitlines() if line.strip()]
        said["fields"] = [{"label": row.rstrip("*＊ ")[:40], "needed": row[-1] in "*＊"} for row in rows]
        said["grounds"] = [line.strip()[:40] for line in said["grounds"].splitlines() if line.strip()]
        return said


class WishForm(AskingForm):
    """What somebody asks for; the service adds its own questions."""

    on = forms.DateField(label="希望哪天", widget=DAY)
    begins = forms.TypedChoiceField(label="几点", choices=HALVES, coerce=time.fromisoformat, initial="09:00")
    phone = PhoneField("联系电话")
    note = forms.CharField(
        label="还有什么要先知道的", max_length=200, required=False, help_text="如：要办什么事、需要带轮椅"
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, aid: Aid, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aid = aid
        more: dict[str, forms.Field] = {}
        if aid.grounds:
            choices = [("", "请选择"), *((one, one) for one in aid.grounds)]
            more["ground"] = forms.ChoiceField(label="属于哪一种情形", choices=choices)
        if aid.course.at_home:
            more["address"] = forms.CharField(
                label="上门的地址",
                max_length=200,
                help_text="到门牌号；加密保存，只有办这件事的工作人员看得到",
            )
        for place, one in enumerate(aid.fields):
            more[f"own_{place}"] = forms.CharField(
                label=str(one["label"]), max_length=200, required=bool(one["needed"])
            )
        for field in more.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"
        self.fields = {**more, **self.fields}

    def told(self) -> dict[str, Any]:
        """What the act takes."""
        said = {
            name: text
            for name, text in self.cleaned_data.items()
            if not name.startswith("own_") and name not in ("once", "channel")
        }
        said["told"] = {
            str(one["label"]): self.cleaned_data[f"own_{place}"] for place, one in enumerate(self.aid.fields)
        }
        return said


class DayForm(AskingForm):
    """Another day and hour."""

    on = forms.DateField(label="改到哪天", widget=DAY)
    begins = forms.TypedChoiceField(label="几点", choices=HALVES, coerce=time.fromisoformat, initial="09:00")


class TakenDownWishForm(WishForm):
    """The same, written down by a clerk."""

    channel = forms.ChoiceField(
        label="怎么申请的",
        choices=[
            (c.value, CHANNEL_WORDS[c].replace("预约", "申请")) for c in (Channel.COUNTER, Channel.PHONE)
        ],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER.value,
    )


class ArrangeForm(AskingForm):
    """Who goes or helps, and when."""

    officer = PersonField("由谁去办")
    on = forms.DateField(label="哪天", widget=DAY)
    begins = forms.TimeField(label="几点", widget=CLOCK)

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class ReasonForm(AskingForm):
    """Why not, or what he said."""

    reason = forms.CharField(label="原因", max_length=300, help_text="申请人会看到")


class OutcomeForm(AskingForm):
    """What came of it."""

    outcome = forms.CharField(label="办理情况", max_length=200, help_text="如：收件 1 件，当场受理")


class SiftForm(forms.Form):
    """The register by service, stage and days."""

    aid = forms.ChoiceField(label="服务", required=False)
    stage = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            ("open", "没有办完的"),
            *((s.value, w) for s, w in list(STAGE_WORDS.items())[1:]),
        ],
    )
    since = forms.DateField(label="从", widget=DAY, required=False)
    until = forms.DateField(label="到", widget=DAY, required=False)

    def __init__(self, aids: list[Aid], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(one.pk), f"{one.hall}：{one}") for one in aids if one.way != Way.BOOKING]
        self.fields["aid"].choices = [("", "全部"), *rows]  # type: ignore[attr-defined]
