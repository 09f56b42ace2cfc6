"""A lower pack may give the applicant more, never less; packs of different places are not compared."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from onewindow.packs import PackError, load
from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.worked import reckoned
from onewindow.rules.pack import Kind
from onewindow.rules.workdays import Calendar
from tests.packs.reckon import PACKS, reckon

OWN = Path(__file__).parent / "data"
DAY = date(2026, 11, 22)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the invented county that a test may spoil."""
    return Path(shutil.copytree(OWN, tmp_path / "data"))


def days(pack_id: str, channel: str | None) -> int | None:
    term = load(pack_id, OWN, PACKS).term("accept", Kind.LICENCE, DAY, channel)
    return term.days if term else None


def write(own: Path, name: str, text: str) -> None:
    with (own / "ceshi" / name).open("a", encoding="utf-8") as file:
        file.write(text)


def rule(name: str, value: str, since: str = "2021-12-01", until: str = "") -> str:
    return f"""
[[rules]]
name = "{name}"
value = {value}
applies_to = ["行政许可"]
in_force = {since}
{f"until = {until}" if until else ""}
cite = {{ source = "aytl", clause = "第四十二条第一款", quote = "一次性告知申请人审查结果" }}
"""


def test_a_shorter_local_term_goes_before_the_law_by_its_channel() -> None:
    assert days("ceshi", "web") == 1
    assert days("ceshi", "counter") == 2
    assert days("ceshi", None) == 2
    assert days("hedong", "web") == 5


def test_its_worked_examples_hold_by_both_reckonings() -> None:
    pack = load("ceshi", OWN, PACKS)
    calendar = Calendar(tuple(load_calendar(PACKS).values()))
    own_examples = [example for example in pack.examples if example.pack == "ceshi"]
    assert len(own_examples) == 2
    for example in own_examples:
        assert reckoned(pack, example, calendar) == example.expect
        assert reckon(pack, example) == example.expect


def test_a_longer_term_than_the_law_gives_stops_the_load(own: Path) -> None:
    path = own / "ceshi/terms.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("days = 2", "days = 6"), encoding="utf-8")
    with pytest.raises(PackError, match="期限 accept 为 6 日，上级 cn 为 5 日，不得更多"):
        load("ceshi", own, PACKS)


def test_a_local_stop_of_the_legal_term_stops_the_load(own: Path) -> None:
    decide = """
[[terms]]
name = "decide"
days = 15
runs_from = ["Accepted"]
ends_with = ["Granted", "Denied"]
applies_to = ["行政许可"]
stops_for = ["材料流转"]
legal = true
in_force = 2021-12-01
cite = { source = "aytl", clause = "第四十二条第一款", quote = "一次性告知申请人审查结果" }
"""
    write(own, "terms.toml", decide)
    with pytest.raises(PackError, match="增加了上级 cn 没有的停止计算事由"):
        load("ceshi", own, PACKS)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("remedy.review_days", "30", "不得更少"),
        ("decide.extension", "15", "不得更多"),
        ("accept.deemed", "false", "不得取消"),
        ("pauses.legal", '["听证", "公示"]', "不得改变"),
    ],
)
def test_a_statutory_value_worse_for_the_applicant_stops_the_load(
    own: Path, name: str, value: str, words: str
) -> None:
    write(own, "rules.toml", rule(name, value))
    with pytest.raises(PackError, match=words):
        load("ceshi", own, PACKS)


def test_a_statutory_value_better_for_the_applicant_loads(own: Path) -> None:
    write(own, "rules.toml", rule("remedy.review_days", "90") + rule("decide.extension", "5"))
    assert load("ceshi", own, PACKS).value("remedy.review_days", DAY) == 90


def test_a_local_value_has_no_floor_above_it(own: Path) -> None:
    write(own, "rules.toml", rule("rating.loop", '["评价", "监督"]'))
    assert load("ceshi", own, PACKS).value("rating.loop", DAY) == ("评价", "监督")


def test_a_changed_rule_is_a_new_period_and_both_are_found(own: Path) -> None:
    old = rule("case.max_steps", "3", "2020-01-01", "2025-12-31")
    write(own, "rules.toml", old + rule("case.max_steps", "2", "2026-01-01"))
    pack = load("ceshi", own, PACKS)
    assert pack.value("case.max_steps", date(2025, 12, 31)) == 3
    assert pack.value("case.max_steps", date(2026, 1, 1)) == 2


def test_two_values_on_one_day_stop_the_load(own: Path) -> None:
    old = rule("case.max_steps", "3", "2020-01-01", "2026-01-01")
    write(own, "rules.toml", old + rule("case.max_steps", "2", "2026-01-01"))
    with pytest.raises(PackError, match=r"case\.max_steps 在同一期间有两个值"):
        load("ceshi", own, PACKS)


def test_a_ring_of_packs_is_refused(own: Path) -> None:
    path = own / "ceshi/pack.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("cn-37", "ceshi"), encoding="utf-8")
    with pytest.raises(PackError, match="继承成环"):
        load("ceshi", own, PACKS)


def test_places_do_not_bind_each_other() -> None:
    order = {name: load(name, PACKS).value("rating.loop", DAY) for name in ("fangcheng", "hedong")}
    assert order["fangcheng"] == ("评价", "整改", "反馈", "监督")
    assert order["hedong"] == ("评价", "反馈", "整改", "监督")


def test_an_unknown_channel_stops_the_load(own: Path) -> None:
    path = own / "ceshi/terms.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"phone"', '"pigeon"'), encoding="utf-8")
    with pytest.raises(PackError, match="申请渠道只能是 counter、web、phone、post"):
        load("ceshi", own, PACKS)
