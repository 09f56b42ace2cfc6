"""导入放假通知: how does a new year's notice come in by the command line, and which dates does it move?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from onewindow.cases.models import DueMoved
from onewindow.ground.clock import now
from onewindow.journal.models import Entry
from onewindow.places import acts
from onewindow.places.reads import here
from onewindow.rules.grants import FOUNDER, NotAllowed


def main(argv: list[str]) -> int:
    """`onewindow import-calendar FILE`: TOML or CSV; prints every due day that moved."""
    parser = ArgumentParser(
        prog="onewindow import-calendar", description="导入国务院办公厅放假通知（TOML 或 CSV）。"
    )
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args(argv).file
    try:
        text = file.read_text("utf-8-sig")
        notice = acts.import_notice(here(), by=FOUNDER, at=now(), text=text)
    except (OSError, UnicodeDecodeError) as wrong:
        print(f"读不了 {file}：{wrong}")
        return 1
    except NotAllowed as refused:
        print(refused)
        return 1
    entry = Entry.objects.filter(fact="CalendarNoticed").latest("pk")
    for follower in settings.FOLLOWERS[entry.fact]:  # now, not in a while: its list is printed here
        import_string(follower)(entry)
    print(f"已导入 {notice.year} 年放假安排：{notice.title}")
    moved = DueMoved.objects.filter(cause=entry).select_related("case").order_by("case_id")
    for one in moved.iterator():
        print(
            f"{one.case.number}：到期日 {one.before} → {one.after}{'（原为暂定）' if one.was_provisional else ''}"
        )
    print(f"共变动 {moved.count()} 件。")
    return 0
