"""Word 文件: is a .docx that a keeper hands in whole, bounded, and free of programs?"""

from __future__ import annotations

import io
import zipfile

from onewindow.rules.grants import NotAllowed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES, MOST_UNFOLDED = 10 * 1024 * 1024, 100 * 1024 * 1024
_NEEDED = {"[Content_Types].xml", "word/document.xml"}
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", "activex")


def looks_like(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def check(content: bytes, name: str) -> None:
    """Refuse with a sentence whatever is not a plain Word document."""
    if len(content) > MOST_BYTES:
        raise NotAllowed(f"“{name}”超过 {MOST_BYTES // 1024 // 1024} MB，请压缩里面的图片后再上传。")
    if not name.lower().endswith(".docx"):
        raise NotAllowed(f"“{name}”是压缩包，或者后缀和内容不一致；Word 文件请用 .docx 后缀。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            whole = sum(part.file_size for part in parts) <= MOST_UNFOLDED and packed.testzip() is None
    # What zipfile raises for a broken archive, a password, and a way of packing that it does not know.
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as wrong:
        raise NotAllowed(f"“{name}”不完整或者有密码，请在 Word 里另存后再上传。") from wrong
    names = {part.filename for part in parts}
    if not whole or not names >= _NEEDED:
        raise NotAllowed(f"“{name}”不是完好的 Word 文件，请在 Word 里打开检查后另存再上传。")
    if any(word in one.lower() for one in names for word in _PROGRAMS):
        raise NotAllowed(f"“{name}”里带有宏或者程序，不能收；请另存为不带宏的 .docx 再上传。")
