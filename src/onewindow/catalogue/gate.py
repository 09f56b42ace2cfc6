"""发布关口: which element is still missing before a version may be published?

行政许可法第三十条 names what must be shown to the public: 事项、依据、条件、数量、程序、期限, the whole list
of materials and a model of the application form. The rest are the elements of the national item standard
without which nobody can act on a guide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from onewindow.catalogue import gate_kinds, lint
from onewindow.catalogue.text import VersionText
from onewindow.rules import codes
from onewindow.rules.fees import BEFORE_WORDS
from onewindow.rules.pack import Kind
from onewindow.rules.quotas import PERIODS

ARTICLE_30 = "行政许可法第三十条"
LICENCE = Kind.LICENCE
_AMOUNT = re.compile(r"\d{1,8}\.\d{2}")
STANDARD = "政务服务事项要素要求"
LOCAL = "本地文件"
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+(?:条|部分)")


@dataclass(frozen=True)
class Gap:
    """One missing or faulty element: its name, what is to be done, and on what the demand rests."""

    element: str
    says: str
    ground: str = ARTICLE_30

    def __str__(self) -> str:
        return f"{self.element}：{self.says}"


def gaps(text: VersionText) -> list[Gap]:
    """Everything that stands against publication; empty means that it may be published."""
    return [gap for look in _LOOKS for gap in look(text)]


def _named(text: VersionText) -> Iterator[Gap]:
    if not text.name.strip():
        yield Gap("事项名称", "没有填写")
    if text.kind not in codes.KIND_CODES:
        yield Gap("事项类型", f"没有“{text.kind}”这一类", STANDARD)
    if not text.index.get("audience"):
        yield Gap("服务对象", "没有填写", STANDARD)


def _grounded(text: VersionText) -> Iterator[Gap]:
    table = {one.get("key"): one for one in text.content.get("basis", ())}
    grounds = [table[key] for key in text.content.get("grounds", ()) if key in table]
    if not grounds:
        yield Gap("设定依据", "没有填写")
    for one in table.values():
        if not one.get("law") or not _ARTICLE.search(one.get("article", "")):
            yield Gap("设定依据", f"“{one.get('law') or '未写明法律名称'}”没有写明第几条")


def _conditions(text: VersionText) -> Iterator[Gap]:
    if not any(one.get("text") for one in text.content.get("conditions", ())):
        yield Gap("受理条件", "没有填写")


def _quota(text: VersionText) -> Iterator[Gap]:
    limited = _of(text, "limited")
    number = limited.get("number") or 0
    if number and limited.get("period") not in PERIODS:
        yield Gap("数量限制", "写了数量，没有写是每年还是总共")
    if number and text.kind != LICENCE:
        yield Gap("数量限制", "按受理先后给名额是行政许可法第五十七条的规定，只适用于行政许可，请把数量去掉")
    if number and not limited.get("basis") and not limited.get("local"):
        yield Gap("数量限制", "写了数量，没有写依据；没有文件规定的，勾选“本地设定”")
    if text.content.get("public_safety") and text.kind != LICENCE:
        yield Gap("公共安全", "行政许可法第七十八、七十九条只适用于行政许可，请去掉这一项")
    if not _of(text, "service").get("quota"):
        yield Gap("数量限制", "没有填写；没有限制的，写“没有数量限制”")


def _steps(text: VersionText) -> Iterator[Gap]:
    steps = text.content.get("steps", ())
    if not steps:
        yield Gap("办理流程", "没有填写")
    for n, one in enumerate(steps, 1):
        if not one.get("name") or not one.get("post"):
            yield Gap("办理流程", f"第 {n} 个环节没有写名称或者办理岗位")
    days = sum(one.get("days") or 0 for one in steps)
    if steps and text.promised_days is not None and days > text.promised_days:
        yield Gap("办理流程", f"各环节共 {days} 天，超过承诺时限 {text.promised_days} 天")
    special = text.content.get("special", ())
    if not special and not text.content.get("special_note"):
        yield Gap("特别程序", "没有填写；没有的，写“没有特别程序”", STANDARD)
    for one in special:
        if not one.get("basis"):
            yield Gap("特别程序", f"“{one.get('name', '')}”没有写依据；没有法律、法规、规章依据的，请删去")


def _limits(text: VersionText) -> Iterator[Gap]:
    limit = _of(text, "limit")
    if text.legal_days is None and not limit.get("legal_note"):
        yield Gap("法定办结时限", "没有填写；法律没有规定的，写明为什么")
    if text.legal_days is not None and not limit.get("legal_basis"):
        yield Gap("法定办结时限", "没有写明依据哪一条")
    if limit.get("extension_days") and not limit.get("extension_basis"):
        yield Gap("可以延长的天数", "没有写明依据哪一条；没有自己的依据的，不填")
    if text.promised_days is None:
        yield Gap("承诺办结时限", "没有填写")
        return
    same_unit = text.legal_unit == text.promised_unit
    if text.legal_days is not None and same_unit and text.promised_days > text.legal_days:
        yield Gap("承诺办结时限", f"承诺 {text.promised_days} 天，长于法定 {text.legal_days} 天")
    if text.immediate != (text.promised_days == 0):
        yield Gap("办件类型", "即办件当场办结，承诺时限是 0；承诺件不是 0", STANDARD)


def _kinds(text: VersionText) -> Iterator[Gap]:
    yield from (Gap(element, says, STANDARD) for element, says in gate_kinds.lacking(text))


def _materials(text: VersionText) -> Iterator[Gap]:
    stated = text.content.get("no_materials", "")
    if not text.materials and not stated:
        yield Gap("申请材料目录", "没有材料；确实不要材料的，写明为什么")
    names = [one.name for one in text.materials]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Gap("申请材料目录", f"“{name}”列了两次")
    for n, one in enumerate(text.materials, 1):
        yield from (Gap("申请材料目录", f"第 {n} 份“{one.name}”{said}") for said in _paper(one))


def _paper(one: Any) -> Iterator[str]:
    if not one.source:
        yield "没有写来源渠道"
    if not one.detail.get("basis"):
        yield "没有写要求提供的依据"
    if one.necessity == "exempt":
        if not one.detail.get("taken_from"):
            yield "免提交，但没有写从哪里取得"
        return
    if not one.forms:
        yield "没有写要原件、复印件还是电子件"
    if not one.detail.get("sample"):
        yield "没有示范文本（样例）"


def _form(text: VersionText) -> Iterator[Gap]:
    if not text.form.get("schema", {}).get("properties"):
        yield Gap("申请书示范文本", "申请表没有一个栏目")


def _money(text: VersionText) -> Iterator[Gap]:
    fee = _of(text, "fee")
    if "charged" not in fee or not fee.get("note"):
        yield Gap("收费标准", "没有填写；不收费的，写“不收费”", STANDARD)
    for one in fee.get("items", ()):
        if not one.get("standard") or not one.get("basis"):
            yield Gap("收费标准", f"“{one.get('name', '')}”没有写标准或者依据", STANDARD)
        if one.get("amount") and not _AMOUNT.fullmatch(str(one["amount"])):
            yield Gap("收费标准", f"“{one.get('name', '')}”的金额请写成 20.00 这样，按件计算的空着", STANDARD)
    if fee.get("charged") and not fee.get("items"):
        yield Gap("收费标准", "写明收费，没有列出收费项目", STANDARD)
    if fee.get("items") and not fee.get("charged"):
        yield Gap("收费标准", "列了收费项目，没有勾选“收费”；不收费的请删去", STANDARD)
    if fee.get("before") and fee["before"] not in BEFORE_WORDS:
        yield Gap("收费标准", "什么时候缴费请选作出决定以前或者领取结果以前", STANDARD)


def _result(text: VersionText) -> Iterator[Gap]:
    if not _of(text, "result").get("name"):
        yield Gap("办理结果", "没有填写", STANDARD)


def _service(text: VersionText) -> Iterator[Gap]:
    service = _of(text, "service")
    for key, element in (
        ("places", "办理地点"),
        ("hours", "办理时间"),
        ("consult", "咨询电话"),
        ("complaint", "监督电话"),
    ):
        if not service.get(key):
            yield Gap(element, "没有填写", STANDARD)
    if service.get("visits") and not service.get("why_visit"):
        yield Gap("到现场次数", f"要到现场 {service['visits']} 次，没有写原因", STANDARD)
    if not text.content.get("faq"):
        yield Gap("注意事项", "没有一个常见问题", STANDARD)


def _wording(text: VersionText) -> Iterator[Gap]:
    for found in lint.read(text):
        if found.stops:
            yield Gap("用语", str(found), "消除“其他材料”“有关部门”这类模糊表述")


def _of(text: VersionText, name: str) -> dict[str, Any]:
    part = text.content.get(name)
    return part if isinstance(part, dict) else {}


_LOOKS: tuple[Callable[[VersionText], Iterator[Gap]], ...] = (
    _named, _grounded, _conditions, _quota, _steps, _limits, _kinds, _materials, _form, _money, _result, _service,
    _wording,
)  # fmt: skip
