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
    "withdrawn": "撤",
    "lapsed": "终",
    "originals_taken": "原收",
    "originals_returned": "原退",
    "granted": "准",
    "denied": "不准",
    "service": "送",
}


def mark(letter: str, item_kind: str) -> str:
    """许受, 确补, 服准 …: the kind of item and the kind of letter."""
    return _KIND[item_kind] + _LETTER[letter]
