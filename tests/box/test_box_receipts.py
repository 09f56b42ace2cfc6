"""离线收件: papers taken in while the county could not be reached become cases dated from their receipts, each once."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.models import Box
from onewindow.cases.acts.offline import reserve_block, settle_receipt, try_again, write_receipt
from onewindow.cases.models import BackDated, Case, OfflineReceipt
from onewindow.catalogue.models import ItemVersion
from onewindow.exchange.box import forget, receipts
from onewindow.exchange.box.hear import hear
from onewindow.hall.acts.calling import call_next
from onewindow.hall.acts.coming import arrive
from onewindow.hall.covering import Seat, open_one
from onewindow.hall.models import Booking, Extension, Ticket
from onewindow.journal.write import history
from onewindow.people.acts import PartyData
from onewindow.people.models import Account, Officer, Party, Post
from onewindow.people.reads import on_duty
from onewindow.places.models import Hall, Window
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.box.test_box import MORNING, booked, registered, take_there, there
from tests.box.two import Two
from tests.cast import COUNTER, COUNTY, at, carry_out, officer
from tests.hall.stage import Floor, open_floor
from tests.web.desks import at_desk
from tests.web.stage import PASSWORD, sign_in
from tests.web.test_second_factor import ASK, ENROL, number

FORM = {"shop": "罗山县芳邻小面馆", "area": 46}
WANG = PartyData(paper_kind="resident", paper_number="991523198803040427", name="王芳", phone="10095715339")
LATE = at(9, 24, 16, 30)


def with_block(two: Two, count: int = 3) -> Floor:
    floor = open_floor()
    seat = floor.windows["3"]
    Post.objects.filter(name="叫号窗口").update(
        grants=[str(one) for one in (*COUNTER, Grant.HALL_CALL, Grant.HALL_TAKE)]
    )
    registered(two, floor)
    admin = Officer.objects.get(staff_no="A001")
    reserve_block(Box.objects.get(), by=on_duty(admin.account, MORNING.date()), at=MORNING, count=count)
    assert two.round(MORNING)
    assert seat.pk
    return floor


def write(when: datetime, once: UUID | None = None, **told: object) -> OfflineReceipt:
    """李伟 takes 王芳's papers in at the machine."""
    said = {
        "once": once or uuid4(),
        "box": Box.objects.get(),
        "person": WANG,
        "form": FORM,
        "papers": ["sqs", "bjt"],
        "window": Window.objects.get(number="3"),
        **told,
    }
    return write_receipt(ItemVersion.objects.get(), by=there("李伟"), at=when, **said)


def signed_in_there(clock: Any) -> Client:
    """李伟, with the password of the county and a second factor of the machine's own; nobody asks the county."""
    name = there("李伟").account.username
    first = Client()
    sign_in(first, name)
    assert first.get("/counter/").headers["Location"] == ENROL
    page = first.get(ENROL, follow=True)
    page = first.post(page.request["PATH_INFO"] + f"?next={ENROL}", {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert first.post(ENROL, {"code": number(secret)}).status_code == 302
    clock.shift(timedelta(seconds=60))
    client = Client()
    assert sign_in(client, name).headers["Location"].startswith(ASK)
    assert client.get("/counter/").status_code == 302
    assert client.post(ASK, {"code": number(secret)}).status_code == 302
    assert "密码请在县里的系统修改" in client.get("/accounts/password/change/").content.decode()
    return client


def followed() -> None:
    for one in OfflineReceipt.objects.order_by("number"):
        carry_out(one.subject)


def test_papers_of_the_evening_become_a_case_of_that_day_when_the_line_is_back(two: Two) -> None:
    with_block(two)
    two.wire.cut = "before"
    once = uuid4()
    with two.box():
        take_there(LATE)
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=LATE)
        assert called is not None
        receipt = write(LATE + timedelta(minutes=2), once, visit=called.visit_id)
        again = write(LATE + timedelta(minutes=2), once, visit=called.visit_id)
        assert (receipt.number, again.pk) == ("L000001", receipt.pk)
    assert not two.round(LATE)
    back = at(9, 28, 9, 0)
    two.wire.cut = "after"  # heard, and its answer lost: it is sent once more
    assert not two.round(back)
    two.wire.cut = ""
    assert two.round(back)
    followed()
    followed()
    (case,) = Case.objects.all()
    assert case.received_on == date(2026, 9, 24)
    assert case.application.form == FORM
    assert case.application.submitted.count() == 2
    assert case.application.visit == Ticket.objects.get().visit
    assert case.applicant.name == "王芳"
    assert "离线收件" in BackDated.objects.get(case=case).why
    assert case.taken_by.staff_no == "C103"
    # Five working days from Thursday the 24th: 28, 29, 30 September, then the holiday, 8 and 9 October.
    assert case.due_on == date(2026, 10, 9)
    (held,) = OfflineReceipt.objects.all()
    assert held.case == case
    assert [one.name for one in history(held.subject)] == ["PapersTakenOffline", "ReceiptBecameCase"]


def test_what_cannot_become_a_case_waits_for_somebody_with_the_reason_and_is_not_lost(two: Two) -> None:
    floor = with_block(two)
    two.wire.cut = "before"
    with two.box():
        write(LATE)
    item = floor.cast.version.item
    item.state = "suspended"
    item.save(update_fields=["state"])
    two.wire.cut = ""
    assert two.round(LATE + timedelta(hours=1))
    followed()
    (receipt,) = OfflineReceipt.objects.all()
    assert receipt.case is None
    assert "停用或更换" in receipt.why
    assert not Case.objects.exists()
    when = LATE + timedelta(hours=2)
    with pytest.raises(NotGranted):
        settle_receipt(receipt, by=floor.cast.zhaoqiang, at=when, outcome="别的单位不能处理")
    item.state = "published"
    item.save(update_fields=["state"])
    case = try_again(receipt, by=floor.cast.liwei, at=when)
    assert case is not None
    assert case.received_on == LATE.date()
    with pytest.raises(NotAllowed, match="已经成件"):
        settle_receipt(receipt, by=floor.cast.liwei, at=when, outcome="已经电话告知")


def test_who_took_papers_in_held_a_post_of_that_hall_with_the_power_on_that_day(two: Two) -> None:
    floor = with_block(two)
    two.wire.cut = "before"
    with two.box():
        write(LATE)
        ledger.find()
        (line,) = receipts.filled(ledger.lines(0, 1))
    other = officer(
        COUNTY,
        "陈思",
        "Z001",
        Post.objects.create(county=COUNTY, name="县里", scope="county", grants=[str(Grant.INTAKE_RECEIVE)]),
    )
    stolen = json.loads(json.dumps(line))
    stolen["receipt"]["officer"], stolen["entry"]["by"] = other.pk, other.actor_code
    box = Box.objects.get()
    told = hear(box, {"lines": [stolen], "last": 1}, by=Owner(box), at=LATE + timedelta(hours=1))
    assert "不在这个大厅" in told["refused"]
    assert not OfflineReceipt.objects.exists()
    Post.objects.filter(name="叫号窗口").update(grants=[Grant.HALL_CALL, Grant.HALL_TAKE])
    two.wire.cut = ""
    assert two.round(LATE + timedelta(hours=1))
    followed()
    (receipt,) = OfflineReceipt.objects.all()
    assert receipt.case is None
    assert f"在{floor.hall}没有收件的岗位" in receipt.why


def test_after_some_days_the_machine_keeps_no_name_that_the_county_has_and_all_that_it_has_not(
    two: Two,
) -> None:
    floor = with_block(two)
    come, gone, late = (booked(two, floor, MORNING + timedelta(minutes=n)) for n in (1, 2, 3))
    Booking.objects.filter(pk=late.pk).update(on=date(2026, 9, 30))
    assert two.round(MORNING + timedelta(minutes=5))
    with two.box():
        write(LATE)
        came = arrive(Booking.objects.get(pk=come.pk), by=there("周洁"), at=at(9, 24, 8, 55))
        assert came.ticket is not None
    two.wire.cut = "before"
    week, keys = at(10, 2, 8, 0), {come.pk, gone.pk, late.pk}
    with two.box():
        forget.tick(week)  # what was told to nobody stays: he came, and his papers were taken in
        assert set(Booking.objects.values_list("pk", flat=True)) == keys - {gone.pk}
        assert OfflineReceipt.objects.get().person["name"] == "王芳"
    two.wire.cut = ""
    assert two.round(week)
    with two.box():
        forget.tick(week)
        assert set(Booking.objects.values_list("pk", flat=True)) == {late.pk}
        held = OfflineReceipt.objects.get()
        assert (held.person, held.form, held.papers, held.number) == ({}, {}, [], "L000001")
        with time_machine.travel(week, tick=False):
            shown = at_desk(there("李伟")).get("/counter/receipts/L000001/").content.decode()
        assert shown.count("已按保存期限清除") == 2
        assert Party.objects.count() == 1  # he comes on the thirtieth
        seat = Seat(Window.objects.get(number="3"), there("李伟"), at(9, 24, 16, 50), None, "other", "没办完")
        late_one = open_one(seat, ticket=Ticket.objects.get())
        forget.tick(at(10, 20, 8, 0))
        assert late_one.party == Party.objects.get()  # who is still served late
        Extension.objects.all().delete()
        forget.tick(at(10, 20, 8, 1))
        assert not Party.objects.exists()
        assert not Booking.objects.exists()
        assert Ticket.objects.get().visit.party is None
    assert OfflineReceipt.objects.get().person["name"] == "王芳"
    assert Booking.objects.get(pk=come.pk).stage == "arrived"


def test_the_numbers_of_a_block_are_the_machine_s_alone_and_when_they_are_used_up_it_says_so(
    two: Two,
) -> None:
    with_block(two, count=2)
    admin = on_duty(Officer.objects.get(staff_no="A001").account, MORNING.date())
    assert reserve_block(Box.objects.get(), by=admin, at=MORNING, count=5).first == 3
    with two.box():
        assert [write(LATE).number, write(LATE).number] == ["L000001", "L000002"]
        with pytest.raises(NotAllowed, match="用完了"):
            write(LATE)
    assert two.round(LATE)
    with two.box():
        assert write(LATE).number == "L000003"
        with pytest.raises(NotAllowed):
            write(LATE, form={"shop": ""})
        Hall.objects.update(box="")  # as after it was restored: these numbers may stand on paper already
        with pytest.raises(NotAllowed, match="旧备份"):
            write(LATE)
        Hall.objects.update(box=two.key)
        with pytest.raises(NotAllowed, match="清单"):
            write(LATE, papers=["none"])
        with pytest.raises(NotGranted):
            write_receipt(
                ItemVersion.objects.get(),
                by=there("周洁"),
                at=LATE,
                once=uuid4(),
                box=Box.objects.get(),
                person=WANG,
                form=FORM,
                papers=[],
            )


def test_the_window_of_the_machine_takes_papers_in_and_nothing_that_only_the_county_can(two: Two) -> None:
    floor = with_block(two)
    told = {"username": "liwei-c", "password": make_password(PASSWORD), "password_changed_at": MORNING}
    Account.objects.filter(officer=floor.liwei).update(**told)
    assert two.round(MORNING)
    two.wire.cut = "before"
    once, version = uuid4(), floor.cast.version.pk
    with two.box(), time_machine.travel(LATE, tick=False) as clock:
        client = signed_in_there(clock)
        window = client.get("/counter/").content.decode()
        assert "断网" in window
        assert "叫下一位" in window
        assert "这一页在县里" in client.get("/desk/").content.decode()
        assert client.post("/counter/find/", {"paper_kind": "resident"}).status_code == 403
        assert f"/counter/offline/{version}/" in client.get("/counter/offline/?q=食品").content.decode()
        page = f"/counter/offline/{version}/{once}/"
        said = {
            "paper_kind": "resident",
            "paper_number": WANG.paper_number,
            "name": "王芳",
            "phone": WANG.phone,
        }
        wrong = client.post(page, {**said, "name": "", "came": ["sqs"]})
        assert wrong.status_code == 422
        box, _, rest = wrong.content.decode().partition('class="ow-errors"')[2].partition("</div>")
        assert "姓名" in box
        assert "店名" in box
        assert "ow-errors" not in rest
        for _ in range(2):
            sent = client.post(page, {**said, "came": ["sqs", "bjt"], "shop": "芳邻小面馆", "area": "46"})
            assert sent.url == "/counter/receipts/L000001/"
        shown = client.get(sent.url).content.decode()
        assert "食品经营许可申请书" in shown
        assert WANG.paper_number not in shown
        assert "L000001" in client.get("/counter/").content.decode()
    floor.hall.refresh_from_db()
    with two.box():  # 密码 is lost, and his telephone with it: the administrator's new one opens both anew
        assert Authenticator.objects.exists()
    lost = {
        "password": make_password("另一个密码-2026"),
        "password_changed_at": None,
        "factor_reset_at": LATE,
    }
    with time_machine.travel(LATE, tick=False):
        client = at_desk(floor.liwei)
        assert "大厅排队主机" in client.get("/counter/").content.decode()  # there it is called, not here
        item = floor.cast.version.item
        item.state = "withdrawn"
        item.save(update_fields=["state"])
    two.wire.cut = ""
    Account.objects.filter(officer=floor.liwei).update(**lost)
    assert two.round(LATE + timedelta(minutes=5))
    with two.box():
        assert not Authenticator.objects.exists()
    Account.objects.filter(officer=floor.liwei).update(password_changed_at=MORNING)
    floor.liwei.account.refresh_from_db()
    client = at_desk(floor.liwei)
    followed()
    with time_machine.travel(LATE + timedelta(minutes=5), tick=False):
        listed = client.get("/counter/receipts/").content.decode()
        assert "停用或更换" in listed
        assert client.post("/counter/receipts/L000001/again/").status_code == 302
        done = {"outcome": "已电话告知并退回材料"}
        assert client.post("/counter/receipts/L000001/settle/", done).status_code == 302
        assert "已电话告知并退回材料" in client.get("/counter/receipts/").content.decode()
