"""证件号码: can this number stand on such a paper, whose is it, and was it invented for a demonstration?

Only the check digits and a possible birth date are judged (GB 11643, GB 32100); the area prefix never
refuses anybody, because areas are renamed and old people keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# Full-width letters, digits and brackets lie 0xFEE0 above the plain ones.
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_OLDEST = 1880

RESIDENT, HOUSEHOLD, PASSPORT, HMT_RESIDENCE = "resident", "household", "passport", "hmt_residence"
HK_MACAO_PASS, TAIWAN_PASS, FOREIGN_RESIDENCE = "hk_macao_pass", "taiwan_pass", "foreign_residence"
OFFICER_CARD, USCC, OTHER_ORG = "officer_card", "uscc", "other_org"
ORG_KINDS = frozenset({USCC, OTHER_ORG})
# A child's number in the household register is the one that his identity card will carry.
_SAME_NUMBER = {HOUSEHOLD: RESIDENT}
_OFFICER_CARD = re.compile(r"([一-龥]{1,4}?)字?第?(\d{4,10})号?")


def tidy(number: str) -> str:
    """The number without blanks and unseen signs, in plain digits and capital letters."""
    return _UNSEEN.sub("", number.translate(_FULL_WIDTH)).upper()


def canonical(kind: str, number: str) -> str:
    """One way of writing for one paper, so that it cannot be filed twice."""
    plain = tidy(number)
    if kind == OFFICER_CARD and (found := _OFFICER_CARD.fullmatch(plain)):
        return f"{found[1]}字第{found[2]}号"
    if kind in (HK_MACAO_PASS, TAIWAN_PASS, PASSPORT):
        return re.sub(r"[-()]", "", plain)
    return plain


def paper_key(kind: str, number: str, *, nation: str = "", name: str = "") -> str:
    """What makes a paper the only one: passports of two nations and papers of two bodies may share a number."""
    kind, plain = _SAME_NUMBER.get(kind, kind), canonical(kind, number)
    if kind == PASSPORT:
        return f"{kind}:{nation.upper()}:{plain}"
    return f"{kind}:{plain}:{tidy(name)}" if kind == OTHER_ORG else f"{kind}:{plain}"


def paper_fault(kind: str, number: str, today: date) -> str | None:
    """What is wrong with the number of such a paper, as a sentence; None when nothing is."""
    return _FAULTS[kind](canonical(kind, number), today)


def id_fault(number: str, today: date) -> str | None:
    """What is wrong with a resident's 18-digit number."""
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return "居民身份证号码应为 18 位，前 17 位是数字，最后一位是数字或 X，请对照证件再核一次。"
    born = birth_date(number)
    if born is None or born.year < _OLDEST:
        return "号码里的出生日期不存在，请对照证件第 7 至 14 位再核一次。"
    if born > today:
        return "号码里的出生日期在今天以后，请对照证件第 7 至 14 位再核一次。"
    if id_check(number[:17]) != number[17]:
        return "号码的最后一位与前面的数字不符，请对照证件再核一次。"
    return None


def uscc_fault(code: str) -> str | None:
    """What is wrong with a 统一社会信用代码."""
    if len(code) != 18 or any(char not in _USCC_ALPHABET for char in code):
        return "统一社会信用代码应为 18 位数字或大写字母，不含 I、O、S、V、Z，请对照营业执照再核一次。"
    if uscc_check(code[:17]) != code[17]:
        return "统一社会信用代码的最后一位与前面不符，请对照营业执照再核一次。"
    return None


def id_check(digits: str) -> str:
    """The last character of a resident's number (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def uscc_check(code: str) -> str:
    """The last character of a 统一社会信用代码 (GB 32100)."""
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(code, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def organ_check(eight: str) -> str:
    """The check character of the organisation code inside it (GB 11714)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    left = 11 - sum(int(char, 36) * weight for char, weight in zip(eight, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(left, str(left))


def demo_id(area: int, born: date, sequence: int) -> str:
    """An invented resident's number: area prefix 99, correct check digit."""
    digits = f"99{area:04d}{born:%Y%m%d}{sequence:03d}"
    return digits + id_check(digits)


def demo_uscc(body: str, number: int) -> str:
    """An invented 统一社会信用代码 of the registering body (`11` organs, `91` firms, `92` traders): area 99."""
    eight = f"{number:08d}"
    code = f"{body}990000{eight}{organ_check(eight)}"
    return code + uscc_check(code)


def _hmt_fault(number: str, today: date) -> str | None:
    if not number.startswith(("81", "82", "83")):
        return "港澳台居民居住证号码以 81（香港）、82（澳门）或 83（台湾）开头，请核对证件种类。"
    return id_fault(number, today)


def _foreign_fault(number: str, today: date) -> str | None:
    if len(number) == 18 and number.startswith("9"):
        return id_fault(number, today)
    old = re.fullmatch(r"[A-Z]{3}\d{4}(\d{2})(\d{2})(\d{2})\d{2}", number, re.ASCII)
    if old is None:
        return "外国人永久居留证号码应为 9 开头的 18 位，或 3 个字母加 12 位数字（旧证），请再核一次。"
    year, month, day = (int(part) for part in old.groups())
    if not any(_day(century + year, month, day) for century in (1900, 2000)):
        return "号码里的出生日期不存在，请对照证件第 8 至 13 位再核一次。"
    return None


def _shaped(pattern: str, sentence: str) -> Callable[[str, date], str | None]:
    shape = re.compile(pattern, re.ASCII)
    return lambda number, _today: None if shape.fullmatch(number) else sentence


_FAULTS: dict[str, Callable[[str, date], str | None]] = {
    RESIDENT: id_fault,
    HOUSEHOLD: id_fault,
    PASSPORT: _shaped(
        r"(?=.*\d)[A-Z0-9]{5,20}", "护照号码由 5 至 20 位字母和数字组成，请对照资料页再核一次。"
    ),
    HMT_RESIDENCE: _hmt_fault,
    HK_MACAO_PASS: _shaped(
        r"[HM]\d{8}(\d{2})?",
        "港澳居民来往内地通行证号码为 H 或 M 加 8 位数字（旧证再加 2 位换证次数），请再核一次。",
    ),
    TAIWAN_PASS: _shaped(
        r"\d{8}|\d{10}[A-Z]?",
        "台湾居民来往大陆通行证号码为 8 位数字（旧证为 10 位数字，可带 1 个字母），请再核一次。",
    ),
    FOREIGN_RESIDENCE: _foreign_fault,
    OFFICER_CARD: _shaped(_OFFICER_CARD.pattern, "军官证号码写作“某字第 1234567 号”，请对照证件再核一次。"),
    USCC: lambda code, _today: uscc_fault(code),
    OTHER_ORG: _shaped(r"[^\x00-\x1f]{2,40}", "请填写证明文件的文号或编号，2 至 40 个字。"),
}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def birth_date(number: str) -> date | None:
    """The birth date inside a resident's number, when it is a day of the calendar."""
    written = number[6:14]
    return (
        _day(int(written[:4]), int(written[4:6]), int(written[6:]))
        if re.fullmatch(r"[0-9]{8}", written)
        else None
    )


def sex(number: str) -> str:
    """男 or 女, from the sequence digit of a resident's number."""
    return "男" if int(number[16]) % 2 else "女"


def tells_birth(kind: str, number: str) -> bool:
    """Whether the number itself says when its holder was born."""
    return kind in (RESIDENT, HOUSEHOLD, HMT_RESIDENCE) or (kind == FOREIGN_RESIDENCE and len(number) == 18)


def tells_sex(kind: str) -> bool:
    """Whether the 17th digit says man or woman: on residents' papers alone."""
    return kind in (RESIDENT, HOUSEHOLD, HMT_RESIDENCE)


def age(born: date, today: date) -> int:
    """Whole years lived on `today`."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def tidy_phone(phone: str) -> str:
    """The telephone without blanks, brackets and the prefix of China; the dash of a fixed line stays."""
    plain = re.sub(r"[()]", "", tidy(phone)).replace("—", "-").replace("–", "-")
    plain = re.sub(r"^(\+|00)86-?", "", plain)
    joined = plain.replace("-", "")
    return joined if re.fullmatch(r"1\d{10}", joined, re.ASCII) else plain


def phone_fault(phone: str) -> str | None:
    """What is wrong with a telephone number; mobile, fixed line and numbers from abroad are known."""
    mobile, fixed, abroad = r"1\d{10}", r"0\d{2,3}-?\d{7,8}(-\d{1,6})?", r"\+\d{6,15}"
    if re.fullmatch(f"{mobile}|{fixed}|{abroad}", tidy_phone(phone), re.ASCII):
        return None
    return "电话应为 11 位手机号码，或区号加固定电话，如 0000-0000000；境外号码以 + 开头，请再核一次。"


NO_PHONE = "0000-0000000"  # stands where a demonstration has no telephone


def rings(phone: str) -> bool:
    """Whether it is a telephone at all: nothing but noughts stands for one that nobody has entered yet."""
    return any(digit in "123456789" for digit in phone)


def is_demo(kind: str, number: str) -> bool:
    """Whether the number was invented: area 99 on a person's paper, area 99 in an organisation's code."""
    plain = canonical(kind, number)
    if kind == USCC:
        return plain[2:4] == "99"
    return tells_birth(kind, plain) and plain[:2] == "99"


def is_demo_phone(phone: str) -> bool:
    """Whether the telephone cannot ring: the unassigned prefix 100, or nothing but noughts."""
    plain = tidy_phone(phone)
    return bool(re.fullmatch(r"100[0-9]{8}|[0-]+", plain))


DEMO_PHONE = "这是演示用的电话号码，打不通，请填写申请人真实的联系电话。"


def demo_fault(kind: str, number: str, phone: str = "") -> str | None:
    """Why these numbers may be typed and not accepted where real cases are handled."""
    if is_demo(kind, number):
        return "这是演示用的号码（地区码 99），只能在演示系统中受理，请核对证件原件。"
    if phone and is_demo_phone(phone):
        return DEMO_PHONE
    return None


def masked(number: str) -> str:
    """The number as a screen shows it: the middle hidden, of a resident's number the whole birth date."""
    if len(number) <= 4:
        return "*" * len(number)
    head = 6 if len(number) >= 15 else 3 if len(number) >= 8 else 1
    tail = 4 if len(number) >= 11 else 2 if len(number) >= 8 else 1
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
