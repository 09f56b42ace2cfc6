"""办件编号: when does a case get its numbers, and how do many windows at once not wait for one another?

Numbers have no gap, so a series is locked from its taking until the act is through. A case is therefore
written first and numbered last, in one statement: the others wait for that statement and the commit alone.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.ground.prepared import together
from onewindow.ground.series import TAKE
from onewindow.rules.codes import read_item

# Four digits, and more when a day has more. The national 办件编号 is the item's national code, the day and four
# digits; an item that has none has none, because a local code may be too long and its number would be cut.
_DIGITS = "SELECT name, lpad(last::text, greatest(4, length(last::text)), '0') AS told FROM taken"
_MADE = """
SELECT %(short)s || (SELECT told FROM digits WHERE name = %(daily)s) AS number,
  coalesce(%(long)s || (SELECT told FROM digits WHERE name = %(of_item)s), '') AS national
"""
_NUMBER, _NATIONAL = "(SELECT number FROM made)", "(SELECT national FROM made)"
NUMBERS = "(SELECT number || ' ' || national FROM made)"  # in the statement that numbers a case
_NATIONAL_PLACE = "~"
_PLACE = re.compile("~[0-9a-f]{32}~?")


def no_number_yet() -> str:
    """What stands in the place of the number until it is known; nobody outside of the act ever sees it."""
    return f"~{uuid4().hex}"


def number(case: Case, item: Item, prefix: str, at: datetime) -> None:
    """Give the case the number that people read, and the national one when its item has a national code."""
    code = _national_code(item)
    daily, of_item = f"case:{at:%Y%m%d}", f"case:{item.pk}:{at:%Y%m%d}"
    told = {
        "county": case.county,
        "names": sorted((daily, of_item)) if code else [daily],
        "short": f"{prefix}-{at:%y%m%d}-",
        "daily": daily,
        "long": f"{code}{at:%Y%m%d}",
        "of_item": of_item,
    }
    with together() as waits:
        waits.also(TAKE, told, name="taken")
        waits.also(_DIGITS, told, name="digits")
        waits.also(_MADE, told, name="made")
        waits.word(case.subject, "number", _NUMBER)
        waits.word(case, "number", _NUMBER)
        waits.word(case, "national_number", _NATIONAL)
        waits.tell(NUMBERS, {}, lambda told: _name(case, told))
    if waits.holds(case):
        case.national_number = case.number + _NATIONAL_PLACE


def filled(text: str, numbers: str) -> str:
    """A text with the numbers in their places, as `NUMBERS` tells them."""
    if not numbers:
        return text
    number, national = numbers.split(" ")
    return _PLACE.sub(lambda place: national if place[0].endswith(_NATIONAL_PLACE) else number, text)


def _name(case: Case, numbers: str) -> None:
    case.number, case.national_number = numbers.split(" ")
    case.subject.number = case.number


def _national_code(item: Item) -> str:
    """业务办理项编码 (33) or 实施编码 (31); empty when the item has none, whatever stands in the columns."""
    return next((code for code in (item.handle_code, item.task_code) if read_item(code)), "")
