"""A file that no record needs is a personal file that nobody deletes: every way on which one could be left behind."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.intake import tick
from onewindow.intake.models import Application
from onewindow.rules.grants import NotAllowed
from tests.cast import COUNTY, SEP24, Cast, assemble, at
from tests.fakes.papers import jpeg, pdf
from tests.web.citizen import correcting, on, page_of, shown
from tests.web.desks import SHOP, at_desk, begin, marked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings) -> Path:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    return tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def liwei(cast: Cast) -> Client:
    return at_desk(cast.liwei)


def kept(store: Path) -> int:
    """How many files lie in the store; each has its record."""
    found = len(list(store.glob("??/*")))
    assert found == StoredFile.objects.count()
    return found


def scanned(liwei: Client, cast: Cast, page: str, content: bytes) -> None:
    sent = {
        "shop": "芳邻",
        f"file-{cast.materials[1].pk}": SimpleUploadedFile(
            "图.jpg" if content == jpeg() else "图.pdf", content
        ),
    }
    assert liwei.post(f"{page}save/", sent).status_code == 200


def test_a_picture_goes_with_the_one_that_takes_its_place_and_with_its_draft(
    cast: Cast, liwei: Client, store: Path
) -> None:
    with on(SEP24):
        page = begin(liwei, cast)
        scanned(liwei, cast, page, jpeg())
        assert kept(store) == 1
        scanned(liwei, cast, page, pdf())
        assert kept(store) == 1
        assert StoredFile.objects.get().media_type == "application/pdf"
        liwei.post(page, SHOP | {"do": "drop"})
    assert Application.objects.count() == 0
    assert kept(store) == 0


def test_a_draft_of_the_counter_that_nobody_touches_goes_with_its_pictures(
    cast: Cast, liwei: Client, store: Path
) -> None:
    with on(SEP24):
        scanned(liwei, cast, begin(liwei, cast), jpeg())
    assert tick.tick(SEP24 + timedelta(days=91)) == 1
    assert kept(store) == 0


def test_a_picture_that_became_a_paper_stays(cast: Cast, liwei: Client, store: Path) -> None:
    with on(SEP24):
        page = begin(liwei, cast)
        scanned(liwei, cast, page, jpeg())
        liwei.post(page, SHOP | marked(cast) | {"do": "receive"})
    assert Application.objects.get().sealed_at is not None
    assert StoredFile.objects.filter(submitted__isnull=False).count() == 1


def test_what_is_kept_in_an_act_that_is_refused_leaves_nothing(store: Path) -> None:
    def given(content: bytes) -> None:
        files.keep(COUNTY, content, name="图", media_type="image/jpeg", at=SEP24)

    @files.atomic()
    def refused() -> None:
        given(b"there before")
        given(b"new")
        raise NotAllowed("请改正。")

    given(b"there before")
    with pytest.raises(NotAllowed):
        refused()
    assert kept(store) == 1
    with files.atomic():
        given(b"new")
    assert kept(store) == 2


def test_a_correction_that_is_refused_leaves_no_file(
    cast: Cast, store: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotAllowed("请改正。")

    case = correcting(cast)
    before = len(list(store.glob("??/*")))
    monkeypatch.setattr("onewindow.web.views.track.correct.answer_correction", refuse)
    point = case.corrections.get().points.get()
    sent = {f"file-{point.pk}": SimpleUploadedFile("补.pdf", pdf())}
    with on(at(9, 25)):
        shown(client, case)
        answer = client.post(f"{page_of(case)}correct/", sent)
    assert answer.status_code == 422
    assert len(list(store.glob("??/*"))) == before
