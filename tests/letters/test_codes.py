"""Verification codes: hard to guess, easy to type, and wrong ones noticed."""

from random import Random

import pytest

from onewindow.letters.codes import ALPHABET, check_character, new_code, read_code


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("11100000000013338W03211220000013544541J2430599001", "F"),
        ("11100000000013338W01111430000006122244L20230000403001", "U"),
        ("11100000000013338W01111430000006122244L20230000403002", "S"),
        ("11100000000013338W08711370800MB2855918437080001202411010001001", "3"),
        ("11100000MB03271699022340100000000016001", "9"),
        ("11100000000013338W00911330105002500287C2025052201002", "0"),
    ],
)
def test_the_check_character_agrees_with_issued_licences(text: str, check: str) -> None:
    assert check_character(text) == check


def test_a_new_code_has_four_groups_and_no_ambiguous_letter() -> None:
    rng = Random(137)
    for _ in range(300):
        code = new_code(rng)
        groups = code.split("-")
        assert [len(group) for group in groups] == [4, 4, 4, 4]
        assert set(code) - {"-"} <= set(ALPHABET)
        assert not set(code) & set("ILOU")
        assert read_code(code) == code


def test_a_code_is_read_however_it_is_typed() -> None:
    rng = Random(5)
    code = next(code for code in iter(lambda: new_code(rng), "") if "0" in code and "1" in code)
    assert read_code(f" {code.lower().replace('-', '')} ") == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code


def test_every_single_wrong_character_and_every_swap_of_neighbours_is_noticed() -> None:
    code = new_code(Random(9)).replace("-", "")
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            assert read_code(code[:place] + wrong + code[place + 1 :]) is None
    for place in range(15):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or read_code(swapped) is None


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-Q9XD-0TWB-52H!", "王芳" * 8, "A" * 400])
def test_what_cannot_be_a_code_is_no_code(typed: str) -> None:
    assert read_code(typed) is None
