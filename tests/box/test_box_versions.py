"""版本: do a machine and a county that are not of the same version understand each other as far as they can?"""

from datetime import timedelta
from typing import Any

import pytest

from onewindow.box import ledger
from onewindow.box.actors import Owner
from onewindow.box.models import Box
from onewindow.exchange.box import answer as county
from onewindow.exchange.box.hear import hear
from onewindow.exchange.box.link import LEAST, VERSION, Barred
from onewindow.hall.acts.calling import call_next
from onewindow.hall.models import Ticket
from onewindow.people.models import Post
from onewindow.places.models import Window
from onewindow.rules.grants import GRANT_WORDS, NotAllowed
from tests.box.test_box import registered, same, take_there, there
from tests.box.two import Two
from tests.hall.stage import NINE

LATER = NINE + timedelta(minutes=5)


def of_next_year(told: dict[str, Any]) -> dict[str, Any]:
    """What a county of a later version answers: more fields, more tables, more powers."""
    venue = told.get("venue")
    if venue is None:
        return told
    for part in venue["rows"]:
        for row in part["rows"]:
            row["fields"]["invented_next_year"] = "x"
        if part["model"] == "people.Post":
            for row in part["rows"]:
                row["fields"]["grants"] = row["fields"]["grants"].replace("[", '["hall:dream", ', 1)
        if part["model"] == "places.Window":
            for row in part["rows"]:
                row["fields"].pop("low", None)
    venue["rows"].append({"model": "places.Tunnel", "rows": [{"pk": 1, "fields": {"hall": 1}}]})
    return {**told, "version": VERSION + 1, "tunnels": [1]}


def test_a_machine_passes_over_what_a_later_county_says_and_keeps_what_it_does_not_say(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = registered(two)
    asked = two.wire.ask
    monkeypatch.setattr(two.wire, "ask", lambda what, told: of_next_year(asked(what, told)))
    with two.box():
        Window.objects.update(low=True)
    Window.objects.filter(pk=floor.windows["3"].pk).update(name="改了名的窗口")
    assert two.round(NINE)
    with two.box():
        assert not Box.objects.get().trouble
        assert Window.objects.get(number="3").name == "改了名的窗口"
        assert all(Window.objects.values_list("low", flat=True))
        assert all(grant in GRANT_WORDS for post in Post.objects.all() for grant in post.grants)
        take_there(NINE)
    assert two.round(LATER)
    assert [one["number"] for one in same(two)] == ["A001"]


def test_a_machine_is_refused_by_a_county_that_says_it_must_be_newer_and_its_hall_goes_on(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(two)
    asked = two.wire.ask
    monkeypatch.setattr(two.wire, "ask", lambda what, told: {**asked(what, told), "least": VERSION + 1})
    with pytest.raises(Barred, match="把本机升级"):
        two.round(NINE)
    assert "升级" in two.own().trouble
    with two.box():
        assert take_there(NINE).number == "A001"
    monkeypatch.undo()
    assert two.round(LATER)
    assert not two.own().trouble
    assert [one["number"] for one in same(two)] == ["A001"]


def test_the_county_says_so_to_a_machine_that_must_be_read_by_a_later_one(two: Two) -> None:
    registered(two)
    box = Box.objects.get()
    with pytest.raises(NotAllowed, match="先把县里升级"):
        county.answer(box, "push", {"least": VERSION + 1, "lines": [], "last": 0}, NINE)
    assert "升级" in Box.objects.get().trouble
    assert LEAST <= VERSION
    assert two.round(NINE)
    assert not Box.objects.get().trouble


def test_the_county_reads_an_earlier_machine_and_names_what_only_a_later_one_writes(two: Two) -> None:
    registered(two)
    with two.box():
        take_there(NINE)
        called = call_next(Window.objects.get(number="3"), by=there("李伟"), at=NINE + timedelta(minutes=1))
        assert called is not None
        ledger.find()
        taken, call = ledger.lines(0, 2)
    del call["ticket"]["now"]["told_minutes"], call["ticket"]["now"]["one_to_one"]
    call["ticket"]["now"]["invented"] = call["invented"] = call["entry"]["body"]["invented"] = 1
    box, said = Box.objects.get(), {"by": Owner(Box.objects.get()), "at": LATER}
    told = hear(box, {"lines": [taken, call], "last": 2, "invented": 1}, **said)
    assert told == {"held": 2, "refused": ""}
    assert Ticket.objects.get().stage == "called"
    newer = {**call, "n": 3, "entry": {**call["entry"], "fact": "TicketDreamt"}}
    assert "TicketDreamt" in hear(box, {"lines": [newer], "last": 3}, **said)["refused"]
    other = {**call, "n": 3, "kind": "dream"}
    assert "升级" in hear(box, {"lines": [other], "last": 3}, **said)["refused"]
