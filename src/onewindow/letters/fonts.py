"""字体: which fonts set the letters, and which characters have they not got?

The fonts that ship are Noto Serif SC and Noto Sans SC (OFL). A county that holds licences for 小标宋, 仿宋 and
黑体 names their folder in FONT_DIR; they are taken first, the shipped ones stand behind them.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as shipped
import typst

# 〓 is what a compositor puts where a character is missing.
GETA = "〓"
_TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong")
_BODY = ("FangSong_GB2312", "FangSong", "STFangsong", "仿宋_GB2312", "仿宋")
_HEI = ("SimHei", "黑体", "STHeiti")
_SHIPPED = ("Noto Serif SC", "Noto Sans SC")


@dataclass(frozen=True)
class FontSet:
    """The fonts of this installation by their use, and every character that one of them has."""

    fonts: Any
    title: tuple[str, ...]
    body: tuple[str, ...]
    hei: tuple[str, ...]
    has: frozenset[int]


@lru_cache(maxsize=4)
def font_set(folder: str = "") -> FontSet:
    """The shipped fonts, and those of `folder` before them."""
    folders = [str(shipped.serif_path().parent), *([folder] if folder else [])]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    families = set(found.families())

    def first(wanted: tuple[str, ...], behind: tuple[str, ...]) -> tuple[str, ...]:
        return (*(name for name in wanted if name in families), *behind)

    has = frozenset(
        point for font in found.fonts() for point in _characters(Path(str(font.path)), int(font.index))
    )
    return FontSet(found, first(_TITLE, _SHIPPED), first(_BODY, _SHIPPED), first(_HEI, _SHIPPED[::-1]), has)


def chosen_folder() -> str:
    """The county's own fonts."""
    return os.environ.get("FONT_DIR", "")


def clean(text: str, has: frozenset[int], missing: set[str]) -> str:
    """The text as it can be printed: no control or direction marks, 〓 for what no font has (noted)."""
    return "".join(_printed(character, has, missing) for character in text)


def _printed(character: str, has: frozenset[int], missing: set[str]) -> str:
    if character in "\t\r\v\f\x85\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    # An unseen direction mark could turn a line round.
    if character != "\n" and category in ("Cc", "Cf", "Cs"):
        return ""
    if character == "\n" or ord(character) in has:
        return character
    if category == "Zs":
        return " "
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""  # a variation selector asks for a shape, not for a character
    missing.add(character)
    return GETA


def _characters(path: Path, index: int) -> Iterator[int]:
    """The code points of one font, read from its `cmap` (OpenType formats 4 and 12)."""
    data = path.read_bytes()
    start = 0
    if data[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", data, 12 + 4 * index)
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for place in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * place)
        if tag == b"cmap":
            yield from _cmap(data, offset)


def _cmap(data: bytes, cmap: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for place in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * place)
        kind = struct.unpack_from(">H", data, cmap + offset)[0]
        if platform in (0, 3) and kind == 12:
            yield from _format12(data, cmap + offset)
        elif platform in (0, 3) and kind == 4:
            yield from _format4(data, cmap + offset)


def _format12(data: bytes, at: int) -> Iterator[int]:
    groups = struct.unpack_from(">I", data, at + 12)[0]
    for place in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * place)
        yield from range(first + (glyph == 0), last + 1)


def _format4(data: bytes, at: int) -> Iterator[int]:
    doubled = struct.unpack_from(">H", data, at + 6)[0]
    segments = doubled // 2
    ends = struct.unpack_from(f">{segments}H", data, at + 14)
    starts = struct.unpack_from(f">{segments}H", data, at + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)
