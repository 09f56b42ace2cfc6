"""印章图样的核对: can a file that an administrator loads serve as the picture of a seal?

PNG or SVG, square, with a transparent ground, as large as a printed seal of 40 mm needs. Of SVG only drawn
shapes are taken: no script, no link, no text that another machine would set in another font.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import typst
from PIL import Image, UnidentifiedImageError

PNG, SVG = "image/png", "image/svg+xml"
LARGEST = 2 * 1024 * 1024
LEAST, MOST = 300, 4000  # pixels
_TEMPLATE = Path(__file__).parent / "typeset" / "seal.typ"
_NS = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "path",
        "circle",
        "ellipse",
        "rect",
        "line",
        "polygon",
        "polyline",
        "defs",
        "clipPath",
        "title",
        "desc",
        "metadata",
    ]
)
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:|expression\(", re.IGNORECASE)
_OFF_SQUARE = 0.02
_LEAST_CLEAR, _LEAST_INK = 0.15, 0.01


class NotASealPicture(Exception):
    """The loaded file cannot serve as the picture of a seal."""


def checked(picture: bytes) -> str:
    """The media type of a picture that can serve as a seal; else the sentence that says what is wrong."""
    if not picture or len(picture) > LARGEST:
        raise NotASealPicture("印章图样应当是不超过 2 MB 的 PNG 或 SVG 文件。")
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        _square(*_pixels(picture).size, least=LEAST)
        _transparent(_pixels(picture))
        return PNG
    if b"<svg" in picture[:4096]:
        _drawn(picture)
        _transparent(_pixels(_raster(picture)))
        return SVG
    raise NotASealPicture("印章图样应当是 PNG 或 SVG 文件，背景透明。")


def _pixels(png: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if max(opened.size) > MOST:
                raise NotASealPicture(f"印章图样边长超过 {MOST} 像素，请缩小后再装入。")
            return opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise NotASealPicture("印章图样打不开，文件可能不完整，请重新导出。") from broken


def _square(width: float, height: float, *, least: float = 0) -> None:
    if min(width, height) < least:
        raise NotASealPicture(f"印章图样为 {width:g}×{height:g} 像素：边长应当不少于 {LEAST} 像素。")
    if min(width, height) <= 0 or abs(width / height - 1) > _OFF_SQUARE:
        raise NotASealPicture(f"印章图样宽 {width:g}、高 {height:g}：应当是正方形，印章居中。")


def _transparent(image: Image.Image) -> None:
    """The corners are clear, some of the ground is, and something is drawn."""
    alpha = image.getchannel("A")
    width, height = image.size
    corners = [alpha.getpixel((x, y)) for x in (0, width - 1) for y in (0, height - 1)]
    counts = alpha.histogram()
    clear, inked = sum(counts[:16]) / (width * height), sum(counts[128:]) / (width * height)
    if any(cast(int, corner) > 16 for corner in corners) or clear < _LEAST_CLEAR:
        raise NotASealPicture("印章图样的背景不透明，盖上去会遮住文字：请导出背景透明的图样。")
    if inked < _LEAST_INK:
        raise NotASealPicture("印章图样几乎是空白的，请核对文件。")


def _drawn(svg: bytes) -> None:
    """Only shapes, nothing that runs, links, embeds or is written in a font."""
    if b"<!DOCTYPE" in svg or b"<!ENTITY" in svg:
        raise NotASealPicture("印章图样（SVG）里有文档类型声明，请导出为普通 SVG 再装入。")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 (no document type, so no entity; an administrator's file)
    except ElementTree.ParseError as broken:
        raise NotASealPicture("印章图样（SVG）打不开，文件可能不完整，请重新导出。") from broken
    for element in root.iter():
        name = str(element.tag).removeprefix(_NS)
        if name == "text":
            raise NotASealPicture("印章图样（SVG）里有没有转为轮廓的文字，请先“文字转曲”再导出。")
        if name not in _SHAPES:
            raise NotASealPicture(f"印章图样（SVG）里有“{name[:20]}”，只能有画出的图形，请重新导出。")
        for key, value in element.attrib.items():
            if key.lower().startswith("on") or key.endswith("href") or _REACHES_OUT.search(value):
                raise NotASealPicture("印章图样（SVG）里有脚本或者链接，不能装入，请重新导出。")
    _square(*_measures(root))


def _measures(root: ElementTree.Element) -> tuple[float, float]:
    box = re.findall(r"-?[\d.]+(?:[eE]-?\d+)?", root.get("viewBox", ""))
    if len(box) == 4:
        return float(box[2]), float(box[3])
    sizes = [re.match(r"[\d.]+", root.get(side, "")) for side in ("width", "height")]
    if not all(sizes):
        raise NotASealPicture("印章图样（SVG）没有写明大小（viewBox），请重新导出。")
    width, height = (float(size.group()) for size in sizes if size)
    return width, height


def _raster(svg: bytes) -> bytes:
    """The drawing on a clear ground."""
    told = {"seal": json.dumps(svg.decode("utf-8", "replace"))}
    try:
        made = typst.compile(
            str(_TEMPLATE), root=str(_TEMPLATE.parent), format="png", ppi=144, sys_inputs=told
        )
    except RuntimeError as broken:
        raise NotASealPicture("印章图样（SVG）画不出来，请重新导出。") from broken
    return made[0] if isinstance(made, list) else made
