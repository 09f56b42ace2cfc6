"""保存期限 of the register of 延时服务: not before it is signed, filed and called back; then without its visitor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall.acts import extending
from onewindow.hall.models import CallBack, CallBackDraw, Extension
from onewindow.journal.write import open_subject
from onewindow.keeping.tick import tick
from onewindow.places.models import County
from onewindow.places.reads import reading_once
from onewindow.rules.keeping import CLEARED
from onewindow.web.views.my import copy_hall
from tests.cast import COUNTY, at
from tests.copies import copies
from tests.hall.late import LATE, SOON, evening, signed
from tests.web.citizen import on
from tests.web.desks import at_desk
from tests.web.test_booking_desk import text_of

pytestmark = pytest.mark.django_db
DUE = at(9, 25, 4, 0, 2027)


def test_ones_copy_costs_the_same_however_often_one_was_served_longer() -> None:
    here, costs = evening(), []
    here.floor.take(when=SOON)
    ticket = here.called()
    extending.extend(here.floor.windows["3"], by=here.liwei, at=SOON, ground="unfinished")
    here.served(ticket, LATE)
    extending.end(Extension.objects.get(), by=here.liwei, at=LATE)
    Extension.objects.update(party=here.floor.cast.wangfang)
    county = County.objects.get(code=COUNTY)
    for more in (0, 3):
        copies(Extension.objects.select_related("subject").order_by("pk")[0], more)
        with reading_once(), CaptureQueriesContext(connection) as asked:
            told = copy_hall.whole(here.floor.cast.wangfang, county, DUE.date())["延时服务"]
        # Nobody has signed: its term has not begun.
        assert [one["保存到"] for one in told] == ["完了以后 12 个月"] * (more + 1)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_line_of_the_register_loses_its_visitor_once_it_is_filed_and_called_back() -> None:
    here = evening()
    here.floor.take(when=SOON)
    ticket = here.called()
    extending.extend(here.floor.windows["3"], by=here.liwei, at=SOON, ground="unfinished")
    here.served(ticket, LATE)
    row = Extension.objects.get()
    extending.end(row, by=here.liwei, at=LATE)
    assert tick(DUE) == 0  # nobody has signed
    row = signed(here, row)
    assert tick(DUE) == 0  # and nobody has filed it
    extending.file(row, by=here.fangjie, at=LATE)
    draw = CallBackDraw.objects.create(
        county=COUNTY, subject=open_subject(COUNTY, "draw", "HF1"), number="HF1", since=row.day,
        until=row.day, percent=10, services=1, drawn_at=LATE, drawn_by="system",
    )  # fmt: skip
    call = CallBack.objects.create(county=COUNTY, draw=draw, extension=row, opinion="王芳说办得快")
    assert tick(DUE) == 0  # he is still to be rung up
    CallBack.objects.filter(pk=call.pk).update(at=LATE, reached=True, grade=5, by=here.fangjie)
    assert tick(DUE) == 1
    row, call = Extension.objects.get(), CallBack.objects.get()
    assert (row.who, row.telephone_masked, row.name, row.phone, row.party) == (CLEARED, CLEARED, "", "", None)
    assert (row.stage, row.minutes > 0, bool(row.filed_number), row.outcome) == (
        "filed",
        True,
        True,
        "当场办结",
    )
    assert (call.opinion, call.grade) == ("", 5)
    with on(DUE):
        desk = at_desk(here.fangjie)
        shown = desk.get(f"/extensions/{row.number}/").content.decode()
        paper = text_of(desk.get(f"/extensions/{row.number}/form.pdf").content)
    for told in (shown, paper):
        assert CLEARED in told
        assert "王芳" not in told
