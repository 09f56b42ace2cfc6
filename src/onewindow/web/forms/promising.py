"""承诺的表: what is asked for when a promise is signed, what was promised is brought and judged, and when it is checked?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms

from onewindow.cases.acts.receive import Found
from onewindow.rules import promises
from onewindow.web.forms.dated import DatedFields
from onewindow.web.forms.deeds import DeedForm, ReceiveForm
from onewindow.web.forms.refusal import area


class SignForm(DeedForm):
    """签承诺书: on the screen, or on paper."""

    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    on_paper = forms.BooleanField(label="申请人已在纸质承诺书上签字，原件存档", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("on_paper") and not told.get("signature"):
            self.add_error("on_paper", "请申请人在签名板上签名，或者签好纸质承诺书后勾选。")
        return told


class LaterForm(SignForm):
    """容缺受理: signed here, unless the applicant signed online when he handed in."""

    def prepare(self) -> None:
        if promises.asked(self.whole.now.seen) is not None:
            del self.fields["signature"], self.fields["on_paper"]

    def clean(self) -> dict[str, Any]:
        return super().clean() if "on_paper" in self.fields else self.cleaned_data


class SupplyForm(DatedFields, ReceiveForm):
    """收容缺材料: which of the papers promised have come, with their scans, and on which day."""

    def prepare(self) -> None:
        told = promises.deferral(self.whole.now.seen)
        owed = set(told.owed) if told else set()
        found = [paper.material for paper in self.whole.papers if paper.material.pk in owed]
        self.points = [
            SimpleNamespace(material_id=m.pk, material_name=m.name, demand="按承诺书补交")  # type: ignore[misc]
            for m in found
        ]
        self.scans = {}
        self.fields["came"].choices = [(str(m.pk), m.name) for m in found]  # type: ignore[attr-defined]


class JudgeSupplyForm(DeedForm):
    """核对补交的材料: each fits, or what is wrong with it."""

    def prepare(self) -> None:
        told = promises.deferral(self.whole.now.seen)
        waits = set(told.waits) if told else set()
        self.materials = [paper.material for paper in self.whole.papers if paper.material.pk in waits]
        for material in self.materials:
            self.fields[f"v-{material.pk}"] = forms.ChoiceField(
                label=material.name,
                choices=[("fits", "符合"), ("wrong", "不符")],
                widget=forms.RadioSelect,
                error_messages={"required": f"请核对“{material.name}”。"},
            )
            self.fields[f"why-{material.pk}"] = forms.CharField(
                label=f"{material.name}不符在哪里",
                max_length=300,
                required=False,
                help_text="核为不符的要写，会原样印在告知书上",
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for material in self.materials:
            if told.get(f"v-{material.pk}") == "wrong" and not told.get(f"why-{material.pk}"):
                self.add_error(f"why-{material.pk}", "请写明哪里不符、怎样改。")
        return told

    def findings(self) -> dict[int, Found]:
        told = self.cleaned_data
        return {m.pk: Found(told[f"v-{m.pk}"], told[f"why-{m.pk}"]) for m in self.materials}


class KeptForm(DeedForm):
    """核查属实: how it was checked and what was found."""

    found = area("核查的情况", "请写明怎样核查的、查到什么。", max_length=2000)


class MendForm(DeedForm):
    """责令限期整改: what was found, what is to be put right, by when."""

    found = area("核查的情况", "请写明核查时查到什么。", max_length=2000, help_text="会印在限期整改通知书上")
    demand = area("整改的要求", "请写明要整改什么。", max_length=2000, help_text="会印在限期整改通知书上")
    mend_by = forms.DateField(
        label="整改的期限",
        required=False,
        help_text="不写的，按本地设定的天数",
        error_messages={"invalid": "日期请写成 2026-10-12 这样。"},
    )


class MendedForm(DeedForm):
    """整改到位: how it was made sure."""

    result = area("核实的情况", "请写明怎样核实整改到位的。", max_length=2000)


class AnnounceForm(DeedForm):
    """拟撤销告知: grounds and basis, which the applicant reads."""

    grounds = area(
        "理由", "请写明承诺了什么，查到什么。", max_length=2000, help_text="会原样印在告知书和撤销决定书上"
    )
    basis = forms.CharField(
        label="依据", max_length=300, error_messages={"required": "请写明撤销的依据：哪部法律、第几条。"}
    )


class FraudForm(DeedForm):
    """拟撤销告知: by which fraud it was got, which the applicant reads."""

    grounds = area(
        "查明的事实",
        "请写明查明的事实。",
        max_length=2000,
        help_text="用什么不正当手段取得了许可；会原样印在告知书和撤销决定书上",
    )


class StatementForm(DeedForm):
    """陈述申辩: his words."""

    statement = area("陈述申辩", "请写下他的意见；没有意见的，写“没有意见”。", max_length=2000)


class RevokeForm(DeedForm):
    """撤销: what else is to be said."""

    remark = forms.CharField(label="对陈述申辩的复核意见", max_length=1000, required=False)


class DropForm(DeedForm):
    """不予撤销: why."""

    remark = area("不撤销的理由", "请写明为什么不撤销。", max_length=1000)
