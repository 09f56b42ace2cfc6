"""磁盘满了: how is a full disk told from every other fault, wherever it shows?"""

from __future__ import annotations

import errno

from onewindow.rules.grants import NotAllowed

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DISK_FULL = "53100"  # PostgreSQL's code for it


class NoRoom(NotAllowed):
    """The disk is full; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            "服务器的存储空间满了，文件没有收下，别的内容没有动。请告诉管理员腾出空间，过一会儿再办。"
        )


def is_full(fault: BaseException | None) -> bool:
    """Whether this fault, or the one that it came from, is a full disk: ours or the database's."""
    while fault is not None:
        if isinstance(fault, NoRoom) or getattr(fault, "sqlstate", None) == _DISK_FULL:
            return True
        if isinstance(fault, OSError) and fault.errno in FULL:
            return True
        fault = fault.__cause__ or fault.__context__
    return False
