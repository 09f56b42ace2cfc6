"""Messages leave through a second process: once each, in order for each person, tried again, with their receipts."""

import hashlib
import hmac
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.config.worker import main as worker
from onewindow.journal.models import Failure
from onewindow.notices.acts import hand_over
from onewindow.notices.gateway import NotSent
from onewindow.notices.models import Sending
from onewindow.notices.reads import not_arrived
from onewindow.notices.work import TRIES
from onewindow.people.models import Account, Party
from onewindow.rules.grants import SYSTEM
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.fakes.process import running
from tests.installation import free_port

SECRET = "geheim-2026"
TOKEN = "token-2026"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running("tests.fakes.sms", FAKE_TOKEN=TOKEN) as found:
        yield found


@pytest.fixture(autouse=True)
def configured(port: int, tmp_path: Path, settings) -> None:
    settings.SMS_GATEWAY, settings.SMS_TOKEN, settings.SMS_SECRET = (
        f"http://127.0.0.1:{port}/send",
        TOKEN,
        SECRET,
    )
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    ask(port, "/trouble", {"times": 0})


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def ask(port: int, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data, timeout=120) as answer:
        return json.loads(answer.read())


def sent(port: int) -> list[dict[str, str]]:
    return ask(port, "/sent")["sent"]


def sending(cast: Cast) -> Sending:
    case = cast.apply()
    carry_out(case.subject)
    return Sending.objects.select_related("message").get()


def receipt(told: dict[str, object], secret: str = SECRET) -> tuple[int, dict[str, object]]:
    body = json.dumps(told).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    answer = Client().post(
        "/gateway/receipts/", body, content_type="application/json", headers={"X-Signature": signature}
    )
    return answer.status_code, answer.json()


def test_a_message_arrives_at_the_gateway_and_its_receipt_is_written_down(cast: Cast, port: int) -> None:
    one = hand_over(sending(cast), by=SYSTEM, at=SEP24)
    arrived = next(message for message in sent(port) if message["key"] == str(one.key))
    assert (arrived["to"], arrived["text"]) == ("10095715339", one.text)
    assert (one.state, one.gateway_id) == ("sent", arrived["id"])
    assert receipt({"id": arrived["id"], "state": "delivered"}) == (200, {"known": True})
    one.refresh_from_db()
    assert one.state == "delivered"
    assert receipt({"id": arrived["id"], "state": "failed", "reason": "too late"})[0] == 200
    one.refresh_from_db()
    assert one.state == "delivered"


def test_a_receipt_that_says_no_stays_visible(cast: Cast, port: int) -> None:
    one = hand_over(sending(cast), by=SYSTEM, at=SEP24)
    receipt({"id": one.gateway_id, "state": "failed", "reason": "空号"})
    assert [(row.state, row.last_error) for row in not_arrived(cast.county.code)] == [("failed", "空号")]


def test_a_receipt_with_another_secret_or_nonsense_changes_nothing(cast: Cast) -> None:
    one = hand_over(sending(cast), by=SYSTEM, at=SEP24)
    assert receipt({"id": one.gateway_id, "state": "delivered"}, "wrong")[0] == 403
    assert receipt({"nonsense": 1})[0] == 403
    assert receipt({"id": "gw-unknown", "state": "delivered"})[0] == 404
    one.refresh_from_db()
    assert one.state == "sent"


def test_the_second_try_after_a_lost_answer_makes_no_second_message(cast: Cast, port: int) -> None:
    one = hand_over(sending(cast), by=SYSTEM, at=SEP24)
    Sending.objects.filter(pk=one.pk).update(state="waiting")  # as if the worker had died before it wrote
    one.refresh_from_db()
    hand_over(one, by=SYSTEM, at=SEP24)
    assert sum(message["key"] == str(one.key) for message in sent(port)) == 1


def test_trouble_is_counted_tried_again_and_given_up_visibly(cast: Cast, port: int) -> None:
    one = sending(cast)
    ask(port, "/trouble", {"times": TRIES})
    for count in range(1, TRIES + 1):
        with pytest.raises(NotSent):
            hand_over(one, by=SYSTEM, at=SEP24)
        one.refresh_from_db()
        assert (one.tries, one.state) == (count, "failed" if count == TRIES else "waiting")
    assert "10095715339" not in one.last_error
    assert hand_over(one, by=SYSTEM, at=SEP24).state == "sent"


def test_a_gateway_that_is_not_there_is_an_error_without_names(cast: Cast, settings) -> None:
    settings.SMS_GATEWAY = f"http://127.0.0.1:{free_port()}/send"
    one = sending(cast)
    with pytest.raises(NotSent) as fault:
        hand_over(one, by=SYSTEM, at=SEP24)
    assert str(fault.value) == "网关没有收下（ConnectionRefusedError）"


def test_without_a_gateway_a_real_installation_says_so_and_a_demonstration_keeps_it(
    cast: Cast, settings
) -> None:
    settings.SMS_GATEWAY = ""
    one = sending(cast)
    assert hand_over(one, by=SYSTEM, at=SEP24).state == "outbox"
    type(cast.county).objects.update(demo=False)
    Sending.objects.update(state="waiting")
    assert hand_over(Sending.objects.get(), by=SYSTEM, at=SEP24).state == "nowhere"


def test_e_mail_leaves_over_smtp(cast: Cast, settings, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = ""
    box = tmp_path / "mailbox"
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", email="wangfang@example.com"
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    with running("tests.fakes.mail", FAKE_MAILBOX=str(box)) as port:
        settings.SMTP_SERVER = f"127.0.0.1:{port}"
        case = cast.apply()
        carry_out(case.subject)
        one = Sending.objects.select_related("message").get(channel="email")
        assert hand_over(one, by=SYSTEM, at=SEP24).state == "sent"
    letter = json.loads(box.read_text().splitlines()[0])
    assert letter["to"] == "wangfang@example.com"
    assert f"Message-ID: <{one.key}@onewindow>" in letter["content"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_in_order_for_each_person_even_when_the_first_has_trouble(
    port: int, tmp_path: Path, settings
) -> None:
    """A second message never overtakes the first: it waits behind its lock until the first is through or given up."""
    cast = assemble()
    before = len(sent(port))
    case = cast.accepted()
    carry_out(case.subject)
    ProcrastinateJob.objects.exclude(task_name="onewindow.send")._raw_delete("default")
    ask(port, "/trouble", {"times": 1})
    worker(["--once"])
    assert sent(port)[before:] == []
    waiting = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    assert [job.attempts for job in waiting] == [1, 0]
    assert [(one.entry.fact, one.error) for one in Failure.objects.all()] == [
        ("Received", "NotSent: 网关没有收下（HTTPException）")
    ]
    _due_now()
    worker(["--once"])
    assert [message["text"] for message in sent(port)[before:]] == [
        one.text for one in Sending.objects.order_by("pk")
    ]
    assert not Failure.objects.exists()


def _due_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
