"""命令行: which commands does `onewindow` have, and what does each need before it starts?

A command is a line of the table: its word, the function `main(argv) -> exit code`, what it needs, and its
help in Chinese. A command whose module does not exist is not listed. Modules are imported only when used.
"""

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from onewindow.config.refused import Refused

Main = Callable[[list[str]], int]


class Needs(Enum):
    """What stands ready before the function is called."""

    NOTHING = "nothing"
    INSTALLATION = "a data folder, its database running, Django set up"


@dataclass(frozen=True)
class Command:
    """One word of the command line."""

    word: str
    path: str  # module:function
    needs: Needs
    help: str
    shown: bool = True

    def exists(self) -> bool:
        try:
            return importlib.util.find_spec(self.path.split(":")[0]) is not None
        except ModuleNotFoundError:
            return False

    def load(self) -> Main:
        module, function = self.path.split(":")
        found: Main = getattr(importlib.import_module(module), function)
        return found


COMMANDS = (
    Command("run", "onewindow.config.run:main", Needs.NOTHING, "启动数据库和全部服务；首次启动装入演示县"),
    Command(
        "init",
        "onewindow.config.init:main",
        Needs.NOTHING,
        "建立一个空的正式安装（不含演示数据）和两位管理员",
    ),
    Command("box", "onewindow.config.box:main", Needs.NOTHING, "把这台机器建立为一个大厅的本机"),
    Command(
        "box-link",
        "onewindow.config.box_link:main",
        Needs.INSTALLATION,
        "大厅本机和县里的线路（run 会自动启动）",
        False,
    ),
    Command(
        "import-items", "onewindow.config.import_items:main", Needs.INSTALLATION, "从 Excel/CSV 导入事项"
    ),
    Command("reindex", "onewindow.guidance.rebuild:main", Needs.INSTALLATION, "重建事项的检索索引"),
    Command(
        "import-calendar", "onewindow.config.import_calendar:main", Needs.INSTALLATION, "导入放假安排通知"
    ),
    Command(
        "simulate",
        "onewindow.config.simulate:main",
        Needs.INSTALLATION,
        "在演示县模拟一段时间的办件，--hall 模拟大厅的一天",
    ),
    Command("dry-run", "onewindow.config.dry_run:main", Needs.INSTALLATION, "用秒批规则试跑已经办过的件"),
    Command("tick", "onewindow.config.tick:main", Needs.INSTALLATION, "执行到时自动发生的事（每分钟一次）"),
    Command("recheck", "onewindow.cases.recheck:main", Needs.INSTALLATION, "重算全部在办件的期限并报告差异"),
    Command("checkpacks", "onewindow.packs.checks:main", Needs.NOTHING, "核对政策包的引文与例题"),
    Command("what-if", "onewindow.packs.whatif:main", Needs.NOTHING, "推演一段经过的全部日期，逐日证明"),
    Command("backup", "onewindow.config.backup:main", Needs.NOTHING, "把数据库、文件和密钥备份成一个文件"),
    Command("restore", "onewindow.config.restore:main", Needs.NOTHING, "从备份文件恢复"),
    Command("doctor", "onewindow.config.doctor:main", Needs.NOTHING, "检查本安装有什么问题、该怎么办"),
    Command("worker", "onewindow.config.worker:main", Needs.INSTALLATION, "后续事项进程（run 会自动启动）"),
    Command("manage", "onewindow.config.manage:main", Needs.INSTALLATION, "开发用：Django 的管理命令"),
    Command(
        "prepare",
        "onewindow.config.prepare:main",
        Needs.INSTALLATION,
        "run 的一步：建表、收集静态文件",
        False,
    ),
)


def main(argv: list[str] | None = None) -> int:
    """Entry point of `onewindow`."""
    words = sys.argv[1:] if argv is None else argv
    listed = {command.word: command for command in COMMANDS if command.exists()}
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage(listed))
        return 0
    command = listed.get(words[0])
    if command is None:
        print(f"没有“{words[0]}”这个命令。\n\n{usage(listed)}", file=sys.stderr)
        return 2
    try:
        return _carry_out(command, words[1:])
    except Refused as refused:
        print(f"OneWindow：{refused}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def usage(listed: dict[str, Command]) -> str:
    lines = [f"  {command.word:<16}{command.help}" for command in listed.values() if command.shown]
    return "用法：onewindow 命令 [参数]\n\n" + "\n".join(lines) + "\n\n每个命令加 --help 显示它的参数。"


def _carry_out(command: Command, words: list[str]) -> int:
    if command.needs is Needs.NOTHING:
        return command.load()(words)
    if {"-h", "--help"} & set(words):  # what it can do is told on any machine, without an installation
        return _with_django(command, words)
    from onewindow.config import folders
    from onewindow.config.run import database

    if folders.folder().installation() is None:
        raise Refused(
            f"{folders.folder().root} 里还没有安装：请先执行 make run（演示）或 onewindow init（正式）。"
        )
    if os.environ.get("ONEWINDOW_DATABASE"):  # started by `run`, which keeps the database
        return _with_django(command, words)
    with database():
        return _with_django(command, words)


def _with_django(command: Command, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import django

    django.setup()
    return command.load()(words)


if __name__ == "__main__":
    sys.exit(main())
