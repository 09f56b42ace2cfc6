"""导入事项: how does somebody at the machine take in a file of items, and read what became of each row?"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onewindow.catalogue.acts import ask_import, carry_out_import
from onewindow.catalogue.imports.judge import ELSEWHERE
from onewindow.catalogue.models import ImportRun
from onewindow.catalogue.reads import of_elsewhere
from onewindow.config.refused import Refused
from onewindow.ground.clock import now
from onewindow.guidance import index
from onewindow.places.reads import here
from onewindow.rules.grants import Grant


class Console:
    """The command line: whoever stands at the machine may do what an import needs, and the journal says so."""

    actor_code = "console"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant in (Grant.CATALOGUE_DRAFT, Grant.PLACES_MANAGE)


def main(argv: list[str]) -> int:
    """Check a file of items, or take it in; prints every row that has something to say."""
    parser = ArgumentParser(prog="onewindow import-items", description="从 Excel、CSV 或 JSON 导入事项名录")
    parser.add_argument("file", type=Path, help="省级导出格式的文件")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不导入；逐行列出问题")
    parser.add_argument("--yes", action="store_true", help="检查以后不再问，直接导入")
    parser.add_argument("--add-departments", action="store_true", help="文件里有而系统里没有的部门，一并建立")
    told = parser.parse_args(argv)
    if not told.file.is_file():
        raise Refused(f"没有文件 {told.file}。")
    checked = _carried_out(told.file, dry=True, add=told.add_departments)
    sys.stdout.write("\n".join(lines(checked)) + "\n")
    if told.dry_run or not (checked.added or checked.changed):
        return _code(checked)
    if not told.yes and not _agreed(checked):
        sys.stdout.write("没有导入。\n")
        return 1
    run = _carried_out(told.file, dry=False, add=told.add_departments)
    if run.added or run.changed:
        index.rebuild(run.county)
    sys.stdout.write("\n".join(lines(run)) + "\n")
    return _code(run)


def _carried_out(file: Path, *, dry: bool, add: bool) -> ImportRun:
    """One run over the file: checked only, or taken in."""
    county, by, at = here(), Console(), now()
    content = file.read_bytes()
    run = ask_import(county, by=by, at=at, content=content, name=file.name, dry=dry, add_departments=add)
    carry_out_import(county, run, by=by, at=at)
    run.refresh_from_db()
    return run


def _agreed(checked: ImportRun) -> bool:
    """Whether the one at the machine, who has read the report, wants what it says."""
    if not sys.stdin.isatty():
        raise Refused("已经检查，还没有导入：这里没有人能回答。看过上面的报告以后，加 --yes 再执行一次。")
    sys.stdout.write(
        f"导入可以导入的 {checked.added + checked.changed} 个事项吗？输入 yes 导入，其他不导入："
    )
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("yes", "y", "是")


def _code(run: ImportRun) -> int:
    return 1 if run.state == ImportRun.State.FAILED or run.refused else 0


def lines(run: ImportRun) -> Iterable[str]:
    """The report of a run, for reading."""
    if run.state == ImportRun.State.FAILED:
        return [run.failure]
    verb = "检查" if run.dry else "导入"
    head = (
        f"{verb}完成，共 {run.total} 行：新增 {run.added}，更新 {run.changed}，没有变化 {run.same}，"
        f"不能导入 {run.refused}；有提示 {run.remarked}。"
    )
    unread = [f"没有用到的列：{'、'.join(run.unread)}"] if run.unread else []
    strange = of_elsewhere(run)
    warned = [f"注意：有 {strange} 行的区划不是{here().name}的，{ELSEWHERE}。"] if strange else []
    return [*(_line(row) for row in run.report), *unread, *warned, head]


def _line(row: dict[str, Any]) -> str:
    said = [f"不能导入：{reason}" for reason in row["refused"]] + [
        f"提示：{remark}" for remark in row["remarks"]
    ]
    return f"第 {row['row']} 行 {row['name']}　{'；'.join(said)}"
