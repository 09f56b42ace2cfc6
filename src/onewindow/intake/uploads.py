"""上传: how does a file that somebody sends become a kept one – checked, scanned, stored outside the web root?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onewindow.ground import files, scanner
from onewindow.ground.models import StoredFile
from onewindow.intake.content import MOST_FILES, Fit, Unfit, check

log = logging.getLogger("onewindow.intake")


@dataclass(frozen=True)
class Upload:
    """Bytes that were looked at and may be kept."""

    content: bytes
    fit: Fit


def not_too_many(chosen: Sequence[object]) -> None:
    """Refuse more files for one material than are kept, before any of them is kept: none is left out unseen."""
    if len(chosen) > MOST_FILES:
        raise Unfit(
            f"您选了 {len(chosen)} 个文件，一份材料最多 {MOST_FILES} 个，这次都没有收下。"
            "请合并成一个 PDF，或者少选几个再上传。"
        )


def look(content: bytes, name: str, most_megabytes: int) -> Upload:
    """Let a file through that is what it says and harmless; raises Unfit with a sentence for everything else."""
    fit = check(content, name, most_megabytes)
    scanned(content, fit.name)
    return Upload(content, fit)


def keep(county: str, upload: Upload, at: datetime) -> StoredFile:
    """Store what was let through, outside the web root."""
    fit = upload.fit
    return files.keep(county, upload.content, name=fit.name, media_type=fit.media_type, at=at)


def scanned(content: bytes, name: str) -> None:
    """Let through what the virus scanner of this office finds nothing in."""
    try:
        said = scanner.scan(content)
    except scanner.NoAnswer as silent:
        log.error("virus scanner: %s", silent)
        raise Unfit("查毒程序现在没有回答，文件没有收下。请过一会儿再传，或者到窗口交纸质材料。") from silent
    if said is not None and not said.clean:
        log.warning("virus scanner found %s", said.found)
        raise Unfit(f"“{name}”里查出病毒（{said.found}），没有收下。请换一台电脑或者手机重新制作后再上传。")
