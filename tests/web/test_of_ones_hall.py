"""Who works for one hall sees its call-backs and its sessions, and nothing of the others; the county sees all of them."""

from datetime import timedelta

import pytest

from onewindow.hall import booked, called_back
from onewindow.hall.acts import calling_back, extending
from onewindow.hall.acts.extending import Visitor
from onewindow.hall.models import Booking, CallBack, CallBackDraw, Extension, Session
from onewindow.journal.models import Access
from onewindow.journal.write import open_subject
from onewindow.people.models import Officer, Post
from onewindow.places.models import Hall, Window
from onewindow.rules.grants import Grant, NotGranted
from tests.cast import COUNTY, officer
from tests.copies import copies
from tests.hall.booked import ANSWERS, SATURDAY, THURSDAY, in_service
from tests.hall.late import CLERK, FIVE, LATE, Evening, evening
from tests.hall.stage import Floor, post
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_extending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Evening:
    return evening()


def township(floor: Floor) -> Window:
    """The one window of another hall."""
    told = {"county": COUNTY, "kind": "township", "region": floor.hall.region}
    hall = Hall.objects.create(name="楠杆镇便民服务中心", **told)
    return Window.objects.create(hall=hall, number="1", name="综合受理", kinds=["comprehensive"])


def served(where: Window, by: Officer) -> Extension:
    """延时服务 without a number, through and signed."""
    who = Visitor(name="王芳", what="查档案", phone="10095715339")
    made = extending.end(
        extending.begin(where, by=by, at=FIVE, visitor=who, ground="unfinished"), by=by, at=LATE
    )
    extending.sign_as_handler(made, by=by, at=LATE)
    extending.sign_for_applicant(made, by=by, at=LATE, signature=None, on_paper=True)
    return extending.serve(made, by=by, at=LATE, outcome="办结")


def test_who_calls_back_for_a_hall_sees_its_draws_and_visitors_alone(here: Evening) -> None:
    county, two = here.floor.cast.county, {"since": FIVE.date(), "until": FIVE.date()}
    window, grants = township(here.floor), [Grant.EXTENSION_CALL_BACK]
    hemei = officer(COUNTY, "何梅", "C201", post("便民中心窗口", window.hall, [*CLERK, *grants], window))
    inside = officer(COUNTY, "何琴", "C202", post("大厅回访", here.floor.hall, grants))

    def drawn(minutes: int) -> CallBackDraw:
        return calling_back.draw(county, by=here.fangjie, at=LATE + timedelta(minutes=minutes), **two)

    mine = [served(here.floor.windows["3"], here.liwei) for _ in range(2)]
    first = drawn(1)  # of the one hall alone
    CallBack.objects.all().delete()
    for row in mine:
        CallBack.objects.create(county=COUNTY, draw=first, extension=row)
    other = served(window, hemei)
    second = drawn(2)
    far, near = CallBack.objects.get(extension=other), CallBack.objects.get(extension=mine[0])
    CallBack.objects.filter(extension=mine[1]).update(draw=second)  # now the second draw is of both halls

    assert [one.pk for one in called_back.draws_page(hemei)[0]] == [second.pk]
    assert [one.pk for one in called_back.draws_page(inside)[0]] == [second.pk, first.pk]
    assert [one.drawn for one in called_back.draws_page(hemei)[0]] == [1]
    assert [one.drawn for one in called_back.draws_page(here.fangjie)[0]] == [2, 1]
    assert called_back.calls_of(second, hemei)[0] == [far]
    assert called_back.calls_of(first, hemei)[0] == []
    assert set(called_back.calls_of(second, here.fangjie)[0]) == {
        far,
        CallBack.objects.get(extension=mine[1]),
    }
    desk, base = at_desk(hemei), "/extensions/calls/"
    with on(LATE + timedelta(minutes=9)):
        page = text(desk, base)
        assert first.number not in page
        assert "抽取回访" not in page
        assert desk.get(f"{base}new/").status_code == 403
        assert mine[1].number not in text(desk, f"{base}{second.number}/")
        assert other.number in text(desk, f"{base}{second.number}/")
        for address in (f"{base}{first.number}/", f"{base}{first.number}/{near.pk}/"):
            assert desk.get(address).status_code == 404
            assert desk.post(address, {"show": "phone"}).status_code in (404, 405)
        assert not Access.objects.filter(what="unmask:phone").exists()
        desk.post(f"{base}{second.number}/{far.pk}/", {"reached": "yes", "grade": "5"})
    far.refresh_from_db()
    assert far.reached
    with pytest.raises(NotGranted):
        calling_back.record_call(near, by=hemei, at=LATE, reached=True, grade=5)


def test_the_sessions_of_another_hall_are_not_listed_to_the_clerk_of_one() -> None:
    here = in_service()
    first = here.confirmed()
    window = township(here.floor)
    row = Session.objects.get()
    row.pk, row.hall, row.window = None, window.hall, window
    row.subject = open_subject(COUNTY, "session", "another")
    row.save()
    copies(Booking.objects.select_related("subject").get(pk=first.pk), 7, session_id=lambda n: row.pk)
    hemei = officer(COUNTY, "何梅", "C201", post("便民中心窗口", window.hall, ANSWERS, window))
    guide = officer(COUNTY, "何琴", "C202", post("导办", window.hall, [Grant.HALL_TAKE]))

    def counted(who: Officer) -> dict[str, int]:
        found, _ = booked.sessions(who, THURSDAY.date(), SATURDAY)
        return {one.session.hall.name: len(one.bookings) for one in found}

    own, other = here.hall.name, window.hall.name
    assert counted(here.liwei) == {own: 1}
    assert counted(hemei) == {other: 7}
    assert counted(here.sunli) == {own: 1, other: 7}
    assert counted(guide) == {}
    with on(THURSDAY):
        assert other not in text(at_desk(here.liwei), "/bookings/sessions/").split("<tbody>")[1]
        assert at_desk(here.liwei).get(f"/bookings/sessions/{row.pk}/").status_code == 404
        assert at_desk(hemei).get(f"/bookings/sessions/{row.pk}/").status_code == 200
        Post.objects.filter(pk=hemei.posts[0].pk).update(grants=[str(Grant.HALL_TAKE)])
        assert at_desk(hemei).get(f"/bookings/sessions/{row.pk}/").status_code == 403
