"""Every quotation is looked up, and one that nobody looked up is counted."""

import os
import shutil
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.packs.checks import check, main
from onewindow.packs.laws import fault_in
from onewindow.packs.reads import unverified
from onewindow.rules.pack import Cite
from tests.packs.reckon import PACKS

LAWS = Path(os.environ.get("ONEWINDOW_LAWS") or PACKS.parent / "../shared/laws")
needs_laws = pytest.mark.skipif(
    not LAWS.is_dir(), reason="the full texts of law are not here (ONEWINDOW_LAWS, or ../shared/laws)"
)

TEXT = """# 测试法

第一条 甲款文字。

乙款文字：

（一）第一项文字；

（二）第二项文字。

丙款文字。

## 第二章

第二条 另一条 的文字。
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("clause", "quote"),
    [
        ("第一条", "甲款"),
        ("第一条第一款", "甲款文字"),
        ("第一条第二款", "乙款文字"),
        ("第一条第二款第二项", "第二项文字"),
        ("第一条第二项", "第二项文字"),
        ("第一条第三款", "丙款"),
        ("第二条", "另一条的文字"),
    ],
)
def test_a_quotation_is_found_by_article_paragraph_and_item(clause: str, quote: str) -> None:
    assert fault_in(Cite("x", clause, quote), TEXT) is None


@pytest.mark.parametrize(
    ("clause", "quote", "sentence"),
    [
        ("第二条", "甲款文字", "引文不在第二条，而在第一条"),
        ("第一条", "没有的字", "引文不在第一条，全文中也没有"),
        ("第三条", "甲款文字", "没有第三条"),
        ("第一条第二款", "甲款文字", "不在所写的款项"),
        ("第一条第二款第一项", "第二项文字", "不在所写的款项"),
        ("一条", "甲款文字", "条款写法不能辨认"),
    ],
)
def test_a_quotation_out_of_its_place_is_described(clause: str, quote: str, sentence: str) -> None:
    assert sentence in (fault_in(Cite("x", clause, quote), TEXT) or "")


def test_every_shipped_quotation_has_been_checked() -> None:
    found = check(PACKS)
    assert found.wrong == []
    assert found.unverified == []
    assert found.law_quotes > 80
    assert found.document_quotes > 90


def test_a_quotation_changed_after_the_check_counts_as_unverified(packs: Path) -> None:
    spoil(packs / "cn-37/rules.toml", "应当一次性告知需要补正的内容", "应当一次性告知需要补正的")
    found = check(packs)
    assert found.wrong == []
    assert found.unverified == ["政策包 cn-37：规则 correction.once 引《山东优化营商环境条例》第三十条第一款"]
    assert [quote.clause for quote in unverified(load("cn-37", packs))] == ["第三十条第一款"]


def test_a_law_read_anew_makes_all_its_quotations_unverified(packs: Path) -> None:
    spoil(packs / "laws.toml", "8df31662b848", "000000000000")
    pack = load("cn", packs)
    assert {quote.source for quote in unverified(pack)} == {"《中华人民共和国行政许可法》"}


def test_the_command_says_in_chinese_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(PACKS)]) == 0
    said = capsys.readouterr().out
    assert "luoshan 河南省信阳市罗山县" in said
    assert "未核对 0 处" in said
    assert said.rstrip().endswith("共 0 处错误。")


def test_the_command_fails_on_a_pack_that_does_not_load(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(packs / "jining/rules.toml", "实行免费物流寄递服务", "实行免费寄递服务")
    assert main(["--root", str(packs)]) == 1
    assert "错误：政策包 jining：规则 delivery.post_free 的引文不在" in capsys.readouterr().out


def test_the_command_fails_on_an_example_that_the_clock_does_not_confirm(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(packs / "hedong/examples.toml", "accept_due = 2026-10-12 }", "accept_due = 2026-10-13 }")
    assert main(["--root", str(packs)]) == 1
    assert "手算 2026-10-13，程序算出 2026-10-12" in capsys.readouterr().out


@needs_laws
def test_every_quotation_of_a_law_stands_in_the_article_named() -> None:
    assert check(PACKS, LAWS).wrong == []


@needs_laws
def test_the_quotations_of_the_invented_county_stand_there_too(tmp_path: Path) -> None:
    for root in (PACKS, Path(__file__).parent / "data"):
        shutil.copytree(root, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("laws.toml"))
    registers = [root / "laws.toml" for root in (PACKS, Path(__file__).parent / "data")]
    (tmp_path / "laws.toml").write_text("\n".join(path.read_text(encoding="utf-8") for path in registers))
    found = check(tmp_path, LAWS)
    assert found.wrong == []
    assert "ceshi" in [pack.id for pack in found.packs]


@needs_laws
def test_a_wrong_word_and_a_wrong_article_are_found_in_the_texts(packs: Path) -> None:
    spoil(packs / "cn/rules.toml", "可以延长十日", "可以延长十五日")
    spoil(packs / "cn/rules.toml", 'clause = "第四十条"', 'clause = "第四十一条"')
    wrong = check(packs, LAWS).wrong
    assert len(wrong) == 2
    assert "全文中也没有" in wrong[0]
    assert "引文不在第四十一条，而在第四十条" in wrong[1]


@needs_laws
def test_what_the_check_records_is_what_is_shipped(packs: Path) -> None:
    (packs / "checked.txt").unlink()
    assert check(packs).unverified
    assert main(["--root", str(packs), "--laws", str(LAWS), "--record"]) == 0
    assert (packs / "checked.txt").read_bytes() == (PACKS / "checked.txt").read_bytes()
    assert check(packs).unverified == []
