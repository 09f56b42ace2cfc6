"""A made-up history has the dates that a case would have, and is refused where a case would be."""

from datetime import date

import pytest

from onewindow.packs import load
from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.histories import Unreadable, read
from onewindow.packs.rehearsal import (
    History,
    Impossible,
    Limit,
    Rehearsed,
    compared,
    numbered,
    of_example,
    rehearse,
)
from onewindow.packs.whatif import main
from onewindow.rules.pack import Example, Kind, Pack, Step
from onewindow.rules.workdays import Calendar
from tests.packs.reckon import PACKS

NAMES = sorted(path.parent.name for path in PACKS.glob("*/pack.toml"))
LOADED = {name: load(name, PACKS) for name in NAMES}
WORKED = [(pack, e) for pack in LOADED.values() for e in pack.examples if e.pack == pack.id]
CALENDAR = Calendar(tuple(load_calendar(PACKS).values()))
LUOSHAN = LOADED["luoshan"]


def history(*steps: tuple[str, str], **told: object) -> History:
    kind = told.pop("kind", Kind.LICENCE)
    return History(kind, tuple(Step(fact, date.fromisoformat(on)) for fact, on in steps), **told)  # type: ignore[arg-type]


def tried(*steps: tuple[str, str], **told: object) -> Rehearsed:
    return rehearse(history(*steps, **told), LUOSHAN, CALENDAR)


@pytest.mark.parametrize(("pack", "example"), WORKED, ids=[f"{p.id}: {e.name}" for p, e in WORKED])
def test_every_worked_example_comes_out_as_by_hand(pack: Pack, example: Example) -> None:
    found = rehearse(of_example(example), pack, CALENDAR)
    assert found.dates() == example.expect
    assert all(one == other for _, one, other in compared(found.dates(), example))
    for state in found.now.terms:
        lines = found.proof(state)
        if not state.reckoning.days:  # kept while the applicant waits: there is nothing to count
            assert (lines, state.due) == ((), state.reckoning.start)
            continue
        assert lines
        if state.due is None:
            assert not any(line.last for line in lines)
            continue
        assert sum(line.counted for line in lines) == state.reckoning.days
        assert lines[-1].on == state.due


def test_silence_accepts_in_the_course_of_a_history_too_and_the_later_notice_is_impossible() -> None:
    with pytest.raises(Impossible, match="2026-10-10 已经视为受理") as refused:
        tried(("Received", "2026-09-24"), ("CorrectionAsked", "2026-10-12"))
    assert refused.value.place == 1
    assert "2026-10-12 一次性告知补正" in str(refused.value)


def test_where_no_law_lets_silence_accept_the_late_notice_is_possible_and_late() -> None:
    found = tried(("Received", "2026-09-24"), ("CorrectionAsked", "2026-10-12"), kind=Kind.OTHER)
    accept = next(state for state in found.now.terms if state.term.name == "accept")
    assert accept.late


def test_the_light_is_that_of_the_chosen_day_and_later_facts_have_not_happened() -> None:
    steps = (("Received", "2026-09-24"), ("Accepted", "2026-09-24"), ("Granted", "2026-10-14"))
    colours = []
    for day in ("2026-09-28", "2026-10-12", "2026-10-13", "2026-10-14"):
        found = tried(*steps, promised=Limit(8), day=date.fromisoformat(day))
        assert found.light is not None
        colours.append((found.light.colour, found.light.word, len(found.ahead)))
    assert colours == [
        ("green", "剩 7 天", 1),
        ("yellow", "剩 1 天", 1),
        ("yellow", "今天到期", 1),
        ("green", "剩 10 天", 0),
    ]


def test_the_days_of_the_promise_may_be_calendar_days() -> None:
    found = tried(("Received", "2026-09-24"), ("Accepted", "2026-09-24"), promised=Limit(7, "calendar"))
    assert found.dates()["promised_due"] == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("steps", "told", "sentence"),
    [
        ((), {}, "至少要有收件"),
        ((("Accepted", "2026-09-24"),), {}, "第一件事应当是收件，不能是“受理”"),
        ((("Received", "2026-09-24"), ("Accepted", "2026-09-23")), {}, "早于上一件事（2026-09-24）"),
        ((("Received", "2026-09-24"), ("Granted", "2026-09-25")), {}, "不能办“准予”。这时可以有：.*受理"),
        ((("Received", "2026-09-24"), ("AcceptedBySilence", "2026-09-24")), {}, "由时间自己发生"),
        ((("Received", "2026-09-24"), ("Fancied", "2026-09-24")), {}, "没有“Fancied”这种事实"),
        ((("Received", "2019-09-24"),), {}, "2019 年的节假日安排还没有录入"),
        ((("Received", "2026-09-24"),), {"legal": Limit(5), "promised": Limit(9)}, "承诺只能更短"),
        ((("Received", "2026-09-24"),), {"promised": Limit(5000)}, "0 到 400 天之间"),
        ((("Received", "2026-09-24"),), {"day": date(2026, 9, 1)}, "还没有发生任何事情"),
        ((("Received", "2026-09-24"),), {"day": date(2050, 1, 4)}, "2050 年的节假日安排还没有录入"),
        ((("Received", "2026-09-24"),) * 41, {}, "最多写 40 件事"),
    ],
)
def test_an_impossible_history_is_refused_in_a_sentence(
    steps: tuple[tuple[str, str], ...], told: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Impossible, match=sentence):
        tried(*steps, **told)


def test_a_field_that_a_fact_has_not_is_refused() -> None:
    wrong = History(Kind.LICENCE, (Step("Received", date(2026, 9, 24), {"weight": 3}),))
    with pytest.raises(Impossible, match="“收件”没有“weight”这一栏"):
        rehearse(wrong, LUOSHAN, CALENDAR)


def test_a_procedure_is_named_by_its_kind_and_gets_a_number_of_its_own() -> None:
    day = date(2026, 10, 9)
    steps = [
        Step("ProcedureBegun", day, {"kind": "鉴定"}),
        Step("ProcedureBegun", day, {"kind": "检测"}),
        Step("ProcedureEnded", day, {"kind": "鉴定"}),
        Step("ProcedureBegun", day, {"kind": "鉴定"}),
        Step("ProcedureEnded", day, {"kind": "鉴定"}),
        Step("ProcedureEnded", day, {"procedure": 7}),
    ]
    told = [(step.told["procedure"], step.told.get("kind", "")) for step in numbered(steps)]
    assert told == [(1, "鉴定"), (2, "检测"), (1, ""), (4, "鉴定"), (4, ""), (7, "")]


TOML = """
pack = "luoshan"
kind = "行政许可"
item_promised_days = 8
history = [ { fact = "收件", on = 2026-09-24 }, { fact = "Accepted", on = 2026-09-24 } ]
"""
CSV = "地方,luoshan\n类型,行政许可\n承诺,8,工作日\n收件,2026-09-24\n受理,2026/9/24\n"


def test_toml_and_csv_say_the_same_however_a_spreadsheet_wrote_them() -> None:
    csv = CSV.replace("2026/9/24", "2026/09/24")
    one, other, office = read(TOML.encode()), read(csv.encode("utf-8-sig")), read(csv.encode("gb18030"))
    assert one.history == other.history == office.history
    assert one.pack == other.pack == "luoshan"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind = ", "不是合格的 TOML"),
        ('kind = "行政许可"\ncolour = "red"\nhistory = []', "不认识“colour”"),
        ("类型,行政幻想\n收件,2026-09-24", "事项类型应当是 行政许可"),
        ("类型,行政许可\n收件,2026-02-30", "第 2 行：日期要写成 2026-10-09 的样子，而且要真有这一天"),
        ("类型,行政许可\n收件", "第 2 行不能辨认"),
        ("类型,行政许可\n吃饭,2026-09-24", "第 2 行：没有“吃饭”这种事实"),
        ("类型,行政许可\n法定,很久\n收件,2026-09-24", "法定时限应当写成整数天"),
        ("类型,行政许可\n法定,20,星期\n收件,2026-09-24", "单位应当是工作日或者自然日"),
        ("类型,行政许可\n渠道,飞鸽\n收件,2026-09-24", "渠道应当是 窗口"),
        ('kind = "行政许可"\nhistory = [ { on = 2026-09-24 } ]', "第 1 件事要有 fact"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(text.encode())


def test_the_command_prints_every_date_with_its_proof(tmp_path, capsys) -> None:
    file = tmp_path / "one.toml"
    file.write_text(TOML, "utf-8")
    assert main([str(file), "--day", "2026-10-12"]) == 0
    told = capsys.readouterr().out
    assert "承诺办结时限 8 个工作日：2026-09-24 星期四起，2026-10-13 星期二到期" in told
    assert "2026-10-12 星期一的灯：黄 剩 1 天" in told
    assert "2026-10-10 星期六 第 6 天　星期六调休上班　《国务院办公厅关于2026年部分节假日安排的通知》" in told
    assert "2026-10-01 星期四 不计　国庆节放假" in told
    assert main([str(file), "--short"]) == 0
    assert "国庆节放假" not in capsys.readouterr().out


def test_the_command_says_by_its_code_what_was_wrong(tmp_path, capsys) -> None:
    impossible, unreadable, wrong = (tmp_path / name for name in ("a.csv", "b.csv", "c.toml"))
    impossible.write_text("类型,行政许可\n受理,2026-09-24\n", "utf-8")
    unreadable.write_text("类型,行政许可\n收件,昨天\n", "utf-8")
    wrong.write_text(TOML + "expect = { promised_due = 2026-10-12 }\n", "utf-8")
    assert main([str(impossible)]) == 1
    assert "不可能：2026-09-24 受理：第一件事应当是收件" in capsys.readouterr().err
    assert main([str(unreadable)]) == 2
    assert "读不懂：第 2 行" in capsys.readouterr().err
    assert main([str(wrong)]) == 1
    assert "与手算不同：promised_due 手算 2026-10-12，这里 2026-10-13" in capsys.readouterr().err
    for words in (
        [],
        [str(tmp_path / "none.toml")],
        ["--pack", "atlantis", str(wrong)],
        ["--example", "999"],
    ):
        assert main(words) == 2
        assert capsys.readouterr().err.startswith("读不懂：")


def test_a_worked_example_is_tried_by_its_number(capsys) -> None:
    assert main(["--pack", "hedong", "--examples"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == len(LOADED["hedong"].examples)
    assert main(["--pack", "hedong", "--example", "1", "--short"]) == 0
    assert "与手算一致。" in capsys.readouterr().out


def test_an_extension_is_rehearsed_with_its_wish_and_its_approval() -> None:
    day = date(2026, 10, 12)
    steps = (
        Step("Received", day),
        Step("Accepted", day),
        Step("ExtensionAsked", date(2026, 11, 5)),
        Step("Extended", date(2026, 11, 6), {"days": 10}),
    )
    found = rehearse(History(Kind.LICENCE, steps), LUOSHAN, CALENDAR)
    assert found.dates()["decide_due"] == date(2026, 11, 23)
