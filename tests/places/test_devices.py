"""The machines of a hall: which computer is which of them, and what is said of them when they break."""

from datetime import timedelta
from typing import Any

import pytest

from onewindow.journal.reads import verify
from onewindow.places import acts
from onewindow.places.models import Device, HelpCall
from onewindow.places.reads import hanging
from onewindow.rules.grants import FOUNDER, NotAllowed, NotGranted
from tests.hall.stage import NINE, Floor, open_floor

pytestmark = pytest.mark.django_db
K = Device.Kind


@pytest.fixture
def floor() -> Floor:
    return open_floor()


def add(floor: Floor, kind: Device.Kind = K.KIOSK, **told: Any) -> Device:
    said = {"kind": kind, "name": f"东门{kind.label}", "keeper": "周洁", **told}
    return acts.add_device(floor.hall, by=FOUNDER, at=NINE, **said)


def test_a_key_is_kept_as_a_digest_and_a_new_one_ends_the_old(floor: Floor) -> None:
    device = add(floor)
    first = acts.register_device(device, by=FOUNDER, at=NINE)
    kept = bytes(Device.objects.get(pk=device.pk).key_hash)
    assert first.encode() not in kept
    second = acts.register_device(device, by=FOUNDER, at=NINE)
    assert first != second
    assert bytes(Device.objects.get(pk=device.pk).key_hash) != kept
    acts.release_device(device, by=FOUNDER, at=NINE)
    assert bytes(Device.objects.get(pk=device.pk).key_hash) == b""
    assert verify() == []


def test_a_pad_wants_its_window_and_a_name_is_given_once(floor: Floor) -> None:
    with pytest.raises(NotAllowed, match="哪个窗口"):
        add(floor, K.PAD)
    add(floor)
    with pytest.raises(NotAllowed, match="换一个名称"):
        add(floor)


@pytest.mark.parametrize(
    "printer", ["file:/etc/passwd", "tcp:host", "lp0", "file:/dev/../etc/x", "tcp:h:99 ; rm"]
)
def test_a_printer_is_a_port_or_a_device_and_nothing_else(floor: Floor, printer: str) -> None:
    with pytest.raises(NotAllowed, match="打印机"):
        add(floor, printer=printer)


def test_a_retired_machine_is_registered_no_more(floor: Floor) -> None:
    device = add(floor)
    acts.retire_device(device, by=FOUNDER, at=NINE)
    with pytest.raises(NotAllowed, match="停用"):
        acts.register_device(device, by=FOUNDER, at=NINE)


def test_a_fault_stands_until_it_is_mended_and_both_say_who_and_what(floor: Floor) -> None:
    device = add(floor)
    fault = acts.tell_fault(device, by=floor.zhoujie, at=NINE, what="不出纸")
    assert fault.mended_at is None
    acts.mend_device(device, by=FOUNDER, at=NINE, how="换了纸")
    fault.refresh_from_db()
    assert (fault.told_by, fault.how, fault.mended_at) == (floor.zhoujie.actor_code, "换了纸", NINE)


def test_who_guides_elsewhere_tells_no_fault_here(floor: Floor) -> None:
    device = add(floor)
    with pytest.raises(NotGranted):
        acts.tell_fault(device, by=floor.cast.zhaoqiang, at=NINE, what="不出纸")
    with pytest.raises(NotGranted):
        acts.register_device(device, by=floor.zhoujie, at=NINE)


def test_whoever_presses_for_help_is_seen_with_his_machine_until_the_guide_was_there(floor: Floor) -> None:
    device = add(floor)
    call = acts.call_guide(device, by=floor.zhoujie, at=NINE)
    again = acts.call_guide(device, by=floor.zhoujie, at=NINE)
    assert again.pk == call.pk
    assert HelpCall.objects.get().device == device
    acts.answer_help(call, by=floor.zhoujie, at=NINE, what="帮助选择业务", helped=True)
    call.refresh_from_db()
    assert (call.answered_by, call.what, call.helped) == (floor.zhoujie.actor_code, "帮助选择业务", True)
    with pytest.raises(NotAllowed, match="已经有人去过"):
        acts.answer_help(call, by=floor.zhoujie, at=NINE, what="", helped=False)
    assert acts.call_guide(device, by=floor.zhoujie, at=NINE).pk != call.pk


def test_a_notice_hangs_until_its_time_or_until_it_is_taken_down(floor: Floor) -> None:
    hour = timedelta(hours=1)
    notice = acts.post_notice(floor.hall, by=floor.sunli, at=NINE, text="午间不休", until=NINE + hour)
    assert [one.text for one in hanging(floor.hall, NINE)] == ["午间不休"]
    assert hanging(floor.hall, NINE + hour) == []
    acts.take_down(notice, by=floor.sunli, at=NINE)
    assert hanging(floor.hall, NINE) == []
    with pytest.raises(NotAllowed, match="结束时间"):
        acts.post_notice(floor.hall, by=floor.sunli, at=NINE, text="午间不休", until=NINE)
    with pytest.raises(NotGranted):
        acts.post_notice(floor.hall, by=floor.zhoujie, at=NINE, text="午间不休", until=NINE + hour)
