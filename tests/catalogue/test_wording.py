"""The shipped texts speak of a district as a district and of its towns as it has them; what others wrote stays."""

import re
from typing import Any

import pytest

from onewindow.catalogue import text
from onewindow.catalogue.demo.format import read_all
from onewindow.catalogue.demo.wording import Words

HEDONG = Words.of("河东区", ["九曲街道", "汤河镇"])
ZHANHE = Words.of("湛河区", ["马庄街道", "曹镇乡"])
LUOSHAN = Words.of("罗山县", ["宝城街道", "周党镇", "庙仙乡"])
QUOTED = {"quote", "law", "basis", "remedies", "grounds", "levels"}
# A level of the state, and another place, are no word for the place itself.
ELSEWHERE = re.compile("县级|其他县|县以上")


def ours(told: Any) -> list[str]:
    """Every text of an item that is no quotation."""
    if isinstance(told, str):
        return [told]
    if isinstance(told, list | tuple):
        return [said for one in told for said in ours(one)]
    if isinstance(told, dict):
        return [said for key, one in told.items() if key not in QUOTED for said in ours(one)]
    return []


def said_by(words: Words, county: str) -> list[str]:
    found = []
    for item in read_all():
        told = words.of_text(text.of_file(item, county))
        found += ours([told.content, told.form, [[m.name, m.source, m.detail] for m in told.materials]])
    return found


@pytest.mark.parametrize(("words", "name"), [(HEDONG, "河东区"), (ZHANHE, "湛河区")])
def test_no_item_of_a_district_speaks_of_a_county(words: Words, name: str) -> None:
    wrong = [said for said in said_by(words, name) if "县" in ELSEWHERE.sub("", said)]
    assert wrong == []


def test_towns_are_called_what_the_place_has() -> None:
    assert (HEDONG.towns, HEDONG.town) == ("镇（街道）", "镇")
    assert (ZHANHE.towns, ZHANHE.town) == ("乡（街道）", "乡")
    assert (LUOSHAN.towns, LUOSHAN.town) == ("乡镇（街道）", "乡镇")
    hedong = "".join(said_by(HEDONG, "河东区"))
    assert "镇（街道）便民服务中心" in hedong
    assert "乡镇（街道）" not in hedong
    assert "乡镇卫生院" in hedong  # a kind of hospital, wherever it stands


def test_a_county_reads_what_was_written_for_a_county() -> None:
    for item in read_all():
        plain = text.of_file(item, "罗山县")
        assert LUOSHAN.of_text(plain) == plain


def test_quotations_and_levels_stay_letter_for_letter() -> None:
    for item in read_all():
        plain = text.of_file(item, "河东区")
        told = HEDONG.of_text(plain)
        for key in ("basis", "levels", "remedies"):
            assert told.content.get(key) == plain.content.get(key)
