"""起草的表: which fields does the page have on which a version is written, row by row?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from onewindow.catalogue.demo.schema import TYPES
from onewindow.catalogue.promised import FIELDS, ROUTES
from onewindow.rules.codes import KIND_CODES
from onewindow.rules.fees import BEFORE_WORDS
from onewindow.rules.instant import OF_WORDS, TESTS, Of
from onewindow.rules.quotas import PERIODS
from onewindow.rules.risk import TIERS, WORDS
from onewindow.web.asking import AskingForm
from onewindow.web.views.catalogue.draft_questions import AnswerRow, QuestionRow, when_field

WHO = ("自然人", "个体工商户", "企业法人", "事业法人", "社会组织法人", "非法人企业", "行政机关", "其他组织")
NEEDS = [("required", "必要"), ("deferrable", "可容缺"), ("exempt", "免提交")]
ROLES = [("window", "窗口"), ("examiner", "审核人"), ("head", "决定人")]
UNITS = [("working", "工作日"), ("calendar", "自然日")]
ONLINE = [(0, "不能网办"), (1, "网上咨询"), (2, "网上预审"), (3, "全程网办")]
WIDGETS = {
    "text": "一行文字",
    "longtext": "多行文字",
    "date": "日期",
    "choice": "单选",
    "choices": "多选",
    "integer": "整数",
    "number": "数字",
    "yesno": "是或否",
}
assert set(WIDGETS) == set(TYPES)


def _text(
    label: str, size: int, *, required: bool = False, long: bool = False, hint: str = ""
) -> forms.CharField:
    widget = forms.Textarea if long else forms.TextInput
    return forms.CharField(label=label, max_length=size, required=required, widget=widget, help_text=hint)


def _count(label: str, most: int, *, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, help_text=hint)


class MainForm(AskingForm):
    """What stands once in a version. An element may be left empty in a draft; the gate asks for it later."""

    name = _text("事项名称", 300, required=True)
    kind = forms.ChoiceField(label="事项类型", choices=[(word, word) for word in KIND_CODES])
    summary = _text("一句话说明", 300, long=True)
    aliases = _text("通俗名称", 1000, long=True, hint="一行一个，写老百姓的叫法")
    audience = forms.MultipleChoiceField(
        label="服务对象", choices=[(w, w) for w in WHO], widget=forms.CheckboxSelectMultiple, required=False
    )
    themes = _text("主题", 300, hint="几个主题之间用顿号")
    grounds = _text("设定依据的代号", 200, hint="下面“依据”里的代号，几个之间用逗号")
    immediate = forms.BooleanField(label="即办件", required=False, help_text="当场办结，承诺时限是 0")
    legal_days = _count("法定办结时限", 3650, hint="法律没有规定的不填")
    legal_unit = forms.ChoiceField(label="法定时限的单位", choices=UNITS)
    legal_basis = _text("法定时限的依据代号", 200)
    legal_note = _text("法定时限说明", 300, hint="法律没有规定时限的，写明为什么")
    extension_days = _count(
        "可以延长的天数", 3650, hint="事项自己的依据写明可以延长的才填；按行政许可法延长十日的不填"
    )
    extension_basis = _text("延长的依据代号", 200)
    promised_days = _count("承诺办结时限", 3650)
    promised_unit = forms.ChoiceField(label="承诺时限的单位", choices=UNITS)
    promise_note = _text("承诺时限说明", 300)
    special_note = _text("特别程序说明", 300, hint="没有特别程序的，写“没有特别程序”")
    charged = forms.BooleanField(label="收费", required=False)
    fee_note = _text("收费说明", 300, hint="不收费的，写“不收费”")
    fee_basis = _text("收费的依据代号", 200)
    fee_before = forms.ChoiceField(
        label="什么时候缴费",
        choices=[("", "按本地设定"), *BEFORE_WORDS.items()],
        required=False,
        help_text="等缴费不停止计算办理期限",
    )
    result_name = _text("结果名称", 200)
    result_kind = _text("结果种类", 20, hint="证照、批文、登记、证明、给付、其他")
    result_validity = _text("有效期", 100)
    result_delivery = _text("怎么送达", 200, hint="几种方式之间用顿号")
    places = _text("办理地点", 1000, long=True, hint="一行一处，名称和地址之间用竖线 |")
    hours = _text("办理时间", 200)
    online = forms.TypedChoiceField(label="网上办理深度", choices=ONLINE, coerce=int)
    visits = _count("到现场次数", 9)
    why_visit = _text("到现场原因", 200)
    kiosk = forms.BooleanField(
        label="自助机上能办",
        required=False,
        help_text="取号机和导办员先引导到自助区；24 小时自助机随时受理",
    )
    quota = _text("数量限制", 200, hint="没有的，写“没有数量限制”")
    limited_number = _count("名额", 100000, hint="有数量限制的行政许可才填，按受理先后给名额")
    limited_period = forms.ChoiceField(
        label="名额按什么算", choices=list(PERIODS.items()), required=False, initial="year"
    )
    limited_basis = _text("名额的依据代号", 200)
    limited_local = forms.BooleanField(
        label="名额是本地设定", required=False, help_text="没有文件规定数量的勾选，指南上会写明"
    )
    public_safety = forms.BooleanField(
        label="直接关系公共安全、人身健康、生命财产安全",
        required=False,
        help_text="提供虚假材料的一年内、骗取许可的三年内不得再次申请（行政许可法第七十八、七十九条）",
    )
    consult = _text("咨询电话", 30)
    complaint = _text("监督电话", 30)
    risk_tier = forms.ChoiceField(
        label="风险等级",
        choices=[("", "不分级"), *((tier.value, WORDS[tier]) for tier in TIERS)],
        required=False,
        help_text="只在本地文件有风险分级的地方起作用；别处照常办理全部环节",
    )
    risk_basis = _text("风险等级的依据代号", 200)
    risk_note = _text("风险等级说明", 300)
    promise_field = forms.ChoiceField(
        label="告知承诺",
        required=False,
        choices=[("", "不实行"), *((word, word) for word in FIELDS)],
        help_text="实行的，选领域，并把下面几项写全，少一项申请人就不能签",
    )
    promise_route = forms.ChoiceField(
        label="告知承诺的方式", required=False, choices=[("", "不写"), *((w, w) for w in ROUTES)]
    )
    promise_says = _text("承诺内容", 2000, long=True, hint="一行一条，申请人承诺什么")
    promise_demands = _text("承诺的要求", 2000, long=True, hint="一行一条，依法应当符合什么")
    promise_liability = _text("违反承诺的法律责任", 2000, long=True, hint="一行一条")
    promise_check = _text("怎样核查", 300)
    promise_check_days = _count("几个工作日内核查", 365, hint="不填的，按本地设定")
    promise_papers = _text("承诺以后免于提交的材料", 1000, long=True, hint="一行一份，照材料清单里的名称写")
    promise_basis = _text("告知承诺的依据代号", 200)


class BasisRow(AskingForm):
    """依据: an article of a law."""

    key = forms.SlugField(label="代号", max_length=30, help_text="英文或数字，供别处引用")
    law = _text("法律、法规、规章名称", 200, required=True)
    article = _text("第几条", 40, required=True)
    edition = _text("版本日期", 10, hint="如 2019-04-23")
    quote = _text("原文", 2000, long=True)
    verified = forms.BooleanField(label="已对照原文核过", required=False)


class ConditionRow(AskingForm):
    """受理条件."""

    text = _text("条件", 500, required=True, long=True)
    basis = _text("依据代号", 200)
    when = when_field()


class MaterialRow(AskingForm):
    """申请材料; its code stays with it when it moves."""

    code = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    name = _text("材料名称", 200, required=True)
    necessity = forms.ChoiceField(label="必要性", choices=NEEDS)
    source = _text("来源渠道", 60, hint="申请人自备、政府部门核发……")
    original = _count("原件份数", 20)
    copies = _count("复印件份数", 20)
    electronic = forms.BooleanField(label="可交电子件", required=False)
    defer_days = _count("可容缺的，几个工作日内补交", 60, hint="不填的，按本地设定；不超过承诺时限")
    taken_from = _text("免提交的，从哪里取得", 200)
    fill = _text("填写和准备说明", 500, long=True)
    sample = _text("样例说明", 500, long=True)
    blank = _text("空白表格说明", 300)
    mistakes = _text("常见错误", 500, long=True, hint="一行一个")
    basis = _text("要求提供的依据代号", 200)
    when = when_field()


class StepRow(AskingForm):
    """办理流程的环节."""

    name = _text("环节", 20, required=True)
    role = forms.ChoiceField(label="谁办", choices=ROLES)
    post = _text("岗位", 40)
    days = _count("天数", 3650)
    inspectors = _count("现场核查人数", 9, hint="不到现场的不填")
    does = _text("做什么", 300, long=True)


class PointRow(AskingForm):
    """审查要点: what the examiner looks at, and by what measure."""

    look = _text("看什么", 100, required=True)
    check = _text("符合的标准", 500, required=True, long=True)
    fails = _text("不符怎么办", 500, long=True)


class ChargeRow(AskingForm):
    """收费项目."""

    name = _text("项目", 100, required=True)
    standard = _text("标准", 100)
    amount = forms.RegexField(
        r"^\d{1,8}(\.\d{1,2})?$",
        label="金额（元）",
        required=False,
        help_text="一份多少，如 20.00；按件计算的空着",
        error_messages={"invalid": "金额请写成 20.00 这样，按件计算的空着。"},
    )
    relief = _text("减免", 200)
    basis = _text("依据代号", 200)

    def clean_amount(self) -> str:
        """Written with its two decimals however it was typed."""
        told = self.cleaned_data["amount"]
        return f"{Decimal(told):.2f}" if told else ""


class SpecialRow(AskingForm):
    """特别程序."""

    name = _text("名称", 40, required=True)
    days = _count("最长天数", 3650)
    note = _text("说明", 300)
    basis = _text("依据代号", 200)
    stops = forms.BooleanField(
        label="不计入期限",
        required=False,
        help_text="行政许可由行政许可法第四十五条定，不用勾；别的事项只有依据明确规定的才勾",
    )
    when = when_field()


class FieldRow(AskingForm):
    """申请表的栏目."""

    key = forms.RegexField(
        r"^[a-z][a-z0-9_]*$",
        label="代号",
        max_length=40,
        error_messages={"invalid": "代号请用小写英文、数字和下划线。"},
    )
    label = _text("栏目名称", 60, required=True)
    type = forms.ChoiceField(label="类型", choices=list(WIDGETS.items()))
    required = forms.BooleanField(label="必填", required=False)
    options = _text("选项", 1000, long=True, hint="单选、多选的，一行一个")
    unit = _text("单位", 10)
    hint = _text("提示", 200)
    section = _text("分组", 30)
    minimum = forms.FloatField(label="最小", required=False, help_text="数字的，可以不填")
    maximum = forms.FloatField(label="最大", required=False, help_text="数字的，可以不填")
    max_length = _count("最多几个字", 5000, hint="文字的，可以不填")
    show_if = forms.RegexField(
        r"^[a-z][a-z0-9_]*=.+$",
        label="只在什么时候填",
        max_length=80,
        required=False,
        help_text="另一个栏目的代号=答案，如 split=是",
        error_messages={"invalid": "请写成“代号=答案”，如 split=是。"},
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        least, most = told.get("minimum"), told.get("maximum")
        if least is not None and most is not None and least > most:
            self.add_error("maximum", "请填不小于最小值的数。")
        return told


class InstantRow(AskingForm):
    """秒批规则: every row must hold, else a person decides."""

    of = forms.ChoiceField(label="看什么", choices=[(of.value, OF_WORDS[of]) for of in Of], initial="field")
    key = _text("代号", 40, required=True, hint="栏目的代号、材料的编号（如 M01）、已有结果的 12 位基本编码")
    test = forms.ChoiceField(
        label="怎么判断",
        choices=[(key, f"{OF_WORDS[one.of]}：{one.word}") for key, one in TESTS.items()],
        initial="filled",
    )
    value = _text("比较的值", 300, hint="几个值之间用顿号；不用比较的不填")
    look = _text("回答哪个审查要点", 100, hint="照审查要点里“看什么”写；没有的不填")
    basis = _text("依据代号", 200, hint="每一条都要写，办事指南会公布")


class FaqRow(AskingForm):
    """常见问题."""

    q = _text("问题", 200, required=True)
    a = _text("回答", 1000, required=True, long=True)


ROWS: dict[str, tuple[str, type[AskingForm]]] = {
    "basis": ("依据", BasisRow),
    "questions": ("情形问题", QuestionRow),
    "answers": ("情形问题的答案", AnswerRow),
    "conditions": ("受理条件", ConditionRow),
    "materials": ("申请材料", MaterialRow),
    "fields": ("申请表", FieldRow),
    "steps": ("办理流程", StepRow),
    "points": ("审查要点", PointRow),
    "special": ("特别程序", SpecialRow),
    "charges": ("收费项目", ChargeRow),
    "instant": ("秒批规则", InstantRow),
    "faq": ("常见问题", FaqRow),
}


def row_sets(
    data: Any = None, initial: dict[str, list[dict[str, Any]]] | None = None
) -> dict[str, BaseFormSet[Any]]:
    """One set of rows for each list of the version, with one empty row to go on; rows can be moved and taken out."""
    made = {}
    for key, (_, form) in ROWS.items():
        kind = formset_factory(form, extra=1, can_order=True, can_delete=True, max_num=200, absolute_max=400)
        made[key] = kind(data, prefix=key, initial=(initial or {}).get(key))
    return made
