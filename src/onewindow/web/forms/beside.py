"""申请表以外: whom to call, who acts for the applicant, and how shall the result reach him?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from onewindow.people.models import PaperKind
from onewindow.rules import identity
from onewindow.rules.kinds_of_case import MODE_WORDS, Mode
from onewindow.web.forms.dated import day_field, why_field

# Whoever acts for another at the counter is a person with a paper of his own; a household register is a child's.
AGENTS = [
    pair
    for pair in PaperKind.choices
    if pair[0] not in (PaperKind.HOUSEHOLD, PaperKind.USCC, PaperKind.OTHER_ORG)
]
WAYS = (("counter", "窗口领取"), ("courier", "邮寄"), ("download", "网上下载"))


class BesideForm(forms.Form):
    """What stands beside the item's own form on the intake page."""

    phone = forms.CharField(
        label="联系电话",
        max_length=30,
        error_messages={"required": "请填写联系电话，办理进度会发到这个号码。"},
    )
    delivery_way = forms.ChoiceField(label="领证方式", choices=WAYS, initial="counter")
    delivery_address = forms.CharField(label="邮寄地址", max_length=200, required=False)
    e_service = forms.BooleanField(
        label="申请人同意电子送达", required=False, help_text="文书以电子形式送达，随时可以要纸质的"
    )
    agent_kind = forms.ChoiceField(
        label="代理人的证件", choices=AGENTS, initial=PaperKind.RESIDENT, required=False
    )
    agent_number = forms.CharField(label="代理人证件号码", max_length=60, required=False)
    agent_nation = forms.CharField(
        label="护照的国家（地区）代码", max_length=3, required=False, help_text="三个字母，如 USA"
    )
    agent_name = forms.CharField(label="代理人姓名", max_length=60, required=False)
    agent_phone = forms.CharField(label="代理人电话", max_length=30, required=False)
    received_on = day_field("材料实际是哪天交来的")
    received_why = why_field()

    mode = forms.ChoiceField(
        label="办理方式",
        choices=[(mode.value, word) for mode, word in MODE_WORDS.items()],
        required=False,
        widget=forms.RadioSelect,
        help_text="全程代办由申请人自己提出，不收代办费",
    )

    def __init__(self, *args: Any, today: date, both_ways: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.both_ways = both_ways  # the guide lets the applicant choose, so nobody chooses for him

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("phone") and (fault := identity.phone_fault(told["phone"])):
            self.add_error("phone", fault)
        if told.get("delivery_way") == "courier" and not told.get("delivery_address"):
            self.add_error("delivery_address", "请填写邮寄地址。")
        if told.get("delivery_way") == "download" and not told.get("e_service"):
            self.add_error("e_service", "网上下载要先同意电子送达，请勾选，或者改选别的领证方式。")
        self._clean_mode(told)
        self._clean_agent(told)
        if told.get("received_on") and not str(told.get("received_why", "")).strip():
            self.add_error("received_why", "不是今天交来的，请写明为什么今天才登记。")
        return told

    def _clean_mode(self, told: dict[str, Any]) -> None:
        if not self.both_ways:
            told["mode"] = Mode.DIRECT.value
        elif not told.get("mode"):
            self.add_error("mode", "请选择直接办理还是委托全程代办。")
        elif told["mode"] == Mode.ENTRUSTED and not told.get("agent_number"):
            self.add_error("agent_number", "委托全程代办的，请登记代办人员的证件。")

    def _clean_agent(self, told: dict[str, Any]) -> None:
        if not told.get("agent_number"):
            return
        kind = told["agent_kind"] = told.get("agent_kind") or PaperKind.RESIDENT.value
        if fault := identity.paper_fault(kind, told["agent_number"], self.today):
            self.add_error("agent_number", fault)
        nation = told.get("agent_nation", "")
        if kind == PaperKind.PASSPORT and not (len(nation) == 3 and nation.isascii() and nation.isalpha()):
            self.add_error("agent_nation", "请填写护照上的国家（地区）代码，如 USA。")
        if not told.get("agent_name"):
            self.add_error("agent_name", "请填写代理人姓名。")
        if told.get("agent_phone") and (fault := identity.phone_fault(told["agent_phone"])):
            self.add_error("agent_phone", fault)
