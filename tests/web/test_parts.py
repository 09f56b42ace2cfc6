"""The parts of every page: what they say and how they are tied together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from onewindow.places.reads import workdays
from onewindow.rules.clock import Pause, prove, reckon
from onewindow.rules.lights import light
from onewindow.web import context
from onewindow.web.templatetags import ow_time, shown
from onewindow.web.templatetags.ow import icons
from onewindow.web.views import styleguide

WEB = Path(context.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
START, TODAY = date(2026, 9, 24), date(2026, 10, 9)


def drawn(source: str, **told: Any) -> str:
    return Template("{% load ow ow_form ow_time %}" + source).render(Context(told))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def eight_days(*pauses: Pause) -> Any:
    return prove(reckon(START, 8, "working", workdays(), pauses), workdays())


# --- small parts


@pytest.mark.parametrize(
    ("today", "shape", "word"),
    [
        (date(2026, 10, 8), "go", "剩 4 天"),
        (date(2026, 10, 13), "near", "今天到期"),
        (date(2026, 10, 14), "over", "超期 1 天"),
    ],
)
def test_a_light_is_drawn_with_the_shape_of_its_state_and_its_word(
    today: date, shape: str, word: str
) -> None:
    found = light(
        today,
        due_on=date(2026, 10, 13),
        yellow_on=date(2026, 10, 12),
        legal_due_on=None,
        held=False,
        closed=False,
        calendar=workdays(),
    )
    html = drawn("{% light found.colour found.word %}", found=found)
    assert f"ow-light--{shape}" in html
    assert words(html) == word


def test_every_icon_that_a_template_names_is_shipped() -> None:
    named = {
        name for file in TEMPLATES for name in re.findall(r'{% icon "([^"]+)" %}', file.read_text("utf-8"))
    }
    assert named
    assert named <= icons().keys()


def test_an_icon_is_hidden_from_screen_readers_and_unknown_ones_are_an_error() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "search" %}')
    with pytest.raises(KeyError):
        drawn('{% icon "no-such-icon" %}')


def test_what_a_person_typed_is_never_markup() -> None:
    evil = '"><script>alert(1)</script>'
    field = shown.from_schema("x", {"type": "string", "title": evil}, {}, value=evil, error=evil)
    html = drawn(
        "{% shown_field f %}{% light 'red' evil %}{% tag evil %}{% timeline steps %}{% material 1 evil evil %}",
        f=field,
        evil=evil,
        steps=[{"state": "now", "title": evil, "text": evil}],
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 7


def test_a_verdict_row_gives_each_answer_its_key_and_the_row_its_digit() -> None:
    html = drawn(
        "{% verdict 2 '布局图' '手绘也可以' 'm2' value='missing' options=options reason_field='why2' reason='没有签字' %}",
        options=[("fits", "符合"), ("missing", "缺"), ("wrong", "不符")],
    )
    assert 'data-row="2"' in html
    assert re.findall(r'value="(\w+)" data-row-key="([^"]+)"', html) == [
        ("fits", "空格"),
        ("missing", "-"),
        ("wrong", "X"),
    ]
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["missing"]
    assert 'value="没有签字"' in html


def test_a_page_by_key_keeps_the_words_of_the_search_and_drops_the_old_key() -> None:
    request = RequestFactory().get("/desk/", {"light": "red", "after": "2026-10-01,9"})
    html = drawn("{% pager next_key='2026-10-09,137' shown=50 count='1,000+' %}", request=request)
    assert "?after=2026-10-09%2C137&amp;light=red" in html
    assert "2026-10-01" not in html
    assert words(html).startswith("本页 50 条，共 1,000+ 条")


def test_the_last_page_offers_no_further_one() -> None:
    html = drawn("{% pager next_key='' shown=3 count='3' %}", request=RequestFactory().get("/desk/"))
    assert "下一页" not in html


def test_progress_is_a_real_count() -> None:
    html = drawn("{% progress '正在核对事项' 742 1135 '项' %}")
    assert words(html) == "正在核对事项，已完成 742 项，共 1,135 项"
    assert 'value="742" max="1135"' in html


# --- fields


class Fill(forms.Form):
    phone = forms.CharField(
        label="联系电话", help_text="办理进度会用短信告诉您", error_messages={"required": "请填写 11 位"}
    )
    staff = forms.IntegerField(label="从业人数", required=False)
    kind = forms.ChoiceField(
        label="由谁来办？", choices=[("self", "我自己"), ("other", "委托别人")], widget=forms.RadioSelect
    )
    opened = forms.DateField(label="开业日期", required=False)


def test_a_field_shows_label_hint_error_and_input_in_this_order_and_ties_them() -> None:
    html = drawn("{% field form.phone %}", form=Fill({"phone": ""}))
    places = [html.index(part) for part in ("联系电话</label>", "用短信告诉您", "请填写 11 位", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_phone-h id_phone-e"' in html
    assert 'aria-invalid="true"' in html
    assert 'for="id_phone"' in html


def test_only_the_optional_fields_are_marked() -> None:
    form = Fill()
    assert "选填" in drawn("{% field form.staff %}", form=form)
    assert "选填" not in drawn("{% field form.phone %}", form=form)


def test_choices_under_one_question_are_a_fieldset_with_a_legend() -> None:
    html = drawn("{% field form.kind %}", form=Fill({"kind": "other", "phone": "1"}))
    assert "<fieldset" in html
    assert re.findall(r'value="(\w+)" checked', html) == ["other"]


def test_a_date_is_given_as_the_browsers_date_field_wants_it() -> None:
    assert 'value="2026-09-24"' in drawn("{% field form.opened %}", form=Fill(initial={"opened": START}))


def test_the_summary_names_every_error_and_leads_to_a_field_of_the_page() -> None:
    form = Fill({"phone": "", "staff": "三"})
    html = drawn("{% form_errors form %}{% for one in form %}{% field one %}{% endfor %}", form=form)
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert "有 3 处需要改" in html
    assert "从业人数：输入整数" in words(html)
    assert len(targets) == 3
    for target in targets:
        assert f'id="{target}"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "ow-errors" not in drawn("{% form_errors form %}", form=Fill())


ITEM_FORM = styleguide.FORM


def test_an_items_own_form_stands_under_its_headings_with_what_was_typed_and_what_is_wrong() -> None:
    faults = {"area": "请填数字，单位平方米"}
    found = shown.sections(ITEM_FORM, {"area": "大约", "online_sale": True}, faults)
    assert [section.title for section in found] == ["经营情况", "场所"]
    area = found[1].fields[0]
    assert (area.value, area.error, area.unit, area.kind) == (
        "大约",
        "请填数字，单位平方米",
        "平方米",
        "number",
    )
    html = drawn(
        "{% item_errors form faults %}{% item_form form values faults %}",
        form=ITEM_FORM,
        faults=faults,
        values={"online_sale": True},
    )
    assert 'href="#f-area"' in html
    assert 'id="f-area"' in html
    assert re.findall(r'name="online_sale" id="[^"]+" value="(.)" checked', html) == ["是"]


def test_a_field_that_depends_on_another_says_so_and_is_not_called_optional() -> None:
    diners = shown.sections(ITEM_FORM, {}, {})[0].fields[1]
    assert diners.show_if == "business_type=集中用餐单位食堂"
    assert not diners.optional


def test_a_fault_of_no_field_is_still_said() -> None:
    html = drawn("{% item_errors form faults %}", form=ITEM_FORM, faults={"": "申请表整体不完整"})
    assert "申请表整体不完整" in html


# --- time


def test_the_proof_counts_the_days_of_the_worked_example() -> None:
    rows = [(row.days, row.counted, row.reason) for row in ow_time.rows(eight_days())]
    assert rows == [
        ("9 月 24 日", 0, "当日不计，从次日起算"),
        ("9 月 25–27 日", 0, "中秋节放假"),
        ("9 月 28–30 日", 3, "工作日"),
        ("10 月 1–7 日", 0, "国庆节放假"),
        ("10 月 8–9 日", 2, "工作日"),
        ("10 月 10 日", 1, "星期六调休上班"),
        ("10 月 11 日", 0, "星期日"),
        ("10 月 12–13 日", 2, "工作日"),
    ]


def test_in_a_term_of_calendar_days_all_that_count_are_one_row() -> None:
    lines = prove(reckon(date(2026, 11, 23), 7, "calendar", workdays()), workdays())
    rows = [(row.days, row.counted, row.reason) for row in ow_time.rows(lines)]
    assert rows == [
        ("11 月 23 日", 0, "当日不计，从次日起算"),
        ("11 月 24–30 日", 7, "按自然日计，休息日也算"),
    ]


def test_the_calendar_draws_whole_weeks_and_marks_start_today_and_end() -> None:
    found = ow_time.cells(eight_days(), TODAY, "受理")
    marked = {
        cell.day: (cell.css, cell.mark or cell.word)
        for cell in found
        if cell.day in ("24", "25", "9", "10", "13")
    }
    assert len(found) % 7 == 0
    assert marked == {
        "24": ("start", "受理"),
        "25": ("off", "中秋"),
        "9": ("on today", "今天"),
        "10": ("todo", "上班"),
        "13": ("due", "到期"),
    }


def test_a_weekend_that_counts_among_calendar_days_is_no_day_of_work() -> None:
    lines = prove(reckon(date(2026, 9, 16), 10, "calendar", workdays()), workdays())
    found = {cell.day: (cell.mark, cell.number, cell.word) for cell in ow_time.cells(lines, TODAY, "受理")}
    assert found["19"] == ("", 3, "")  # Saturday
    assert found["20"] == ("上班", 4, "")  # Sunday, worked for the holidays by the notice
    assert found["27"][2] == "顺延"  # the tenth day is a holiday


def test_every_uncounted_day_names_its_ground_beside_the_calendar() -> None:
    text = words(drawn("{% proof lines today '受理' %}", lines=eight_days(), today=TODAY))
    assert "《中华人民共和国民法典》第二百零一条" in text
    assert "合计 8 天，到期" in text


def test_a_pause_is_hatched_and_takes_no_day_of_the_term() -> None:
    lines = eight_days(Pause(date(2026, 9, 28), date(2026, 9, 30), "专家评审"))
    assert ow_time.bar(lines, TODAY) == ["u", "p", "p", "u", "u", "t", "t", "t", "t", "t"]
    assert "8 天已用 3 天" in drawn("{% term_bar lines today %}", lines=lines, today=TODAY)
    assert [cell.word for cell in ow_time.cells(lines, TODAY, "受理") if cell.day in ("29", "30")] == [
        "暂停",
        "暂停",
    ]


def test_a_long_term_is_drawn_in_at_most_sixty_cells() -> None:
    lines = prove(reckon(START, 200, "calendar", workdays()), workdays())
    assert len(ow_time.bar(lines, TODAY)) == 60


def test_while_a_pause_lasts_no_due_day_is_shown() -> None:
    text = words(drawn("{% proof lines today %}", lines=eight_days(Pause(START, None, "检验")), today=TODAY))
    assert text.startswith("时限正在暂停")


def test_the_strip_has_one_cell_a_day_and_says_what_was_left_out() -> None:
    html = drawn("{% day_strip lines %}", lines=eight_days())
    assert html.count("<li") == 20
    assert words(html) == "9 月 24 日起 中秋节、国庆节不计 10 月 13 日到期"


class Chosen(forms.Form):
    role = forms.ChoiceField(label="谁办", choices=[("window", "窗口"), ("head", "负责人")])


def test_a_choice_that_nobody_made_is_not_made_by_the_page_that_comes_back_with_an_error() -> None:
    """The first of the list would stand there, and an empty row would count as filled."""
    for form in (Chosen(), Chosen({"role": ""})):
        row = shown.from_bound(form["role"])
        assert row.value == ""
    assert shown.from_bound(Chosen({"role": "head"})["role"]).value == "head"
