"""演示应急和便民服务: which plans, equipment and services has the centre of the demonstration county?

Plans and equipment are examples of ours, not a text of any office.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from onewindow.config.demo.cast import Staff
from onewindow.config.demo.offices import centre
from onewindow.emergency.acts.plans import Told, approve_plan, draft_plan
from onewindow.emergency.acts.safety import Piece, enter_safety
from onewindow.emergency.models import Event, Plan, SafetyItem
from onewindow.helping.acts.aids import Offer, offer_aid
from onewindow.people.models import Officer
from onewindow.places.models import County, Hall
from onewindow.rules.aids import COURSES, Way

_K = SafetyItem.Kind
# Event, title, steps with who does them; of an epidemic the limit, the hours and the line that hangs out.
_PLANS: tuple[tuple[Event, str, tuple[tuple[str, str], ...], dict[str, object]], ...] = (
    (
        Event.POWER,
        "停电应急预案",
        (
            ("打开应急照明，告诉大家不要走动", "导办员"),
            ("停止服务，写明预计恢复时间", "大厅主任"),
            ("查明原因，联系供电抢修", "后勤保障"),
            ("照看老人、孕妇和带孩子的人", "导办员"),
            ("来电后检查设备，恢复服务", "技术保障"),
        ),
        {},
    ),
    (
        Event.EPIDEMIC,
        "疫情防控应急预案",
        (
            ("入口测温、登记，备好口罩和消毒液", "导办员"),
            ("工作人员每天登记健康情况", "大厅主任"),
            ("按时消毒通风", "后勤保障"),
        ),
        {"capacity": 80, "round_hours": 4, "advice": "疫情防控期间请优先网上办，进厅请戴口罩"},
    ),
)
# Kind, name, place, keeper, days between checks, days since the last one.
_SAFETY = (
    (_K.FIRST_AID, "急救箱", "导服台", "导办员", 30, 41),
    (_K.EXTINGUISHER, "灭火器 1 号", "综合受理区", "后勤保障", 30, 12),
    (_K.EXIT, "应急照明和疏散标志", "东侧通道", "后勤保障", 90, 30),
)
_AIDS = (Way.HOME, Way.GREEN, Way.ESCORT, Way.AGENCY, Way.EXTENDED, Way.BOOKING)


def load(county: County, now: datetime) -> None:
    """For the centre, by its manager; what is there already stays as it is."""
    hall, staff = centre(county), Staff(county, now)
    manager, approver = staff.officers.get("dating"), staff.officers.get("zhiban")
    if manager is None or approver is None:
        return
    manager.day = approver.day = now.date()
    if not hall.plans.exists():
        _plans(hall, manager, approver, now)
    if not hall.safety_items.exists():
        for kind, name, place, keeper, every, ago in _SAFETY:
            checked = now.date() - timedelta(days=ago)
            piece = Piece(
                kind=kind.value, name=name, place=place, keeper=keeper, every_days=every, checked_on=checked
            )
            enter_safety(hall, by=manager, at=now, piece=piece)
    if not hall.aids.exists():
        for order, way in enumerate(_AIDS):
            course = COURSES[way]
            offer = Offer(
                way=way.value, name=course.word, about=course.about, grounds=course.grounds, order=order
            )
            offer_aid(hall, by=manager, at=now, offer=offer)


def _plans(hall: Hall, manager: Officer, approver: Officer, now: datetime) -> None:
    for event, title, steps, more in _PLANS:
        rows = [{"step": step, "who": who} for step, who in steps]
        told = Told(event=event.value, title=title, chief=manager, steps=rows, **more)  # type: ignore[arg-type]
        plan: Plan = draft_plan(hall, by=manager, at=now, told=told)
        approve_plan(plan, by=approver, at=now)
