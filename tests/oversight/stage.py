"""What the tests of overruns share: the supervisor, time that passes, and an explanation as a department writes it."""

from datetime import date, datetime
from typing import Any

from onewindow.cases.models import Case
from onewindow.cases.tick import tick
from onewindow.oversight import acts
from onewindow.oversight.models import Answer, Overdue
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, Cast, at, carry_out, officer

# Accepted on 24 September with 8 promised and 20 legal working days: 13 October and 29 October.
YELLOW, DUE, RED, LEGAL = at(10, 12), at(10, 13), at(10, 14), at(10, 30)
WHY, DONE = "两名审核人员同时外出培训，没有安排顶岗。", "今天由陈局督办，顶岗名单已经补上。"


def supervisor(name: str = "孙丽", number: str = "D001") -> Officer:
    grants = [str(Grant.SUPERVISE), str(Grant.OVERDUE_SETTLE)]
    post, _ = Post.objects.get_or_create(
        county=COUNTY, name="督查岗", scope="county", defaults={"grants": grants}
    )
    return officer(COUNTY, name, number, post)


def pass_to(when: datetime, case: Case) -> None:
    """The tick of that minute, what follows from it, and what follows from that."""
    tick(when)
    carry_out(case.subject)
    carry_out(case.subject)


def overrun(cast: Cast) -> Overdue:
    """A case that was promised for 13 October, on the day after."""
    case = cast.accepted()
    pass_to(RED, case)
    return Overdue.objects.get(case=case)


def explanation(cast: Cast, **more: Any) -> dict[str, Any]:
    told = {"responsible": cast.zhangmin.pk, "cause": "absent", "why": WHY, "done": DONE}
    return {**told, "expected": date(2026, 10, 16), **more}


def answered(cast: Cast, row: Overdue, when: datetime = RED, **more: Any) -> Answer:
    answer = acts.explain(row, by=cast.chenju, at=when, **explanation(cast, **more))
    carry_out(row.case.subject)
    return answer
