"""Thirty people want the last slot: one gets it, whoever presses first, and the others read that it is gone."""

from datetime import time
from uuid import uuid4

import pytest

from onewindow.hall.acts.asking import ask
from onewindow.hall.acts.coming import arrive
from onewindow.hall.models import Booking, Ticket
from onewindow.helping.acts.aids import AidWish, Offer, ask_aid, offer_aid
from onewindow.helping.acts.guiding import guide
from onewindow.helping.models import AidRequest, Guided
from onewindow.journal.reads import verify
from onewindow.rules.bookings import Channel
from onewindow.rules.grants import NotAllowed
from tests.cases.test_races import together
from tests.cast import at
from tests.hall.booked import MONDAY, THURSDAY, in_service, somebody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
MANY = 30


def test_of_thirty_who_want_the_last_slot_one_gets_it() -> None:
    here = in_service()
    people = [somebody(f"测试{n:02}", f"9915231990010{n:02}017") for n in range(MANY)]
    wishes = [here.wish(on=MONDAY, party=one) for one in people]
    answers = together(
        *(lambda wish=wish: ask(wish, by=wish.party, at=THURSDAY, once=uuid4()) for wish in wishes)
    )
    got = [one for one in answers if isinstance(one, Booking)]
    refused = [one for one in answers if isinstance(one, NotAllowed)]
    assert len(got) == 1
    assert len(refused) == MANY - 1
    assert all("约满" in str(one) for one in refused)
    assert Booking.objects.filter(on=MONDAY, begins=time(9)).count() == 1
    assert got[0].number == "YY20260924-0001"
    assert not verify()


def test_the_same_page_sent_twice_at_once_books_once_and_both_are_told_so() -> None:
    here = in_service()
    wish, once = here.wish(on=MONDAY), uuid4()
    answers = together(*(lambda: ask(wish, by=wish.party, at=THURSDAY, once=once) for _ in range(4)))
    assert {one.pk for one in answers} == {Booking.objects.get().pk}


def test_checked_in_at_two_desks_at_once_he_has_one_number() -> None:
    here = in_service()
    booking = here.ask(on=MONDAY, begins=time(9))
    when = at(9, 28, 8, 50)
    together(*(lambda: arrive(booking, by=here.liwei, at=when) for _ in range(4)))
    assert Ticket.objects.filter(channel="booking").count() == 1
    assert Booking.objects.get().stage == "arrived"


def test_two_pages_at_once_ask_for_one_service_and_two_taps_guide_one_number_once() -> None:
    here = in_service()
    offer = Offer(way="home", name="上门服务")
    aid = offer_aid(here.hall, by=here.floor.sunli, at=THURSDAY, offer=offer)
    wish = AidWish(
        aid=aid,
        party=here.cast.wangfang,
        on=MONDAY,
        begins=time(10),
        channel=Channel.WEB,
        phone="10095715339",
        address="测试路 1 号",
    )
    asked = together(*(lambda: ask_aid(wish, by=wish.party, at=THURSDAY, once=uuid4()) for _ in range(4)))
    assert sum(isinstance(one, NotAllowed) and "已经申请过" in str(one) for one in asked) == 3
    assert AidRequest.objects.count() == 1
    ticket = here.floor.take(when=THURSDAY)
    told = {"need": "apply", "way": "number", "ticket": ticket}
    guided = together(
        *(lambda: guide(here.hall, by=here.floor.zhoujie, at=THURSDAY, **told) for _ in range(4))
    )
    assert {one.pk for one in guided} == {Guided.objects.get().pk}
