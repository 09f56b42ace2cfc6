"""用语检查: which words of a guide leave the applicant guessing, or ask for what may not be asked for?

Quotations of law and titles between 《》 are not ours and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onewindow.catalogue.text import VersionText

_THINGS = "材料|资料|证明|文件|证件|凭证|手续|文书|证书|票据"
_BODIES = "部门|单位|机关|机构|行政部门|主管部门"


@dataclass(frozen=True)
class Rule:
    """One kind of wording, what is wrong with it, and whether it stops the publication."""

    pattern: re.Pattern[str]
    why: str
    stops: bool = True


def _rule(pattern: str, why: str, stops: bool = True) -> Rule:
    return Rule(re.compile(pattern), why, stops)


EVERYWHERE = (
    _rule(rf"其他(?!行政权力)[^，。；、]{{0,6}}(?:{_THINGS}|条件|情形|要求)", "“其他”没有穷尽，请逐项列出"),
    _rule(
        rf"(?:有关|相关)[^，。；、]{{0,6}}(?:{_THINGS}|规定|要求|条件)",
        "没有说清是哪一份、哪一条，请写出名称",
    ),
    _rule(rf"(?:有关|相关|其他)[^，。；、]{{0,4}}(?:{_BODIES})", "没有说清是哪个单位，请写出名称"),
    _rule(
        r"视情况|根据(?:具体|实际)?情况(?:提供|提交|确定|办理)|酌情|原则上|另行通知|一般情况下",
        "让办事的人无法预先知道结果",
    ),
    _rule(
        r"必要时(?:可)?(?:提供|提交|补充|出具)|按(?:规定|要求)(?:应当?|需要?)?(?:提供|提交)",
        "没有说清什么时候要、要什么",
    ),
    _rule(r"(?:规定|要求|解释)为准|(?:规定|要求)的?(?:必须|应当|需要)提供的", "把要求推给了没有写出的规定"),
)
MATERIAL_NAMES = (
    _rule(
        rf"(?<![高中初同平相均特一二三四五])等(?![级同效候于额价待])[^，。；、）)]{{0,6}}(?:{_THINGS}|原件|复印件|报告|意见)",
        "以“等”收尾，没有穷尽，请逐项列出",
    ),
    _rule(r"(?<![高中初同平相均特一二三四五])等[。；]?$", "以“等”收尾，没有穷尽，请逐项列出"),
    _rule(
        r"本人(?:亲自)?(?:到场|到现场|到窗口)|现场(?:拍照|采集)", "到场不是材料，请写在办理流程或者到场原因里"
    ),
    _rule(r"组织机构代码证|税务登记证|社会保险登记证", "已经并入营业执照，不能再要"),
    _rule(r"(?:相关|有关)", "没有说清是哪一份，请写出名称"),
    _rule(r"治安保证书|自证", "没有法律依据的自证材料，请核对依据", stops=False),
)


@dataclass(frozen=True)
class Finding:
    """One wording found: where, the words, what to do."""

    where: str
    found: str
    why: str
    stops: bool

    def __str__(self) -> str:
        return f"{self.where}：“{self.found}”，{self.why}"


def read(text: VersionText) -> list[Finding]:
    """Everything that the rules find in a version, in the order of the guide."""
    found: list[Finding] = []
    for where, words in _said(text.name, text.content):
        found += check(where, words, EVERYWHERE)
    for n, one in enumerate(text.content.get("faq", ()), 1):
        said = check(f"第 {n} 个常见问题", f"{one.get('q', '')}{one.get('a', '')}", EVERYWHERE)
        found += [replace(hit, stops=False) for hit in said]  # an answer may speak of what lies elsewhere
    for n, material in enumerate(text.materials, 1):
        found += check(f"第 {n} 份材料的名称", material.name, (*EVERYWHERE, *MATERIAL_NAMES))
        found += check(f"第 {n} 份材料的说明", material.detail.get("fill", ""), EVERYWHERE)
    return found


def check(where: str, words: str, rules: tuple[Rule, ...]) -> list[Finding]:
    """The first hit of each rule; a stretch of words is named once."""
    bare = re.sub(r"《[^》]*》", "《》", words)
    found: list[Finding] = []
    for rule in rules:
        hit = rule.pattern.search(bare)
        if hit and not any(hit.group() in one.found or one.found in hit.group() for one in found):
            found.append(Finding(where, hit.group(), rule.why, rule.stops))
    return found


def _said(name: str, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every sentence of our own outside the materials, with the place where a reader finds it."""
    yield "事项名称", name
    yield "一句话说明", content.get("summary", "")
    for n, one in enumerate(content.get("conditions", ()), 1):
        yield f"第 {n} 条受理条件", one.get("text", "")
    for one in content.get("steps", ()):
        yield f"环节“{one.get('name', '')}”", one.get("does", "")
    yield "法定时限说明", content.get("limit", {}).get("legal_note", "")
    yield "承诺时限说明", content.get("limit", {}).get("promise_note", "")
    promise = content.get("promise") or {}
    for part, word in (("promised", "承诺内容"), ("demands", "承诺的要求"), ("liability", "承诺的法律责任")):
        for n, line in enumerate(promise.get(part, ()), 1):
            yield f"第 {n} 条{word}", line
    yield "承诺的核查办法", promise.get("check", "")
    yield "特别程序说明", content.get("special_note", "")
    yield "收费说明", content.get("fee", {}).get("note", "")
    yield "到现场原因", content.get("service", {}).get("why_visit", "")
    yield "数量限制", content.get("service", {}).get("quota", "")
