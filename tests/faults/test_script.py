"""Script in every field of every form: nothing breaks, nothing is ever shown as markup, and no page may run it anyway."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.ground import files
from onewindow.letters.models import Letter
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, SEP24, assemble, carry_out, officer
from tests.fakes.papers import pdf
from tests.faults.fields import EVIL, OTHERS, checked, spoil, wangfangs
from tests.web.citizen import on
from tests.web.desks import at_desk, begin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


PUBLIC = (
    "/",
    "/search/",
    "/track/",
    "/verify/",
    "/rules/",
    "/rules/compare/",
    "/public/granted/",
    "/register/",
)
LISTS = (
    "/desk/",
    "/issue/",
    "/watch/",
    "/watch/?list=lights",
    "/watch/?list=register",
    "/messages/",
    "/errands/",
    "/outbox/",
    "/counter/items/",
    "/catalogue/",
    "/catalogue/base/",
    "/catalogue/changes/",
    "/catalogue/missed/",
    "/manage/windows/",
    "/manage/seals/new/",
    "/manage/organisation/posts/new/",
    "/manage/accesses/",
    "/my/",
    "/my/messages/",
)
ASKED = (
    "q",
    "after",
    "page",
    "hall",
    "number",
    "tab",
    "shelf",
    "list",
    "a",
    "b",
    "what",
    "by",
    "state",
    "office",
    "department",
    "person",
    "code",
)


def test_script_in_every_field_of_the_public_pages() -> None:
    assemble()
    visitor = Client()
    with on(SEP24):
        fields = sum(spoil(visitor, address) for address in (*PUBLIC, "/accounts/login/"))
    assert fields > 5


def test_nonsense_in_the_address_of_any_page_breaks_none() -> None:
    cast = assemble()
    post = Post.objects.create(
        county=COUNTY, name="全部", scope="county", grants=[grant.value for grant in Grant]
    )
    chief = at_desk(officer(COUNTY, "郑凯", "A001", post))
    with on(SEP24):
        wangfang = wangfangs(cast)
        for address in (*PUBLIC, *LISTS):
            for bad in (EVIL, *OTHERS, "9" * 30, "-1"):
                for asker in (chief, wangfang) if address.startswith("/my/") else (chief,):
                    checked(asker.get(address, dict.fromkeys(ASKED, bad)), f"{address} {bad[:20]}")


def test_what_was_typed_stands_in_the_letter_letter_for_letter_and_nothing_is_carried_out() -> None:
    cast = assemble()
    name = '#eval("1+1") *王* $x$ <b>'
    type(cast.wangfang).objects.filter(pk=cast.wangfang.pk).update(name=name)
    cast.wangfang.refresh_from_db()
    case = cast.accepted()
    carry_out(case.subject)
    letters = list(Letter.objects.filter(subject=case.subject))
    assert {letter.data["addressee"] for letter in letters} == {name}
    assert all(files.read(letter.file).startswith(b"%PDF-") for letter in letters)


def test_a_file_name_stands_in_no_header_and_on_no_page_as_it_was_sent() -> None:
    cast = assemble()
    liwei, key = at_desk(cast.liwei), cast.materials[1].pk
    evil = 'x\r\nSet-Cookie: a=1"; <script>alert(1)</script>.pdf'
    with on(SEP24):
        page = begin(liwei, cast)
        liwei.post(f"{page}save/", {f"file-{key}": SimpleUploadedFile(evil, pdf(), "application/pdf")})
        answer = liwei.get(f"{page}scans/{key}/")
        checked(liwei.get(page), page)
    assert "Set-Cookie: a=1" not in str(answer.headers)
