"""起草办件类型: what does the draft page ask of 联办件, 上报件, 全程代办 and 延续, and how does it become the text?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.catalogue.text import VersionText
from onewindow.web.views.catalogue.draft_forms import UNITS, MainForm

_PLAIN = (("", "按是否即办：即办件或者承诺件"), ("联办件", "联办件"), ("上报件", "上报件"))
# The keys of bases that this part of the page names.
NAMED = ("upward_basis", "renewal_basis")


def _text(label: str, size: int, hint: str = "", *, long: bool = False) -> forms.CharField:
    widget = forms.Textarea if long else forms.TextInput
    return forms.CharField(label=label, max_length=size, required=False, widget=widget, help_text=hint)


def _days(label: str, hint: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=3650, required=False, help_text=hint)


class WholeForm(MainForm):
    """What stands once in a version, with the kind of its cases."""

    case_kind = forms.ChoiceField(label="办件类型", choices=_PLAIN, required=False)
    joint_with = _text(
        "联合办理的部门",
        1000,
        "联办件填；一行一个，部门和它办什么之间用竖线 |，本部门牵头，不用写",
        long=True,
    )
    upward_organ = _text("上报的机关", 100, "上报件填，由它作出决定")
    upward_days = _days("上级办理的天数", "上报件填，告诉申请人；上面的法定和承诺时限是本级初审的")
    upward_unit = forms.ChoiceField(label="上级天数的单位", choices=UNITS, required=False)
    upward_basis = _text("上报的依据代号", 200)
    entrusted = forms.BooleanField(
        label="可以委托全程代办", required=False, help_text="勾选以后，收件时由申请人选直接办理还是全程代办"
    )
    renewal_of = _text("可以延续的证照", 200, "这个事项是办理延续的，或者发的证照可以延续的填")
    renewal_before = _days("届满几日前申请延续", "事项自己的依据另有规定的才填；行政许可法是三十日")
    renewal_basis = _text("延续的依据代号", 200, "自己另有规定的才填")


def kinds_of(text: VersionText) -> dict[str, Any]:
    """These fields, filled from a text."""
    told = text.content
    upward, joint, renewal = (told.get(key) or {} for key in ("upward", "joint", "renewal"))
    kind = told.get("case_kind", "")
    return {
        "case_kind": kind if kind in dict(_PLAIN) else "",
        "joint_with": "\n".join(
            f"{one['department']}|{one.get('does', '')}" for one in joint.get("with", ())
        ),
        "upward_organ": upward.get("organ", ""),
        "upward_days": upward.get("days") or None,
        "upward_unit": upward.get("unit") or "working",
        "upward_basis": "，".join(upward.get("basis", ())),
        "entrusted": bool((told.get("service") or {}).get("entrusted")),
        "renewal_of": renewal.get("of", ""),
        "renewal_before": renewal.get("before_days") or None,
        "renewal_basis": "，".join(renewal.get("basis", ())),
    }


def content_of(main: dict[str, Any], keys: Any, lines: Any) -> dict[str, Any]:
    """What these fields add to the content of the text; an element that is not meant is none."""
    halves = [line.partition("|") for line in lines(main["joint_with"].replace("｜", "|"))]
    joint = [{"department": name.strip(), "does": does.strip()} for name, _, does in halves]
    kind = main["case_kind"]
    return {
        "case_kind": kind or ("即办件" if main["immediate"] else "承诺件"),
        "joint": {"with": joint} if kind == "联办件" else None,
        "upward": {
            "organ": main["upward_organ"].strip(),
            "days": main["upward_days"] or 0,
            "unit": main["upward_unit"] or "working",
            "basis": keys(main["upward_basis"]),
        }
        if kind == "上报件"
        else None,
        "renewal": {
            "of": main["renewal_of"].strip(),
            "before_days": main["renewal_before"] or 0,
            "basis": keys(main["renewal_basis"]),
        }
        if main["renewal_of"].strip()
        else None,
    }


def nothing() -> dict[str, Any]:
    """The fields of a guide that says nothing of all this."""
    return {
        **dict.fromkeys((*WholeForm.base_fields.keys() - MainForm.base_fields.keys(),), ""),
        "upward_days": None,
        "renewal_before": None,
        "upward_unit": "working",
        "entrusted": False,
    }
