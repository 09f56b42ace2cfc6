"""找人和建档: which paper did the clerk read, and what is written down of somebody who comes for the first time?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from onewindow.people.acts import PartyData
from onewindow.people.acts.relations import CARD, OF_KIND, PAPERS
from onewindow.people.models import PaperKind, Party
from onewindow.people.reads import party_by_paper
from onewindow.rules import identity

# The 18 digits of a foreigner's new card tell the birth date and the old card does not: that one is asked.
_TELLS_BIRTH = (PaperKind.RESIDENT, PaperKind.HOUSEHOLD, PaperKind.HMT_RESIDENCE)


class PaperForm(forms.Form):
    """One paper: its kind and number, and what else makes it the only one."""

    paper_kind = forms.ChoiceField(label="证件", choices=PaperKind.choices, initial=PaperKind.RESIDENT)
    paper_number = forms.CharField(
        label="号码",
        max_length=60,
        error_messages={"required": "请刷证件，或者输入号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )
    nation = forms.CharField(
        label="护照的国家（地区）代码", max_length=3, required=False, help_text="三个字母，如 USA"
    )
    holder = forms.CharField(label="单位全称", max_length=100, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        kind, number = told.get("paper_kind"), told.get("paper_number")
        if kind and number and (fault := identity.paper_fault(kind, number, self.today)):
            self.add_error("paper_number", fault)
        if kind == PaperKind.PASSPORT and not told.get("nation"):
            self.add_error("nation", "请填写护照上的国家（地区）代码，如 CHN、USA。")
        if kind == PaperKind.OTHER_ORG and not told.get("holder"):
            self.add_error("holder", "请填写证明文件上的单位全称。")
        return told

    def found(self) -> Party | None:
        """The file of this paper."""
        told = self.cleaned_data
        return party_by_paper(
            told["paper_kind"], told["paper_number"], nation=told["nation"], name=told["holder"]
        )


_SPEAKERS = [
    (kind.value, kind.label)
    for kind in (
        PaperKind.RESIDENT,
        PaperKind.HMT_RESIDENCE,
        PaperKind.HK_MACAO_PASS,
        PaperKind.TAIWAN_PASS,
        PaperKind.FOREIGN_RESIDENCE,
    )
]


class SeenForm(forms.Form):
    """Which papers the clerk has held against what is registered."""

    papers = forms.MultipleChoiceField(
        label="核对过的原件", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = (*OF_KIND[party.kind], CARD)
        self.fields["papers"].choices = [(key, PAPERS[key]) for key in keys]  # type: ignore[attr-defined]


class SpeakerForm(SeenForm):
    """The guardian of a person, or the representative of an organisation, as the papers name him."""

    paper_kind = forms.ChoiceField(label="证件", choices=_SPEAKERS, initial=PaperKind.RESIDENT)
    paper_number = forms.CharField(
        label="证件号码", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label="姓名", max_length=60)
    relation = forms.CharField(
        label="监护人与申请人的关系", max_length=20, required=False, help_text="如母亲、父亲"
    )
    field_order = ("paper_kind", "paper_number", "name", "relation", "papers")

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, party=party, **kwargs)
        if party.kind == Party.Kind.ORG:
            del self.fields["relation"]

    def speaker(self) -> PartyData:
        told = self.cleaned_data
        return PartyData(paper_kind=told["paper_kind"], paper_number=told["paper_number"], name=told["name"])


class FileForm(forms.Form):
    """建档: a person or an organisation that comes for the first time, or whose file is brought up to date."""

    paper_kind = forms.ChoiceField(label="证件", choices=PaperKind.choices)
    paper_number = forms.CharField(label="号码", max_length=60)
    nation = forms.CharField(label="国家（地区）代码", max_length=3, required=False)
    name = forms.CharField(
        label="姓名或单位全称", max_length=100, error_messages={"required": "请按证件填写姓名或单位全称。"}
    )
    renamed = forms.BooleanField(label="已核对更名证明，按新名称登记", required=False)
    phone = forms.CharField(
        label="联系电话", max_length=30, required=False, help_text="办理进度会发到这个号码"
    )
    address = forms.CharField(label="地址", max_length=200, required=False)
    born = forms.DateField(
        label="出生日期",
        required=False,
        widget=forms.DateInput,
        error_messages={"invalid": "出生日期请写成 1988-03-10 这样。"},
    )
    sex = forms.ChoiceField(
        label="性别", choices=(("", "未说明"), ("男", "男"), ("女", "女")), required=False
    )
    legal_representative = forms.CharField(
        label="法定代表人（负责人、经营者）", max_length=60, required=False
    )
    guardian_number = forms.CharField(label="监护人的居民身份证号码", max_length=30, required=False)
    guardian_name = forms.CharField(label="监护人姓名", max_length=60, required=False)
    guardian_relation = forms.CharField(
        label="监护人与申请人的关系", max_length=20, required=False, help_text="如母亲、父亲"
    )

    FILE = (
        "paper_kind",
        "paper_number",
        "name",
        "phone",
        "address",
        "nation",
        "born",
        "sex",
        "legal_representative",
        "guardian_relation",
        "renamed",
    )

    # Asked only where the number of the paper does not say it.
    ask_born = "|".join(kind for kind in PaperKind.values if kind not in (*_TELLS_BIRTH, *identity.ORG_KINDS))
    ask_sex = "|".join(
        kind for kind in PaperKind.values if not identity.tells_sex(kind) and kind not in identity.ORG_KINDS
    )

    def __init__(self, *args: Any, known: Party | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is None:
            return
        self.fields["paper_number"].required = False
        for name in ("paper_number", "phone", "address"):
            if there := getattr(known, name):
                self.fields[name].help_text = f"档案里是 {identity.masked(there)}，不改就留空"

    def guardian(self) -> PartyData | None:
        """The guardian's own file, when one was named."""
        told = self.cleaned_data
        if not told["guardian_number"]:
            return None
        return PartyData(
            paper_kind=PaperKind.RESIDENT, paper_number=told["guardian_number"], name=told["guardian_name"]
        )

    def told(self, guardian: Party | None) -> PartyData:
        told = {name: self.cleaned_data[name] for name in self.FILE}
        if self.known is not None and not told["paper_number"]:
            told["paper_number"] = self.known.paper_number
        return PartyData(**told, guardian=guardian)
