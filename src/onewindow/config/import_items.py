"""导入事项: how does somebody at the machine take in a file of items, and read what became of each row?"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onewindow.catalogue.acts import ask_import, carry_out_import
from onewindow.catalogue.models import ImportRun
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
    parser.add_argument("--add-departments", action="store_true", help="文件里有而系统里没有的部门，一并建立")
    told = parser.parse_args(argv)
    if not told.file.is_file():
        raise Refused(f"没有文件 {told.file}。")
    county, by, at = here(), Console(), now()
    run = ask_import(
        county,
        by=by,
        at=at,
        content=told.file.read_bytes(),
        name=told.file.name,
        dry=told.dry_run,
        add_departments=told.add_departments,
    )
    carry_out_import(county, run, by=by, at=at)
    run.refresh_from_db()
    if not run.dry and (run.added or run.changed):
        index.rebuild(county.code)
    sys.stdout.write("\n".join(lines(run)) + "\n")
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
    return [*(_line(row) for row in run.report), *unread, head]


def _line(row: dict[str, Any]) -> str:
    said = [f"不能导入：{reason}" for reason in row["refused"]] + [
        f"提示：{remark}" for remark in row["remarks"]
    ]
    return f"第 {row['row']} 行 {row['name']}　{'；'.join(said)}"
