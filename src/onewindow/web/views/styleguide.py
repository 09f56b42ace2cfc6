"""构件页: what does every part look like, normal, empty and failing? Shown in a demonstration only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.places.reads import workdays
from onewindow.rules.clock import Pause, prove, reckon
from onewindow.web.templatetags.ow import icons
from onewindow.web.templatetags.shown import Shown

START, TODAY = date(2026, 9, 24), date(2026, 10, 9)
PAUSE = Pause(date(2026, 9, 28), date(2026, 9, 30), "专家评审，已书面告知所需时间")


class Sample(forms.Form):
    """One field of every kind, for looking at."""

    staff = forms.IntegerField(label="从业人数", help_text="包括您自己", required=False)
    phone = forms.CharField(label="联系电话", error_messages={"required": "手机号码是 11 位，请填写"})
    opened = forms.DateField(label="开业日期", widget=forms.DateInput, required=False)
    kind = forms.ChoiceField(
        label="由谁来办？",
        choices=[("self", "我自己"), ("other", "委托别人")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项"},
    )
    sells = forms.MultipleChoiceField(
        label="卖哪些？",
        choices=[("hot", "热食类"), ("drink", "自制饮品"), ("half", "半成品")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    town = forms.ChoiceField(
        label="乡镇", choices=[("", "请选择"), ("a", "测试镇"), ("b", "测试街道")], required=False
    )
    why = forms.CharField(label="补充说明", widget=forms.Textarea, required=False)
    plan = forms.FileField(label="布局图", help_text="PDF 或者图片，不超过 20 MB", required=False)
    agrees = forms.BooleanField(
        label="同意用电子方式收取文书", help_text="不同意的，文书邮寄或者到窗口领取", required=False
    )


FORM: dict[str, Any] = {
    "schema": {
        "properties": {
            "business_type": {
                "title": "主体业态",
                "type": "string",
                "enum": ["餐饮服务经营者", "集中用餐单位食堂"],
            },
            "diners": {"title": "最多同时就餐人数", "type": "integer", "minimum": 1},
            "area": {"title": "经营场所面积", "type": "number", "minimum": 1},
            "online_sale": {"title": "是否通过网络经营", "type": "boolean"},
        },
        "required": ["business_type", "area", "online_sale"],
    },
    "layout": [
        {"key": "business_type", "section": "经营情况", "label": "主体业态"},
        {
            "key": "diners",
            "section": "经营情况",
            "label": "最多同时就餐人数",
            "unit": "人",
            "show_if": {"business_type": "集中用餐单位食堂"},
        },
        {
            "key": "area",
            "section": "场所",
            "label": "经营场所面积",
            "unit": "平方米",
            "hint": "与租赁合同一致",
        },
        {"key": "online_sale", "section": "场所", "label": "是否通过网络经营"},
    ],
}
STEPS = [
    {"state": "done", "title": "您提交了申请", "when": "9 月 24 日 10:15，3 号窗口"},
    {
        "state": "done",
        "title": "已受理",
        "when": "9 月 24 日 10:21，李伟",
        "text": "交 2 份，1 份已有存档。",
        "letters": [{"title": "受理通知书", "url": "#letter", "number": "罗市监许受〔2026〕137 号"}],
    },
    {
        "state": "now",
        "title": "正在审核",
        "when": "9 月 28 日起，县市场监督管理局",
        "text": "到店核查后作出决定。",
    },
    {"state": "next", "title": "送达", "when": "决定后 10 日内"},
]
VERDICTS = [("fits", "符合"), ("missing", "缺"), ("wrong", "不符")]


def _proofs() -> dict[str, Any]:
    calendar = workdays()
    return {
        "lines": prove(reckon(START, 8, "working", calendar), calendar),
        "paused": prove(reckon(START, 8, "working", calendar, (PAUSE,)), calendar),
        "over": prove(reckon(START, 4, "working", calendar), calendar),
        "long": prove(reckon(START, 60, "working", calendar), calendar),
    }


def parts() -> dict[str, Any]:
    """Everything that the page of parts shows."""
    wrong = Sample({"phone": "", "staff": "三"}, auto_id="wrong_%s")
    return {
        **_proofs(),
        "today": TODAY,
        "sample": Sample(initial={"phone": "10099578247", "kind": "self", "opened": START}),
        "wrong": wrong,
        "form": FORM,
        "values": {"business_type": "餐饮服务经营者", "area": "大约"},
        "faults": {"area": "“经营场所面积”的写法不对，请核对。", "online_sale": "请填写“是否通过网络经营”。"},
        "steps": STEPS,
        "verdicts": VERDICTS,
        "adverse": [
            Shown(
                id="g-why", name="grounds", label="理由", kind="longtext", hint="写给申请人看，说清哪里不符合"
            )
        ],
        "icons": sorted(icons()),
        "nav": [
            {"label": "办事", "url": "/", "current": False},
            {"label": "进度查询", "url": "#lights", "current": False},
            {"label": "构件", "url": "#main", "current": True},
        ],
    }


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part in its states; `?desk` shows the parts of the desks."""
    if not settings.DEMO:
        raise Http404
    if "desk" in request.GET:
        nav = [
            {"label": "一窗收件", "url": "?desk", "current": True},
            {"label": "构件", "url": "?", "current": False},
        ]
        return render(request, "styleguide_desk.html", parts() | {"desk_nav": nav, "desk_where": "3 号窗口"})
    return render(request, "styleguide.html", parts())
