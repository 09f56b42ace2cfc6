"""费用、利害关系人、限制申请的表: what is asked for when an officer bills, collects, hears others, or bars?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.cases.acts.bars import Finding
from onewindow.cases.acts.fees import Charged
from onewindow.cases.acts.third import Touched
from onewindow.cases.models import Third, ThirdStatement
from onewindow.people.models import Block
from onewindow.rules.fees import BillState, bills
from onewindow.rules.grants import NotAllowed
from onewindow.rules.third import states
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.moving import a_day
from onewindow.web.forms.refusal import area

_MONEY: dict[str, Any] = {
    "max_digits": 10,
    "decimal_places": 2,
    "min_value": 0,
    "error_messages": {
        "invalid": "金额请写成数字，如 20.00。",
        "required": "请写明金额。",
        "max_decimal_places": "金额最多两位小数。",
        "min_value": "金额不能是负数。",
    },
}


class BillForm(DeedForm):
    """缴费通知书: how many of each fee that the guide lists; price and how it was reckoned where the guide names none."""

    def prepare(self) -> None:
        self.listed = list((self.case.version.content.get("fee") or {}).get("items", ()))
        for n, one in enumerate(self.listed):
            self.fields[f"count-{n}"] = forms.IntegerField(
                label=f"{one['name']}，数量",
                min_value=0,
                max_value=9999,
                initial=1 if len(self.listed) == 1 else 0,
                help_text=f"标准：{one.get('standard', '')}。不收这一项的填 0。",
                error_messages={"required": "请填数量，不收的填 0。", "invalid": "数量请填整数。"},
            )
            if not one.get("amount"):
                self.fields[f"price-{n}"] = forms.DecimalField(
                    label=f"{one['name']}，每一份的金额（元）", required=False, **_MONEY
                )
                self.fields[f"how-{n}"] = forms.CharField(
                    label=f"{one['name']}，怎样计算", required=False, max_length=200
                )

    def charged(self) -> list[Charged]:
        """What was filled in, without the fees of which there are none."""
        told = self.cleaned_data
        return [
            Charged(
                name=one["name"],
                count=told[f"count-{n}"],
                price=told.get(f"price-{n}"),
                how=told.get(f"how-{n}") or "",
            )
            for n, one in enumerate(self.listed)
            if told[f"count-{n}"]
        ]


class BillAgainForm(BillForm):
    """另开缴费通知书: the same, with the head's reason."""

    why = area("为什么另开", "请写明为什么另开。", max_length=500, help_text="会原样印在缴费通知书上")


class _OfBill(DeedForm):
    """Something about the bill that is open for it."""

    def open_ones(self) -> list[BillState]:
        return [one for one in bills(self.whole.now.seen) if self.fits(one)]

    def fits(self, one: BillState) -> bool:
        return bool(one.due)

    @property
    def bill(self) -> int:
        found = self.open_ones()
        if not found:
            raise NotAllowed("没有等着缴的费用，或者已经缴清。请刷新后再看。")
        return found[-1].bill


class CollectForm(_OfBill):
    """窗口收费: the whole sum, the receipt, who pays."""

    amount = forms.DecimalField(label="收到的金额（元）", **_MONEY)
    receipt = forms.CharField(
        label="财政票据号码", max_length=40, error_messages={"required": "请填写财政票据号码。"}
    )
    payer = forms.CharField(label="缴款人", max_length=100, error_messages={"required": "请写明缴款人。"})

    def prepare(self) -> None:
        found = self.open_ones()
        self.fields["payer"].initial = self.case.applicant_name
        if found:
            self.fields["amount"].initial = found[-1].due
            self.fields["amount"].help_text = f"要一次缴清 {found[-1].due} 元"


class ReliefForm(_OfBill):
    """提请减免: how much, on what ground, by which text."""

    amount = forms.DecimalField(label="减免多少（元）", **_MONEY)
    ground = area("减免的理由", "请写明减免的理由。", max_length=500)
    basis = forms.CharField(
        label="依据",
        max_length=300,
        help_text="文件名称和第几条，如办事指南写明的减免规定",
        error_messages={"required": "请写明依据，没有依据不能减免。"},
    )


class RefundForm(_OfBill):
    """提请退付: how much, and why."""

    amount = forms.DecimalField(label="退付多少（元）", **_MONEY)
    reason = area("退付的理由", "请写明退付的理由。", max_length=500)

    def fits(self, one: BillState) -> bool:
        return bool(one.left)


class ThirdForm(DeedForm):
    """确定利害关系人: who, how to reach him, in what it touches him."""

    name = forms.CharField(
        label="利害关系人", max_length=100, error_messages={"required": "请写明利害关系人是谁。"}
    )
    organisation = forms.BooleanField(label="是单位", required=False)
    contact = forms.CharField(
        label="怎样联系",
        max_length=200,
        required=False,
        help_text="地址或者电话，加密保存，申请人看不到",
    )
    concerns = area(
        "直接关系他的什么重大利益",
        "请写明直接关系他的什么重大利益。",
        max_length=500,
        help_text="会原样印在告知书上，不要写申请人的个人信息",
    )

    def who(self) -> Touched:
        told = self.cleaned_data
        return Touched(**{name: told[name] for name in ("name", "organisation", "contact", "concerns")})


class _OfThird(DeedForm):
    """Something about one of those who are named and still count."""

    third = forms.ChoiceField(
        label="哪一位", widget=forms.RadioSelect, error_messages={"required": "请选择哪一位利害关系人。"}
    )

    def prepare(self) -> None:
        fit = {one.third for one in states(self.whole.now.seen) if not one.gone and self.fits(one)}
        rows = Third.objects.filter(case=self.case, pk__in=fit).order_by("pk")
        choices = [(str(one.pk), one.name) for one in rows]
        self.fields["third"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["third"].initial = choices[0][0]

    def fits(self, one: Any) -> bool:
        return one.reply_by is not None


class TellForm(_OfThird):
    """登记送达: on which day and how the notice reached him."""

    way = forms.ChoiceField(
        label="怎样送达的",
        choices=Third.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样送达的。"},
    )
    told_on = a_day("送达的日期", required=True, help_text="他的期限从这一天的第二天起算")

    def prepare(self) -> None:
        super().prepare()
        self.fields["told_on"].initial = self.officer.day

    def fits(self, one: Any) -> bool:
        return one.reply_by is None


class SayForm(_OfThird):
    """记下利害关系人的意见."""

    how = forms.ChoiceField(
        label="怎样提出的",
        choices=[one for one in ThirdStatement.How.choices if one[0] != ThirdStatement.How.ONLINE],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样提出的。"},
    )
    text = area("意见", "请写下他的意见。", max_length=4000)
    hearing = forms.BooleanField(
        label="要求听证",
        required=False,
        help_text="期限过了才提出的也照样勾选记下，由承办部门决定要不要听证",
    )
    said_on = a_day("哪一天提出的", help_text="不是今天的，要写明为什么今天才登记")
    why_late = forms.CharField(label="为什么今天才登记", max_length=300, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["said_on"].initial = self.officer.day


class HearForm(_OfThird):
    """听取意见: how it was weighed."""

    weighed = area(
        "采纳了没有，为什么", "请写明采纳了没有，为什么。", max_length=1000, help_text="他凭查询码看得到"
    )

    def fits(self, one: Any) -> bool:
        return one.spoke and not one.heard


class ReleaseForm(_OfThird):
    """不再列为利害关系人."""

    why = area("理由", "请写明为什么不再列为利害关系人。", max_length=300)

    def fits(self, one: Any) -> bool:
        return not one.spoke


class BarForm(DeedForm):
    """警告和限制申请: what was found and by which decision."""

    ground = forms.ChoiceField(
        label="哪一种情形",
        choices=Block.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是哪一种情形。"},
    )
    facts = area("查明的事实", "请写明查明的事实。", max_length=1000, help_text="会写进决定书")
    decision = forms.CharField(
        label="依据的决定书和文号",
        max_length=200,
        required=False,
        help_text="空着，依据就是本件的撤销决定或者不予决定；另有行政处罚的，写处罚决定书",
    )
    decided_on = a_day("那份决定的日期", help_text="同上，可以空着")

    def prepare(self) -> None:
        granted = self.case.decided_on is not None and self.whole.case.decision.granted
        self.fields["ground"].initial = Block.Ground.FRAUD if granted else Block.Ground.FALSE_PAPERS

    def finding(self) -> Finding:
        told = self.cleaned_data
        return Finding(**{name: told[name] for name in ("ground", "facts", "decision", "decided_on")})


class LiftForm(DeedForm):
    """提请解除限制申请."""

    why = area("解除的理由", "请写明解除的理由。", max_length=500)
