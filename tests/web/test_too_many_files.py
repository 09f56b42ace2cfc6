"""More files than are kept are refused before any of them is kept: none is left out unseen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.ground.models import StoredFile
from onewindow.intake.content import MOST_FILES
from onewindow.intake.models import Submitted
from tests.cast import SEP24, Cast, at
from tests.fakes.papers import pdf
from tests.web.citizen import correcting, on, page_of, shown
from tests.web.desks import at_desk, find
from tests.web.test_apply import cast, folders, start, wangfang

__all__ = ["cast", "folders", "wangfang"]
TOLD = f"您选了 {MOST_FILES + 1} 个文件，一份材料最多 {MOST_FILES} 个，这次都没有收下。"


def many(number: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"第{n}页.pdf", pdf()) for n in range(number)]


def test_an_eleventh_file_for_one_material_is_refused_with_all_of_them(cast: Cast, wangfang: Client) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        draft = start(cast, wangfang)
        answer = wangfang.post(f"{draft}papers/{layout.pk}/add/", {"file": many(MOST_FILES + 1)})
        assert answer.status_code == 422
        assert TOLD in answer.content.decode()
        assert not StoredFile.objects.exists()
        assert wangfang.post(f"{draft}papers/{layout.pk}/add/", {"file": many(MOST_FILES)}).status_code == 302
    assert Submitted.objects.filter(material=layout).count() == MOST_FILES


def test_a_batch_that_would_pass_the_limit_is_not_kept_by_half(cast: Cast, wangfang: Client) -> None:
    layout = cast.materials[1]
    with on(SEP24):
        draft = start(cast, wangfang)
        wangfang.post(f"{draft}papers/{layout.pk}/add/", {"file": many(8)})
        answer = wangfang.post(f"{draft}papers/{layout.pk}/add/", {"file": many(4)})
    assert answer.status_code == 422
    assert Submitted.objects.filter(material=layout).count() == 8
    assert StoredFile.objects.count() == 8


def test_a_correction_with_too_many_files_is_not_taken_for_the_answer(cast: Cast, client: Client) -> None:
    case = correcting(cast)
    point = case.corrections.get().points.get()
    address = f"{page_of(case)}correct/"
    with on(at(9, 25)):
        assert address in shown(client, case)
        answer = client.post(address, {f"file-{point.pk}": many(MOST_FILES + 1)})
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    case.refresh_from_db()
    assert case.stage == "correcting"
    assert not StoredFile.objects.filter(media_type="application/pdf").exists()


@pytest.mark.parametrize("typed", ["abc", "", "１２", "9" * 30])
def test_an_item_that_is_no_number_is_not_found(cast: Cast, typed: str) -> None:
    clerk = at_desk(cast.liwei)
    with on(SEP24):
        find(clerk)
        assert clerk.post("/counter/begin/", {"version": typed}).status_code == 404
