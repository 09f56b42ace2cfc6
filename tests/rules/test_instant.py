"""秒批规则: every test of the list, worked by hand, and what a table as a whole says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.rules import instant
from onewindow.rules.instant import TESTS, Found, Known, PaperSeen, Row, faults, judge, mark
from onewindow.rules.risk import TIERS, Route, Tier, names, route_of

SEP24 = date(2026, 9, 24)
KNOWN = Known(
    on=SEP24,
    paper="991523198803040427",
    name="王芳",
    fields={
        "area": 46,
        "shop": "面馆",
        "day": "2026-09-24",
        "kinds": ["饮料", "糕点"],
        "cold": False,
        "own": "991523198803040427",
        "who": "王芳",
        "blank": "",
    },
    materials={
        "here": PaperSeen(came=True, file=True, valid_until=date(2026, 9, 24), fits=True),
        "paper": PaperSeen(came=True),
        "old": PaperSeen(came=True, valid_until=date(2026, 9, 23)),
        "gone": PaperSeen(),
        "apart": PaperSeen(everybody=False),
    },
    holdings=frozenset({"991031001001"}),
)


def held(test: str, key: str, value: str = "") -> bool | None:
    row = Row(TESTS[test].of, key, test, value)
    return judge([row], KNOWN).found[0].held


@pytest.mark.parametrize(
    ("test", "key", "value", "expected"),
    [
        ("filled", "shop", "", True),
        ("filled", "blank", "", False),
        ("filled", "cold", "", True),  # 否 is an answer
        ("is", "cold", "否", True),
        ("is", "shop", "饭店", False),
        ("is", "nothing", "否", None),
        ("among", "kinds", "饮料、糕点、糖果", True),
        ("among", "kinds", "饮料", False),
        ("among", "shop", "面馆；饭店", True),
        ("among", "blank", "面馆", None),
        ("none_of", "kinds", "保健食品", True),
        ("none_of", "kinds", "糕点、保健食品", False),
        ("at_most", "area", "46", True),
        ("at_most", "area", "45.9", False),
        ("at_most", "shop", "60", None),
        ("at_most", "cold", "60", None),  # 否 is no number
        ("at_least", "area", "46", True),
        ("at_least", "area", "47", False),
        ("not_future", "day", "", True),
        ("not_past", "day", "", True),
        ("not_future", "shop", "", None),
        ("recent", "day", "0", True),
        ("own_number", "own", "", True),
        ("own_number", "shop", "", False),
        ("own_name", "who", "", True),
        ("uscc", "own", "", False),
        ("resident", "own", "", True),
        ("came", "here", "", True),
        ("came", "gone", "", False),
        ("came", "apart", "", True),  # asked of another situation
        ("came", "unknown", "", None),
        ("file", "here", "", True),
        ("file", "paper", "", False),
        ("in_force", "here", "", True),  # its last day counts
        ("in_force", "old", "", False),
        ("in_force", "paper", "", None),  # nobody wrote until when
        ("found_fit", "here", "", True),
        ("found_fit", "paper", "", None),  # nobody looked
        ("held", "991031001001", "", True),
        ("held", "991031001002", "", False),
        ("not_held", "991031001002", "", True),
    ],
)
def test_a_test_holds_fails_or_is_in_doubt(test: str, key: str, value: str, expected: bool | None) -> None:
    assert held(test, key, value) is expected


def test_every_test_of_the_list_is_worked_here() -> None:
    worked = test_a_test_holds_fails_or_is_in_doubt.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {row[0] for row in worked} == set(TESTS)


def test_a_day_is_recent_within_the_days_and_never_after_today() -> None:
    for day, expected in (("2026-09-14", True), ("2026-09-13", False), ("2026-09-25", False)):
        known = replace(KNOWN, fields={"day": day})
        assert judge([Row("field", "day", "recent", "10")], known).found == (Found(1, expected),)


def test_one_failed_or_doubtful_row_is_enough_for_a_person_and_no_row_grants_nothing() -> None:
    good, bad = Row("field", "area", "at_most", "60"), Row("field", "area", "at_most", "40")
    assert judge([good], KNOWN).all_hold
    assert not judge([good, bad], KNOWN).all_hold
    assert not judge([good, Row("field", "nothing", "is", "否")], KNOWN).all_hold
    assert not judge([], KNOWN).all_hold
    assert judge([good, bad], KNOWN).rows(False) == (2,)


def test_a_test_that_is_not_on_the_list_or_looks_at_something_else_is_in_doubt() -> None:
    for row in (
        Row("field", "area", "eval", "1"),
        Row("material", "area", "at_most", "60"),
        Row("x", "area", "filled"),
    ):
        assert judge([row], KNOWN).found[0].held is None
        assert faults(row)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("field", "area", "at_most", ""), "要填比较的值"),
        (Row("field", "area", "at_most", "许多"), "要填数字"),
        (Row("field", "area", "at_most", "inf"), "要填数字"),
        (Row("field", "area", "at_most", "nan"), "要填数字"),
        (Row("field", "day", "recent", "-1"), "天数"),
        (Row("field", "shop", "filled", "面馆"), "不用填值"),
        (Row("material", "here", "filled"), "不能用来看"),
        (Row("field", "area", "exec"), "没有选检验方法"),
    ],
)
def test_a_row_that_cannot_be_asked_is_named(row: Row, said: str) -> None:
    assert any(said in fault for fault in faults(row))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(TESTS)),
            st.sampled_from(["area", "shop", "here", "zzz"]),
            st.text(max_size=6),
        ),
        max_size=6,
    ),
    st.dictionaries(
        st.sampled_from(["area", "shop"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=2)),
    ),
)
def test_whatever_is_filled_in_judging_never_fails_and_grants_only_when_every_row_holds(
    rows: list[tuple[str, str, str]], fields: dict[str, Any]
) -> None:
    table = [Row(TESTS[test].of, key, test, value) for test, key, value in rows]
    trace = judge(table, replace(KNOWN, fields=fields))
    assert len(trace.found) == len(table)
    assert trace.all_hold == (bool(table) and {one.held for one in trace.found} == {True})


def test_a_table_has_a_mark_that_changes_with_any_of_its_rows() -> None:
    row = Row("field", "area", "at_most", "60", ("law",))
    assert mark([row]) == mark([replace(row)])
    others = [replace(row, value="61"), replace(row, basis=("other",)), replace(row, look="面积")]
    assert len({mark([one]) for one in (row, *others)}) == 4


def test_the_way_of_a_case_is_its_tier_where_the_place_has_tiers_and_its_table_elsewhere() -> None:
    told = ("非禁免批", "备案备查", "告知承诺", "严格审批")
    table = {"instant": [{"of": "field"}]}

    def way(tier: str, tiers: object, *, on: bool = True, **more: Any) -> Route:
        return route_of({"risk": {"tier": tier}, **more}, tiers, instant=on)

    assert way("exempt", told) is Route.EXEMPT
    assert way("filing", told, **table) is Route.FILING
    assert way("strict", told, **table) is Route.INSTANT
    assert way("promise", told) is Route.ALL_STEPS
    assert way("exempt", None) is Route.ALL_STEPS
    assert way("filing", None, **table) is Route.INSTANT
    assert way("filing", None, on=False, **table) is Route.ALL_STEPS
    assert route_of({"risk": None, "instant": []}, told, instant=True) is Route.ALL_STEPS


def test_a_place_names_its_tiers_in_the_order_of_its_text() -> None:
    assert names(("甲", "乙", "丙", "丁"))[Tier.PROMISE] == "丙"
    assert names(("甲", "乙")) == names(None) == {}
    assert list(TIERS) == [Tier.EXEMPT, Tier.FILING, Tier.PROMISE, Tier.STRICT]
    assert instant.OF_WORDS


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("field", "area", "at_most", "60"), "“面积”不大于 60"),
        (Row("field", "area", "is", "否"), "“面积”是“否”"),
        (Row("field", "area", "among", "甲、乙"), "“面积”只有：甲、乙"),
        (Row("field", "area", "recent", "30"), "“面积”在申请当天以前 30 天之内"),
        (Row("material", "M01", "came"), "“面积”已经提交"),
        (Row("field", "area", "gone", "1"), "“面积”gone"),
    ],
)
def test_a_row_is_a_sentence(row: Row, said: str) -> None:
    assert instant.sentence(row, "面积") == said
