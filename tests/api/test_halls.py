"""A hall by API: how long one waits and when one can come, a visit booked, changed and cancelled, numbers called at a window."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onewindow.box.models import Box
from onewindow.hall.actors import Visitor
from onewindow.hall.acts import extending
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Booking, Extension, Ticket
from onewindow.journal.models import Entry
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.models import Hall, Line, Opening, Service, Window
from onewindow.rules.grants import Grant
from onewindow.web.views.hall.scan import address_of_hall
from tests.api.conftest import Program, program_of
from tests.api.contract import fits
from tests.cast import COUNTY, SEP24
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 28)


def open_hall(stage: Stage) -> Hall:
    """李伟 calls at window 3 of a hall that is open in the mornings."""
    hall = stage.cast.window.hall
    line = Line.objects.create(hall=hall, letter="A", name="综合受理", minutes=10)
    Service.objects.create(window=stage.cast.window, line=line)
    Opening.objects.create(
        hall=hall, kind="regular", begins=time(9), ends=time(12), since=date(2026, 1, 1),
        weekdays=[1, 2, 3, 4, 5],
    )  # fmt: skip
    words = [*stage.desk.grants, str(Grant.HALL_TAKE), str(Grant.HALL_CALL)]
    Post.objects.filter(pk=stage.desk.pk).update(window=stage.cast.window, grants=words)
    return hall


def comes(hall: Hall) -> Ticket:
    """Somebody takes a number on his telephone."""
    line, once = hall.lines.get(), uuid4()
    return take(hall, line, by=Visitor(hall), at=SEP24, once=once, channel=Ticket.Channel.PHONE)


def wish(stage: Stage, hall: Hall, **more: Any) -> dict[str, Any]:
    told = {"hall": hall.pk, "items": [stage.cast.version.item.address], "phone": "10095715339"}
    return {**told, "on": MONDAY.isoformat(), "begins": "09:00", **more}


def walk_hall(stage: Stage, hers: Program, window: Program, hall: Hall) -> None:
    """Every operation once; `hers` is the applicant's program, `window` the clerk's."""
    anybody, item = Program(""), stage.cast.version.item.address
    for path in ("/halls", f"/halls/{hall.pk}", f"/halls/{hall.pk}/times?item={item}"):
        assert anybody.get(path).status_code == 200
    made = hers.post("/bookings", wish(stage, hall))
    assert made.status_code == 201
    assert hers.get("/bookings").json()["bookings"] == [made.json()]
    step = f"/bookings/{made.json()['number']}/steps"
    assert hers.post(step, {"step": "cancel"}).status_code == 200
    comes(hall)
    assert window.post("/window/steps", {"step": "next"}).status_code == 200
    assert window.get("/window").status_code == 200
    taken = hers.post("/numbers", {"hall": hall.pk, "line": hall.lines.get().pk, "shown": shown(hall)})
    assert taken.status_code == 201
    assert anybody.get(f"/numbers/{taken.json()['code']}").json()["number"] == taken.json()["number"]


def shown(hall: Hall) -> str:
    """What the code on the kiosk's screen carries now."""
    return address_of_hall(hall).split("?t=")[1]


def test_who_stands_in_the_hall_takes_one_number_by_his_program_and_sees_how_long_he_waits(
    stage: Stage,
) -> None:
    hall, hers = open_hall(stage), program_of(stage, stage.cast.wangfang)
    other = Hall.objects.create(county=COUNTY, name="别的大厅", kind="township", region=hall.region)
    comes(hall)
    told = {"hall": hall.pk, "line": hall.lines.get().pk, "shown": shown(hall)}
    first = hers.post("/numbers", told, key="n")
    assert (first.status_code, first.json()["ahead"], first.json()["stage"]["code"]) == (201, 1, "waiting")
    assert hers.post("/numbers", told, key="n")["Idempotency-Replayed"] == "true"
    assert Ticket.objects.count() == 2
    made = Ticket.objects.get(code=first.json()["code"])
    assert (made.visit.party, made.channel) == (stage.cast.wangfang, "phone")
    for wrong in (shown(other), "not-signed-at-all"):
        refused = hers.post("/numbers", {**told, "shown": wrong})
        assert (refused.status_code, "重新扫" in refused.json()["detail"]) == (409, True)
    assert hers.post("/numbers", {**told, "line": 2**40}).status_code == 422
    assert program_of(stage, stage.cast.liwei).post("/numbers", told).status_code == 403
    assert Program("").get("/numbers/none").status_code == 404
    Box.objects.create(county=COUNTY, key="silent", hall=hall, name="大厅排队主机")
    Hall.objects.filter(pk=hall.pk).update(
        box="silent"
    )  # what is known here of its queue is too old to be told
    assert Program("").get(f"/numbers/{made.code}").json()["ahead"] is None
    told = Program("").get(f"/halls/{hall.pk}").json()
    assert told["elsewhere"] is True
    assert [(one["waiting"], one["least"], one["most"]) for one in told["lines"]] == [(None, None, None)]
    assert [one["serving"] for one in told["windows"]] == [None]


def test_everybody_reads_how_long_one_waits_and_when_one_can_come(stage: Stage) -> None:
    hall, anybody = open_hall(stage), Program("")
    comes(hall)
    (row,) = anybody.get("/halls").json()["halls"]
    told = anybody.get(f"/halls/{row['id']}").json()
    (line,) = told["lines"]
    assert (line["waiting"], line["letter"]) == (1, "A")
    assert 0 <= line["least"] < line["most"]
    assert [(one["begins"], one["kind"]["code"]) for one in told["today"]] == [("09:00", "regular")]
    assert [(one["number"], one["calls"], one["serving"]) for one in told["windows"]] == [("3", True, None)]
    item = stage.cast.version.item.address
    times = anybody.get(f"/halls/{hall.pk}/times?item={item}").json()
    assert times["minutes"] == 10
    first = next(one for one in times["times"] if one["on"] == MONDAY.isoformat())
    assert first["slots"][0]["begins"] == "09:00"
    assert anybody.get("/halls/999").status_code == 404
    assert anybody.get(f"/halls/{hall.pk}/times?item=none").status_code == 404
    assert anybody.get(f"/halls/{hall.pk}/times").status_code == 422


def test_a_visit_is_booked_once_changed_and_cancelled_by_the_one_whose_it_is(
    stage: Stage, client: Client
) -> None:
    hall, hers = open_hall(stage), program_of(stage, stage.cast.wangfang)
    made = hers.post("/bookings", wish(stage, hall), key="one")
    assert (made.status_code, made.json()["stage"]["code"]) == (201, "confirmed")
    assert hers.post("/bookings", wish(stage, hall), key="one")["Idempotency-Replayed"] == "true"
    assert Booking.objects.count() == 1
    step = f"/bookings/{made.json()['number']}/steps"
    moved = hers.post(step, {"step": "change", "on": MONDAY.isoformat(), "begins": "10:00"})
    assert moved.json()["begins"] == "10:00"
    unsaid = hers.post(step, {"step": "change"})
    assert (unsaid.status_code, unsaid.json()["errors"][0]["field"]) == (422, "on")
    window = program_of(stage, stage.cast.liwei)
    assert window.post(step, {"step": "cancel"}).status_code == 403
    assert window.post("/bookings", wish(stage, hall)).status_code == 403
    assert hers.post("/bookings", wish(stage, hall, begins="06:00")).status_code == 409
    assert hers.post(step, {"step": "cancel"}).json()["stage"]["code"] == "cancelled"
    assert hers.post(step, {"step": "cancel"}).status_code == 409
    assert hers.post("/bookings/YY0/steps", {"step": "cancel"}).status_code == 404
    again = hers.post("/bookings", wish(stage, hall, begins="10:00"), key="two").json()
    page = hers.get("/bookings?size=1").json()
    assert [one["number"] for one in page["bookings"]] == [again["number"]]
    page = hers.get(f"/bookings?size=1&after={page['next']}").json()
    assert [one["number"] for one in page["bookings"]] == [made.json()["number"]]
    assert page["next"] is None
    schema = client.get("/api/v1/openapi.json").json()
    assert fits(schema, "/bookings", "post", made) == []


def test_what_a_program_finishes_beyond_closing_time_is_over_and_it_sits_at_the_tidal_window_while_that_is_open(
    stage: Stage,
) -> None:
    hall = open_hall(stage)
    Opening.objects.update(ends=time(10, 40))  # it is 10:21
    liwei = Officer.objects.get(pk=stage.cast.liwei.pk)
    first, second = comes(hall), comes(hall)
    window, steps = program_of(stage, liwei), "/window/steps"
    own = liwei.posts[0].window
    assert own is not None
    assert window.post(steps, {"step": "next"}).status_code == 200
    assert len(extending.extend(own, by=liwei, at=SEP24, ground="unfinished")) == 2
    assert window.post(steps, {"step": "begin"}).status_code == 200
    assert window.post(steps, {"step": "finish"}).status_code == 200
    assert Extension.objects.get(ticket=first).stage == "ended"
    assert window.post(steps, {"step": "next"}).status_code == 200
    assert window.post(steps, {"step": "abandon", "why": "left"}).status_code == 200
    assert Extension.objects.get(ticket=second).stage == "gone"
    tide = Window.objects.create(hall=hall, number="9", name="潮汐窗口", kinds=[], tidal=True, is_open=False)
    post = Post.objects.create(
        county=COUNTY, name="潮汐岗", scope="hall", hall=hall, window=tide, grants=[str(Grant.HALL_CALL)]
    )
    Holding.objects.create(officer=liwei, post=post, since=SEP24.date())
    assert window.get("/window").json()["window"] == "3"
    Window.objects.filter(pk=tide.pk).update(is_open=True)
    assert window.get("/window").json()["window"] == "9"


def test_a_window_calls_serves_and_sends_on_as_its_bar_does(stage: Stage) -> None:
    hall = open_hall(stage)
    window, other = program_of(stage, stage.cast.liwei), program_of(stage, stage.cast.zhaoqiang)
    first, second = comes(hall), comes(hall)
    steps = "/window/steps"
    called = window.post(steps, {"step": "next"}, key="n1").json()
    assert (called["window"], called["ticket"]["number"]) == ("3", first.number)
    assert window.post(steps, {"step": "next"}, key="n1")["Idempotency-Replayed"] == "true"
    assert "正在办 A001" in window.post(steps, {"step": "next"}).json()["detail"]
    assert window.post(steps, {"step": "miss"}).status_code == 409
    for step, stage_after in (("again", "called"), ("begin", "serving"), ("finish", "done")):
        assert window.post(steps, {"step": step}).json()["ticket"]["stage"]["code"] == stage_after
    assert window.post(steps, {"step": "begin"}).status_code == 404
    assert window.post(steps, {"step": "next"}).json()["ticket"]["id"] == second.pk
    assert window.post(steps, {"step": "park", "why": "copy"}).json()["ticket"]["stage"]["code"] == "parked"
    assert window.get("/window").json()["ticket"] is None
    assert window.post(steps, {"step": "resume", "ticket": second.pk}).status_code == 200
    wrong = window.post(steps, {"step": "transfer", "window": "99", "why": "next"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "window")
    line = hall.lines.get().pk
    sent = window.post(steps, {"step": "transfer", "line": line, "why": "next"}).json()
    assert sent["ticket"]["stage"]["code"] == "waiting"
    given_up = {"step": "abandon", "ticket": second.pk, "why": "left"}
    assert window.post(steps, given_up).json()["ticket"]["stage"]["code"] == "abandoned"
    assert window.post(steps, {"step": "next"}).json()["ticket"] is None
    assert other.post(steps, {"step": "next"}).status_code == 403
    assert other.get("/window").status_code == 403
    assert program_of(stage, stage.cast.wangfang).post(steps, {"step": "next"}).status_code == 403
    assert Entry.objects.filter(fact="TicketCalled", by=stage.cast.liwei.actor_code).count() == 2
