"""Which number can stand on which paper, and which was invented?"""

from datetime import date

import pytest

from onewindow.people.models import PaperKind
from onewindow.rules import identity
from onewindow.rules.identity import canonical, demo_id, demo_uscc, is_demo, paper_fault, paper_key, tidy

TODAY = date(2026, 9, 24)
FANG = demo_id(1523, date(1988, 3, 10), 42)
SHOP = demo_uscc("92", 20261121)


def made(first_six: str, born: str, sequence: str) -> str:
    """A number with a correct check digit whatever its area; born before anybody now alive."""
    return first_six + born + sequence + identity.id_check(first_six + born + sequence)


def test_every_kind_of_paper_has_its_rule() -> None:
    assert all(paper_fault(kind, "?", TODAY) for kind in PaperKind.values)


def test_a_number_typed_with_blanks_and_full_width_digits_is_the_same_number() -> None:
    typed = f" {FANG[:6]} {FANG[6:14]}　{FANG[14:]}".translate(
        {ord(str(d)): chr(0xFF10 + d) for d in range(10)}
    )
    assert typed != FANG
    assert tidy(typed) == FANG
    assert tidy("\u200b99１５２３１９８８０３１０００５ｘ\ufeff") == "99152319880310005X"


@pytest.mark.parametrize("sequence", range(1, 40))
def test_only_one_last_character_in_eleven_is_right(sequence: int) -> None:
    number = demo_id(1523, date(1990, 2, 28), sequence)
    right = [last for last in "0123456789X" if paper_fault("resident", number[:17] + last, TODAY) is None]
    assert right == [number[17]]


@pytest.mark.parametrize("area", ["110105", "410411", "513021", "652901", "990000", "000000"])
def test_the_area_prefix_refuses_nobody(area: str) -> None:
    assert paper_fault("resident", made(area, "18851231", "002"), TODAY) is None


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "18 位"),
        ("99152319880310042", "18 位"),
        (FANG + "1", "18 位"),
        ("9915231988031004２X", "最后一位"),
        ("99152X198803100426", "18 位"),
        (made("991523", "19880230", "042"), "不存在"),
        (made("991523", "19880431", "042"), "不存在"),
        (made("991523", "19881301", "042"), "不存在"),
        (made("991523", "20230229", "042"), "不存在"),
        (made("991523", "18600101", "042"), "不存在"),
        (made("991523", "20260925", "042"), "今天以后"),
        (FANG[:16] + "3" + FANG[17], "最后一位"),
    ],
)
def test_a_number_that_cannot_be_says_what_is_wrong_with_it(number: str, why: str) -> None:
    assert why in (paper_fault("resident", number, TODAY) or "")


def test_somebody_born_today_has_a_possible_number() -> None:
    assert paper_fault("resident", made("991523", "20260924", "042"), TODAY) is None
    assert paper_fault("resident", made("991523", "20240229", "042"), TODAY) is None


def test_birth_and_sex_are_read_from_the_number() -> None:
    assert (identity.birth_date(FANG), identity.sex(FANG)) == (date(1988, 3, 10), "女")
    assert identity.sex(demo_id(1523, date(1988, 3, 10), 43)) == "男"
    assert identity.birth_date("nothing like a number") is None


def test_age_turns_on_the_birthday_and_not_before() -> None:
    born = date(2008, 2, 29)
    assert identity.age(born, date(2026, 2, 28)) == 17
    assert identity.age(born, date(2026, 3, 1)) == 18


def test_two_digits_exchanged_in_a_code_of_an_organisation_are_noticed() -> None:
    assert paper_fault("uscc", SHOP, TODAY) is None
    exchanged = SHOP[:9] + SHOP[10] + SHOP[9] + SHOP[11:]
    assert exchanged != SHOP
    assert "最后一位" in (paper_fault("uscc", exchanged, TODAY) or "")
    assert "I、O、S、V、Z" in (paper_fault("uscc", SHOP[:17] + "I", TODAY) or "")
    assert paper_fault("uscc", SHOP.lower(), TODAY) is None


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "E12345678"),
        ("passport", "ea1234567"),
        ("passport", "X 1234 5678"),
        ("hmt_residence", made("810000", "18850101", "001")),
        ("hmt_residence", made("820000", "18850101", "001")),
        ("hmt_residence", made("830000", "18850101", "001")),
        ("hk_macao_pass", "H00000001"),
        ("hk_macao_pass", "m0000000101"),
        ("taiwan_pass", "00000001"),
        ("taiwan_pass", "0000000001(B)"),
        ("foreign_residence", made("941000", "18850101", "001")),
        ("foreign_residence", "XXX410085010112"),
        ("officer_card", "测字第 1234567 号"),
        ("officer_card", "测１２３４５６７"),
        ("household", demo_id(1523, date(2018, 6, 1), 28)),
        ("other_org", "测民组〔2024〕3 号"),
    ],
)
def test_papers_other_than_the_resident_card_are_known(kind: str, number: str) -> None:
    assert paper_fault(kind, number, TODAY) is None


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        ("passport", "ABCDEF", "护照"),
        ("passport", "E1234567890123456789012", "护照"),
        ("hmt_residence", FANG, "81（香港）"),
        ("hk_macao_pass", "T00000001", "H 或 M"),
        ("taiwan_pass", "1234567", "8 位"),
        ("foreign_residence", "XXX410085130112", "出生日期"),
        ("foreign_residence", "X410085010112", "9 开头"),
        ("officer_card", "1234567", "某字第"),
        ("other_org", "", "文号"),
    ],
)
def test_a_number_of_another_shape_is_refused_with_the_right_shape(kind: str, number: str, why: str) -> None:
    assert why in (paper_fault(kind, number, TODAY) or "")


def test_one_paper_has_one_key_however_it_is_written() -> None:
    assert canonical("officer_card", "测 １２３４５６７") == "测字第1234567号"
    assert paper_key("officer_card", "测字第1234567号") == paper_key("officer_card", "测1234567")
    child = demo_id(1523, date(2018, 6, 1), 28)
    assert paper_key("household", child) == paper_key("resident", child)
    assert paper_key("passport", "E12345678", nation="CHN") != paper_key(
        "passport", "E12345678", nation="USA"
    )
    assert paper_key("other_org", "3 号", name="甲") != paper_key("other_org", "3号", name="乙")


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("100 9571 5339", "10095715339"),
        ("+86 100-9571-5339", "10095715339"),
        ("１００９５７１５３３９", "10095715339"),
        ("0000-0000000", "0000-0000000"),
        ("(0000)0000000", "00000000000"),
        ("+852 00000000", "+85200000000"),
    ],
)
def test_telephones_are_kept_in_one_way_of_writing(phone: str, kept: str) -> None:
    assert identity.tidy_phone(phone) == kept
    assert identity.phone_fault(phone) is None


@pytest.mark.parametrize("phone", ["", "12345", "1009571533", "100957153390", "请打窗口", "20095715339"])
def test_what_is_no_telephone_is_refused(phone: str) -> None:
    assert "11 位" in (identity.phone_fault(phone) or "")


def test_invented_numbers_are_known_and_real_ones_are_not_taken_for_invented() -> None:
    assert is_demo("resident", FANG)
    assert is_demo("household", FANG)
    assert is_demo("uscc", SHOP)
    assert not is_demo("resident", made("110105", "18851231", "002"))
    # 9 stands for many registering bodies, and 99 in front is not the area.
    other = "99110000" + "00000001" + identity.organ_check("00000001")
    assert not is_demo("uscc", other + identity.uscc_check(other))
    # A resident's number whose birth place ends in 99 is nobody's invention.
    assert not is_demo("resident", made("119900", "18851231", "002"))
    assert not is_demo("passport", "990000001")
    assert identity.is_demo_phone("100 0000 0001")
    assert identity.is_demo_phone("0000-0000000")
    assert not any(map(identity.is_demo_phone, ("", "13000000000", "1000000000", "+85200000000")))


def test_outside_a_demonstration_an_invented_number_is_refused_with_the_reason() -> None:
    assert "99" in (identity.demo_fault("resident", FANG) or "")
    assert "电话" in (identity.demo_fault("passport", "E12345678", "10095715339") or "")
    assert identity.demo_fault("passport", "E12345678", "0371-60000000") is None


def test_a_masked_number_hides_the_whole_birth_date() -> None:
    assert identity.masked(FANG) == "991523********0426"
    assert "1988" not in identity.masked(FANG)
    assert identity.masked("10095715339") == "100****5339"
    assert identity.masked("H00000001") == "H00****01"
    assert identity.masked("测字1") == "***"
