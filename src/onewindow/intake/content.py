"""文件内容: is an uploaded file really what it says, whole, and harmless to open?

The bytes decide, never the name: only PDF, JPEG and PNG are kept, each walked through by its own rules, with
bounds on what it may unfold to.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from onewindow.rules.grants import NotAllowed

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}
WORDS = {PDF: "PDF", JPEG: "JPG 图片", PNG: "PNG 图片"}
MOST_FILES = 10  # for one material
MOST_PIXELS = 100_000_000
MOST_UNFOLDED = 256 * 1024 * 1024
_SNIFFED = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
)
_STRANGERS = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"PK\x03\x04", "压缩包或者 Word、Excel 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"GIF8", "GIF 图片"),
    (b"RIFF", "WEBP 图片或者音视频"),
    (b"BM", "BMP 图片"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、Excel 文件"),
)
_MARKUP = re.compile(rb"^\s*(<!doctype|<html|<script|<svg|<\?xml)", re.I)
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Unfit(NotAllowed):
    """A file that is not kept; the sentence says why and what to hand in instead."""


@dataclass(frozen=True)
class Fit:
    """A file that may be kept, by its true type."""

    media_type: str
    name: str


def check(content: bytes, name: str, most_megabytes: int) -> Fit:
    """The true type of a file that may be kept; refuses everything else with a sentence."""
    called = tidy(name)
    if not content:
        raise Unfit(f"“{called}”是空文件，请重新选择。")
    if len(content) > most_megabytes * 1024 * 1024:
        raise Unfit(f"“{called}”超过 {most_megabytes} MB，请压缩或者分开上传。")
    kind = next((kind for start, kind in _SNIFFED if content.startswith(start)), None)
    if kind is None:
        raise Unfit(_stranger(content, called))
    ending = PurePath(called).suffix.lower()
    if ending not in ENDINGS[kind]:
        raise Unfit(
            f"“{called}”的内容是 {WORDS[kind]}，和文件名的后缀不一致，请改成 {ENDINGS[kind][0]} 后再上传。"
        )
    _WALKS[kind](content, called)
    return Fit(kind, called)


def tidy(name: str) -> str:
    """The name alone, without folders, control characters and anything that turns the reading direction."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")
    stem, ending = PurePath(plain).stem, PurePath(plain).suffix
    return f"{stem[:100]}{ending[:10]}" or "未命名文件"


def _stranger(content: bytes, name: str) -> str:
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return f"“{name}”是苹果手机的 HEIC 照片，窗口的电脑打不开。请在手机上改存为 JPG，或者截图后上传。"
    if _MARKUP.match(content[:200]):
        return f"“{name}”的内容是网页，不是 PDF 或者图片，请重新选择。"
    known = next((words for start, words in _STRANGERS if content.startswith(start)), "")
    what = f"的内容像是{known}，" if known else "的内容认不出来，"
    return f"“{name}”{what}只收 PDF、JPG 和 PNG，请另存为其中一种再上传。"


def _jpeg(content: bytes, name: str) -> None:
    """From marker to marker to the frame header, whose size is bounded; and an end."""
    place, size = 2, None
    while place + 4 <= len(content) and size is None:
        if content[place] != 0xFF:
            break
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xFF:
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            frame = content[place + 5 : place + 9]
            size = (int.from_bytes(frame[:2], "big"), int.from_bytes(frame[2:], "big"))
        place += 2 + length
    if size is None or b"\xff\xd9" not in content[-65536:]:
        raise Unfit(f"“{name}”不完整，可能没有传完，请重新拍照或者重新选择。")
    _bounded(size, name)


def _png(content: bytes, name: str) -> None:
    """From chunk to chunk with its checksum to the end; what the picture unfolds to is no more than its size says."""
    place, size, data = 8, (0, 0), []
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        told = content[place + 8 + length : place + 12 + length]
        if len(told) < 4 or zlib.crc32(kind + body) != int.from_bytes(told, "big"):
            break
        if kind == b"IHDR":
            size = (int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))
            _bounded(size, name)
        elif kind == b"IDAT":
            data.append(body)
        elif kind == b"IEND":
            _unfolds_to(b"".join(data), min(size[0] * size[1] * 8 + size[1] + 1024, 2 * MOST_UNFOLDED), name)
            return
        place += 12 + length
    raise Unfit(f"“{name}”不完整，可能没有传完，请重新选择。")


def _bounded(size: tuple[int, int], name: str) -> None:
    if not size[0] or not size[1]:
        raise Unfit(f"“{name}”不是完整的图片，请重新选择。")
    if size[0] * size[1] > MOST_PIXELS:
        raise Unfit(f"“{name}”的尺寸太大（{size[0]}×{size[1]}），请缩小到 1 亿像素以内再上传。")


def _unfolds_to(packed: bytes, most: int, name: str) -> int:
    """How much a packed stream unfolds to; refuses one that goes beyond `most`."""
    unpacking, left, total = zlib.decompressobj(), packed, 0
    try:
        while left:
            total += len(unpacking.decompress(left, 1 << 20))
            if total > most:
                raise Unfit(f"“{name}”解开以后大得不正常，没有收下。请重新扫描或者重新导出。")
            left = unpacking.unconsumed_tail
    except zlib.error:
        return total
    return total


def _pdf(content: bytes, name: str) -> None:
    """A whole PDF without password or programs, whose packed parts stay within bounds."""
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise Unfit(f"“{name}”不完整，可能没有传完，请重新导出或者重新选择。")
    whole = _plain(_readable(content, name))
    if re.search(rb"/Encrypt\b", whole):
        raise Unfit(f"“{name}”有密码保护，窗口打不开。请去掉密码后再上传。")
    if _ACTIVE.search(whole):
        raise Unfit(f"“{name}”里带有程序，不能收。请用“打印到 PDF”另存一份再上传。")
    if not re.search(rb"/Type\s*/Pages?\b", whole):
        raise Unfit(f"“{name}”里没有页面，请重新导出或者重新选择。")


def _readable(content: bytes, name: str) -> bytes:
    """What a PDF says outside of its streams and in its packed objects; every packed stream is bounded."""
    parts, place, total = [], 0, 0
    for found in _STREAM.finditer(content):
        if found.start() < place:
            continue
        end = content.find(b"endstream", found.end())
        if end < 0:
            break
        head = _plain(content[max(place, found.start() - 600) : found.start()])
        parts.append(content[place : found.start()])
        place = end
        if b"FlateDecode" in head or b"/Fl" in head:
            total += _unfolds_to(content[found.end() : end], MOST_UNFOLDED - total, name)
            if b"ObjStm" in head:
                parts.append(_unfolded(content[found.end() : end]))
    return b"\n".join([*parts, content[place:]])


def _unfolded(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_UNFOLDED)
    except zlib.error:
        return b""


def _plain(part: bytes) -> bytes:
    """Names written with #xx in plain letters, so that nothing hides behind them."""
    return _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part


_WALKS = {PDF: _pdf, JPEG: _jpeg, PNG: _png}
