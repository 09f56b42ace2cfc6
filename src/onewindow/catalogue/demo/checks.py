"""Is an item file fit to be shown to a citizen? Each check answers with sentences that name what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onewindow.catalogue.demo import offices
from onewindow.catalogue.demo.format import Aside, Basis, Condition, Field, Item, Special
from onewindow.catalogue.demo.schema import SHARED, TYPES
from onewindow.catalogue.demo.ways import Pledge
from onewindow.rules.kinds_of_case import PLANNED

KINDS = {"行政许可": "01", "行政给付": "05", "行政确认": "07", "其他行政权力": "10", "公共服务": "20"}
WHO = {"自然人", "个体工商户", "企业法人", "事业法人", "社会组织法人", "非法人企业", "行政机关", "其他组织"}
LEVELS = {"县级", "乡级", "村级"}
UNITS = {"working", "calendar"}
NEEDS = {"必要", "可容缺", "免提交"}
ISSUERS = ("医疗机构出具", "用人单位出具", "学校出具", "中介机构出具", "司法机关出具")
SOURCES = {"申请人自备", "政府部门核发", *ISSUERS}
ROLES = {"window", "examiner", "head"}
RESULTS = {"证照", "批文", "登记", "证明", "给付", "其他"}
STEP_NAMES = ("受理", "审核", "决定")
DEMO_SOURCE = "99"  # 目录来源 99 belongs to no region: nobody can take the code for a real one
ARTICLE = re.compile(r"第[一二三四五六七八九十百千零]+条(之[一二三四五六七八九十])?")
SECTION = re.compile(r"第[一二三四五六七八九十]+部分")  # a document without articles; only unverified
VAGUE = re.compile(
    r"其他(?!行政权力)[^，。；]{0,4}(材料|资料|证明|文件)|有关部门|相关部门|(?:相关|有关)(?:材料|证明|证件|文件|资料|手续|规定)"
    r"|等(?:材料|证明|证件|文件|资料|手续)|视情况|根据情况|酌情|原则上|必要时(?:提供|提交)"
)

Check = Callable[[Item], Iterator[str]]


def problems(item: Item) -> list[str]:
    """Everything wrong with one item, each sentence beginning with the item's key."""
    return [f"{item.key}：{said}" for check in CHECKS for said in check(item)]


def _pledged(item: Item) -> tuple[Pledge, ...]:
    return (item.promise,) if item.promise is not None else ()


def words(item: Item) -> Iterator[str]:
    """Every sentence of ours that a person reads; quotations of law are not ours."""
    yield from (item.name, item.summary, item.special_note, item.limit.legal_note, item.limit.promise_note)
    yield from (c.text for c in item.conditions)
    for m in item.materials:
        yield from (m.name, m.fill, m.taken_from, m.sample, m.blank, *m.errors)
    for f in item.form:
        yield from (f.label, f.hint, f.message, *f.options)
    yield from (s.does for s in item.steps)
    yield from (text for p in item.points for text in (p.look, p.check, p.fails))
    if item.promise is not None:
        yield from (
            *item.promise.promised,
            *item.promise.demands,
            *item.promise.liability,
            item.promise.check,
        )
    yield from (item.fee.note, item.result.name, item.result.validity, item.service.why_visit)
    yield from (text for a in item.faq for text in (a.q, a.a))


def _code(item: Item) -> Iterator[str]:
    if not re.fullmatch(r"\d{12}", item.code):
        yield f"基本编码应是 12 位数字：{item.code}"
        return
    department = offices.departments().get(item.department)
    if department is None:
        yield f"没有部门 {item.department}"
        return
    expected = DEMO_SOURCE + KINDS.get(item.kind, "??") + department.digits
    if not item.code.startswith(expected):
        yield f"基本编码前六位应是 {expected}"
    if item.code[6:9] == "000":
        yield "主项序号不能是 000"


def _choices(item: Item) -> Iterator[str]:
    given: list[tuple[str, Iterable[str], set[str]]] = [
        ("事项类型", [item.kind], set(KINDS)),
        ("办件类型", [item.case_kind], set(PLANNED)),
        ("服务对象", item.who, WHO),
        ("行使层级", item.levels, LEVELS),
        ("时限单位", [item.limit.unit], UNITS),
        ("材料来源", {m.source for m in item.materials}, SOURCES),
        ("材料必要性", {m.need for m in item.materials}, NEEDS),
        ("环节岗位", {s.role for s in item.steps}, ROLES),
        ("结果类型", [item.result.kind], RESULTS),
        ("办理地点", item.service.places, set(offices.places())),
        ("办理时间", [item.service.hours], set(offices.hours())),
        ("救济途径", [item.remedy] if item.remedy else [], set(offices.remedy_sets())),
    ]
    for what, values, allowed in given:
        if not values and what not in ("救济途径", "材料来源"):
            yield f"没有写{what}"
        yield from (f"{what}没有“{value}”" for value in values if value not in allowed)
    if not item.person_themes and not item.firm_themes:
        yield "没有写主题"


def _enough(item: Item) -> Iterator[str]:
    least = [
        ("通俗名称", item.everyday, 4),
        ("设定依据", item.grounds, 1),
        ("受理条件", item.conditions, 2),
        ("申请材料", item.materials, 1),
        ("审查要点", item.points, 2),
        ("常见问题", item.faq, 3),
        ("申请表自有栏目", [f for f in item.form if f.key not in SHARED], 3),
    ]
    yield from (f"{what}至少要有 {n} 项" for what, have, n in least if len(have) < n)
    if len(set(item.everyday)) != len(item.everyday) or item.name in item.everyday:
        yield "通俗名称有重复"


def _bases(item: Item) -> Iterator[str]:
    for b in item.basis:
        yield from (f"依据 {b.key} {said}" for said in _basis(b))
    known = {b.key for b in item.basis}
    used = set(_used(item))
    yield from (f"引用了没有列出的依据 {key}" for key in sorted(used - known))
    yield from (f"依据 {key} 没有用到" for key in sorted(known - used))
    yield from (f"材料 {m.code} 没有写要求提供的依据" for m in item.materials if not m.basis)


def _basis(b: Basis) -> Iterator[str]:
    named = ARTICLE.fullmatch(b.article) or (not b.verified and SECTION.fullmatch(b.article))
    if not b.law or not named:
        yield f"没有写明哪部法的第几条：{b.law} {b.article}"
    if b.verified and not (b.quote and re.fullmatch(r"\d{4}-\d{2}-\d{2}", b.edition)):
        yield "标为已核，但没有引文或版本日期"
    if not b.verified and b.quote:
        yield "标为待核，就不应有引文"
    if not b.verified and not b.note:
        yield "标为待核，要写明为什么"


def _used(item: Item) -> Iterator[str]:
    yield from item.grounds
    yield from item.limit.legal_basis
    yield from item.fee.basis
    yield from item.limited.basis
    yield from item.result.basis
    yield from (key for one in (item.upward, item.renewal) if one for key in one.basis)
    for owners in (item.conditions, item.materials, item.special, item.fee.items, _pledged(item)):
        for owner in owners:
            yield from owner.basis


def _limits(item: Item) -> Iterator[str]:
    legal, promised = item.limit.legal_days, item.limit.promised_days
    if legal is None and not item.limit.legal_note:
        yield "没有法定时限的，要写明为什么"
    if legal is not None and not item.limit.legal_basis:
        yield "法定时限没有依据"
    if legal is not None and promised > legal:
        yield f"承诺时限 {promised} 长于法定时限 {legal}"
    if (promised == 0) != (item.case_kind == "即办件"):
        yield "即办件的承诺时限是 0，承诺件的不是 0"
    if sum(s.days for s in item.steps) != promised:
        yield "各环节的天数之和不等于承诺时限"
    names = tuple(s.name for s in item.steps)
    if names not in (STEP_NAMES, (STEP_NAMES[0], STEP_NAMES[2])):
        yield f"环节应依次是受理、审核、决定（可以没有审核）：{'、'.join(names)}"
    if bool(item.special) == bool(item.special_note):
        yield "特别程序要么列出，要么写明没有"


def _materials(item: Item) -> Iterator[str]:
    options = {f"{q.key}={o.key}" for q in item.questions for o in q.options}
    asked = {when.split("=")[0] for m in item.materials for when in m.when}
    for n, m in enumerate(item.materials, 1):
        if m.code != f"M{n:02}":
            yield f"材料编号应依次是 M01、M02：{m.code}"
        if m.need == "免提交" and not m.taken_from:
            yield f"材料 {m.code} 免提交，要写明从哪里取得"
        if m.need != "免提交" and not (m.original or m.copies or m.electronic):
            yield f"材料 {m.code} 没有写份数"
        if not m.fill or not (m.sample or m.need == "免提交"):
            yield f"材料 {m.code} 没有填写说明或样例"
        yield from (f"材料 {m.code} 的情形 {when} 没有对应的问题" for when in m.when if when not in options)
    asides = (aside for step in item.steps for aside in step.asides)
    told: list[Condition | Special | Aside] = [*item.conditions, *item.special, *asides]
    yield from (
        f"指南里的情形 {when} 没有对应的问题" for one in told for when in one.when if when not in options
    )
    yield from (f"问题 {q.key} 不影响任何材料" for q in item.questions if q.key not in asked)


def _form(item: Item) -> Iterator[str]:
    keys = [f.key for f in item.form]
    if len(set(keys)) != len(keys):
        yield "申请表有重复的栏目"
    for f in item.form:
        yield from (f"栏目 {f.key} {said}" for said in _field(f, item))


def _field(f: Field, item: Item) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", f.key):
        yield "的键应是小写英文"
    if f.type not in TYPES:
        yield f"的类型 {f.type} 不认识"
    if (f.type in ("choice", "choices")) != bool(f.options):
        yield "的选项与类型不符"
    if f.pattern and not f.message:
        yield "有格式要求而没有中文提示"
    if f.show_if:
        other, _, value = f.show_if.partition("=")
        chosen = next((g for g in item.form if g.key == other), None)
        allowed = ("是", "否") if chosen and chosen.type == "yesno" else chosen.options if chosen else ()
        if value not in allowed:
            yield f"的显示条件 {f.show_if} 对不上"


def _service(item: Item) -> Iterator[str]:
    if item.service.online not in (0, 1, 2, 3):
        yield "网上办理深度应是 0 到 3"
    if item.service.visits > 0 and not item.service.why_visit:
        yield "要到现场的，要写明为什么"
    if item.fee.charged != bool(item.fee.items):
        yield "收费与收费项目不符"


def _plain(item: Item) -> Iterator[str]:
    for text in words(item):
        if found := VAGUE.search(text):
            yield f"用语含糊“{found.group()}”：{text}"


CHECKS: tuple[Check, ...] = (
    _code, _choices, _enough, _bases, _limits, _materials, _form, _service, _plain,
)  # fmt: skip


def wrong_quotes(bases: Iterable[Basis], laws: Path) -> Iterator[str]:
    """Quotations that do not stand, letter for letter (white space apart), in the article that they name."""
    for b in bases:
        if not b.verified:
            continue
        text = article(laws, b.law, b.edition, b.article)
        if text is None:
            yield f"找不到《{b.law}》（{b.edition}）{b.article}"
        elif _bare(b.quote) not in _bare(text):
            yield f"《{b.law}》{b.article}没有“{b.quote}”"


def article(laws: Path, law: str, edition: str, name: str) -> str | None:
    """The text of one article, from its heading to the next, out of a folder of law texts."""
    short = law.removeprefix("中华人民共和国")
    found = sorted(laws.glob(f"**/{short}({edition}).md")) or sorted(
        laws.glob(f"{short}/*.md")
    )  # 民法典 by book
    for path in found:
        parts = re.split(r"(?m)^\**(?=第[一二三四五六七八九十百千零]+条)", path.read_text(encoding="utf-8"))
        for part in parts[1:]:
            if re.match(rf"{name}(?!之)", part):
                return re.split(r"(?m)^#", part)[0]
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
