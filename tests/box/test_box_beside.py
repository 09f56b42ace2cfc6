"""旁边的记录: does what a hall writes beside its numbers – 延时, 引导, 广播, open windows – reach the county, once and of that hall alone?"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.models import Box, Outgoing
from onewindow.exchange.box import forget, rounds
from onewindow.exchange.box.hear import hear
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import rows
from onewindow.hall import overtime
from onewindow.hall.actors import Bearer
from onewindow.hall.acts.calling import begin, call_next, finish
from onewindow.hall.acts.declining import ask_extension, note_declined
from onewindow.hall.acts.extending import begin as begin_without
from onewindow.hall.acts.extending import (
    end,
    extend,
    file,
    leave,
    serve,
    sign_as_handler,
    sign_for_applicant,
)
from onewindow.hall.acts.tickets import take
from onewindow.hall.covering import Visitor
from onewindow.hall.models import Escort, Extension, ExtensionAsk, Ticket
from onewindow.helping.acts.announcing import announce
from onewindow.helping.acts.consulting import answer_question, hand_off
from onewindow.helping.acts.guiding import guide
from onewindow.helping.models import Announcement, Consultation, Guided
from onewindow.helping.reads.guided import figures
from onewindow.helping.reads.said import broadcast_log
from onewindow.journal.models import Entry
from onewindow.journal.write import history
from onewindow.places.models import Hall, Line, Window, Zone
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.queueing import Priority
from tests.box.test_box import TODAY, registered, take_there, there
from tests.box.test_box_older import resumed
from tests.box.two import Two
from tests.cast import COUNTY, officer
from tests.hall.stage import NINE, open_floor, post

PNG = b"\x89PNG\r\n\x1a\n" + b"drawn by his own hand"


def minutes(count: int) -> Any:
    return NINE + timedelta(minutes=count)


def extended() -> Extension:
    """Somebody asks at the kiosk to be served longer; he is, both sign, and it is done."""
    taken = take_there(NINE)
    ask_extension(taken, by=Bearer(taken), at=minutes(1), channel=ExtensionAsk.Channel.PHONE)
    li, seat = there("李伟"), Window.objects.get(number="3")
    (made,) = extend(seat, by=li, at=minutes(2), ground="unfinished")
    called = call_next(seat, by=li, at=minutes(3))
    assert called is not None
    finish(begin(called, by=li, at=minutes(4)), by=li, at=minutes(9))
    end(made, by=li, at=minutes(9))
    drawn = files.keep(COUNTY, PNG, name="签名.png", media_type="image/png", at=minutes(10))
    sign_for_applicant(made, by=li, at=minutes(10), signature=drawn)
    sign_as_handler(made, by=li, at=minutes(11))
    told = {"outcome": "当场办结", "visitor": Visitor(name="王芳", phone="0000-0000000")}
    return serve(made, by=li, at=minutes(12), **told)


def test_a_form_of_overtime_signed_at_the_machine_stands_in_the_county_s_register_and_is_filed_there(
    two: Two, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path
    floor = registered(two)
    with two.box():
        number = extended().number
        assert number == f"YS20260924-D{floor.hall.pk}-0001"
    assert two.round(minutes(13))
    assert not Box.objects.get().trouble
    held = Extension.objects.get(number=number)
    assert [held.stage, held.outcome, held.name, held.officer] == ["served", "当场办结", "王芳", floor.liwei]
    assert held.signature is not None
    assert files.read(held.signature) == PNG
    assert [one.name for one in history(held.subject)] == [
        *("ExtensionBegun", "OvertimeAnswered", "ExtensionEnded", "ExtensionSigned", "ExtensionSigned"),
        "ExtensionServed",
    ]
    asked = ExtensionAsk.objects.get()
    assert [asked.agreed, asked.extension, asked.ticket] == [True, held, Ticket.objects.get()]
    with pytest.raises(NotAllowed, match="大厅本机"):
        sign_as_handler(held, by=floor.liwei, at=minutes(14))
    keeper = officer(COUNTY, "方洁", "E001", post("备案", floor.hall, [Grant.EXTENSION_FILE]))
    assert file(held, by=keeper, at=minutes(15)).filed_number
    with two.box():  # told again from the beginning, as after a restored backup of the county
        Box.objects.update(held=0)
    Box.objects.update(held=0, held_mark="")
    assert two.round(minutes(16))
    assert Extension.objects.get().stage == "filed"
    assert len(history(held.subject)) == 7
    assert overtime.filed(keeper)[0] == [held]


def test_a_signature_whose_file_was_lost_keeps_nothing_else_from_the_county(
    two: Two, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path
    registered(two)
    with two.box():
        signed = extended().signature
        assert signed is not None
        files.path_of(signed.sha256).unlink()
    assert two.round(minutes(13))
    held = Extension.objects.get()
    assert [held.stage, held.applicant_signed_at, held.signature] == ["served", minutes(10), None]


def test_two_forms_of_one_number_keep_each_their_own_course(two: Two) -> None:
    registered(two)
    told = {"visitor": Visitor(name="王芳", what="查档案"), "ground": "many"}
    with two.box():
        snapshot = transaction.savepoint()
        begin_without(Window.objects.get(number="3"), by=there("李伟"), at=minutes(1), **told)
    assert two.round(minutes(2))
    with two.box():  # the machine forgets it, and gives its number again
        transaction.savepoint_rollback(snapshot)
        take_there(minutes(3))
    assert two.round(minutes(4))
    resumed(two, timedelta(minutes=5))
    with two.box():
        made = begin_without(Window.objects.get(number="3"), by=there("李伟"), at=minutes(8), **told)
        leave(made, by=there("李伟"), at=minutes(9))
    assert two.round(minutes(10))
    assert not Box.objects.get().trouble
    first, second = Extension.objects.order_by("began_at")
    assert [first.number, second.number] == [made.number, f"{made.number}复"]
    assert [one.name for one in history(first.subject)] == ["ExtensionBegun"]
    assert [one.name for one in history(second.subject)] == ["ExtensionBegun", "ExtensionLeft"]
    assert history(second.subject)[0].extension == second.pk  # type: ignore[attr-defined]


def test_a_fact_names_the_number_and_the_form_by_the_keys_of_the_county(two: Two) -> None:
    registered(two)
    with two.box():
        for table in ("hall_ticket", "hall_extension"):  # far from the county's own
            rows("SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), 900000)", {"table": table})
        taken = take_there(NINE)
        (made,) = extend(Window.objects.get(number="3"), by=there("李伟"), at=minutes(1), ground="unfinished")
    assert two.round(minutes(2))
    held = Extension.objects.get()
    (begun,) = Entry.objects.filter(fact="ExtensionBegun")
    assert [begun.body["ticket"], begun.body["extension"]] == [held.ticket_id, held.pk]
    assert taken.pk != held.ticket_id
    assert made.pk != held.pk


def test_once_the_county_has_the_whole_form_the_machine_forgets_who_it_was(
    two: Two, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path
    registered(two)
    week = NINE + timedelta(days=8)
    with two.box():
        extended()
        forget.tick(week)  # the county has not heard of it yet
        assert Extension.objects.get().name == "王芳"
    assert two.round(week)
    with two.box():
        forget.tick(NINE + timedelta(days=7))
        assert Extension.objects.get().name == "王芳"
        forget.tick(week)
        kept = Extension.objects.get()
        assert [kept.name, kept.phone, kept.signature] == ["", "", None]
        assert kept.stage == "served"
        assert not StoredFile.objects.exists()
    held = Extension.objects.get()
    assert [held.name, held.phone] == ["王芳", "0000-0000000"]
    assert held.signature is not None


def test_what_guides_do_and_announce_at_the_machine_is_counted_at_the_county_once(two: Two) -> None:
    floor = registered(two)
    zone = Zone.objects.create(hall=floor.hall, kind="waiting", name="等候区")
    assert two.round(NINE)
    floor.hall.refresh_from_db()
    with pytest.raises(NotAllowed, match="大厅本机"):
        announce(floor.hall, by=floor.zhoujie, at=NINE, text="请大家排队")
    with two.box():
        hall, zhou, li = Hall.objects.get(), there("周洁"), there("李伟")
        seat = Window.objects.get(number="3")
        guide(hall, by=zhou, at=minutes(1), need="apply", way="window")
        announce(hall, by=zhou, at=minutes(2), text="请带好随身物品", zone=Zone.objects.get(pk=zone.pk))
        asked = hand_off(seat, by=zhou, at=minutes(3), once=uuid4(), question="开饭店要哪些材料")
        called = call_next(seat, by=li, at=minutes(4))
        assert called == asked.ticket
        answer_question(begin(called, by=li, at=minutes(5)), by=li, at=minutes(6), answer="给了一次性告知单")
        note_declined(seat, by=li, at=minutes(7), what="补换身份证", reason="照相设备已经关机")
        line = Line.objects.get(hall=hall, letter="A")
        said = {"by": zhou, "once": uuid4(), "channel": Ticket.Channel.GUIDE}
        take_there(minutes(8))
        take(hall, line, at=minutes(8), priority=Priority.DISABLED, **said)
    for _ in range(2):
        assert two.round(minutes(9))
        assert not Box.objects.get().trouble
        counted = figures(floor.hall, TODAY, TODAY)
        assert [counted.assisted, counted.escorted] == [1, 1]
        assert [one.text for one in broadcast_log(floor.hall, TODAY)[0] if one.kind == "广播"] == [
            "请带好随身物品"
        ]
        answered = Consultation.objects.get()
        assert [answered.question, answered.answer] == ["开饭店要哪些材料", "给了一次性告知单"]
        assert Escort.objects.get().ticket.number == "A003"
        assert ExtensionAsk.objects.get().reason == "照相设备已经关机"
        assert Guided.objects.get().by == f"officer:{floor.zhoujie.pk}"
        assert Announcement.objects.get().zone == zone
        told = Entry.objects.get(fact="Announced")
        assert told.body["announcement"] == Announcement.objects.get().pk
        with two.box():
            Box.objects.update(held=0)
        Box.objects.update(held=0, held_mark="")


def test_before_the_hall_is_its_own_the_machine_writes_nothing_that_the_county_would_not_take(
    two: Two,
) -> None:
    floor = open_floor()
    waiting = (
        floor.take()
    )  # with a number of the county's: the machine takes over when nobody has one any more
    registered(two, floor)
    told = {"need": "apply", "way": "window"}
    with two.box(), pytest.raises(NotAllowed, match="还没有接管"):
        guide(Hall.objects.get(), by=there("周洁"), at=minutes(1), **told)
    assert guide(floor.hall, by=floor.zhoujie, at=minutes(1), **told).pk
    Ticket.objects.filter(pk=waiting.pk).update(stage="done", ended_at=minutes(2))
    two.connected(minutes(20))
    with two.box():
        guide(Hall.objects.get(), by=there("周洁"), at=minutes(21), **told)
    assert two.round(minutes(22))
    assert not Box.objects.get().trouble
    assert Guided.objects.count() == 2


def test_a_stolen_machine_names_nothing_of_another_hall_beside_the_numbers_either(two: Two) -> None:
    floor = registered(two)
    hall = Hall.objects.create(
        county=COUNTY, region=floor.hall.region, kind="branch", name="不动产分厅", address="测试路2号"
    )
    seat = Window.objects.create(hall=hall, number="1", name="登记", kinds=["comprehensive"])
    zone = Zone.objects.create(hall=hall, kind="waiting", name="等候区")
    clerk = officer(COUNTY, "陈思", "Z001", post("别的大厅的窗口", hall, [Grant.HALL_CALL], seat))
    with two.box():
        announce(Hall.objects.get(), by=there("周洁"), at=minutes(1), text="请大家排队")
        guide(Hall.objects.get(), by=there("周洁"), at=minutes(2), need="apply", way="window")
        extended()
        ledger.find()
        lines = ledger.lines(0, 20)
    said = next(one for one in lines if one["entry"]["fact"] == "Announced")
    sent = next(one for one in lines if one["entry"]["fact"] == "VisitorGuided")
    form = next(one for one in lines if one["kind"] == "extension")
    wrong = [
        (said, "zone_id", zone.pk, "窗口、队列、区域"),
        (sent, "line_id", 4711, "窗口、队列、区域"),
        (form, "window_id", seat.pk, "窗口、队列、区域"),
        (form, "officer_id", clerk.pk, "人员"),
        (form, "item_id", 4711, "事项"),
        (form, "party_id", floor.cast.wangfang.pk, "没有在这个大厅预约"),
        (form, "signature", {"type": "text/html", "drawn": "", "name": "x"}, "签名"),
    ]
    box = Box.objects.get()
    for line, name, value, words in wrong:
        bad = json.loads(json.dumps(line))
        bad["rows"][0][name] = value
        before = [one for one in lines if one["n"] < line["n"]]
        with transaction.atomic():
            told = hear(box, {"lines": [*before, bad], "last": 20}, by=Owner(box), at=minutes(20))
            assert words in told["refused"], name
            assert told["held"] == line["n"] - 1, name
            transaction.set_rollback(True)


def test_one_call_carries_no_more_than_the_county_takes(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(two)
    monkeypatch.setattr(rounds, "LARGEST", 3000)
    with two.box():
        for count in range(8):
            take_there(minutes(count))
    assert two.round(minutes(9))
    assert Box.objects.get().behind == 0
    assert Ticket.objects.count() == 8
    with two.box():
        assert Outgoing.objects.count() >= 8
    assert two.wire.asked.count("push") >= 5
