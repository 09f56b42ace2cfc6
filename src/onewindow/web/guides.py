"""指南的一页: what does a guide say, in the order in which a person asks, and on what does each line rest?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onewindow.catalogue import chart, handling
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.catalogue.reads import Guide
from onewindow.catalogue.text import LEVELS
from onewindow.intake import delivery, situation
from onewindow.rules.fees import BEFORE_WORDS
from onewindow.rules.pack import LOCAL_WORDS, Pack, Rule, Term
from onewindow.web.kind_shown import KindShown, kind_shown
from onewindow.web.named import Named, named
from onewindow.web.papers import Offer
from onewindow.web.shorter import Shorter, shorter

UNITS = {"working": "个工作日", "calendar": "天"}
DEPTH = {1: "可在网上咨询、下载表格", 2: "可在网上预审", 3: "全程网办"}
_LEVELS = {n: word for word, n in LEVELS.items()}
NEED = {
    Material.Necessity.REQUIRED: "请准备",
    Material.Necessity.EXEMPT: "免提交，部门已经有了",
}


@dataclass(frozen=True)
class Ground:
    """依据 as the page shows it: law, article, its words, and whether they were checked."""

    law: str
    article: str
    quote: str = ""
    checked: bool = True
    edition: str = ""
    note: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        return f"《{self.law.removeprefix('中华人民共和国')}》{self.article}"


@dataclass(frozen=True)
class Paper:
    """One material as the applicant meets it."""

    number: int
    name: str
    amount: str
    fill: str
    only_if: tuple[str, ...]
    sample: str
    blank: str
    errors: tuple[str, ...]
    grounds: tuple[Ground, ...]
    source: str
    free: bool
    files: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Limit:
    """One line of the table of limits."""

    what: str
    since: str
    long: str
    legal: str = ""
    grounds: tuple[Ground, ...] = ()
    note: str = ""


@dataclass
class Page:
    """Everything that the template of a guide reads."""

    item: Item
    version: ItemVersion
    content: dict[str, Any]
    facts: list[tuple[str, str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    papers: list[tuple[str, list[Paper]]] = field(default_factory=list)
    to_hand_in: int = 0
    counted: str = ""
    level: str = ""
    chart: chart.Chart | None = None
    limits: list[Limit] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    conditions: list[tuple[str, tuple[Ground, ...]]] = field(default_factory=list)
    fee_grounds: tuple[Ground, ...] = ()
    charges: list[tuple[dict[str, Any], tuple[Ground, ...]]] = field(default_factory=list)
    result_grounds: tuple[Ground, ...] = ()
    specials: list[tuple[dict[str, Any], tuple[Ground, ...]]] = field(default_factory=list)
    post: str = ""
    named: Named = field(default_factory=Named)
    shorter: Shorter = field(default_factory=Shorter)
    kind: KindShown = field(default_factory=KindShown)


def page(
    guide: Guide,
    pack: Pack,
    on: date,
    county: str = "",
    files: Mapping[str, Sequence[Offer]] | None = None,
    given: Mapping[str, str] | None = None,
) -> Page:
    """The page of a complete guide, narrowed to the answers `given` about the situation."""
    version = guide.version
    assert version is not None
    given = given or {}
    content = _narrowed(version.content, given)
    made = Page(guide.item, version, content)
    book = _Book(content, given)
    materials = tuple(
        row for row in guide.materials if situation.may_apply(row.detail.get("when") or (), given)
    )
    made.level = _LEVELS.get(guide.item.level, "")
    made.kind = kind_shown(version, pack, on, book.of, lambda rule: list(_cited(rule, pack)))
    made.tags = _tags(version, content, made.kind)
    made.facts = _facts(version, content, made.kind)
    made.papers, made.to_hand_in, made.counted = _papers(materials, book, files or {})
    result = content.get("result", {})
    organ = guide.item.department.name.removeprefix(county)
    made.named = named(version, guide.materials, pack, on, organ)
    made.chart = chart.draw(
        content.get("steps", []),
        unit=version.promised_unit,
        organ=organ,
        result=result.get("name", "结果"),
        immediate=version.immediate,
    )
    made.limits = _limits(version, content, pack, on, book, made.kind)
    made.grounds = book.of(content.get("grounds", []))
    made.conditions = [
        (one["text"], tuple(book.of(one.get("basis", [])))) for one in content.get("conditions", [])
    ]
    fee = content.get("fee", {})
    made.fee_grounds = tuple(book.of(fee.get("basis", [])))
    made.charges = [(one, tuple(book.of(one.get("basis", [])))) for one in fee.get("items", [])]
    made.result_grounds = tuple(book.of(result.get("basis", [])))
    made.post = _post(version, pack, on)
    made.shorter = shorter(version, guide.materials, pack, on, book.of)
    made.tags += made.shorter.tags
    made.specials = [(one, tuple(book.of(one.get("basis", [])))) for one in content.get("special", [])]
    return made


def _post(version: ItemVersion, pack: Pack, on: date) -> str:
    """Who pays when the result is posted; nothing for an item that is not posted."""
    if delivery.COURIER not in delivery.ways(version) or not version.content.get("result", {}).get(
        "delivery"
    ):
        return ""
    rule = delivery.post_free(pack, version, on)
    if rule is None:
        return "邮费由谁付，本地文件没有规定，请先问办理窗口"
    return f"邮寄不收您的邮费（{pack.sources[rule.cite.source].title}{rule.cite.clause}）"


def _narrowed(content: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What is left of a version's text when these answers are given: conditions, special procedures, steps."""
    left = {
        part: [one for one in content.get(part, []) if situation.may_apply(one.get("when") or (), given)]
        for part in ("conditions", "special")
    }
    return {**content, **left, "steps": [_step(one, given) for one in content.get("steps", [])]}


def _step(step: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """A step with what it does beside in this situation."""
    asides = [one["text"] for one in step.get("asides") or () if situation.may_apply(one["when"], given)]
    return {**step, "does": "".join([step.get("does", ""), *asides])}


class _Book:
    """The bases of a version by their keys, and its questions by theirs."""

    def __init__(self, content: dict[str, Any], given: Mapping[str, str]) -> None:
        self.bases = {one["key"]: _ground(one) for one in content.get("basis", [])}
        self.answers = {
            f"{asked['key']}={option['key']}": f"{asked['ask']}{option['label']}"
            for asked in content.get("questions", [])
            if asked["key"] not in given
            for option in asked.get("options", [])
        }

    def of(self, keys: Iterable[str]) -> list[Ground]:
        return [self.bases[key] for key in keys if key in self.bases]


def _ground(kept: dict[str, Any]) -> Ground:
    return Ground(
        law=kept.get("law", ""),
        article=kept.get("article", ""),
        quote=kept.get("quote", ""),
        checked=bool(kept.get("verified", True)),
        edition=kept.get("edition", ""),
        note=kept.get("note", ""),
        key=kept.get("key", ""),
    )


def span(days: int | None, unit: str, immediate: bool = False) -> str:
    """A limit in words: 当场办结, 8 个工作日, 20 天."""
    if immediate or days == 0:
        return "当场办结"
    return f"{days} {UNITS.get(unit, '天')}" if days is not None else "没有规定"


def _tags(version: ItemVersion, content: dict[str, Any], kind: KindShown) -> list[tuple[str, str]]:
    tags = [(version.kind, ""), (kind.word, "")]
    tags += [(word, "green") for word in handling.tags(version)]
    depth = DEPTH.get(content.get("service", {}).get("online", 0))
    if depth and (handling.ONLINE, "green") not in tags:
        tags.append((depth, "blue"))
    if reach := content.get("service", {}).get("reach"):
        tags.append((reach, "line"))
    return tags


def _facts(version: ItemVersion, content: dict[str, Any], kind: KindShown) -> list[tuple[str, str, str]]:
    service = content.get("service", {})
    legal = span(version.legal_days, version.legal_unit) if version.legal_days else ""
    promised = span(version.promised_days, version.promised_unit, version.immediate)
    visits = service.get("visits", 0)
    return [
        _how_long(promised, legal, kind),
        ("您要跑", f"{visits} 次" if visits else "不用跑", service.get("why_visit", "") if visits else ""),
        ("收费", "收费" if content.get("fee", {}).get("charged") else "不收费", _when_paid(content)),
        ("谁能办", "、".join(content.get("who", [])[:3]), "等" if len(content.get("who", [])) > 3 else ""),
    ]


def _how_long(promised: str, legal: str, kind: KindShown) -> tuple[str, str, str]:
    """Until the decision; where another organ decides, until the papers go there, and how long it takes."""
    if kind.organ:
        return "本级初审", promised, f"再由{kind.organ}决定" + (f"，{kind.days}" if kind.days else "")
    return "承诺办结", promised, f"法定 {legal}" if legal else "没有法定时限"


def _when_paid(content: dict[str, Any]) -> str:
    """What waits for the money, where the guide says it."""
    fee = content.get("fee", {})
    return BEFORE_WORDS.get(fee.get("before", ""), "") if fee.get("charged") else ""


def _shorter(version: ItemVersion) -> str:
    """By how much the promise is shorter than the law, where both count the same days."""
    legal, promised = version.legal_days, version.promised_days
    if not legal or promised is None or promised >= legal or version.legal_unit != version.promised_unit:
        return ""
    return f"，缩短 {(legal - promised) * 100 // legal}%"


def _papers(
    materials: tuple[Material, ...], book: _Book, files: Mapping[str, Sequence[Offer]]
) -> tuple[list[tuple[str, list[Paper]]], int, str]:
    """In two groups; 可容缺 is prepared like all others, and stands once more under 容缺受理."""
    ordered = sorted(materials, key=lambda row: row.necessity == Material.Necessity.EXEMPT)
    made = [(_group(row), _paper(n, row, book, files.get(row.code, ()))) for n, row in enumerate(ordered, 1)]
    groups = [(title, [one for need, one in made if need == key]) for key, title in NEED.items()]
    free = sum(need == Material.Necessity.EXEMPT for need, _ in made)
    told = [f"共 {len(made)} 份"]
    told += [f"{free} 份不用您交"] if free else []
    return [pair for pair in groups if pair[1]], len(made) - free, "，".join(told)


def _group(row: Material) -> str:
    free = row.necessity == Material.Necessity.EXEMPT
    return Material.Necessity.EXEMPT if free else Material.Necessity.REQUIRED


def _paper(number: int, row: Material, book: _Book, files: Sequence[Offer]) -> Paper:
    kept = row.detail
    amount = [f"原件 {kept['original']} 份"] if kept.get("original") else []
    amount += [f"复印件 {kept['copies']} 份"] if kept.get("copies") else []
    amount += ["可交电子件"] if kept.get("electronic") else []
    free = row.necessity == Material.Necessity.EXEMPT
    return Paper(
        number=number,
        name=row.name,
        amount="，".join(amount) if not free else kept.get("taken_from", ""),
        fill=kept.get("fill", ""),
        only_if=tuple(book.answers[key] for key in kept.get("when", []) if key in book.answers),
        sample=kept.get("sample", ""),
        blank=kept.get("blank", ""),
        errors=tuple(kept.get("errors", [])),
        grounds=tuple(book.of(kept.get("basis", []))),
        source=row.source,
        free=free,
        files=tuple(files),
    )


def _limits(
    version: ItemVersion, content: Mapping[str, Any], pack: Pack, on: date, book: _Book, kind: KindShown
) -> list[Limit]:
    """What the law of the place and the item's own bases say, from the hand-in to the hand-over."""
    limit = content.get("limit", {})
    lines = []
    if (accept := pack.term("accept", version.kind, on)) is not None:
        lines.append(_of_pack("决定是否受理", "收到申请起", accept, pack))
    given = version.legal_days is not None
    legal = f"法定 {span(version.legal_days, version.legal_unit)}" if given else "没有法定时限"
    lines.append(
        Limit(
            what="初审并转报" if kind.organ else "作出决定",
            since="受理次日起",
            long=span(version.promised_days, version.promised_unit, version.immediate),
            legal=legal + _shorter(version),
            grounds=tuple(book.of(limit.get("legal_basis", []))),
            note="".join(filter(None, (limit.get("legal_note"), limit.get("promise_note")))),
        )
    )
    if kind.organ:
        lines.append(Limit(f"{kind.organ}决定", "转报次日起", kind.days or "没有规定", "", kind.grounds))
    lines += _handed_on(version, pack, on, kind)
    decide = pack.term("decide", version.kind, on)
    stops = decide.stops_for if decide is not None else ()
    for one in content.get("special", []):
        grounds = tuple(book.of(one.get("basis", [])))
        long = (
            f"最长 {one['days']} {UNITS.get(version.promised_unit, '天')}" if one.get("days") else "书面告知"
        )
        effect = "，不计入时限" if one["name"] in stops else ""
        lines.append(Limit(f"{one['name']}{effect}", "书面告知起", long, "", grounds, one.get("note", "")))
    return lines


def _handed_on(version: ItemVersion, pack: Pack, on: date, kind: KindShown) -> list[Limit]:
    """By when the result is in his hands: after the decision here, or after the answer from above."""
    if kind.organ:
        term, what, since = (
            pack.term("pass_on", version.kind, on, None, kind.word),
            "转交结果",
            "收到决定次日起",
        )
    else:
        term, what, since = pack.term("deliver", version.kind, on), "送达结果", "决定次日起"
    return [_of_pack(what, since, term, pack)] if term is not None else []


def _of_pack(what: str, since: str, term: Term, pack: Pack) -> Limit:
    grounds = _cited(term, pack)
    long = span(term.days, term.unit) if term.days is not None else "没有规定"
    return Limit(what, since, long, "", grounds, "" if grounds else LOCAL_WORDS)


def _cited(one: Term | Rule, pack: Pack) -> tuple[Ground, ...]:
    """The clauses of the pack behind a term or a rule."""
    return tuple(
        Ground(pack.sources[cite.source].title, cite.clause, cite.quote, cite.verified) for cite in one.cites
    )
