"""The notices of 2025 and 2026 and the bare statutory days of 2027, for tests that reckon dates."""

from datetime import date, timedelta

from onewindow.rules.pack import YearNotice
from onewindow.rules.workdays import Calendar


def _span(name: str, first: date, last: date) -> dict[date, str]:
    return {first + timedelta(days=n): name for n in range((last - first).days + 1)}


Y2025 = YearNotice(
    2025,
    "国务院办公厅关于2025年部分节假日安排的通知",
    "国办发明电〔2024〕12号",
    date(2024, 11, 12),
    "国办发明电〔2024〕12号",
    off=_span("元旦", date(2025, 1, 1), date(2025, 1, 1))
    | _span("春节", date(2025, 1, 28), date(2025, 2, 4))
    | _span("清明节", date(2025, 4, 4), date(2025, 4, 6))
    | _span("劳动节", date(2025, 5, 1), date(2025, 5, 5))
    | _span("端午节", date(2025, 5, 31), date(2025, 6, 2))
    | _span("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    makeup=dict.fromkeys(
        (date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)),
        "调休",
    ),
    noticed=True,
)
Y2026 = YearNotice(
    2026,
    "国务院办公厅关于2026年部分节假日安排的通知",
    "",
    date(2025, 11, 4),
    "国务院办公厅2025年11月4日通知",
    off=_span("元旦", date(2026, 1, 1), date(2026, 1, 3))
    | _span("春节", date(2026, 2, 15), date(2026, 2, 23))
    | _span("清明节", date(2026, 4, 4), date(2026, 4, 6))
    | _span("劳动节", date(2026, 5, 1), date(2026, 5, 5))
    | _span("端午节", date(2026, 6, 19), date(2026, 6, 21))
    | _span("中秋节", date(2026, 9, 25), date(2026, 9, 27))
    | _span("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
    makeup=dict.fromkeys(
        (
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ),
        "调休",
    ),
    noticed=True,
)
Y2027 = YearNotice(
    2027,
    "",
    "",
    None,
    "全国年节及纪念日放假办法",
    off={date(2027, 1, 1): "元旦"} | _span("春节", date(2027, 2, 5), date(2027, 2, 8)),
    makeup={},
    noticed=False,
)
CALENDAR = Calendar((Y2025, Y2026, Y2027))
