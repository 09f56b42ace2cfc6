"""The national codes of items and cases: built, taken apart, and refused with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.rules import codes
from tests.catalogue.conftest import demo_uscc

USCC = demo_uscc(7)
BASE = "990131001001"


def test_a_handling_code_is_organ_level_base_and_number_and_comes_apart_again() -> None:
    code = codes.build_item(USCC, 4, BASE, 1)
    assert (len(code.task), len(code.handle)) == (31, 33)
    assert codes.item_fault(code.handle) is None
    assert codes.read_item(code.handle) == code
    assert codes.read_item(code.task) == codes.ItemCode(USCC, 4, BASE)
    assert codes.kind_of(code.base) == "行政许可"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("62052400MZ-XK-0001", "现在是 18 位"),
        (USCC + "8" + BASE, "行使层级 1 位"),
        (USCC + "4" + BASE + "00", "从 01 开始"),
        (USCC[:17] + ("0" if USCC[17] != "0" else "1") + "4" + BASE, "最后一位与前面不符"),
        (USCC + "4" + "990031001001", "没有“00”"),
    ],
)
def test_an_unsound_item_code_is_refused_with_its_reason(code: str, says: str) -> None:
    fault = codes.item_fault(code)
    assert fault is not None
    assert says in fault


def test_a_wrong_check_digit_is_told_but_the_code_still_is_the_national_one() -> None:
    wrong = USCC[:17] + ("0" if USCC[17] != "0" else "1")
    assert codes.item_fault(wrong + "4" + BASE) is not None
    assert codes.read_item(wrong + "4" + BASE) == codes.ItemCode(wrong, 4, BASE)


def test_codes_are_not_built_from_unsound_parts() -> None:
    for uscc, level, base, seq in (
        (USCC[:-1], 4, BASE, 1),
        (USCC, 9, BASE, 1),
        (USCC, 4, "12", 1),
        (USCC, 4, BASE, 100),
    ):
        with pytest.raises(ValueError):
            codes.build_item(uscc, level, base, seq)


def test_a_case_number_is_the_items_code_the_day_and_the_running_number() -> None:
    handle = codes.build_item(USCC, 4, BASE, 1).handle
    number = codes.build_case(handle, date(2026, 9, 24), 68)
    assert number == handle + "20260924" + "0068"
    assert codes.case_fault(number) is None
    assert "日期 20260931 不存在" in str(codes.case_fault(handle + "20260931" + "0068"))
    assert "流水从 0001 开始" in str(codes.case_fault(handle + "20260924" + "0000"))
    assert "现在是 5 位" in str(codes.case_fault("12345"))
