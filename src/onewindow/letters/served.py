"""送达回证说什么: what does the proof of service say of how a result or a letter reached the applicant?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onewindow.cases.models import Delivery
from onewindow.ground.clock import SHANGHAI
from onewindow.letters.causes import RESULTS
from onewindow.letters.compose import Matter
from onewindow.letters.data import Serving
from onewindow.letters.models import Service
from onewindow.people.models import PaperKind
from onewindow.people.reads import names_of
from onewindow.rules.identity import masked

_CLOSING: dict[str, str] = {
    Service.Way.LEFT: "受送达人拒绝接收，文书留在受送达人的住所，视为送达。",
    Service.Way.POST: "邮寄送达的，以回执上注明的收件日期为送达日期。",
    Service.Way.ONLINE: "受送达人同意电子送达，在网上签收的日期为送达日期。",
}
_SIGNED: dict[str, str] = {
    Service.Way.LEFT: "拒绝签收",
    Service.Way.POST: "见邮政回执",
    Service.Way.ONLINE: "网上签收",
}


def service(matter: Matter) -> dict[str, Any]:
    """What was served, of the fact that served it."""
    serving = _of_letter(matter) if matter.fact.name == "Served" else _of_result(matter)
    return {"serving": serving}


def _of_result(matter: Matter) -> Serving:
    delivery = Delivery.objects.select_related("window__hall", "by").get(pk=matter.fact.delivery)
    letter = matter.case.subject.letters.filter(kind__in=RESULTS).order_by("-pk").first()
    return Serving(
        title=letter.title if letter else "办理结果",
        number=letter.number if letter else "",
        way=str(Delivery.Way(delivery.way).label),
        place=delivery.window.hall.name if delivery.window else "",
        at=_moment(matter, delivery.at),
        taker=delivery.taker_name or matter.case.applicant_name,
        relation=delivery.taker_relation or "本人",
        paper_shown=_shown(delivery.taker_paper_kind, delivery.taker_paper),
        server=delivery.by.name if delivery.by else "",
        note=f"运单号 {delivery.tracking}" if delivery.tracking else "",
    )


def _of_letter(matter: Matter) -> Serving:
    one = Service.objects.select_related("letter").get(letter=matter.fact.letter)
    return Serving(
        title=one.letter.title,
        number=one.letter.number,
        way=str(Service.Way(one.way).label),
        place=one.place,
        at=_moment(matter, one.served_at or matter.entry.at),
        taker=one.taker,
        relation=one.taker_relation,
        paper_shown=_shown(one.taker_paper_kind, one.taker_paper),
        server=names_of({one.by}).get(one.by, "") if one.way != Service.Way.ONLINE else "",
        note=_note(one),
        signed=_SIGNED.get(one.way, ""),
        closing=_CLOSING.get(one.way, ""),
    )


def _note(one: Service) -> str:
    told = (
        f"拒收事由：{one.why_left}" if one.why_left else "",
        f"见证人：{one.witness}" if one.witness else "",
        "送达过程已拍照存档" if one.photo_id else "",
        f"运单号 {one.tracking}" if one.tracking and one.way == Service.Way.POST else "",
    )
    return "；".join(part for part in told if part)


def _moment(matter: Matter, at: datetime) -> str:
    """The minute; of what was written down later the day alone, and when it was written down."""
    written = matter.entry.at.astimezone(SHANGHAI)
    if matter.fact.on != written.date():
        return f"{matter.fact.on:%Y年%-m月%-d日}（{written:%Y年%-m月%-d日}补录）"
    return f"{at.astimezone(SHANGHAI):%Y年%-m月%-d日 %H:%M}"


def _shown(kind: str, number: str) -> str:
    if not number:
        return ""
    word = str(PaperKind(kind).label) if kind in PaperKind.values else "证件"
    return f"{word}{masked(number)}"
