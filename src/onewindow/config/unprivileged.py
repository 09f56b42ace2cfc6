"""数据库的用户: as which user of this machine does the database run, and what can he reach?"""

import os
import pwd
import stat
from pathlib import Path

from onewindow.config.refused import Refused

EXISTING = ("postgres", "nobody")


def servers_user() -> pwd.struct_passwd:
    """Ourselves; for root, whom PostgreSQL refuses, an existing unprivileged user."""
    if os.geteuid() != 0:
        return ourselves()
    for name in EXISTING:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refused(
        "以 root 运行时数据库需要一个普通用户（postgres 或 nobody），本机都没有：请新建其中一个后重试。"
    )


def ourselves() -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Refused(
            f"当前用户编号 {os.geteuid()} 没有用户名，数据库不能启动：请换一个有名字的用户运行。"
        ) from None


def reachable(folder: Path) -> bool:
    """May a user who is nobody in particular pass through this folder and every one above?"""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))


def make_closed(folder: Path, user: pwd.struct_passwd) -> None:
    """A folder for that user alone; one that somebody else left in our way is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), user.pw_uid):
        raise Refused(f"{folder} 属于另一个用户：请由该用户运行，或删除它后重试。")
    if os.geteuid() == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)
