"""保存期限: what is over its term names nobody any more, what runs is never touched, and every page goes on working."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.box.models import Box
from onewindow.feedback.acts.complaints import complain
from onewindow.feedback.models import Complaint
from onewindow.ground.files import keep, path_of
from onewindow.ground.models import StoredFile
from onewindow.hall.acts.coming import abandon, lift, record_try
from onewindow.hall.models import Ban, Booking, Visit
from onewindow.helping.models import AidRequest, Remark
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.keeping.acts import AT_ONCE, clear
from onewindow.keeping.kinds import STORES, in_order
from onewindow.keeping.tick import tick
from onewindow.people.models import Party
from onewindow.places.acts import change_setting
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER, SYSTEM, Grant, NotGranted
from onewindow.rules.keeping import CLEARED, Kind
from onewindow.web.views.founding import PostForm
from tests.cast import COUNTY, at
from tests.hall.booked import MONDAY, THURSDAY, Booked, in_service, somebody
from tests.keeping.rows import DUE, LATE, YEAR, booked, complained, remarked, serviced, settled, watches
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_booking_desk import text_of
from tests.web.test_complaints import SAID

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Booked:
    return in_service()


def bodies() -> list[dict[str, object]]:
    return [one.body for one in Entry.objects.filter(fact="PersonalCleared").order_by("pk")]


def test_a_booking_loses_its_person_the_day_after_its_term_and_keeps_its_facts(here: Booked) -> None:
    here.cast.accepted()  # his file stays: he has a case
    row = booked(here)
    record_try_of(row, here)
    assert tick(YEAR) == 0
    assert tick(DUE) == 1
    assert tick(DUE + timedelta(minutes=1)) == 0
    row.refresh_from_db()
    assert (row.party, row.agent, row.phone, row.note, row.reason) == (None, None, "", "", "")
    assert [(one.phone, one.note) for one in row.tries.all()] == [("", "")]
    assert (row.number, row.on, row.stage, row.items.count()) == (row.number, MONDAY, "cancelled", 1)
    assert row.cleared_at == DUE
    assert bodies() == [{"kind": "booking", "rows": [row.pk], "persons": 0, "asked": False}]
    assert verify() == []


def record_try_of(row: Booking, here: Booked) -> None:
    row.tries.create(at=THURSDAY, by=here.liwei, phone="10095715339", reached=False, note="王芳家人接的")


def test_every_page_of_a_cleared_booking_says_so_where_the_name_stood(here: Booked) -> None:
    row = booked(here)
    tick(DUE)
    desk = at_desk(here.liwei)
    with on(DUE):
        shown = desk.get(f"/bookings/{row.number}/").content.decode()
        listed = desk.get("/bookings/?list=past").content.decode()
        paper = text_of(desk.get(f"/bookings/{row.number}/form.pdf").content)
    for told in (shown, paper):
        assert CLEARED in told
        assert row.number in told
        assert "王芳" not in told
        assert "10095715339" not in told
    assert "个人信息已按保存期限清除" in shown
    assert row.number in listed
    assert CLEARED in listed


def test_what_runs_is_kept_however_old(here: Booked) -> None:
    here.ask(on=MONDAY, begins=time(10))  # confirmed, and nobody ever came to it
    unfiled = booked(here)
    Booking.objects.filter(pk=unfiled.pk).update(stage="served", service="day_off")
    asked_of = booked(here, begins=time(11))
    complained(here, asked_of)
    assert tick(LATE) == 0
    assert not Booking.objects.filter(party=None).exists()
    Booking.objects.filter(pk=unfiled.pk).update(stage="filed")
    assert tick(LATE) == 1


def test_a_signature_goes_with_its_form_and_so_do_its_bytes(
    here: Booked, django_capture_on_commit_callbacks: object
) -> None:
    row = booked(here)
    file = keep(COUNTY, b"his hand", name="signature.png", media_type="image/png", at=THURSDAY)
    Booking.objects.filter(pk=row.pk).update(signature=file, applicant_signed_at=THURSDAY, stage="filed")
    assert path_of(file.sha256).is_file()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tick(DUE)
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert not path_of(file.sha256).is_file()
    row.refresh_from_db()
    assert row.applicant_signed_at == THURSDAY


def test_an_abandoned_booking_stays_while_it_counts_and_a_ban_until_long_after_it_was_lifted(
    here: Booked,
) -> None:
    for day in (date(2026, 10, 17), date(2026, 10, 18), date(2026, 10, 24)):
        row, late = here.confirmed(on=day), at(day.month, day.day, 9, 40)
        record_try(row, by=here.liwei, at=late, reached=False)
        abandon(row, by=here.liwei, at=late)
    ban = Ban.objects.get()
    assert tick(LATE) == 0
    lift(ban, by=here.sunli, at=at(11, 5), reason="住院期间，已出示证明")
    assert tick(LATE) == 4  # three bookings and the ban
    ban.refresh_from_db()
    assert (ban.party, ban.who, len(ban.days)) == (None, CLEARED, 3)
    with on(LATE):
        shown = at_desk(here.sunli).get("/bookings/bans/").content.decode()
    assert CLEARED in shown
    assert "住院期间" in shown


def test_a_complaint_keeps_what_was_found_and_loses_who_said_what(here: Booked) -> None:
    row = complained(here, booked(here))
    assert tick(LATE) == 0
    with on(at(9, 25)):
        settled(row, at(9, 25), verified=True)
    assert tick(at(9, 26, 4, 0, 2029)) == 2  # the complaint, and the booking that it is about
    row.refresh_from_db()
    assert (row.party, row.name, row.phone, row.what, row.finding, row.answer) == (None, *[""] * 5)
    assert (row.stage, row.points, row.gravity) == ("verified", row.points, "light")
    with on(LATE):
        shown = at_desk(watches()).get(f"/complaints/{row.number}/").content.decode()
        record = at_desk(watches()).get("/complaints/record/?since=2026-09-01&until=2026-09-30")
        mine = Client().get(f"/complain/seen/{row.code}/")
    for told in (shown, mine.content.decode()):
        assert CLEARED in told
        assert SAID not in told
    assert row.number in record.content.decode()
    assert mine.status_code == 200


def test_what_counts_in_this_years_record_is_kept_even_when_the_term_is_shorter(here: Booked) -> None:
    booking = booked(here)
    told = complained(here, booking)
    Complaint.objects.filter(pk=told.pk).update(happened_on=date(2026, 1, 5), made_at=at(1, 5))
    settled(Complaint.objects.get(), at(1, 6), verified=True)
    change_setting(
        here.cast.county, by=FOUNDER, at=THURSDAY, name="keep.complaint_months", value=6, reason="试行"
    )
    december, january = at(12, 30, 4), at(1, 2, 4, 0, 2027)
    county = County.objects.get(code=COUNTY)
    assert clear(county, by=SYSTEM, at=december, kind=Kind.COMPLAINT) == 0
    assert clear(county, by=SYSTEM, at=january, kind=Kind.COMPLAINT) == 1


def test_services_and_remarks_lose_their_words_and_their_pages_say_so(here: Booked) -> None:
    service, remark = serviced(here), remarked(here)
    assert tick(DUE) == 2
    service.refresh_from_db()
    remark.refresh_from_db()
    assert (service.party, service.phone, service.address, service.told) == (None, "", "", {})
    assert (remark.party, remark.phone, remark.text, remark.said) == (None, "", "", CLEARED)
    assert remark.answer == "当天已经换水。"
    desk = at_desk(here.liwei)
    with on(DUE):
        shown = desk.get(f"/services/{service.number}/").content.decode()
        register = desk.get("/services/?stage=withdrawn").content.decode()
        paper = text_of(desk.get(f"/services/{service.number}/form.pdf").content)
        said = Client().get(f"/hall/said/{remark.code}/").content.decode()
    for told in (shown, register, paper, said):
        assert CLEARED in told
        assert "王芳" not in told


def test_whose_number_it_was_is_forgotten_and_the_number_stays(here: Booked) -> None:
    ticket = here.floor.take(when=THURSDAY)
    Visit.objects.filter(pk=ticket.visit_id).update(party=here.cast.wangfang, ended_at=THURSDAY)
    assert tick(at(3, 24, 4, 0, 2027)) == 0
    assert tick(at(3, 25, 4, 0, 2027)) == 1
    ticket.refresh_from_db()
    assert (ticket.visit.party, ticket.number) == (None, ticket.number)


def test_the_file_of_a_person_whom_nothing_names_any_more_goes_with_his_last_row(here: Booked) -> None:
    walked_in = somebody("赵六", "991523199001011234")
    booked(here, party=walked_in)
    booked(here)  # 王芳 has a case as well
    here.cast.accepted()
    tick(DUE)
    assert not Party.objects.filter(pk=walked_in.pk).exists()
    assert Party.objects.filter(pk=here.cast.wangfang.pk).exists()
    assert bodies()[0]["persons"] == 1


def test_the_machine_of_a_hall_that_has_not_told_that_day_yet_keeps_it(here: Booked) -> None:
    booked(here)
    box = Box.objects.create(county=COUNTY, key="b1", hall=here.hall, name="本机", whole_at=at(9, 28, 12))
    assert tick(DUE) == 0
    Box.objects.filter(pk=box.pk).update(whole_at=at(9, 29), older_than=7)
    assert tick(DUE) == 0
    Box.objects.filter(pk=box.pk).update(older_than=None)
    assert tick(DUE) == 1


def test_a_batch_is_bounded_and_costs_the_same_however_many_rows(here: Booked) -> None:
    county = County.objects.get(code=COUNTY)
    here.cast.accepted()
    first = booked(here)
    costs = []
    for more in (0, 30):
        for n in range(more):
            copy_of(first, n)
        Booking.objects.update(cleared_at=None, party=here.cast.wangfang)
        with CaptureQueriesContext(connection) as asked:
            assert clear(county, by=SYSTEM, at=DUE, kind=Kind.BOOKING) == more + 1
        costs.append(len(asked))
    assert costs[1] <= costs[0] <= 16
    assert AT_ONCE <= 500


def copy_of(row: Booking, n: int) -> None:
    subject = type(row.subject).objects.create(county=COUNTY, kind="booking", number=f"copy-{n}")
    Booking.objects.create(
        **{
            one.attname: getattr(row, one.attname)
            for one in Booking._meta.concrete_fields
            if one.attname not in ("id", "subject_id", "number", "code", "once")
        },
        subject=subject,
        number=f"copy-{n}",
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_due_is_found_by_an_index(here: Booked, kind: Kind) -> None:
    store = STORES[kind]
    due = in_order(store.due(County.objects.get(code=COUNTY), MONDAY, DUE.date()), store)[:AT_ONCE]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = due.explain()
    assert "_to_clear" in plan


def test_only_the_clock_clears_by_time(here: Booked) -> None:
    with pytest.raises(NotGranted):
        clear(here.cast.county, by=here.sunli, at=DUE, kind=Kind.BOOKING)
    # And no post is given the power to.
    assert Grant.KEEPING_CLEAR.value not in dict(PostForm(COUNTY).fields["grants"].choices)


def test_a_longer_setting_keeps_longer(here: Booked) -> None:
    booked(here)
    county = County.objects.get(code=COUNTY)
    change_setting(county, by=FOUNDER, at=THURSDAY, name="keep.booking_months", value=24, reason="审计要求")
    assert tick(DUE) == 0


def test_a_second_complaint_of_the_same_booking_does_not_bring_the_name_back(here: Booked) -> None:
    row = booked(here)
    tick(DUE)
    row.refresh_from_db()
    with pytest.raises(NotGranted):
        complain(row, by=here.cast.wangfang, at=DUE, once=row.once, told=None)  # type: ignore[arg-type]
    assert AidRequest.objects.count() == Remark.objects.count() == 0
