"""预约怎么告诉: in which words is what happened to a booking told to the applicant, and who in the hall hears of it?"""

from __future__ import annotations

from django.db.models import Q

from onewindow.cases.reads.told import day
from onewindow.ground.clock import SHANGHAI
from onewindow.hall.booked import sheet
from onewindow.hall.models import Booking, WindowLeader
from onewindow.hall.offered import terms
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.words import Words
from onewindow.people.models import Duty, Holding, Officer
from onewindow.places.models import County
from onewindow.rules.bookings import Service
from onewindow.rules.grants import Grant

TOLD = frozenset(
    {
        "BookingConfirmed",
        "BookingAgreed",
        "BookingProposed",
        "BookingRefused",
        "BookingCancelled",
        "BookingReminded",
        "BookingAbandoned",
        "BookingBarred",
        "BookingBarLifted",
        "BookingDisplaced",
        "BookingRestored",
        "AnswerOverdue",
    }
)


# Title, what the text message says, and what only his space says besides.
_AGREED = (
    "预约已确认",
    "您约的{items}，{when} 到{where}办理，预约码 {code}。",
    "请带：{papers}。来不了请取消。",
)
_WORDS = {
    "BookingConfirmed": _AGREED,
    "BookingAgreed": _AGREED,
    "BookingProposed": (
        "窗口另约了时间",
        "您约的{items}，窗口另约 {when} 在{where}。请在“我的预约”里同意或者改约。",
        "",
    ),
    "BookingRefused": ("预约没有同意", "您约的{items}，窗口没有同意。", "理由：{ground}。{reason}"),
    "BookingCancelled": ("预约被取消", "您约的 {when} {items}被取消，请另约时间。", "原因：{reason}"),
    "BookingReminded": (
        "预约提醒",
        "您约了 {when} 到{where}办{items}，预约码 {code}。",
        "请带：{papers}。来不了请取消，不算放弃。",
    ),
    "BookingAbandoned": (
        "预约视为放弃",
        "您约的 {when} 没有到，电话也没有联系上，按规定视为放弃这一次。",
        "放弃的次数会累计；取号和时段预约照常。",
    ),
    "BookingBarred": (
        "不再接受非工作时间预约",
        "放弃的次数达到规定，以后不再接受您非工作时间的预约。取号和上班时间的时段预约照常。",
        "有特殊情况的，请向大厅说明，可以决定恢复。",
    ),
    "BookingBarLifted": ("恢复预约", "您可以再约非工作时间了。", ""),
    "BookingDisplaced": (
        "约的时间不能办了",
        "您约的 {when} {items}不能照原来的时间办：{cause}。",
        "请打开这个预约，一步改到别的时间；不去了可以取消。不会算您放弃。",
    ),
    "BookingRestored": (
        "约的时间照常",
        "您约的 {when} {items}照原来的时间办，不用改约，预约码 {code}。",
        "",
    ),
    "AnswerOverdue": (
        "预约还没有得到答复",
        "您约的 {when} {items}，窗口没有在规定时间里答复，已经告诉督查。",
        "着急的可以打大厅电话，或者改约别的时间。",
    ),
}


def booking_of(entry: Entry) -> Booking:
    """The booking that the fact is about, with everything that is told."""
    beside = ("hall", "window", "party__account", "officer", "line", "session")
    return Booking.objects.select_related(*beside).prefetch_related("items").get(subject=entry.subject_id)


def applicant(entry: Entry, one: Booking, county: County) -> Words | None:
    """What the applicant is told; reasons and papers stand in his space, the text message says where."""
    if entry.fact == "BookingCancelled" and entry.body["side"] == "applicant":
        return None
    title, text, more = _said(entry, one)
    sms = f"【{county.name}政务服务】{text}{'详见“我的预约”。' if more else ''}"
    return Words(title, text + more, sms)


def _said(entry: Entry, one: Booking) -> tuple[str, str, str]:
    when = f"{day(one.on)} {one.begins:%H:%M}"
    where = f"{one.hall}{one.window if one.window is not None else ''}"
    items = "、".join(item.name for item in one.items.all())
    told = {
        "when": when,
        "where": where,
        "items": items,
        "code": one.code,
        "papers": _papers(one),
        "reason": one.reason,
        "ground": one.get_ground_display(),
        "cause": cause_of(one),
    }
    title, text, more = _WORDS[entry.fact]
    return title, text.format(**told), more.format(**told)


def cause_of(one: Booking) -> str:
    """Why his time is gone, with the reason that the hall gave."""
    why = {
        "stop": one.hall.why_stopped,
        "sitting": one.session.why_withdrawn if one.session is not None else "",
    }
    given = why.get(one.why_gone, "")
    return one.get_why_gone_display() + (f"（{given}）" if given else "")


def _papers(one: Booking) -> str:
    papers = [paper for told in one.told for paper in told["papers"]]
    return "、".join(papers) or "本人证件"


def officers(entry: Entry, one: Booking) -> Said | None:
    """Who in the hall has to know: who answers, who serves, who arranges the duty, who watches."""
    on, page = entry.at.astimezone(SHANGHAI).date(), f"/bookings/{one.number}/"
    when = f"{day(one.on)} {one.begins:%H:%M}"
    off, said = one.service != Service.ORDINARY.value, terms(on).policy
    answer = "请当即答复" if said.at_once else "请及时答复"
    if entry.fact in ("BookingAsked", "BookingChanged") and off:
        people = holding(one.county, Grant.BOOKING_ANSWER, on, Q(post__hall=one.hall_id))
        return Said(people, f"有预约等答复：{when}", f"{one.get_service_display()}，{answer}。", page)
    if entry.fact in ("BookingConfirmed", "BookingAgreed") and off:
        return _booked(one, on, when, filed=bool(said.told_to))
    if entry.fact in ("AnswerOverdue", "BookingDisplaced", "BookingCancelled"):
        return _left(entry, one, on)
    if entry.fact == "BookingRefused" and entry.body["flagged"]:
        people = holding(one.county, Grant.SUPERVISE, on, Q(post__scope="county"))
        return Said(
            people, f"以非工作日为由拒绝预约：{one.number}", "按规定不能以非工作日为由拒绝，请核查。", page
        )
    if entry.fact == "BookingServed" and said.files(Service(one.service)):
        people = holding(one.county, Grant.BOOKING_FILE, on, Q())
        return Said(people, f"登记表等备案：{one.number}", "双方已经签字。", "/bookings/forms/")
    return None


def _booked(one: Booking, on: object, when: str, *, filed: bool) -> Said:
    """Whoever arranges the duty; the window's leader too when those on duty are too few for all who are booked (错时办 六)."""
    people = holding(one.county, Grant.DUTY_ARRANGE, on, Q())
    short = sheet(one.session).short if one.session is not None else 0
    if not short:
        title = f"有新的{one.get_service_display()}：{when}"
        return Said(people, title, "请备案并安排值班。" if filed else "请安排值班。", "/bookings/sessions/")
    text = f"{one.hall}{one.window or ''}还少 {short} 人，请增加人手或者另约时间。"
    page = f"/bookings/sessions/{one.session_id}/"
    return Said(once(people + leaders([one.window_id])), f"预约多，人手不够：{when}", text, page)


def leaders(windows: list[int | None]) -> list[Officer]:
    """窗口负责人, who answers for these windows; each once."""
    rows = WindowLeader.objects.filter(window__in=windows, until__isnull=True, officer__left_on__isnull=True)
    return once([one.officer for one in rows.select_related("officer")])


def _left(entry: Entry, one: Booking, on: object) -> Said | None:
    """Nobody answered in time: hall and supervisors; his time is gone or given up: whoever would have served him."""
    if entry.fact == "AnswerOverdue":
        people = holding(one.county, Grant.SUPERVISE, on, Q(post__scope="county"))
        people += holding(one.county, Grant.BOOKING_ANSWER, on, Q(post__hall=one.hall_id))
        said = f"{one.get_service_display()}，{one.hall}，请马上答复。"
        return Said(once(people), f"预约超时没有答复：{one.number}", said, f"/bookings/{one.number}/")
    if one.officer is None:
        return None
    if entry.fact == "BookingCancelled":
        when = f"{day(one.on)} {one.begins:%H:%M}"
        return Said([one.officer], f"预约取消了：{when}", "这一个不用办了。", f"/bookings/{one.number}/")
    said = f"{one.get_why_gone_display()}，已经告诉申请人改约。"
    return Said([one.officer], f"约的时间没有了：{day(one.on)} {one.begins:%H:%M}", said, "/bookings/gone/")


def duty(entry: Entry) -> Said:
    """Whoever was put on duty or taken off it; the leader and the supervisors when somebody is not there."""
    one = Duty.objects.select_related("officer", "hall", "window").get(pk=entry.body["duty"])
    when = f"{day(one.on)} {one.get_kind_display()}"
    where = f"{one.hall}{one.window if one.window is not None else ''}"
    if entry.fact == "DutyUnmet":
        on = entry.at.astimezone(SHANGHAI).date()
        leading = Duty.objects.filter(
            hall=one.hall, on=one.on, kind=one.kind, role=Duty.Role.LEADER, dropped_at__isnull=True
        ).select_related("officer")
        people = [leader.officer for leader in leading]
        people += leaders([one.window_id])
        people += holding(one.county, Grant.SUPERVISE, on, Q(post__scope="county"))
        return Said(
            once(people),
            f"有人约了，值班的没有签到：{when}",
            f"{where}，{one.officer.name}。",
            "/bookings/sessions/",
        )
    word = "取消了" if entry.fact == "DutyDropped" else "安排了"
    text = f"{where}，{one.get_role_display()}。"
    return Said([one.officer], f"{word}您的值班：{when}", text, "/bookings/sessions/")


def holding(county: str, grant: Grant, on: object, near: Q) -> list[Officer]:
    """Who holds this power on that day, of those `near`; each once."""
    held = Holding.objects.filter(
        near,
        Q(until__isnull=True) | Q(until__gte=on),
        post__county=county,
        post__grants__contains=[grant.value],
        since__lte=on,
        officer__left_on__isnull=True,
    )
    return once([one.officer for one in held.select_related("officer")])


def once(people: list[Officer]) -> list[Officer]:
    """Each of them once."""
    return list({one.pk: one for one in people}.values())
