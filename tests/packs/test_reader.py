"""A pack is read whole or not at all."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from onewindow.packs import PackError, load
from onewindow.packs.keys import RULES, in_words
from onewindow.rules.pack import Basis, Kind

PACKS = Path(__file__).resolve().parents[2] / "packs"
DAY = date(2026, 11, 22)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the shipped packs that a test may spoil."""
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_licence_is_accepted_within_five_days_and_decided_within_twenty() -> None:
    pack = load("luoshan", PACKS)
    accept = pack.term("accept", "行政许可", DAY)
    decide = pack.term("decide", "行政许可", DAY)
    assert accept is not None
    assert decide is not None
    assert (accept.days, accept.unit, accept.legal) == (5, "working", True)
    assert decide.days_for(None, 3) == 20
    assert decide.days_for(10, 3) == 10


def test_a_confirmation_has_no_legal_days_but_those_its_own_basis_gives() -> None:
    decide = load("luoshan", PACKS).term("decide", Kind.CONFIRMATION, DAY)
    assert decide is not None
    assert decide.days_for(None, 5) is None
    assert decide.days_for(15, 5) == 15


def test_deemed_acceptance_is_for_licences_only() -> None:
    pack = load("luoshan", PACKS).at(DAY)
    assert pack.holds("accept.deemed", Kind.LICENCE)
    assert not pack.holds("accept.deemed", Kind.SERVICE)


def test_hedong_has_a_second_person_for_a_refusal_and_luoshan_has_not() -> None:
    assert load("hedong", PACKS).at(DAY).holds("refusal.second_person", Kind.LICENCE)
    assert not load("luoshan", PACKS).at(DAY).holds("refusal.second_person", Kind.LICENCE)


def test_a_rule_does_not_hold_before_its_day() -> None:
    pack = load("hedong", PACKS)
    assert pack.rule("refusal.second_person", date(2022, 7, 20)) is None
    assert pack.rule("refusal.second_person", date(2022, 7, 21)) is not None


def test_the_sections_of_a_guide_add_up_from_law_to_county() -> None:
    sections = load("luoshan", PACKS).value("guide.sections", DAY, Kind.LICENCE)
    assert isinstance(sections, tuple)
    assert "示范文本" in sections
    assert "审批责任人" in sections
    assert len(sections) == len(set(sections))


def test_a_setting_is_local_and_changes_the_term_that_names_it() -> None:
    pack = load("luoshan", PACKS)
    setting = pack.setting("correction.answer_days")
    assert setting.basis is Basis.LOCAL
    term = pack.term("answer_correction", Kind.LICENCE, DAY)
    assert term is not None
    assert (term.days, term.basis, term.owed_by) == (setting.value, Basis.LOCAL, "applicant")


def test_a_quotation_that_is_not_in_the_archived_text_stops_the_load(packs: Path) -> None:
    spoil(packs / "hedong/rules.toml", "窗口无权否决等工作制度", "窗口无权 否决等工作制度")
    with pytest.raises(PackError, match=r"hedong：规则 window\.authority 的引文不在"):
        load("hedong", packs)


def test_a_changed_archived_text_stops_the_load(packs: Path) -> None:
    spoil(packs / "luoshan/text.txt", "首问负责", "首问 负责")
    with pytest.raises(PackError, match="SHA-256"):
        load("luoshan", packs)


def test_a_rule_without_its_kinds_does_not_load(packs: Path) -> None:
    spoil(packs / "hedong/rules.toml", 'applies_to = ["全部"]\n', "")
    with pytest.raises(PackError, match=r"window\.authority 没有写明适用的事项类型"):
        load("hedong", packs)


def test_an_unknown_key_stops_the_load(packs: Path) -> None:
    spoil(packs / "hedong/rules.toml", 'name = "window.authority"', 'name = "window.colour"')
    with pytest.raises(PackError, match=r"window\.colour：不认识这个键"):
        load("hedong", packs)


def test_a_county_cannot_take_away_what_the_law_gives(packs: Path) -> None:
    spoil(
        packs / "luoshan/rules.toml",
        'name = "correction.once"\nvalue = true',
        'name = "correction.once"\nvalue = false',
    )
    with pytest.raises(PackError, match=r"规则 correction\.once .*不得取消"):
        load("luoshan", packs)


def test_a_plan_that_a_text_asks_for_is_named_by_its_kind_and_read_in_its_words(packs: Path) -> None:
    rule = load("zhanhe", packs).rule("emergency.plans", DAY)
    assert rule is not None
    assert in_words(RULES["emergency.plans"], rule.value) == "突发事件、疫情防控"
    spoil(packs / "zhanhe" / "rules.toml", '["any", "epidemic"]', '["any", "疫情防控"]')
    with pytest.raises(PackError, match="epidemic"):
        load("zhanhe", packs)


@pytest.mark.parametrize("told", ["[114.51, 32.20]", "[32.20]", '["32", "114"]', "32.20"])
def test_a_seat_is_a_latitude_and_a_longitude(packs: Path, told: str) -> None:
    assert load("luoshan", packs).seat == (32.20, 114.51)
    spoil(packs / "luoshan/pack.toml", "seat = [32.20, 114.51]", f"seat = {told}")
    with pytest.raises(PackError, match="纬度和经度"):
        load("luoshan", packs)
