"""The demonstration county's items: whole, plain, different from each other, and true to the law that they quote."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest

from onewindow.catalogue.demo import checks, offices
from onewindow.catalogue.demo.format import ITEMS, BadItem, Basis, Item, read, read_all
from onewindow.catalogue.demo.schema import SHARED, layout, messages, schema

ALL = read_all()
ROOT = Path(__file__).resolve().parents[2]
LAWS = Path(os.environ.get("ONEWINDOW_LAWS") or ROOT.parent / "shared" / "laws")
each = pytest.mark.parametrize("item", ALL, ids=lambda item: item.key)
with_laws = pytest.mark.skipif(
    not LAWS.is_dir(), reason="the law texts are not here: set ONEWINDOW_LAWS, or put them in ../shared/laws"
)
FOOD = next(item for item in ALL if item.key == "food_business_new")


@each
def test_an_item_has_everything_that_a_citizen_must_be_told(item: Item) -> None:
    assert checks.problems(item) == []


@each
@with_laws
def test_every_quotation_stands_letter_for_letter_in_the_article_it_names(item: Item) -> None:
    assert list(checks.wrong_quotes(item.basis, LAWS)) == []


@with_laws
def test_the_remedies_quote_the_law_letter_for_letter() -> None:
    ways = {way for item in ALL for way in offices.remedies(item)}
    quoted = [Basis(key=w.way, law=w.law, edition=w.edition, article=w.article, quote=w.quote) for w in ways]
    assert quoted
    assert list(checks.wrong_quotes(quoted, LAWS)) == []


@with_laws
def test_one_changed_letter_or_a_wrong_article_is_noticed() -> None:
    good = FOOD.on_what(("food35",))[0]
    changed = replace(good, quote=good.quote.replace("应当", "应该", 1))
    moved = replace(good, article="第三十六条")
    nowhere = replace(good, article="第九百九十九条")
    assert [len(list(checks.wrong_quotes([b], LAWS))) for b in (good, changed, moved, nowhere)] == [
        0,
        1,
        1,
        1,
    ]


def test_no_two_items_ask_for_the_same_papers() -> None:
    lists = [tuple(sorted(m.name for m in item.materials)) for item in ALL]
    assert len(set(lists)) == len(lists)


def test_no_two_items_have_the_same_form() -> None:
    forms = [tuple(sorted((f.label, f.type) for f in item.form)) for item in ALL]
    assert len(set(forms)) == len(forms)


def test_codes_are_unique() -> None:
    assert len({item.code for item in ALL}) == len(ALL)


def test_no_everyday_name_is_the_official_name_of_another_item() -> None:
    official = {item.name for item in ALL}
    assert [(item.key, name) for item in ALL for name in item.everyday if name in official] == []


def test_kinds_and_case_kinds_are_all_there() -> None:
    assert {item.kind for item in ALL} >= {"行政许可", "行政确认", "行政给付", "其他行政权力", "公共服务"}
    assert {item.case_kind for item in ALL} == {"即办件", "承诺件", "联办件", "上报件"}
    assert any(item.kind == "行政许可" and item.case_kind == "承诺件" for item in ALL)
    assert len(ALL) >= 12


def test_a_plain_public_service_names_no_remedy_against_a_decision() -> None:
    plain = [item for item in ALL if item.kind == "公共服务" and not item.remedy]
    assert plain
    assert all(offices.remedies(item) == () for item in plain)


@each
def test_the_form_is_a_valid_schema_whose_own_fields_all_have_a_label_and_a_message(item: Item) -> None:
    made = schema(item)
    jsonschema_rs.meta.validate(made)
    own = set(made["properties"]) - set(SHARED)
    assert len(own) >= 3
    assert set(messages(item)) == set(made["properties"]) == {row["key"] for row in layout(item)}
    assert not jsonschema_rs.is_valid(made, {"nobody_asked_for_this": 1})


def test_a_form_refuses_what_does_not_fit_and_takes_what_does() -> None:
    check = jsonschema_rs.validator_for(schema(FOOD), validate_formats=True)
    good = {
        "business_type": "餐饮服务经营者",
        "projects": ["热食类食品制售"],
        "online_sale": False,
        "premises": "测试路 12 号",
        "area": 60,
        "safety_officer": "王芳",
        "safety_officer_phone": "10012345678",
        "staff": 3,
    }
    assert check.is_valid(good)
    assert not check.is_valid(good | {"safety_officer_phone": "1234"})
    assert not check.is_valid(good | {"projects": []})
    assert not check.is_valid(good | {"online_sale": True})
    assert check.is_valid(good | {"online_sale": True, "platform": "测试外卖平台"})
    assert not check.is_valid(good | {"business_type": "集中用餐单位食堂"})


def test_every_permit_says_by_when_it_must_be_decided_and_what_can_be_done_against_it() -> None:
    for item in (one for one in ALL if one.kind == "行政许可"):
        assert item.limit.legal_days is not None, item.key
        assert {way.way for way in offices.remedies(item)} == {"行政复议", "行政诉讼"}


def test_what_a_citizen_relies_on_says_where_it_comes_from_and_when_it_was_checked() -> None:
    for item in ALL:
        relied_on = (*item.basis, item.limit, item.fee, *item.materials)
        assert {one.checked_on for one in relied_on} == {item.checked_on}
        assert all(b.source for b in item.basis)


def test_a_basis_without_an_archived_text_is_shown_as_unverified_and_quotes_nothing() -> None:
    unverified = [b for item in ALL for b in item.basis if not b.verified]
    assert unverified
    assert {(b.standing, b.quote) for b in unverified} == {("待核", "")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limit": replace(FOOD.limit, promised_days=11)}, "长于法定时限"),
        ({"code": "990731001001"}, "前六位"),
        ({"code": "12345"}, "12 位"),
        ({"grounds": ("nothing",)}, "没有列出的依据 nothing"),
        ({"summary": "请提交其他材料。"}, "用语含糊“其他材料”"),
        ({"form": FOOD.form[:2]}, "申请表自有栏目至少要有 3 项"),
        ({"everyday": ("餐饮许可证",)}, "通俗名称至少要有 4 项"),
        ({"materials": (replace(FOOD.materials[0], basis=()), *FOOD.materials[1:])}, "没有写要求提供的依据"),
        (
            {"materials": (replace(FOOD.materials[0], when=("shop=boat",)), *FOOD.materials[1:])},
            "没有对应的问题",
        ),
        ({"steps": FOOD.steps[::-1]}, "环节应依次"),
        ({"service": replace(FOOD.service, visits=1)}, "要到现场"),
        ({"department": "nowhere"}, "没有部门"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_item_is_told_what_is_wrong_with_it(change: dict[str, object], said: str) -> None:
    assert any(said in sentence for sentence in checks.problems(replace(FOOD, **change)))  # type: ignore[arg-type]


def test_a_basis_that_names_no_article_is_refused() -> None:
    bases = tuple(replace(b, article="") if b.key == "food35" else b for b in FOOD.basis)
    assert any("第几条" in sentence for sentence in checks.problems(replace(FOOD, basis=bases)))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text.replace("summary =", "sumary ="), "不认识的栏目：sumary"),
        (lambda text: text.replace('[limit]\nunit = "working"', "[limit]"), "缺少栏目：unit"),
        (lambda text: text.replace("promised_days = 8", 'promised_days = "8"'), "类型不对"),
        (lambda text: text.replace("checked_on = 2026-11-21", ""), "核对日期"),
        (lambda text: text + "\n[limit", "不是合格的 TOML"),
    ],
)
def test_a_file_that_says_too_much_or_too_little_is_refused_with_its_name(
    tmp_path: Path, edit: Callable[[str], str], said: str
) -> None:
    whole = (ITEMS / "food_business_new.toml").read_text(encoding="utf-8")
    path = tmp_path / "food_business_new.toml"
    path.write_text(edit(whole), encoding="utf-8")
    with pytest.raises(BadItem, match=said) as refused:
        read(path)
    assert "food_business_new.toml" in str(refused.value)


def test_an_office_takes_the_name_of_the_county_that_is_installed() -> None:
    assert offices.departments()["shichang"].called("测试县") == "测试县市场监督管理局"
