"""体检·机器: are the folders, keys, fonts, libraries and packs of this installation as they must be?"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from onewindow.config.folders import KEY_BYTES, PROJECT, Folder
from onewindow.ground.disk import FULL
from onewindow.packs import PackError, calendar, load

LEAST_FREE = 1024**3
FULL_BELOW = 16 * 1024**2  # what PostgreSQL takes at a time for its log
RELEASED = datetime.fromisoformat("2026-11-01T00:00:00+08:00")
NEXT_YEAR_FROM = 12, 10  # the notice for next year has usually come by then
SAMPLE = "户口迁移受理通知书〔〕壹"
KEY_NAMES = {"secret": "签名密钥", "field": "字段密钥"}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(\s*;)?", re.MULTILINE)


def data_folder(folder: Folder) -> Iterator[str]:
    """Can we write where everything is kept, and is there room?"""
    try:
        for where in (folder.root, folder.files, folder.static):
            with tempfile.TemporaryFile(dir=where) as probe:
                probe.write(b"\0" * 4096)  # an empty file finds room on a full disk
    except OSError as error:
        if error.errno in FULL:
            yield f"磁盘满了，不能写入（{error.filename or folder.root}）：请清理或扩容，然后到“后续事项”重办没办成的。"
            return
        yield f"不能写入数据文件夹（{error.filename or folder.root}）：请把它的属主改为运行 OneWindow 的用户。"
        return
    yield from _room(folder.root, "")


def database_folder(place: Path, root: Path) -> Iterator[str]:
    """Is there room where the database lies, when that is another disk?"""
    if place.is_dir() and place.stat().st_dev != root.stat().st_dev:
        yield from _room(place, "数据库所在的")


def _room(where: Path, whose: str) -> Iterator[str]:
    free = shutil.disk_usage(where).free
    if free < FULL_BELOW:
        yield f"{whose}磁盘满了（{where}），新的内容存不进去：请马上清理或扩容，已存的都还在。"
    elif free < LEAST_FREE:
        yield f"{whose}磁盘只剩 {free // 1024**2} MB：请清理或扩容，少于 1 GB 时可能无法保存材料和备份。"


def keys(folder: Folder) -> Iterator[str]:
    """Are both keys there, whole, and closed to others?"""
    for name, length in KEY_BYTES.items():
        if os.environ.get(f"ONEWINDOW_{name.upper()}_KEY"):
            yield from _given_key(name, os.environ[f"ONEWINDOW_{name.upper()}_KEY"], length)
        else:
            yield from _kept_key(folder.keys / name, KEY_NAMES[name], length)


def _given_key(name: str, told: str, length: int) -> Iterator[str]:
    if _bytes_of(told) < length // 2:
        yield (
            f"环境变量 ONEWINDOW_{name.upper()}_KEY 不是足够长的十六进制密钥：请设为 {length * 2} 位十六进制数。"
        )


def _kept_key(path: Path, title: str, length: int) -> Iterator[str]:
    if not path.is_file():
        yield f"缺少{title} {path}：请从备份中恢复这个文件（onewindow restore），不要新建。"
        return
    if path.stat().st_mode & 0o077:
        yield f"{title} {path} 能被其他用户读取：请执行 chmod 600 {path}，并检查是否已经泄露。"
    if os.access(path, os.R_OK) and _bytes_of(path.read_text("ascii", "replace")) < length:
        yield f"{title} {path} 不完整：请从备份中恢复这个文件（onewindow restore）。"


def _bytes_of(told: str) -> int:
    try:
        return len(bytes.fromhex(told))
    except ValueError:
        return 0


def fonts() -> Iterator[str]:
    """Can letters be set in Chinese?"""
    try:
        from onewindow.letters.fonts import chosen_folder, font_set

        chosen = chosen_folder()
        if chosen and not Path(chosen).is_dir():
            yield f"FONT_DIR 指向的字体文件夹 {chosen} 不存在：请改正路径，或取消这个设置使用随附字体。"
            return
        missing = "".join(character for character in SAMPLE if ord(character) not in font_set(chosen).has)
    except (ImportError, OSError):
        missing = SAMPLE
    if missing:
        yield f"没有能排印文书的中文字体（缺“{missing}”等字）：请重新执行 make run 安装随附字体，或用 FONT_DIR 指定。"


def libraries(project: Path = PROJECT) -> Iterator[str]:
    """Are the pinned libraries the installed ones?"""
    pinned = project / "requirements" / "base.txt"
    if not pinned.is_file():
        return
    told = [(name, wanted) for name, wanted, only in PINNED.findall(pinned.read_text("utf-8")) if not only]
    wrong = [
        f"{name} {_installed(name)}（应为 {wanted}）" for name, wanted in told if _installed(name) != wanted
    ]
    if wrong:
        yield f"已安装的依赖与固定版本不符：{'、'.join(wrong[:5])}；请重新执行 make run 安装。"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "未安装"


def policy_pack(pack: str, packs: Path) -> Iterator[str]:
    """Does the pack of this place load, with every quotation where it should be?"""
    try:
        load(pack, packs)
    except (PackError, OSError) as wrong:
        yield f"政策包 {pack} 不能装入：{wrong} 请改正后执行 onewindow checkpacks 核对。"


def notices(packs: Path, now: datetime) -> Iterator[str]:
    """Is the year's working-day calendar known from its notice?"""
    try:
        years = {year for year, notice in calendar.load(packs).items() if notice.noticed}
    except (PackError, OSError) as wrong:
        yield f"工作日历不能读取：{wrong} 请改正 {packs / 'cn' / 'calendar'} 中的文件。"
        return
    wanted = [now.year] + ([now.year + 1] if (now.month, now.day) >= NEXT_YEAR_FROM else [])
    for year in wanted:
        if year not in years:
            yield (
                f"{year} 年的放假安排尚未导入，涉及该年的期限都标为“暂定”："
                "国务院办公厅通知发布后请执行 onewindow import-calendar 导入。"
            )


def clock(now: datetime) -> Iterator[str]:
    """Is the machine's clock possible at all?"""
    if now < RELEASED:
        yield f"本机时钟是 {now:%Y-%m-%d %H:%M}，早于本软件发布：请校准时间（timedatectl set-ntp true）后再办件。"
