"""继承: may this pack stand below that one?

A statutory key may only move in the applicant's favour, against every pack above it, on every day
and for every kind of item on which both hold. Packs of different places are never compared.
"""

from collections.abc import Sequence
from itertools import combinations

from onewindow.packs.keys import RULES, TERMS, Better, favours
from onewindow.rules.pack import PackError, Rule, Term


def refuse_less_than_above(
    pack: str,
    terms: Sequence[Term],
    terms_above: Sequence[Term],
    rules: Sequence[Rule],
    rules_above: Sequence[Rule],
) -> None:
    for own in terms:
        for above in terms_above:
            if own.name == above.name and _meet(own, above):
                _compare_terms(pack, own, above)
    for rule in rules:
        for rule_above in rules_above:
            if rule.name == rule_above.name and _meet(rule, rule_above):
                _compare_rules(pack, rule, rule_above)


def _compare_terms(pack: str, own: Term, above: Term) -> None:
    better = TERMS[own.name].better
    if own.days is None or above.days is None or better is None:
        return
    where = f"政策包 {pack}：期限 {own.name}"
    if own.unit != above.unit:
        raise PackError(f"{where} 的计算单位与上级 {above.pack} 不同。")
    if not favours(better, above.days, own.days):
        raise PackError(f"{where} 为 {own.days} 日，上级 {above.pack} 为 {above.days} 日，{better.value}。")
    if above.legal and not own.legal:
        raise PackError(f"{where} 在上级 {above.pack} 是法定期限，不能改为非法定。")
    if not set(own.stops_for) <= set(above.stops_for) and better is Better.FEWER:
        raise PackError(f"{where} 增加了上级 {above.pack} 没有的停止计算事由。")
    if not set(own.rests_after) <= set(above.rests_after) and better is Better.FEWER:
        raise PackError(f"{where} 增加了上级 {above.pack} 没有的、不再由机关负责的事由。")


def _compare_rules(pack: str, own: Rule, above: Rule) -> None:
    better = RULES[own.name].better
    if better is not None and not favours(better, above.value, own.value):
        raise PackError(
            f"政策包 {pack}：规则 {own.name} 的值 {own.value!r} 对申请人不如上级 {above.pack} 的"
            f" {above.value!r}，{better.value}。"
        )


def refuse_twice(pack: str, terms: Sequence[Term], rules: Sequence[Rule]) -> None:
    """Within one pack a key has one value on a day: a changed rule closes the one before it."""
    for one, other in combinations(terms, 2):
        if one.name == other.name and _meet(one, other) and one.channels == other.channels:
            raise PackError(f"政策包 {pack}：期限 {one.name} 在同一期间有两个值。")
    for rule, second in combinations(rules, 2):
        if rule.name == second.name and _meet(rule, second):
            raise PackError(f"政策包 {pack}：规则 {rule.name} 在同一期间有两个值。")


def _meet(one: Term | Rule, other: Term | Rule) -> bool:
    kinds = _case_kinds(one), _case_kinds(other)
    apart = all(kinds) and not kinds[0] & kinds[1]
    return not apart and bool(one.applies_to & other.applies_to) and one.period.overlaps(other.period)


def _case_kinds(entry: Term | Rule) -> frozenset[str]:
    """The kinds of case that it governs; all when none."""
    return entry.case_kinds if isinstance(entry, Term) else frozenset()
