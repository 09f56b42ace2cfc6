"""Both sign the form before a booking is closed, and the section that keeps the forms files it."""

from datetime import time

import pytest

from onewindow.hall.acts.coming import arrive
from onewindow.hall.acts.signing import file, serve, sign_as_handler, sign_for_applicant
from onewindow.hall.models import Booking
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import at
from tests.hall.booked import MONDAY, Booked, in_service

pytestmark = pytest.mark.django_db
TEN = at(10, 17, 10, 0)


@pytest.fixture
def here() -> Booked:
    return in_service()


def arrived(here: Booked) -> Booking:
    return arrive(here.confirmed(), by=here.liwei, at=at(10, 17, 8, 55))


def test_it_is_not_closed_before_both_have_signed(here: Booked) -> None:
    booking = arrived(here)
    with pytest.raises(NotAllowed, match="承办人和申请人还没有"):
        serve(booking, by=here.liwei, at=TEN)
    sign_as_handler(booking, by=here.liwei, at=TEN)
    with pytest.raises(NotAllowed, match="申请人还没有"):
        serve(booking, by=here.liwei, at=TEN)
    sign_for_applicant(booking, by=here.liwei, at=TEN, signature=None, on_paper=True)
    assert serve(booking, by=here.liwei, at=TEN, outcome="当场受理").stage == "served"


def test_no_signature_is_no_signature(here: Booked) -> None:
    with pytest.raises(NotAllowed, match="签名板"):
        sign_for_applicant(arrived(here), by=here.liwei, at=TEN, signature=None)


def test_nobody_signs_twice(here: Booked) -> None:
    booking = sign_as_handler(arrived(here), by=here.liwei, at=TEN)
    with pytest.raises(NotAllowed, match="已经签过"):
        sign_as_handler(booking, by=here.liwei, at=TEN)


def test_an_ordinary_slot_needs_no_form(here: Booked) -> None:
    booking = here.ask(on=MONDAY, begins=time(9))
    came = arrive(booking, by=here.liwei, at=at(9, 28, 8, 55))
    served = serve(came, by=here.liwei, at=at(9, 28, 9, 20))
    assert served.stage == "served"
    with pytest.raises(NotAllowed, match="没有登记表"):
        file(served, by=here.zhoujie, at=at(9, 28, 10, 0))


def served(here: Booked) -> Booking:
    booking = arrived(here)
    sign_as_handler(booking, by=here.liwei, at=TEN)
    sign_for_applicant(booking, by=here.liwei, at=TEN, signature=None, on_paper=True)
    return serve(booking, by=here.liwei, at=TEN)


def test_the_section_acknowledges_it_with_a_number_and_a_day(here: Booked) -> None:
    filed = file(served(here), by=here.zhoujie, at=at(10, 19, 9, 0))
    assert (filed.stage, filed.filed_number) == ("filed", "YYB2026-0001")
    assert filed.filed_at == at(10, 19, 9, 0)


def test_the_window_does_not_file_its_own_form(here: Booked) -> None:
    with pytest.raises(NotGranted):
        file(served(here), by=here.liwei, at=TEN)
