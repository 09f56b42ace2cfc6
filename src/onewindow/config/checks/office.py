"""体检·业务数据: are the tables, duties, chain, files and encrypted columns in the database as they must be?"""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from onewindow.ground.files import DAY, path_of, without_record
from onewindow.ground.models import StoredFile
from onewindow.ground.sm import CannotDecrypt
from onewindow.journal import heads, reads
from onewindow.journal.models import Entry
from onewindow.keeping.reads import behind
from onewindow.packs.keys import in_words
from onewindow.packs.keys_settings import SETTINGS
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.places.reads import pack_here, unsound
from onewindow.rules.keeping import Kind

MOST_WAITING = timedelta(minutes=10)
DRIFT = timedelta(minutes=2)
_WAITING_SINCE = """
SELECT count(*) FROM procrastinate_jobs job
WHERE status = 'todo' AND coalesce(scheduled_at, (
    SELECT max(at) FROM procrastinate_events event WHERE event.job_id = job.id
)) < %s
"""


def migrations() -> Iterator[str]:
    """Are the tables those of this version?"""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield f"数据库结构落后 {len(pending)} 步（如 {pending[0][0]}）：请先备份，再重新执行 make run 升级。"


def errands(now: datetime) -> Iterator[str]:
    """Do the duties get done?"""
    failed = reads.failed_errands().count()
    if failed:
        yield f"有 {failed} 件后续事项（文书、通知等）多次重试仍失败：请在“后续事项”页面查看原因后重办。"
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_SINCE, [now - MOST_WAITING])
        (waiting,) = cursor.fetchone()
    if waiting:
        yield f"有 {waiting} 件后续事项等了十分钟以上还没有人办：请检查 onewindow worker 进程是否在运行。"


def chain() -> Iterator[str]:
    """Is the journal what was written?"""
    broken = reads.verify()
    if broken:
        first = broken[0]
        yield (
            f"流水被改动：{len(broken)} 个事由的哈希链断开，最早在 {first.subject} 第 {first.place} 条。"
            "请立即停止办件，保全现场，与备份比对。"
        )
    opened = heads.opened()
    if opened:
        yield (
            f"流水的每分钟封口有 {len(opened)} 处对不上，最早是 {opened[0].at:%Y-%m-%d %H:%M}："
            "有记录被删除或补入，请与备份比对。"
        )


def clocks(now: datetime) -> Iterator[str]:
    """Does our clock agree with the database's, and with what was already recorded?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    if abs(theirs - now) > DRIFT:
        yield f"本机与数据库服务器的时钟相差 {abs(theirs - now).total_seconds():.0f} 秒：请给两台机器校时。"
    latest = Entry.objects.aggregate(latest=Max("at"))["latest"]
    if latest is not None and latest > now + DRIFT:
        yield f"流水里最新一条记于 {latest:%Y-%m-%d %H:%M}，晚于现在的时间：本机时钟被拨回，请校准后再办件。"


def files() -> Iterator[str]:
    """Is every stored file where it was put?"""
    digests = StoredFile.objects.order_by().values_list("sha256", flat=True).distinct()
    missing = [digest for digest in digests.iterator(chunk_size=2000) if not path_of(digest).is_file()]
    if missing:
        yield f"有 {len(missing)} 份已登记的材料文件不在存储文件夹里：请从备份中恢复 files 文件夹。"
    left = without_record(time.time() - 2 * DAY)
    if left:
        yield f"有 {left} 份文件没有登记却留在存储文件夹里超过两天：请确认后台服务在运行，它每天清理一遍。"


def local_settings() -> Iterator[str]:
    """Is every stored local setting one that may be used? A wrong one is replaced in use, never obeyed."""
    for county in County.objects.all():
        held = pack_here(county)
        for name, stored in unsound(county):
            if name not in held.settings:
                yield f"本地设定 {name} 已经不用，存着的值 {stored!r} 不起作用。"
                continue
            key = SETTINGS[name]
            used = in_words(key, held.setting(name).value)
            yield (
                f"本地设定“{key.title}”存着的值 {stored!r} 超出范围，现在按 {used} 办：请到“本地设定”页重新设定。"
                + (f"可以填 {key.bounds}" if key.bounds else "")
            )


def keeping(now: datetime, kinds: Iterable[Kind] = tuple(Kind)) -> Iterator[str]:
    """Is what is over its term of keeping cleared?"""
    for county in County.objects.all():
        for about, number in behind(county, now.date(), kinds):
            yield (
                f"{about.word}里有 {number} 件的个人信息期满两天以上还没有清除："
                "请检查 onewindow worker 进程是否在运行，再看“保存期限”页面。"
            )


def field_key() -> Iterator[str]:
    """Do the encrypted columns open with the key that we have?"""
    try:
        Party.objects.order_by("-pk").first()
    except CannotDecrypt:
        yield "字段密钥不是写入数据时的那一把，证件号码等无法读出：请从备份中恢复 keys/field。"
