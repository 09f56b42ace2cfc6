"""大厅本机的线路: what becomes of the line when a round goes wrong?"""

import logging
import socket
import ssl
import threading
from email.message import Message
from io import BytesIO
from urllib.error import HTTPError, URLError

import pytest
from django.db import OperationalError

from onewindow.config import box_link
from onewindow.exchange.box import link, rounds
from onewindow.exchange.box.link import Cut, Https


class Fails:
    """A county that is reached no better than that."""

    def __init__(self, wrong: Exception) -> None:
        self.wrong = wrong

    def open(self, *_: object, **__: object) -> None:
        raise self.wrong


def answered(code: int, body: bytes) -> HTTPError:
    return HTTPError("https://zwfw.example.cn", code, "", Message(), BytesIO(body))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (URLError(ssl.SSLCertVerificationError("self-signed")), link.UNTRUSTED),
        (URLError(socket.gaierror(-2, "Name or service not known")), link.UNKNOWN_NAME),
        (answered(400, b"<h1>Bad Request (400)</h1>"), link.NOT_ITS_NAME),
        (answered(400, '{"detail": "上报的内容读不出来"}'.encode()), "上报的内容读不出来"),
        (answered(502, b""), "502"),
    ],
)
def test_why_the_county_is_not_reached_is_said_in_words_that_one_can_act_on(
    wrong: Exception, words: str
) -> None:
    county = Https("https://zwfw.example.cn", "key")
    county._opener = Fails(wrong)  # type: ignore[assignment]
    with pytest.raises(Cut) as cut:
        county.ask("push", {})
    assert str(cut.value) == words


class Stops(threading.Event):
    """Told to stop after some rounds; how long was waited before each."""

    def __init__(self, rounds_: int) -> None:
        super().__init__()
        self.left, self.waited = rounds_, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        self.waited.append(timeout or 0.0)
        return self.left < 0


@pytest.mark.parametrize(
    ("wrong", "words", "least"),
    [
        (OperationalError("disk full"), "did not take it (disk full)", box_link.EVERY),
        (KeyError("resume"), "the round broke off", box_link.EVERY),
    ],
)
def test_the_line_goes_on_after_whatever_went_wrong_in_a_round_and_says_what(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    wrong: Exception,
    words: str,
    least: float,
) -> None:
    went = []

    def once(*_: object, **__: object) -> bool:
        went.append(1)
        if len(went) == 1:
            raise wrong
        return False

    monkeypatch.setattr(rounds, "once", once)
    monkeypatch.setattr(box_link, "close_old_connections", lambda: None)
    stops = Stops(2)
    with caplog.at_level(logging.WARNING, "onewindow.box"):
        box_link._go_on(Https("https://zwfw.example.cn", "key"), stops)
    assert len(went) == 2
    assert words in caplog.text
    assert stops.waited[1] > least
    assert stops.waited[2] == box_link.EVERY
