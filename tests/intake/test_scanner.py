"""The virus scanner hook speaks clamd's own protocol; nothing is kept that was not looked at."""

from collections.abc import Iterator

import pytest

from onewindow.ground.models import StoredFile
from onewindow.ground.scanner import NoAnswer, scan
from onewindow.intake.content import Unfit
from onewindow.intake.uploads import look
from tests.fakes.clamd import EICAR
from tests.fakes.papers import pdf
from tests.fakes.process import running
from tests.installation import free_port

INFECTED = pdf(more=b"(" + EICAR + b")")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running("tests.fakes.clamd") as found:
        yield found


def test_without_a_scanner_nothing_is_asked() -> None:
    assert scan(EICAR) is None
    assert look(INFECTED, "图.pdf", 5).fit.name == "图.pdf"


def test_the_scanner_finds_eicar_and_lets_the_rest_through(port: int, settings) -> None:
    settings.CLAMD = f"127.0.0.1:{port}"
    assert scan(pdf()).clean
    assert scan(b"x" * 300_000).clean  # several chunks
    assert scan(EICAR).found == "Win.Test.EICAR_HDB-1"
    assert look(pdf(), "图.pdf", 5).fit.media_type == "application/pdf"
    with pytest.raises(Unfit, match="查出病毒"):
        look(INFECTED, "图.pdf", 5)


@pytest.mark.django_db
def test_a_configured_scanner_that_does_not_answer_keeps_everything_out(settings) -> None:
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    with pytest.raises(NoAnswer):
        scan(pdf())
    with pytest.raises(Unfit, match="没有回答，文件没有收下"):
        look(pdf(), "图.pdf", 5)
    settings.CLAMD = "/nowhere/clamd.sock"
    with pytest.raises(Unfit, match="没有回答"):
        look(pdf(), "图.pdf", 5)
    assert not StoredFile.objects.exists()


def test_a_scanner_that_gives_no_verdict_lets_nothing_through(port: int, settings) -> None:
    settings.CLAMD = f"127.0.0.1:{port}"
    with pytest.raises(NoAnswer):
        scan(b"x" * (26 * 1024 * 1024))
