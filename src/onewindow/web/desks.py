"""去哪里办: which pages are there for everybody, and which for this officer's powers? A page that has not come is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from onewindow.ground.clock import now
from onewindow.people.acts.chiefs import offered
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.places.reads import here, issue_words
from onewindow.rules.grants import Grant

G = Grant
PUBLIC = (("办事", "/search/"), ("进度查询", "/track/"), ("政策规则", "/rules/"))
# Registers of the county: at the machine of a hall nobody would find what is written there.
AT_BOX = (("现在等候", "/hall/"),)
AT_COUNTY = ("/rounds/", "/norms/")
MINE, ISSUE, CHIEFS = "/my/", "/issue/", "/manage/chiefs/"


@dataclass(frozen=True)
class Desk:
    """A page where some power is used."""

    label: str
    url: str
    grants: tuple[Grant, ...]


_SERVING = (G.INTAKE_RECEIVE, G.CASE_ACCEPT, G.CASE_EXAMINE, G.CASE_DECIDE, G.CASE_REFUSE, G.CASE_DELIVER)
# In the order of the work; the first of an officer's own is where he lands after signing in.
DESKS = (
    Desk("一窗收件", "/counter/", (G.INTAKE_RECEIVE,)),
    # At the machine of a hall: to call, and to take papers in on receipts while there is no connection.
    Desk("窗口", "/counter/", (G.RECEIPT_WRITE,)),
    Desk(
        "待办", "/desk/", (G.CASE_ACCEPT, G.CASE_EXAMINE, G.CASE_DECIDE, G.CASE_REFUSE, G.CASE_EXTEND_JOINT)
    ),
    Desk("承诺", "/promises/", (G.CASE_EXAMINE, G.CREDIT_ASK, G.CREDIT_REPAIR)),
    Desk("统一出件", ISSUE, (G.CASE_DELIVER,)),
    Desk("收费", "/cash/", (G.FEE_COLLECT,)),
    Desk("监督", "/watch/", (G.SUPERVISE, G.LIGHTS_WATCH, G.OVERDUE_ANSWER, G.OVERDUE_SETTLE)),
    Desk("投诉", "/complaints/", (G.COMPLAINT_SETTLE,)),
    Desk("事项", "/catalogue/", (G.CATALOGUE_DRAFT, G.CATALOGUE_REVIEW, G.CATALOGUE_PUBLISH)),
    Desk("首席代表", CHIEFS, (G.CHIEF_DELEGATE,)),
    Desk("组织与岗位", "/manage/organisation/", (G.PEOPLE_MANAGE,)),
    Desk("窗口", "/manage/windows/", (G.PLACES_MANAGE,)),
    Desk("场所", "/manage/venues/", (G.PLACES_MANAGE,)),
    Desk("设备", "/manage/devices/", (G.PLACES_MANAGE,)),
    Desk("印章", "/manage/seals/", (G.SEAL_LOAD,)),
    Desk("接口令牌", "/manage/tokens/", (G.TOKENS_MANAGE,)),
    Desk("本地设定", "/manage/settings/", (G.SETTINGS_CHANGE,)),
    Desk("保存期限", "/manage/keeping/", (G.SETTINGS_CHANGE,)),
    Desk("工作日历", "/manage/calendar/", (G.SETTINGS_CHANGE,)),
    Desk("后续事项", "/errands/", (G.ERRANDS_RETRY,)),
    Desk("访问日志", "/manage/accesses/", (G.ACCESS_READ,)),
    Desk("大厅运行", "/day/", (G.HALL_MANAGE, G.CAP_APPROVE)),
    Desk("导办", "/helping/", (G.HALL_TAKE, G.HALL_MANAGE)),
    Desk(
        "预约",
        "/bookings/",
        (G.BOOKING_ASK, G.BOOKING_ANSWER, G.DUTY_ARRANGE, G.BOOKING_FILE, G.BOOKING_LIFT),
    ),
    Desk(
        "延时服务",
        "/extensions/",
        (G.HALL_CALL, G.HALL_MANAGE, G.EXTENSION_FILE, G.EXTENSION_CALL_BACK, G.SUPERVISE),
    ),
    Desk("巡检", "/rounds/", (G.HALL_MANAGE,)),
    Desk("应急", "/emergency/", (G.HALL_MANAGE, G.EMERGENCY_APPROVE)),
    Desk("大厅意见", "/helping/remarks/", (G.HALL_IMPROVE,)),
    # Beside the work of each: nobody lands here while he has a desk of his own.
    Desk("首问", "/asked/", _SERVING),
    Desk("休假移交", "/absence/", (*_SERVING, G.ABSENCE_ARRANGE)),
    # Everybody on the staff has rules to know.
    Desk("制度", "/norms/", tuple(G)),
)


@dataclass(frozen=True)
class Entry:
    """One entry of a navigation."""

    label: str
    url: str
    current: bool


def desks_of(officer: Officer | None) -> list[Desk]:
    """The pages that this officer may work on."""
    if not officer:
        return []
    known = [desk for desk in DESKS if exists(desk.url) and not (settings.BOX and desk.url in AT_COUNTY)]
    return [desk for desk in known if any(officer.may(grant) for grant in desk.grants)]


def issuing(county: County) -> str:
    """What the desk for handing results out is called here."""
    return issue_words(county, now().date())


def desk_entries(request: HttpRequest, officer: Officer | None) -> list[Entry]:
    """The navigation in the bar of a desk."""
    return [
        Entry(_label(desk, request), desk.url, request.path.startswith(desk.url))
        for desk in desks_of(officer)
        if desk.url != CHIEFS or offered(now().date())
    ]


def _label(desk: Desk, request: HttpRequest) -> str:
    return issuing(getattr(request, "county", None) or here()) if desk.url == ISSUE else desk.label


def public_entries(request: HttpRequest) -> list[Entry]:
    """The navigation of everybody's pages; somebody signed in finds his own among the three of 长辈模式."""
    if settings.BOX:  # at the machine of a hall no case and no item's guide is known
        return [Entry(label, url, request.path.startswith(url)) for label, url in AT_BOX]
    signed_in = getattr(request, "user", None)
    mine = (("我的办件", MINE),) if getattr(signed_in, "party", None) else ()
    shown = [(label, url) for label, url in (*PUBLIC[:2], *mine, *PUBLIC[2:]) if exists(url)]
    return [Entry(label, url, request.path.startswith(url)) for label, url in shown]


def landing(officer: Officer | None) -> str:
    """Where somebody goes who has just signed in."""
    desks = desks_of(officer)
    if desks:
        return desks[0].url
    return "/accounts/" if officer or not exists(MINE) else MINE


@cache
def exists(path: str) -> bool:
    """Whether the page has come."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
