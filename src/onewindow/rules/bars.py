"""限制申请: until when may somebody not apply for the same licence again (行政许可法 78, 79)?

Whole years from the decision: its day is not counted and the last one is the same calendar day (民法典 201, 202); a
month that lacks that day ends earlier, on its last. 民法典 203 moves a last day that is a holiday for who still has to
do something; it makes no prohibition longer. So one may apply again on the day after.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

FALSE_PAPERS, FRAUD = "false_papers", "fraud"
GROUND_WORDS = {
    FALSE_PAPERS: "隐瞒有关情况或者提供虚假材料申请行政许可",
    FRAUD: "以欺骗、贿赂等不正当手段取得行政许可",
}
LAW = {
    FALSE_PAPERS: "《中华人民共和国行政许可法》第七十八条",
    FRAUD: "《中华人民共和国行政许可法》第七十九条",
}
# The rules of the pack that say for how many months.
RULE = {FALSE_PAPERS: "bar.false_papers", FRAUD: "bar.fraud"}


def last_day(decided: date, months: int) -> date:
    """The last day on which he may not apply."""
    place = decided.month - 1 + months
    year, month = decided.year + place // 12, place % 12 + 1
    return date(year, month, min(decided.day, monthrange(year, month)[1]))
