"""印章图样: what does the red mark beside the date look like?

The shipped mark is a specimen and says so: broken rings, no star, 样章 in a frame across the middle and 演示
below, so that nobody can take it for the seal of an office. An office's own picture is loaded by two persons
(`pictures.py` says which can serve).
"""

from __future__ import annotations

import base64
from math import cos, radians, sin
from xml.sax.saxutils import escape

RED = "#C8161D"
_FACES = "FZXiaoBiaoSong-B05S, 'Noto Serif SC', 'Noto Serif CJK SC', SimSun, serif"
_RADIUS = 61.0
_SPAN = 236.0  # degrees of the arc that a long name may fill
_PNG = b"\x89PNG\r\n\x1a\n"


def specimen(organ: str, words: str) -> str:
    """样章: the round specimen seal of `organ` for `words` (e.g. 行政许可专用章), as SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="160" height="160">'
        f'<g fill="none" stroke="{RED}">'
        '<circle cx="80" cy="80" r="77" stroke-width="3" stroke-dasharray="15 3.2"/>'
        '<circle cx="80" cy="80" r="72.6" stroke-width="0.9" stroke-dasharray="4 2.2"/>'
        '<rect x="49" y="64.5" width="62" height="29" stroke-width="1.4"/></g>'
        f'<g fill="{RED}" font-family="{_FACES}" text-anchor="middle">{_arc(organ)}'
        f"{_line('样', 65.5, 87, 23)}{_line('章', 94.5, 87, 23)}"
        f"{_line(words, 80, 130, min(11.5, 92 / max(len(words), 1)))}{_line('演示', 80, 145.5, 11.5)}"
        "</g></svg>"
    )


def loaded(picture: bytes, *, mark: str = "") -> str:
    """An office's own seal picture in a square; `mark` stands across one that is no seal (yet): 样张, 演示样章."""
    kind = "png" if picture.startswith(_PNG) else "svg+xml"
    coded = base64.b64encode(picture).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="160" height="160">'
        f'<image width="160" height="160" href="data:image/{kind};base64,{coded}"/>'
        f"{_across(mark) if mark else ''}</svg>"
    )


def _across(mark: str) -> str:
    return (
        f'<g transform="rotate(-20 80 80)"><rect x="6" y="61" width="148" height="38" fill="#fff" stroke="{RED}"'
        f' stroke-width="2"/><text x="80" y="89" font-size="27" fill="{RED}" font-family="{_FACES}"'
        f' text-anchor="middle">{escape(mark)}</text></g>'
    )


def _arc(organ: str) -> str:
    """The organ's name along the upper arc, one character at a time, so that every viewer sets it alike."""
    step = min(21.0, _SPAN / max(len(organ), 1))
    size = min(17.0, radians(step) * _RADIUS * 0.92)
    first = -step * (len(organ) - 1) / 2
    return "".join(_turned(character, first + step * place, size) for place, character in enumerate(organ))


def _turned(character: str, angle: float, size: float) -> str:
    radius = _RADIUS - size * 0.36
    x, y = 80 + radius * sin(radians(angle)), 80 - radius * cos(radians(angle))
    turn = f"translate({x:.2f} {y:.2f}) rotate({angle:.2f})"
    return f'<text transform="{turn}" font-size="{size:.2f}">{escape(character)}</text>'


def _line(text: str, x: float, y: float, size: float) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size:.2f}">{escape(text)}</text>'
