"""意见建议怎么告诉: what does somebody hear whose suggestion was answered or carried out, and who in the office has work with it?"""

from __future__ import annotations

from django.db.models import Q

from onewindow.ground.clock import SHANGHAI
from onewindow.helping.models import Remark, Summary
from onewindow.journal.models import Entry
from onewindow.notices.absence import Said
from onewindow.notices.bookings import holding
from onewindow.notices.words import Words
from onewindow.places.models import County
from onewindow.rules.grants import Grant

PAGE = "/helping/remarks/"


def remark_of(entry: Entry) -> Remark | None:
    """The suggestion that the fact is about."""
    found = Remark.objects.select_related("hall", "owner", "party__account")
    return found.filter(pk=entry.body["remark"]).first() if "remark" in entry.body else None


def visitor(entry: Entry, one: Remark, county: County) -> Words:
    """What whoever said it is told: the answer, then that it is done."""
    if entry.fact == "RemarkDone":
        title, text = "您提的建议完成了", f"您对{one.hall}提的“{one}”：{one.outcome}"
    elif one.adopted:
        assert one.due is not None
        title = "您提的建议采纳了"
        text = f"您对{one.hall}提的“{one}”：{one.answer} {one.due:%Y-%m-%d} 前完成，完成后告诉您。"
    else:
        title, text = "您提的建议有答复了", f"您对{one.hall}提的“{one}”：{one.answer}"
    return Words(title, text, f"【{county.name}政务服务】{text}")


def office(entry: Entry, one: Remark | None) -> Said | None:
    """The section hears of the day's summary, the one responsible of his task, the guide of the answer."""
    on = entry.at.astimezone(SHANGHAI).date()
    if entry.fact == "DaySummed":
        made = Summary.objects.select_related("hall").get(pk=entry.body["summary"])
        people = holding(made.county, Grant.HALL_IMPROVE, on, Q())
        title = f"{made.hall} {made.day:%m月%d日}导办汇总：{entry.body['entries']} 条"
        return Said(people, title, made.note or "请逐条答复。", f"{PAGE}days/{made.pk}/")
    if one is None:
        return None
    people = holding(one.county, Grant.HALL_TAKE, on, Q(post__hall=one.hall_id, post__window__isnull=True))
    guides = [guide for guide in people if guide.actor_code == one.by]
    if entry.fact == "RemarkDecided" and one.owner is not None:
        text = f"{one.text} {one.due:%Y-%m-%d} 前完成。"
        return Said([*guides, one.owner], f"建议采纳了：{one}", text, PAGE)
    return Said(guides, f"建议有答复了：{one}", one.outcome or one.answer, PAGE)
