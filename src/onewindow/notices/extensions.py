"""延时服务怎么告诉: who hears that somebody asks to be served longer, that he was refused, or that a window stays?"""

from __future__ import annotations

from django.db.models import Q

from onewindow.ground.clock import SHANGHAI
from onewindow.hall.extended import said
from onewindow.hall.models import Extension, ExtensionAsk
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import holding, leaders
from onewindow.rules.grants import Grant

LIST = "/extensions/?list=mine"


def officers(entry: Entry) -> Said | None:
    """The leader of the window; whoever watches, when it was refused; the section, when a form is signed."""
    on = entry.at.astimezone(SHANGHAI).date()
    if entry.fact in ("OvertimeAsked", "OvertimeAnswered"):
        return _asked(entry)
    one = Extension.objects.select_related("window", "officer").get(pk=entry.body["extension"])
    if entry.fact == "ExtensionServed":
        if not said(on).files:
            return None
        people = holding(one.county, Grant.EXTENSION_FILE, on, Q())
        return Said(people, f"延时登记表等备案：{one.number}", "服务已经完成。", "/extensions/?list=to-file")
    earlier = Extension.objects.filter(window=one.window_id, day=one.day, pk__lt=one.pk)
    if earlier.exists():
        return None  # told once a day; the list shows every one
    return Said(
        leaders([one.window_id]), f"{one.window}启动了延时服务", f"{one.officer.name}，{one.number}。", LIST
    )


def _asked(entry: Entry) -> Said | None:
    rows = ExtensionAsk.objects.select_related("window", "ticket__line", "answered_by", "hall")
    one = rows.filter(Q(ticket__subject=entry.subject_id) | Q(ticket=None), pk=entry.body["asked"]).first()
    if one is None:  # copied from the machine of a hall, which keeps its own register
        return None
    who = f"{one.ticket} 号" if one.ticket is not None else one.what
    if entry.fact == "OvertimeAsked":
        if one.answered_at is not None:
            return None  # written down with its answer
        windows: list[int | None] = [one.window_id] if one.window_id else _windows(one)
        return Said(leaders(windows), f"有人请求延时服务：{who}", f"{one.hall}，请安排窗口答复。", LIST)
    if entry.body["agreed"]:
        return None
    by = one.answered_by.name if one.answered_by is not None else ""
    on = entry.at.astimezone(SHANGHAI).date()
    people = holding(one.county, Grant.SUPERVISE, on, Q(post__scope="county"))
    people += [leader for leader in leaders([one.window_id]) if leader not in people]
    return Said(
        people, f"窗口没有同意延时：{who}", f"{one.window}，{by}：{one.reason}", "/extensions/checks/"
    )


def _windows(one: ExtensionAsk) -> list[int | None]:
    ticket = one.ticket
    return list(ticket.line.windows.values_list("pk", flat=True)) if ticket is not None else []
