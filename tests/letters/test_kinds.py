"""Kinds of letters: their titles, what they say for each kind of item, and what they may not go without."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from onewindow.letters import kinds
from onewindow.letters.bodies.phrases import DEEMED
from onewindow.letters.data import LetterData, Paper, from_plain, to_plain
from onewindow.letters.kinds import KINDS, Incomplete, check, title
from onewindow.rules.pack import Kind as ItemKind
from tests.letters.story import ARTICLE_38, story, term

PACKS = Path(__file__).resolve().parents[2] / "packs"


def said(kind: str, data: LetterData) -> str:
    """The plain text of a letter's body."""
    blocks = [block.plain() for block in KINDS[kind].body(data).blocks]
    runs = ["".join(text for _, text in block["runs"]) for block in blocks if block["t"] == "p"]
    cells = [cell for block in blocks if block["t"] == "table" for row in block["rows"] for cell in row]
    return "\n".join([*runs, *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_titles_differ_by_the_kind_of_item(kind: str) -> None:
    titles = {item_kind: title(kind, item_kind) for item_kind in ItemKind}
    assert len(set(titles.values())) == len(ItemKind)
    assert all("许可" not in titles[item_kind] for item_kind in ItemKind if item_kind != "行政许可")


@pytest.mark.parametrize(
    ("kind", "item_kind", "expected"),
    [
        ("accepted", "行政许可", "行政许可申请受理通知书"),
        ("accepted", "行政确认", "行政确认受理通知书"),
        ("accepted", "公共服务", "公共服务事项受理通知书"),
        ("refused", "行政许可", "行政许可申请不予受理决定书"),
        ("correction", "行政给付", "行政给付申请材料补正告知书"),
        ("granted", "行政许可", "准予行政许可决定书"),
        ("granted", "行政确认", "行政确认办理结果通知书"),
        ("denied", "行政许可", "不予行政许可决定书"),
        ("denied", "公共服务", "不予办理公共服务事项告知书"),
        ("withdrawn", "行政许可", "撤回行政许可申请确认书"),
    ],
)
def test_a_letter_is_called_what_the_office_calls_it(kind: str, item_kind: str, expected: str) -> None:
    assert title(kind, item_kind) == expected


def test_a_second_correction_is_called_one() -> None:
    assert title("correction", "行政许可", second=True) == "行政许可申请材料再次补正告知书"
    words = said("correction", story(second=True))
    assert "只涉及这些补正材料" in words
    assert "全部内容一次告知" not in words


def test_a_correction_tells_everything_at_once_with_a_last_day_and_what_follows() -> None:
    words = said("correction", story(term=term(15, "告知", local=True)))
    assert "现将需要补正的全部内容一次告知如下" in words
    assert "没有标明清洗水池" in words
    assert "参照样图补画" in words
    assert "15个工作日（本地设定，文件未规定），至2026年10月22日（星期四）" in words
    assert "提醒后仍没有补正的，按不再继续申请终止办理" in words


def test_a_correction_that_does_not_say_what_is_wrong_is_not_issued() -> None:
    with pytest.raises(Incomplete, match="每份材料存在的问题"):
        check("correction", story(papers=(Paper(name="营业执照"),)))


@pytest.mark.parametrize("kind", ["refused", "not_ours", "not_needed", "denied"])
@pytest.mark.parametrize("item_kind", list(ItemKind))
def test_a_refusal_names_its_remedy_except_for_a_public_service(kind: str, item_kind: str) -> None:
    words = said(kind, story(item_kind=item_kind))
    review = "自收到本文书之日起六十日内依法向罗山县人民政府申请行政复议"
    court = "自收到本文书之日起六个月内依法向罗山县人民法院提起行政诉讼"
    assert (review in words) is (item_kind != "公共服务")
    assert (court in words) is (item_kind != "公共服务")
    assert ("投诉" in words) is (item_kind == "公共服务")


@pytest.mark.parametrize("kind", ["refused", "denied"])
@pytest.mark.parametrize(
    ("lacks", "word"), [("reasons", "理由"), ("remedy", "救济途径"), ("basis", "法律依据")]
)
def test_a_refusal_without_its_grounds_remedy_or_article_is_not_issued(
    kind: str, lacks: str, word: str
) -> None:
    with pytest.raises(Incomplete, match=word):
        check(kind, story(**{lacks: None if lacks == "remedy" else ()}))


def test_a_refusal_of_a_public_service_needs_no_remedy() -> None:
    check("denied", story(item_kind="公共服务", remedy=None, basis=()))


def test_an_unknown_kind_of_item_is_refused() -> None:
    with pytest.raises(Incomplete, match="行政处罚"):
        check("accepted", story(item_kind="行政处罚"))


def test_only_a_licence_is_accepted_by_silence() -> None:
    assert "即为受理" in said("receipt", story(term=term(5, "收到")))
    assert "即为受理" not in said("receipt", story(term=term(5, "收到"), item_kind="行政确认"))


def test_the_sentence_on_silence_is_the_law_s_own() -> None:
    rules = tomllib.loads((PACKS / "cn" / "rules.toml").read_text("utf-8"))["rules"]
    deemed = next(rule for rule in rules if rule["name"] == "accept.deemed")
    assert DEEMED.rstrip("。") == deemed["cite"]["quote"]


def test_acceptance_by_silence_is_dated_back_to_the_receipt() -> None:
    words = said("accepted", story(by_silence=True))
    assert "没有在规定的期限内告知需要补正的内容" in words
    assert "自收到申请材料之日（2026年9月24日）起即为受理" in words
    assert "决定予以受理" not in words


def test_a_firm_is_addressed_as_a_firm() -> None:
    words = said("denied", story(applicant="organization", basis=(ARTICLE_38,)))
    assert "你单位于2026年9月24日提出的食品经营许可（新办）申请" in words
    assert "你单位如不服本决定" in words


def test_review_before_court_is_said_where_the_law_demands_it() -> None:
    remedy = story().remedy
    assert remedy is not None
    words = said("denied", story(remedy=replace(remedy, review_first=True)))
    assert "应当先自收到本文书之日起六十日内" in words
    assert "也可以" not in words


def test_a_question_after_acceptance_stops_no_clock() -> None:
    words = said("explanation", story())
    assert "面馆是否使用液化石油气？" in words
    assert "不停止计算办结期限，办结期限仍为2026年10月15日（星期四）" in words


def test_a_lapsed_correction_is_not_a_refusal() -> None:
    words = said("lapsed", story())
    assert "本告知不是不予受理决定，不影响重新申请" in words


def test_papers_are_counted_by_where_they_came_from() -> None:
    assert "共4项，其中提交3项、调取1项。" in said("accepted", story())


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_without_what_it_demands_names_the_lack(kind: str) -> None:
    for name in kinds.KINDS[kind].demands:
        missing = {
            "bill": None,
            "touched": None,
            "bar": None,
            "above": None,
            "fee": "",
            "tier": "",
            "term": None,
            "serving": None,
            "special": None,
            "go_to": "",
            "longer": "",
        }
        empty = missing.get(name, ())
        with pytest.raises(Incomplete, match="缺少"):
            check(kind, story(**{name: empty}))
    check(kind, story())


def test_the_data_of_a_letter_survives_being_kept() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(story())))) == story()
    bare = story(term=None, remedy=None, serving=None, accepted_on=None)
    assert from_plain(json.loads(json.dumps(to_plain(bare)))) == bare
