"""证件号码: can this number be a resident's or an organisation's?

Only the check digits and a possible birth date are judged (GB 11643, GB 32100); the area prefix never
refuses anybody, because areas are renamed and old people keep their numbers.
"""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ　", "0123456789XX ")


def tidy(number: str) -> str:
    """The number without blanks, full-width digits and small letters."""
    return re.sub(r"\s", "", number.translate(_FULL_WIDTH)).upper()


def id_fault(number: str, today: date) -> str | None:
    """What is wrong with a resident's 18-digit number, as a sentence; None when nothing is."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return "居民身份证号码应为 18 位，前 17 位是数字，最后一位是数字或 X。"
    born = birth_date(number)
    if born is None or born > today or born.year < 1880:
        return "号码里的出生日期不存在，请对照证件第 7 至 14 位再核一次。"
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if _ID_CHECKS[total % 11] != number[17]:
        return "号码的最后一位与前面的数字不符，请对照证件再核一次。"
    return None


def uscc_fault(code: str) -> str | None:
    """What is wrong with a 统一社会信用代码, as a sentence; None when nothing is."""
    if len(code) != 18 or any(char not in _USCC_ALPHABET for char in code):
        return "统一社会信用代码应为 18 位数字或大写字母，不含 I、O、S、V、Z。"
    total = sum(
        _USCC_ALPHABET.index(char) * weight for char, weight in zip(code[:17], _USCC_WEIGHTS, strict=True)
    )
    if _USCC_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return "统一社会信用代码的最后一位与前面不符，请对照营业执照再核一次。"
    return None


def birth_date(number: str) -> date | None:
    """The birth date inside a resident's number, when it is a day of the calendar."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """男 or 女, from the sequence digit of a resident's number."""
    return "男" if int(number[16]) % 2 else "女"


def age(born: date, today: date) -> int:
    """Whole years lived on `today`."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_demo(number: str) -> bool:
    """Whether the number carries the area prefix 99 of invented persons and firms."""
    return (
        number[:2] == "99"
        or (len(number) == 18 and number[2:4] == "99" and not number[:17].isdigit())
        or (len(number) == 18 and number[2:4] == "99" and uscc_fault(number) is None)
    )


def is_demo_phone(phone: str) -> bool:
    """Whether the telephone has the unassigned prefix 100."""
    return phone.startswith("100") and len(phone) == 11


def masked(number: str) -> str:
    """The number as a screen shows it: the middle hidden."""
    if len(number) <= 4:
        return "*" * len(number)
    head = 6 if len(number) >= 15 else 3 if len(number) >= 8 else 1
    tail = 4 if len(number) >= 8 else 1
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
