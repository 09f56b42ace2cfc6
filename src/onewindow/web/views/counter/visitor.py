"""叫到的人: what does the window write down of whoever was called – whose number it is, what he answered, what he asked?"""

from __future__ import annotations

from django.contrib import messages

from onewindow.ground.clock import now, today
from onewindow.hall.models import Ticket
from onewindow.helping.acts import consulting, guiding
from onewindow.people.reads import party_by_paper
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import id_fault, tidy
from onewindow.web.gates import StaffRequest
from onewindow.web.views.counter import front

_RESIDENT = "resident"


def offer(request: StaffRequest, ticket: Ticket) -> None:
    """主动提供一对一专办: his answer."""
    said = request.POST.get("accepted", "")
    if said not in ("yes", "no"):
        raise NotAllowed("请点“他要”或者“他不要”。")
    guiding.answer_offer(ticket, by=request.officer, at=now(), accepted=said == "yes")
    messages.success(request, "已记下他的回答。")


def reply(request: StaffRequest, ticket: Ticket) -> None:
    """What was answered to the question that a guide handed over."""
    answer = request.POST.get("answer", "")
    consulting.answer_question(ticket, by=request.officer, at=now(), answer=answer)
    messages.success(request, f"{ticket} 的咨询已答复，办结。")


def bind(request: StaffRequest, ticket: Ticket) -> None:
    """Whose number it is: the person in front, or whose paper was read in the bar; his file and cases open."""
    at = now()
    if request.POST.get("front") == "yes":
        party = front.person(request)
        wrong = "请先刷他的证件，打开档案。"
    else:
        typed = tidy(request.POST.get("paper", ""))[:40]
        wrong = id_fault(typed, today()) or "还没有他的档案，请先在左边刷证件建档，再点“面前这位就是取号人”。"
        party = party_by_paper(_RESIDENT, typed)
    if party is None:
        raise NotAllowed(wrong)
    guiding.bind(ticket, by=request.officer, at=at, party=party)
    front.put(request, party, at)
    messages.success(request, f"{ticket} 是{party.name}的号，档案已打开。")
