"""A file of items as it comes from elsewhere: dirt, reasons, all or nothing per item, and a count that stays."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from onewindow.catalogue import acts
from onewindow.catalogue.imports import sheet
from onewindow.catalogue.imports.judge import read_day
from onewindow.catalogue.models import ImportRun, Item
from onewindow.config.import_items import Console
from onewindow.guidance import index
from onewindow.guidance.reads import containing
from onewindow.journal.models import Entry
from onewindow.people.models import Officer
from onewindow.places.models import County, Department
from onewindow.rules.grants import Grant, NotGranted
from tests.catalogue.conftest import CODE, FOOD, NOW, Hire, demo_uscc

Offices = dict[str, Department]
HEAD = [
    "事项名称",
    "实施主体",
    "事项类型",
    "实施编码",
    "行使层级",
    "法定办结时限",
    "承诺办结时限",
    "计划生效日期",
    "咨询电话",
    "本地备注",
]
MARKET = "罗山县市场监督管理局"


def line(name: str, code: str, **other: object) -> list[object]:
    cells: dict[str, object] = {
        "事项名称": name,
        "实施主体": MARKET,
        "事项类型": "公共服务",
        "实施编码": code,
        "行使层级": "县级",
        "法定办结时限": "20",
        "承诺办结时限": "5(工作日)",
        "计划生效日期": "2026-12-01",
        "咨询电话": "0000-0000000",
        "本地备注": "",
        **other,
    }
    return [cells[title] for title in HEAD]


def as_csv(*lines: list[object], encoding: str = "utf-8") -> bytes:
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEAD, *lines))
    return text.encode(encoding)


def as_excel(*lines: list[object], title: str = "") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    if title:
        page.append([title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
    page.append(HEAD)
    for row in lines:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run(county: County, content: bytes, *, dry: bool = False, by: Any = None, **other: Any) -> ImportRun:
    by = by or Console()
    made = acts.ask_import(county, by=by, at=NOW, content=content, name="目录.csv", dry=dry, **other)
    acts.carry_out_import(county, made, by=by, at=NOW)
    made.refresh_from_db()
    return made


def said(made: ImportRun) -> dict[int, str]:
    return {one["row"]: "；".join(one["refused"] + one["remarks"]) for one in made.report}


def test_an_imported_item_can_be_found_and_asked_about_but_not_applied_for(
    county: County, offices: Offices, client: Any
) -> None:
    made = run(county, as_csv(line("测试设备租赁备案", "511Z07-TEST-000001-1-00")))
    assert (made.state, made.total, made.done, made.added, made.refused) == ("done", 1, 1, 1, 0)
    item = Item.objects.get()
    assert (item.state, item.local_code, item.handle_code) == ("listed", "511Z07-TEST-000001-1-00", "")
    assert item.versions.get().legal_days == 20
    index.rebuild(CODE)
    assert containing(CODE, "设备租赁") == [item.pk]
    assert "指南未完善" in client.get(f"/items/{item.local_code}/").content.decode()


def test_a_national_code_stands_in_the_national_columns_and_a_foreign_one_beside(
    county: County, offices: Offices
) -> None:
    code = f"{demo_uscc(3)}4992031001002"
    run(county, as_csv(line("甲", code), line("乙", "62052400MZ-FW-0001"), line("丙", code + "03")))
    kept = {item.name: item for item in Item.objects.all()}
    assert (kept["甲"].task_code, kept["甲"].base_code, kept["甲"].local_code) == (code, "992031001002", "")
    assert (kept["乙"].task_code, kept["乙"].local_code) == ("", "62052400MZ-FW-0001")
    assert (kept["丙"].task_code, kept["丙"].handle_code) == (code, code + "03")


def test_a_dry_run_lists_every_bad_row_with_its_reason_and_changes_nothing(
    county: County, offices: Offices
) -> None:
    rows = [
        line("好的事项", "A-1"),
        line("", "A-2"),
        line("没有编码", ""),
        line("编码重复", "A-1"),
        line("编码太长", "X" * 65),
        line("类型不对", "A-6", 事项类型="行政指导"),
        line("部门不对", "A-7", 实施主体="外星事务局"),
        line("层级不对", "A-8", 行使层级="银河级"),
        line("时限不对", "A-9", 法定办结时限="尽快"),
        line("日期不对", "A-10", 计划生效日期="2026-13-45"),
        line("承诺太长", "A-11", 承诺办结时限="30"),
    ]
    made = run(county, as_csv(*rows), dry=True)
    assert (made.total, made.done, made.added, made.refused) == (11, 11, 2, 9)
    told = said(made)
    for number, reason in (
        (3, "没有事项名称"),
        (4, "没有事项编码"),
        (5, "与第 2 行的编码相同"),
        (6, "地方编码 65 位，最多 64 位"),
        (7, "没有“行政指导”这一类事项"),
        (8, "本系统没有“外星事务局”这个部门"),
        (9, "没有行使层级“银河级”"),
        (10, "法定办结时限“尽快”不是天数"),
        (11, "计划生效日期“2026-13-45”不是日期"),
        (12, "承诺时限 30 天长于法定时限 20 天"),
    ):
        assert reason in told[number]
    assert 2 not in told
    assert made.unread == ["本地备注"]
    assert Item.objects.count() == 0


def test_the_real_run_takes_the_good_rows_and_leaves_the_bad_ones(county: County, offices: Offices) -> None:
    content = as_csv(line("好的", "A-1"), line("", "A-2"), line("也好", "A-3"))
    made = run(county, content)
    assert (made.added, made.refused, made.done) == (2, 1, 3)
    assert set(Item.objects.values_list("name", flat=True)) == {"好的", "也好"}
    assert Entry.objects.filter(fact="ItemsImported").count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_usual_code_page_is_read(encoding: str, county: County, offices: Offices) -> None:
    made = run(county, as_csv(line("食堂备案（学校）", "A-1"), encoding=encoding))
    assert made.added == 1
    assert Item.objects.get().name == "食堂备案（学校）"


def test_full_width_signs_blanks_and_capitals_do_not_spoil_a_code_or_a_number(
    county: County, offices: Offices
) -> None:
    dirty = line(
        "  测试　事项 \u00a0",
        "５１１ｚ07－0001 　".replace("－", "-"),
        实施主体=f" {MARKET} ",
        法定办结时限="２０",
        承诺办结时限=" ５（工作日）",
    )
    run(county, as_csv(dirty))
    item = Item.objects.get()
    assert (item.name, item.local_code) == ("测试 事项", "511Z07-0001")
    assert (item.versions.get().legal_days, item.versions.get().promised_days) == (20, 5)


def test_merged_cells_titles_and_both_kinds_of_days_of_a_spreadsheet_are_read(
    county: County, offices: Offices
) -> None:
    first = line("合并甲", "A-1", 计划生效日期=datetime(2026, 12, 1))
    second = line("合并乙", "A-2", 实施主体=None, 事项类型=None, 计划生效日期="2026年12月3日")
    book = openpyxl.load_workbook(io.BytesIO(as_excel(first, second, title="罗山县事项目录（2026 年）")))
    page = book.worksheets[0]
    page.merge_cells("B3:B4")
    page.merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)
    made = run(county, out.getvalue())
    assert (made.added, made.refused) == (2, 0)
    planned = {item.name: item.versions.get().content["planned"]["since"] for item in Item.objects.all()}
    assert planned == {"合并甲": "2026-12-01", "合并乙": "2026-12-03"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("2026/1/2", date(2026, 1, 2)),
        ("20261121", date(2026, 11, 21)),
        ("２０２６年１１月２１日", date(2026, 11, 21)),
        ("2026.11.21", date(2026, 11, 21)),
        ("2026-11-21 00:00:00", date(2026, 11, 21)),
        ("46347", date(2026, 11, 21)),
        ("2026-02-30", None),
        ("明年", None),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 not a workbook", "不是完好的 Excel 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "另存为 .xlsx"),
        ("天气,温度\n晴,20\n".encode(), "没有找到表头"),
        (b"\x00\x01\x02\x03binary", "不是表格文件"),
        (b'{"a": 1}', "应当是一个列表"),
        (b'[{"name": ', "JSON 文件不完整"),
        (",".join(HEAD).encode(), "没有一行内容"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(sheet.BadFile, match=says):
        sheet.read(content, "x")


def test_an_unreadable_file_ends_the_run_with_its_sentence(county: County, offices: Offices) -> None:
    made = run(county, b"PK\x03\x04 not a workbook")
    assert (made.state, made.failure[:8]) == ("failed", "这个文件不是完好")


def test_a_json_export_with_lists_is_read_too(county: County, offices: Offices) -> None:
    told = [
        {
            "name": "测试查询",
            "dept": MARKET,
            "type": "公共服务",
            "code": "A-1",
            "level": "县级",
            "audience": ["自然人", "企业法人"],
            "aliases": ["查一查"],
            "materials": ["甲、乙两方的协议", "申请表"],
            "promise": "3(工作日)",
        }
    ]
    run(county, json.dumps(told, ensure_ascii=False).encode())
    item = Item.objects.get()
    assert (item.audience, item.aliases) == (["自然人", "企业法人"], ["查一查"])
    assert [m.name for m in item.versions.get().materials.all()] == ["甲、乙两方的协议", "申请表"]


def test_the_same_file_again_changes_nothing_and_a_new_name_changes_one(
    county: County, offices: Offices
) -> None:
    run(county, as_csv(line("甲", "A-1"), line("乙", "A-2")))
    again = run(county, as_csv(line("甲", "A-1"), line("乙", "A-2")))
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    renamed = run(county, as_csv(line("甲（新）", "A-1"), line("乙", "A-2")))
    assert (renamed.changed, renamed.same) == (1, 1)
    assert set(Item.objects.values_list("name", flat=True)) == {"甲（新）", "乙"}


def test_an_import_never_touches_a_published_item(county: County, offices: Offices, chenju: Officer) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    code = Item.objects.get().handle_code
    made = run(county, as_csv(line("另一个名字", code)))
    assert made.same == 1
    assert "已经是“已发布”，导入不改动它" in said(made)[2]
    assert Item.objects.get().name == FOOD.name


def test_a_run_cut_off_goes_on_after_the_last_item_that_it_counted(county: County, offices: Offices) -> None:
    by = Console()
    content = as_csv(*(line(f"事项{n}", f"A-{n}") for n in range(6)))
    made = acts.ask_import(county, by=by, at=NOW, content=content, name="x.csv", dry=False)
    ImportRun.objects.filter(pk=made.pk).update(state="running", done=2, added=2, total=6)
    made.refresh_from_db()
    acts.carry_out_import(county, made, by=by, at=NOW)
    made.refresh_from_db()
    assert (made.done, made.added, made.state) == (6, 6, "done")
    assert Item.objects.count() == 4
    acts.carry_out_import(county, made, by=by, at=NOW)
    assert Item.objects.count() == 4


def test_an_officer_of_one_office_imports_only_his_own_items(
    county: County, offices: Offices, zhaoqiang: Officer
) -> None:
    content = as_csv(line("市监的", "A-1"), line("公安的", "A-2", 实施主体="罗山县公安局"))
    made = run(county, content, by=zhaoqiang)
    assert (made.added, made.refused) == (1, 1)
    assert Item.objects.get().name == "公安的"


def test_missing_departments_are_made_only_by_who_may_make_departments(
    county: County, offices: Offices, zhangmin: Officer, hire: Hire
) -> None:
    content = as_csv(line("新部门的", "A-1", 实施主体="罗山县测试发展局"))
    with pytest.raises(NotGranted, match="建立部门要有"):
        run(county, content, by=zhangmin, add_departments=True)
    keeper = hire("吴静", Grant.CATALOGUE_DRAFT, Grant.PLACES_MANAGE)
    assert run(county, content, by=keeper, add_departments=True).added == 1
    assert Item.objects.get().department.name == "罗山县测试发展局"


def test_the_follower_takes_in_the_file_on_behalf_of_the_officer_and_twice_is_once(
    county: County, offices: Offices, zhangmin: Officer
) -> None:
    from onewindow.catalogue.follow import run_import

    made = acts.ask_import(
        county, by=zhangmin, at=NOW, content=as_csv(line("跟进", "A-1")), name="x.csv", dry=False
    )
    entry = Entry.objects.get(fact="ImportAsked")
    run_import(entry)
    run_import(entry)
    made.refresh_from_db()
    assert (made.state, made.added) == ("done", 1)
    assert Item.objects.count() == 1
