"""读表: what stands in a file of items, whatever its format, code page, merged cells and title rows?"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 100_000
HEAD_WITHIN = 10  # the header stands in one of the first rows, below titles and notes

# Which column of whose export holds what. The first name is the one that our reports use.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("事项名称", "业务办理项名称", "实施事项名称", "名称", "name"),
    "main_item": ("主项名称", "主项", "main_item", "parent"),
    "department": ("实施主体", "实施主体名称", "实施机关", "主管部门", "部门", "dept", "department"),
    "uscc": ("实施主体编码", "实施主体代码", "统一社会信用代码"),
    "kind": ("事项类型", "类型", "type"),
    "kind_code": ("事项类型代码", "type_code"),
    "handle_code": ("业务办理项编码",),
    "code": ("实施编码", "事项编码", "item_code", "code", "编码"),
    "local_code": ("地方实施编码", "地方编码"),
    "area": ("区划编码", "行政区划代码", "行政区划", "区划", "area_code"),
    "level": ("行使层级", "层级", "level"),
    "audience": ("服务对象", "audience"),
    "themes": ("服务主题", "主题", "面向自然人主题", "面向法人主题", "themes"),
    "aliases": ("通俗名称", "别名", "俗称", "aliases"),
    "conditions": ("受理条件", "conditions"),
    "materials": ("申请材料", "材料名称", "materials"),
    "legal": ("法定办结时限", "legal_limit"),
    "legal_unit": ("法定办结时限单位", "legal_unit"),
    "promised": ("承诺办结时限", "promise"),
    "promised_unit": ("承诺办结时限单位", "promise_unit"),
    "visits": ("到办事现场次数", "到现场次数", "visits"),
    "online": ("是否网办", "网上办理深度", "online"),
    "place": ("办理地点", "place"),
    "hours": ("办理时间",),
    "phone": ("咨询电话", "咨询方式", "consult_phone"),
    "complaint": ("监督电话", "监督投诉方式", "complain_phone"),
    "since": ("计划生效日期",),
    "until": ("计划取消日期",),
}
Titles = dict[str, str]  # what a column may be called → our name for it


def titles_of(columns: Mapping[str, tuple[str, ...]]) -> Titles:
    return {name: key for key, names in columns.items() for name in names}


class BadFile(ValueError):
    """文件读不了: the sentence says why, and what to do."""


@dataclass
class Row:
    """One row of the file: its number as the spreadsheet counts, and its cells by our column names."""

    number: int
    cells: dict[str, Any]

    def text(self, key: str) -> str:
        """A cell as one line of text without blanks around it."""
        value = self.cells.get(key)
        if isinstance(value, list):
            return "、".join(map(str, value))
        return " ".join(plain(value).split())

    def many(self, key: str, marks: str = "\n;；|、,，") -> list[str]:
        """A cell that lists several things, set apart by any of `marks`."""
        value = self.cells.get(key)
        if isinstance(value, list):
            return [" ".join(str(one).split()) for one in value if str(one).strip()]
        text = plain(value)
        for mark in marks:
            text = text.replace(mark, "\n")
        return [" ".join(part.split()) for part in text.split("\n") if part.strip()]

    def code(self, key: str) -> str:
        """A cell that holds a code or a number: full-width signs and blanks do not belong to it."""
        return "".join(unicodedata.normalize("NFKC", self.text(key)).split()).upper()


@dataclass
class Sheet:
    """All rows of a file, and the columns that nobody here reads."""

    rows: list[Row] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read(content: bytes, name: str, columns: Mapping[str, tuple[str, ...]] = COLUMNS) -> Sheet:
    """The rows of a file; its format is told by what it holds, not by how it is called."""
    if not content.strip():
        raise BadFile("文件是空的，请选择有内容的 Excel 或 CSV 文件。")
    known = titles_of(columns)
    if content[:4] == b"PK\x03\x04":
        return _table(_excel(content), known)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadFile("这是旧的 Excel 97 格式（.xls），请在 Excel 里另存为 .xlsx 再导入。")
    text = _decoded(content)
    if text.lstrip()[:1] in "[{" and text.lstrip()[:1]:
        return _objects(text, known)
    return _table(_separated(text), known)


def plain(value: object) -> str:
    """A cell's value as text: whole numbers without a point, days as 2026-11-21."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u3000", " ").replace("\xa0", " ").replace("\ufeff", "").strip()


def _excel(content: bytes) -> list[list[object]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as wrong:
        raise BadFile("这个文件不是完好的 Excel 文件，请在 Excel 里打开检查后另存再导入。") from wrong
    sheet = book.worksheets[0]
    table: list[list[object]] = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=MOST_ROWS)]
    for merged in sheet.merged_cells.ranges:  # what was merged holds for every cell of it
        for row in range(merged.min_row - 1, min(merged.max_row, len(table))):
            for column in range(merged.min_col - 1, merged.max_col):
                table[row][column] = sheet.cell(merged.min_row, merged.min_col).value
    return table


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("文件的编码认不出来，请存成 UTF-8 或 GB18030（Excel 里选“CSV UTF-8”）再导入。")


def _separated(text: str) -> list[list[object]]:
    if "\x00" in text:
        raise BadFile("这不是表格文件，请选择 Excel（.xlsx）或 CSV 文件。")
    head = text[:4096]
    delimiter = max((",", "\t", ";"), key=head.count)
    csv.field_size_limit(1_000_000)
    try:
        return [list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as wrong:
        raise BadFile("CSV 文件的引号或者换行不完整，请用 Excel 打开另存再导入。") from wrong


def _objects(text: str, known: Titles) -> Sheet:
    try:
        told = json.loads(text)
    except ValueError as wrong:
        raise BadFile("JSON 文件不完整，请检查后再导入。") from wrong
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise BadFile("JSON 文件应当是一个列表，每个事项一个对象。")
    rows = [Row(n, _named(one.items(), known)) for n, one in enumerate(told, 1)]
    _need_names(rows)
    unread = dict.fromkeys(key for one in told for key in one if key not in known)
    return Sheet(rows, list(unread))


def _table(lines: list[list[object]], known: Titles) -> Sheet:
    head = _head(lines, known)
    titles = [plain(cell).replace(" ", "").replace("\n", "").lstrip("*＊") for cell in lines[head]]
    rows = []
    for number, line in enumerate(lines[head + 1 :], head + 2):
        cells = _named(zip(titles, line, strict=False), known)
        if any(plain(value) for value in cells.values()):
            rows.append(Row(number, cells))
    _need_names(rows)
    return Sheet(rows, [title for title in titles if title and title not in known])


def _head(lines: list[list[object]], known: Titles) -> int:
    """The row with the most known titles; a title over everything or a note below it is passed over."""

    def read_here(line: list[object]) -> int:
        return sum(plain(cell).replace(" ", "").lstrip("*＊") in known for cell in line)

    best = max(range(min(HEAD_WITHIN, len(lines))), key=lambda n: read_here(lines[n]), default=0)
    if not lines or read_here(lines[best]) < 2:
        raise BadFile("前 10 行里没有找到表头。表头要有“事项名称”，和至少另外一个认得的列名。")
    return best


def _named(pairs: Iterable[tuple[str, object]], known: Titles) -> dict[str, Any]:
    """Cells by our names; where two columns mean the same, the first that is filled counts, lists are put together."""
    cells: dict[str, Any] = {}
    for title, value in pairs:
        key = known.get(title)
        if key is None or value in (None, "", []):
            continue
        if isinstance(value, list) and isinstance(cells.get(key), list):
            cells[key] = [*cells[key], *value]
        elif key not in cells or not plain(cells[key]):
            cells[key] = value
    return cells


def _need_names(rows: list[Row]) -> None:
    if not rows:
        raise BadFile("表头下面没有一行内容。")
    if not any(row.text("name") for row in rows):
        raise BadFile("没有“事项名称”这一列，或者这一列是空的。")
