"""申请表以外 (网上): whom to call, how shall the result reach the applicant, and what does he declare?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.catalogue.models import ItemVersion
from onewindow.intake import delivery
from onewindow.intake.acts import Told
from onewindow.rules import identity
from onewindow.rules.pack import Kind

WAYS = {"counter": "窗口领取", "courier": "邮寄", "download": "网上下载"}
POST_UNSAID = "邮寄的邮费由谁付，本地文件没有规定，选之前可以先问办理窗口。"


class ToldForm(forms.Form):
    """What is asked on the last page before an application is submitted."""

    phone = forms.CharField(
        label="联系电话",
        max_length=30,
        help_text="办理进度会用短信告诉您",
        error_messages={"required": "请填写联系电话，办理进度会发到这个号码。"},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    delivery_way = forms.ChoiceField(
        label="结果怎样给您",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结果怎样给您。"},
    )
    delivery_address = forms.CharField(
        label="邮寄地址", max_length=200, required=False, help_text="选邮寄的填，写到门牌号"
    )
    e_service = forms.BooleanField(
        label="同意电子送达：文书以电子形式送到“我的空间”，到达就算送达，随时可以要纸质的",
        required=False,
    )
    declared = forms.BooleanField(
        label="我保证所填内容和所交材料真实，知道隐瞒情况或者提供虚假材料的后果",
        error_messages={"required": "请确认所填内容和材料真实。"},
    )

    def __init__(self, *args: Any, version: ItemVersion, post: str = "", **kwargs: Any) -> None:
        """`post` says on which text free postage rests; empty where nobody promises it."""
        super().__init__(*args, **kwargs)
        offered = delivery.ways(version)
        words = {**WAYS, "courier": "邮寄，免费"} if post else WAYS
        way = self.fields["delivery_way"]
        way.choices = [(one, words[one]) for one in offered]  # type: ignore[attr-defined]
        if delivery.COURIER in offered:
            way.help_text = f"邮寄不收您的邮费（{post}）" if post else POST_UNSAID
        else:
            del self.fields["delivery_address"]
        if version.kind == Kind.LICENCE:
            declared = self.fields["declared"]
            declared.label = f"{declared.label}（行政许可法第三十一条、第七十八条）"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("phone") and (fault := identity.phone_fault(told["phone"])):
            self.add_error("phone", fault)
        if told.get("delivery_way") == "courier" and not told.get("delivery_address", "").strip():
            self.add_error("delivery_address", "选了邮寄，请填写邮寄地址。")
        if told.get("delivery_way") == "download" and not told.get("e_service"):
            self.add_error("e_service", "网上下载要先同意电子送达；不同意的，请选别的方式。")
        return told

    def told(self) -> Told:
        typed = self.cleaned_data
        return Told(
            phone=identity.tidy_phone(typed["phone"]),
            delivery_way=typed["delivery_way"],
            delivery_address=typed.get("delivery_address", "").strip(),
            e_service=typed["e_service"],
        )
