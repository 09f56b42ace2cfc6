"""The manual says what the screens say, and its pictures are all used, small and explained."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs import reading

MANUAL = reading.PROJECT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
PICTURES = sorted((MANUAL / "pictures").glob("*.png"))
ROLES = (
    "申请人",
    "窗口人员",
    "审核人员",
    "部门负责人",
    "出件窗口",
    "督查",
    "系统管理员",
    "事项管理",
    "安装维护",
    "系统对接",
)
_PICTURE = re.compile(r"^!\[(.*)\]\(pictures/(.+)\.png\)$", re.MULTILINE)


@cache
def screens() -> str:
    """Everything that a screen can say: templates, forms, acts, scripts, without blanks."""
    kinds = ("*.html", "*.py", "*.js", "*.toml")
    found = [path.read_text("utf-8") for kind in kinds for path in reading.SOURCE.rglob(kind)]
    return re.sub(r"\s", "", "".join(found))


def by_name(path: Path) -> str:
    return path.name


def test_there_is_a_page_for_every_role() -> None:
    titles = {reading.text(path).splitlines()[0].removeprefix("# ") for path in PAGES}
    others = {"应急", "预约和值班", "场所和巡检", "导办", "大厅主任", "大厅本机"}
    assert titles == {*ROLES, *others, "开张第一天", "使用手册"}
    contents = reading.text(MANUAL / "README.md")
    assert [
        path.name for path in PAGES if path.name != "README.md" and f"({path.name})" not in contents
    ] == []


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_every_word_in_bold_stands_on_a_screen(path: Path) -> None:
    bold = re.findall(r"\*\*(.+?)\*\*", reading.text(path))
    assert [word for word in bold if re.sub(r"\s", "", word) not in screens()] == []


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_every_picture_has_a_caption_and_says_what_to_look_at(path: Path) -> None:
    lines = reading.text(path).splitlines()
    for place, line in enumerate(lines):
        shown = _PICTURE.match(line)
        if shown is None:
            assert not line.startswith("![")
            continue
        assert shown.group(1), f"{line}: no caption"
        assert re.fullmatch(r"\*看什么：.+。\*", lines[place + 2]), (
            f"{line}: not one sentence on what to look at"
        )


def test_every_picture_is_shown_once_and_none_is_missing() -> None:
    shown = [name for path in PAGES for _, name in _PICTURE.findall(reading.text(path))]
    assert sorted(shown) == sorted(path.stem for path in PICTURES)


def test_the_pictures_are_few_and_small() -> None:
    # 58, one each for what came later: papers that follow, promises, fees, voidings, leave, going up, 秒批; 16 of the hall, and 4 of rules and terms.
    assert len(PICTURES) <= 85
    assert [path.name for path in PICTURES if path.stat().st_size > 120_000] == []


def test_the_walk_makes_every_picture() -> None:
    scripts = sorted((reading.PROJECT / "scripts").glob("manual*.py"))
    script = "".join(path.read_text("utf-8") for path in scripts)
    made = set(re.findall(r'picture\(\s*\w+, "([\w-]+)"', script)) | set(
        re.findall(r'keep\(.*, "([\w-]+)"\)', script)
    )
    assert made == {path.stem for path in PICTURES}
