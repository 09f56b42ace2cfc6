"""The bar over the counter: called, begun, through; the person's file opens, and what is taken in belongs to his stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.hall.models import Ticket
from onewindow.intake.models import Application
from onewindow.people.models import Post
from onewindow.places.models import Window
from onewindow.rules.grants import Grant
from tests.cast import COUNTER
from tests.hall.stage import NINE, Floor, open_floor
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor() -> Floor:
    """李伟 receives papers at window 3 and calls numbers there."""
    made = open_floor()
    words = [str(grant) for grant in (*COUNTER, Grant.HALL_TAKE, Grant.HALL_CALL)]
    Post.objects.filter(pk=made.cast.liwei.posts[0].pk).update(window=made.windows["3"], grants=words)
    return made


def press(desk: Desk, act: str, **told: object) -> str:
    """A button of the bar; answers the page that follows."""
    answer = desk.post(f"/counter/queue/{act}/", told, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_next_one_is_called_with_one_key_and_his_file_opens(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take(party=floor.cast.wangfang)
        floor.take()
        liwei = at_desk(floor.cast.liwei)
        assert "等 2 人" in liwei.get("/counter/").content.decode()
        page = press(liwei, "next")
        assert "A001" in page
        assert "王芳要办什么事" in page
        page = press(liwei, "begin", ticket=ticket.pk, back="/counter/")
        assert "正在办理" in page
        started = liwei.post("/counter/begin/", {"version": floor.cast.version.pk})
        assert started.status_code == 302
        assert "A001" in liwei.get(started.url).content.decode()
    assert Application.objects.get().visit_id == Ticket.objects.get(pk=ticket.pk).visit_id


def test_who_signs_in_anew_while_somebody_is_called_finds_his_file_when_he_begins(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take(party=floor.cast.wangfang)
        press(at_desk(floor.cast.liwei), "next")
        again = at_desk(floor.cast.liwei)
        assert "王芳要办什么事" not in again.get("/counter/").content.decode()
        assert "王芳要办什么事" in press(again, "begin", ticket=ticket.pk, back="/counter/")


def test_what_is_taken_in_after_a_new_sign_in_belongs_to_the_stay_of_whoever_is_there(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take(party=floor.cast.wangfang)
        press(at_desk(floor.cast.liwei), "next")
        press(at_desk(floor.cast.liwei), "begin", ticket=ticket.pk)
        again = at_desk(floor.cast.liwei)
        found = {"paper_kind": "resident", "paper_number": floor.cast.wangfang.paper_number}
        again.post("/counter/find/", found)
        assert again.post("/counter/begin/", {"version": floor.cast.version.pk}).status_code == 302
    assert Application.objects.get().visit_id == ticket.visit_id


def test_too_few_calls_offer_no_miss_and_enough_do(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take()
        liwei = at_desk(floor.cast.liwei)
        page = press(liwei, "next")
        assert "再叫 2 次没有人来" in page
        assert "queue/miss/" not in page
        press(liwei, "again", ticket=ticket.pk)
        assert "queue/miss/" in press(liwei, "again", ticket=ticket.pk)


def test_through_and_next_in_one_press_and_nothing_of_the_last_person_stays(floor: Floor) -> None:
    with on(NINE):
        first, second = floor.take(party=floor.cast.wangfang), floor.take()
        liwei = at_desk(floor.cast.liwei)
        press(liwei, "next")
        press(liwei, "begin", ticket=first.pk)
        page = press(liwei, "next", ticket=first.pk)
        assert "A002" in page
        assert "王芳" not in page
    assert Ticket.objects.get(pk=first.pk).stage == "done"
    assert Ticket.objects.get(pk=second.pk).stage == "called"


def test_the_paper_shown_at_the_machine_stands_in_the_box(floor: Floor) -> None:
    with on(NINE):
        floor.take(shown={"kind": "resident", "number": "991523198803040427"})
        liwei = at_desk(floor.cast.liwei)
        assert "991523198803040427" not in liwei.get("/counter/").content.decode()
        assert "991523198803040427" in press(liwei, "next")


def test_called_again_parked_resumed_missed_and_back(floor: Floor) -> None:
    with on(NINE):
        first, second = floor.take(), floor.take()
        liwei = at_desk(floor.cast.liwei)
        press(liwei, "next")
        assert "只叫了 1 次" in press(liwei, "miss", ticket=first.pk)
        press(liwei, "again", ticket=first.pk)
        assert "叫了 3 次" in press(liwei, "again", ticket=first.pk)
        press(liwei, "miss", ticket=first.pk)
        assert "过号 1" in liwei.get("/counter/").content.decode()
        press(liwei, "return", ticket=first.pk)
        press(liwei, "next")
        assert "挂起 1" in press(liwei, "park", ticket=second.pk, why="copy")
        press(liwei, "resume", ticket=second.pk)
    assert {t.number: t.stage for t in Ticket.objects.all()} == {"A001": "waiting", "A002": "called"}


def test_moved_to_another_window_and_given_up(floor: Floor) -> None:
    with on(NINE):
        first, second = floor.take(), floor.take()
        liwei = at_desk(floor.cast.liwei)
        press(liwei, "next")
        assert "请选择转到哪" in press(liwei, "move", ticket=first.pk, why="wrong", to="")
        press(liwei, "move", ticket=first.pk, why="wrong", to=f"window-{floor.windows['4'].pk}")
        press(liwei, "next")
        press(liwei, "abandon", ticket=second.pk, why="gave_up")
    assert Ticket.objects.get(pk=first.pk).only == floor.windows["4"]
    assert Ticket.objects.get(pk=second.pk).stage == "abandoned"


def test_the_sign_goes_up_with_its_reason_and_comes_down(floor: Floor) -> None:
    with on(NINE):
        floor.take()
        liwei = at_desk(floor.cast.liwei)
        assert "开会" in press(liwei, "pause", usual="开会", reason="")
        assert Window.objects.get(pk=floor.windows["3"].pk).why_paused == "开会"
        assert "暂停服务" in press(liwei, "next")
        press(liwei, "go-on")
        assert "A001" in press(liwei, "next")


def test_who_calls_no_numbers_sees_no_bar_and_presses_in_vain(floor: Floor) -> None:
    with on(NINE):
        ticket = floor.take()
        for who in (floor.zhoujie, floor.cast.zhaoqiang):
            desk = at_desk(who)
            assert desk.post("/counter/queue/next/").status_code == 403
            assert (
                desk.post("/counter/queue/abandon/", {"ticket": ticket.pk, "why": "left"}).status_code == 403
            )
        Post.objects.filter(pk=floor.cast.liwei.posts[0].pk).update(grants=[str(grant) for grant in COUNTER])
        page = at_desk(floor.cast.liwei).get("/counter/").content.decode()
    assert "data-queue" not in page
    assert Ticket.objects.get().stage == "waiting"


def test_what_is_not_a_number_of_this_hall_is_not_found(floor: Floor) -> None:
    with on(NINE):
        liwei = at_desk(floor.cast.liwei)
        assert liwei.post("/counter/queue/begin/", {"ticket": "9" * 30}).status_code == 404
        assert liwei.post("/counter/queue/begin/", {"ticket": "x"}).status_code == 404
        assert liwei.post("/counter/queue/nonsense/").status_code == 404


def test_the_bar_costs_two_statements_and_a_press_eight(floor: Floor) -> None:
    def asked(desk: Desk, send: object) -> list[str]:
        with CaptureQueriesContext(connection) as found:
            send()  # type: ignore[operator]
        ours = [
            str(one["sql"])
            for one in found.captured_queries
            if not str(one["sql"]).startswith(("SAVEPOINT", "RELEASE"))
        ]
        return [sql for sql in ours if "django_session" not in sql]

    with on(NINE):
        for _ in range(30):
            floor.take()
        liwei = at_desk(floor.cast.liwei)
        liwei.get("/counter/")
        with_bar = asked(liwei, lambda: liwei.get("/counter/"))
        pressed = asked(liwei, lambda: liwei.post("/counter/queue/next/"))
        Post.objects.filter(pk=floor.cast.liwei.posts[0].pk).update(grants=[str(grant) for grant in COUNTER])
        without = asked(liwei, lambda: liwei.get("/counter/"))
    assert len(with_bar) <= len(without) + 2, with_bar
    assert len(pressed) <= 2 + 8, pressed


def test_the_clerk_takes_a_number_for_somebody_who_came_and_the_double_press_gives_one(floor: Floor) -> None:
    once = "0f4e9d7e-6f55-4a55-8d0f-2f1f4a4a1c11"
    with on(NINE):
        liwei = at_desk(floor.cast.liwei)
        told = {"line": floor.general.pk, "priority": "elderly", "once": once}
        assert "取到 A001" in press(liwei, "take", **told)
        assert "取到 A001" in press(liwei, "take", **told)
        assert "请选择取哪一队" in press(liwei, "take", line="x", once=once)
    assert Ticket.objects.get().priority == "elderly"
