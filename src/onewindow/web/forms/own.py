"""本人的表单: what is asked of somebody who registers, enters a child or a firm, or puts his own file right?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.people.acts import PartyData
from onewindow.people.models import PaperKind, Party
from onewindow.people.passwords import long_enough
from onewindow.web.asking import AskingForm
from onewindow.web.forms.phone import PhoneField

_PERSONS = [
    (kind.value, kind.label) for kind in PaperKind if kind not in (PaperKind.USCC, PaperKind.OTHER_ORG)
]
_ADULTS = [pair for pair in _PERSONS if pair[0] != PaperKind.HOUSEHOLD]
_WARDS = [(PaperKind.HOUSEHOLD.value, "户口簿"), (PaperKind.RESIDENT.value, PaperKind.RESIDENT.label)]


class PhoneForm(AskingForm):
    """The telephone that gets the code."""

    phone = forms.CharField(
        label="手机号码",
        max_length=20,
        help_text="以后的办理进度也发到这个号码",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class RegisterForm(AskingForm):
    """The code, the paper, and the name and password to sign in with."""

    code = forms.CharField(
        label="短信验证码",
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    name = forms.CharField(label="姓名", max_length=60, help_text="和证件上一样")
    paper_kind = forms.ChoiceField(label="证件", choices=_ADULTS, initial=PaperKind.RESIDENT)
    paper_number = forms.CharField(
        label="证件号码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    nation = forms.CharField(
        label="护照的国家（地区）代码", max_length=3, required=False, help_text="用护照的填，三个字母，如 USA"
    )
    born = forms.DateField(
        label="出生日期", required=False, help_text="用护照、通行证、军官证的填", widget=forms.DateInput
    )
    username = forms.CharField(
        label="用户名",
        max_length=60,
        help_text="以后登录用，可以用手机号码，也可以用小写字母开头的名字",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = forms.CharField(
        label="密码",
        help_text=long_enough("，不能全是数字，不能是常见密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="再输入一次密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password1") and told.get("password2") and told["password1"] != told["password2"]:
            self.add_error("password2", "两次输入的密码不一样，请重新输入。")
        return told

    def party(self, phone: str) -> PartyData:
        told = self.cleaned_data
        return PartyData(
            paper_kind=told["paper_kind"],
            paper_number=told["paper_number"],
            name=told["name"],
            nation=told["nation"],
            born=told["born"],
            phone=phone,
        )


class WardForm(AskingForm):
    """A child for whom somebody acts."""

    name = forms.CharField(label="孩子的姓名", max_length=60)
    paper_kind = forms.ChoiceField(label="证件", choices=_WARDS, initial=PaperKind.HOUSEHOLD)
    paper_number = forms.CharField(label="证件号码", max_length=40, help_text="户口簿上的公民身份号码，18 位")
    relation = forms.CharField(label="您是孩子的", max_length=20, help_text="如母亲、父亲")

    def party(self, guardian: Party) -> PartyData:
        told = self.cleaned_data
        return PartyData(
            paper_kind=told["paper_kind"],
            paper_number=told["paper_number"],
            name=told["name"],
            guardian=guardian,
            guardian_relation=told["relation"],
        )


class FirmForm(AskingForm):
    """A firm that somebody represents."""

    name = forms.CharField(label="单位全称", max_length=100, help_text="和营业执照上一样")
    paper_number = forms.CharField(label="统一社会信用代码", max_length=40)
    phone = forms.CharField(label="单位电话", max_length=30, required=False)

    def party(self, representative: Party) -> PartyData:
        told = self.cleaned_data
        return PartyData(
            paper_kind=PaperKind.USCC,
            paper_number=told["paper_number"],
            name=told["name"],
            phone=told["phone"] or representative.phone,
        )


class ContactForm(AskingForm):
    """What one may put right oneself."""

    phone = PhoneField(
        "手机号码",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    address = forms.CharField(label="地址", max_length=200, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="填了的话，办理进度也发到邮箱",
        error_messages={"invalid": "邮箱的写法不对，请核对。"},
    )
    code = forms.CharField(
        label="短信验证码",
        max_length=10,
        required=False,
        help_text="换手机号码的，先获取验证码，再填在这里",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
