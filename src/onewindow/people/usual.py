"""常用岗位: which posts does every county need, and with which powers?

An administrator lays them out with one press and may change them; the demonstration county has all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onewindow.rules.grants import Grant

G = Grant
COUNTER = frozenset(
    {
        G.INTAKE_RECEIVE,
        G.CASE_ACCEPT,
        G.CASE_PROPOSE_REFUSAL,
        G.CASE_APPLY,
        G.CASE_WITHDRAW,
        G.CASE_DECIDE_AT_ONCE,
        G.CASE_DELIVER,
        G.RECORD_ASK,
        G.FEE_BILL,
        G.FEE_COLLECT,
        G.PEOPLE_FILE,
        G.PEOPLE_UNMASK,
        G.HALL_TAKE,
        G.HALL_CALL,
        G.BOOKING_ASK,
        G.BOOKING_ANSWER,
        G.EXTENSION_ASK,
    }
)
# Who guides at the door, and who manages the hall.
GUIDE = frozenset({G.HALL_TAKE, G.BOOKING_ASK, G.EXTENSION_ASK})
HALL_HEAD = frozenset(
    {
        G.HALL_TAKE,
        G.HALL_CALL,
        G.HALL_MANAGE,
        G.BOOKING_ASK,
        G.BOOKING_ANSWER,
        G.BOOKING_LIFT,
        G.EXTENSION_ASK,
    }
)
# 中心负责人: numbers are limited only with his approval, and he issues the written rules of the hall.
CENTRE_HEAD = frozenset({G.CAP_APPROVE, G.NORMS_ISSUE})
ISSUING = frozenset({G.CASE_DELIVER, G.FEE_COLLECT, G.RECORD_ASK, G.PEOPLE_FILE})
EXAMINER = frozenset(
    {
        G.CASE_ACCEPT,
        G.CASE_EXAMINE,
        G.CASE_FORWARD,
        G.CASE_REPORT,
        G.CASE_PROPOSE_REFUSAL,
        G.RECORD_ASK,
        G.FEE_BILL,
        G.PEOPLE_UNMASK,
        G.CATALOGUE_DRAFT,
        G.CREDIT_ASK,
    }
)
HEAD = frozenset(
    {
        G.CASE_DECIDE,
        G.CASE_REFUSE,
        G.CASE_FORWARD,
        G.CASE_REPORT,
        G.CASE_SECOND_CORRECTION,
        G.CASE_EXTEND,
        G.FEE_BILL_AGAIN,
        G.FEE_SETTLE,
        G.PARTY_BAR,
        G.CHIEF_DELEGATE,
        G.LETTER_CORRECT,
        G.RECORD_ASK,
        G.RECORD_VOID,
        G.LIGHTS_WATCH,
        G.OVERDUE_ANSWER,
        G.ABSENCE_ARRANGE,
        G.CREDIT_REPAIR,
    }
)
# 行政许可法 42 第二款: the head of the government lengthens what several departments settle together.
GOVERNMENT = frozenset({G.CASE_EXTEND_JOINT})
CATALOGUE = frozenset({G.CATALOGUE_REVIEW, G.CATALOGUE_PUBLISH})
SUPERVISOR = frozenset(
    {
        G.SUPERVISE,
        G.OVERDUE_SETTLE,
        G.RATING_WATCH,
        G.COMPLAINT_GIVE,
        G.COMPLAINT_SETTLE,
        G.ACCESS_READ,
    }
)
# Whoever arranges the duty of off-hours sessions also decides who may book again, and agrees to emergency plans;
# another section keeps the forms.
DUTY = frozenset({G.DUTY_ARRANGE, G.BOOKING_LIFT, G.EMERGENCY_APPROVE})
FORMS = frozenset({G.BOOKING_FILE, G.EXTENSION_FILE, G.EXTENSION_CALL_BACK})
# 大厅改进岗: the section that hears at the end of each day what was said in the hall, and answers it.
SURROUNDINGS = frozenset({G.HALL_IMPROVE})
ADMINISTRATOR = frozenset(
    {
        G.PEOPLE_MANAGE,
        G.ABSENCE_ARRANGE,
        G.TOKENS_MANAGE,
        G.PLACES_MANAGE,
        G.SETTINGS_CHANGE,
        G.ERRANDS_RETRY,
        G.SEAL_LOAD,
        G.ACCESS_READ,
    }
)


class Place(StrEnum):
    """Where such a post sits."""

    HALL = "hall"
    DEPARTMENT = "department"
    COUNTY = "county"


@dataclass(frozen=True)
class Usual:
    """A usual post: its key, its name, where it sits and what it may."""

    key: str
    name: str
    place: Place
    grants: frozenset[Grant]
    head: bool = False


USUAL = (
    Usual("counter", "综合受理窗口", Place.HALL, COUNTER),
    Usual("guide", "导办员", Place.HALL, GUIDE),
    Usual("hall_head", "大厅主任", Place.HALL, HALL_HEAD),
    Usual("centre_head", "中心负责人", Place.COUNTY, CENTRE_HEAD),
    Usual("issuing", "出件岗", Place.HALL, ISSUING),
    Usual("examiner", "审核岗", Place.DEPARTMENT, EXAMINER),
    Usual("head", "负责人", Place.DEPARTMENT, HEAD, head=True),
    Usual("government", "政府负责人", Place.COUNTY, GOVERNMENT),
    Usual("catalogue", "事项管理岗", Place.COUNTY, CATALOGUE),
    Usual("duty", "值班安排岗", Place.COUNTY, DUTY),
    Usual("forms", "登记备案岗", Place.COUNTY, FORMS),
    Usual("surroundings", "大厅改进岗", Place.COUNTY, SURROUNDINGS),
    Usual("supervisor", "督查岗", Place.COUNTY, SUPERVISOR),
    Usual("administrator", "系统管理岗", Place.COUNTY, ADMINISTRATOR),
)
