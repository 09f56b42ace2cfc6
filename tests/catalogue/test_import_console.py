"""导入 at the machine: checked first, taken in when somebody says so; a file of another county is pointed out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from onewindow.catalogue.imports.judge import _of_one_line
from onewindow.catalogue.models import ImportRun, Item
from onewindow.config import import_items
from onewindow.config.refused import Refused
from onewindow.places.models import County, Department
from tests.catalogue.conftest import CODE
from tests.catalogue.test_import import HEAD, line

Offices = dict[str, Department]
pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    """Somebody sits there and has typed this."""

    def isatty(self) -> bool:
        return True


def file(folder: Path, *areas: str) -> str:
    rows = [[*HEAD, "区划编码"]]
    rows += [[*line(f"测试事项{n}", f"T-{n:04}"), area] for n, area in enumerate(areas or [CODE])]
    path = folder / "items.csv"
    path.write_text("\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    return str(path)


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(words))


def test_without_an_answer_nothing_is_taken_in(
    county: County, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(Refused, match="加 --yes"):
        import_items.main([file(tmp_path)])
    assert not Item.objects.exists()
    assert [run.dry for run in ImportRun.objects.all()] == [True]


@pytest.mark.parametrize("words", ["", "no\n", "别\n"])
def test_whoever_does_not_say_yes_takes_nothing_in(
    words: str,
    county: County,
    offices: Offices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, words)
    assert import_items.main([file(tmp_path)]) == 1
    assert not Item.objects.exists()
    said = capsys.readouterr().out
    assert (
        said.index("检查完成，共 1 行：新增 1")
        < said.index("导入可以导入的 1 个事项吗")
        < said.index("没有导入")
    )


def test_the_report_is_read_first_and_yes_takes_it_in(
    county: County,
    offices: Offices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, "yes\n")
    assert import_items.main([file(tmp_path)]) == 0
    assert Item.objects.get().name == "测试事项0"
    said = capsys.readouterr().out
    assert said.index("检查完成") < said.index("导入完成，共 1 行：新增 1")


def test_a_script_says_yes_by_its_option_and_a_dry_run_asks_nothing(
    county: County, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert import_items.main([file(tmp_path), "--dry-run"]) == 0
    assert not Item.objects.exists()
    assert import_items.main([file(tmp_path), "--yes"]) == 0
    assert Item.objects.count() == 1


def test_rows_of_another_county_are_pointed_out_before_anything_is_taken_in(
    county: County, offices: Offices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_items.main([file(tmp_path, "511602000000", CODE, "511602"), "--dry-run"])
    said = capsys.readouterr().out
    assert "第 2 行 测试事项0　提示：区划 511602000000 不是罗山县的（411521），请核对是不是拿错了文件" in said
    assert "注意：有 2 行的区划不是罗山县的" in said


@pytest.mark.parametrize(
    ("area", "own"),
    [
        ("411521", True),
        ("411521000000", True),
        ("411521100000", True),
        ("410000", True),
        ("411500000000", True),
        ("411522", False),
        ("411600", False),
        ("511602", False),
    ],
)
def test_what_lies_above_or_within_the_county_is_not_foreign(area: str, own: bool) -> None:
    assert _of_one_line(area, "411521000000") is own
