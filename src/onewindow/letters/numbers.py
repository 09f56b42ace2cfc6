"""文号: which mark does each kind of letter carry in its number?"""

from __future__ import annotations

_KIND = {
    "行政许可": "许",
    "行政确认": "确",
    "行政给付": "给",
    "行政奖励": "奖",
    "行政裁决": "裁",
    "其他行政权力": "其",
    "公共服务": "服",
}
_LETTER = {
    "receipt": "收",
    "accepted": "受",
    "refused": "不受",
    "not_ours": "不属",
    "not_needed": "不需",
    "correction": "补",
    "correction_received": "补收",
    "explanation": "说",
    "extended": "延",
    "procedure": "程",
    "prolonged": "程延",
    "host": "听",
    "exempted": "免",
    "filed": "备",
    "withdrawn": "撤",
    "lapsed": "终",
    "originals_taken": "原收",
    "originals_returned": "原退",
    "bill": "缴",
    "third": "利",
    "barred": "限",
    "sent_up": "报",
    "above": "上决",
    "renewed": "延续",
    "granted": "准",
    "denied": "不准",
    "service": "送",
    "annulled": "废",
    "deferral": "容",
    "supply_received": "容收",
    "supply_returned": "容补",
    "deferral_missed": "容逾",
    "promise": "诺",
    "mend_order": "改",
    "revocation_notice": "拟撤",
    "revoked": "撤决",
}


def mark(letter: str, item_kind: str) -> str:
    """许受, 确补, 服准 …: the kind of item and the kind of letter."""
    return _KIND[item_kind] + _LETTER[letter]


def series(department: int, letter: str, item_kind: str, year: int) -> str:
    """The name of the series from which such letters of a department are numbered."""
    return f"letter:{department}:{mark(letter, item_kind)}:{year}"


def number(short: str, letter: str, item_kind: str, year: int, place: int) -> str:
    """罗市监许受〔2026〕137号: the organ's short form, the mark of the letter, the year, a gap-free number."""
    return f"{short}{mark(letter, item_kind)}〔{year}〕{place}号"
