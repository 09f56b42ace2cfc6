"""离线收件: papers taken in while the county could not be reached become cases dated from their receipts, each once."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from onewindow.box.models import Box
from onewindow.cases.acts.offline import reserve_block, settle_receipt, try_again, write_receipt
from onewindow.cases.models import BackDated, Case, OfflineReceipt
from onewindow.catalogue.models import ItemVersion
from onewindow.hall.acts.calling import call_next
from onewindow.hall.models import Ticket
from onewindow.journal.write import history
from onewindow.people.acts import PartyData
from onewindow.people.models import Account, Officer, Post
from onewindow.people.reads import on_duty
from onewindow.places.models import Window
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.box.test_box import MORNING, registered, take_there, there
from tests.box.two import Two
from tests.cast import COUNTER, at, carry_out
from tests.hall.stage import Floor, open_floor
from tests.web.desks import at_desk

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
    two.wire.cut = "before"
    once, version = uuid4(), floor.cast.version.pk
    with two.box(), time_machine.travel(LATE, tick=False):
        Account.objects.update(password_changed_at=MORNING)
        client = Client()
        client.force_login(there("李伟").account, backend="onewindow.people.signing.Backend")
        window = client.get("/counter/").content.decode()
        assert "断网" in window
        assert "叫下一位" in window
        assert client.get("/desk/").status_code == 403
        assert client.post("/counter/find/", {"paper_kind": "resident"}).status_code == 403
        assert f"/counter/offline/{version}/" in client.get("/counter/offline/?q=食品").content.decode()
        page = f"/counter/offline/{version}/{once}/"
        said = {
            "paper_kind": "resident",
            "paper_number": WANG.paper_number,
            "name": "王芳",
            "phone": WANG.phone,
        }
        wrong = client.post(page, {**said, "came": ["sqs"]})
        assert wrong.status_code == 422
        assert "店名" in wrong.content.decode()
        for _ in range(2):
            sent = client.post(page, {**said, "came": ["sqs", "bjt"], "shop": "芳邻小面馆", "area": "46"})
            assert sent.url == "/counter/receipts/L000001/"
        shown = client.get(sent.url).content.decode()
        assert "食品经营许可申请书" in shown
        assert WANG.paper_number not in shown
        assert "L000001" in client.get("/counter/").content.decode()
    floor.hall.refresh_from_db()
    with time_machine.travel(LATE, tick=False):
        client = at_desk(floor.liwei)
        assert "大厅排队主机" in client.get("/counter/").content.decode()  # there it is called, not here
        item = floor.cast.version.item
        item.state = "withdrawn"
        item.save(update_fields=["state"])
    two.wire.cut = ""
    assert two.round(LATE)
    followed()
    with time_machine.travel(LATE, tick=False):
        listed = client.get("/counter/receipts/").content.decode()
        assert "停用或更换" in listed
        assert client.post("/counter/receipts/L000001/again/").status_code == 302
        done = {"outcome": "已电话告知并退回材料"}
        assert client.post("/counter/receipts/L000001/settle/", done).status_code == 302
        assert "已电话告知并退回材料" in client.get("/counter/receipts/").content.decode()
